"""From one screen to the next, until a board is open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...services.sample_board import SAMPLE_PASSPHRASE, SampleBoard
from ..messages import Tone, announce
from ..open_board import SAMPLE_LABEL, OpenBoard, open_with_password
from ..tasks import Tasks
from ..widgets.page_stack import PageStack
from .new_board_page import NewBoardPage
from .recover_page import RecoverPage
from .restore_page import RestorePage
from .sample_page import SampleBuilder, SamplePage
from .screen import Screen
from .start_page import StartPage, UnlockPage
from .support_page import SupportPage

if TYPE_CHECKING:
    from ...services.boards import Boards


@dataclass(frozen=True)
class Makers:
    """What the window needs to be handed, since it may not build adapters itself.

    Args:
        boards: Makes the boards on this laptop, with every adapter in place.
        sample: Builds the sample board: ``sample(folder, progress=...)``.
        sample_folder: Where the sample board is kept.
    """

    boards: Callable[[], Boards]
    sample: SampleBuilder
    sample_folder: Path


class StartFlow(QWidget):
    """The screens before a board is open.

    Args:
        makers: Makes what the window works with.
        boards: The boards on this laptop.
        tasks: Runs what takes time.

    Signals:
        opened: (OpenBoard) a board is open.
    """

    opened = Signal(object)

    def __init__(self, makers: Makers, boards: Boards, *, tasks: Tasks) -> None:
        super().__init__()
        self._makers, self._boards, self._tasks = makers, boards, tasks
        self._stack = PageStack()
        self._locked: tuple[Path, str, SampleBoard | None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @property
    def screen_shown(self) -> QWidget | None:
        """The screen in view."""
        return self._stack.currentWidget()

    def show_start(self, *, try_unlocked: bool = False) -> None:
        """Show the boards on this laptop, or the two ways to begin.

        Args:
            try_unlocked: Open the only board at once, if it stays unlocked on this computer.
        """
        self._locked = None
        self._tasks.run(
            self._boards.known,
            owner=self,
            on_done=lambda known: self._show_known(known, try_unlocked=try_unlocked),
        )

    def show_locked(self, board: OpenBoard) -> None:
        """Show one board, locked."""
        self._locked = (board.folder, board.label, board.sample)
        self._show_unlock()

    def show_sample(self, *, open_side: str = "") -> None:
        """Build the sample board, then ask whose side to see or open it at once."""
        page = SamplePage(self._makers.sample, self._makers.sample_folder, tasks=self._tasks)
        page.back.connect(self.show_start)
        page.side_chosen.connect(self.open_sample)
        self._show(page)
        page.start(open_side=open_side)

    def open_sample(self, sample: SampleBoard, folder: Path) -> None:
        """Open one side of the sample board."""
        self.open(folder, SAMPLE_LABEL, SAMPLE_PASSPHRASE, sample=sample)

    def open(
        self, folder: Path, label: str, password: str, *, sample: SampleBoard | None = None
    ) -> None:
        """Open a board with a password, or without if it stays unlocked here."""
        asked_on = self.screen_shown
        self._tasks.run(
            lambda: open_with_password(
                self._boards, folder, label=label, password=password, sample=sample
            ),
            owner=asked_on or self,
            on_done=self._tell_opened,
        )

    def show_support(self) -> None:
        """Show who to turn to, and the way back."""
        if isinstance(self.screen_shown, SupportPage):
            return
        before = self.screen_shown
        page = SupportPage(self._boards.catalogues.contacts, tasks=self._tasks)
        page.back.connect(lambda: self._leave_support(page, before))
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.take_focus()

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Say something on the screen in view; ``messages`` calls this."""
        screen = self.screen_shown
        if isinstance(screen, Screen):
            screen.show_notice(text, tone=tone, action=action, on_action=on_action)

    def give_up(self) -> None:
        """Let go of a board that was made here but never gone into."""
        screen = self.screen_shown
        if isinstance(screen, NewBoardPage | RecoverPage):
            screen.give_up()

    # ---- inside

    def _show_known(self, known: list[tuple[Path, str]], *, try_unlocked: bool) -> None:
        page = StartPage(known, tasks=self._tasks)
        page.open_wanted.connect(self.open)
        page.lost.connect(self._show_recover)
        page.new_wanted.connect(self._show_new)
        page.sample_wanted.connect(self.show_sample)
        page.restore_wanted.connect(self._show_restore)
        self._show(page)
        if try_unlocked and len(known) == 1:
            folder, label = known[0]
            self._tasks.run(
                lambda: open_with_password(self._boards, folder, label=label, password=""),
                owner=page,
                on_done=lambda board: self.opened.emit(board) if board else None,
            )

    def _show_unlock(self) -> None:
        if self._locked is None:
            self.show_start()
            return
        folder, label, sample = self._locked
        hint = f"The sample board's password: {SAMPLE_PASSPHRASE}" if sample else ""
        page = UnlockPage(folder, label, hint=hint, tasks=self._tasks)
        page.open_wanted.connect(
            lambda where, words, password: self.open(where, words, password, sample=sample)
        )
        page.lost.connect(self._show_recover)
        page.others_wanted.connect(self.show_start)
        self._show(page)

    def _show_new(self) -> None:
        page = NewBoardPage(self._boards, tasks=self._tasks)
        page.opened.connect(self.opened)
        page.back.connect(self.show_start)
        self._show(page)

    def _show_recover(self, folder: Path, label: str) -> None:
        page = RecoverPage(self._boards, folder, label, tasks=self._tasks)
        page.opened.connect(self.opened)
        page.back.connect(self._show_unlock)
        self._show(page)

    def _show_restore(self) -> None:
        page = RestorePage(self._boards, tasks=self._tasks)
        page.opened.connect(self.opened)
        page.back.connect(self.show_start)
        self._show(page)

    def _leave_support(self, page: QWidget, before: QWidget | None) -> None:
        self._stack.removeWidget(page)
        page.hide()
        page.deleteLater()
        if before is not None:
            self._stack.setCurrentWidget(before)

    def _tell_opened(self, board: OpenBoard | None) -> None:
        if board is not None:
            self.opened.emit(board)
            return
        screen = self.screen_shown
        if isinstance(screen, StartPage | UnlockPage):
            screen.say_empty()

    def _show(self, screen: Screen) -> None:
        """Show a screen and let go of all others, with whatever was typed into them."""
        while (old := self._stack.widget(0)) is not None:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._stack.addWidget(screen)
        self._stack.setCurrentWidget(screen)
        screen.support_wanted.connect(self.show_support)
        screen.take_focus()
        announce(screen, screen.accessibleName())
