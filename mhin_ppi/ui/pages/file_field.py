"""A file chosen to be kept on the board: its name in view, read only when the form is saved."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from ...errors import InputError
from ...services.changes import KEPT
from ...services.evidence import LARGEST_BYTES, EvidenceFile
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel


class FileField(QWidget):
    """A button that chooses one file of any kind, and the name of the one that was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: Path | None = None
        self._choose = button("Choose a file", icon="paperclip", on_press=self.ask)
        self._leave_out = button("Leave it out", icon="x", kind="quiet", on_press=self.clear)
        self._name = WrapLabel("No file is chosen.", role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(0.2))
        column.addWidget(self._name)
        column.addWidget(FlowRow(self._choose, self._leave_out))
        self._leave_out.hide()
        self.setFocusProxy(self._choose)

    def ask(self) -> None:
        """Ask for the file."""
        file, _ = QFileDialog.getOpenFileName(self, "A file that shows it")
        if file:
            self.take(Path(file))

    def take(self, file: Path) -> None:
        """Show this file as the one that is chosen."""
        self.chosen = file
        self._name.setText(file.name)
        self._leave_out.show()

    def clear(self) -> None:
        """Choose none."""
        self.chosen = None
        self._name.setText("No file is chosen.")
        self._leave_out.hide()


def read_file(file: Path) -> EvidenceFile:
    """Return a file as it is; nothing in it is looked at.

    Raises:
        InputError: It cannot be read, or is larger than what is kept.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_BYTES + 1)
    except OSError as cause:
        raise InputError(
            f"“{file.name}” cannot be read.",
            what_is_safe=KEPT,
            next_step="Check that the file is still there, or choose another.",
        ) from cause
    return EvidenceFile(file.name, content)
