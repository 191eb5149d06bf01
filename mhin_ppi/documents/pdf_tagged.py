"""Reads a tagged PDF by its own structure: headings, lists, tables and notes as they were meant.

Word and LibreOffice write tags by default. Some programs write tags that say nothing or leave most
of the text out, so the result counts only if it accounts for the text; otherwise lines are grouped
by how they look (``pdf_lines.py``). Source: ISO 32000-1, 14.7 and 14.8.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mhin_ppi.documents.frames import Progress
from mhin_ppi.documents.pdf_page import PageText
from mhin_ppi.documents.pdf_tags import TaggedGroup, Tags, join_over_pages
from mhin_ppi.documents.pdf_words import LINE_END_HYPHENS, Vocabulary, mend_ligatures

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_ENOUGH = 0.75  # of all letters: the rest may be running heads, which are not tagged
_LONGEST = 20_000  # letters in one paragraph: more means that the tags do not part the text
_TYPE_BYTES = 128
_ALT_BYTES = 4096
_DEEPEST = 60
_LINE_ENDS = re.compile(f"\r?\n|\r|[{LINE_END_HYPHENS}]")


def read_tagged(document: PdfDocument, *, report: Progress) -> list[TaggedGroup] | None:
    """Return what the tags say, or ``None`` where there are none to be trusted."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    if not pdfium.FPDFCatalog_IsTagged(document.raw):
        return None
    try:
        return _read_pages(document, report)
    except pypdfium2.PdfiumError:
        return None  # a page that cannot be opened: the other way can do without it


def _read_pages(document: PdfDocument, report: Progress) -> list[TaggedGroup] | None:
    groups: list[TaggedGroup] = []
    letters = 0
    texts: list[str] = []
    for number in range(1, len(document) + 1):
        page = document[number - 1]
        text_page = page.get_textpage()
        content = PageText(text_page.raw, page=number)
        texts.append(content.text)
        letters += _letters(content.text)
        found = _read_page(page.raw, text_page.raw, content.text, number)
        join_over_pages(groups, found)
        text_page.close()
        page.close()
        report(number, len(document))
    told = sum(_letters(group.text) for group in groups)
    longest = max((len(group.text) for group in groups if not group.rows), default=0)
    if told < _ENOUGH * letters or longest > _LONGEST:
        return None
    words = Vocabulary(mend_ligatures(line) for text in texts for line in _LINE_ENDS.split(text))
    for group in groups:
        group.settle(lambda text: _mended(text, words))
    return groups


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _mended(text: str, words: Vocabulary) -> str:
    """Return raw text with its line ends and hyphens mended."""
    parts = re.split(f"(\r?\n|\r|[{LINE_END_HYPHENS}])", mend_ligatures(text))
    mended = parts[0]
    for mark, part in zip(parts[1::2], parts[2::2], strict=True):
        if not part.strip():
            mended += "-" if mark in LINE_END_HYPHENS else " "
        elif mark in LINE_END_HYPHENS:
            mended = words.join(mended, part.lstrip())
        else:
            mended = f"{mended.rstrip()} {part.lstrip()}"
    return mended


def _read_page(page: Any, text_page: Any, text: str, number: int) -> list[TaggedGroup]:  # noqa: ANN401
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return []
    try:
        tags = Tags(number)
        told = _by_mark(text_page, text)
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            element = pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)
            if element:
                tags.walk(_Element(element, told, 0))
        return tags.groups
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _by_mark(text_page: Any, text: str) -> dict[int, str]:  # noqa: ANN401 - a C handle
    """Return the page's text by marked content id; spaces PDFium adds go with what is before."""
    import pypdfium2.raw as pdfium

    marks: dict[int, int] = {}
    pieces: dict[int, list[str]] = {}
    mark, start = -1, 0
    object_of, address_of = pdfium.FPDFText_GetTextObject, ctypes.addressof
    for at in range(len(text)):
        found = object_of(text_page, at)
        if not found:
            continue
        address = address_of(found.contents)
        now = marks.get(address)
        if now is None:
            now = marks[address] = pdfium.FPDFPageObj_GetMarkedContentID(found)
        if now != mark:
            pieces.setdefault(mark, []).append(text[start:at])
            mark, start = now, at
    pieces.setdefault(mark, []).append(text[start:])
    return {mark: "".join(parts) for mark, parts in pieces.items() if mark >= 0}


class _Element:
    """One element of PDFium's structure tree, as ``pdf_tags.py`` wants to see it."""

    def __init__(self, raw: Any, told: dict[int, str], depth: int) -> None:  # noqa: ANN401
        import pypdfium2.raw as pdfium

        self._raw, self._told, self._depth, self._pdfium = raw, told, depth, pdfium
        self.kind = _string(pdfium.FPDF_StructElement_GetType, raw, _TYPE_BYTES)

    @property
    def alternative(self) -> str:
        """What is to be said instead of a picture."""
        return _string(self._pdfium.FPDF_StructElement_GetAltText, self._raw, _ALT_BYTES)

    def children(self) -> list[_Element | str]:
        """Return elements and texts in order."""
        found: list[_Element | str] = []
        if self._depth >= _DEEPEST:
            return found
        for at in range(self._pdfium.FPDF_StructElement_CountChildren(self._raw)):
            child = self._pdfium.FPDF_StructElement_GetChildAtIndex(self._raw, at)
            if child:
                found.append(_Element(child, self._told, self._depth + 1))
                continue
            mark = self._pdfium.FPDF_StructElement_GetChildMarkedContentID(self._raw, at)
            if mark in self._told:
                # Each text once: a damaged tree may name it under many elements.
                found.append(self._told.pop(mark))
        return found


def _string(getter: Callable[..., int], raw: Any, size: int) -> str:  # noqa: ANN401
    buffer = ctypes.create_string_buffer(size)
    written = getter(raw, buffer, size)
    return buffer.raw[: max(0, min(written, size) - 2)].decode("utf-16-le", "replace")
