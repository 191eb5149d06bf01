"""A scale with words at both ends: to place oneself on, or to see where somebody did."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget
from typing_extensions import override

from mhin_ppi.ui.theme import theme, theme_changes
from mhin_ppi.ui.widgets.labels import WrapLabel

MIDDLE = 50
_NEAR = (20, 40, 60, 80)


class Slide(QSlider):
    """A slider that a turn of the wheel passes by."""

    @override
    def wheelEvent(self, e: QWheelEvent) -> None:
        e.ignore()


def place_words(low: str, high: str, place: int) -> str:
    """Return a place on a scale from 0 to 100 in words.

    >>> place_words("weak", "strong", 90)
    'close to “strong” (90 of 100)'
    """
    where = (
        f"close to “{low}”",
        f"nearer to “{low}”",
        "about the middle",
        f"nearer to “{high}”",
        f"close to “{high}”",
    )
    return f"{where[sum(place >= edge for edge in _NEAR)]} ({place} of 100)"


class ScaleField(QWidget):
    """One scale to place oneself on; left out until it is wanted.

    Args:
        low: The words at its left end.
        high: The words at its right end.
        top: The number at its right end; the left one is 0.
        left_out: What stands for leaving it out.
    """

    def __init__(self, low: str, high: str, *, top: int, left_out: int) -> None:
        super().__init__()
        self._low, self._high, self._left_out = low, high, left_out
        self.use = QCheckBox("Place myself on this one")
        self.use.setAccessibleName(f"Place myself between “{low}” and “{high}”")
        self.slider = Slide(Qt.Orientation.Horizontal)
        self.slider.setRange(0, top)
        self.slider.setPageStep(10)
        self.slider.setValue(MIDDLE)
        self.slider.setAccessibleName(f"From “{low}” to “{high}”")
        self.slider.hide()
        self.use.toggled.connect(self.slider.setVisible)
        self.use.toggled.connect(lambda _: self._say())
        self.slider.valueChanged.connect(lambda _: self._say())
        left, right = WrapLabel(low), WrapLabel(high)
        right.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._said = WrapLabel(role="muted")
        ends = QHBoxLayout()
        ends.addWidget(left, 1)
        ends.addWidget(right, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(ends)
        self._column.addWidget(self.use)
        self._column.addWidget(self.slider)
        self._column.addWidget(self._said)
        self.setFocusProxy(self.use)
        self._say()
        self._space()
        theme_changes().changed.connect(self._space)

    def value(self) -> int:
        """Return the place, or what stands for leaving it out."""
        return self.slider.value() if self.use.isChecked() else self._left_out

    def _say(self) -> None:
        placed = place_words(self._low, self._high, self.slider.value())
        words = f"{placed[:1].upper()}{placed[1:]}" if self.use.isChecked() else "Left out"
        self._said.setText(words)
        self.slider.setAccessibleDescription(words)

    def _space(self) -> None:
        made = theme()
        self._column.setContentsMargins(0, made.space(1), 0, made.space(2))
        self._column.setSpacing(made.space(1))
        self.setMaximumWidth(made.px(36))


class ScaleMark(QWidget):
    """Where somebody placed themselves: a line with a mark on it, and the words beside it.

    Args:
        low: The words at its left end.
        high: The words at its right end.
        place: The place, 0 to 100.
    """

    def __init__(self, low: str, high: str, place: int) -> None:
        super().__init__()
        words = f"From “{low}” to “{high}”: {place_words(low, high, place)}"
        self._line = _Line(place)
        self._line.setAccessibleName(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(0.1))
        column.addWidget(WrapLabel(words))
        column.addWidget(self._line)


class _Line(QWidget):
    """The line and the mark, for eyes."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self._place = place
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_changes().changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme().px(10), theme().px(0.9))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        made = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = made.px(0.35)
        middle, wide = self.height() / 2, self.width() - 2 * radius
        painter.setPen(QPen(made.colour("edge"), max(2, made.border)))
        painter.drawLine(QPointF(radius, middle), QPointF(radius + wide, middle))
        for end in (radius, radius + wide):
            painter.drawLine(QPointF(end, middle - radius), QPointF(end, middle + radius))
        painter.setBrush(made.colour("accent"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(QPointF(radius + wide * self._place / 100, middle), radius, radius)
        painter.end()
