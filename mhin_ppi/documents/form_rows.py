"""Where the rows of a page go when one of them is repeated, and everything that names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE = re.compile(
    r"(?<![A-Za-z0-9_.!'])(\$?[A-Z]{1,3}\$?)([0-9]{1,7})(?::(\$?[A-Z]{1,3}\$?)([0-9]{1,7}))?"
    r"(?![A-Za-z0-9_(])"
)
_QUOTED = re.compile(r'("[^"]*"|\'[^\']*\'![^,)+*/&-]*)')


class Moves:
    """Rows that were repeated, by their old numbers."""

    def __init__(self) -> None:
        self._times: dict[int, int] = {}

    def __bool__(self) -> bool:
        return any(times != 1 for times in self._times.values())

    def repeated(self, row: int, times: int) -> None:
        """Note that a row stands there so many times now."""
        self._times[row] = times

    def row(self, old: int, *, last: bool = False) -> int:
        """Return where a row is now.

        Args:
            old: Its number before, from 1.
            last: Of a row that was repeated, the last copy rather than the first.
        """
        before = sum(times - 1 for at, times in self._times.items() if at < old)
        own = self._times.get(old, 1) - 1 if last else 0
        return old + before + max(own, 0)

    def cell(self, reference: str) -> str:
        """Return where a cell or a block of cells is now ("C4", "A7:C7")."""
        return _REFERENCE.sub(self._moved, reference)

    def formula(self, written: str) -> str:
        """Return a formula with the cells of its own page where they are now.

        A block that ends in a repeated row takes in every copy of it. Text in quotes and cells of
        other pages stay.
        """
        parts = _QUOTED.split(written)
        return "".join(
            part if place % 2 else _REFERENCE.sub(self._moved, part)
            for place, part in enumerate(parts)
        )

    def _moved(self, found: re.Match[str]) -> str:
        first = f"{found[1]}{self.row(int(found[2]))}"
        if found[3] is None:
            return first
        return f"{first}:{found[3]}{self.row(int(found[4]), last=True)}"

    def renumber(self, root: _Element) -> None:
        """Number the rows and cells of a page anew, with what refers to them."""
        data = root.find(_S + "sheetData")
        seen: dict[int, int] = {}
        for row in data if data is not None else ():
            old = int(str(row.get("r")))
            extra = seen.get(old, 0)
            seen[old] = extra + 1
            self._number_row(row, self.row(old) + extra)
        for element in root.iter():
            for name in ("ref", "sqref"):
                if element.get(name) and element.tag not in (_S + "f", _S + "dimension"):
                    written = str(element.get(name)).split(" ")
                    element.set(name, " ".join(self.cell(one) for one in written))
        size = root.find(_S + "dimension")
        if size is not None:
            root.remove(size)

    def _number_row(self, row: _Element, number: int) -> None:
        row.set("r", str(number))
        for cell in row:
            column = re.sub(r"[0-9]+", "", str(cell.get("r", "")))
            cell.set("r", f"{column}{number}")
            formula = cell.find(_S + "f")
            if formula is not None and formula.text:
                formula.text = self.formula(formula.text)
                kept = cell.find(_S + "v")
                if kept is not None:
                    cell.remove(kept)
