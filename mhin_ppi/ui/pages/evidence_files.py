"""Saving out a file that shows a difference, and opening an address: only when a person asks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.impact import Impact
from ...errors import InputError
from ...services.boards import Services
from ...services.evidence import check_link
from .. import messages
from ..tasks import Tasks
from .whole_file import write_whole


class EvidenceFiles:
    """What a story does with the files and addresses of its differences.

    Args:
        owner: The widget that asks.
        services: The open board.
        tasks: Runs the writing.
    """

    def __init__(self, owner: QWidget, services: Services, tasks: Tasks) -> None:
        self._owner, self._services, self._tasks = owner, services, tasks

    def choose_place(self, impact: Impact) -> None:
        """Ask where to save the attached file."""
        name = impact.evidence_file_name or "file"
        chosen, _ = QFileDialog.getSaveFileName(self._owner, "Where to save the file", name)
        if chosen:
            self.save_to(impact, Path(chosen))

    def save_to(self, impact: Impact, file: Path) -> None:
        """Save the attached file; it is written as it came and not opened."""

        def work() -> Path:
            kept = self._services.impacts.evidence_file(impact.id)
            return write_whole(file, kept.content, what="The file")

        self._tasks.run(
            work,
            owner=self._owner,
            on_done=lambda saved: messages.tell(
                self._owner,
                f"Saved to {saved}. It is not encrypted there: anybody who has it can read it.",
            ),
        )

    def open_link(self, link: str) -> None:
        """Ask, naming the whole address, and open it in the person's own browser."""
        try:
            address = check_link(link)
        except InputError as problem:  # it came from another laptop, which may have checked less
            messages.show_problem(self._owner, problem)
            return

        def open_it() -> None:
            QDesktopServices.openUrl(QUrl(address))

        messages.ask(
            self._owner,
            "Open this address in your browser?",
            detail=f"{address}\n\nThis program does not go there itself.",
            yes="Open it",
            no="Leave it",
            on_yes=open_it,
        )
