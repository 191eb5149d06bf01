"""Rows for finance as comma-separated values, and lists that come back that way (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date

from ..domain.british import PENCE_PER_POUND
from ..domain.finance_rows import MONEY_FIELDS, FinanceSheet, Value
from ..domain.harmless import harmless
from ..domain.paid_table import Table
from ..errors import UnreadableError, UnsupportedError

LARGEST_BYTES = 10 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 100
_SAMPLE_LINES = 40
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text_cell(words: str) -> str:
    """Return words that no program takes for a formula, whatever they begin with.

    >>> text_cell("=SUM(A1)"), text_cell("Bus"), text_cell(" -1")
    ("'=SUM(A1)", 'Bus', "' -1")
    """
    plain = harmless(words).replace("\n", " ")
    return (
        f"'{plain}" if words.startswith(_FORMULA) or plain.lstrip().startswith(_FORMULA) else plain
    )


def write_csv(sheet: FinanceSheet) -> bytes:
    """Return the rows, UTF-8 with a mark at the beginning so that Excel reads it as such.

    Args:
        sheet: What goes. Amounts are written in pounds with two places, days as ``YYYY-MM-DD``.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([text_cell(one) for one in sheet.headings])
    for row in sheet.rows:
        writer.writerow(
            [_cell(field, value) for field, value in zip(sheet.fields, row, strict=True)]
        )
    return written.getvalue().encode("utf-8-sig")


def _cell(field: str, value: Value) -> str:
    if field in MONEY_FIELDS and isinstance(value, int):
        return pounds(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else text_cell(value)


def pounds(pence: int) -> str:
    """Return pence as pounds for a program to read.

    >>> pounds(5500), pounds(-5), pounds(7)
    ('55.00', '-0.05', '0.07')
    """
    whole, rest = divmod(abs(pence), PENCE_PER_POUND)
    return f"{'-' if pence < 0 else ''}{whole}.{rest:02}"


def read_csv(untrusted: bytes, *, file_name: str) -> Table:
    """Return the table in a file of comma- (or semicolon- or tab-) separated values.

    Args:
        untrusted: The file.
        file_name: What it is called, for messages.

    Raises:
        UnreadableError: It is no text, or holds no table.
        UnsupportedError: It is too large.
    """
    if len(untrusted) > LARGEST_BYTES:
        raise too_large(file_name)
    text = _text(untrusted, file_name)
    separator = max(",;\t", key=lambda one: _fits(text, one))
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for cells in reader:
            if any(one.strip() for one in cells):
                rows.append((reader.line_num, tuple(cells[:MOST_COLUMNS])))
            if len(rows) > MOST_ROWS:
                raise too_large(file_name)
    except csv.Error as cause:
        raise no_table(file_name) from cause
    if len(rows) < 2:  # noqa: PLR2004 - headings and one row
        raise no_table(file_name)
    return Table(tuple(one.strip() for one in rows[0][1]), tuple(rows[1:]))


def _fits(text: str, separator: str) -> tuple[int, int]:
    """Return how many of the first lines have one number of columns, and that number.

    A title above the headings, or commas within words, do not tell how columns are parted.
    """
    sample = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=separator))
    several = ((lines, width) for width, lines in widths.items() if width > 1)
    return max(several, default=(0, 1))


def _text(untrusted: bytes, file_name: str) -> str:
    if untrusted.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = untrusted.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise no_table(file_name)


def too_large(file_name: str) -> UnsupportedError:
    """Return the refusal of a list beyond the limits."""
    return UnsupportedError(
        f"“{file_name}” is larger than a list of payments can be.",
        what_is_safe="Nothing was noted.",
        next_step="Ask finance for the list of this batch alone.",
    )


def no_table(file_name: str) -> UnreadableError:
    """Return the refusal of a file that holds no list."""
    return UnreadableError(
        f"“{file_name}” holds no list that we can read.",
        what_is_safe="Nothing was noted.",
        next_step="Save it as CSV (UTF-8) or as an Excel workbook, then open that.",
    )
