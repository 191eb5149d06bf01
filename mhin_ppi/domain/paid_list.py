"""Finance's list of what it paid: matched by reference, and nothing guessed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ..errors import InputError
from .british import money, pence_from
from .budgets import shared_out
from .claim_reference import parse_reference, reference_of
from .claims import Claim, ClaimState
from .paid_days import DayOrder, day_from
from .paid_table import AMOUNT, DAY, LINE, NUMBER, REFERENCE, Table, check_columns
from .people import PersonId


class Finding(StrEnum):
    """What a row of the list, or a claim with finance, turned out to be."""

    EQUAL = "equal"
    AMOUNT_DIFFERS = "amount_differs"
    UNKNOWN = "unknown"
    NOT_WITH_FINANCE = "not_with_finance"
    ALREADY_PAID = "already_paid"
    PAID_ELSEWHERE = "paid_elsewhere"
    TWICE = "twice"
    UNREADABLE = "unreadable"
    MISSING = "missing"


FINDING_WORDS: Mapping[Finding, str] = {
    Finding.EQUAL: "Will be noted as paid",
    Finding.AMOUNT_DIFFERS: "The amount is another",
    Finding.UNKNOWN: "No claim of this board",
    Finding.NOT_WITH_FINANCE: "Not with finance",
    Finding.ALREADY_PAID: "Noted as paid before",
    Finding.PAID_ELSEWHERE: "Paid in another claim, too",
    Finding.TWICE: "More than once in the list",
    Finding.UNREADABLE: "Could not be read",
    Finding.MISSING: "With finance, and not in the list",
}


@dataclass(frozen=True, slots=True)
class Checked:
    """One row of the list, or one claim that is not in it.

    Args:
        finding: What it turned out to be.
        where: Row number in the file; 0 for a claim that is not in the list.
        reference: The reference, as far as there is one.
        claim: The claim, where there is one.
        pence: What the list says was paid; 0 where it cannot be read.
        on: The day the list says; ``None`` where it says none.
        number: What finance calls the payment.
        words: What is amiss, in a sentence; "" where nothing is.
    """

    finding: Finding
    where: int
    reference: str = ""
    claim: Claim | None = None
    pence: int = 0
    on: date | None = None
    number: str = ""
    words: str = ""


_SUMS = frozenset({"total", "totals", "sum", "grand total", "total paid"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the list, read.

    Args:
        where: Row number in the file.
        reference: The reference, as far as there is one.
        pence: What it says was paid.
        on: The day it says.
        number: What finance calls the payment.
        line: Which line of the claim it says it is, or "".
        readable: Whether everything in it could be read.
        words: What could not be.
        lines: How many lines of a claim it stands for.
    """

    where: int
    reference: str
    pence: int = 0
    on: date | None = None
    number: str = ""
    line: str = ""
    readable: bool = False
    words: str = ""
    lines: int = 1


def check_list(
    table: Table,
    columns: Mapping[str, int],
    claims: Iterable[Claim],
    *,
    today: date,
    order: DayOrder = DayOrder.DAY_FIRST,
    same: Mapping[str, str] | None = None,
) -> list[Checked]:
    """Return what each row is, in the order of the list, then the claims that are not in it.

    The rows of one claim's lines, as they are in the file that went to finance, are one payment.

    Args:
        table: The list.
        columns: Which column holds what.
        claims: Every claim.
        today: The day it is: nothing is paid on a later one.
        order: Which comes first in days like 06/03/2026.
        same: For a record of time that was put right, the one that counts in its place.

    Raises:
        InputError: The columns will not do.
    """
    check_columns(columns, table.headings)
    known = {reference_of(one.id): one for one in claims}
    rows = [(where, cells) for where, cells in table.rows if not _adds_nothing(cells, columns)]
    read = _together(
        [_read(where, cells, columns, today=today, order=order) for where, cells in rows], known
    )
    times = Counter(one.reference for one in read if one.reference)
    found = _paid_elsewhere([_judge(one, known, times) for one in read], known, same or {})
    named = {one.reference for one in found}
    for reference, claim in known.items():
        if claim.state is ClaimState.BATCHED and reference not in named:
            found.append(Checked(Finding.MISSING, 0, reference, claim))
    return found


def _paid_elsewhere(
    found: Sequence[Checked], known: Mapping[str, Claim], same: Mapping[str, str]
) -> list[Checked]:
    """Return rows, those told apart that pay for what another claim, or a row before, paid for."""
    paid: dict[tuple[PersonId, str], str] = {}

    def keys(claim: Claim) -> list[tuple[PersonId, str]]:
        of = [line.pays_for for line in claim.lines if line.pays_for]
        return [(claim.person, same.get(one, one)) for one in of]

    for reference, claim in known.items():
        if claim.state is ClaimState.PAID:
            paid.update(dict.fromkeys(keys(claim), reference))
    told = []
    for one in found:
        if one.finding is Finding.EQUAL and one.claim is not None:
            mine = keys(one.claim)
            other = next((paid[key] for key in mine if key in paid), "")
            if other:
                words = f"{one.words} Something in it is paid in {other}, too. Ask finance; then "
                words += "note this one by itself under “With finance”, or cancel it."
                told.append(replace(one, finding=Finding.PAID_ELSEWHERE, words=words.strip()))
                continue
            paid.update(dict.fromkeys(mine, one.reference))
        told.append(one)
    return told


def _adds_nothing(cells: Sequence[str], columns: Mapping[str, int]) -> bool:
    """Return whether a row is blank, or a sum below the others and no payment."""
    filled = [one.strip().casefold() for one in cells if one.strip()]
    return not filled or (not _cell(cells, columns, REFERENCE) and filled[0] in _SUMS)


def _cell(cells: Sequence[str], columns: Mapping[str, int], name: str) -> str:
    at = columns.get(name)
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _read(
    where: int, cells: Sequence[str], columns: Mapping[str, int], *, today: date, order: DayOrder
) -> _Row:
    number, line = _cell(cells, columns, NUMBER), _cell(cells, columns, LINE)
    reference = ""
    try:
        reference = parse_reference(_cell(cells, columns, REFERENCE))
        pence = pence_from(_cell(cells, columns, AMOUNT).replace(" ", ""))
        day = _cell(cells, columns, DAY)
        on = day_from(day, order) if day else None
        if on is not None and on > today:
            raise InputError("The day it was paid has not come yet.")
    except InputError as problem:
        return _Row(where, reference, number=number, line=line, words=str(problem.what_happened))
    return _Row(where, reference, pence=pence, on=on, number=number, line=line, readable=True)


def _together(read: Sequence[_Row], known: Mapping[str, Claim]) -> list[_Row]:
    """Return rows, those that are the lines of one claim put together where the first stands."""
    same: dict[str, list[_Row]] = defaultdict(list)
    for one in read:
        if one.reference:
            same[one.reference].append(one)
    whole = {
        reference: rows
        for reference, rows in same.items()
        if len(rows) > 1 and reference in known and _are_lines(rows, known[reference])
    }
    found = []
    for one in read:
        rows = whole.get(one.reference)
        if rows is None:
            found.append(one)
        elif one is rows[0]:
            found.append(replace(one, pence=sum(row.pence for row in rows), lines=len(rows)))
    return found


def _are_lines(rows: Sequence[_Row], claim: Claim) -> bool:
    """Return whether rows are a claim's lines, each once, paid on one day in one payment."""
    if not all(row.readable for row in rows) or len({(row.on, row.number) for row in rows}) > 1:
        return False
    if len({row.line for row in rows if row.line}) == len(rows):
        return True
    shares = shared_out(claim.approved_pence, [line.pence for line in claim.lines])
    went = [pence for line, pence in zip(claim.lines, shares, strict=True) if line.pence]
    return sorted(row.pence for row in rows) == sorted(went)


def _judge(row: _Row, known: Mapping[str, Claim], times: Mapping[str, int]) -> Checked:
    claim, finding, words = known.get(row.reference), Finding.EQUAL, row.words
    if not row.readable:
        finding, claim = Finding.UNREADABLE, claim if row.reference else None
    elif claim is None:
        finding = Finding.UNKNOWN
    elif times[row.reference] > 1:
        finding = Finding.TWICE
        words = "Which of them counts, only finance can say."
    elif claim.state is ClaimState.PAID:
        finding = Finding.ALREADY_PAID
        if row.pence != claim.paid_pence:
            words = f"It was noted with {money(claim.paid_pence)}, the list says another amount."
    elif claim.state is not ClaimState.BATCHED:
        finding = Finding.NOT_WITH_FINANCE
    elif row.pence != claim.owed_pence:
        finding = Finding.AMOUNT_DIFFERS
        words = f"{money(claim.owed_pence)} went to finance, {money(row.pence)} came back."
    if row.lines > 1:
        words = f"{row.lines} lines of one claim together. {words}".strip()
    return Checked(finding, row.where, row.reference, claim, row.pence, row.on, row.number, words)
