"""A chain of things drawn as boxes with arrows between them; each box can be focused and chosen.

Boxes stand side by side, row under row, where there is room; in a narrow window or with large
letters they stand one below the other. Only the arrows are painted, and they say nothing new.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from mhin_ppi.ui.theme import set_role, theme, theme_changes
from mhin_ppi.ui.widgets.labels import WrapLabel

LEAST_EM, MOST_EM, MOST_ALONE_EM = 12, 30, 44
GAP_EM = 1.7
MOST_ACROSS = 4


@dataclass(frozen=True, slots=True)
class Node:
    """One box.

    Args:
        words: What it is.
        when: A day, or "".
        said: What it says, a line each.
        icon: Name of an icon.
        is_gap: Whether it is missing so far.
        leads: Where choosing it leads, in words, or "".
        spoken: Everything it says, as screen readers say it.
    """

    words: str
    when: str = ""
    said: tuple[str, ...] = ()
    icon: str = "circle-dot"
    is_gap: bool = False
    leads: str = ""
    spoken: str = ""


class NodeBox(QPushButton):
    """A box of the chain: a button with its words as labels, so that they wrap.

    Args:
        node: What it shows.
    """

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node
        self.setProperty("gap", "true" if node.is_gap else "false")
        set_role(self, "node")
        self.setAccessibleName(node.spoken)
        self.setAccessibleDescription(node.leads)
        self.setToolTip(node.leads)
        self.setAutoDefault(False)
        if node.leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        quiet = "muted" if node.is_gap else ""
        self._picture = QLabel()
        self._head = WrapLabel(node.words, role="muted" if node.is_gap else "strong")
        self._lines = [WrapLabel(line, role=quiet) for line in node.said]
        if node.when:
            self._lines.insert(0, WrapLabel(node.when, role="muted"))
        self._column = QVBoxLayout(self)
        self._across = QHBoxLayout()
        self._across.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._across.addWidget(self._head, 1)
        self._column.addLayout(self._across)
        for label in self._lines:
            self._column.addWidget(label)
        self._column.addStretch(1)
        for each in self.findChildren(QLabel):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._space()
        theme_changes().changed.connect(self._space)

    def height_at(self, width: int) -> int:
        """Return the height that the words take at a width, both in pixels."""
        margins, gap = self._column.contentsMargins(), self._column.spacing()
        inner = width - margins.left() - margins.right()
        beside = self._icon_side() + self._across.spacing()
        tall = max(self._icon_side(), self._head.heightForWidth(inner - beside))
        tall += sum(gap + line.heightForWidth(inner) for line in self._lines)
        return tall + margins.top() + margins.bottom() + gap

    @override
    def sizeHint(self) -> QSize:
        width = theme().px(LEAST_EM)
        return QSize(width, self.height_at(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(6), theme().px(2))

    def _icon_side(self) -> int:
        return theme().px(1.1)

    def _space(self) -> None:
        made = theme()
        side, ends = made.px(0.7), made.px(0.55)
        self._column.setContentsMargins(side, ends, side, ends)
        self._column.setSpacing(made.px(0.3))
        self._across.setSpacing(made.px(0.4))
        role = "muted" if self.node.is_gap else "accent"
        self._picture.setPixmap(made.picture(self.node.icon, role, ems=1.1))
        self._picture.setFixedWidth(self._icon_side())


class ChainDiagram(QWidget):
    """Boxes in order with arrows from each to the next.

    Args:
        name: What screen readers call it.

    Signals:
        node_chosen: The number of a box that was chosen, from 0.
    """

    node_chosen = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.boxes: list[NodeBox] = []
        self.across = 1
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_changes().changed.connect(self._place)

    def show_nodes(self, nodes: Iterable[Node]) -> None:
        """Show these in place of any before; the focus stays on the box of the same number."""
        had = next((at for at, box in enumerate(self.boxes) if box.hasFocus()), None)
        for box in self.boxes:
            box.hide()
            box.deleteLater()
        self.boxes = []
        before: QWidget | None = None
        for at, node in enumerate(nodes):
            box = NodeBox(node)
            box.setParent(self)
            box.clicked.connect(partial(self.node_chosen.emit, at))
            if before is not None:
                QWidget.setTabOrder(before, box)
            before = box
            box.show()
            self.boxes.append(box)
        if had is not None and self.boxes:
            self.boxes[min(had, len(self.boxes) - 1)].setFocus()
        self._place()

    def spoken(self) -> list[str]:
        """Return each box as it is said."""
        return [box.accessibleName() for box in self.boxes]

    @override
    def sizeHint(self) -> QSize:
        width = theme().px(LEAST_EM * 3)
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(6), theme().px(2))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, arg__1: int) -> int:
        areas = self._areas(arg__1)
        return max((area.bottom() + 1 for area in areas), default=0)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        made = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, after in zip(self.boxes, self.boxes[1:], strict=False):
            line = _line(box.geometry(), after.geometry())
            colour = made.colour("edge")
            painter.setPen(QPen(colour, max(2, made.px(0.1))))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(line))
            painter.setBrush(colour)
            painter.drawPolygon(_head(line[-2], line[-1], made.px(0.45)))
        painter.end()

    def _place(self) -> None:
        areas = self._areas(self.width())
        for box, area in zip(self.boxes, areas, strict=True):
            box.setGeometry(area)
        # As with labels: layouts that do not ask for the height at a width would cut boxes off.
        needed = max((area.bottom() + 1 for area in areas), default=0)
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
        self.updateGeometry()
        self.update()

    def _areas(self, width: int) -> list[QRect]:
        """Return where each box stands in a width, and keep how many stand side by side."""
        made, number = theme(), len(self.boxes)
        if not number:
            return []
        gap, least = made.px(GAP_EM), made.px(LEAST_EM)
        fit = min(MOST_ACROSS, max(1, (width + gap) // (least + gap)))
        if made.is_narrow(self.window().width()):
            fit = 1
        rows = -(-number // fit)
        across = -(-number // rows)
        most = made.px(MOST_ALONE_EM if across == 1 else MOST_EM)
        wide = min(most, (width - gap * (across - 1)) // across)
        areas, top = [], 0
        for first in range(0, number, across):
            row = self.boxes[first : first + across]
            tall = max(box.height_at(wide) for box in row)
            areas += [QRect(at * (wide + gap), top, wide, tall) for at in range(len(row))]
            top += tall + gap
        self.across = across
        return areas


def _line(one: QRect, other: QRect) -> list[QPointF]:
    """Return the corners of the line from one box to the next."""
    if one.top() == other.top():
        y = one.center().y()
        return [QPointF(one.right() + 1, y), QPointF(other.left() - 1, y)]
    below, above = one.bottom() + 1, other.top() - 1
    if one.left() == other.left():
        x = one.center().x()
        return [QPointF(x, below), QPointF(x, above)]
    middle = (below + above) / 2
    start, end = one.center().x(), other.center().x()
    return [
        QPointF(start, below),
        QPointF(start, middle),
        QPointF(end, middle),
        QPointF(end, above),
    ]


def _head(before: QPointF, tip: QPointF, size: float) -> QPolygonF:
    """Return the head of an arrow that comes from the left or from above."""
    if before.x() == tip.x():
        base = tip - QPointF(0, size)
        return QPolygonF([tip, base - QPointF(size / 2, 0), base + QPointF(size / 2, 0)])
    base = tip - QPointF(size, 0)
    return QPolygonF([tip, base - QPointF(0, size / 2), base + QPointF(0, size / 2)])
