"""A chart on the screen: the drawing of the report, and a button over every bar or cell of it.

The drawing comes as SVG from whoever draws reports, in the colours of the look in use. Every number
can be opened by mouse and by keyboard: Tab leads into the chart, arrows from number to number,
Enter opens the records behind one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QEvent, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget
from typing_extensions import override

from mhin_ppi.domain.british import counted
from mhin_ppi.domain.charts import Bar, ChartColours, DrawnChart, GridData, Picture
from mhin_ppi.ui.tasks import Tasks
from mhin_ppi.ui.theme import theme, theme_changes
from mhin_ppi.ui.widgets.labels import WrapLabel

Draw = Callable[[Picture, float, ChartColours], DrawnChart]

LABEL_POINTS = 9.5
"""Size of a chart's labels in its own points: on screen they are as large as ordinary text."""
LEAST_POINTS = 190.0
LEAST_CELL_POINTS = 26.0
GRID_LABEL_POINTS = 100.0
ROW_POINTS, CELL_POINTS, HEAD_POINTS = 23.0, 24.0, 28.0
"""How high a bar, a row of cells, and the heads of a grid most often are."""
SETTLE_MS = 60
TO_COME = "This picture is being drawn."
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Spot(QAbstractButton):
    """One bar or cell, to be pressed; it draws nothing but where the person is.

    Args:
        bar: What stands there.
        words: What it says to screen readers.
        chart: The chart it lies on.
    """

    def __init__(self, bar: Bar, words: str, chart: ChartView) -> None:
        super().__init__(chart)
        self.bar, self._chart = bar, chart
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    @override
    def sizeHint(self) -> QSize:
        return self.size()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not (self.hasFocus() or self.underMouse()):
            return
        made = theme()
        painter = QPainter(self)
        wide = made.ring if self.hasFocus() else made.border
        painter.setPen(QPen(made.colour("focus" if self.hasFocus() else "edge"), wide))
        half = wide / 2
        painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        painter.end()

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._chart.stay_at(self)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in _STEPS:
            self._chart.step(self, *_STEPS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._chart.leap(to_end=key == Qt.Key.Key_End)
        else:
            super().keyPressEvent(event)


class ChartView(QWidget):
    """One chart or grid.

    Args:
        picture: What it shows.
        draw: Draws it; called beside the window.
        tasks: Runs the drawing.

    Signals:
        opened: The bar or cell (``Bar``) that was pressed.
        drawn: It has been drawn anew.
    """

    opened = Signal(object)
    drawn = Signal()

    def __init__(self, picture: Picture, *, draw: Draw, tasks: Tasks) -> None:
        super().__init__()
        self.picture = picture
        self._draw, self._tasks = draw, tasks
        self._across = len(picture.columns) if isinstance(picture, GridData) else 1
        self._renderer: QSvgRenderer | None = None
        self._to_come = WrapLabel(TO_COME, role="muted", parent=self)
        self._chart: DrawnChart | None = None
        self.spots = self._make_spots()
        self.setAccessibleName(picture.title)
        self.setAccessibleDescription(picture.in_words())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._soon = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._soon.timeout.connect(self._redraw)
        theme_changes().changed.connect(self._on_theme)
        self._take_room()

    @property
    def svg(self) -> str:
        """The drawing in view; "" until there is one."""
        return self._chart.svg if self._chart else ""

    def stay_at(self, spot: Spot) -> None:
        """Make a number the one that Tab leads to."""
        for each in self.spots:
            wanted = Qt.FocusPolicy.StrongFocus if each is spot else Qt.FocusPolicy.ClickFocus
            each.setFocusPolicy(wanted)

    def step(self, spot: Spot, down: int, right: int) -> None:
        """Go to the number beside this one, if there is one."""
        at = self.spots.index(spot)
        row, column = divmod(at, self._across)
        if self._across == 1:
            row, column = row + down + right, 0
        else:
            row, column = row + down, column + right
        if 0 <= column < self._across and 0 <= row * self._across + column < len(self.spots):
            if row >= 0:
                self._go_to(row * self._across + column)

    def leap(self, *, to_end: bool) -> None:
        """Go to the first number or the last."""
        self._go_to(len(self.spots) - 1 if to_end else 0)

    def _go_to(self, at: int) -> None:
        self.spots[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _make_spots(self) -> Sequence[Spot]:
        picture = self.picture
        bars = list(picture.bars() if isinstance(picture, GridData) else picture.bars)
        spots = []
        for bar in bars:
            number = counted(bar.count, picture.unit, picture.units)
            spot = Spot(bar, f"{bar.label}: {number}", self)
            spot.clicked.connect(lambda _=False, bar=bar: self.opened.emit(bar))
            spot.hide()
            spots.append(spot)
        for spot in spots[:1]:
            spot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return spots

    # Drawing

    @property
    def _scale(self) -> float:
        """Pixels to a point."""
        return theme().letter / LABEL_POINTS

    def _take_room(self) -> None:
        least = LEAST_POINTS
        if isinstance(self.picture, GridData):
            least = max(least, GRID_LABEL_POINTS + LEAST_CELL_POINTS * self._across)
        self.setMinimumWidth(round(least * self._scale))
        if self._chart is None:
            # About as high as it will be, so that little moves when it has been drawn.
            rows = len(self.spots) / self._across
            is_grid = isinstance(self.picture, GridData)
            points = HEAD_POINTS + rows * CELL_POINTS if is_grid else rows * ROW_POINTS
            self.setFixedHeight(round(points * self._scale))

    def _on_theme(self) -> None:
        self._take_room()
        self._soon.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._to_come.resize(self.width(), self._to_come.heightForWidth(self.width()))
        if event.size().width() != event.oldSize().width():
            self._soon.start()

    def _redraw(self) -> None:
        made, picture, draw = theme(), self.picture, self._draw
        colours = made.colours
        wanted = ChartColours(
            bar=colours.accent, text=colours.text, line=colours.edge, soft=colours.soft
        )
        width = max(self.width() / self._scale, LEAST_POINTS)
        self._tasks.run(
            lambda: draw(picture, width, wanted), owner=self, on_done=self._show, lane="side"
        )

    def _show(self, chart: DrawnChart) -> None:
        self._chart = chart
        self._renderer = QSvgRenderer(QByteArray(chart.svg.encode()), self)
        scale = self.width() / chart.width
        self.setFixedHeight(round(chart.height * scale))
        for spot, zone in zip(self.spots, chart.zones, strict=True):
            corner = (round(zone.left * scale), round(zone.top * scale))
            spot.setGeometry(QRect(*corner, round(zone.width * scale), round(zone.height * scale)))
            spot.show()
        self._to_come.hide()
        self._settle()
        self.update()
        self.drawn.emit()

    def _settle(self) -> None:
        """Have everything around take the chart's height before it is painted, not a moment after.

        What was asked of a layout inside is passed on outwards one widget at a time.
        """
        around: QWidget | None = self
        while around is not None and not around.isWindow():
            QApplication.sendPostedEvents(around, QEvent.Type.LayoutRequest.value)
            around = around.parentWidget()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._renderer is None:
            return
        painter = QPainter(self)
        self._renderer.render(painter, QRectF(self.rect()))
        painter.end()
