"""Word tables as rows of cells, merged cells and tables within tables made plain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import W, number, switched_on, value
from mhin_ppi.documents.words import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_WIDEST = 200  # columns; a stated span beyond this is nonsense
_WRAPPERS = (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "smartTag")
_FIRST_ROW_LOOK = 0x0020  # w:tblLook: the first row is set apart (ECMA-376, 17.4.56)

CellText = Callable[["_Element"], str]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's cells and how many first rows are headings."""

    cells: list[list[str]]
    header_rows: int


def children(parent: _Element, name: str) -> list[_Element]:
    """Return the direct children of that name, looking through content controls."""
    found: list[_Element] = []
    for child in parent:
        if child.tag == W + name:
            found.append(child)
        elif child.tag in _WRAPPERS:
            found.extend(children(child, name))
    return found


def rows_of(table: _Element) -> list[_Element]:
    """Return a table's rows, without those that a tracked change has deleted."""
    return [row for row in children(table, "tr") if not _is_gone(row.find(W + "trPr"), "del")]


def cells_of(row: _Element) -> list[_Element]:
    """Return a row's cells, without those that a tracked change has deleted."""
    return [cell for cell in children(row, "tc") if not _is_gone(cell.find(W + "tcPr"), "cellDel")]


def _is_gone(properties: _Element | None, change: str) -> bool:
    return properties is not None and properties.find(W + change) is not None


def is_frame(table: _Element) -> bool:
    """Say whether a table is a single cell, drawn only to put a box around ordinary text."""
    rows = rows_of(table)
    return len(rows) == 1 and len(cells_of(rows[0])) == 1


def read_rows(table: _Element, cell_text: CellText) -> Rows:
    """Return the table's cells; what a merged cell covers is left empty.

    Args:
        table: A ``w:tbl``.
        cell_text: Gives the words of one ``w:tc``; called once for each, in document order.
    """
    cells: list[list[str]] = []
    marked = 0
    for row in rows_of(table):
        properties = row.find(W + "trPr")
        if switched_on(properties, "tblHeader") and marked == len(cells):
            marked += 1
        cells.append(_read_row(row, properties, cell_text))
    width = max(map(len, cells), default=0)
    for filled in cells:
        filled.extend([""] * (width - len(filled)))
    if not marked and len(cells) > 1 and _first_row_stands_out(table):
        marked = 1
    return Rows(cells, marked)


def _read_row(row: _Element, properties: _Element | None, cell_text: CellText) -> list[str]:
    filled = [""] * min(_WIDEST, number(value(properties, "gridBefore"), otherwise=0))
    for cell in cells_of(row):
        text = one_line(cell_text(cell))
        how = cell.find(W + "tcPr")
        merged = None if how is None else how.find(W + "vMerge")
        covered = merged is not None and merged.get(W + "val", "continue") == "continue"
        span = min(_WIDEST, max(1, number(value(how, "gridSpan"), otherwise=1)))
        filled.extend(["" if covered else text] + [""] * (span - 1))
    return filled[:_WIDEST]


def _first_row_stands_out(table: _Element) -> bool:
    properties = table.find(W + "tblPr")
    look = None if properties is None else properties.find(W + "tblLook")
    if look is None:
        return False
    if look.get(W + "firstRow") is not None:
        return look.get(W + "firstRow") in ("1", "true", "on")
    try:
        return bool(int(look.get(W + "val", "0"), 16) & _FIRST_ROW_LOOK)
    except ValueError:
        return False
