"""What a feature of the reading page is: a part in a file of its own, told what happens there.

Reading aloud, the word list, the pages of a PDF, coding: none of them belongs in the page itself.
A part may put a tool in the bar over the text (``pane.add_tool``), draw a layer of marks
(``reader.set_highlights(…, layer=…)``), show a panel in the margin (``margin.show_panel``) and
hear the reader's signals. Parts never call each other.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QStackedWidget

from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.page_frame import PageFrame
from ..widgets.reader import ReaderView
from ..widgets.reader_pane import ReaderPane
from .reading_facts import NoteShown, Reading
from .reading_notes import ReadingMargin


class ReadingPlace(Protocol):
    """What of the reading page its parts may use."""

    services: Services
    tasks: Tasks
    reading: Reading | None
    pane: ReaderPane
    reader: ReaderView
    margin: ReadingMargin
    frame: PageFrame
    stack: QStackedWidget

    @property
    def go(self) -> SignalInstance:
        """Emit (Place, argument) when the person wants to be somewhere else."""

    @property
    def is_open(self) -> bool:
        """Whether the draft itself is in view (past its content note)."""

    def say(self, words: str) -> None:
        """Say something short in the status line and to screen readers."""

    def reload(self) -> None:
        """Read the notes again."""


class ReadingPart(QObject):
    """One feature of the reading page; made once, with the page.

    Args:
        page: The page.
        parent: Qt's owner: the same page.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(parent)
        self.page = page

    def opened(self, reading: Reading) -> None:
        """The draft itself has come into view, or into view again; its text is in the reader."""

    def notes_shown(self, notes: tuple[NoteShown, ...]) -> None:
        """The notes on the draft were read, at first or again."""

    def chosen(self, key: str) -> None:
        """Something in the bar beside marked words was chosen that is not a kind of note."""

    def left(self) -> None:
        """The page is left, or another draft is opened: stop, and keep what is worth keeping."""

    def minutes_to_offer(self) -> int:
        """Return minutes to offer when the person is done; 0 for none."""
        return 0

    def given_back(self) -> None:
        """The review was given back, with the minutes that the person chose."""
