"""A dense table over a model that sorts itself: used by keyboard, copied into a spreadsheet."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from mhin_ppi.ui.item_roles import ROW_ROLE
from mhin_ppi.ui.theme import theme

# What a spreadsheet would take for a formula when pasted.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RowDelegate(QStyledItemDelegate):
    """Draws cells with a ring around the row that the keyboard is on."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        option = QStyleOptionViewItem(option)
        view = self.parent()
        on_row = isinstance(view, QTableView) and view.currentIndex().row() == index.row()
        option.state &= ~QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)
        if on_row and isinstance(view, QTableView) and view.hasFocus():
            made = theme()
            area = option.rect
            painter.save()
            painter.fillRect(area.left(), area.top(), area.width(), made.ring, made.colour("focus"))
            bottom = area.bottom() - made.ring + 1
            painter.fillRect(area.left(), bottom, area.width(), made.ring, made.colour("focus"))
            painter.restore()


class RowsView(QTableView):
    """Rows of one kind of thing, over a model that holds ``ROW_ROLE``.

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
        self.setItemDelegate(RowDelegate(self))
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
