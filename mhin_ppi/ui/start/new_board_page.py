"""Starting a board, in three short steps: names, password, spare key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ..open_board import OpenBoard, opened
from ..pages.framed_page import Column
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from .passwords import NewPassword
from .screen import Screen
from .spare_key import SpareKeyCard

if TYPE_CHECKING:
    from ...services.boards import Boards

_STEPS = 3


class NewBoardPage(Screen):
    """Three steps to a new board.

    Args:
        boards: The boards on this laptop.
        tasks: Runs what takes time.

    Signals:
        opened: (OpenBoard) the new board, after the spare key has been written down.
        back: The person does not want to start a board after all.
    """

    opened = Signal(object)
    back = Signal()

    def __init__(self, boards: Boards, *, tasks: Tasks) -> None:
        super().__init__("Start a board", tasks=tasks)
        self._boards = boards
        self._board: OpenBoard | None = None
        self.board_name, self.person_name = QLineEdit(), QLineEdit()
        self.label = QLineEdit(f"Board {len(boards.known()) + 1}")
        self.password = NewPassword()
        self._rows = [
            FormRow("What your board is called", self.board_name),
            FormRow("Your own name", self.person_name, help_text="You coordinate the board."),
            FormRow(
                "What this laptop calls it while it is locked",
                self.label,
                help_text="Anyone at this laptop can see this, so choose plain words.",
            ),
        ]
        self.next_button = button("Next", kind="primary", on_press=self.names_given)
        self.make_button = button("Make the board", kind="primary", on_press=self.make)
        self._names = Column(*self._rows, FlowRow(self.next_button, self._way_back(self.back.emit)))
        self._passwords = Column(
            self.password,
            self.working,
            FlowRow(self.make_button, self._way_back(self._show_names)),
        )
        self.person_name.returnPressed.connect(self.names_given)
        self.label.returnPressed.connect(self.names_given)
        self.password.return_pressed.connect(self.make)
        self.add(self._names)
        self.add(self._passwords)
        self.column.addStretch(1)
        self._show_names()
        self._space()
        theme_changes().changed.connect(self._space)

    def take_focus(self) -> None:
        self.board_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def names_given(self) -> None:
        """Go on to the password, once both names are there."""
        missing = False
        for row, field in zip(self._rows, (self.board_name, self.person_name), strict=False):
            empty = not field.text().strip()
            row.set_problem("Write a name. You can change it later." if empty else "")
            if empty and not missing:
                field.setFocus()
            missing = missing or empty
        if not missing:
            self._show_step(2)
            self.password.setFocus()

    def make(self) -> None:
        """Make the board with the password chosen."""
        if not self.make_button.isEnabled() or not self.password.is_good():
            return
        self.make_button.setEnabled(False)
        self.frame.close_notice()
        names = self.board_name.text(), self.person_name.text()
        label = self.label.text().strip() or "Board 1"
        password, boards = self.password.text(), self._boards

        def work() -> tuple[OpenBoard, str]:
            services, code = boards.start(
                boards.new_folder(),
                board_name=names[0],
                person_name=names[1],
                passphrase=password,
                label=label,
            )
            return opened(services, label=label), code

        self.tasks.run(
            work,
            owner=self,
            on_done=self._made,
            on_problem=self.say_problem,
            on_end=lambda: self.make_button.setEnabled(True),
        )

    def give_up(self) -> None:
        """Close a board that was made but never gone into; it is there for another time."""
        if self._board is not None:
            self.tasks.run(self._board.services.close, owner=self.tasks)
            self._board = None

    def _made(self, result: tuple[OpenBoard, str]) -> None:
        self._board, code = result
        self.password.clear()
        self._passwords.hide()
        card = SpareKeyCard(code)
        card.kept.connect(self._go_in)
        self.column.insertWidget(0, card)
        self._show_step(_STEPS)
        card.tick.setFocus()

    def _go_in(self) -> None:
        board, self._board = self._board, None
        self.opened.emit(board)

    def _show_names(self) -> None:
        self._show_step(1)

    def _show_step(self, step: int) -> None:
        self._names.setVisible(step == 1)
        self._passwords.setVisible(step == _STEPS - 1)
        words = ("its names", "a password", "the spare key")[step - 1]
        self.frame.set_context(f"Step {step} of {_STEPS}: {words}")

    def _space(self) -> None:
        for part in (self._names, self._passwords):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(theme().space(3))

    def _way_back(self, act: object) -> QWidget:
        made = button("Go back", icon="arrow-left", kind="quiet")
        made.clicked.connect(act)
        return made
