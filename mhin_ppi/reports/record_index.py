"""The way back: from every number to the questions and records it counts, and their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..domain.charts import ChartData, RecordIds
from ..domain.report_content import ImpactReport, QuestionLine
from .impact_questions import SHORT_ID
from .layout import Layout
from .tables import Column, add_table


def add_record_index(layout: Layout, content: ImpactReport, charts: Sequence[ChartData]) -> None:
    """Set both lists at the end of the report; each is left out where it would be empty.

    Args:
        layout: The report.
        content: What it says.
        charts: As they were drawn.
    """
    listed = [line for line in content.questions if _all_records(line)]
    numbers = [(label, ids) for label, ids in _numbers(content, charts) if ids]
    if not listed and not numbers:
        return
    layout.heading("Record index", 1)
    if numbers:
        layout.heading("What each number counts", 2).in_contents = False
        owners = {one: line.reference for line in listed for one in _all_records(line)}
        rows = [(label, ", ".join(_named(ids, owners))) for label, ids in numbers]
        columns = (Column("Number", 3, names_row=True), Column("Questions and records", 8))
        add_table(layout, columns, rows)
    if listed:
        layout.heading("The records of each question", 2).in_contents = False
        layout.paragraph(
            f"The entries above show the first {SHORT_ID} characters of each name. "
            "Here are the whole names.",
            with_next=True,
        )
        rows = [(line.reference, "  ".join(_all_records(line))) for line in listed]
        add_table(layout, (Column("Question", names_row=True), Column("Records", 7)), rows)


def _numbers(content: ImpactReport, charts: Sequence[ChartData]) -> Iterator[tuple[str, RecordIds]]:
    """Yield every number of the report as it is called there, with the records behind it."""
    for number in content.summary_numbers:
        yield f"{number.value} {number.label}", number.record_ids
    for chart in charts:
        for bar in chart.bars:
            # A title that asks is answered by its bar.
            colon = "" if chart.title.endswith("?") else ":"
            yield f"{chart.title}{colon} {bar.label}", bar.record_ids
    for grid in content.grids:
        for bar in grid.bars():
            yield f"{grid.title}: {bar.label}", bar.record_ids
    yield "Effects nobody wanted, and no effect", content.unwelcome.record_ids
    if content.involvement:
        for time in content.involvement.minutes:
            yield f"Time: {time.activity}", time.record_ids
        for payment in content.involvement.payments:
            yield f"Payment: {payment.kind}", payment.record_ids


def _named(ids: Iterable[str], owners: dict[str, str]) -> list[str]:
    """Return each question once by its short name, and any other record by its full one."""
    return list(dict.fromkeys(owners.get(one, one) for one in ids))


def _all_records(line: QuestionLine) -> tuple[str, ...]:
    """Return the records of a question and of its impacts, each once."""
    found = dict.fromkeys(line.record_ids)
    for impact in line.impacts:
        found.update(dict.fromkeys(impact.record_ids))
    return tuple(found)
