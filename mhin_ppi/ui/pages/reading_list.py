"""All notes on a draft in one table, sorted as a person likes, and copied as text."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from ...domain.annotations import KIND_WORDS
from ..messages import announce
from ..models.table_model import Column, TableModel
from ..theme import theme, theme_changes
from ..widgets.buttons import button, reword
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from ..widgets.table_view import TableView
from .note_threads import ThreadShown, shown_tags
from .reading_facts import NoteShown
from .thread_card import place_of, writer_of
from .words_for import count_words, local_day

_LONGEST_PLACE = 40
"""Characters of marked words that stand for a place."""


class _Line:
    """One note in the table, with its thread."""

    def __init__(self, shown: NoteShown, thread: ThreadShown, *, folded: bool) -> None:
        self.shown, self.thread, self.folded = shown, thread, folded
        self.start = thread.start

    def state(self) -> str:
        if self.thread.is_resolved:
            return "Resolved"
        if self.shown.note.reply_to is not None:
            return "Open"
        return self.shown.fate or "Noted"

    def kind(self) -> str:
        if self.shown.note.reply_to is not None:
            return "Reply"
        return KIND_WORDS[self.shown.note.kind]

    def place(self) -> str:
        """Return where it is, in words; the marked words where the file has no pages."""
        passage = self.shown.note.passage
        if self.shown.note.reply_to is not None:
            return "in reply"
        if self.folded:
            return "in a folded part"
        return place_of(self.shown) or (_beginning(passage.quote) if passage else "")

    def order(self) -> str:
        """Return what sorts it by place: the thread's, and within it by when it was said."""
        made = str(self.shown.note.made_at) if self.shown.note.reply_to is not None else ""
        return f"{self.start + 1:012d} {self.thread.key} {made}"


def _day(line: _Line) -> str:
    day = local_day(line.shown.note.made_at)
    return f"{day.day}/{day.month}/{day.year}" if day else ""


_COLUMNS: Sequence[Column[_Line]] = (
    Column("Place", _Line.place, sort_key=_Line.order),
    Column("Kind", _Line.kind),
    Column("Who", lambda line: writer_of(line.shown)),
    Column("State", _Line.state),
    Column("Date", _day, sort_key=lambda line: str(line.shown.note.made_at)),
    Column("Tags", lambda line: ", ".join(shown_tags(line.shown))),
    Column("Words", lambda line: " ".join(line.shown.note.body.split())),
)


def _beginning(quote: str) -> str:
    """Return the first words of a quote, as many as a column holds."""
    words = shorten(quote, width=_LONGEST_PLACE, placeholder="…")
    # A text without spaces between its words would leave nothing but the dots.
    return words if words != "…" else f"{quote[: _LONGEST_PLACE - 1]}…"


def _is_in(shown: NoteShown, spans: Sequence[tuple[int, int]]) -> bool:
    passage = shown.note.passage
    return passage is not None and any(
        passage.start < end and passage.end > start for start, end in spans
    )


class NotesList(QWidget):
    """Every note on a draft, in the place of its text.

    Signals:
        opened: A note whose words the person wants to see in the draft.
        closed: The person wants the draft back.
    """

    opened = Signal(object)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = WrapLabel(role="muted")
        self.table = TableView("All notes on this draft")
        self.table.row_opened.connect(self._open)
        self._model = TableModel(_COLUMNS, parent=self)
        self._buttons = [
            (button(words, icon=icon, on_press=do), words, short)
            for words, short, icon, do in (
                ("Back to the draft", "Back", "arrow-left", self.closed.emit),
                ("Show in the draft", "Show", "book-open", self._open_chosen),
                ("Copy as text", "Copy", "copy", self._copy),
            )
        ]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(FlowRow(*(made for made, _, _ in self._buttons)))
        self._column.addWidget(self._count)
        self._column.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self._space()
        theme_changes().changed.connect(self._space)

    def show_threads(
        self,
        threads: Sequence[ThreadShown],
        *,
        of: int,
        folded: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Show these threads, every note on a line of its own.

        Args:
            threads: Those that the margin's filter chooses.
            of: How many threads there are.
            folded: Parts of the draft that are folded, unread: nothing is quoted from them.
        """
        first = self._model.rowCount() == 0
        lines = [
            _Line(each, thread, folded=_is_in(each, folded))
            for thread in threads
            for each in thread.all
        ]
        chosen = self.table.chosen()
        self._model.set_rows(lines)
        if first:
            self.table.show_rows(self._model)
        kept = chosen.shown.note.id if isinstance(chosen, _Line) else None
        again = next((line for line in lines if line.shown.note.id == kept), None)
        if again is not None:
            self.table.choose(again)
        elif lines:
            self.table.selectRow(0)
        words = count_words(len(lines), "note")
        hidden = of - len(threads)
        if hidden:
            words += f"; {count_words(hidden, 'note')} with their replies hidden by the filter"
        self._count.setText(
            f"{words}. Press Enter to see a note in the draft. Choose a column heading to sort."
        )

    def _open(self, line: object) -> None:
        if isinstance(line, _Line):
            self.opened.emit(line.thread.first or line.shown)

    def _open_chosen(self) -> None:
        self._open(self.table.chosen())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.as_text())
        announce(self, "Copied")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space()

    def _space(self) -> None:
        self._column.setSpacing(theme().space(1))
        narrow = theme().is_narrow(self.window().width())
        for made, words, short in self._buttons:
            reword(made, short if narrow else words)
            made.setAccessibleName(words)
        # With large letters on a small screen the lines themselves need the room.
        self._count.setVisible(not narrow)
