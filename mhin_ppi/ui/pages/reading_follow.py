"""Keeps the margin beside the text: the notes of what is in view, and the words of a note.

The margin follows the text, never the other way while a person scrolls; and it keeps still while
the person is in it, writing or reading, so that nothing moves away under their hands.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ..widgets.highlights import SPOKEN, Highlight
from .reading_facts import NoteShown
from .reading_parts import ReadingPlace

FOLLOW_AFTER_MS = 120
"""Without scrolling: the text itself must move smoothly, and cards take time to make."""
LAYER = "note in focus"


class Following(QObject):
    """Joins the reader's place and the margin's.

    Args:
        page: The reading page.
        parent: Qt's owner: the same page.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._soon = QTimer(self, singleShot=True, interval=FOLLOW_AFTER_MS)
        self._soon.timeout.connect(self.follow)
        page.reader.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._opened = False
        page.margin.note_entered.connect(self._show_words)

    def _on_scrolled(self) -> None:
        self._soon.start()

    def begin(self) -> None:
        """A draft has opened: its notes, once they are there, begin where the text does."""
        self._opened = True

    def notes_came(self) -> None:
        """The notes are shown, at first or again; later on the margin stays where it is."""
        if self._opened:
            self._opened = False
            self.follow(or_next=True)

    def follow(self, *, or_next: bool = False) -> None:
        """Show the notes of what is in view, unless the person is in the margin.

        Args:
            or_next: Whether, with no note in view, the next one further on is shown.
        """
        page = self._page
        margin, reader = page.margin, page.reader
        focused = QApplication.focusWidget()
        in_margin = focused is not None and margin.isAncestorOf(focused)
        busy = in_margin or margin.slot.all() or margin.panel.all()
        if busy or not page.is_open or not margin.notes.isVisible():
            return
        bar = margin.area.verticalScrollBar()
        if reader.verticalScrollBar().value() == 0:
            bar.setValue(0)
            return
        start, end = reader.range_in_view
        further = len(reader.draft.text) if or_next else end
        thread = margin.first_between(start, max(end, further))
        if thread is not None:
            place = reader.cursor_over(*[max(start, thread.start)] * 2)
            below = min(reader.cursorRect(place).top(), reader.viewport().height())
            margin.notes.bring(thread.key, to=max(0, below))

    def _show_words(self, shown: NoteShown | None) -> None:
        """Mark the words of the note on which the focus rests, and bring them into view."""
        page = self._page
        passage = shown.note.passage if shown else None
        marks = [Highlight(passage.start, passage.end, SPOKEN)] if passage else []
        page.reader.set_highlights(marks, layer=LAYER)
        if passage is None or not page.is_open or not page.reader.isVisible():
            return
        if not page.reader.shows(passage.start, passage.end):
            page.reader.reveal(passage.start, passage.end)
