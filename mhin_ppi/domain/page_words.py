"""Where a draft's words stand on the pages of the PDF it came from, and back again.

Lengths are in points (1/72 inch) in the PDF's own coordinates: from the bottom left corner of the
page as the file counts it, upwards, before the page is turned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

_SAME_LINE = 0.5  # of the lower box's height, that two boxes must share
_APART = 1.6  # times the height: a gutter or the space between two cells is not marked


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page, upright.

    Args:
        page: From 1.
        x0: Left.
        y0: Bottom.
        x1: Right.
        y1: Top.
    """

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def away(self, x: float, y: float) -> float:
        """Return how far a point is from the rectangle, in points; 0 inside it."""
        across = max(self.x0 - x, 0.0, x - self.x1)
        return float((across**2 + max(self.y0 - y, 0.0, y - self.y1) ** 2) ** 0.5)


@dataclass(frozen=True, slots=True)
class PageWord:
    """A word, or the part of it on one line.

    Args:
        start: Its first character, in code points of the draft's text.
        end: One past its last.
        box: Where it stands.
    """

    start: int
    end: int
    box: PageBox


class PageWords:
    """All words of a draft that were found in its PDF.

    Args:
        words: In the order of the draft's text.
        letters: How many letters the draft has, so that a file that is another one is noticed.
        found: How many of them were found.
    """

    def __init__(self, words: Iterable[PageWord], *, letters: int, found: int) -> None:
        self.words: Sequence[PageWord] = tuple(words)
        self.letters, self.found = letters, found

    @cached_property
    def _ends(self) -> list[int]:
        return [word.end for word in self.words]

    @cached_property
    def _by_page(self) -> dict[int, list[PageWord]]:
        pages: dict[int, list[PageWord]] = {}
        for word in self.words:
            pages.setdefault(word.box.page, []).append(word)
        return pages

    @property
    def share_found(self) -> float:
        """How much of the draft was found, from 0 to 1; low where the PDF is another document."""
        return self.found / self.letters if self.letters else 0.0

    def boxes(self, start: int, end: int) -> tuple[PageBox, ...]:
        """Return the rectangles of a passage, one for each line it covers.

        A passage may end within a word; there the letters are taken to be equally wide.

        Args:
            start: First character, in code points of the draft's text.
            end: One past the last.
        """
        boxes: list[PageBox] = []
        for at in range(bisect_left(self._ends, start + 1), len(self.words)):
            word = self.words[at]
            if word.start >= end:
                break
            boxes.append(_part(word, start, end))
        return lines_of(boxes)

    def offset_at(self, page: int, x: float, y: float, *, within: float = 6.0) -> int | None:
        """Return the character of the draft's text at a point, or ``None`` where no word is near.

        Args:
            page: From 1.
            x: From the left, in points.
            y: From the bottom, in points.
            within: How far from a word the point may be, in points.
        """
        words = self._by_page.get(page, [])
        nearest = min(words, key=lambda word: word.box.away(x, y), default=None)
        if nearest is None or nearest.box.away(x, y) > within:
            return None
        width = max(nearest.box.x1 - nearest.box.x0, 0.01)
        count = nearest.end - nearest.start
        into = int((x - nearest.box.x0) / width * count)
        return nearest.start + min(max(into, 0), count - 1)


def _part(word: PageWord, start: int, end: int) -> PageBox:
    box, count = word.box, word.end - word.start
    first, last = max(0, start - word.start), min(count, end - word.start)
    if (first, last) == (0, count):
        return box
    letter = (box.x1 - box.x0) / count
    return PageBox(box.page, box.x0 + first * letter, box.y0, box.x0 + last * letter, box.y1)


def lines_of(boxes: Iterable[PageBox]) -> tuple[PageBox, ...]:
    """Return boxes with those that follow each other on one line put together."""
    lines: list[PageBox] = []
    for box in boxes:
        if lines and _goes_on(lines[-1], box):
            last = lines[-1]
            lines[-1] = PageBox(
                last.page,
                min(last.x0, box.x0),
                min(last.y0, box.y0),
                max(last.x1, box.x1),
                max(last.y1, box.y1),
            )
        else:
            lines.append(box)
    return tuple(lines)


def _goes_on(last: PageBox, box: PageBox) -> bool:
    height = min(last.y1 - last.y0, box.y1 - box.y0)
    shared = min(last.y1, box.y1) - max(last.y0, box.y0)
    if last.page != box.page or shared < _SAME_LINE * height:
        return False
    # Words of Hebrew and Arabic follow each other to the left.
    gap = max(box.x0 - last.x1, last.x0 - box.x1)
    return gap < _APART * max(last.y1 - last.y0, box.y1 - box.y0)
