"""Converts between Qt's positions in a shown document and the domain's offsets in a draft.

The domain counts Unicode code points in ``DraftText.text``; Qt counts UTF-16 units in a document
that also holds what is not the draft's text: list markers, table cells' borders, captions. This is
the only place that converts. What is shown is described by runs: stretches of the draft's text,
each laid somewhere in Qt's document; whatever lies between runs belongs to neither.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


def utf16_length(text: str) -> int:
    """Return how many UTF-16 units, Qt's measure, a text takes."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the draft's text laid in Qt's document without a break.

    Args:
        start: Where it starts in the draft, in code points.
        length: How many code points it has.
        position: Where it starts in Qt's document, in UTF-16 units.
        wide: Offsets within the run (code points, rising) of the signs that take two units.
        stand_in: UTF-16 units of what is shown in the place of words that are folded away; the run
            then has no words itself, and every place in it means its start.
    """

    start: int
    length: int
    position: int
    wide: tuple[int, ...] = ()
    stand_in: int = 0

    @property
    def units(self) -> int:
        """How many UTF-16 units it takes in Qt's document."""
        return self.stand_in or self.length + len(self.wide)

    def to_units(self, points: int) -> int:
        """Return how many UTF-16 units the run's first ``points`` code points take."""
        return points + bisect_left(self.wide, points)

    def to_points(self, units: int) -> int:
        """Return how many whole code points the run's first ``units`` UTF-16 units hold."""
        if not self.wide:
            return min(units, self.length)
        starts = [at + order for order, at in enumerate(self.wide)]
        before = bisect_left(starts, units)
        # A position in the middle of a two-unit sign counts as before it.
        within = before > 0 and starts[before - 1] == units - 1
        return units - before if not within else starts[before - 1] - (before - 1)


def run_of(text: str, *, start: int, position: int) -> Run:
    """Return the run for a stretch of text.

    Args:
        text: The words, exactly as both sides hold them.
        start: Where they start in the draft, in code points.
        position: Where they were put in Qt's document, in UTF-16 units.
    """
    wide = () if text.isascii() else tuple(at for at, c in enumerate(text) if ord(c) > 0xFFFF)
    return Run(start, len(text), position, wide)


class TextPositions:
    """The two-way map for one shown draft.

    Args:
        runs: In the order of the text; neither their offsets nor their positions overlap.

    Attributes:
        runs: The same.
    """

    def __init__(self, runs: Iterable[Run]) -> None:
        self.runs = self._runs = tuple(runs)
        self._starts = [run.start for run in self._runs]
        self._positions = [run.position for run in self._runs]

    def to_position(self, offset: int) -> int:
        """Return Qt's position for an offset; between runs, the end of the one before."""
        if not self._runs:
            return 0
        run = self._runs[max(0, bisect_right(self._starts, offset) - 1)]
        return run.position + run.to_units(min(max(0, offset - run.start), run.length))

    def to_offset(self, position: int, *, forward: bool = False) -> int:
        """Return the offset for Qt's position.

        Args:
            position: In UTF-16 units.
            forward: Between runs, whether to go to the start of the next one (for the start of a
                range) or to the end of the one before (for its end).
        """
        if not self._runs:
            return 0
        at = bisect_right(self._positions, position) - 1
        if at < 0:
            return self._runs[0].start
        run = self._runs[at]
        if position - run.position > run.units and forward and at + 1 < len(self._runs):
            return self._runs[at + 1].start
        return run.start + run.to_points(min(position - run.position, run.units))

    def range_to_positions(self, start: int, end: int) -> tuple[int, int]:
        """Return Qt's positions of a range, without what lies between runs at its edges."""
        if not self._runs:
            return 0, 0
        at = max(0, bisect_right(self._starts, start) - 1)
        run = self._runs[at]
        if start >= run.start + run.length and end > start and at + 1 < len(self._runs):
            start = max(start, min(self._runs[at + 1].start, end))
        return self.to_position(start), self._end_position(start, end)

    def _end_position(self, start: int, end: int) -> int:
        """Return the position just after the last sign of a range, not where the next run begins.

        Something that is not the draft's text may stand between two runs that touch.
        """
        if end <= start:
            return self.to_position(end)
        run = self._runs[max(0, bisect_right(self._starts, end - 1) - 1)]
        return run.position + run.to_units(min(max(0, end - run.start), run.length))

    def range_to_offsets(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the offsets of a range of Qt's positions.

        Returns:
            Start and end, or ``None`` where the range holds nothing of the draft's own text.
        """
        first = self._past_end(start) or self.to_offset(start, forward=True)
        last = self._whole_sign(self.to_offset(end), end)
        return (first, last) if first < last else None

    def _past_end(self, position: int) -> int | None:
        """Return where the next run starts, if a position is at the very end of one."""
        at = bisect_right(self._positions, position) - 1
        if at < 0 or at + 1 >= len(self._runs):
            return None
        run = self._runs[at]
        return self._runs[at + 1].start if position == run.position + run.units else None

    def _whole_sign(self, offset: int, position: int) -> int:
        """Return the offset, past a two-unit sign that a range's end fell into the middle of."""
        at = bisect_right(self._positions, position) - 1
        if at >= 0 and self._runs[at].stand_in:
            return offset
        inside = self.to_position(offset) < position < self.to_position(offset + 1)
        return offset + 1 if inside else offset
