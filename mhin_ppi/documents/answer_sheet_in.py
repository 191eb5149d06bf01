"""In the child: the rows of an answer sheet that came back, from Word or from Excel.

Columns and lines are found by their headings, so they may be moved; nothing is made of what was
written beyond plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from mhin_ppi.documents import limits
from mhin_ppi.documents.docx_names import W
from mhin_ppi.documents.docx_parts import open_docx
from mhin_ppi.documents.docx_tables import cells_of, rows_of
from mhin_ppi.documents.frames import Progress, Request
from mhin_ppi.documents.packages import is_sheet, open_sheet, open_word
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import clean, one_line
from mhin_ppi.domain.answer_sheet import CHOOSE, FIELDS

if TYPE_CHECKING:
    from lxml.etree import _Element

Found = dict[str, str]
_MOST_COLUMNS = 100
_HEADINGS = {one.casefold(): name for one, name in FIELDS.items()}
_GONE = (W + "del", W + "moveFrom")


def rows_in(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "answer_sheet": every row that was found, as plain values.

    Raises:
        Refusal: It is neither a Word file nor an Excel workbook, cannot be read, or is no such
            sheet.
    """
    found = _of_excel if is_sheet(request.untrusted, file_name=request.file_name) else _of_word
    rows: list[Found] = []
    for row in found(request, report):
        rows.append({name: text[: limits.NOTE_CHARACTERS] for name, text in row.items()})
        if len(rows) > limits.NOTES:
            raise Refusal(Why.MANY_NOTES)
    if not rows:
        raise Refusal(Why.NOT_ANSWERS)
    return rows, b""


# ---- Excel


def _of_excel(request: Request, report: Progress) -> Iterator[Found]:
    from openpyxl import load_workbook

    untrusted = open_sheet(request.untrusted, file_name=request.file_name)
    try:
        book = load_workbook(untrusted, read_only=True, data_only=True, keep_links=False)
        for page in book.worksheets:
            page.reset_dimensions()  # other programs state sizes that are not so
            rows = page.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
            yield from _below_headings(rows, report)
    except _BROKEN as cause:
        raise Refusal(Why.DAMAGED) from cause


# What openpyxl raises over a damaged part; XML that is not whole is a SyntaxError.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, SyntaxError, OSError)


def _below_headings(rows: Iterator[Sequence[object]], report: Progress) -> Iterator[Found]:
    columns: Mapping[int, str] = {}
    for number, cells in enumerate(rows, start=1):
        report(number, number + 1)
        if number > limits.BLOCKS:
            raise Refusal(Why.MEMORY)
        named = _named(cells)
        if "code" in named.values():
            columns = named
        elif columns:
            found = {name: _cell_words(cells[at]) for at, name in columns.items()}
            if any(found.values()):
                yield {"where": f"row {number}", **found}


def _named(cells: Sequence[object]) -> dict[int, str]:
    words = ((at, _HEADINGS.get(str(cell).strip().casefold())) for at, cell in enumerate(cells))
    return {at: name for at, name in words if name}


def _cell_words(value: object) -> str:
    """Return a cell as text; a date is written ``YYYY-MM-DD``."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = clean(str(value))
    return "" if words == CHOOSE else words


# ---- Word


def _of_word(request: Request, report: Progress) -> Iterator[Found]:
    body = open_docx(open_word(request.untrusted, file_name=request.file_name)).body
    tables = list(body.iter(W + "tbl"))
    for number, table in enumerate(tables, start=1):
        report(number, len(tables))
        found: Found = {}
        for row in rows_of(table):
            cells = cells_of(row)
            if len(cells) >= 2:
                label = one_line(_words_of(cells[0])).rstrip(":").casefold()
                name = _HEADINGS.get(label)
                if name and name not in found:
                    words = clean(_words_of(cells[1]))
                    found[name] = "" if words == CHOOSE else words
        if found.keys() & {"code", "decision", "answer"}:
            yield {"where": f"table {number}", **found}


def _words_of(cell: _Element) -> str:
    """Return the words of a cell with tracked changes taken as accepted, a line to a paragraph."""
    lines: list[str] = []
    for paragraph in cell.iter(W + "p"):
        words: list[str] = []
        for part in paragraph.iter(W + "t", W + "tab", W + "br", W + "cr"):
            if any(above.tag in _GONE for above in part.iterancestors()):
                continue
            words.append(
                part.text or "" if part.tag == W + "t" else "\n" if part.tag != W + "tab" else " "
            )
        lines.append("".join(words))
    return "\n".join(lines)
