"""A lost password: the spare key opens the board, and sets a new password and a new spare key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from ..open_board import OpenBoard, opened
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from .passwords import NewPassword
from .screen import Screen
from .spare_key import SpareKeyCard

if TYPE_CHECKING:
    from ...services.boards import Boards


class RecoverPage(Screen):
    """Opens a board with its spare key.

    Args:
        boards: The boards on this laptop.
        folder: Which board.
        label: The words it is known by.
        tasks: Runs what takes time.

    Signals:
        opened: (OpenBoard) the board, after the new spare key has been written down.
        back: The person remembers the password after all.
    """

    opened = Signal(object)
    back = Signal()

    def __init__(self, boards: Boards, folder: Path, label: str, *, tasks: Tasks) -> None:
        super().__init__(
            "Open with the spare key",
            context="Nothing on the board is lost. You choose a new password now.",
            tasks=tasks,
        )
        self._boards, self._folder, self._label = boards, folder, label
        self._board: OpenBoard | None = None
        self.code = QLineEdit()
        self.code_row = FormRow(
            "Spare key",
            self.code,
            help_text="The 24 letters and numbers you wrote down. Gaps and dashes do not matter.",
        )
        self.password = NewPassword()
        self.password.return_pressed.connect(self.recover)
        self.open_button = button("Open", icon="key", kind="primary", on_press=self.recover)
        self._back = button("Go back", icon="arrow-left", kind="quiet", on_press=self.back.emit)
        self._foot = FlowRow(self.open_button, self._back)
        for part in (self.code_row, self.password, self._foot):
            self.add(part)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def recover(self) -> None:
        """Open the board with what is typed."""
        if not self.open_button.isEnabled():
            return
        empty = not self.code.text().strip()
        self.code_row.set_problem("Type the spare key." if empty else "")
        if empty or not self.password.is_good():
            return
        self.open_button.setEnabled(False)
        self.frame.close_notice()
        code, password = self.code.text(), self.password.text()

        def work() -> tuple[OpenBoard, str]:
            services, fresh = self._boards.recover(self._folder, code=code, passphrase=password)
            return opened(services, label=self._label), fresh

        self.tasks.run(
            work,
            owner=self,
            on_done=self._recovered,
            on_problem=self.say_problem,
            on_end=lambda: self.open_button.setEnabled(True),
        )

    def give_up(self) -> None:
        """Close a board that was opened but never gone into."""
        if self._board is not None:
            self.tasks.run(self._board.services.close, owner=self.tasks)
            self._board = None

    def _recovered(self, result: tuple[OpenBoard, str]) -> None:
        self._board, fresh = result
        self.password.clear()
        self.code.clear()
        for part in (self.code_row, self.password, self._foot):
            part.hide()
        self.frame.set_context("The old spare key no longer works. This is the new one.")
        card = SpareKeyCard(fresh)
        card.kept.connect(self._go_in)
        self.column.insertWidget(0, card)
        card.tick.setFocus()

    def _go_in(self) -> None:
        board, self._board = self._board, None
        self.opened.emit(board)
