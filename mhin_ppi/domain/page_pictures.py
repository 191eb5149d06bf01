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
class PagePicture:
    """A page drawn in pixels.

    Args:
        width: In pixels.
        height: In pixels.
        pixels: Row by row from the top, four bytes each: blue, green, red, and one unused.
    """

    width: int
    height: int
    pixels: bytes


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
