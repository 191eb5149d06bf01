"""A dense table: sorted by any column, used by keyboard, copied into a spreadsheet as it stands."""

from __future__ import annotations

from PySide6.QtCore import QSortFilterProxyModel, QStringListModel, Qt
from PySide6.QtWidgets import QWidget

from mhin_ppi.ui.item_roles import SORT_ROLE
from mhin_ppi.ui.theme import theme, theme_changes
from mhin_ppi.ui.widgets.rows_view import RowsView


class TableView(RowsView):
    """Rows of one kind of thing; give it a ``models.TableModel``.

    Args:
        name: What screen readers call it.
        parent: Qt's owner.
    """

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSortRole(SORT_ROLE)
        self._sorted.setSortCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self._sorted)
        self.setSortingEnabled(True)
        theme_changes().changed.connect(self._on_theme_changed)

    def show_rows(self, model: object, *, sort_by: int = 0, descending: bool = False) -> None:
        """Show a model, sorted by one of its columns, as wide as its words need.

        Args:
            model: A ``models.TableModel``.
            sort_by: Which column, from 0.
            descending: Whether the largest comes first.
        """
        self._sorted.setSourceModel(model)  # type: ignore[arg-type]
        orders = Qt.SortOrder
        order = orders.DescendingOrder if descending else orders.AscendingOrder
        self.sortByColumn(sort_by, order)
        self._space()
        self._fit()

    def _on_theme_changed(self) -> None:
        """Take the new sizes; the row that is marked stays marked, and nobody is told twice."""
        self._space()
        model, kept = self._sorted.sourceModel(), self.chosen()
        if model is None:
            return
        # A larger text raised rows one by one, and Qt never lowers those: have them made anew.
        self.blockSignals(True)
        self._sorted.setSourceModel(QStringListModel(self))
        self._sorted.setSourceModel(model)
        if kept is not None:
            self.choose(kept)
        self.blockSignals(False)
        self._fit()

    def _fit(self) -> None:
        """Make each column as wide as its words need, but none wider than a sentence."""
        self.resizeColumnsToContents()
        widest = theme().px(24)
        for column in range(self._sorted.columnCount()):
            self.setColumnWidth(column, min(widest, self.columnWidth(column) + theme().px(0.5)))
