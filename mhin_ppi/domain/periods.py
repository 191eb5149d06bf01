"""Closing the books of a period: what it holds stays, and what is put right later counts later.

Every ledger entry that moves money has a day on which it counts. A closed period holds exactly the
entries that were known when it was closed; one that turns up afterwards, with a day inside it,
counts on the day after the period, or after the next where that one is closed too. So the sum over
all periods is always the sum of the ledger, and a closed period never changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ..errors import InputError
from .accounts import PeriodClose, PeriodCloseId
from .british import day
from .claims import Claim, LedgerEntry, LedgerKind, claim_from
from .people import PersonId


@dataclass(frozen=True, slots=True)
class Movement:
    """What one ledger entry did to the money of a claim.

    Args:
        entry: Its id.
        kind: What happened.
        person: Whose claim.
        on: The day it bears.
        approved_pence: What it added to what is approved; less than 0 where it took back.
        paid_pence: What it added to what is paid; less than 0 for what came back.
    """

    entry: str
    kind: LedgerKind
    person: PersonId
    on: date
    approved_pence: int
    paid_pence: int


@dataclass(frozen=True, slots=True)
class PeriodSum:
    """What happened between two days.

    Args:
        approved_pence: What was approved, less what was taken back.
        paid_pence: What was paid, less what came back.
        entries: The entries that count in it, by id, in order.
    """

    approved_pence: int
    paid_pence: int
    entries: tuple[str, ...]


def movements(claims: Iterable[Claim], *, officers: Collection[PersonId]) -> list[Movement]:
    """Return what every entry that counted did to its claim.

    Args:
        claims: As their ledgers make them.
        officers: Who may approve and pay.
    """
    return [one for claim in claims for one in _movements(claim, officers)]


def _movements(claim: Claim, officers: Collection[PersonId]) -> Iterable[Movement]:
    approved = paid = 0
    every = sorted((*claim.entries, *claim.flagged), key=lambda entry: entry.order)
    for count, entry in enumerate(every, start=1):
        now = claim_from(every[:count], officers=officers)
        if now is None:
            continue
        change = (now.approved_pence - approved, now.paid_pence - paid)
        approved, paid = now.approved_pence, now.paid_pence
        if any(change):
            yield Movement(entry.id, entry.kind, claim.person, day_of(entry), *change)


def day_of(entry: LedgerEntry) -> date:
    """Return the day an entry bears: when finance paid, where that is said, else when it was made.

    A day that has not come when the entry was made is not believed.
    """
    made = entry.at.astimezone().date()
    if entry.kind is LedgerKind.PAID:
        try:
            return min(date.fromisoformat(str(entry.data.get("on", ""))), made)
        except ValueError:
            return made
    return made


def standing(closes: Iterable[PeriodClose]) -> list[PeriodClose]:
    """Return the closed periods that count, earliest first.

    Of two that overlap, closed on two laptops before they exchanged, the one closed first counts.
    """
    found: list[PeriodClose] = []
    for close in sorted(closes, key=lambda one: (str(one.closed_at), str(one.id))):
        if not any(_overlap(close, other) for other in found):
            found.append(close)
    return sorted(found, key=lambda one: one.starts_on)


def _overlap(one: PeriodClose, other: PeriodClose) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def counts_on(
    movement: Movement,
    closes: Sequence[PeriodClose],
    held: Mapping[PeriodCloseId, Collection[str]],
) -> date:
    """Return the day on which an entry counts.

    Args:
        movement: What it did.
        closes: The closed periods that count, earliest first.
        held: The ids of the entries that each closed period holds.
    """
    for close in closes:
        if movement.entry in held[close.id]:
            return min(max(movement.on, close.starts_on), close.ends_on)
    on = movement.on
    for close in closes:
        if close.starts_on <= on <= close.ends_on:
            on = close.ends_on + timedelta(days=1)
    return on


def sum_between(
    found: Iterable[Movement],
    first: date,
    last: date,
    *,
    closes: Sequence[PeriodClose],
    held: Mapping[PeriodCloseId, Collection[str]],
) -> PeriodSum:
    """Return what happened between two days, both counted.

    Args:
        found: Every movement.
        first: The first day.
        last: The last day.
        closes: The closed periods that count, earliest first.
        held: The ids of the entries that each closed period holds.
    """
    inside = [one for one in found if first <= counts_on(one, closes, held) <= last]
    return PeriodSum(
        approved_pence=sum(one.approved_pence for one in inside),
        paid_pence=sum(one.paid_pence for one in inside),
        entries=tuple(sorted(one.entry for one in inside)),
    )


def check_close(first: date, last: date, closes: Iterable[PeriodClose], *, today: date) -> None:
    """Refuse to close a period that cannot be closed.

    Raises:
        InputError: It ends before it starts, is not over, or is closed already in part.
    """
    if last < first:
        raise InputError("The period ends before it starts.", next_step="Put the two days right.")
    if last >= today:
        raise InputError(
            "The period is not over yet.",
            what_is_safe="Nothing was closed.",
            next_step=f"Close it after {day(last)}.",
        )
    for close in closes:
        if first <= close.ends_on and close.starts_on <= last:
            raise InputError(
                f"{day(close.starts_on)} to {day(close.ends_on)} is closed already.",
                what_is_safe="Nothing was closed.",
                next_step="Choose days outside it.",
            )


def check_open(on: date, closes: Iterable[PeriodClose]) -> None:
    """Refuse to note something on a day whose period is closed.

    Raises:
        InputError: The day is in a closed period.
    """
    for close in closes:
        if close.starts_on <= on <= close.ends_on:
            raise InputError(
                f"The books up to {day(close.ends_on)} are closed.",
                what_is_safe="What is in them stays as it is.",
                next_step=f"Note it on {day(close.ends_on + timedelta(days=1))} or later.",
            )
