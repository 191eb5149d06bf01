"""Rows for finance as an Excel workbook: the lines, totals by person and project, a read-me."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from ..domain.british import PENCE_PER_POUND
from ..domain.finance_rows import MONEY_FIELDS, FinanceSheet, Value
from ..domain.harmless import harmless

# XlsxWriter carries no types of its own.
Workbook = Any
Worksheet = Any
Format = Any

LINES, PEOPLE, PROJECTS, README = "Lines", "By person", "By project", "Read me"
_WIDTHS = {"what": 48, "person": 26, "project": 30, "reference": 18}
_USUAL_WIDTH = 15
_LONGEST_CELL = 32_767


def write_xlsx(sheet: FinanceSheet) -> bytes:
    """Return a workbook. Amounts are numbers in pounds; totals are sums with their value kept.

    No text in it is a formula, whatever it begins with.

    Args:
        sheet: What goes; amounts are pence.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    whole = io.BytesIO()
    book = xlsxwriter.Workbook(
        whole, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": sheet.title})
    looks = _Looks(book)
    _lines(book.add_worksheet(LINES), sheet, looks)
    _totals(book.add_worksheet(PEOPLE), "Name", sheet.by_person, sheet.total_pence, looks)
    _totals(book.add_worksheet(PROJECTS), "Project", sheet.by_project, sheet.total_pence, looks)
    _read_me(book.add_worksheet(README), sheet, looks)
    book.close()
    return whole.getvalue()


class _Looks:
    """How cells look."""

    def __init__(self, book: Workbook) -> None:
        self.head: Format = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.money: Format = book.add_format({"num_format": "£#,##0.00"})
        self.total: Format = book.add_format({"num_format": "£#,##0.00", "bold": True, "top": 1})
        self.day: Format = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        self.strong: Format = book.add_format({"bold": True, "top": 1})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.wrap: Format = book.add_format({"text_wrap": True, "valign": "top"})


def _lines(page: Worksheet, sheet: FinanceSheet, looks: _Looks) -> None:
    for at, (field, title) in enumerate(zip(sheet.fields, sheet.headings, strict=True)):
        page.set_column(at, at, _WIDTHS.get(field, _USUAL_WIDTH))
        page.write_string(0, at, harmless(title), looks.head)
    for number, row in enumerate(sheet.rows, start=1):
        for at, (field, value) in enumerate(zip(sheet.fields, row, strict=True)):
            _write(page, number, at, field, value, looks)
    end = len(sheet.rows) + 1
    if "amount" in sheet.fields:
        at = sheet.fields.index("amount")
        if at:
            page.write_string(end, at - 1, "Total", looks.strong)
        _sum(page, end, at, sheet.total_pence, looks)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.fields) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write(page: Worksheet, row: int, at: int, field: str, value: Value, looks: _Looks) -> None:
    if field in MONEY_FIELDS and isinstance(value, int):
        page.write_number(row, at, value / PENCE_PER_POUND, looks.money)
    elif isinstance(value, int):
        page.write_number(row, at, value)
    elif isinstance(value, date):
        page.write_datetime(row, at, value, looks.day)
    else:
        page.write_string(row, at, harmless(value)[:_LONGEST_CELL])


def _totals(
    page: Worksheet, title: str, sums: Sequence[tuple[str, int]], whole: int, looks: _Looks
) -> None:
    page.set_column(0, 0, 40)
    page.set_column(1, 1, _USUAL_WIDTH)
    page.write_string(0, 0, title, looks.head)
    page.write_string(0, 1, "Amount (£)", looks.head)
    for row, (name, pence) in enumerate(sums, start=1):
        page.write_string(row, 0, harmless(name)[:_LONGEST_CELL])
        page.write_number(row, 1, pence / PENCE_PER_POUND, looks.money)
    page.write_string(len(sums) + 1, 0, "Total", looks.strong)
    _sum(page, len(sums) + 1, 1, whole, looks)


def _sum(page: Worksheet, row: int, at: int, pence: int, looks: _Looks) -> None:
    """Write a sum of the column above, with its value, for programs that do not reckon."""
    if row < 2:  # noqa: PLR2004 - a heading and nothing to add up
        page.write_number(row, at, pence / PENCE_PER_POUND, looks.total)
        return
    letter = _letter(at)
    value = pence / PENCE_PER_POUND
    page.write_formula(row, at, f"=SUM({letter}2:{letter}{row})", looks.total, value)


def _letter(at: int) -> str:
    """Return the name of a column, from 0.

    >>> _letter(0), _letter(25), _letter(26)
    ('A', 'Z', 'AA')
    """
    found = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _read_me(page: Worksheet, sheet: FinanceSheet, looks: _Looks) -> None:
    page.set_column(0, 0, 90)
    page.write_string(0, 0, harmless(sheet.title), looks.title)
    for at, words in enumerate(sheet.notes, start=2):
        page.write_string(at, 0, words, looks.wrap)
    page.set_column(1, 1, _USUAL_WIDTH)
    first = len(sheet.notes) + 3
    page.write_string(first, 0, "Columns", looks.strong)
    for at, (title, words) in enumerate(sheet.explained, start=first + 1):
        page.write_string(at, 0, harmless(f"{title}: {words}"), looks.wrap)
    first += len(sheet.explained) + 2
    page.write_string(first, 0, "Claims", looks.strong)
    page.write_string(first, 1, "Amount (£)", looks.strong)
    for at, (reference, name, pence) in enumerate(sheet.claims, start=first + 1):
        page.write_string(at, 0, harmless(f"{reference} · {name}")[:_LONGEST_CELL])
        page.write_number(at, 1, pence / PENCE_PER_POUND, looks.money)
