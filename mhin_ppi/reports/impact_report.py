"""The impact report as an accessible PDF.

Its order: what it is, where to find things, what it covers, the figures, the charts, every question
with its fate, what went wrong or nowhere, time and money, and how all of it is to be read. Each
number keeps the records it stands on; the last pages list them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..domain.british import counted, day, money, time_given
from ..domain.charts import Bar, ChartData, GridData, tally
from ..domain.report_content import ImpactReport, InvolvementTotals
from .chart_grid import grid_chart, grid_pages
from .charts import bar_chart, page_sized
from .front_matter import add_key_figures, add_title_block
from .impact_questions import NOT_LOOKED, add_questions
from .layout import Layout
from .pages import TEXT_WIDTH
from .record_index import add_record_index
from .tables import Column, add_table

HOW_TO_READ = (
    "Everything a person asked, suggested, worried about or found unclear counts as a question.",
    "A question’s words are the person’s own. Names appear as each person chose.",
    "“Considered before” is what the team said when asked whether they had thought of it.",
    "The view of the person who asked and the view of the team are kept apart, also where they "
    "disagree.",
    "Counts describe this log. They do not measure what anybody is worth.",
)
NOT_LOOKED_AT_ALL = (
    "Nobody has looked yet for effects that nobody wanted, or for questions that made no "
    "difference. That none are listed here does not mean there were none."
)
NONE_WERE_FOUND = "Somebody looked for effects that nobody wanted. None were found."
NO_NIL_FOUND = "No question was recorded as having made no difference."


def set_impact_report(
    layout: Layout, content: ImpactReport, *, after_each: Callable[[int], None]
) -> None:
    """Set the whole report.

    Args:
        layout: A new one.
        content: What it says.
        after_each: Called with the number of questions set so far; may raise to stop.
    """
    charts = impact_charts(content)
    _add_opening(layout, content)
    _add_charts(layout, charts)
    _add_grids(layout, content.grids)
    _add_all_questions(layout, content, after_each)
    _add_unwelcome(layout, content)
    if content.involvement:
        _add_involvement(layout, content.involvement)
    _add_how_to_read(layout, content)
    _add_chart_tables(layout, charts, content.grids)
    add_record_index(layout, content, charts)


def impact_charts(content: ImpactReport) -> tuple[ChartData, ...]:
    """Return the charts of the impact report, without those that would be empty."""
    fates = tally((line.fate_words, line.record_ids) for line in content.questions)
    charts = (
        ChartData("What happened to the questions", _longest_first(fates)),
        ChartData("Had the team considered it before?", content.considered_before),
        *content.charts,
    )
    return tuple(replace(chart, bars=_capitals(chart.bars)) for chart in charts if chart.total)


def _capitals(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """Return bars whose labels begin with a capital, as lines of a list do."""
    return tuple(replace(bar, label=bar.label[:1].upper() + bar.label[1:]) for bar in bars)


def _longest_first(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    return tuple(sorted(bars, key=lambda bar: (-bar.count, bar.label)))


def _add_opening(layout: Layout, content: ImpactReport) -> None:
    add_title_block(
        layout,
        content.title,
        [
            ("above", content.board_name),
            ("below", content.period_words),
            ("below", f"Made on {day(content.made_on)}"),
        ],
    )
    layout.contents("Contents")
    layout.heading("What this report covers", 1)
    for words in content.covers or ("Everything the board recorded in this period.",):
        layout.paragraph(words)
    if content.projects:
        layout.paragraph("Projects:", with_next=True)
        layout.bullets(content.projects)
    if content.summary_numbers:
        layout.heading("Key figures", 1)
        figures = [(number.value, number.label) for number in content.summary_numbers]
        add_key_figures(layout, figures)


def _add_charts(layout: Layout, charts: tuple[ChartData, ...]) -> None:
    if not charts:
        return
    layout.heading("The questions at a glance", 1)
    for chart in charts:
        layout.heading(chart.title, 2)
        noun = chart.unit if chart.total == 1 else chart.units
        layout.paragraph(f"{chart.total:,} {noun} in all.", with_next=True)
        longest = max(bar.count for bar in chart.bars)
        for part in page_sized(chart, layout.faces, width=TEXT_WIDTH):
            drawing = bar_chart(part, layout.faces, width=TEXT_WIDTH, longest=longest)
            layout.figure(drawing, part.in_words())
        if chart.note:
            layout.small(chart.note)


def _add_grids(layout: Layout, grids: tuple[GridData, ...]) -> None:
    for grid in grids:
        layout.heading(grid.title, 2)
        layout.paragraph(
            f"{counted(grid.total, grid.unit, grid.units)} in all. A nought says that there is "
            "none.",
            with_next=True,
        )
        for part in grid_pages(grid, layout.faces, width=TEXT_WIDTH):
            layout.figure(grid_chart(part, layout.faces, width=TEXT_WIDTH), part.in_words())
        if grid.note:
            layout.small(grid.note)


def _add_all_questions(
    layout: Layout, content: ImpactReport, after_each: Callable[[int], None]
) -> None:
    layout.heading("You said, we did", 1)
    if not content.questions:
        layout.paragraph("No questions were raised in this period.")
        return
    layout.paragraph(
        "Every question of the period is here, whatever became of it, in the words of the "
        "person who asked.",
        with_next=True,
    )
    add_questions(layout, content.questions, after_each=after_each)


def _add_unwelcome(layout: Layout, content: ImpactReport) -> None:
    """Say what went wrong or nowhere; never left out, since silence would read as "nothing"."""
    found = content.unwelcome
    layout.heading("Effects nobody wanted, and no effect", 1)
    if not found.looked_for:
        layout.callout("Not looked at yet", [NOT_LOOKED_AT_ALL])
    elif not found.found:
        layout.paragraph(NONE_WERE_FOUND)
    if found.found:
        layout.paragraph("Effects that nobody wanted:", with_next=True)
        layout.bullets(found.found)
    if found.nil:
        layout.paragraph("Looked for, and no difference found:", with_next=True)
        layout.bullets(found.nil)
    elif found.looked_for:
        layout.paragraph(NO_NIL_FOUND)
    unseen = sum(1 for line in content.questions if not line.impacts and not line.impact_looked_for)
    if unseen:
        layout.paragraph(
            f"For {counted(unseen, 'question')}: {NOT_LOOKED[0].lower()}{NOT_LOOKED[1:]}"
        )


def _add_involvement(layout: Layout, involvement: InvolvementTotals) -> None:
    layout.heading("Time and payments", 1)
    if involvement.people_words:
        layout.paragraph(f"Who gave time: {involvement.people_words}.", with_next=True)
    if involvement.minutes:
        rows = [(line.activity, time_given(line.minutes)) for line in involvement.minutes]
        rows.append(("All time", time_given(involvement.total_minutes)))
        columns = (Column("Activity", 3, names_row=True), Column("Time given", right=True))
        add_table(layout, columns, rows, last_is_total=True)
    if involvement.payments:
        rows = [(line.kind, money(line.amount_pence)) for line in involvement.payments]
        rows.append(("All payments", money(involvement.total_pence)))
        columns = (Column("Payment", 3, names_row=True), Column("Amount", right=True))
        add_table(layout, columns, rows, last_is_total=True)
    if not involvement.minutes and not involvement.payments:
        layout.paragraph("No time or payment was recorded in this period.")


def _add_how_to_read(layout: Layout, content: ImpactReport) -> None:
    layout.heading("How to read this report", 1)
    layout.bullets(HOW_TO_READ)
    if content.limits:
        layout.callout("What the numbers do not show", content.limits)
    if content.sources:
        layout.heading("Sources", 2)
        layout.bullets(content.sources)


def _add_chart_tables(
    layout: Layout, charts: tuple[ChartData, ...], grids: tuple[GridData, ...]
) -> None:
    if not charts and not grids:
        return
    layout.heading("The charts as tables", 1)
    for chart in charts:
        layout.heading(chart.title, 2).in_contents = False
        rows = [(bar.label, f"{bar.count:,}") for bar in chart.bars]
        # Bars that overlap do not add up: a line with their sum would say what is not so.
        if chart.in_all is None:
            rows.append(("All", f"{chart.total:,}"))
        columns = (
            Column("What is counted", 3, names_row=True),
            Column(chart.units[:1].upper() + chart.units[1:], right=True),
        )
        add_table(layout, columns, rows, last_is_total=chart.in_all is None)
    for grid in grids:
        layout.heading(grid.title, 2).in_contents = False
        heads = [Column("What is counted", 2, names_row=True)]
        heads += [Column(name, right=True) for name in grid.columns]
        lines = zip(grid.rows, grid.cells, strict=True)
        add_table(layout, heads, [(name, *(f"{b.count:,}" for b in row)) for name, row in lines])
