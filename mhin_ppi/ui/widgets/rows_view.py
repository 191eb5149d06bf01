"""A dense table over a model that sorts itself: used by keyboard, copied into a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget
from typing_extensions import override

from mhin_ppi.ui.item_roles import ROW_ROLE
from mhin_ppi.ui.theme import theme

_Index = QModelIndex | QPersistentModelIndex
# What a spreadsheet would take for a formula when pasted.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RowsView(QTableView):
    """Rows of one kind of thing, over a model that holds ``ROW_ROLE``.

    A ring stands around the row that the keyboard is on. It is drawn over the finished cells: a
    delegate in Python, asked once for each cell, took as long as all the rest (measured). Qt's own
    frame around one cell is put out by the style sheet.

    Args:
        name: What screen readers call it.
        parent: Qt's owner.

    Signals:
        row_chosen: The thing in the row that is marked now, or None.
        row_opened: The thing in a row that was double-clicked, or on which Enter was pressed.
    """

    row_chosen = Signal(object)
    row_opened = Signal(object)

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across.setStretchLastSection(True)
        self.doubleClicked.connect(lambda index: self.row_opened.emit(index.data(ROW_ROLE)))
        self._space()

    def chosen(self) -> object:
        """Return the thing in the marked row, or ``None``."""
        index = self.currentIndex()
        marked = index.isValid() and self.selectionModel().isSelected(index)
        return index.data(ROW_ROLE) if marked else None

    def marked(self) -> list[object]:
        """Return the things in all marked rows, from top to bottom."""
        model = self.selectionModel()
        rows = sorted(index.row() for index in model.selectedRows()) if model else []
        return [self.model().index(row, 0).data(ROW_ROLE) for row in rows]

    def choose(self, wanted: object) -> bool:
        """Mark the row of a thing and bring it into view; return whether it is there."""
        for row in range(self.model().rowCount()):
            if self.model().index(row, 0).data(ROW_ROLE) == wanted:
                return self.choose_row(row)
        return False

    def choose_row(self, row: int) -> bool:
        """Mark a row by its place, from 0, and bring it into view; return whether it is there."""
        if not 0 <= row < self.model().rowCount():
            return False
        self.selectRow(row)
        self.scrollTo(self.model().index(row, 0))
        return True

    def as_text(self) -> str:
        """Return the marked rows (all, if none is) as tab-separated lines with headings."""
        model = self.model()
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        across = range(model.columnCount())
        lines = [
            [model.headerData(column, Qt.Orientation.Horizontal) for column in across],
            *(
                [model.index(row, column).data() for column in across]
                for row in rows or range(model.rowCount())
            ),
        ]
        return "\n".join("\t".join(_plain(cell) for cell in line) for line in lines)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        row = self._ringed_row()
        if row.intersects(event.rect()):
            made = theme()
            colour = made.colour("focus")
            painter = QPainter(self.viewport())
            painter.fillRect(row.left(), row.top(), row.width(), made.ring, colour)
            bottom = row.bottom() - made.ring + 1
            painter.fillRect(row.left(), bottom, row.width(), made.ring, colour)
            painter.end()

    def _ringed_row(self) -> QRect:
        """Return where the row is that the keyboard is on, in the viewport; empty without one."""
        row, across = self.currentIndex().row(), self.horizontalHeader()
        if row < 0 or not self.hasFocus():
            return QRect()
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        return QRect(-across.offset(), top, across.length(), height)

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            # Qt has the two cells drawn anew, and the ring is as wide as the row.
            self.viewport().update()

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.row_chosen.emit(self.chosen())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_opened.emit(self.currentIndex().data(ROW_ROLE))
        else:
            super().keyPressEvent(event)

    def _space(self) -> None:
        made = theme()
        down = self.verticalHeader()
        down.setMinimumSectionSize(made.target)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(made.px(2))
        self.viewport().update()


def _plain(cell: object) -> str:
    """Return a cell for a spreadsheet: on one line, and never taken for a formula."""
    words = " ".join(str(cell if cell is not None else "").split())
    number = words.replace(",", "").lstrip("+-").replace(".", "", 1).isdigit()
    return f"'{words}" if words.startswith(_FORMULA_STARTS) and not number else words
