"""Which highlights lie where, and how each kind is drawn.

A long draft can carry thousands of highlights; Qt slows down when it is given all of them, so the
reader asks for those in view each time it scrolls.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from PySide6.QtGui import QPalette, QTextCharFormat

from mhin_ppi.ui.theme import Theme
from mhin_ppi.ui.widgets.code_marks import CODE, code_drawn_as

FOUND, FOUND_HERE, SPOKEN, WORD = "found", "found_here", "spoken", "word"
RESOLVED = "resolved"
"""A note that is finished with: its words keep a line, and no colour."""

_Line = QTextCharFormat.UnderlineStyle
# Told apart by their line as well as by their place in the list: never by colour alone.
UNDERLINES = {
    "question": _Line.SingleUnderline,
    "suggestion": _Line.DashUnderline,
    "unclear": _Line.WaveUnderline,
    "barrier": _Line.DotLine,
    "concern": _Line.DashDotLine,
    "facilitator": _Line.DashDotDotLine,
    "works": _Line.DashDotDotLine,
    WORD: _Line.DotLine,
    RESOLVED: _Line.DotLine,
}


@dataclass(frozen=True, slots=True, order=True)
class Highlight:
    """A marked range of a draft.

    Args:
        start: First code point.
        end: One past the last.
        kind: What it is, as text ("question", "unclear" …): decides the line under it.
        id: Whatever the page wants back when it is chosen.
    """

    start: int
    end: int
    kind: str
    id: str = ""


class HighlightIndex:
    """Highlights in order of their starts, searchable by range."""

    def __init__(self, highlights: Iterable[Highlight] = ()) -> None:
        self.all = sorted(highlights)
        self._starts = [each.start for each in self.all]
        # The furthest end so far never falls, so the first that can reach a place is found by
        # bisection although ends themselves are in no order.
        self._reach = list(accumulate((each.end for each in self.all), max))

    def between(self, start: int, end: int) -> list[Highlight]:
        """Return those that touch a range, in order."""
        first = bisect_right(self._reach, start)
        last = bisect_left(self._starts, end)
        return [each for each in self.all[first:last] if each.end > start]

    def at(self, offset: int) -> Highlight | None:
        """Return the shortest highlight over an offset, so that one inside another is reached."""
        over = self.between(offset, offset + 1)
        return min(over, key=lambda each: each.end - each.start) if over else None

    def after(self, offset: int) -> Highlight | None:
        """Return the first that starts after an offset."""
        at = bisect_right(self._starts, offset)
        return self.all[at] if at < len(self.all) else None

    def before(self, offset: int) -> Highlight | None:
        """Return the last that starts before an offset."""
        at = bisect_left(self._starts, offset)
        return self.all[at - 1] if at else None


Highlights = HighlightIndex | Iterable[Highlight | tuple[int, int, str, str]]


def indexed(highlights: Highlights) -> HighlightIndex:
    """Return highlights in their order; of thousands, somebody may have put them in it before."""
    if isinstance(highlights, HighlightIndex):
        return highlights
    return HighlightIndex(
        each if isinstance(each, Highlight) else Highlight(*each) for each in highlights
    )


def drawn_as(kind: str, made: Theme) -> QTextCharFormat:
    """Return how a kind of highlight is drawn."""
    if kind.startswith(CODE):
        return code_drawn_as(kind, made)
    drawn = QTextCharFormat()
    if kind == FOUND_HERE:
        drawn.setBackground(made.colour("accent"))
        drawn.setForeground(made.colour("on_accent"))
        return drawn
    if kind in (FOUND, SPOKEN):
        drawn.setBackground(made.colour("soft"))
        drawn.setForeground(made.colour("text"))
        drawn.setUnderlineColor(made.colour("accent"))
        drawn.setUnderlineStyle(_Line.SingleUnderline)
        return drawn
    if kind not in (WORD, RESOLVED):
        drawn.setBackground(made.colour("highlight"))
        drawn.setForeground(made.colour("text"))
    drawn.setUnderlineColor(made.colour("focus"))
    drawn.setUnderlineStyle(UNDERLINES.get(kind, _Line.SingleUnderline))
    return drawn


def selected_as(palette: QPalette) -> QTextCharFormat:
    """Return how chosen words are drawn while the reader has not the focus."""
    drawn = QTextCharFormat()
    drawn.setBackground(palette.highlight())
    drawn.setForeground(palette.highlightedText())
    return drawn
