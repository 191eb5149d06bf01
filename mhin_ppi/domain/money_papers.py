"""Papers about money: a claim to sign, a person's statement, and payments by project.

None of them holds bank details. A statement informs; it is no advice about tax or benefits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .british import money, short_day, time_given
from .budgets import EXPENSES, HEADINGS, PAYMENTS, heading_of, shared_out
from .claim_lines import ClaimLine, LineKind
from .claim_reference import reference_of
from .claims import Claim, LedgerKind
from .people import PersonId
from .periods import Movement

FEWEST_PEOPLE = 5
"""Counts of people below this are not shown (``PRODUCT.md``, Small numbers)."""
TAX_YEAR_STARTS = (4, 6)
"""6 April, in the United Kingdom."""
NO_ADVICE = (
    "Payments and vouchers count as income; expenses that were paid back do not. You are the one "
    "who declares income. The board gives no advice about tax or benefits."
)


@dataclass(frozen=True, slots=True)
class MoneyTable:
    """A table of a paper.

    Args:
        heading: What it is about; "" for none.
        columns: Headings of the columns.
        figures: Which columns hold figures, from 0.
        rows: Cells in words; the last row is the total.
    """

    heading: str
    columns: tuple[str, ...]
    figures: frozenset[int]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class MoneyPaper:
    """A paper about money, ready to be drawn.

    Args:
        title: What it is.
        board_name: Whose.
        made_on: When.
        lines: Sentences at the top.
        tables: Its tables.
        notes: Sentences at the end.
        signed: Names of the lines to sign and date; none where nobody signs.
    """

    title: str
    board_name: str
    made_on: date
    lines: tuple[str, ...]
    tables: tuple[MoneyTable, ...]
    notes: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """Money of one claim that moved on one day, parted into income and expenses.

    Args:
        on: The day it counts.
        claim: Which claim.
        number: What finance calls the payment, or "".
        income_pence: Payments and vouchers; less than 0 for what came back.
        expenses_pence: Expenses paid back; less than 0 for what came back.
        shares: Project (id as text) and heading, and the pence that moved for them.
    """

    on: date
    claim: Claim
    number: str
    income_pence: int
    expenses_pence: int
    shares: tuple[tuple[str, str, int], ...]


def tax_year(start: int) -> tuple[date, date]:
    """Return the first and last day of the tax year that starts in a year.

    >>> tax_year(2026)
    (datetime.date(2026, 4, 6), datetime.date(2027, 4, 5))
    """
    month, first = TAX_YEAR_STARTS
    return date(start, month, first), date(start + 1, month, first - 1)


def moved_between(
    claims: Iterable[Claim], movements: Iterable[tuple[Movement, date]], first: date, last: date
) -> list[Moved]:
    """Return what was paid and what came back between two days, both counted, by day.

    Args:
        claims: The claims that the movements are of.
        movements: Every movement, and the day on which it counts.
        first: The first day.
        last: The last day.
    """
    entries = {entry.id: (claim, entry) for claim in claims for entry in claim.entries}
    found = []
    for movement, on in movements:
        if not movement.paid_pence or not first <= on <= last:
            continue
        claim, entry = entries[movement.entry]
        sign = -1 if movement.paid_pence < 0 else 1
        parts = shared_out(abs(movement.paid_pence), [line.pence for line in claim.lines])
        pairs = list(zip(claim.lines, parts, strict=True))
        spent = sum(pence for line, pence in pairs if line.kind is LineKind.EXPENSE)
        number = str(entry.data.get("reference", "")) if entry.kind is LedgerKind.PAID else ""
        found.append(
            Moved(
                on=on,
                claim=claim,
                number=number,
                income_pence=movement.paid_pence - sign * spent,
                expenses_pence=sign * spent,
                shares=tuple(
                    (line.project, heading_of(line), sign * pence) for line, pence in pairs
                ),
            )
        )
    return sorted(found, key=lambda one: (one.on, reference_of(one.claim.id)))


def claim_paper(
    claim: Claim,
    *,
    name: str,
    board_name: str,
    projects: Mapping[str, str],
    made_on: date,
) -> MoneyPaper:
    """Return a claim as a form to sign.

    Args:
        claim: Which.
        name: Whose.
        board_name: The board.
        projects: Titles, by id as text.
        made_on: The day it is made.
    """
    rows = [_claim_row(line, projects) for line in claim.lines]
    rows.append(("", "Total", "", "", "", money(claim.asked_pence)))
    return MoneyPaper(
        title="Claim for involvement",
        board_name=board_name,
        made_on=made_on,
        lines=(f"Name: {name}", f"Reference: {reference_of(claim.id)}"),
        tables=(
            MoneyTable(
                "",
                ("Date", "What for", "Project", "Time", "Receipts", "Amount"),
                frozenset({3, 4, 5}),
                tuple(rows),
            ),
        ),
        notes=("No bank details are asked for here: finance has them, or will ask you.",),
        signed=("Signed by the person who claims", "Approved by"),
    )


def _claim_row(line: ClaimLine, projects: Mapping[str, str]) -> tuple[str, ...]:
    less = f" (of {money(line.full_pence)} offered)" if line.full_pence else ""
    ahead = f" (paid ahead: {money(line.prepaid_pence)})" if line.prepaid_pence else ""
    return (
        short_day(line.on),
        f"{line.what}{less}{ahead}",
        projects.get(line.project, ""),
        time_given(line.minutes) if line.minutes else "",
        str(len(line.receipts)) if line.receipts else "",
        money(line.pence),
    )


def statement_paper(
    moved: Iterable[Moved], *, name: str, period: str, board_name: str, made_on: date
) -> MoneyPaper:
    """Return what a person was paid in a period.

    Args:
        moved: What was paid and came back, by day.
        name: Whose.
        period: What the period is called.
        board_name: The board.
        made_on: The day it is made.
    """
    paid = list(moved)
    rows = [
        (
            short_day(one.on),
            ", ".join(line.what for line in one.claim.lines),
            reference_of(one.claim.id),
            one.number,
            money(one.income_pence),
            money(one.expenses_pence),
        )
        for one in paid
    ]
    income = sum(one.income_pence for one in paid)
    spent = sum(one.expenses_pence for one in paid)
    rows.append(("", "Total", "", "", money(income), money(spent)))
    return MoneyPaper(
        title="Statement of payments",
        board_name=board_name,
        made_on=made_on,
        lines=(
            f"Name: {name}",
            f"Period: {period}",
            f"Paid in all: {money(income + spent)}, of which expenses paid back: {money(spent)}.",
        ),
        tables=(
            MoneyTable(
                "",
                ("Paid on", "What for", "Reference", "Finance's number", "Income", "Expenses"),
                frozenset({4, 5}),
                tuple(rows),
            ),
        ),
        notes=(NO_ADVICE,),
    )


def payments_paper(
    moved: Iterable[Moved],
    *,
    period: str,
    board_name: str,
    projects: Mapping[str, str],
    names: Mapping[PersonId, str] | None,
    made_on: date,
) -> MoneyPaper:
    """Return payments by project and heading, and by person where the coordinator wants names.

    Args:
        moved: What was paid and came back.
        period: What the period is called.
        board_name: The board.
        projects: Titles, by id as text.
        names: What people are called; ``None`` leaves names out.
        made_on: The day it is made.
    """
    paid = list(moved)
    sums: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    people: dict[PersonId, int] = defaultdict(int)
    for one in paid:
        people[one.claim.person] += one.income_pence + one.expenses_pence
        for project, heading, pence in one.shares:
            where = projects.get(project, "The whole board") if project else "The whole board"
            sums[where][heading] += pence
    whole = sum(people.values())
    tables = [_by_project(sums, whole)]
    # A payment of an earlier period that came back in this one makes nobody paid.
    count = sum(pence > 0 for pence in people.values())
    who = f"{count} people were paid." if count >= FEWEST_PEOPLE else "Fewer than five were paid."
    if names is not None:
        by_name = [(names.get(person, ""), money(pence)) for person, pence in people.items()]
        by_name = [*sorted(by_name), ("Total", money(whole))]
        tables.append(MoneyTable("By person", ("Name", "Paid"), frozenset({1}), tuple(by_name)))
    return MoneyPaper(
        title="Payments for involvement",
        board_name=board_name,
        made_on=made_on,
        lines=(f"Period: {period}", who if count else "Nobody was paid."),
        tables=tuple(tables),
        notes=("Money counts on the day finance paid it; what came back is taken off.",),
    )


def _by_project(sums: Mapping[str, Mapping[str, int]], whole: int) -> MoneyTable:
    """Return the table of projects, with a column for every heading that money moved under."""
    moved = {heading for one in sums.values() for heading, pence in one.items() if pence}
    shown = [one for one in HEADINGS if one in moved or one in (PAYMENTS, EXPENSES)]
    rows = [
        (title, *(money(one.get(heading, 0)) for heading in shown), money(sum(one.values())))
        for title, one in sorted(sums.items())
    ]
    totals = (sum(one.get(heading, 0) for one in sums.values()) for heading in shown)
    rows.append(("Total", *map(money, totals), money(whole)))
    columns = ("Project", *shown, "In all")
    return MoneyTable("By project", columns, frozenset(range(1, len(columns))), tuple(rows))
