"""The rows a finance office gets: one for each line of a claim, in columns the coordinator chooses.

No standard exists (``INTEROP.md``, Payments): every office wants its own columns, in its own words
and order. There is no column for bank details: finance has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ..errors import InputError
from .accounts import FinanceLayout
from .british import day
from .budgets import heading_of, shared_out, year_of, year_words
from .claim_lines import ClaimLine, LineKind
from .claim_reference import reference_of
from .claims import APPROVED_STATES, Claim, LedgerKind
from .expenses import category_of
from .money_papers import tax_year
from .pay_wish import PayBy, PayWhen
from .people import PersonId

Value = str | int | date

FIELDS: Mapping[str, str] = {
    "reference": "Reference",
    "line": "Line",
    "person": "Name",
    "project": "Project",
    "what": "What for",
    "day": "Date",
    "heading": "Heading",
    "category": "Category",
    "counts_as": "Counts as",
    "minutes": "Minutes",
    "amount": "Amount (£)",
    "pay_by": "Pay by",
    "not_before": "Not before",
    "approved_by": "Approved by",
    "approved_on": "Approved on",
    "batch": "Batch",
    "year": "Financial year",
    "tax_year": "Tax year",
    "receipts": "Receipts",
}
"""What a column can hold, and what it is called unless the coordinator gives another name."""

EXPLAINED: Mapping[str, str] = {
    "reference": "Names the claim; all its lines have the same one, and it never changes.",
    "line": "Which line of the claim it is, from 1.",
    "person": "Who is to be paid.",
    "project": "The project that it was for; empty for the whole board.",
    "what": "What was done, or what money was spent on.",
    "day": "The day of the activity, or on which the money was spent.",
    "heading": "Heading of the cost guide under which the budget has it.",
    "category": "The sort of expense, or that it is a payment.",
    "counts_as": "Income for payments and vouchers; expenses that are paid back are none.",
    "minutes": "Minutes given; 0 for an expense, or for an agreed amount.",
    "amount": "What is to be paid for this line, in pounds.",
    "pay_by": "How the person asked to be paid.",
    "not_before": "The day before which the person asked not to be paid; empty for none.",
    "approved_by": "Who approved the claim last.",
    "approved_on": "The day on which it was approved last.",
    "batch": "The number of the batch with which it went to finance.",
    "year": "The financial year of the day of the activity.",
    "tax_year": "The tax year, from 6 April, of the day of the activity.",
    "receipts": "How many receipts are kept with the line.",
}
"""What each column holds, in a line, for whoever opens the file."""

MONEY_FIELDS = frozenset({"amount"})
NEEDED = frozenset({"reference", "amount"})
"""Without these finance could not pay, nor tell us what it paid."""
USUAL = (
    *("reference", "line", "person", "project", "what", "day", "counts_as", "amount"),
    *("pay_by", "not_before", "approved_on", "batch"),
)
MOST_HEADING = 60
_PAYMENT = "Payment for involvement"
WHOLE = "The whole board"
PAY_BY_WORDS: Mapping[PayBy, str] = {
    PayBy.BANK: "Bank transfer",
    PayBy.VOUCHER: "Voucher",
    PayBy.PREPAID_CARD: "Prepaid card",
}


@dataclass(frozen=True, slots=True)
class FinanceSheet:
    """What goes to finance, ready to be written.

    Args:
        title: What it is.
        headings: Of the columns, in order.
        fields: What each column holds (keys of :data:`FIELDS`); amounts are pence.
        rows: One for each line of a claim, a value for each column.
        by_person: Name and pence, by name.
        by_project: Project and pence, by title.
        total_pence: The sum of all rows.
        notes: Sentences for whoever opens it.
        explained: The heading of each column, and what it holds.
        claims: Reference, name and pence of each claim, in the order of the rows.
    """

    title: str
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    by_person: tuple[tuple[str, int], ...]
    by_project: tuple[tuple[str, int], ...]
    total_pence: int
    notes: tuple[str, ...]
    explained: tuple[tuple[str, str], ...] = ()
    claims: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are written with beside the claims.

    Args:
        names: What people are called.
        titles: Titles of projects, by id as text.
        batches: Numbers of batches, by id as text.
        starts_in: The month in which a financial year starts.
    """

    names: Mapping[PersonId, str]
    titles: Mapping[str, str]
    batches: Mapping[str, int]
    starts_in: int = 4


def check_layout(layout: FinanceLayout) -> None:
    """Refuse columns that finance could not work with.

    Raises:
        InputError: No name, a column twice or without a heading, or no reference or amount.
    """
    if not layout.name.strip():
        raise InputError("The columns have no name.", next_step="Give them a name to find them by.")
    if len(layout.headings) != len(layout.fields) or set(layout.fields) - set(FIELDS):
        raise InputError("A column is not one there is.", next_step="Choose the columns again.")
    if len(set(layout.fields)) != len(layout.fields):
        raise InputError("A column is there twice.", next_step="Take one of the two out.")
    if any(not one.strip() or len(one) > MOST_HEADING for one in layout.headings):
        raise InputError(
            "A column has no heading, or a very long one.",
            next_step=f"Give it a heading of up to {MOST_HEADING} characters.",
        )
    missing = NEEDED - set(layout.fields)
    if missing:
        words = " and ".join(f"“{FIELDS[one]}”" for one in sorted(missing))
        raise InputError(
            f"The columns need {words}.",
            next_step="Add what is missing: finance pays by it, and we match by it.",
        )


def finance_sheet(
    claims: Iterable[Claim], known: Known, *, layout: FinanceLayout | None, made_at: datetime
) -> FinanceSheet:
    """Return what goes to finance for some claims.

    Money that was approved for less than asked is shared over the lines, so that the rows add up to
    what is to be paid. What a claim does not pay out (prepaid tickets) is left out, and so are
    claims that nobody approved or that were cancelled: finance is asked for what was promised.

    Args:
        claims: Which claims.
        known: Names and titles.
        layout: The columns; the usual ones for ``None``.
        made_at: When.
    """
    fields = layout.fields if layout else USUAL
    headings = layout.headings if layout else tuple(FIELDS[one] for one in USUAL)
    rows: list[tuple[Value, ...]] = []
    # By who and which, not by name: two people, or two projects, may be called the same.
    people: dict[PersonId, int] = defaultdict(int)
    projects: dict[str, int] = defaultdict(int)
    told: list[tuple[str, str, int]] = []
    going = [one for one in claims if one.state in APPROVED_STATES]
    going.sort(key=lambda one: (known.names.get(one.person, ""), str(one.id)))
    for claim in going:
        whole = 0
        for line, pence, values in _rows(claim, known):
            whole += pence
            rows.append(tuple(values[field] for field in fields))
            people[claim.person] += pence
            projects[line.project if line.project in known.titles else ""] += pence
        told.append((reference_of(claim.id), known.names.get(claim.person, ""), whole))
    return FinanceSheet(
        title="Payments for involvement",
        headings=headings,
        fields=fields,
        rows=tuple(rows),
        by_person=tuple(sorted((known.names.get(one, ""), sums) for one, sums in people.items())),
        by_project=tuple(
            sorted((known.titles.get(one, WHOLE), sums) for one, sums in projects.items())
        ),
        total_pence=sum(people.values()),
        notes=_notes(len(going), made_at),
        explained=tuple(
            (heading, EXPLAINED[field]) for field, heading in zip(fields, headings, strict=True)
        ),
        claims=tuple(told),
    )


def _rows(claim: Claim, known: Known) -> Iterator[tuple[ClaimLine, int, dict[str, Value]]]:
    shares = shared_out(claim.approved_pence, [line.pence for line in claim.lines])
    for number, (line, pence) in enumerate(zip(claim.lines, shares, strict=True), start=1):
        if not line.pence:
            continue
        year = year_of(line.on, starts_in=known.starts_in)
        yield (
            line,
            pence,
            {
                "reference": reference_of(claim.id),
                "line": number,
                "person": known.names.get(claim.person, ""),
                "project": known.titles.get(line.project, ""),
                "what": line.what,
                "day": line.on,
                "heading": heading_of(line),
                "category": _category(line),
                "counts_as": "Expense" if line.kind is LineKind.EXPENSE else "Income",
                "minutes": line.minutes,
                "amount": pence,
                "pay_by": PAY_BY_WORDS[claim.wish.by],
                "not_before": _not_before(claim),
                "approved_by": _approver(claim, known),
                "approved_on": _day_of(claim, LedgerKind.APPROVED),
                "batch": _batch(claim, known),
                "year": year_words(year, starts_in=known.starts_in),
                "tax_year": _tax_year(line.on),
                "receipts": len(line.receipts),
            },
        )


def _not_before(claim: Claim) -> Value:
    if claim.wish.when is PayWhen.DATE and claim.wish.on is not None:
        return claim.wish.on
    return "End of the month" if claim.wish.when is PayWhen.MONTHLY else ""


def _day_of(claim: Claim, kind: LedgerKind) -> Value:
    for entry in reversed(claim.entries):
        if entry.kind is kind:
            return entry.at.astimezone().date()
    return ""


def _approver(claim: Claim, known: Known) -> Value:
    for entry in reversed(claim.entries):
        if entry.kind is LedgerKind.APPROVED:
            return known.names.get(entry.by, "")
    return ""


def _category(line: ClaimLine) -> str:
    return category_of(line.category).words if line.kind is LineKind.EXPENSE else _PAYMENT


def _tax_year(on: date) -> str:
    start = on.year if on >= tax_year(on.year)[0] else on.year - 1
    return year_words(start, starts_in=tax_year(start)[0].month)


def _batch(claim: Claim, known: Known) -> Value:
    for entry in reversed(claim.entries):
        if entry.kind is LedgerKind.BATCHED:
            return known.batches.get(str(entry.data.get("batch", "")), "")
    return ""


def _notes(count: int, made_at: datetime) -> tuple[str, ...]:
    made = day(made_at.astimezone().date())
    return (
        f"{count} claims for involvement, made on {made}.",
        "Each row is one line of a claim. Rows with the same reference belong to one claim and are "
        "paid together.",
        "The reference names a claim and never changes. Please give it back with what was paid, "
        "in a column of your own list: we match by it. A reference that you have paid before must "
        "not be paid again.",
        "“Counts as”: payments and vouchers are income; expenses that are paid back are not.",
        "“Not before”: the person asked to be paid on that day or later. No reason is asked.",
        "There are no bank details here, and none are kept in the program that made this.",
    )
