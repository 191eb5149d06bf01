"""Working days, as the board promises them: Monday to Friday, without England's bank holidays."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

_WEEK, _WORKING_WEEK = 7, 5
_SATURDAY = 5


def working_days_between(start: date, end: date, *, holidays: Collection[date]) -> int:
    """Return how many working days have passed from one day to another.

    Args:
        start: The day it began; it does not count.
        end: The last day, which counts; 0 working days have passed when it is not later.
        holidays: Days that are not worked.

    >>> friday, monday = date(2026, 4, 3), date(2026, 4, 6)
    >>> working_days_between(friday, monday, holidays=())
    1
    """
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, _WEEK)
    last = (start + timedelta(days=weeks * _WEEK + n) for n in range(1, rest + 1))
    days = weeks * _WORKING_WEEK + sum(day.weekday() < _SATURDAY for day in last)
    return days - sum(start < day <= end and day.weekday() < _SATURDAY for day in set(holidays))


def working_days_after(start: date, count: int, *, holidays: Collection[date]) -> date:
    """Return the day on which so many working days have passed.

    Args:
        start: The day it began; it does not count.
        count: How many working days, from 0.
        holidays: Days that are not worked.

    >>> working_days_after(date(2026, 4, 2), 2, holidays={date(2026, 4, 3), date(2026, 4, 6)})
    datetime.date(2026, 4, 8)
    """
    free, day = set(holidays), start
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY and day not in free
    return day
