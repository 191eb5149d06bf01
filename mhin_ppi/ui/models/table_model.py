"""A model over a list of things, each column a function from the thing to its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from typing_extensions import override

from mhin_ppi.domain.harmless import harmless
from mhin_ppi.ui.item_roles import ROW_ROLE, SORT_ROLE
from mhin_ppi.ui.theme import Theme, theme

Thing = TypeVar("Thing")
Index = QModelIndex | QPersistentModelIndex
# A view asks for seven roles of every cell that it draws: looking each up in its class took longer
# than answering.
_SHOWN, _READ_OUT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.AccessibleTextRole)
_TIP, _FONT = int(Qt.ItemDataRole.ToolTipRole), int(Qt.ItemDataRole.FontRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_SORT, _ROW = int(SORT_ROLE), int(ROW_ROLE)
_OF_THING = frozenset({_SHOWN, _READ_OUT, _TIP, _SORT, _ROW})
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column(Generic[Thing]):
    """One column.

    Args:
        title: Its heading.
        words: What a cell says.
        sort_key: What it is sorted by: a number or text; its words when not given.
        tip: What hovering says (an exact date, for instance), or None.
        figures: Whether it holds money, times or counts: set right, with figures of one width.
        sorts: Whether rows may be put in its order (only a ``SortingModel`` heeds it).
    """

    title: str
    words: Callable[[Thing], str]
    sort_key: Callable[[Thing], Any] | None = None
    tip: Callable[[Thing], str] | None = None
    figures: bool = False
    sorts: bool = True


class TableModel(QAbstractTableModel, Generic[Thing]):
    """Rows of one kind of thing.

    Args:
        columns: From left to right.
        rows: The things.
        parent: Qt's owner.
    """

    def __init__(
        self,
        columns: Sequence[Column[Thing]],
        rows: Iterable[Thing] = (),
        *,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns, self._rows = tuple(columns), list(rows)
        self._font_of: tuple[Theme | None, QFont] = (None, QFont())

    def set_rows(self, rows: Iterable[Thing]) -> None:
        """Show other things."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def things(self) -> list[Thing]:
        """Return the things, in the order they were given."""
        return list(self._rows)

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == _FONT:
            return self._figures() if column.figures else None
        if role == _ALIGNMENT:
            return _RIGHT if column.figures else None
        if role not in _OF_THING:
            return None
        thing = self._rows[index.row()]
        if role == _ROW:
            return thing
        if role == _SORT:
            return (column.sort_key or column.words)(thing)
        return harmless((column.tip if role == _TIP and column.tip else column.words)(thing))

    def _figures(self) -> QFont:
        """Return the font of figures, made once for each look."""
        made = theme()
        if self._font_of[0] is not made:
            self._font_of = (made, made.figures())
        return self._font_of[1]

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        # Headings stand at the left, above figures too: Qt cuts a right-aligned one short where
        # the sign for the order of sorting stands beside it.
        return None


def list_model(
    words: Callable[[Thing], str], rows: Iterable[Thing] = (), *, parent: QObject | None = None
) -> TableModel[Thing]:
    """Return a model of one column, for lists and combo boxes."""
    return TableModel([Column("", words)], rows, parent=parent)


class SortingModel(TableModel[Thing]):
    """Sorts its things itself, once for each press on a heading.

    A proxy asks Python for two keys at every comparison: seconds for 20,000 rows.
    """

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Put the rows in the order of a column; marked rows stay marked."""
        kept = self.persistentIndexList()
        things = [self._rows[index.row()] for index in kept]
        self.layoutAboutToBeChanged.emit()
        self._rows = self.ordered(
            self._rows, column, descending=order == Qt.SortOrder.DescendingOrder
        )
        places = {id(thing): row for row, thing in enumerate(self._rows)} if kept else {}
        moved = [
            self.index(places[id(thing)], index.column())
            for index, thing in zip(kept, things, strict=True)
        ]
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()

    def ordered(self, rows: Iterable[Thing], column: int, *, descending: bool) -> list[Thing]:
        """Return rows in the order of a column; equal ones as they were. No widget is touched."""
        found = self._columns[column]
        if not found.sorts:
            return list(rows)
        by_words = found.words
        key = found.sort_key or (lambda thing: by_words(thing).casefold())
        return sorted(rows, key=key, reverse=descending)

    def sorts_by(self, column: int) -> bool:
        """Return whether there is any order in a column."""
        return self._columns[column].sorts

    def row_of(self, thing: Thing) -> int:
        """Return the row of a thing, from 0, or -1."""
        return self._rows.index(thing) if thing in self._rows else -1
