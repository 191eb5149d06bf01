"""A row that goes on in the next line when there is no more room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget
from typing_extensions import override

from mhin_ppi.ui.theme import theme


class FlowLayout(QLayout):
    """Places widgets side by side and wraps them like words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._kept: list[QLayoutItem] = []
        self._heights: dict[tuple[int, int], int] = {}
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, arg__1: QLayoutItem) -> None:
        self._kept.append(arg__1)
        self._heights.clear()

    @override
    def count(self) -> int:
        return len(self._kept)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._kept[index] if 0 <= index < len(self._kept) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        self._heights.clear()
        return self._kept.pop(index) if 0 <= index < len(self._kept) else None

    @override
    def invalidate(self) -> None:
        # Qt says this whenever a widget in the row comes, goes or wants another size.
        self._heights.clear()
        super().invalidate()

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        asked = (arg__1, theme().space(2))
        if asked not in self._heights:
            self._heights[asked] = self._place(QRect(0, 0, arg__1, 0), move=False)
        return self._heights[asked]

    @override
    def setGeometry(self, arg__1: QRect) -> None:
        super().setGeometry(arg__1)
        self._place(arg__1, move=True)
        # Here too, since smaller letters need less height at the same width.
        row = self.parentWidget()
        if isinstance(row, FlowRow):
            row.take_room()

    @override
    def sizeHint(self) -> QSize:
        shown = self._shown()
        gap = theme().space(2)
        width = sum(item.sizeHint().width() for item in shown) + gap * max(0, len(shown) - 1)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(width, height)

    @override
    def minimumSize(self) -> QSize:
        shown = self._shown()
        width = max((item.minimumSize().width() for item in shown), default=0)
        height = max((item.minimumSize().height() for item in shown), default=0)
        return QSize(width, height)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._kept if not item.isEmpty()]

    def _place(self, area: QRect, *, move: bool) -> int:
        """Place the widgets, or only reckon; return the height taken."""
        gap = theme().space(2)
        y = area.y()
        for line in self._lines(area.width(), gap):
            tall = max(item.sizeHint().height() for item in line)
            x = area.x()
            for item in line if move else ():
                size = item.sizeHint()
                width = min(size.width(), area.width())
                middle = y + (tall - size.height()) // 2
                item.setGeometry(QRect(QPoint(x, middle), QSize(width, size.height())))
                x += width + gap
            y += tall + gap
        return max(0, y - gap - area.y())

    def _lines(self, width: int, gap: int) -> list[list[QLayoutItem]]:
        """Return the widgets line by line, as many in each as fit."""
        lines: list[list[QLayoutItem]] = []
        taken = 0
        for item in self._shown():
            needed = item.sizeHint().width()
            if not lines or taken + gap + needed > width:
                lines.append([])
                taken = -gap
            lines[-1].append(item)
            taken += gap + needed
        return lines


class FlowRow(QWidget):
    """A row of widgets that wraps.

    Args:
        widgets: In order.
        parent: Qt's owner.
    """

    def __init__(self, *widgets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        self._flow.addWidget(widget)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # As with labels: layouts that do not ask for the height at a width would cut lines off.
        self.take_room()

    def take_room(self) -> None:
        """Ask for the height that the lines need: less of it, too, when they have become fewer."""
        needed = self._flow.heightForWidth(self.width())
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
