"""A person's own view of what they earn, against a limit of their own choosing.

It informs and gives no advice: it says when money falls in which week or month, never what to do.
What counts: money and vouchers; expenses that are paid back do not (``DOMAIN.md`` 4.2: NIHR guide
on employment status and tax for members, V1.0). Rules differ from benefit to benefit, so the limit
and the sort of period are the person's own choice (``DOMAIN.md`` 4.3).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ..errors import InputError
from .claim_lines import MOST_PENCE, LineKind
from .claims import Claim, ClaimState, LedgerKind
from .periods import day_of

DAYS_IN_WEEK = 7
LAST_START = 31
NEAR_PERCENT = 80
"""From this share of the limit on, the page says that it is near."""


class PeriodKind(StrEnum):
    """How long a limit is for."""

    WEEK = "week"
    MONTH = "month"
    ASSESSMENT = "assessment"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit of a person's own choosing.

    Args:
        kind: For a week, a calendar month, or an assessment period of a month.
        pence: How much.
        starts: For a week, its first day (0 Monday to 6 Sunday); for an assessment period, the day
            of the month on which it starts (1 to 31; in a shorter month its last day).
    """

    kind: PeriodKind
    pence: int
    starts: int = 0


@dataclass(frozen=True, slots=True)
class Earning:
    """Money that counts, paid or on its way.

    Args:
        pence: How much.
        what: What for.
        on: The day it was paid, or the earliest it can be; ``None`` where nobody can say.
        paid: Whether it has been paid.
        claim: Id of the claim it comes from; "" for what the person typed in.
    """

    pence: int
    what: str
    on: date | None
    paid: bool
    claim: str = ""


@dataclass(frozen=True, slots=True)
class EarningsPeriod:
    """What falls in one period.

    Args:
        first: Its first day.
        last: Its last day.
        limit_pence: The limit.
        paid_pence: What has been paid in it.
        expected_pence: What is on its way and cannot come before it, nor is known to come later.
    """

    first: date
    last: date
    limit_pence: int
    paid_pence: int
    expected_pence: int

    @property
    def total_pence(self) -> int:
        """What has been paid and what is expected."""
        return self.paid_pence + self.expected_pence

    @property
    def left_pence(self) -> int:
        """What is left below the limit; less than 0 above it."""
        return self.limit_pence - self.total_pence

    @property
    def is_near(self) -> bool:
        """Whether the total is near the limit, or at it, or above."""
        return self.total_pence * 100 >= self.limit_pence * NEAR_PERCENT


def check_limit(limit: Limit) -> None:
    """Refuse a limit that cannot be.

    Raises:
        InputError: An amount of nothing or beyond reason, or a first day there is not.
    """
    if not 0 < limit.pence <= MOST_PENCE:
        raise InputError(
            "A limit is between 1p and £100,000.", next_step="Put the amount right, then save."
        )
    lowest, highest = (1, LAST_START) if limit.kind is PeriodKind.ASSESSMENT else (0, 6)
    if not lowest <= limit.starts <= highest:
        raise InputError(
            "That first day is not one there is.", next_step="Choose another, then save."
        )


def period_of(limit: Limit, on: date) -> tuple[date, date]:
    """Return the first and the last day of the period in which a day falls.

    >>> period_of(Limit(PeriodKind.WEEK, 1, starts=0), date(2026, 11, 28))
    (datetime.date(2026, 11, 23), datetime.date(2026, 11, 29))
    >>> period_of(Limit(PeriodKind.ASSESSMENT, 1, starts=31), date(2027, 2, 28))
    (datetime.date(2027, 2, 28), datetime.date(2027, 3, 30))
    """
    if limit.kind is PeriodKind.WEEK:
        first = on - timedelta(days=(on.weekday() - limit.starts) % DAYS_IN_WEEK)
        return first, first + timedelta(days=DAYS_IN_WEEK - 1)
    starts = limit.starts if limit.kind is PeriodKind.ASSESSMENT else 1
    first = _start_in(on.year, on.month, starts)
    if first > on:
        before = first.replace(day=1) - timedelta(days=1)
        first = _start_in(before.year, before.month, starts)
    after = first.replace(day=monthrange(first.year, first.month)[1]) + timedelta(days=1)
    return first, _start_in(after.year, after.month, starts) - timedelta(days=1)


def _start_in(year: int, month: int, starts: int) -> date:
    return date(year, month, min(starts, monthrange(year, month)[1]))


def earnings_of(claims: Iterable[Claim], *, today: date) -> list[Earning]:
    """Return what a person's claims pay or will pay them, expenses left out.

    What is on its way and has no day of its own is expected today at the earliest.

    Args:
        claims: The person's own.
        today: The day it is.
    """
    return [one for claim in claims for one in _earnings_of(claim, today=today)]


_ON_ITS_WAY = frozenset(
    {ClaimState.SUBMITTED, ClaimState.QUERIED, ClaimState.APPROVED, ClaimState.BATCHED}
)


def _earnings_of(claim: Claim, *, today: date) -> list[Earning]:
    income = sum(line.pence for line in claim.lines if line.kind is not LineKind.EXPENSE)
    if claim.state is not ClaimState.PAID and claim.state not in _ON_ITS_WAY or not income:
        return []
    paid = claim.state is ClaimState.PAID
    what = ", ".join(line.what for line in claim.lines if line.kind is not LineKind.EXPENSE)
    if not paid:
        soonest = max(claim.wish.on or today, today)
        return [Earning(income, what, soonest, paid=False, claim=str(claim.id))]
    # Where less was paid than asked, what counts is the same share of what is not an expense.
    counted = income
    if claim.paid_pence < claim.asked_pence:
        counted = claim.paid_pence * income // claim.asked_pence
    return [Earning(counted, what, paid_day(claim), paid=True, claim=str(claim.id))]


def paid_day(claim: Claim) -> date | None:
    """Return the day finance paid a claim, or the day that was noted."""
    paid = [entry for entry in claim.entries if entry.kind is LedgerKind.PAID]
    return day_of(paid[-1]) if paid else None


def totals(earnings: Iterable[Earning], limit: Limit, *, today: date) -> list[EarningsPeriod]:
    """Return every period in which something falls, and the present one, earliest first.

    Args:
        earnings: What counts.
        limit: The person's own.
        today: The day it is.
    """
    found: dict[date, list[Earning]] = {period_of(limit, today)[0]: []}
    for one in earnings:
        if one.on is not None:
            found.setdefault(period_of(limit, one.on)[0], []).append(one)
    return [
        EarningsPeriod(
            first=first,
            last=period_of(limit, first)[1],
            limit_pence=limit.pence,
            paid_pence=sum(one.pence for one in found[first] if one.paid),
            expected_pence=sum(one.pence for one in found[first] if not one.paid),
        )
        for first in sorted(found)
    ]


def next_with_room(
    earnings: Iterable[Earning], limit: Limit, pence: int, *, today: date
) -> date | None:
    """Return the first day from today on whose period would stay within the limit.

    Args:
        earnings: What counts already, without the amount asked about.
        limit: The person's own.
        pence: The amount asked about.
        today: The day it is.

    Returns:
        Today when there is room now; ``None`` when the amount is above the limit by itself.
    """
    if pence > limit.pence:
        return None
    taken = {one.first: one.total_pence for one in totals(earnings, limit, today=today)}
    first, last = period_of(limit, today)
    day = today
    while taken.get(first, 0) + pence > limit.pence:
        day = last + timedelta(days=1)
        first, last = period_of(limit, day)
    return day
