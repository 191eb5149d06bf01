"""A file's pages as they look on paper, one below the other, with marks on them.

It is for eyes: its words cannot be reached by a screen reader, so the reader beside it holds them
as text and must be able to do everything. Pages come as pictures from whoever hears
``picture_wanted``; until one has come its place is kept, so nothing jumps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from mhin_ppi.domain.page_pictures import PageBox, PagePicture, PageSize
from mhin_ppi.ui.messages import announce
from mhin_ppi.ui.theme import theme, theme_changes
from mhin_ppi.ui.tokens import LIGHT
from mhin_ppi.ui.widgets.page_layout import PageColumn, PictureCache
from mhin_ppi.ui.widgets.page_marks import PageMark, PageMarks, draw_mark

ZOOM_STEP = 1.2
LEAST_ZOOM, MOST_ZOOM = 0.4, 5.0
GAP_EM = 0.6
_LEAST_SCALE = 0.05
_SCROLL_EM = 2.5


class PageView(QAbstractScrollArea):
    """Pages of a file; at the ordinary text size they are as wide as the view.

    Keys: arrows, PageUp, PageDown, Home and End scroll; + and - zoom, 0 goes back to the whole
    width; Enter shows the words at the top in the reader.

    Args:
        parent: Qt's owner.

    Signals:
        picture_wanted: A page (from 0) and how many pixels wide it is needed; answered by
            ``give`` or ``cannot_show``. Only one is asked for at a time.
        place_chosen: Page (from 0), x and y in points: where a person clicked, to see these words
            in the reader.
        mark_activated: The id of a mark that was clicked.
        page_changed: The page (from 0) at the top of the view, when it has changed.
    """

    picture_wanted = Signal(int, int)
    place_chosen = Signal(int, float, float)
    mark_activated = Signal(str)
    page_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Always there: if it came and went, the width of the pages would go to and fro with it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._zoom = 1.0
        self._sizes: tuple[PageSize, ...] = ()
        self._column = PageColumn((), scale=1.0, gap=0.0, room=0.0)
        self._cache = PictureCache()
        self._asked: tuple[int, int] | None = None
        self._failed: set[int] = set()
        self._layers: dict[str, PageMarks] = {}
        self._page = -1
        theme_changes().changed.connect(self._lay_out)
        self._lay_out()

    # What is shown

    @property
    def page(self) -> int:
        """The page (from 0) at the top of the view."""
        return max(0, self._page)

    @property
    def kept_pictures(self) -> int:
        """How many pages are held as pictures; never more than a few."""
        return len(self._cache)

    def show_pages(self, sizes: Sequence[PageSize]) -> None:
        """Show a file with pages of these sizes, from its beginning; none takes all away."""
        self._sizes = tuple(sizes)
        self._cache.clear()
        self._failed.clear()
        self._layers.clear()
        self._asked, self._page = None, -1
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self._on_moved()

    def give(self, page: int, picture: PagePicture) -> None:
        """Show the picture of a page that was wanted."""
        if self._asked is None or self._asked[0] != page:
            return  # another file is shown by now
        _, asked = self._asked
        self._asked = None
        shown = QImage(
            picture.pixels,
            picture.width,
            picture.height,
            picture.width * 4,
            QImage.Format.Format_RGB32,
        ).copy()
        self._cache.put(page, shown, asked=asked, in_view=self._in_view())
        self.viewport().update()
        self._ask()

    def cannot_show(self, page: int) -> None:
        """Say in a page's place that it cannot be drawn."""
        if self._asked is not None and self._asked[0] == page:
            self._asked = None
            self._failed.add(page)
            self.viewport().update()
            self._ask()

    def set_marks(self, marks: Iterable[PageMark], *, layer: str = "notes") -> None:
        """Draw these marks in place of any before in the same layer."""
        self._layers[layer] = PageMarks(marks)
        self.viewport().update()

    def show_box(self, box: PageBox) -> None:
        """Bring a place into view, a third of the way down, unless it can be seen already."""
        if not 0 <= box.page < len(self._sizes):
            return
        wanted, seen = self._column.box(box), self._seen()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if wanted.top() < seen.top() or wanted.bottom() > seen.bottom():
            down.setValue(round(wanted.top() - self.viewport().height() / 3))
        if wanted.left() < seen.left() or wanted.left() > seen.right():
            across.setValue(round(wanted.left() - theme().em))

    def show_page(self, page: int) -> None:
        """Bring the top of a page (from 0) into view."""
        if 0 <= page < len(self._sizes):
            top = self._column.rect(page).top()
            self.verticalScrollBar().setValue(round(top - self._gap() / 2))

    # Layout

    def _gap(self) -> int:
        return theme().px(GAP_EM)

    def _lay_out(self) -> None:
        """Put every page in its place at the present size, keeping the place in view."""
        anchor = self._anchor()
        room, gap = float(self.viewport().width()), float(self._gap())
        widest = max((size.width for size in self._sizes), default=1.0)
        fitting = max(1.0, room - 2 * gap) / widest
        scale = fitting * self._zoom * theme().preferences.text_size / 100
        self._column = PageColumn(self._sizes, scale=max(_LEAST_SCALE, scale), gap=gap, room=room)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        height, step = self.viewport().height(), theme().px(_SCROLL_EM)
        down.setRange(0, max(0, round(self._column.height) - height))
        down.setPageStep(max(1, height - step))
        down.setSingleStep(step)
        across.setRange(0, max(0, round(self._column.width - room)))
        across.setPageStep(max(1, round(room)))
        across.setSingleStep(step)
        if anchor is not None:
            page, part = anchor
            rect = self._column.rect(page)
            down.setValue(round(rect.top() + part * rect.height()))
        self._on_moved()

    def _anchor(self) -> tuple[int, float] | None:
        """Return the page at the top of the view, and how far down it the top is (0 to 1)."""
        if not self._sizes or len(self._column.sizes) != len(self._sizes):
            return None
        top = float(self.verticalScrollBar().value())
        page = self._column.page_at(top)
        rect = self._column.rect(page)
        return page, (top - rect.top()) / max(1.0, rect.height())

    def _seen(self) -> QRectF:
        corner = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        return QRectF(corner, self.viewport().size().toSizeF())

    def _in_view(self) -> range:
        seen = self._seen()
        return self._column.between(seen.top(), seen.bottom())

    def zoom_by(self, factor: float) -> None:
        """Show the pages larger (above 1) or smaller; 0 goes back to the whole width."""
        zoom = 1.0 if factor == 0 else self._zoom * factor
        self._zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        self._lay_out()
        self.viewport().update()

    def _on_moved(self) -> None:
        page = self._column.page_at(self._seen().top() + self.viewport().height() / 3)
        changed = page != self._page and bool(self._sizes)
        self._page = page if changed else self._page
        self._name()
        if changed:
            self.page_changed.emit(page)
        self._ask()

    def _name(self) -> None:
        words = self.tr("Page {0} of {1}").format(self.page + 1, len(self._sizes))
        self.setAccessibleName(words if self._sizes else self.tr("Pages"))
        self.setAccessibleDescription(
            self.tr("The reader view beside it holds the same words as text.")
        )

    def _ask(self) -> None:
        """Ask for the next picture that is needed: what is in view first, then what is near."""
        if self._asked is not None or not self._sizes or not self.isVisible():
            return
        seen = self._in_view()
        near = (seen.stop, seen.start - 1)
        for page in (*seen, *(each for each in near if 0 <= each < len(self._sizes))):
            width = self._pixels_wide(page)
            if page not in self._failed and not self._cache.fits(page, asked=width):
                self._asked = page, width
                self.picture_wanted.emit(page, width)
                return

    def _pixels_wide(self, page: int) -> int:
        return max(1, round(self._column.rect(page).width() * self.devicePixelRatioF()))

    # Qt's events

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(event.rect(), theme().colour("window"))
        corner = self._seen().topLeft()
        painter.translate(-corner)
        for page in self._in_view():
            self._paint_page(painter, page)
        painter.end()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        rect, picture = self._column.rect(page), self._cache.picture(page)
        if picture is not None:
            painter.drawImage(rect, picture)
        else:
            painter.fillRect(rect, QColor(Qt.GlobalColor.white))
            painter.setPen(QColor(LIGHT.muted))
            painter.setFont(theme().font())
            said = self.tr("Page {0}").format(page + 1)
            if page in self._failed:
                said = self.tr("Page {0} cannot be shown. Its words are in the reader.").format(
                    page + 1
                )
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, said)
        painter.setPen(theme().colour("edge"))
        painter.drawRect(rect)
        for marks in self._layers.values():
            for box, mark in marks.on(page):
                draw_mark(painter, self._column.box(box), mark.kind)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        self._on_moved()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        down, keys = self.verticalScrollBar(), Qt.Key
        before = self.page
        moves = {keys.Key_Home: down.minimum(), keys.Key_End: down.maximum()}
        zooms = {keys.Key_Plus: ZOOM_STEP, keys.Key_Equal: ZOOM_STEP, keys.Key_Minus: 1 / ZOOM_STEP}
        key = Qt.Key(event.key())
        if key in moves:
            down.setValue(moves[key])
        elif key in zooms or key == keys.Key_0:
            self.zoom_by(zooms.get(key, 0))
        elif key in (keys.Key_Return, keys.Key_Enter):
            self._choose_top()
        else:
            super().keyPressEvent(event)
        if self.page != before:
            announce(self, self.accessibleName())

    def _choose_top(self) -> None:
        seen = self._seen()
        middle = self._column.width / 2
        found = self._column.point_on_page(QPointF(middle, seen.top() + self._gap() + 1))
        if found:
            self.place_chosen.emit(*found)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the answer comes when the button is let go

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._column.point_on_page(event.position() + self._seen().topLeft())
        if event.button() != Qt.MouseButton.LeftButton or found is None:
            return
        mark = self._mark_at(found)
        if mark is not None:
            self.mark_activated.emit(mark.id)
        else:
            self.place_chosen.emit(*found)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        found = self._column.point_on_page(event.position() + self._seen().topLeft())
        over = found is not None and self._mark_at(found) is not None
        shapes = Qt.CursorShape
        self.viewport().setCursor(shapes.PointingHandCursor if over else shapes.ArrowCursor)

    def _mark_at(self, place: tuple[int, float, float]) -> PageMark | None:
        found = (marks.at(*place) for marks in self._layers.values())
        return next((mark for mark in found if mark is not None), None)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP)
            event.accept()
            return
        super().wheelEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()
