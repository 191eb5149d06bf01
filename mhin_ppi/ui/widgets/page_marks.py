"""Marks on the pictures of pages: which lie where, and how each kind is drawn.

Pages are paper: white in every look, so marks have the light look's colours there. A colour
multiplied with the page leaves its letters as they are; the line below tells kinds apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTextCharFormat

from mhin_ppi.domain.page_pictures import PageBox
from mhin_ppi.ui.tokens import LIGHT
from mhin_ppi.ui.widgets.highlights import FOUND, FOUND_HERE, SPOKEN, UNDERLINES, WORD

HERE = "here"
"""The words that are marked in the reader beside the pages."""

_Line = QTextCharFormat.UnderlineStyle
_PENS = {
    _Line.SingleUnderline: Qt.PenStyle.SolidLine,
    _Line.DashUnderline: Qt.PenStyle.DashLine,
    _Line.DotLine: Qt.PenStyle.DotLine,
    _Line.DashDotLine: Qt.PenStyle.DashDotLine,
    _Line.DashDotDotLine: Qt.PenStyle.DashDotDotLine,
}
_QUIET = frozenset({FOUND, FOUND_HERE, SPOKEN, HERE})


@dataclass(frozen=True, slots=True)
class PageMark:
    """Marked words as they lie on pages.

    Args:
        boxes: One for each line of words; they may lie on several pages.
        kind: What it is, as for :class:`~mhin_ppi.ui.widgets.highlights.Highlight`.
        id: Whatever the page wants back when it is chosen.
    """

    boxes: tuple[PageBox, ...]
    kind: str
    id: str = ""


class PageMarks:
    """Marks, found by their page."""

    def __init__(self, marks: Iterable[PageMark] = ()) -> None:
        self._on: dict[int, list[tuple[PageBox, PageMark]]] = defaultdict(list)
        for mark in marks:
            for box in mark.boxes:
                self._on[box.page].append((box, mark))

    def on(self, page: int) -> list[tuple[PageBox, PageMark]]:
        """Return the boxes on a page, with their marks."""
        return self._on.get(page, [])

    def at(self, page: int, x: float, y: float) -> PageMark | None:
        """Return the smallest mark with an id at a point, so that one inside another is reached."""
        over = [(box, mark) for box, mark in self.on(page) if mark.id and box.holds(x, y)]
        return min(over, key=lambda each: _area(each[0]))[1] if over else None


def draw_mark(painter: QPainter, rect: QRectF, kind: str) -> None:
    """Draw one box of a mark over a page that has been drawn.

    Args:
        painter: Draws on the page.
        rect: Where the words are, in pixels.
        kind: What sort of mark it is.
    """
    quiet = kind in _QUIET
    if kind != WORD:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(rect, QColor(LIGHT.soft if quiet else LIGHT.highlight))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    style = UNDERLINES.get(kind, _Line.SingleUnderline)
    thick = max(1.5, rect.height() / 12)
    pen = QPen(QColor(LIGHT.accent if quiet else LIGHT.focus), thick)
    if style in _PENS:
        pen.setStyle(_PENS[style])
        painter.setPen(pen)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    else:
        painter.setPen(pen)
        painter.drawPolyline(_wave(rect, thick))


def _wave(rect: QRectF, thick: float) -> QPolygonF:
    step = max(2.0, thick * 2)
    count = max(1, int(rect.width() / step))
    return QPolygonF(
        [
            QPointF(rect.left() + at * rect.width() / count, rect.bottom() + (at % 2 - 0.5) * thick)
            for at in range(count + 1)
        ]
    )


def _area(box: PageBox) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
