"""What the tags of a PDF mean for our blocks, apart from how PDFium hands them over.

Source: ISO 32000-1, 14.8.4 (standard structure types).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mhin_ppi.documents.pdf_words import contents_line
from mhin_ppi.documents.words import clean, one_line
from mhin_ppi.domain.blocks import BETWEEN_CELLS, BETWEEN_ROWS, BlockKind

_HEADING = re.compile(r"H([1-6])")
_PARAGRAPHS = {"P", "Caption", "TOCI", "BlockQuote", "Code", "Formula", "BibEntry", "Index"}
_NOTES = {"Note", "FENote"}
_GROUPING = {"Document", "Part", "Art", "Sect", "Div", "TOC", "NonStruct", "Private", "Aside"}
_ENDS = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_BULLET = re.compile(
    "([•▪◦‣●○■□–—\uf0b7\uf0a7\uf0d8➢✓-]|\\(?(?:\\d{1,3}|[a-z]|[ivx]{2,5})[.)])[ \t]+"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Element(Protocol):
    """One element of a structure tree."""

    kind: str

    @property
    def alternative(self) -> str:
        """What is to be said instead of a picture."""

    def children(self) -> Sequence[Element | str]:
        """Elements and texts, in order; texts are given once only."""


@dataclass(slots=True)
class TaggedGroup:
    """One heading, paragraph, list item, table or note, as tagged.

    Args:
        kind: What it is.
        page: Where it starts, from 1.
        text: As PDFium gives it until :meth:`settle`, with line ends and hyphens.
        level: Of headings and list items.
        marker: Of list items and notes.
        rows: Of tables, cell by cell.
        header_rows: How many first rows are headings.
    """

    kind: BlockKind
    page: int
    text: str = ""
    level: int = 0
    marker: str = ""
    rows: list[list[str]] = field(default_factory=list)
    header_rows: int = 0

    def settle(self, mend: Callable[[str], str]) -> None:
        """Tidy the words, once the document's own words are known."""
        if self.rows:
            width = max(map(len, self.rows))
            cells = [[one_line(mend(cell)) for cell in row] for row in self.rows]
            self.text = BETWEEN_ROWS.join(
                BETWEEN_CELLS.join(row + [""] * (width - len(row))) for row in cells
            )
            return
        self.text = clean(mend(self.text))
        if self.kind is BlockKind.PARAGRAPH:
            self.text = contents_line(self.text) or self.text
        self.marker = one_line(_PRIVATE.sub("•", self.marker))
        if self.kind is BlockKind.LIST_ITEM and not self.marker:
            found = _BULLET.match(self.text)
            self.marker = _PRIVATE.sub("•", found[1]) if found else "•"
            self.text = self.text[found.end() :] if found else self.text


class Tags:
    """Walks the elements of one page and gathers groups.

    Args:
        page: From 1.
    """

    def __init__(self, page: int) -> None:
        self._page = page
        self._lists = 0
        self.groups: list[TaggedGroup] = []

    def walk(self, element: Element) -> None:
        """Take an element and all below it."""
        kind = element.kind
        heading = _HEADING.fullmatch(kind)
        if heading or kind in ("H", "Title"):
            self._add(BlockKind.HEADING, element, level=int(heading[1]) if heading else 1)
        elif kind in _PARAGRAPHS:
            self._add(BlockKind.PARAGRAPH, element)
        elif kind == "L":
            self._lists += 1
            self._all(element)
            self._lists -= 1
        elif kind == "LI":
            self._item(element, BlockKind.LIST_ITEM)
        elif kind in _NOTES:
            self._item(element, BlockKind.FOOTNOTE)
        elif kind == "Table":
            self._table(element)
        elif kind == "Figure":
            self._figure(element)
        else:
            self._all(element)

    def _all(self, element: Element) -> None:
        loose: list[str] = []
        for child in element.children():
            if isinstance(child, str):
                loose.append(child)
            elif child.kind in _GROUPING or _is_block(child.kind):
                self.walk(child)
            else:
                loose.append(self._words(child))
        if "".join(loose).strip():  # text tagged with no paragraph around it
            self.groups.append(TaggedGroup(BlockKind.PARAGRAPH, self._page, "".join(loose)))

    def _add(self, kind: BlockKind, element: Element, *, level: int = 0) -> None:
        group = TaggedGroup(kind, self._page, level=level)
        self.groups.append(group)
        group.text = self._words(element)

    def _words(self, element: Element) -> str:
        """Return an element's words; blocks inside it become groups of their own."""
        parts: list[str] = []
        for child in element.children():
            if isinstance(child, str):
                parts.append(child)
            elif child.kind in _NOTES or child.kind in ("L", "Table", "Figure"):
                self.walk(child)
            else:
                parts.append(self._words(child))
        return "".join(parts)

    def _item(self, element: Element, kind: BlockKind) -> None:
        group = TaggedGroup(kind, self._page)
        if kind is BlockKind.LIST_ITEM:
            group.level = min(9, max(1, self._lists))
        self.groups.append(group)
        parts: list[str] = []
        for child in element.children():
            if isinstance(child, str):
                parts.append(child)
            elif child.kind == "Lbl":
                group.marker += self._words(child)
            elif child.kind == "L":
                self.walk(child)
            else:
                parts.append(self._words(child))
        group.text = "\n".join(parts)

    def _table(self, table: Element) -> None:
        group = TaggedGroup(BlockKind.TABLE, self._page)
        self.groups.append(group)
        self._rows(table, group, heading=False)
        if not group.rows:
            self.groups.remove(group)

    def _rows(self, parent: Element, group: TaggedGroup, *, heading: bool) -> None:
        for child in parent.children():
            if isinstance(child, str):
                continue
            if child.kind == "TR":
                cells = [cell for cell in child.children() if not isinstance(cell, str)]
                all_heads = bool(cells) and all(cell.kind == "TH" for cell in cells)
                if (heading or all_heads) and group.header_rows == len(group.rows):
                    group.header_rows += 1
                group.rows.append([self._cell(cell) for cell in cells])
            elif child.kind == "Caption":
                self._add(BlockKind.PARAGRAPH, child)
            else:
                self._rows(child, group, heading=child.kind == "THead")

    def _cell(self, cell: Element) -> str:
        parts = [c if isinstance(c, str) else self._words(c) for c in cell.children()]
        return " ".join(parts)

    def _figure(self, figure: Element) -> None:
        said = one_line(figure.alternative)
        words = self._words(figure)
        if said or words.strip():
            self.groups.append(
                TaggedGroup(BlockKind.PARAGRAPH, self._page, words or f"[Picture: {said}]")
            )


def _is_block(kind: str) -> bool:
    return (
        kind in _PARAGRAPHS
        or kind in _NOTES
        or kind in ("H", "Title", "L", "LI", "Table", "Figure")
        or _HEADING.fullmatch(kind) is not None
    )


def join_over_pages(groups: list[TaggedGroup], found: list[TaggedGroup]) -> None:
    """Add a page's groups, joining what the page end has cut in two."""
    found = [group for group in found if group.text.strip() or group.rows]
    before = next((g for g in reversed(groups) if g.kind is not BlockKind.FOOTNOTE), None)
    if before is not None and found and found[0].page > before.page:
        first = found[0]
        if before.rows and first.rows and len(before.rows[-1]) == len(first.rows[0]):
            repeated = first.rows[: before.header_rows] == before.rows[: before.header_rows]
            before.rows += first.rows[before.header_rows if repeated else 0 :]
            found = found[1:]
        elif _goes_on(before, first):
            before.text = f"{before.text}\n{first.text}"
            found = found[1:]
    groups.extend(found)


def _goes_on(before: TaggedGroup, first: TaggedGroup) -> bool:
    words = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    if before.kind not in words or first.kind not in words or first.marker.strip():
        return False
    if first.kind is BlockKind.LIST_ITEM and before.kind is not BlockKind.LIST_ITEM:
        return False
    ended = _ENDS.search(before.text.rstrip()) is not None
    return not ended or first.text.lstrip()[:1].islower()
