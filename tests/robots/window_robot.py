"""Uses the whole window as a person does: by the words on the screen, names, and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from mhin_ppi.services.boards import Boards
from mhin_ppi.services.sample_board import SampleBoard
from mhin_ppi.ui.application import make_window
from mhin_ppi.ui.main_window import MainWindow
from mhin_ppi.ui.pages.page import Page, Place
from mhin_ppi.ui.start.flow import Makers
from mhin_ppi.ui.start.spare_key import SpareKeyCard
from mhin_ppi.ui.widgets.once_painted import OncePainted
from tests.robots.laptop import PASSWORD, buttons_seen, field, make_boards, press, sees, texts

BUG = "Something in this program went wrong"


def no_sample(folder: Path, **_: Any) -> SampleBoard:
    raise AssertionError(f"nobody asked for the sample board in {folder}")


class WindowRobot:
    """One window on the boards kept in a folder."""

    def __init__(
        self, qtbot: Any, home: Path, *, sample: Any = no_sample, connect: Any = None
    ) -> None:
        self.qtbot, self.home = qtbot, home
        self.boards: Boards = make_boards(home, connect=connect)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        makers = Makers(lambda: self.boards, sample, home.parent / "sample")
        self.window: MainWindow = make_window(app, makers)
        self.window.resize(1280, 800)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def begin(self, *, sample: bool = False) -> WindowRobot:
        self.window.begin(sample=sample)
        self.qtbot.waitUntil(lambda: self.window.start_flow is not None, timeout=60_000)
        return self.settle()

    def settle(self) -> WindowRobot:
        """Wait until nothing is under way and what was let go of is gone."""
        quiet = 0
        while quiet < 2:
            self.qtbot.waitUntil(self._is_still, timeout=60_000)
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            quiet = quiet + 1 if self._is_still() else 0
        assert not self.sees(BUG), texts(self.window)
        return self

    def _is_still(self) -> bool:
        waits = any(one.waits for one in self.window.findChildren(OncePainted))
        return not self.window.tasks.busy and not waits

    def close(self) -> None:
        self.window.close()

    # ---- what a person does

    def press(self, words: str, *, near: str = "") -> WindowRobot:
        press(self.window, words, near=near)
        return self.settle()

    def key(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> WindowRobot:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        return self.settle()

    def fill(self, name: str, words: str) -> WindowRobot:
        line: QLineEdit = field(self.window, name)
        line.setText(words)
        return self

    def go(self, place: Place, argument: object = None) -> WindowRobot:
        assert self.window.view is not None
        self.window.view.go(place, argument)
        return self.settle()

    def start_board(self, *, name: str = "Our board", person: str = "Ruth Okafor") -> str:
        """Start a board through the three steps, and return the spare key."""
        self.press("Start a board" if "Start a board" in self.buttons() else "Start another board")
        self.fill("What your board is called", name).fill("Your own name", person).press("Next")
        self.fill("A long password", PASSWORD).fill("The same again", PASSWORD)
        self.press("Make the board")
        card = self.window.findChild(SpareKeyCard)
        assert card is not None
        card.tick.click()
        code = card.code
        self.press("Go to the board")
        return code

    def unlock(self, password: str = PASSWORD) -> WindowRobot:
        return self.fill("Password", password).press("Open")

    # ---- what a person sees or hears

    @property
    def place(self) -> Place:
        assert self.window.view is not None
        return self.window.view.trail.here[0]

    @property
    def page(self) -> Page:
        assert self.window.view is not None
        assert self.window.view.page is not None
        return self.window.view.page

    def sees(self, words: str) -> bool:
        return sees(self.window, words)

    def buttons(self) -> set[str]:
        return buttons_seen(self.window)

    def texts(self) -> list[str]:
        return texts(self.window)

    def controls(self) -> list[QWidget]:
        """Return everything in sight that takes the focus or a click."""
        return [
            each
            for each in self.window.findChildren(QWidget)
            if each.isVisibleTo(self.window)
            and each.isEnabled()
            and (each.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(each, QAbstractButton))
            and not each.objectName().startswith("qt_")
            and each.focusProxy() is None
        ]

    def walk(self) -> set[QWidget]:
        """Press Tab until the focus comes round again; return everything it stopped at."""
        found: set[QWidget] = set()
        at: QWidget | None = QApplication.focusWidget()
        if at is None:
            self.key(Qt.Key.Key_Tab)
            at = QApplication.focusWidget()
        while at is not None and at not in found:
            found.add(at)
            self.qtbot.keyClick(at, Qt.Key.Key_Tab)
            QApplication.processEvents()
            at = QApplication.focusWidget()
        return found
