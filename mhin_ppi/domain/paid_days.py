"""Days in finance's lists: the whole column tells which of two numbers is the day.

"03/06/2026" is 3 June to one program and 6 March to another. A column in which another row says
"25/06/2026" has the day first in every row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from ..errors import InputError
from .british import MONTHS

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ \-]([A-Za-z]{3,9})[ \-,]+(\d{4}|\d{2})")
_MONTHS_IN_YEAR = 12


class DayOrder(StrEnum):
    """Which comes first where a day is written in numbers."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    MIXED = "mixed"
    """Some rows must begin with the day and others with the month: no row tells for another."""


def order_of(column: Iterable[str]) -> tuple[DayOrder | None, str]:
    """Return the order of a column of days, and a day in it that can be read in two ways.

    Args:
        column: The cells, as they are written.

    Returns:
        ``None`` for the order where no row settles it; "" where no day can be read in two ways.
    """
    orders, unsure = set(), ""
    for cell in column:
        found = _NUMBERS.fullmatch(cell.strip())
        if found is None:
            continue
        first, second = int(found[1]), int(found[2])
        if first > _MONTHS_IN_YEAR >= second:
            orders.add(DayOrder.DAY_FIRST)
        elif second > _MONTHS_IN_YEAR >= first:
            orders.add(DayOrder.MONTH_FIRST)
        elif first != second and not unsure:
            unsure = cell.strip()
    if len(orders) > 1:
        return DayOrder.MIXED, unsure
    return next(iter(orders), None), unsure


def day_from(written: str, order: DayOrder = DayOrder.DAY_FIRST) -> date:
    """Return a day as finance programs write it.

    Args:
        written: "2026-03-06", "6 March 2026", "06/03/2026".
        order: Which comes first in "06/03/2026"; the day, as in Britain, unless said otherwise.

    Raises:
        InputError: It is no day, or its order is another (03/14/2026 does not begin with the day).

    >>> day_from("06/03/2026"), day_from("6 Mar 26"), day_from("2026-03-06T00:00:00")
    (datetime.date(2026, 3, 6), datetime.date(2026, 3, 6), datetime.date(2026, 3, 6))
    >>> day_from("06/03/2026", DayOrder.MONTH_FIRST)
    datetime.date(2026, 6, 3)
    """
    plain = written.strip()
    try:
        if found := _ISO.fullmatch(plain):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMBERS.fullmatch(plain):
            return _from_numbers(plain, int(found[1]), int(found[2]), _year(found[3]), order)
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


def _from_numbers(plain: str, first: int, second: int, year: int, order: DayOrder) -> date:
    if order is DayOrder.MIXED:
        if first <= _MONTHS_IN_YEAR and second <= _MONTHS_IN_YEAR and first != second:
            raise InputError(
                f"“{plain}” can be two days, and the list has days of both orders.",
                next_step="Ask finance for days like 6 March 2026.",
            )
        order = DayOrder.MONTH_FIRST if second > _MONTHS_IN_YEAR else DayOrder.DAY_FIRST
    day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    if month > _MONTHS_IN_YEAR >= day:
        begins = "month" if order is DayOrder.DAY_FIRST else "day"
        raise InputError(
            f"“{plain}” seems to begin with the {begins}.",
            next_step="Ask finance for days like 6 March 2026.",
        )
    return date(year, month, day)


def _year(plain: str) -> int:
    return int(plain) + (2000 if len(plain) == len("26") else 0)
