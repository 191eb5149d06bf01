"""In the child: the first table of an Excel workbook that came back, as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from mhin_ppi.documents.frames import Progress, Request
from mhin_ppi.documents.packages import is_sheet, open_sheet
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import clean

MOST_ROWS = 50_000
MOST_COLUMNS = 100
MOST_CHARACTERS = 500
"""Of one cell: a list of payments holds no essays."""

# What openpyxl raises over a damaged part; XML that is not whole is a SyntaxError.
_BROKEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, SyntaxError, OSError)


def table_in(request: Request, report: Progress) -> tuple[object, bytes]:
    """Answer the job "table": rows of the first page that holds any, with their numbers.

    Formulas are not reckoned: a cell holds what the program that saved it had worked out.

    Raises:
        Refusal: It is no Excel workbook, cannot be read, or holds no table.
    """
    from openpyxl import load_workbook

    if not is_sheet(request.untrusted, file_name=request.file_name):
        raise Refusal(Why.NOT_ANSWERS)
    untrusted = open_sheet(request.untrusted, file_name=request.file_name)
    try:
        book = load_workbook(untrusted, read_only=True, data_only=True, keep_links=False)
        for page in book.worksheets:
            page.reset_dimensions()  # other programs state sizes that are not so
            rows = list(_rows(page.iter_rows(max_col=MOST_COLUMNS, values_only=True), report))
            if len(rows) > 1:
                return rows, b""
    except _BROKEN as cause:
        raise Refusal(Why.DAMAGED) from cause
    raise Refusal(Why.NOT_ANSWERS)


def _rows(found: Iterator[Sequence[object]], report: Progress) -> Iterator[list[object]]:
    for number, cells in enumerate(found, start=1):
        report(number, number + 1)
        if number > MOST_ROWS:
            raise Refusal(Why.MEMORY)
        words = [_words(cell) for cell in cells]
        if any(words):
            yield [number, *words]


def _words(value: object) -> str:
    """Return a cell as text; a day is written ``YYYY-MM-DD``, a number without float's dust."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return clean(str(value)).strip()[:MOST_CHARACTERS]
