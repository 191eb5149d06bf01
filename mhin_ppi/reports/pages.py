"""Filling pages with strips.

A *strip* is a slice of the page that is never cut: usually one line of text, or one line across all
cells of a table row. A report is one long list of strips; pages are broken only between them, never
after one that asks to stay with the next. So no block, however long, can fail to fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from .tagging import Element
from .typesetting import Line, Style

POINTS_PER_MM = 72 / 25.4
PAGE_WIDTH = 210 * POINTS_PER_MM
PAGE_HEIGHT = 297 * POINTS_PER_MM
MARGIN = 22 * POINTS_PER_MM
TOP = PAGE_HEIGHT - 20 * POINTS_PER_MM
BOTTOM = 22 * POINTS_PER_MM
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN


@dataclass(slots=True)
class Bookmark:
    """A heading that the outline and the contents lead to; its place is known once pages are made.

    Args:
        words: As it reads.
        level: 1 to 3.
        page: From 0, or -1 while unknown.
        top: Upper edge on that page, in points from the bottom.
        in_contents: Whether the list of contents names it; the outline always does.
    """

    words: str
    level: int
    page: int = -1
    top: float = 0.0
    in_contents: bool = True


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text at its place in a strip.

    Args:
        element: What it belongs to; ``None`` for page furniture.
        x: Left edge, in points from the left of the page.
        drop: From the strip's top down to the baseline, in points.
        line: The set line; for a page number, still unknown, an empty one.
        style: Size, weight, colour.
        to: The heading that these words lead to.
        shows_page_of: The heading whose page number is drawn instead, ending at ``x``.
    """

    element: Element | None
    x: float
    drop: float
    line: Line
    style: Style
    to: Bookmark | None = None
    shows_page_of: Bookmark | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """A plain rectangle in a strip: a rule, a shaded heading. Decoration only.

    Args:
        x: Left edge, in points from the left of the page.
        drop: From the strip's top down to its own top.
        width: In points.
        height: In points.
        colour: As ``#RRGGBB``.
    """

    x: float
    drop: float
    width: float
    height: float
    colour: str


@dataclass(eq=False, frozen=True, slots=True)
class Panel:
    """A background behind several strips; drawn once on each page it reaches.

    Args:
        x: Left edge, in points from the left of the page.
        width: In points.
        fill: Background colour, or "" for none.
        bar: Colour of a thick line down the left edge, or "" for none.
        edge: Colour of a line all around, or "" for none.
    """

    x: float
    width: float
    fill: str = ""
    bar: str = ""
    edge: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture made of pixels, at the size at which it is drawn.

    Args:
        image: A Pillow image.
        width: In points.
        height: In points.
    """

    image: Any
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in a strip.

    Args:
        element: Its figure element.
        drawing: A reportlab drawing, or a :class:`Photo`.
        x: Left edge, in points from the left of the page.
    """

    element: Element
    drawing: Any
    x: float


@dataclass(slots=True)
class Strip:
    """A slice of the page that is never cut.

    Args:
        height: In points; never more than a page.
        words: Lines of text in it.
        boxes: Rules and shading.
        panels: Backgrounds it shares with its neighbours.
        picture: A drawing, or ``None``.
        bookmark: A heading that starts here.
        with_next: Whether it stays on one page with the strip after it.
        is_space: Whether it may be dropped at the top of a page.
        repeats: Strips set again, untagged, when a page begins with this one.
        starts_page: Whether it begins a new page.
    """

    height: float
    words: list[Words] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    panels: tuple[Panel, ...] = ()
    picture: Picture | None = None
    bookmark: Bookmark | None = None
    with_next: bool = False
    is_space: bool = False
    repeats: Sequence[Strip] = ()
    starts_page: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A strip at its place.

    Args:
        strip: What.
        top: Its upper edge, in points from the bottom of the page.
        again: Whether it is a repetition, drawn for the eye only.
    """

    strip: Strip
    top: float
    again: bool = False


Page = list[Placed]


def break_into_pages(strips: Sequence[Strip]) -> list[Page]:
    """Place every strip, in order, on as few pages as the rules allow.

    Strips bound together that are taller than a page are broken where the page ends: nothing is
    ever left out.
    """
    pages: list[Page] = [[]]
    top = TOP
    for group in _groups(strips):
        first = _first_ink(group)
        height = sum(strip.height for strip in group)
        repeated = sum(strip.height for strip in first.repeats)
        moves = height > top - BOTTOM and height + repeated <= TOP - BOTTOM
        if pages[-1] and (moves or group[0].starts_page):
            pages.append([])
            top = TOP
        for strip in group:
            if pages[-1] and not strip.is_space and strip.height > top - BOTTOM:
                pages.append([])
                top = TOP
            top = _place(strip, pages, top)
    return pages


def _place(strip: Strip, pages: list[Page], top: float) -> float:
    """Put one strip on the last page; return where the next one starts."""
    page = pages[-1]
    if not page and strip.is_space:
        return top
    if not page:
        for heading in strip.repeats:
            page.append(Placed(heading, top, again=True))
            top -= heading.height
    if strip.bookmark:
        strip.bookmark.page, strip.bookmark.top = len(pages) - 1, top
    page.append(Placed(strip, top))
    return top - strip.height


def _groups(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Collect strips that stay together."""
    groups: list[list[Strip]] = []
    joined = False
    for strip in strips:
        if joined:
            groups[-1].append(strip)
        else:
            groups.append([strip])
        joined = strip.with_next
    return groups


def _first_ink(group: list[Strip]) -> Strip:
    return next((strip for strip in group if not strip.is_space), group[0])
