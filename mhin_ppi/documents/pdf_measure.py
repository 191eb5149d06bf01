"""What is usual in one PDF: letter size, distance of lines, and what repeats on every page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from mhin_ppi.documents.pdf_page import Line

_REPEATS = 0.3  # of the pages: left and right pages may have different heads
_FEWEST_PAGES = 3
_SAME_HEIGHT = 3.0  # points
_EDGE = 0.14  # of the height, at the top and at the bottom, may hold running heads
_NUMBERS = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_USUAL_PITCH = 1.2


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
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            if _at_edge(line, height):
                for key in _keys(line):
                    seen[key].add(number)
    # Heads that name the chapter differ from page to page but stand where the others stand.
    bands = {band for (_, band), numbers in seen.items() if len(numbers) >= needed}
    bare = sum(_NUMBERS.sub("", line.text).strip() == "" for line in _outermost(pages))
    kept: list[list[Line]] = []
    for lines, height in zip(pages, heights, strict=True):
        outermost = _outermost([lines])
        kept.append(
            [
                line
                for line in lines
                if not _at_edge(line, height)
                or not (
                    max(len(seen[key]) for key in _keys(line)) >= needed
                    or (line in outermost and _in_place(line, bands, bare=bare))
                )
            ]
        )
    return kept


def _in_place(line: Line, bands: set[int], *, bare: int) -> bool:
    """Say whether a page's first or last line stands where running heads stand, or is a number."""
    if bare > 1 and not _NUMBERS.sub("", line.text).strip():
        return True
    return any(band in bands for _, band in _keys(line))


def _outermost(pages: list[list[Line]]) -> list[Line]:
    """Return the highest and the lowest line of each page."""
    by_height = [sorted(lines, key=lambda line: line.y) for lines in pages if lines]
    return [line for lines in by_height for line in {lines[0], lines[-1]}]


def _at_edge(line: Line, height: float) -> bool:
    return not _EDGE * height < line.y < (1 - _EDGE) * height


def _keys(line: Line) -> list[tuple[str, int]]:
    """Return the line with its numbers masked, at both roundings of its height."""
    masked = _NUMBERS.sub("#", line.text).strip().lower()
    band = line.y / (2 * _SAME_HEIGHT)
    return [(masked, round(band)), (masked, int(band) + 10_000)]
