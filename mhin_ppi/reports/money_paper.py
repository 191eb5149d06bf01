"""A paper about money as a tagged PDF: sentences, tables with totals, and lines to sign on."""

from __future__ import annotations

from ..domain.british import day
from ..domain.money_papers import MoneyPaper, MoneyTable
from .front_matter import add_title_block
from .layout import Layout
from .tables import Column, add_table

_SHARES = {
    **{"Date": 1.75, "Paid on": 2.3, "What for": 2.8, "Project": 1.8},
    **{"Name": 2.0, "Reference": 3.35, "Finance's number": 1.7, "Income": 2.0, "Expenses": 2.0},
}
_NAME_LINE, _DATE_LINE = "_" * 30, "_" * 18


def set_money_paper(layout: Layout, content: MoneyPaper) -> None:
    """Set the whole paper.

    Args:
        layout: A new one.
        content: What it says.
    """
    above = [("above", content.board_name), ("below", f"Made on {day(content.made_on)}")]
    add_title_block(layout, content.title, above)
    for words in content.lines:
        layout.paragraph(words)
    for table in content.tables:
        _add_table(layout, table)
    for words in content.notes:
        layout.small(words)
    for words in content.signed:
        layout.space(22)
        layout.paragraph(f"{words}: {_NAME_LINE} Date: {_DATE_LINE}")


def _add_table(layout: Layout, table: MoneyTable) -> None:
    if table.heading:
        layout.heading(table.heading, 1)
    columns = [
        Column(title, share=_SHARES.get(title, 1.3), right=at in table.figures)
        for at, title in enumerate(table.columns)
    ]
    add_table(layout, columns, table.rows, last_is_total=True)
