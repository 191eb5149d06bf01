"""OpenDocument text files (.odt): headings, lists, tables, notes and pictures.

Source: OpenDocument 1.3, part 3. Text that was deleted with changes tracked is kept by the file in
``text:tracked-changes``, apart from the text, and is left out.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from mhin_ppi.documents import limits
from mhin_ppi.documents.frames import Progress, Reading
from mhin_ppi.documents.odt_lists import OFFICE, STYLE, TEXT, Lists
from mhin_ppi.documents.pictures import picture_kind
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import clean, left_out, one_line
from mhin_ppi.documents.xml_guard import parse_xml
from mhin_ppi.documents.zip_guard import Archive, part_name
from mhin_ppi.domain.blocks import BETWEEN_CELLS, BETWEEN_ROWS, Block, BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_SKIPPED = {TEXT + "tracked-changes", OFFICE + "annotation", OFFICE + "forms", TEXT + "ruby-text"}
_MOST_REPEATS = 200  # spreadsheets repeat an empty cell thousands of times
_REPORT_EVERY = 200


def read_odt(archive: Archive, *, report: Progress) -> Reading:
    """Return what an OpenDocument text holds.

    Raises:
        Refusal: A part is missing or damaged, or is a trick.
    """
    untrusted = archive.read("content.xml")
    if not untrusted:
        raise Refusal(Why.DAMAGED)
    root = parse_xml(untrusted)
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Refusal(Why.DAMAGED)
    styles = archive.read("styles.xml")
    meta = archive.read("meta.xml")
    about = parse_xml(meta) if meta else root
    roots = [root, *([parse_xml(styles)] if styles else [])]
    walk = _Walk(archive, Lists(roots), report)
    walk.titles = _title_styles(roots)
    walk.total = sum(1 for _ in body.iter(TEXT + "p", TEXT + "h"))
    walk.everything(body, stated_pages=_stated_pages(about))
    walk.reading.title = one_line(about.findtext(f".//{_DC}title") or "")
    return walk.reading


def _stated_pages(about: _Element) -> int:
    statistic = next(about.iter(_META + "document-statistic"), None)
    return 0 if statistic is None else _count(statistic.get(_META + "page-count"))


def _title_styles(roots: list[_Element]) -> frozenset[str]:
    """Return the styles that stand for the title of the text, itself not a heading in ODF."""
    return frozenset(
        style.get(STYLE + "name", "")
        for root in roots
        for style in root.iter(STYLE + "style")
        if "Title" in (style.get(STYLE + "name"), style.get(STYLE + "parent-style-name"))
    )


class _Walk:
    """One pass over one text."""

    def __init__(self, archive: Archive, lists: Lists, report: Progress) -> None:
        self._archive, self._lists, self._report = archive, lists, report
        self._page, self._left, self._left_out, self._done = 1, limits.PICTURES_BYTES, 0, 0
        self._notes: list[Block] = []
        self._frames: list[_Element] = []
        self._item: str | None = None
        self._level = 0
        self.total = 0
        self.titles: frozenset[str] = frozenset()
        self.reading = Reading()

    def everything(self, body: _Element, *, stated_pages: int) -> None:
        """Read the body, then its notes."""
        self._inside(body)
        # Some of the breaks are missing when the program that wrote the file had not yet laid out
        # all of it; wrong page numbers would be worse than none.
        paged = self._page == stated_pages
        self.reading.blocks += self._notes
        if paged:
            self.reading.pages = self._page
        else:
            self.reading.blocks = [replace(block, page=None) for block in self.reading.blocks]
        if self._left_out:
            self.reading.notes.append(left_out(self._left_out))
        self._report(self.total, self.total)

    def _inside(self, parent: _Element) -> None:
        for child in parent:
            if child.tag in (TEXT + "p", TEXT + "h"):
                self._paragraph(child)
            elif child.tag in (TEXT + "list", TEXT + "numbered-paragraph"):
                self._list(child)
            elif child.tag == _TABLE + "table":
                self._table(child)
            elif child.tag == TEXT + "soft-page-break":
                self._page += 1
            elif child.tag == _DRAW + "frame":
                self._frame(child)
            elif child.tag not in _SKIPPED:
                self._inside(child)

    def _paragraph(self, element: _Element) -> None:
        page = self._page
        text = clean(self._text(element))
        self._done += 1
        if self._done % _REPORT_EVERY == 0:
            self._report(self._done, self.total)
        frames, self._frames = self._frames, []
        if text:
            self.reading.blocks.append(self._as_block(element, text, page))
        for frame in frames:
            self._frame(frame)

    def _as_block(self, element: _Element, text: str, page: int) -> Block:
        marker, self._item = self._item, None
        if element.tag == TEXT + "h":
            stated = element.get(TEXT + "outline-level", "1")
            level = min(6, max(1, int(stated))) if stated.isdecimal() else 1
            return Block(BlockKind.HEADING, text, level=level, page=page, marker=marker or "")
        if element.get(TEXT + "style-name") in self.titles:
            return Block(BlockKind.HEADING, text, level=1, page=page)
        if marker is not None:
            level = min(9, self._level)
            return Block(BlockKind.LIST_ITEM, text, level=level, page=page, marker=marker)
        return Block(BlockKind.PARAGRAPH, text, page=page)

    def _list(self, element: _Element) -> None:
        self._level += 1
        self._lists.open(element)
        for item in element:
            if item.tag == TEXT + "list-item":
                self._item = self._lists.marker(item)
            self._inside(item)
            self._item = None
        self._lists.close()
        self._level -= 1

    def _text(self, parent: _Element) -> str:
        parts = [_collapsed(parent.text)]
        for child in parent:
            parts.append(self._part(child))
            parts.append(_collapsed(child.tail))
        return "".join(parts)

    def _part(self, child: _Element) -> str:
        tag = child.tag
        if tag == TEXT + "s":
            return " " * min(_MOST_REPEATS, _count(child.get(TEXT + "c")))
        if tag in (TEXT + "tab", TEXT + "line-break"):
            return "\t" if tag == TEXT + "tab" else "\n"
        if tag == TEXT + "note":
            return self._note(child)
        if tag == TEXT + "soft-page-break":
            self._page += 1
            return ""
        if tag == _DRAW + "frame":
            self._frames.append(child)
            return ""
        return "" if tag in _SKIPPED else self._text(child)

    def _note(self, note: _Element) -> str:
        marker = one_line(note.findtext(TEXT + "note-citation") or "*")
        body = note.find(TEXT + "note-body")
        words = [] if body is None else [self._text(p) for p in body.iter(TEXT + "p")]
        text = clean("\n".join(words))
        if text:
            self._notes.append(Block(BlockKind.FOOTNOTE, text, page=self._page, marker=marker))
        return f"[{marker}]"

    def _table(self, table: _Element) -> None:
        page = self._page
        rows: list[list[str]] = []
        header_rows = 0
        for row in table.iter(_TABLE + "table-row"):
            if next(row.iterancestors(_TABLE + "table"), None) is not table:
                continue  # of a table within this one, which is told with its cell
            rows.append(self._cells(row))
            inside = row.getparent()
            if inside is not None and inside.tag == _TABLE + "table-header-rows":
                header_rows += 1
        frames, self._frames = self._frames, []
        width = max(map(len, rows), default=0)
        if any(any(row) for row in rows):
            padded = (row + [""] * (width - len(row)) for row in rows)
            text = BETWEEN_ROWS.join(BETWEEN_CELLS.join(row) for row in padded)
            self.reading.blocks.append(
                Block(BlockKind.TABLE, text, page=page, header_rows=header_rows)
            )
        for frame in frames:
            self._frame(frame)

    def _cells(self, row: _Element) -> list[str]:
        cells: list[str] = []
        for cell in row:
            if cell.tag == _TABLE + "table-cell":
                paragraphs = cell.iter(TEXT + "p", TEXT + "h")
                text = " ".join(filter(None, (one_line(self._text(p)) for p in paragraphs)))
            elif cell.tag == _TABLE + "covered-table-cell":
                text = ""
            else:
                continue
            repeats = _count(cell.get(_TABLE + "number-columns-repeated"))
            cells.extend([text] * min(repeats, _MOST_REPEATS))
        return cells[:_MOST_REPEATS]

    def _frame(self, frame: _Element) -> None:
        for box in frame.findall(_DRAW + "text-box"):
            self._inside(box)
        images = frame.findall(_DRAW + "image")
        for image in images[:1]:  # further ones are the same picture in other forms
            digest = self._keep(part_name(image.get(_XLINK + "href", ""), beside=""))
            if digest:
                words = frame.findtext(_SVG + "desc") or frame.findtext(_SVG + "title") or ""
                self.reading.blocks.append(
                    Block(BlockKind.IMAGE, one_line(words), page=self._page, image=digest)
                )
            else:
                self._left_out += 1

    def _keep(self, name: str) -> str:
        if not 0 < self._archive.size(name) <= min(limits.PICTURE_BYTES, self._left):
            return ""
        untrusted = self._archive.read(name, limit=limits.PICTURE_BYTES)
        if not picture_kind(untrusted):
            return ""
        digest = hashlib.sha256(untrusted).hexdigest()
        self._left -= len(untrusted)
        self.reading.pictures[digest] = untrusted
        return digest


def _collapsed(text: str | None) -> str:
    # White space in the file stands for one space (OpenDocument 1.3 part 3, 6.1.2).
    if not text:
        return ""
    words = " ".join(text.split())
    before = " " if text[0].isspace() else ""
    after = " " if words and text[-1].isspace() else ""
    return f"{before}{words}{after}"


def _count(stated: str | None) -> int:
    return int(stated) if stated and stated.isdecimal() and len(stated) < 9 else 1
