"""An answer sheet as an Excel workbook: one row to a question, lists to choose from, and how-to."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from ..domain.answer_sheet import (
    CODE,
    DECIDED_ON,
    DECISION,
    DECISIONS,
    GIVEN,
    HOW_TO,
    TO_FILL,
    AnswerSheet,
    SheetRow,
    harmless,
)

# XlsxWriter carries no types of its own.
Workbook = Any
Worksheet = Any
Format = Any

COLUMNS = (*GIVEN, *TO_FILL, CODE)
_WIDTHS = (8, 44, 40, 18, 18, 50, 40, 20, 18, 18)
_EARLIEST = date(2000, 1, 1)
_LATEST = date(2199, 12, 31)
_LONGEST_CELL = 32_767
"""The most characters that a cell of Excel holds."""
_CUT = "… [More than a cell of Excel holds. The coordinator can send it as a Word file.]"


def write_xlsx(sheet: AnswerSheet) -> bytes:
    """Return an answer sheet as a workbook.

    Nothing in it is a formula, whatever it begins with, and the cells to fill in are text, so that
    Excel takes nothing written there for a formula or a number either.

    Args:
        sheet: What goes.
    """
    import xlsxwriter  # type: ignore[import-untyped]

    whole = io.BytesIO()
    book = xlsxwriter.Workbook(
        whole, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": f"Questions about {sheet.title}", "company": sheet.board})
    _write_rows(book, book.add_worksheet("Answers"), sheet)
    _write_how_to(book, book.add_worksheet("How to fill this in"), sheet)
    book.close()
    return whole.getvalue()


def _write_rows(book: Workbook, page: Worksheet, sheet: AnswerSheet) -> None:
    wrapped = {"text_wrap": True, "valign": "top"}
    given = book.add_format(wrapped)
    edge = {"border": 1, "border_color": "#7A8494"}
    fill = book.add_format({**wrapped, **edge, "num_format": "@", "bg_color": "#FFFEFA"})
    day = book.add_format({**wrapped, **edge, "num_format": "d mmmm yyyy", "bg_color": "#FFFEFA"})
    quiet = book.add_format({**wrapped, "font_color": "#566171", "font_size": 9})
    bold = book.add_format({**wrapped, "bold": True, "bottom": 1})
    for at, (title, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True)):
        page.set_column(at, at, width)
        page.write_string(0, at, title, bold)
    for row, asked in enumerate(sheet.rows, start=1):
        _write_row(page, row, asked, given=given, fill=fill, day=day, quiet=quiet)
    last = max(1, len(sheet.rows))
    decision, decided_on = COLUMNS.index(DECISION), COLUMNS.index(DECIDED_ON)
    page.data_validation(
        1, decision, last, decision, {"validate": "list", "source": list(DECISIONS)}
    )
    page.data_validation(
        *(1, decided_on, last, decided_on),
        {
            "validate": "date",
            "criteria": "between",
            "minimum": _EARLIEST,
            "maximum": _LATEST,
            "error_title": "This is not a date",
            "error_message": "Write it like 3/4/2026, or leave it empty.",
        },
    )
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, len(COLUMNS) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_row(  # noqa: PLR0913 - a row and how each sort of cell looks
    page: Worksheet,
    row: int,
    asked: SheetRow,
    *,
    given: Format,
    fill: Format,
    day: Format,
    quiet: Format,
) -> None:
    page.write_number(row, 0, asked.number, given)
    for at, words in enumerate((asked.asked, asked.passage, asked.asked_by), start=1):
        page.write_string(row, at, _whole_or_said(harmless(words)), given)
    for at, title in enumerate(TO_FILL, start=len(GIVEN)):
        page.write_blank(row, at, None, day if title == DECIDED_ON else fill)
    page.write_string(row, COLUMNS.index(CODE), asked.code, quiet)


def _whole_or_said(words: str) -> str:
    """Return words as a cell holds them; where they do not go in whole, their end says so."""
    if len(words) <= _LONGEST_CELL:
        return words
    return words[: _LONGEST_CELL - len(_CUT)] + _CUT


def _write_how_to(book: Workbook, page: Worksheet, sheet: AnswerSheet) -> None:
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "font_size": 14})
    page.set_column(0, 0, 90)
    page.write_string(0, 0, harmless(f"Questions about {sheet.title}"), bold)
    page.write_string(1, 0, harmless(sheet.board), wrapped)
    for at, words in enumerate(HOW_TO, start=3):
        page.write_string(at, 0, words, wrapped)
