"""A list of what was found: headings, excerpts with the found words marked, and whose they are.

Drawn by a delegate rather than made of cards: it is shown anew while a person types.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)
from typing_extensions import override

from mhin_ppi.ui.item_roles import ROW_ROLE
from mhin_ppi.ui.text_positions import utf16_length
from mhin_ppi.ui.theme import theme, theme_changes
from mhin_ppi.ui.widgets.found_lines import FoundLine, FoundModel

_ABOUT_SCALE = 0.9
_HEADING_SCALE = 1.15
_KEYS_THAT_OPEN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _FoundDelegate(QStyledItemDelegate):
    """Draws one line; as tall as its words need at the list's width."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        line: FoundLine = index.data(ROW_ROLE)
        made, area = theme(), option.rect
        painter.save()
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        if marked:
            painter.fillRect(area, made.colour("soft"))
        left, top = area.left() + _edge(), area.top() + _gap()
        words, about = _layouts(line, area.width())
        painter.setPen(made.colour("muted" if line.quiet else "text"))
        words.draw(painter, QPointF(left, top))
        if about is not None:
            painter.setPen(made.colour("text" if marked else "muted"))
            about.draw(painter, QPointF(left, top + _height(words)))
        view = self.parent()
        if marked and isinstance(view, QWidget) and view.hasFocus():
            _draw_ring(painter, area)
        elif not line.is_heading:
            painter.fillRect(
                area.left(), area.bottom(), area.width(), made.border, made.colour("line")
            )
        painter.restore()

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        words, about = _layouts(index.data(ROW_ROLE), width)
        height = _height(words) + (_height(about) if about is not None else 0)
        return QSize(0, int(height) + 2 * _gap())


def _edge() -> int:
    return theme().px(0.5)


def _gap() -> int:
    return theme().px(0.35)


def _draw_ring(painter: QPainter, area: QRect) -> None:
    made = theme()
    ring, ink = made.ring, made.colour("focus")
    painter.fillRect(area.left(), area.top(), area.width(), ring, ink)
    painter.fillRect(area.left(), area.bottom() - ring + 1, area.width(), ring, ink)
    painter.fillRect(area.left(), area.top(), ring, area.height(), ink)
    painter.fillRect(area.right() - ring + 1, area.top(), ring, area.height(), ink)


def _layouts(line: FoundLine, width: int) -> tuple[QTextLayout, QTextLayout | None]:
    """Return a line's words, and what stands below them, laid out at a width in pixels."""
    made = theme()
    room = max(1, width - 2 * _edge())
    if line.is_heading:
        return _laid_out(line.words, made.font(_HEADING_SCALE, bold=True), room), None
    words = _laid_out(line.words, made.font(), room, marks=line.marks)
    return words, _laid_out(line.about, made.font(_ABOUT_SCALE), room) if line.about else None


def _laid_out(
    text: str, font: QFont, room: int, *, marks: Iterable[tuple[int, int]] = ()
) -> QTextLayout:
    layout = QTextLayout(text, font)
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(wrap)
    layout.setFormats([_mark(text, start, end) for start, end in marks])
    layout.beginLayout()
    height = 0.0
    while (row := layout.createLine()).isValid():
        row.setLineWidth(room)
        row.setPosition(QPointF(0, height))
        height += row.height()
    layout.endLayout()
    return layout


def _mark(text: str, start: int, end: int) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start = utf16_length(text[:start])  # type: ignore[attr-defined,unused-ignore]
    made.length = utf16_length(text[start:end])  # type: ignore[attr-defined,unused-ignore]
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    look.setBackground(theme().colour("highlight"))
    look.setForeground(theme().colour("text"))
    made.format = look  # type: ignore[attr-defined,unused-ignore]
    return made


def _height(layout: QTextLayout) -> float:
    return layout.boundingRect().height()


class FoundList(QListView):
    """Shows lines; one is marked, and opened with Enter or a click.

    Args:
        name: What screen readers call it.

    Signals:
        opened: The thing of a line that the person wants to see.
        left_above: The person went up from the first line.
    """

    opened = Signal(object)
    left_above = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._lines = FoundModel(parent=self)
        self.setModel(self._lines)
        self.setItemDelegate(_FoundDelegate(self))
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)
        theme_changes().changed.connect(self.scheduleDelayedItemsLayout)

    def show_lines(self, lines: Iterable[FoundLine]) -> None:
        """Show these in place of what was there; the marked line stays marked if it is there."""
        marked = self._lines.line(self.currentIndex())
        self._lines.set_lines(lines)
        again = self._lines.index_of(marked.thing) if marked else QModelIndex()
        if again.isValid():
            self.setCurrentIndex(again)
        else:
            self.scrollToTop()

    def open_marked(self) -> None:
        """Open the marked line, or the first when none is."""
        here = self.currentIndex()
        self._open(here if here.isValid() else self._lines.first())

    def enter(self) -> None:
        """Take the focus, with the first line marked unless one is already."""
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._lines.first())
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def shown(self) -> list[FoundLine]:
        """Return every line, in order."""
        rows = range(self._lines.rowCount())
        return [line for row in rows if (line := self._lines.line(self._lines.index(row, 0)))]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS_THAT_OPEN:
            self.open_marked()
            return
        if event.key() == Qt.Key.Key_Up and self.currentIndex() == self._lines.first():
            self.left_above.emit()
            return
        super().keyPressEvent(event)

    @override
    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        if e.oldSize().width() != e.size().width():
            self.scheduleDelayedItemsLayout()

    def _open(self, index: QModelIndex | QPersistentModelIndex) -> None:
        line = self._lines.line(index)
        if line is not None and not line.is_heading:
            self.opened.emit(line.thing)
