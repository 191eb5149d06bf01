"""Where the words of a draft stand on the pages of its PDF; runs in the child process only.

The letters are compared by ``pdf_alignment.py``; here PDFium is asked for pages and boxes. The
rest of the program uses ``pdf_page_words.py`` and ``domain/page_words.py``.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mhin_ppi.documents.frames import Progress, Request
from mhin_ppi.documents.pdf_alignment import (
    HYPHENS,
    NOWHERE,
    Stream,
    find_block,
    is_nearly_all,
    letters_of,
    stream_of,
)
from mhin_ppi.documents.pdf_measure import without_running_heads
from mhin_ppi.documents.pdf_page import Line, PageText
from mhin_ppi.documents.pdf_words import LINE_END_HYPHENS
from mhin_ppi.domain.blocks import BETWEEN_BLOCKS, Block, BlockKind, block_from_json
from mhin_ppi.domain.page_words import PageBox, PageWord, lines_of

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_WORD = re.compile(r"\S+")
_HYPHEN = re.compile(f"[{LINE_END_HYPHENS}]")
_ENDS_LINE = re.compile(f"[\r\n{LINE_END_HYPHENS}]")
_WORDS_BETWEEN_REPORTS = 2_000
_NEAR = 3  # characters from one letter to the next: spaces, or a hyphen, may lie between


class PdfPlaces:
    """Finds the places of a draft's text in a PDF.

    Args:
        document: The PDF, opened.
        blocks: The draft's blocks; an empty list when only the pages are of interest.
        report: Told how many pages have been looked at.
    """

    def __init__(self, document: PdfDocument, blocks: Sequence[Block], *, report: Progress) -> None:
        self._document = document
        self.page_texts: list[str] = []
        self._kept: list[list[tuple[int, int]]] = []
        self._open_page: tuple[int, Any, Any, Any] | None = None
        self._look_at_pages(report)
        self._starts = _running_total(self.page_texts)
        self._firsts = frozenset(self._line_starts())
        self.text = BETWEEN_BLOCKS.join(block.text for block in blocks)
        self._there: array[int] = array("l", [NOWHERE]) * len(self.text)
        self._own: array[int] = array("l", [NOWHERE]) * sum(map(len, self.page_texts))
        self.letters = self.found = 0
        self._align(blocks)

    def _look_at_pages(self, report: Progress) -> None:
        import pypdfium2

        pages: list[list[Line]] = []
        heights: list[float] = []
        for number in range(1, len(self._document) + 1):
            try:
                page = self._document[number - 1]
            except pypdfium2.PdfiumError:
                pages.append([])
                heights.append(0.0)
                self.page_texts.append("")
                continue
            text_page = page.get_textpage()
            content = PageText(text_page.raw, page=number)
            self.page_texts.append(content.text)
            pages.append(content.lines())
            heights.append(page.get_height())
            text_page.close()
            page.close()
            report(number, len(self._document))
        for lines in without_running_heads(pages, heights):
            self._kept.append([line.characters for line in lines])

    def _line_starts(self) -> Iterator[int]:
        """Yield where pages start, and lines that PDFium parts from the last by a hyphen only."""
        for start, text in zip(self._starts, self.page_texts, strict=True):
            yield start
            yield from (start + found.end() for found in _HYPHEN.finditer(text))

    def _align(self, blocks: Sequence[Block]) -> None:
        """Find every block, first among the body's lines, then on whole pages."""
        body = stream_of(self.page_texts, self._kept)
        whole: Stream | None = None
        at = after = 0
        for block in blocks:
            letters = letters_of(block.text, at=at)
            page = block.page or max(1, body.page_of(after))
            note = block.kind is BlockKind.FOOTNOTE
            found = find_block(letters, body, page=page, after=0 if note else after)
            if not is_nearly_all(found, letters):
                whole = whole or stream_of(self.page_texts, None)
                more = find_block(letters, whole, page=page, after=0)
                found = more if len(more) > len(found) else found
            self._keep(found)
            if found and not note:
                after = max(after, body.after(found[-1][1]))
            self.letters += len(letters.text)
            self.found += len(found)
            at += len(block.text) + len(BETWEEN_BLOCKS)

    def _keep(self, found: Sequence[tuple[int, int]]) -> None:
        for own, there in found:
            # Of a letter written out as two, the first place and the first letter count.
            if self._there[own] == NOWHERE:
                self._there[own] = there
            if self._own[there] == NOWHERE:
                self._own[there] = own
        for own, there in found:
            for step in (-1, 1):
                self._keep_hyphens(own + step, there + step, step)

    def _keep_hyphens(self, own: int, there: int, step: int) -> None:
        """Give hyphens their places, where they stand beside the same letter in both texts."""
        while 0 <= own < len(self.text) and 0 <= there < len(self._own):
            written = self.text[own]
            if self._own[there] != NOWHERE or (written != " " and written not in HYPHENS):
                return
            page, at = self.page_of(there)
            drawn = self.page_texts[page - 1][at]
            if written in HYPHENS and drawn in HYPHENS:
                self._there[own], self._own[there] = there, own
            elif written != drawn:
                return
            own, there = own + step, there + step

    def page_of(self, there: int) -> tuple[int, int]:
        """Return the page (from 1) of a character of the document, and its place on that page."""
        page = bisect_right(self._starts, there)
        return page, there - self._starts[page - 1]

    def boxes(self, start: int, end: int) -> tuple[PageBox, ...]:
        """Return the rectangles of a passage, to the letter, one for each line it covers.

        Args:
            start: First character, in code points of the draft's text.
            end: One past the last.
        """
        places = (self._there[at] for at in range(max(0, start), min(end, len(self.text))))
        return lines_of(self._box(first, last) for first, last in self._runs(places))

    def words(self) -> Iterator[PageWord]:
        """Yield every word that was found, parted where it is broken over two lines."""
        for found in _WORD.finditer(self.text):
            start = found.start()
            while start < found.end():
                end = self._same_line(start, found.end())
                known = [p for p in self._there[start:end] if p != NOWHERE]
                if known:
                    yield PageWord(start, end, self._box(known[0], known[-1]))
                start = end

    def _same_line(self, start: int, end: int) -> int:
        """Return how far a word goes on without a line end or a jump."""
        before = NOWHERE
        for at in range(start, end):
            there = self._there[at]
            if there == NOWHERE:
                continue
            if before != NOWHERE and not self._goes_on(before, there):
                return at
            before = there
        return end

    def _goes_on(self, before: int, there: int) -> bool:
        """Say whether two characters follow each other within one line of one page."""
        if there == before or there == before + 1:
            return there == before or there not in self._firsts
        if not before < there <= before + _NEAR:
            return False
        page, at = self.page_of(before)
        between = self.page_texts[page - 1][at + 1 : at + there - before]
        return self.page_of(there)[0] == page and not _ENDS_LINE.search(between)

    def _runs(self, places: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield first and last characters of what stands together on one line."""
        first = before = NOWHERE
        for there in places:
            if there == NOWHERE:
                continue
            if before == NOWHERE:
                first = there
            elif not self._goes_on(before, there):
                yield first, before
                first = there
            before = there
        if before != NOWHERE:
            yield first, before

    def _box(self, first: int, last: int) -> PageBox:
        page, at = self.page_of(first)
        handle = self.text_page(page)
        one, other = _loose_box(handle, at), _loose_box(handle, at + last - first)
        return PageBox(
            page,
            min(one[0], other[0]),
            min(one[1], other[1]),
            max(one[2], other[2]),
            max(one[3], other[3]),
        )

    def own(self, page: int, at: int) -> int:
        """Return the offset in the draft of a character of a page, or ``NOWHERE``."""
        return self._own[self._starts[page - 1] + at]

    def character_boxes(self, page: int) -> list[tuple[float, float, float, float]]:
        """Return the box of every character of a page: left, bottom, right, top."""
        count = len(self.page_texts[page - 1])
        handle = self.text_page(page) if count else None
        return [_loose_box(handle, at) for at in range(count)]

    def text_page(self, page: int) -> Any:  # noqa: ANN401 - a C handle
        """Return PDFium's text page; the one before is closed."""
        if self._open_page is None or self._open_page[0] != page:
            self.close()
            opened = self._document[page - 1]
            text = opened.get_textpage()
            self._open_page = (page, opened, text, text.raw)
        return self._open_page[3]

    def close(self) -> None:
        """Close the page that was looked at last."""
        if self._open_page is not None:
            self._open_page[2].close()
            self._open_page[1].close()
            self._open_page = None


def _running_total(texts: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for text in texts:
        starts.append(at)
        at += len(text)
    return starts


def _loose_box(text_page: Any, at: int) -> tuple[float, float, float, float]:  # noqa: ANN401
    """Return a character's box over the whole height of its font: left, bottom, right, top."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text_page, at, box)
    return box.left, box.bottom, box.right, box.top


def page_words(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "page_words": every word of a draft with its box.

    Args:
        request: Its arguments hold ``blocks``, as :meth:`Block.to_json` writes them.
        report: Told how many pages have been looked at.
    """
    from mhin_ppi.documents.pdf import open_pdf

    blocks = [block_from_json(plain) for plain in request.arguments["blocks"]]
    places = PdfPlaces(open_pdf(request.untrusted), blocks, report=report)
    words: list[tuple[float, ...]] = []
    for word in places.words():
        edges = (word.box.x0, word.box.y0, word.box.x1, word.box.y1)
        words.append((word.start, word.end, word.box.page, *(round(e, 2) for e in edges)))
        if len(words) % _WORDS_BETWEEN_REPORTS == 0:
            report(word.box.page, len(places.page_texts))
    return {"words": words, "letters": places.letters, "found": places.found}, b""
