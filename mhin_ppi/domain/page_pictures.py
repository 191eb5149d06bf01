"""The pages of a file as they look on paper: their sizes, their pictures, and marks on them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageSize:
    """How large a page is, in points (72 to the inch), as it is looked at.

    Args:
        width: From left to right.
        height: From top to bottom.
    """

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PageTurn:
    """How a place in the file's own coordinates becomes one on the page as it is looked at.

    A page may be turned or cut to a part of itself. Both sides are in points; the file counts from
    the bottom left upwards, a person's eye from the top left down:
    ``(a*x + c*y + e, b*x + d*y + f)``.
    """

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def seen(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the file is seen."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def in_file(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of the file that is seen at a point."""
        whole = self.a * self.d - self.b * self.c
        x, y = x - self.e, y - self.f
        return (self.d * x - self.c * y) / whole, (self.a * y - self.b * x) / whole


def upright(size: PageSize) -> PageTurn:
    """Return how an ordinary page is seen: neither turned nor cut."""
    return PageTurn(1.0, 0.0, 0.0, -1.0, 0.0, size.height)


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page drawn in pixels.

    Args:
        width: In pixels.
        height: In pixels.
        pixels: Row by row from the top, four bytes each: blue, green, red, and one unused.
        turn: How places in the file lie on it.
    """

    width: int
    height: int
    pixels: bytes
    turn: PageTurn


A4 = PageSize(595.0, 842.0)
"""What a page counts as whose size makes no sense."""


@dataclass(frozen=True, slots=True)
class PageBox:
    """A rectangle on a page, for instance around one line of marked words.

    Args:
        page: From 0.
        left: In points from the left edge, like the others from the left or the top.
        top: See ``left``.
        right: See ``left``.
        bottom: See ``left``.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point of its page lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom
