"""Puts two columns in order where a program has drawn them line by line across the page.

Most programs draw one column after the other, and nothing needs doing. Where both columns stand on
one baseline PDFium gives them as one line, which would otherwise look like a row of a table.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from statistics import mean

from mhin_ppi.documents.pdf_page import Line

_FEWEST = 8  # lines with both columns on a page
_MOST_OF_PAGE = 0.4  # of its lines
_WORDY = 18  # letters in a column's line on average; the cells of a table are shorter
_SAME_START = 4.0  # points


def columns_in_order(lines: list[Line]) -> list[Line]:
    """Return a page's lines, the left column before the right one where they were interleaved."""
    gutter = _gutter(lines)
    if gutter is None:
        return lines
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if len(line.cells) == 2 and abs(line.cells[1] - gutter) < _SAME_START:
            first, second = _halves(line)
            left.append(first)
            right.append(second)
        elif line.x0 >= gutter - _SAME_START:
            right.append(line)
        elif line.x1 <= gutter:
            left.append(line)
        else:  # right across the page: what is above it is read first
            ordered += [*left, *right, line]
            left, right = [], []
    return [*ordered, *left, *right]


def _gutter(lines: list[Line]) -> float | None:
    """Return where the right column starts, or ``None`` where there are no two columns."""
    rows = [line for line in lines if len(line.cells) == 2]
    if len(rows) < max(_FEWEST, _MOST_OF_PAGE * len(lines)):
        return None
    starts = Counter(round(line.cells[1] / _SAME_START) for line in rows)
    place, count = starts.most_common(1)[0]
    halves = [line.text.split("\t") for line in rows]
    wordy = min(mean(len(half[side]) for half in halves) for side in (0, 1)) >= _WORDY
    return place * _SAME_START if wordy and count >= 0.7 * len(rows) else None


def _halves(line: Line) -> tuple[Line, Line]:
    first, second = line.text.split("\t")
    start, end = line.cells[1], line.ends[0]
    return (
        replace(line, text=first, x1=end, cells=line.cells[:1], ends=(end,), hyphen=False),
        replace(line, text=second, x0=start, cells=(start,), ends=(line.x1,)),
    )
