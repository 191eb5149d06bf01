"""Working days: Monday to Friday, less the bank holidays that are passed in.

Which days are bank holidays is not known here: England's come from a library, in ``services``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

_SATURDAY = 5
_DAY = timedelta(days=1)


def is_working_day(day: date, *, holidays: Collection[date]) -> bool:
    """Return whether people work on a day.

    >>> is_working_day(date(2026, 12, 28), holidays={date(2026, 12, 28)})
    False
    """
    return day.weekday() < _SATURDAY and day not in holidays


def working_days_after(start: date, count: int, *, holidays: Collection[date]) -> date:
    """Return the day on which so many working days have passed.

    Args:
        start: The day it began; it does not count itself.
        count: Working days, 0 or more.
        holidays: Days nobody works on, besides weekends.

    >>> working_days_after(date(2026, 11, 27), 1, holidays=())
    datetime.date(2026, 11, 30)
    """
    if count < 0:
        raise ValueError(count)
    day = start
    while count:
        day += _DAY
        count -= is_working_day(day, holidays=holidays)
    return day


def working_days_between(start: date, end: date, *, holidays: Collection[date]) -> int:
    """Return how many working days lie after ``start``, up to and with ``end``; 0 when none do."""
    days = (end - start).days
    if days <= 0:
        return 0
    # Five in every whole week; counting day by day took seconds for a list of thousands.
    weeks, rest = divmod(days, 7)
    odd = sum((start + _DAY * ahead).weekday() < _SATURDAY for ahead in range(1, rest + 1))
    off = {day for day in holidays if start < day <= end and day.weekday() < _SATURDAY}
    return weeks * 5 + odd - len(off)
