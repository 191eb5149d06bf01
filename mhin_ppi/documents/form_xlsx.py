"""In the child: names in an Excel form, found and filled in.

Only the pages that hold a name are written again (and what counts their cells); pictures, charts
and every other part keep their bytes. Amounts become numbers, all else becomes text, so that no
words are ever a formula. Source: ECMA-376 part 1, 18.3 (worksheets).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import R
from mhin_ppi.documents.docx_parts import relations
from mhin_ppi.documents.form_links import (
    beside,
    follow,
    forget_results,
    spread_out,
    without_chain,
)
from mhin_ppi.documents.form_rows import Moves
from mhin_ppi.documents.packages import is_sheet
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.xml_guard import parse_xml
from mhin_ppi.documents.zip_copy import rewritten
from mhin_ppi.documents.zip_guard import Archive
from mhin_ppi.domain.claim_form_fields import FIELDS, LINE, PLACEHOLDER

if TYPE_CHECKING:
    from lxml.etree import _Element

Values = Mapping[str, str]
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PAGE = re.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS, _BOOK = "xl/sharedStrings.xml", "xl/workbook.xml"
_MONEY = re.compile(r"(−?)£([0-9,]+)\.([0-9]{2})")
_AMOUNTS = frozenset({"total", "line.amount"})
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def names_in_xlsx(untrusted: bytes, *, file_name: str) -> list[str]:
    """Return every name in the cells and every defined name that is one of ours."""
    archive = _opened(untrusted, file_name=file_name)
    strings = _strings(archive)
    found = [
        name
        for page in _pages(archive)
        for cell in _root(archive, page).iter(S + "c")
        for name in _names(_words(cell, strings))
    ]
    return [*found, *(name for name, _, _ in _defined(archive))]


def filled_xlsx(
    untrusted: bytes, *, file_name: str, once: Values, lines: Sequence[Values]
) -> bytes:
    """Return the form filled in; names that are not given stay as they are.

    Args:
        untrusted: The form.
        file_name: What it is called.
        once: What goes in once, by name.
        lines: What goes into the rows that are repeated, by name.
    """
    archive = _opened(untrusted, file_name=file_name)
    strings, places = _strings(archive), list(_defined(archive))
    titles = {part: title for title, _, part in _sheets(archive)}
    roots = {page: _root(archive, page) for page in _pages(archive)}
    before = {page: _written(root) for page, root in roots.items()}
    moved: dict[str, Moves] = {}
    for page, root in roots.items():
        for name, part, cell in places:
            if part == page and name in once:
                _write(_cell_at(root, cell), once[name], amount=name in _AMOUNTS)
        moved[page] = _fill_rows(root, strings, once, lines)
        if moved[page]:
            spread_out(root)
            moved[page].renumber(root, title=titles.get(page, ""))
    if all(_written(root) == before[page] for page, root in roots.items()):
        return untrusted
    for page, root in roots.items():
        for other, moves in moved.items():
            if moves and other != page:
                follow(root, moves, title=titles.get(other, ""))
        forget_results(root)
    written = {page: _written(root) for page, root in roots.items()}
    changed = {page: content for page, content in written.items() if content != before[page]}
    changed |= _counted_anew(archive, moved)
    gone, named = without_chain(archive, _BOOK)
    kept = [part for part in archive.parts if part.filename not in gone]
    return b"".join(rewritten(untrusted, kept, changed | named))


def _opened(untrusted: bytes, *, file_name: str) -> Archive:
    if not is_sheet(untrusted, file_name=file_name):
        raise Refusal(Why.NOT_ANSWERS)
    return Archive(untrusted)


def _pages(archive: Archive) -> list[str]:
    return sorted(name for name in archive.names if _PAGE.fullmatch(name))


def _root(archive: Archive, name: str) -> _Element:
    root = parse_xml(archive.read(name))
    if root is None or not str(root.tag).startswith(S):
        raise Refusal(Why.DAMAGED)
    return root


def _written(root: _Element) -> bytes:
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _strings(archive: Archive) -> list[str]:
    if _STRINGS not in archive.names:
        return []
    return [
        "".join(text.text or "" for text in item.iter(S + "t"))
        for item in _root(archive, _STRINGS).iter(S + "si")
    ]


def _words(cell: _Element, strings: Sequence[str]) -> str:
    if cell.get("t") == "s":
        at = cell.findtext(S + "v") or ""
        return strings[int(at)] if at.isdigit() and int(at) < len(strings) else ""
    if cell.get("t") == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(S + "t"))
    return (cell.findtext(S + "v") or "") if cell.get("t") == "str" else ""


def _names(words: str) -> list[str]:
    return [match[1] for match in PLACEHOLDER.finditer(words)]


def _defined(archive: Archive) -> Iterator[tuple[str, str, str]]:
    """Yield our names among the defined ones, with the page's part and the cell.

    A defined name may hold no dot; names of lines are not among them.
    """
    ours = {name.casefold(): name for name in FIELDS if "." not in name}
    parts = {title: part for title, _, part in _sheets(archive)}
    for defined in _root(archive, _BOOK).iter(S + "definedName"):
        name = ours.get(str(defined.get("name")).casefold())
        title, _, cell = (defined.text or "").rpartition("!")
        title, cell = title.strip("'").replace("''", "'"), cell.replace("$", "")
        if name and title in parts and _CELL.fullmatch(cell):
            yield name, parts[title], cell


def _sheets(archive: Archive) -> list[tuple[str, str, str]]:
    """Return title, number and part of each page, in their order."""
    known = relations(archive, _BOOK)
    return [
        (str(page.get("name")), str(page.get("sheetId")), known[str(page.get(R + "id"))][1])
        for page in _root(archive, _BOOK).iter(S + "sheet")
        if page.get(R + "id") in known
    ]


def _cell_at(root: _Element, reference: str) -> _Element:
    """Return a cell, made where it is still empty."""
    from lxml import etree

    wanted = _CELL.fullmatch(reference)
    data = root.find(S + "sheetData")
    if wanted is None or data is None:
        raise Refusal(Why.DAMAGED)
    number, column = int(wanted[2]), _place(wanted[1])
    row = next((one for one in data if one.get("r") == wanted[2]), None)
    if row is None:
        row = etree.Element(S + "row", r=wanted[2])
        before = sum(int(str(one.get("r"))) < number for one in data)
        data.insert(before, row)
    cell = next((one for one in row if one.get("r") == reference), None)
    if cell is None:
        cell = etree.Element(S + "c", r=reference)
        before = sum(_place(re.sub("[0-9]", "", str(one.get("r")))) < column for one in row)
        row.insert(before, cell)
    return cell


def _place(letters: str) -> int:
    """Return the number of a column, from 1 ("A" is 1, "AA" is 27)."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found


def _fill_rows(
    root: _Element, strings: Sequence[str], once: Values, lines: Sequence[Values]
) -> Moves:
    moves = Moves()
    data = root.find(S + "sheetData")
    for row in list(data if data is not None else ()):
        names = [name for cell in row for name in _names(_words(cell, strings))]
        if any(name.startswith(LINE) for name in names):
            at = data.index(row)  # type: ignore[union-attr]
            copies = [deepcopy(row) for _ in lines]
            for extra, (copy, values) in enumerate(zip(copies, lines, strict=True)):
                _fill_row(copy, strings, {**once, **values})
                data.insert(at + extra, copy)  # type: ignore[union-attr]
            data.remove(row)  # type: ignore[union-attr]
            moves.repeated(int(str(row.get("r"))), len(lines))
        elif names:
            _fill_row(row, strings, once)
    return moves


def _fill_row(row: _Element, strings: Sequence[str], values: Values) -> None:
    for cell in row:
        words = _words(cell, strings)
        names = _names(words)
        if any(name in values for name in names):
            whole = PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), words)
            amount = len(names) == 1 and names[0] in _AMOUNTS
            _write(cell, whole, amount=amount)


def _write(cell: _Element, words: str, *, amount: bool) -> None:
    """Write words as text, or an amount as a number; the cell keeps its looks."""
    from lxml import etree

    for child in list(cell):
        cell.remove(child)
    money = _MONEY.fullmatch(words) if amount else None
    if money:
        if "t" in cell.attrib:
            del cell.attrib["t"]
        number = f"{'-' if money[1] else ''}{money[2].replace(',', '')}.{money[3]}"
        etree.SubElement(cell, S + "v").text = number
        return
    cell.set("t", "inlineStr")
    text = etree.SubElement(etree.SubElement(cell, S + "is"), S + "t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _counted_anew(archive: Archive, moved: Mapping[str, Moves]) -> dict[str, bytes]:
    """Return the parts that make a program reckon everything anew, and name cells elsewhere."""
    from lxml import etree

    book = _root(archive, _BOOK)
    wanted = book.find(S + "calcPr")
    if wanted is None:
        wanted = etree.SubElement(book, S + "calcPr")
    wanted.set("fullCalcOnLoad", "1")
    changed: dict[str, bytes] = {}
    for title, _, part in _sheets(archive):
        if moved.get(part):
            for name in book.iter(S + "definedName"):
                name.text = moved[part].formula(name.text or "", own=False, title=title)
            changed |= beside(archive, part, moved[part])
    changed[_BOOK] = _written(book)
    return changed
