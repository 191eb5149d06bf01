"""Everything that is marked in the reader, in layers: notes, hard words, found places and more.

Each layer belongs to one feature, which replaces it whole. Only what is in view is handed to Qt:
thousands of marks at once would slow every scroll down.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from mhin_ppi.ui.theme import theme
from mhin_ppi.ui.widgets.highlights import FOUND, FOUND_HERE, Highlight, HighlightIndex, drawn_as

NOTES = "notes"
"""The layer of people's notes: the one that Enter opens and *next mark* walks through."""
CursorFor = Callable[[int, int], QTextCursor]


class ReaderMarks:
    """The layers of marks on one draft, drawn in the order in which they were first set."""

    def __init__(self) -> None:
        self._layers: dict[str, HighlightIndex] = {}
        self._found: list[tuple[int, int]] = []
        self._found_here = -1
        self._formats: dict[str, QTextCharFormat] = {}

    def clear(self) -> None:
        """Mark nothing."""
        self._layers, self._found, self._found_here = {}, [], -1

    def restyle(self) -> None:
        """Forget how kinds are drawn, since the theme has changed."""
        self._formats = {}

    def set_layer(self, layer: str, highlights: HighlightIndex) -> None:
        """Replace one layer."""
        self._layers[layer] = highlights

    def layer(self, layer: str) -> HighlightIndex:
        """Return one layer; an empty one where nothing was set."""
        return self._layers.get(layer) or HighlightIndex()

    def set_found(self, found: Sequence[tuple[int, int]]) -> None:
        """Mark found places, none of them chosen."""
        self._found, self._found_here = list(found), -1

    def choose_found(self, which: int) -> tuple[int, int]:
        """Mark one found place more strongly than the rest, and return it."""
        self._found_here = which
        return self._found[which]

    def at(self, offset: int) -> list[tuple[str, Highlight]]:
        """Return the marks over an offset that can be chosen: (layer, mark), notes first.

        Of several in one layer the shortest is returned, so that one inside another is reached.
        """
        over = ((layer, index.at(offset)) for layer, index in self._layers.items())
        found = [(layer, mark) for layer, mark in over if mark is not None and mark.id]
        return sorted(found, key=lambda each: each[0] != NOTES)

    def between(self, first: int, last: int) -> Iterator[Highlight]:
        """Yield every mark that touches a range, found places last so that they lie on top."""
        for index in self._layers.values():
            yield from index.between(first, last)
        for order, (start, end) in enumerate(self._found):
            if end > first and start < last:
                yield Highlight(start, end, FOUND_HERE if order == self._found_here else FOUND)

    def drawn(self, first: int, last: int, cursor_for: CursorFor) -> list[QTextEdit.ExtraSelection]:
        """Return what Qt is to draw between two offsets.

        Args:
            first: The first offset in view.
            last: One past the last.
            cursor_for: Returns a cursor that selects a range of offsets.
        """
        drawn = []
        for mark in self.between(first, last):
            if mark.kind not in self._formats:
                self._formats[mark.kind] = drawn_as(mark.kind, theme())
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor_for(mark.start, mark.end)
            selection.format = self._formats[mark.kind]
            drawn.append(selection)
        return drawn


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Return where a text has these words, whatever their case and the spaces between them."""
    parts = [re.escape(part) for part in words.split()]
    pattern = re.compile(r"\s+".join(parts), re.IGNORECASE) if parts else None
    return [match.span() for match in pattern.finditer(text)] if pattern else []


def marked_by(cursor: QTextCursor) -> tuple[int, int]:
    """Return the first and last position that a cursor marks, cells of a table as a whole.

    A cursor over cells ends before the words of its last one, although they are drawn as marked.
    """
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    table = cursor.currentTable()
    if table is not None and cursor.hasComplexSelection():
        cells: Any = cursor.selectedTableCells()
        row, rows, column, columns = cells
        last = table.cellAt(row + rows - 1, column + columns - 1)
        start = min(start, table.cellAt(row, column).firstPosition())
        end = max(end, last.lastPosition())
    return start, end
