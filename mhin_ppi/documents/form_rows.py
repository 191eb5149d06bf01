"""Where the rows of a page go when one of them is repeated, and everything that names them."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TOKEN = re.compile(
    r'("[^"]*")'  # words in a formula
    r"|(?:(?<![\w.!'\]:])((?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)|(?<![\w.!'\]]))"  # of which page
    r"(\$?[A-Z]{1,3})(\$?)([0-9]{1,7})(?::(\$?[A-Z]{1,3})(\$?)([0-9]{1,7}))?(?![\w(!])"
)
_RULES = frozenset({_S + "formula", _S + "formula1", _S + "formula2"})
"""Where the rules of colouring and of checking what is typed keep their formulas."""


_NOT_MOVED = frozenset({_S + "f", _S + "dimension", _S + "mergeCell"})
"""These have a way of their own."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the copies of a row.

    Args:
        row: The row's number before.
        number: Which copy, from 0.
    """

    row: int
    number: int


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
        return self.formula(reference, own=True)

    def formula(self, written: str, *, own: bool, title: str = "", copy: Copy | None = None) -> str:
        """Return a formula with the cells of the page where they are now.

        A block that ends in a repeated row takes in every copy of it. In a copy of a repeated row,
        what stands in the same row is that copy's own, unless a dollar sign holds it fast. Words in
        quotes and cells of other pages stay.

        Args:
            written: The formula.
            own: Whether it stands on the page itself, where cells need no title.
            title: What the page is called.
            copy: In which copy of a repeated row it stands.
        """

        def moved(found: re.Match[str]) -> str:
            words, page = found[1], found[2]
            if words or (_title_in(page) != title if page else not own):
                return found[0]
            first = self._at(int(found[5]), copy if not found[4] else None)
            cells = f"{page or ''}{found[3]}{found[4]}{first}"
            if found[6] is None:
                return cells
            last = self._at(int(found[8]), copy if not found[7] else None, last=True)
            return f"{cells}:{found[6]}{found[7]}{last}"

        return _TOKEN.sub(moved, written)

    def _at(self, old: int, copy: Copy | None, *, last: bool = False) -> int:
        if copy is not None and copy.row == old:
            return self.row(old) + copy.number
        return self.row(old, last=last)

    def renumber(self, root: _Element, *, title: str = "") -> None:
        """Number the rows and cells of a page anew, with what refers to them.

        Args:
            root: The page.
            title: What it is called.
        """
        data = root.find(_S + "sheetData")
        seen: dict[int, int] = {}
        for row in data if data is not None else ():
            old = int(str(row.get("r")))
            extra = seen.get(old, 0)
            seen[old] = extra + 1
            self._number_row(row, Copy(old, extra), title=title)
        self._join_copies(root)
        for element in root.iter():
            if element.get("ref") and element.tag not in _NOT_MOVED:
                element.set("ref", self.cell(str(element.get("ref"))))
            if element.get("sqref"):
                written = str(element.get("sqref")).split(" ")
                element.set("sqref", " ".join(self._every(one) for one in written))
            if element.tag in _RULES and element.text:
                element.text = self.formula(element.text, own=True, title=title)
        size = root.find(_S + "dimension")
        if size is not None:
            root.remove(size)

    def _join_copies(self, root: _Element) -> None:
        """Join in each copy of a row the cells that are joined in the row, not all rows in one."""
        joined = root.find(_S + "mergeCells")
        for one in list(joined) if joined is not None else ():
            found = _TOKEN.fullmatch(str(one.get("ref")))
            row = int(found[5]) if found else 0
            if joined is None or found is None or found[5] != found[8]:
                one.set("ref", self.cell(str(one.get("ref"))))
                continue
            at = joined.index(one)
            for number in range(self._times.get(row, 1)):
                copy = deepcopy(one)
                copy.set("ref", self.formula(str(one.get("ref")), own=True, copy=Copy(row, number)))
                joined.insert(at + number, copy)
            joined.remove(one)
        if joined is not None:
            joined.set("count", str(len(joined)))

    def _every(self, reference: str) -> str:
        """Return where a rule holds now: in every copy of a row, if it held in the row."""
        whole = reference if ":" in reference else f"{reference}:{reference}"
        first, _, last = self.cell(whole).partition(":")
        return first if first == last else f"{first}:{last}"

    def _number_row(self, row: _Element, copy: Copy, *, title: str) -> None:
        number = self.row(copy.row) + copy.number
        row.set("r", str(number))
        for cell in row:
            column = re.sub(r"[0-9]+", "", str(cell.get("r", "")))
            cell.set("r", f"{column}{number}")
            formula = cell.find(_S + "f")
            if formula is not None and formula.text:
                formula.text = self.formula(formula.text, own=True, title=title, copy=copy)
            if formula is not None and formula.get("ref"):
                block = str(formula.get("ref"))
                formula.set("ref", self.formula(block, own=True, copy=copy))


def _title_in(page: str) -> str:
    """Return the title in "Claim!" or "'A claim'!".

    >>> _title_in("Claim!"), _title_in("'Ruth''s claim'!")
    ('Claim', "Ruth's claim")
    """
    plain = page.removesuffix("!")
    return plain[1:-1].replace("''", "'") if plain.startswith("'") else plain
