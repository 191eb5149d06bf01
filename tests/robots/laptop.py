"""A laptop for tests of pages: a real encrypted board, real threads, and a window to stand in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QWidget,
)

from mhin_ppi.app import (
    LaterCatalogues,
    LaterMeetingFiles,
    LaterNoteFiles,
    LaterPages,
    LaterQda,
    LaterSheets,
    LaterWriter,
)
from mhin_ppi.crypto.wrapping import quick_kdf
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.people import Credit, Device, Role
from mhin_ppi.domain.spaces import ADMIN, BOARD, person_space
from mhin_ppi.later_files import LaterFinance, LaterReceipts
from mhin_ppi.services.boards import Boards, Services
from mhin_ppi.services.outcome import Outcome
from mhin_ppi.storage.system_ports import RandomIds, SystemClock
from mhin_ppi.storage.vault import LocalVault
from mhin_ppi.ui import messages
from mhin_ppi.ui.pages.page import Page, Place
from mhin_ppi.ui.tasks import Tasks
from mhin_ppi.ui.widgets.once_painted import OncePainted
from tests.robots.kept_boards import KeptBoards

PASSWORD = "a long enough password"  # noqa: S105 - it protects nobody


def make_boards(home: Path, *, connect: Any = None) -> Boards:
    """Return the boards of a test's laptop; ``connect`` makes its unencrypted twin."""
    clock, ids = SystemClock(), RandomIds()
    kind = Boards if connect else KeptBoards
    return kind(
        vault=LocalVault(clock=clock, ids=ids, kdf=quick_kdf, connect=connect),
        clock=clock,
        ids=ids,
        reader=FileReader(),
        writer=LaterWriter(),
        renderer=LaterPages(),
        note_files=LaterNoteFiles(),
        meeting_files=LaterMeetingFiles(),
        qda=LaterQda(),
        sheets=LaterSheets(),
        receipts=LaterReceipts(),
        finance=LaterFinance(),
        catalogues=LaterCatalogues(),
        home=home,
    )


class Laptop(QStackedWidget):
    """One person's open board, and the pages they look at, without the rest of the window."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.tasks = Tasks(on_problem=messages.show_problem, on_bug=self._on_bug)
        self.tasks.board_changed.connect(self._on_board_changed)
        self.bugs: list[BaseException] = []
        self.said: list[str] = []
        self.went: list[tuple[Place, object]] = []
        self.resize(1280, 800)

    def put(self, kind: type[Page]) -> Page:
        page = kind(self.services, self.tasks)
        page.go.connect(self.go)
        page.said.connect(self.said.append)
        self.addWidget(page)
        return page

    def page(self, place: Place) -> Page:
        for at in range(self.count()):
            page = self.widget(at)
            if isinstance(page, Page) and page.place is place:
                return page
        raise LookupError(place)

    def go(self, place: Place, argument: object = None) -> None:
        self.went.append((place, argument))
        here = self.currentWidget()
        if isinstance(here, Page):
            here.leave()
        try:
            page = self.page(place)
        except LookupError:
            return
        self.setCurrentWidget(page)
        page.open_at(argument)

    def close_board(self) -> None:
        here = self.currentWidget()
        if isinstance(here, Page):
            here.leave()
        self.tasks.close()
        self.services.close()
        assert self.bugs == []

    def settle(self, qtbot: Any) -> None:
        """Wait until nothing is under way."""
        qtbot.waitUntil(self._is_still, timeout=60_000)
        QApplication.processEvents()
        qtbot.waitUntil(self._is_still, timeout=60_000)
        assert self.bugs == []

    def _is_still(self) -> bool:
        return not self.tasks.busy and not any(one.waits for one in self.findChildren(OncePainted))

    def _on_bug(self, _: object, fault: BaseException) -> None:
        self.bugs.append(fault)

    def _on_board_changed(self, entries: Any) -> None:
        for at in range(self.count()):
            page = self.widget(at)
            if isinstance(page, Page):
                page.board_changed(Outcome(None, tuple(entries)))


def member_of(boards: Boards, coordinator: Services, folder: Path, *, name: str) -> Services:
    """Let a member's laptop in, and give it what the board has so far."""
    person = coordinator.people.add_person(
        name, roles=(Role.MEMBER,), credit=Credit.FIRST_NAME
    ).value
    store, _, certificate = boards.vault.join(
        folder,
        label="Board 1",
        passphrase=PASSWORD,
        board=coordinator.people.board().id,
        person=person.id,
    )
    assert isinstance(certificate, Device)
    coordinator.people.add_device(certificate)
    member = boards.serve(store)
    exchange(coordinator, member)
    return member


def exchange(one: Services, other: Services) -> None:
    """Pass everything both may have from one laptop to the other, files included."""
    for giver, taker in ((one, other), (other, one)):
        persons = {giver.desk.store.person, taker.desk.store.person}
        spaces = [ADMIN, BOARD, *(person_space(person) for person in persons)]
        taker.desk.store.take_in(giver.desk.store.ship(spaces=spaces))
        for blob in taker.desk.store.missing_blobs():
            with giver.desk.store.unit_of_work() as have, taker.desk.store.unit_of_work() as want:
                want.keep_blob(have.blob(blob))
                want.commit()


def find_button(within: QWidget, words: str, *, near: str = "") -> QAbstractButton:
    """Return the visible button a person would press for these words (or that is named so)."""
    found = [
        each
        for each in within.findChildren(QAbstractButton)
        if each.isVisibleTo(within.window())
        and words in (each.text().strip(), each.accessibleName())
    ]
    if near:
        found = [each for each in found if near in _around(each)]
    assert found, f"no button “{words}” among {sorted(buttons_seen(within))}"
    return found[0]


def buttons_seen(within: QWidget) -> set[str]:
    return {
        each.accessibleName() or each.text().strip()
        for each in within.findChildren(QAbstractButton)
        if each.isVisibleTo(within.window())
    }


def _around(widget: QWidget) -> str:
    """Return the words of the nearest frame around a widget."""
    return widget.accessibleDescription() or widget.parentWidget().parentWidget().accessibleName()


def press(within: QWidget, words: str, *, near: str = "") -> None:
    """Press a button by its words; it must be in sight and enabled."""
    button = find_button(within, words, near=near)
    assert button.isEnabled(), f"“{words}” cannot be pressed now"
    button.click()


def texts(within: QWidget) -> list[str]:
    """Return every text a person can see in a widget's labels."""
    return [
        label.text()
        for label in within.findChildren(QLabel)
        if label.text() and label.isVisibleTo(within.window())
    ]


def field(within: QWidget, name: str) -> Any:
    """Return the visible control of this accessible name."""
    found = [
        each
        for each in within.findChildren(QWidget)
        if each.accessibleName() == name
        and each.isVisibleTo(within.window())
        and each.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert found, f"no field “{name}”"
    return found[0]


def nameless(within: QWidget) -> list[str]:
    """Return what can be used but has no name for screen readers, or is not reached by keyboard."""
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox)
    amiss = []
    for each in within.findChildren(QWidget):
        inner = isinstance(each.parentWidget(), QComboBox | QAbstractSpinBox)
        if not isinstance(each, kinds) or inner or not each.isVisibleTo(within.window()):
            continue
        words = each.text().strip() if isinstance(each, QAbstractButton) else ""
        if not (each.accessibleName() or words):
            amiss.append(f"{type(each).__name__} has no name")
        elif not each.focusPolicy() & Qt.FocusPolicy.TabFocus:
            amiss.append(f"{each.accessibleName() or words} is not reached with Tab")
    return amiss


def sees(within: QWidget, words: str) -> bool:
    return any(words in text for text in texts(within))
