"""What of a reading page is needed to write on it."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QPushButton

from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.page_frame import PageFrame
from ..widgets.reader import ReaderView
from .reading_facts import Reading
from .reading_notes import ReadingMargin
from .reading_undo import Undoing


class WritingPlace(Protocol):
    """What of a reading page is needed to write on it."""

    services: Services
    tasks: Tasks
    reading: Reading | None
    reader: ReaderView
    margin: ReadingMargin
    frame: PageFrame
    ask_button: QPushButton
    undoing: Undoing

    @property
    def is_open(self) -> bool:
        """Whether the draft itself is in view."""

    def say(self, words: str) -> None:
        """Say something short in the status line and to screen readers."""
