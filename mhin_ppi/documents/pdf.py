"""PDF files: opens them, refuses what cannot be read, and turns their pages into blocks.

A tagged file says itself what is a heading or a table (``pdf_tagged.py``); for the others lines
are grouped by how they look (``pdf_lines.py``). No scripts run, no links are followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mhin_ppi.documents import limits
from mhin_ppi.documents.frames import Progress, Reading
from mhin_ppi.documents.kinds import FileKind, file_kind
from mhin_ppi.documents.pdf_columns import columns_in_order
from mhin_ppi.documents.pdf_lines import group_lines
from mhin_ppi.documents.pdf_measure import without_running_heads
from mhin_ppi.documents.pdf_page import Line, PageText
from mhin_ppi.documents.pdf_pictures import has_pictures, read_pictures
from mhin_ppi.documents.pdf_tagged import read_tagged
from mhin_ppi.documents.pdf_tags import TaggedGroup
from mhin_ppi.documents.pdf_words import Vocabulary
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import clean, left_out, one_line
from mhin_ppi.domain.blocks import BETWEEN_CELLS, BETWEEN_ROWS, Block, BlockKind

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_TAIL = 64 * 1024
_FEWEST_LETTERS = 12  # a page: less is a page number stamped on a scan
_NO_TITLES = {"untitled", "anonymous", "unspecified"}  # what programs write when nobody chose one
_FEW_PAGES_NAMED = 8


def read_pdf(untrusted: bytes, *, report: Progress) -> Reading:
    """Return what a PDF holds, without its running heads.

    Raises:
        Refusal: It is damaged, locked, a scan, or has too many pages.
    """
    document = open_pdf(untrusted)
    reading = Reading(pages=len(document), title=_title(document))
    tagged = read_tagged(document, report=report)
    if tagged is not None:
        reading.blocks = _in_order([_as_block(group) for group in tagged])
    if not reading.blocks:
        _read_lines(document, untrusted, reading, report=report)
    pictures = read_pictures(document, untrusted)
    reading.pictures = pictures.kept
    reading.blocks = _with_pictures(reading.blocks, pictures.places)
    if pictures.left_out:
        reading.notes.append(left_out(pictures.left_out))
    return reading


def _read_lines(
    document: PdfDocument, untrusted: bytes, reading: Reading, *, report: Progress
) -> None:
    pages, heights = _lines(document, report)
    if not any(heights):
        raise Refusal(Why.DAMAGED)
    without_text = [n for n, lines in enumerate(pages, start=1) if _is_blank(lines)]
    if len(without_text) == len(pages):
        raise Refusal(Why.SCANNED if has_pictures(untrusted) else Why.NO_TEXT)
    pages = without_running_heads(pages, heights)
    reading.blocks = _blocks([columns_in_order(lines) for lines in pages])
    if without_text:
        reading.notes.append(_note_on_pages(without_text))


def _with_pictures(blocks: list[Block], places: list[tuple[int, str]]) -> list[Block]:
    """Return the blocks with each picture after the last text that starts on its page."""
    kept: list[Block] = []
    waiting = list(places)
    for block in blocks:
        note = block.kind is BlockKind.FOOTNOTE
        while waiting and (note or (block.page or 0) > waiting[0][0]):
            kept.append(_picture_block(waiting.pop(0)))
        kept.append(block)
    return kept + [_picture_block(place) for place in waiting]


def _picture_block(place: tuple[int, str]) -> Block:
    return Block(BlockKind.IMAGE, "", page=place[0], image=place[1])


def open_pdf(untrusted: bytes) -> PdfDocument:
    """Return a PDF opened.

    Raises:
        Refusal: It is no PDF, damaged, cut short, locked with a password, or has too many pages.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    if file_kind(untrusted, file_name="") is not FileKind.PDF:
        raise Refusal(Why.NOT_PDF)
    # PDFium mends a file whose end is missing by leaving the lost pages out; a person should know.
    whole = b"%%EOF" in untrusted[-_TAIL:] or b"startxref" in untrusted[-_TAIL:]
    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError as cause:
        if cause.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise Refusal(Why.PASSWORD) from cause
        raise Refusal(Why.DAMAGED if whole else Why.CUT_SHORT) from cause
    pages = len(document)
    if not whole or not 0 < pages <= limits.PAGES:
        document.close()
        raise Refusal(_why_not(pages, whole=whole))
    return document


def _why_not(pages: int, *, whole: bool) -> Why:
    if not whole:
        return Why.CUT_SHORT
    return Why.PAGES if pages else Why.DAMAGED


def _lines(document: PdfDocument, report: Progress) -> tuple[list[list[Line]], list[float]]:
    import pypdfium2

    pages: list[list[Line]] = []
    heights: list[float] = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pypdfium2.PdfiumError:
            # One bad page must not cost the others; it is named among the pages without text.
            pages.append([])
            heights.append(0.0)
            continue
        text_page = page.get_textpage()
        pages.append(PageText(text_page.raw, page=number).lines())
        heights.append(page.get_height())
        text_page.close()
        page.close()
        report(number, len(document))
    return pages, heights


def _is_blank(lines: list[Line]) -> bool:
    return sum(len(line.text) for line in lines) < _FEWEST_LETTERS


def _blocks(pages: list[list[Line]]) -> list[Block]:
    words = Vocabulary(line.text for lines in pages for line in lines)
    blocks: list[Block] = []
    for group in group_lines(pages, words):
        block = Block(
            group.kind,
            _table_text(group.text) if group.kind is BlockKind.TABLE else clean(group.text),
            level=group.level,
            page=group.page,
            marker=group.marker,
        )
        if block.text:
            blocks.append(block)
    return blocks


def _as_block(group: TaggedGroup) -> Block:
    return Block(
        group.kind,
        group.text,
        level=group.level,
        page=group.page,
        marker=group.marker,
        header_rows=group.header_rows,
    )


def _in_order(blocks: list[Block]) -> list[Block]:
    """Return the blocks that say something, footnotes last, as in every other kind of file."""
    said = [block for block in blocks if block.text]
    return sorted(said, key=lambda block: block.kind is BlockKind.FOOTNOTE)


def _table_text(text: str) -> str:
    rows = [[one_line(cell) for cell in row.split("\t")] for row in text.split("\n")]
    width = max(map(len, rows))
    return BETWEEN_ROWS.join(BETWEEN_CELLS.join(row + [""] * (width - len(row))) for row in rows)


def _title(document: PdfDocument) -> str:
    title = one_line(document.get_metadata_value("Title"))
    return "" if title.strip("()").lower() in _NO_TITLES else title


def _note_on_pages(numbers: list[int]) -> str:
    named = ", ".join(map(str, numbers[:_FEW_PAGES_NAMED]))
    if len(numbers) > _FEW_PAGES_NAMED:
        named += f" and {len(numbers) - _FEW_PAGES_NAMED} more"
    if len(numbers) == 1:
        return f"Page {named} holds no words (it may be blank, or a picture of a page)."
    return f"Pages {named} hold no words (they may be blank, or pictures of pages)."
