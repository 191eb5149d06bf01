"""Finance's list of what it paid: matched by reference, and nothing guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ..errors import InputError
from .british import MONTHS, money, pence_from
from .claim_reference import parse_reference, reference_of
from .claims import Claim, ClaimState

REFERENCE, AMOUNT, DAY, NUMBER = "reference", "amount", "day", "number"
COLUMN_WORDS: Mapping[str, str] = {
    REFERENCE: "Our reference",
    AMOUNT: "What was paid",
    DAY: "The day it was paid",
    NUMBER: "Finance's own number",
}
_GUESSES: Mapping[str, tuple[str, ...]] = {
    REFERENCE: ("reference", "our reference", "claim reference", "claim", "ref", "your ref"),
    AMOUNT: ("amount paid", "paid", "amount", "amount (£)", "net", "total", "value"),
    DAY: ("date paid", "paid on", "payment date", "date", "value date"),
    NUMBER: ("payment reference", "payment number", "bacs reference", "remittance", "document"),
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([A-Za-z]{3,9})[ \-,]+(\d{4}|\d{2})")
_MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table from a file, as text.

    Args:
        headings: Of its columns.
        rows: Row number in the file, and a text for each column.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class Finding(StrEnum):
    """What a row of the list, or a claim with finance, turned out to be."""

    EQUAL = "equal"
    AMOUNT_DIFFERS = "amount_differs"
    UNKNOWN = "unknown"
    NOT_WITH_FINANCE = "not_with_finance"
    ALREADY_PAID = "already_paid"
    TWICE = "twice"
    UNREADABLE = "unreadable"
    MISSING = "missing"


FINDING_WORDS: Mapping[Finding, str] = {
    Finding.EQUAL: "Will be noted as paid",
    Finding.AMOUNT_DIFFERS: "The amount is another",
    Finding.UNKNOWN: "No claim of this board",
    Finding.NOT_WITH_FINANCE: "Not with finance",
    Finding.ALREADY_PAID: "Noted as paid before",
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


def guess_columns(headings: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, as far as the headings say so plainly."""
    plain = [one.strip().casefold() for one in headings]
    found: dict[str, int] = {}
    for name, guesses in _GUESSES.items():
        at = next((plain.index(one) for one in guesses if one in plain), None)
        if at is not None and at not in found.values():
            found[name] = at
    return found


def check_columns(columns: Mapping[str, int], headings: Sequence[str]) -> None:
    """Refuse a choice of columns by which nothing can be matched.

    Raises:
        InputError: No column for the reference or the amount, one that is not there, or one twice.
    """
    for name in (REFERENCE, AMOUNT):
        if name not in columns:
            raise InputError(
                f"It is not said which column holds “{COLUMN_WORDS[name].lower()}”.",
                what_is_safe="Nothing was noted.",
                next_step="Choose the column, then check the list again.",
            )
    if any(not 0 <= at < len(headings) for at in columns.values()):
        raise InputError("A column is not in this list.", next_step="Choose the columns again.")
    if len(set(columns.values())) != len(columns):
        raise InputError(
            "One column is chosen for two things.", next_step="Choose another for one of them."
        )


def check_list(
    table: Table, columns: Mapping[str, int], claims: Iterable[Claim], *, today: date
) -> list[Checked]:
    """Return what each row is, in the order of the list, then the claims that are not in it.

    Args:
        table: The list.
        columns: Which column holds what.
        claims: Every claim.
        today: The day it is: nothing is paid on a later one.

    Raises:
        InputError: The columns will not do.
    """
    check_columns(columns, table.headings)
    known = {reference_of(one.id): one for one in claims}
    read = [_read(where, cells, columns, today=today) for where, cells in table.rows]
    times = Counter(one.reference for one in read if one.reference)
    found = [_judge(one, known, times) for one in read if one is not _BLANK]
    named = {one.reference for one in found}
    for reference, claim in known.items():
        if claim.state is ClaimState.BATCHED and reference not in named:
            found.append(Checked(Finding.MISSING, 0, reference, claim))
    return found


_BLANK = Checked(Finding.UNREADABLE, -1)


def _read(where: int, cells: Sequence[str], columns: Mapping[str, int], *, today: date) -> Checked:
    def cell(name: str) -> str:
        at = columns.get(name)
        return cells[at].strip() if at is not None and at < len(cells) else ""

    if not any(one.strip() for one in cells):
        return _BLANK
    number = cell(NUMBER)
    try:
        reference = parse_reference(cell(REFERENCE))
    except InputError as problem:
        words = str(problem.what_happened)
        return Checked(Finding.UNREADABLE, where, number=number, words=words)
    try:
        pence = pence_from(cell(AMOUNT).replace(" ", ""))
        on = day_from(cell(DAY)) if cell(DAY) else None
        if on is not None and on > today:
            raise InputError("The day it was paid has not come yet.")
    except InputError as problem:
        words = str(problem.what_happened)
        return Checked(Finding.UNREADABLE, where, reference, number=number, words=words)
    return Checked(Finding.EQUAL, where, reference, pence=pence, on=on, number=number)


def _judge(row: Checked, known: Mapping[str, Claim], times: Mapping[str, int]) -> Checked:
    claim = known.get(row.reference)
    finding, words = row.finding, row.words
    if finding is Finding.UNREADABLE:
        pass
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
    return Checked(finding, row.where, row.reference, claim, row.pence, row.on, row.number, words)


def day_from(written: str) -> date:
    """Return a day as finance programs write it.

    Args:
        written: "2026-03-06", "6 March 2026", "06/03/2026" (day first, as in Britain).

    Raises:
        InputError: It is no day, or its order cannot be told (03/14/2026 is not ours).

    >>> day_from("06/03/2026"), day_from("6 Mar 26"), day_from("2026-03-06T00:00:00")
    (datetime.date(2026, 3, 6), datetime.date(2026, 3, 6), datetime.date(2026, 3, 6))
    """
    plain = written.strip()
    try:
        if found := _ISO.fullmatch(plain):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(plain):
            if int(found[2]) > _MONTHS_IN_YEAR:
                raise InputError(
                    f"“{plain}” seems to begin with the month.",
                    next_step="Ask finance for days like 6 March 2026.",
                )
            return date(_year(found[3]), int(found[2]), int(found[1]))
        if found := _WORDS.fullmatch(plain):
            month = next(
                at
                for at, name in enumerate(MONTHS, start=1)
                if name.casefold().startswith(found[2].casefold())
            )
            return date(_year(found[3]), month, int(found[1]))
    except (ValueError, StopIteration):
        pass
    raise InputError(
        f"“{plain[:40]}” is not a day we can read.", next_step="Write it like 6 March 2026."
    )


def _year(plain: str) -> int:
    return int(plain) + (2000 if len(plain) == len("26") else 0)
