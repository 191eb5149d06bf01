"""Where each page of a file lies in one long column, and which of their pictures are kept."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from mhin_ppi.domain.page_pictures import PageBox, PageSize

MOST_PAGES = 8
"""How many pictures of pages are kept at most …"""

MOST_PIXELS = 40_000_000
"""… and how many pixels together (160 MB), unless the pages in view need more."""


class PageColumn:
    """Pages one below the other, centred, at one scale.

    Args:
        sizes: The size of each page, in points.
        scale: Pixels to a point.
        gap: Between pages and around them, in pixels.
        room: Width that there is, in pixels.
    """

    def __init__(self, sizes: Sequence[PageSize], *, scale: float, gap: float, room: float) -> None:
        self.sizes, self.scale, self._gap = tuple(sizes), scale, gap
        self.width = max([room, *(size.width * scale + 2 * gap for size in sizes)])
        self._tops: list[float] = []
        below = gap
        for size in self.sizes:
            self._tops.append(below)
            below += size.height * scale + gap
        self.height = below

    def rect(self, page: int) -> QRectF:
        """Return where a page (from 0) lies, in pixels from the top left of the column."""
        width = self.sizes[page].width * self.scale
        height = self.sizes[page].height * self.scale
        return QRectF((self.width - width) / 2, self._tops[page], width, height)

    def page_at(self, y: float) -> int:
        """Return the page at a height; the gap above a page belongs to the one before."""
        return max(0, bisect_right(self._tops, y) - 1)

    def between(self, top: float, bottom: float) -> range:
        """Return the pages that show between two heights."""
        if not self.sizes:
            return range(0)
        first, last = self.page_at(top), self.page_at(bottom)
        if first < last and self.rect(first).bottom() <= top:
            first += 1  # only the gap below it shows
        return range(first, last + 1)

    def point_on_page(self, point: QPointF) -> tuple[int, float, float] | None:
        """Return the page under a point, and the place on it in points; ``None`` beside pages."""
        if not self.sizes:
            return None
        page = self.page_at(point.y())
        rect = self.rect(page)
        if not rect.contains(point):
            return None
        return page, (point.x() - rect.x()) / self.scale, (point.y() - rect.y()) / self.scale

    def box(self, box: PageBox) -> QRectF:
        """Return where a box lies, in pixels from the top left of the column."""
        corner, scale = self.rect(box.page).topLeft(), self.scale
        size = (box.right - box.left) * scale, (box.bottom - box.top) * scale
        return QRectF(corner.x() + box.left * scale, corner.y() + box.top * scale, *size)


@dataclass(frozen=True, slots=True)
class _Kept:
    picture: QImage
    width: int


class PictureCache:
    """The pictures of the pages looked at last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, _Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        """Keep none."""
        self._kept.clear()

    def put(self, page: int, picture: QImage, *, asked: int, in_view: range) -> None:
        """Keep a picture, and let go of those not looked at for longest.

        Args:
            page: From 0.
            picture: The page, drawn.
            asked: How many pixels wide it was asked for; a huge page comes out narrower.
            in_view: Pages that are kept in any case.
        """
        self._kept[page] = _Kept(picture, asked)
        self._kept.move_to_end(page)
        for other in list(self._kept):
            if len(self._kept) <= MOST_PAGES and self._pixels() <= MOST_PIXELS:
                return
            if other not in in_view and other != page:
                del self._kept[other]

    def picture(self, page: int) -> QImage | None:
        """Return a page's picture, perhaps of another size than is needed now."""
        kept = self._kept.get(page)
        if kept is None:
            return None
        self._kept.move_to_end(page)
        return kept.picture

    def fits(self, page: int, *, asked: int) -> bool:
        """Return whether there is a picture of a page at the width that is asked for."""
        kept = self._kept.get(page)
        return kept is not None and kept.width == asked

    def _pixels(self) -> int:
        return sum(k.picture.width() * k.picture.height() for k in self._kept.values())
