"""What is usual in one PDF: letter size, distance of lines, and what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mhin_ppi.documents.pdf_page import Line

_REPEATS = 0.3  # of the pages: left and right pages may have different heads
_FEWEST_PAGES = 3
_SAME_HEIGHT = 3.0  # points
_EDGE = 0.14  # of the height, at the top and at the bottom, may hold running heads
_NUMBERS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_NUMBER_AT_END = re.compile(r"^\d{1,4}\b|\b\d{1,4}$")
_LINES_OF_HEADS = 2  # how many lines of one page's head or foot may differ from page to page
_USUAL_PITCH = 1.2

_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Usual:
    """What most of a document looks like.

    Args:
        size: Of the letters of the body.
        pitch: From one baseline to the next within a paragraph, as a multiple of the size.
        bold: Whether the body itself is bold, so that bold says nothing.
    """

    size: float
    pitch: float
    bold: bool


def measure(pages: Iterable[list[Line]]) -> Usual:
    """Return what is usual; the commonest size by letters, the commonest pitch by lines."""
    pages = list(pages)
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in (line for page in pages for line in page):
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    pitches: Counter[float] = Counter()
    for page in pages:
        for above, line in zip(page, page[1:], strict=False):
            if abs(line.size - size) <= 0.5 and abs(above.size - size) <= 0.5:
                bold[line.bold] += len(line.text)
                step = (above.y - line.y) / size
                if 0.9 < step < 2.5:
                    pitches[round(step, 1)] += 1
    pitch = pitches.most_common(1)[0][0] if pitches else _USUAL_PITCH
    return Usual(size=size, pitch=pitch, bold=bold[True] > bold[False])


def without_running_heads(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """Return the pages without what is printed at the same height on many of them.

    Args:
        pages: Lines page by page.
        heights: Of each page, in points.
    """
    if len(pages) < _FEWEST_PAGES:
        return pages
    needed = max(_FEWEST_PAGES - 1, _REPEATS * len(pages))
    edges = [
        [line for line in lines if _at_edge(line, height)]
        for lines, height in zip(pages, heights, strict=True)
    ]
    seen = _pages_by(_keys, edges)
    gone = {id(line) for lines in edges for line in lines if _most(seen, _keys(line)) >= needed}
    # Heads that name the chapter differ from page to page but stand where the others stand.
    bands = {band for (_, band), numbers in seen.items() if len(numbers) >= needed}
    for _ in range(_LINES_OF_HEADS):
        rest = [[line for line in lines if id(line) not in gone] for lines in pages]
        outer = [
            [line for line in _outermost(lines) if _at_edge(line, height)]
            for lines, height in zip(rest, heights, strict=True)
        ]
        gone |= _outer_heads(outer, bands, needed)
    return [[line for line in lines if id(line) not in gone] for lines in pages]


def _outer_heads(outer: list[list[Line]], bands: set[int], needed: float) -> set[int]:
    """Return which first and last lines of pages are running heads, by the object's identity."""
    seen = _pages_by(_keys, outer)
    counted = _pages_by(_counts, outer)
    bare = sum(not _NUMBERS.sub("", line.text).strip() for lines in outer for line in lines)
    return {
        id(line)
        for lines in outer
        for line in lines
        if _most(seen, _keys(line)) >= _FEWEST_PAGES
        or _most(counted, _counts(line)) >= needed
        or (bare > 1 and not _NUMBERS.sub("", line.text).strip())
        or any(band in bands for _, band in _keys(line))
    }


def _pages_by(
    keys_of: Callable[[Line], list[_Key]], pages: list[list[Line]]
) -> dict[_Key, set[int]]:
    found: dict[_Key, set[int]] = defaultdict(set)
    for number, lines in enumerate(pages):
        for line in lines:
            for key in keys_of(line):
                found[key].add(number)
    return found


def _most(seen: dict[_Key, set[int]], keys: list[_Key]) -> int:
    return max((len(seen[key]) for key in keys if key in seen), default=0)


def _counts(line: Line) -> list[_Key]:
    """Return how far a line's first and last numbers are from its page: alike on page numbers."""
    ends = _NUMBER_AT_END.findall(line.text)
    return [
        (f"offset {line.page - int(number)}", band) for number in ends for _, band in _keys(line)
    ]


def _outermost(lines: list[Line]) -> list[Line]:
    """Return the highest and the lowest line of a page, with what stands beside them."""
    if not lines:
        return []
    top, bottom = max(line.y for line in lines), min(line.y for line in lines)
    return [line for line in lines if line.y > top - 2 or line.y < bottom + 2]


def _at_edge(line: Line, height: float) -> bool:
    return not _EDGE * height < line.y < (1 - _EDGE) * height


def _keys(line: Line) -> list[_Key]:
    """Return the line with its numbers masked, at both roundings of its height."""
    masked = _NUMBERS.sub("#", line.text).strip().lower()
    band = line.y / (2 * _SAME_HEIGHT)
    return [(masked, round(band)), (masked, int(band) + 10_000)]
