"""What was found, as lines of one list: headings, and below each what was found of that kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from mhin_ppi.ui.item_roles import ROW_ROLE

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One line of the list.

    Args:
        words: A heading's words, or those around what was found.
        about: Whose they are or where they stand; "" for a heading.
        marks: Where the found words stand in ``words``, in code points: start in, end out.
        quiet: Whether the words stand in place of others, and are drawn so.
        thing: What is opened; ``None`` for a heading.
    """

    words: str
    about: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    quiet: bool = False
    thing: object = None

    @property
    def is_heading(self) -> bool:
        """Whether nothing is opened with it."""
        return self.thing is None


class FoundModel(QAbstractListModel):
    """The lines of the list."""

    def __init__(self, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[FoundLine] = []
        self._headings: list[str] = []

    def set_lines(self, lines: Iterable[FoundLine]) -> None:
        """Show these in place of what was there."""
        self.beginResetModel()
        self._lines, self._headings = list(lines), []
        heading = ""
        for line in self._lines:
            heading = line.words if line.is_heading else heading
            self._headings.append(heading)
        self.endResetModel()

    def line(self, index: Index) -> FoundLine | None:
        """Return the line at an index."""
        return self._lines[index.row()] if index.isValid() else None

    def first(self) -> QModelIndex:
        """Return the first line that can be opened; an invalid index when there is none."""
        rows = (row for row, line in enumerate(self._lines) if not line.is_heading)
        return self.index(next(rows, -1), 0)

    def index_of(self, thing: object) -> QModelIndex:
        """Return the line of a thing; an invalid index when it is not there."""
        rows = (row for row, line in enumerate(self._lines) if line.thing == thing)
        return self.index(next(rows, -1) if thing is not None else -1, 0)

    @override
    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index)
        if line is None or line.is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = "" if line.is_heading else self._headings[index.row()]
            return ". ".join(part for part in (line.words, line.about, heading) if part)
        return line if role == ROW_ROLE else None
