"""The register as a board: a column for each state, with a card for each question.

Cards are drawn, not made: a column of thousands costs no more than the ten in sight.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ...domain.questions import STATE_WORDS, QuestionState
from ...services.register_rows import RegisterRow
from ..item_roles import ROW_ROLE
from ..models.table_model import TableModel, list_model
from ..theme import theme, theme_changes
from ..widgets.labels import WrapLabel
from ..widgets.page_frame import scrolling
from .register_table import LATE_WORDS
from .words_for import count_words

COLUMN_EM = 12
_CARD_LINES = 3
_INSIDE_EM = 0.5


def card_words(row: RegisterRow) -> str:
    """Return a card as a sentence, for screen readers."""
    parts = [" ".join(row.words.split()) or "Taken back", f"asked by {row.asked_by}", _below(row)]
    return ", ".join(parts)


def _below(row: RegisterRow) -> str:
    days = count_words(row.days, "day")
    late = f" · {LATE_WORDS}" if row.is_overdue else ""
    return f"{days}{late}"


class _Cards(QStyledItemDelegate):
    """Draws a question as a card: three lines of its words, who asked, how long it has waited."""

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        made = theme()
        lines = _CARD_LINES + 2
        height = option.fontMetrics.lineSpacing() * lines + made.px(2 * _INSIDE_EM + 0.5)
        return QSize(made.px(COLUMN_EM) // 2, height)

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row = index.data(ROW_ROLE)
        made, gap = theme(), theme().px(0.15)
        area = option.rect.adjusted(gap, gap, -gap, -gap)
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, width = ("focus", made.ring) if focused else ("edge" if marked else "line", 1)
        painter.setPen(QPen(made.colour(edge), max(width, made.border)))
        painter.setBrush(made.colour("soft" if marked else "panel"))
        painter.drawRoundedRect(area, made.px(0.35), made.px(0.35))
        painter.setFont(made.font())
        inside = made.px(_INSIDE_EM)
        self._write(painter, area.adjusted(inside, inside, -inside, -inside), row)
        painter.restore()

    def _write(self, painter: QPainter, area: QRect, row: RegisterRow) -> None:
        made, step = theme(), painter.fontMetrics().lineSpacing()
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        words = " ".join(row.words.split()) or "Taken back"
        # Lines end at words, so not all of their width is used.
        most = round(area.width() * (_CARD_LINES - 0.5))
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, most)
        room = QRect(area.left(), area.top(), area.width(), step * _CARD_LINES)
        painter.setPen(made.colour("text"))
        painter.setClipRect(room)
        painter.drawText(room, words, wrap)
        painter.setClipping(False)
        for number, line in enumerate((row.asked_by, _below(row))):
            role = "attention" if number and row.is_overdue else "muted"
            painter.setPen(made.colour(role))
            shown = painter.fontMetrics().elidedText(
                line, Qt.TextElideMode.ElideRight, area.width()
            )
            top = area.bottom() - step * (2 - number) + 1
            place = QRect(area.left(), top, area.width(), step)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class _StateList(QListView):
    """The cards of one state."""

    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, words: str) -> None:
        super().__init__()
        self.rows: TableModel[RegisterRow] = list_model(card_words, parent=self)
        self.setModel(self.rows)
        self.setItemDelegate(_Cards(self))
        self.setAccessibleName(words)
        self.setProperty("role", "plain")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._tell)
        self.activated.connect(lambda index: self.opened.emit(index.data(ROW_ROLE)))

    @override
    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._tell(current)

    def _tell(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.isValid():
            self.picked.emit(index.data(ROW_ROLE))


class StateColumn(QWidget):
    """One state: what it is called, how many, and its cards."""

    def __init__(self, state: QuestionState) -> None:
        super().__init__()
        told = state is QuestionState.FED_BACK
        self._words = "They were told" if told else STATE_WORDS[state]
        self.head = WrapLabel(self._words, role="heading")
        self.cards = _StateList(self._words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(self.cards, 1)

    def show_rows(self, rows: list[RegisterRow]) -> None:
        """Show the questions of the state."""
        self.cards.rows.set_rows(rows)
        self.head.setText(f"{self._words} · {len(rows):,}")
        self.cards.setAccessibleName(f"{self._words}, {count_words(len(rows), 'question')}")


class RegisterBoard(QWidget):
    """A column for each state.

    Signals:
        row_chosen: The question that was chosen.
        row_opened: The question that was double-clicked, or on which Enter was pressed.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        self._row = QHBoxLayout(inside)
        self.columns = {state: StateColumn(state) for state in QuestionState}
        for column in self.columns.values():
            self._row.addWidget(column)
            column.cards.picked.connect(self.row_chosen)
            column.cards.opened.connect(self.row_opened)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside, name="Questions by state"))
        self._space()
        theme_changes().changed.connect(self._space)

    def show_rows(self, rows: Iterable[RegisterRow]) -> None:
        """Show questions in their columns, in the order given; empty columns are left out."""
        by_state: dict[QuestionState, list[RegisterRow]] = defaultdict(list)
        for row in rows:
            by_state[row.state].append(row)
        for state, column in self.columns.items():
            column.show_rows(by_state[state])
            column.setVisible(bool(by_state[state]))

    def _space(self) -> None:
        self._row.setSpacing(theme().space(2))
        for column in self.columns.values():
            column.setMinimumWidth(theme().px(COLUMN_EM))
            layout = column.layout()
            if layout is not None:
                layout.setSpacing(theme().space(1))
            column.cards.doItemsLayout()
