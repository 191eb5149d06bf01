"""The least that a table can take: a plain ``QTableView`` over words that are ready."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

PLAIN = "a plain QTableView over a list"


class Words(QAbstractTableModel):
    """Words that are ready, and nothing else.

    Args:
        words: A tuple of words for each row, all of the same length.
    """

    def __init__(self, words: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._words = words

    def rowCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(self._words)

    def columnCount(self, parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802
        return len(self._words[0])

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = role == Qt.ItemDataRole.DisplayRole
        return self._words[index.row()][index.column()] if shown else None


def plain_table(words: list[tuple[str, ...]], *, like: QTableView) -> QTableView:
    """Return a shown and painted plain table whose rows, columns and sight are as large as ours.

    Args:
        words: What its cells say.
        like: Our own table, which is on the screen.
    """
    table = QTableView()
    table.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    table.setModel(Words(words))
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(like.verticalHeader().defaultSectionSize())
    for column in range(table.model().columnCount()):
        table.setColumnWidth(column, like.columnWidth(column))
    table.resize(like.size())
    table.show()
    QApplication.processEvents()
    # Headings and frames differ by a few points; what is painted must not.
    table.resize(table.size() + like.viewport().size() - table.viewport().size())
    QApplication.processEvents()
    table.repaint()
    if table.viewport().size() != like.viewport().size():
        raise RuntimeError("the plain table paints another area than ours")
    return table
