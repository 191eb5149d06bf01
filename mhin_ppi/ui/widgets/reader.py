"""The reader: one column of a draft's text, read, marked and moved through by mouse or keyboard.

It speaks in the draft's own offsets (code points) and knows no service: a page hears
``passage_selected`` and decides what may be done with the words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QImage,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.ui.theme import Theme, theme, theme_changes
from mhin_ppi.ui.widgets.draft_document import (
    DraftInParts,
    Heading,
    ShownDraft,
    build,
    column_width,
    picture_id,
)
from mhin_ppi.ui.widgets.folds import Fold, Folds, lay_over
from mhin_ppi.ui.widgets.highlights import Highlight, Highlights, indexed
from mhin_ppi.ui.widgets.marked_browser import MarkedBrowser
from mhin_ppi.ui.widgets.once_painted import OncePainted
from mhin_ppi.ui.widgets.reader_folds import ReaderFolds
from mhin_ppi.ui.widgets.reader_marks import NOTES, marked_by, places_of
from mhin_ppi.ui.widgets.refolding import refold

Place = tuple[int, int]
_EMPTY = DraftText(blocks=())
_SURELY_A_SCREENFUL = 20_000
"""Characters that fill any screen at any size of text."""


class ReaderView(MarkedBrowser):
    """A draft's text, read-only.

    Signals:
        passage_selected: Start and end (code points) of the words a person has marked; again each
            time they mark more or fewer.
        selection_cleared: No words are marked any more.
        place_changed: Index of the first block in view, when it has changed.
    """

    passage_selected = Signal(int, int)
    selection_cleared = Signal()
    place_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "reader")
        self.setAccessibleName(self.tr("Text of the draft"))
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalScrollBar().rangeChanged.connect(self._show_bar_across)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._marked: tuple[int, int] | None = None
        self._first_block = -1
        self._shown = build(_EMPTY, theme())
        self._rest: DraftInParts | None = None
        self._once_painted = OncePainted(self.viewport())
        self._once_painted.painted.connect(self._write_rest)
        self.folding = ReaderFolds(self, self, show=self._show_folds)
        self._lay_out(_EMPTY)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.selectionChanged.connect(self._on_selection_changed)
        self._kept: tuple[DraftText, Place, tuple[int, int] | None, int] | None = None
        theme_changes().changing.connect(self._on_theme_changing)
        theme_changes().changed.connect(self._on_theme_changed)

    # Showing a draft

    @property
    def draft(self) -> DraftText:
        """The draft in view; one without blocks until ``show_draft``."""
        return self._shown.draft

    @property
    def headings(self) -> Sequence[Heading]:
        """The draft's headings, in order."""
        return self._shown.headings

    @property
    def shown(self) -> ShownDraft:
        """The draft as it is laid out; of a long one, at first, no more than the beginning."""
        return self._shown

    def folded_spans(self) -> list[tuple[int, int]]:
        """Return start and end of every part that is folded away: not to be read aloud, say."""
        return self.folding.spans()

    def show_draft(self, draft: DraftText, *, folds: Iterable[Fold] = ()) -> None:
        """Show a draft from its beginning; highlights and found words are forgotten."""
        self.folding.begin(folds)
        self.marks.clear()
        self._lay_out(draft, at_once=False)
        if draft.title:
            self.setAccessibleDescription(draft.title)
        self._on_scrolled()

    def _write_rest(self) -> None:
        """Write what lies beyond the first screens of a long draft, unless it has been."""
        rest, self._rest = self._rest, None
        if rest is not None:
            self._shown = rest.whole()

    def _lay_out(self, draft: DraftText, *, at_once: bool = True) -> None:
        made = theme()
        old = self._shown
        folds = lay_over(draft, self.folding.wanted, opened=self.folding.opened)
        parts = self._rest = DraftInParts(draft, made, folds)
        self._shown = parts.beginning(characters=_SURELY_A_SCREENFUL)
        if at_once:
            self._write_rest()
        else:
            self._once_painted.start()
        self._shown.document.setParent(self)
        self._marked = None
        self._first_block = -1
        self.marks.restyle()
        self._centre(made)
        self.setDocument(self._shown.document)
        old.document.deleteLater()
        self.setCursorWidth(max(2, round(made.em / 9)))

    def _show_folds(self, folds: Folds) -> None:
        """Show other parts of the same draft folded, where the person is."""
        self._write_rest()
        self._shown = refold(self._shown, theme(), folds)
        self._draw_marks()

    def _centre(self, made: Theme) -> None:
        """Keep the column of text to its width, in the middle of the surface."""
        least = self._shown.document.documentMargin()
        side = max(least, (self.viewport().width() - column_width(made)) / 2)
        frame = self._shown.document.rootFrame()
        looks = frame.frameFormat()
        if abs(looks.leftMargin() - side) > 0.5:
            looks.setLeftMargin(side)
            looks.setRightMargin(side)
            frame.setFrameFormat(looks)

    def _on_theme_changing(self) -> None:
        # With an empty document Qt does not lay the whole draft out again for each step of the
        # change: font, palette, style sheet.
        self._kept = (self._shown.draft, self.position(), self._marked, self.caret())
        self._lay_out(_EMPTY)

    def _on_theme_changed(self) -> None:
        if self._kept is None:
            return
        (draft, place, marked, caret), self._kept = self._kept, None
        self._lay_out(draft)
        self.blockSignals(True)
        self._put_caret(self._shown.positions.to_position(caret))
        if marked:
            self.select_passage(*marked)
        self._marked = marked
        self.blockSignals(False)
        self.go_to(place)
        self._on_scrolled()

    # Marking words

    @property
    def marked(self) -> tuple[int, int] | None:
        """Start and end of the words that are marked, or ``None``."""
        return self._marked

    def select_passage(self, start: int, end: int) -> None:
        """Mark words, as if the person had, and bring them into view."""
        self.setTextCursor(self.cursor_over(start, end))

    def clear_selection(self) -> None:
        """Mark nothing; the caret goes before what was marked, so that Enter opens a note on it."""
        cursor = self.textCursor()
        cursor.setPosition(cursor.selectionStart())
        self.setTextCursor(cursor)

    @property
    def selection_corner(self) -> QPoint:
        """Return the point just below the marked words, in this widget's coordinates."""
        return self.viewport().mapTo(self, self.cursorRect().bottomLeft())

    @override
    def _on_selection_changed(self) -> None:
        if self._pressed:
            return
        cursor = self.textCursor()
        marked = None
        if cursor.hasSelection():
            positions = self._shown.positions
            marked = positions.range_to_offsets(*marked_by(cursor))
            anchor = positions.to_offset(cursor.anchor())
            kept = self.folding.trimmed(marked, anchor=anchor) if marked else None
            if marked and kept != marked:
                # What is shown as marked is what is marked: nothing that is folded away.
                self.setTextCursor(self.cursor_over(*(kept or (anchor, anchor))))
                return
        if marked == self._marked:
            return
        self._marked = marked
        if marked:
            self.passage_selected.emit(*marked)
        else:
            self.selection_cleared.emit()

    # Highlights and found words

    def set_highlights(self, highlights: Highlights, *, layer: str = NOTES) -> None:
        """Draw these highlights (start, end, kind, id) in place of any before in their layer."""
        self.marks.set_layer(layer, indexed(highlights))
        self._draw_marks()

    def find_all(self, words: str) -> list[tuple[int, int]]:
        """Mark every place that has these words, whatever their case, and return the places."""
        self._write_rest()
        found = places_of(words, self._shown.draft.text)
        self.marks.set_found(found)
        self._draw_marks()
        return found

    def show_found(self, which: int) -> None:
        """Bring one found place into view and mark it more strongly than the rest."""
        self.show_passage(*self.marks.choose_found(which))
        self._draw_marks()

    def _draw_marks(self) -> None:
        """Give Qt those marks that are in view; more would slow every scroll down."""
        self.setExtraSelections(self.marks.drawn(*self.range_in_view, self.cursor_over))

    def cursor_over(self, start: int, end: int) -> QTextCursor:
        """Return a cursor over words, given as offsets."""
        self._write_rest()
        first, last = self._shown.positions.range_to_positions(start, end)
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    @property
    def range_in_view(self) -> tuple[int, int]:
        """Return the first offset in view, and one past the last."""
        area = self.viewport().rect()
        top = self.cursorForPosition(area.topLeft()).position()
        bottom = self.cursorForPosition(area.bottomRight()).position()
        positions = self._shown.positions
        return positions.to_offset(top), positions.to_offset(bottom, forward=True) + 1

    def _on_scrolled(self) -> None:
        self._draw_marks()
        first = self.position()[0]
        if first != self._first_block:
            self._first_block = first
            self.place_changed.emit(first)

    # Moving about

    @override
    def _offset_of(self, position: int) -> int:
        return self._shown.positions.to_offset(position)

    @override
    def caret(self) -> int:
        """Return where the caret is, as an offset."""
        return self._shown.positions.to_offset(self.textCursor().selectionStart(), forward=True)

    def show_passage(self, start: int, end: int) -> None:
        """Bring words into view, a third of the way down, and put the caret before them."""
        self._write_rest()
        self._put_caret(self._shown.positions.range_to_positions(start, end)[0])
        self.reveal(start, end)

    def reveal(self, start: int, end: int) -> None:
        """Bring words into view, a third of the way down; the caret stays where it is."""
        self._write_rest()
        first, last = self._shown.positions.range_to_positions(start, end)
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        height = self.viewport().height()
        here = self.cursorRect(cursor)
        if here.top() < 0 or here.bottom() > height * 0.8 or last - first > height:
            self._scroll_to(cursor, above=height // 3)

    def shows(self, start: int, end: int) -> bool:
        """Return whether any of these words are in view."""
        first, last = self.range_in_view
        return start < last and end > first

    def position(self) -> Place:
        """Return the first words in view, as (block, code points into it); survives resizing."""
        top = self.cursorForPosition(QPoint(self.viewport().width() // 2, 4)).position()
        offset = self._shown.positions.to_offset(top, forward=True)
        draft = self._shown.draft
        if not draft.blocks:
            return 0, 0
        block = draft.block_at(offset)
        return block, min(offset - draft.starts[block], len(draft.blocks[block].text))

    def go_to(self, place: Place) -> None:
        """Scroll so that a place (block, code points into it) is at the top; no words change."""
        draft = self._shown.draft
        if not draft.blocks:
            return
        block = min(max(0, place[0]), len(draft.blocks) - 1)
        if (block, place[1]) == (0, 0):
            self.verticalScrollBar().setValue(0)
            return
        self._write_rest()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._shown.positions.to_position(draft.starts[block] + place[1]))
        self._scroll_to(cursor, above=4)

    def go_to_heading(self, step: int) -> Heading | None:
        """Go to the next (1) or the one before (-1) heading; ``None`` at the last or first."""
        caret = self.caret()
        starts = [each for each in self.headings if (each.start - caret) * step > 0]
        if not starts:
            return None
        chosen = starts[0] if step > 0 else starts[-1]
        self._write_rest()
        self._put_caret(self._shown.positions.to_position(chosen.start))
        self.go_to((chosen.block, 0))
        return chosen

    def go_to_highlight(self, step: int) -> Highlight | None:
        """Go to the next (1) or the one before (-1) note's mark; ``None`` at the last or first."""
        caret, notes = self.caret(), self.marks.layer(NOTES)
        chosen = notes.after(caret) if step > 0 else notes.before(caret)
        if chosen:
            self.show_passage(chosen.start, chosen.end)
        return chosen

    def _scroll_to(self, cursor: QTextCursor, *, above: int) -> None:
        """Scroll so that a place is so many pixels below the top.

        Qt lays a long document out bit by bit while idle, and the bar reaches no further than that.
        Asking for the place lays out as far as there; the whole is needed only where it is near.
        """
        bar = self.verticalScrollBar()
        wanted = bar.value() + self.cursorRect(cursor).top() - above
        if wanted > bar.maximum():
            left = self.document().characterCount() - cursor.position()
            if left < _SURELY_A_SCREENFUL:
                whole = math.ceil(self.document().size().height()) - self.viewport().height()
                wanted = min(wanted, whole)
            bar.setMaximum(max(bar.maximum(), wanted))
        bar.setValue(wanted)

    def _show_bar_across(self, _: int, most: int) -> None:
        """Offer to move sideways only for something truly wide, such as a table."""
        bars = Qt.ScrollBarPolicy
        wanted = bars.ScrollBarAsNeeded if most > theme().px(1) else bars.ScrollBarAlwaysOff
        if self.horizontalScrollBarPolicy() is not wanted:
            self.setHorizontalScrollBarPolicy(wanted)

    def _put_caret(self, position: int) -> None:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)

    # Qt's events

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the draft, and nothing else: no file or address is ever opened."""
        stored = self._shown.draft.images.get(picture_id(QUrl(name)))
        return QImage.fromData(stored) if stored else None

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        place = self.position()
        super().resizeEvent(event)
        self._centre(theme())
        if event.oldSize().width() != event.size().width() and place != (0, 0):
            self.go_to(place)
        self._on_scrolled()
