"""What names the cells of an Excel page from elsewhere, and follows when its rows move.

A form's summary on another page must not show the amount of one line where the total was. Source:
ECMA-376 part 1, 18.3.1.40 (formulas), 18.5 (tables), 20.5 (drawings).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_parts import part_root, relations

if TYPE_CHECKING:
    from lxml.etree import _Element

    from mhin_ppi.documents.form_rows import Moves
    from mhin_ppi.documents.zip_guard import Archive

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_CHAIN = "calcChain"
_SHARED = ("t", "si", "ref")


def follow(root: _Element, moves: Moves, *, title: str) -> None:
    """Let the formulas of one page follow the cells of another.

    Args:
        root: The page whose formulas they are.
        moves: Where rows of the other page are now.
        title: What the other page is called.
    """
    rules = (_S + "f", _S + "formula", _S + "formula1", _S + "formula2")
    for formula in root.iter(*rules):
        if formula.text:
            formula.text = moves.formula(formula.text, own=False, title=title)


def forget_results(root: _Element) -> None:
    """Take out what formulas had come to: a program that trusts it would show the empty form's."""
    for formula in root.iter(_S + "f"):
        cell = formula.getparent()
        kept = cell.find(_S + "v") if cell is not None else None
        if cell is not None and kept is not None:
            cell.remove(kept)
            if "t" in cell.attrib:
                del cell.attrib["t"]


def spread_out(root: _Element) -> None:
    """Write formulas that several cells share out in each, while rows still have their old place.

    The copies of a row could not share one otherwise.
    """
    from openpyxl.formula.translate import Translator

    first: dict[str, Translator] = {}
    for formula in root.iter(_S + "f"):
        cell = formula.getparent()
        if cell is None or formula.get("t") != "shared":
            continue
        number, place = str(formula.get("si")), str(cell.get("r"))
        if formula.text:
            first[number] = Translator(f"={formula.text}", origin=place)
        elif number in first:
            formula.text = first[number].translate_formula(place).removeprefix("=")
        for name in _SHARED:
            if name in formula.attrib:
                del formula.attrib[name]


def beside(archive: Archive, page: str, moves: Moves) -> dict[str, bytes]:
    """Return the tables and drawings of a page with their cells where they are now.

    Args:
        archive: The file.
        page: The part of the page.
        moves: Where its rows are now.
    """
    from lxml import etree

    changed = {}
    for kind, part in relations(archive, page).values():
        root = part_root(archive, part) if kind in ("table", "drawing") else None
        if root is None:
            continue
        before = etree.tostring(root)
        for element in root.iter():
            if kind == "table" and element.get("ref"):
                element.set("ref", moves.cell(str(element.get("ref"))))
            if element.tag == _DRAWN + "row" and (element.text or "").isdigit():
                element.text = str(moves.row(int(element.text or "0") + 1) - 1)
        if etree.tostring(root) != before:
            changed[part] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
    return changed


def without_chain(archive: Archive, book: str) -> tuple[frozenset[str], dict[str, bytes]]:
    """Return the lists of cells with formulas, to be left out, and what named them, without them.

    A list that tells of formulas where there are none now makes Excel say that a file is damaged.
    Without one it makes its own (ECMA-376 part 1, 12.3.1: the part may be left out).

    Args:
        archive: The file.
        book: The part of the workbook.
    """
    from lxml import etree

    gone = frozenset(part for kind, part in relations(archive, book).values() if kind == _CHAIN)
    folder, _, last = book.rpartition("/")
    named_by = (f"{folder}/_rels/{last}.rels", "[Content_Types].xml")
    changed = {}
    for name in named_by if gone else ():
        root = part_root(archive, name)
        for element in [] if root is None else list(root):
            chain = str(element.get("Type", "")).endswith(f"/{_CHAIN}")
            if chain or str(element.get("PartName", "")).lstrip("/") in gone:
                root.remove(element)  # type: ignore[union-attr]
        if root is not None:
            changed[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
    return gone, changed
