"""A path of steps from top to bottom, such as what happened to a question.

It is a real list, so that screen readers say "3 of 6" and the arrow keys walk it; each step says in
words whether it is done, so the drawing carries nothing of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from mhin_ppi.ui.item_roles import ROW_ROLE
from mhin_ppi.ui.theme import Theme, theme, theme_changes

Index = QModelIndex | QPersistentModelIndex
_WRAP = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value
_TALL = 100_000


class StepState(StrEnum):
    """Whether a step has been taken, is where things stand, or is still to come."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is, when it was (as people say it), more about it, how far it is."""

    words: str
    when: str = ""
    detail: str = ""
    state: StepState = StepState.DONE


class _Steps(QAbstractListModel):
    """The steps as Qt asks for them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.steps: tuple[Step, ...] = ()
        self.said = {StepState.NOW: self.tr("now"), StepState.TO_COME: self.tr("still to come")}

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.steps)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        step = self.steps[index.row()]
        if role == ROW_ROLE:
            return step
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            detail = aloud(step.detail)
            parts = (step.words, step.when, self.said.get(step.state, ""), detail)
            return ", ".join(part for part in parts if part)
        return None


class _StepDelegate(QStyledItemDelegate):
    """Draws a step: its mark on the line at the left, its words beside it."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        made, step = theme(), index.data(ROW_ROLE)
        return QSize(width, self._lay(None, QRect(0, 0, width, _TALL), step, made))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        made, step, area = theme(), index.data(ROW_ROLE), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_mark(painter, area, index, made)
        self._lay(painter, area, step, made)
        view = self.parent()
        here = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if here and isinstance(view, QListView) and view.hasFocus():
            half = made.ring / 2
            painter.setPen(QPen(made.colour("focus"), made.ring))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inside = QRectF(area).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(inside, made.px(0.3), made.px(0.3))
        painter.restore()

    def _draw_mark(self, painter: QPainter, area: QRect, index: Index, made: Theme) -> None:
        step: Step = index.data(ROW_ROLE)
        size = made.em
        centre = QPointF(area.left() + made.px(1.1), area.top() + made.px(1.05))
        painter.setPen(QPen(made.colour("edge"), max(2, made.px(0.09))))
        if index.row() > 0:
            painter.drawLine(QPointF(centre.x(), area.top()), centre)
        if index.row() < index.model().rowCount() - 1:
            painter.drawLine(centre, QPointF(centre.x(), area.bottom() + 1))
        done = step.state is StepState.DONE
        painter.setPen(
            QPen(made.colour("edge" if step.state is StepState.TO_COME else "accent"), 0.11 * size)
        )
        painter.setBrush(made.colour("accent" if done else "panel"))
        painter.drawEllipse(centre, size * 0.5, size * 0.5)
        if done:
            picture = made.picture("check", "on_accent", ems=0.7)
            corner = centre - QPointF(0.35 * size, 0.35 * size)
            painter.drawPixmap(
                QRectF(corner, QSize(made.px(0.7), made.px(0.7))), picture, QRectF(picture.rect())
            )
        elif step.state is StepState.NOW:
            painter.setBrush(made.colour("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(centre, size * 0.24, size * 0.24)

    def _lay(self, painter: QPainter | None, area: QRect, step: Step, made: Theme) -> int:
        """Lay out a step's words, drawing them if there is a painter; return the height taken."""
        left, top = made.px(2.1), made.px(0.5)
        width = max(made.px(4), area.width() - left - made.px(0.5))
        lines = (
            (step.words, True, "text"),
            (step.when, False, "muted"),
            (step.detail, False, "text"),
        )
        for words, bold, role in lines:
            if not words:
                continue
            font = made.font(bold=bold)
            box = QRect(area.left() + left, area.top() + top, width, _TALL)
            if painter is not None:
                painter.setFont(font)
                painter.setPen(made.colour(role))
                painter.drawText(box, _WRAP, words)
            top += _height(font, box, words)
        return top + made.px(0.5)


def _height(font: QFont, box: QRect, words: str) -> int:
    return QFontMetrics(font).boundingRect(box, _WRAP, words).height()


def aloud(lines: str) -> str:
    """Return lines of text as sentences, one after the other."""
    return lines.replace(".\n", "\n").replace("\n", ". ")


class StepPath(QListView):
    """Shows steps from top to bottom, as tall as they need.

    Args:
        name: What screen readers call it.
        parent: Qt's owner.

    Signals:
        step_chosen: The number of a step that was chosen with Enter or a click, from 0.
    """

    step_chosen = Signal(int)

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._steps = _Steps(self)
        self.setModel(self._steps)
        self.setItemDelegate(_StepDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme_changes().changed.connect(self._fit)
        self.clicked.connect(lambda index: self.step_chosen.emit(index.row()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if chosen and self.currentIndex().isValid():
            self.step_chosen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def show_steps(self, steps: Iterable[Step]) -> None:
        """Show these steps in place of any before."""
        self._steps.beginResetModel()
        self._steps.steps = tuple(steps)
        self._steps.endResetModel()
        self._fit()

    def spoken(self) -> list[str]:
        """Return each step as it is said."""
        rows = range(self._steps.rowCount())
        return [str(self._steps.index(row, 0).data()) for row in rows]

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._steps.index(0, 0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        tall = sum(self.sizeHintForRow(row) for row in range(self._steps.rowCount()))
        margins = self.height() - self.viewport().height()
        self.setFixedHeight(tall + max(0, margins) + 2)
