"""How the private view of earnings speaks: what falls when, and never what to do."""

from __future__ import annotations

from datetime import date

from ...domain.british import MONTHS, NO_BREAK_SPACE, WEEKDAYS, day, money, weekday
from ...domain.earnings import EarningsPeriod, Limit, PeriodKind

LIMIT_KINDS = (
    ("A week", PeriodKind.WEEK),
    ("A calendar month", PeriodKind.MONTH),
    ("A month that starts on a day of mine (an assessment period)", PeriodKind.ASSESSMENT),
)
WEEK_STARTS = tuple((name, number) for number, name in enumerate(WEEKDAYS))
MONTH_STARTS = tuple((f"Day {number}", number) for number in range(1, 32))


def period_name(total: EarningsPeriod, limit: Limit, *, today: date) -> str:
    """Return what a period is called ("This week, Monday 23 to Sunday 29 November 2026")."""
    now = total.first <= today <= total.last
    if limit.kind is PeriodKind.MONTH:
        named = f"{MONTHS[total.first.month - 1]} {total.first.year}"
        return f"This month, {named}" if now else named
    days = f"{_begun(total)} to {weekday(total.last)} {day(total.last)}"
    if not now:
        return days
    return f"This {'week' if limit.kind is PeriodKind.WEEK else 'period'}, {days}"


def _begun(total: EarningsPeriod) -> str:
    """Return the first day; what the last day says too is left out."""
    first, last = total.first, total.last
    if (first.year, first.month) == (last.year, last.month):
        return f"{weekday(first)} {first.day}"
    if first.year == last.year:
        return f"{weekday(first)} {first.day}{NO_BREAK_SPACE}{MONTHS[first.month - 1]}"
    return f"{weekday(first)} {day(first)}"


def period_words(total: EarningsPeriod) -> str:
    """Return what has been paid in a period, what is on its way, and the limit, in sentences."""
    said = [f"{money(total.paid_pence)} paid"]
    if total.expected_pence:
        said.append(f"{money(total.expected_pence)} on its way")
    return f"{' and '.join(said)}. Your own limit is {money(total.limit_pence)}."


def near_words(total: EarningsPeriod) -> str:
    """Return how near a period is to the limit; "" while it is not near."""
    if total.left_pence < 0:
        return f"That is {money(-total.left_pence)} above your limit."
    if total.left_pence == 0:
        return "That is your limit exactly."
    if total.is_near:
        return f"That is near your limit: {money(total.left_pence)} are left."
    return ""


def room_words(pence: int, room_from: date | None, *, today: date) -> str:
    """Return when an amount that could be claimed would fall within the limit.

    Args:
        pence: The amount.
        room_from: The first day with room; ``None`` where none has.
        today: The day it is.
    """
    could = f"You could claim {money(pence)} now, expenses left out."
    if room_from is None:
        return f"{could} That is above your limit by itself, whenever it is paid."
    if room_from == today:
        return f"{could} It would be within your limit, whenever it is paid from today on."
    when = f"{weekday(room_from)} {day(room_from)}"
    return f"{could} Paid now it would be above your limit. Paid from {when} on it would be within."


def with_words(total: EarningsPeriod, limit: Limit, *, today: date) -> str:
    """Return the quiet line beside a claim that is being made; "" while the limit is not near."""
    near = near_words(total)
    if not near:
        return ""
    name = period_name(total, limit, today=today)
    return f"Only you see this. {name}: {money(total.total_pence)} with this claim. {near}"
