"""Making a board from a backup file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit

from ..open_board import OpenBoard, opened
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow, PasswordField
from .screen import Screen

if TYPE_CHECKING:
    from ...services.boards import Boards


class RestorePage(Screen):
    """Opens a backup as a board of its own; boards already here are left alone.

    Args:
        boards: The boards on this laptop.
        tasks: Runs what takes time.

    Signals:
        opened: (OpenBoard) the board.
        back: The person does not want to after all.
    """

    opened = Signal(object)
    back = Signal()

    def __init__(self, boards: Boards, *, tasks: Tasks) -> None:
        super().__init__(
            "Open a backup file",
            context="It becomes a board of its own. Boards already here are left as they are.",
            tasks=tasks,
        )
        self._boards = boards
        self.file = QLineEdit()
        self.file_row = FormRow("The backup file", self.file)
        self.password = PasswordField()
        self.password_row = FormRow(
            "Password", self.password, help_text="The one the board had when the copy was made."
        )
        self.password.return_pressed.connect(self.restore)
        self.open_button = button("Open", icon="key", kind="primary", on_press=self.restore)
        self.add(self.file_row)
        self.add(FlowRow(button("Choose the file", icon="folder-open", on_press=self.choose)))
        self.add(self.password_row)
        self.add(self.working)
        back = button("Go back", icon="arrow-left", kind="quiet", on_press=self.back.emit)
        self.add(FlowRow(self.open_button, back))
        self.column.addStretch(1)

    def take_focus(self) -> None:
        self.file.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Choose the file in a dialog."""
        dialog = QFileDialog(self, QGuiApplication.applicationDisplayName())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.file.setText)
        dialog.open()

    def restore(self) -> None:
        """Make a board from the file."""
        file = Path(self.file.text().strip()).expanduser()
        here = bool(self.file.text().strip()) and file.is_file()
        self.file_row.set_problem("" if here else "Choose the backup file first.")
        if not here or not self.open_button.isEnabled():
            return
        self.open_button.setEnabled(False)
        self.frame.close_notice()
        password, boards = self.password.text(), self._boards

        def work() -> OpenBoard:
            label = f"Board {len(boards.known()) + 1}"
            services = boards.restore(file, boards.new_folder(), passphrase=password)
            known = {folder.resolve(): kept for folder, kept in boards.known()}
            return opened(services, label=known.get(services.folder.resolve(), label))

        self.working.start("Opening the backup and checking it")
        self.tasks.run(
            work,
            owner=self,
            on_done=self.opened.emit,
            on_problem=self.say_problem,
            on_end=self._ended,
        )

    def _ended(self) -> None:
        self.working.finish()
        self.open_button.setEnabled(True)
