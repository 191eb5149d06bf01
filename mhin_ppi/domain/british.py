"""Dates, money and time as people in Britain write them.

The names of days and months are written out here: Qt sets the process's locale, so ``strftime``
would speak the laptop's language in the middle of an English sentence.
"""

from __future__ import annotations

import re
from datetime import date

from ..errors import InputError
from .harmless import harmless

NO_BREAK_SPACE = "\u00a0"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUTES_PER_HOUR = 60
PENCE_PER_POUND = 100
_SHOWN = 40  # characters: what was pasted by mistake may be a whole page
_POUNDS = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?:\.([0-9]{1,2}))?", re.ASCII)
_SHORT_MONTH = 3


def day(when: date) -> str:
    """Return a date in full, whatever language the laptop speaks.

    Day and month are joined by a no-break space, so that no line ends between them.

    >>> day(date(2026, 12, 4)).replace(NO_BREAK_SPACE, " ")
    '4 December 2026'
    """
    return f"{when.day}{NO_BREAK_SPACE}{MONTHS[when.month - 1]} {when.year}"


def short_day(when: date) -> str:
    """Return a date with a short month, for a narrow column of a table.

    >>> short_day(date(2026, 9, 30)).replace(NO_BREAK_SPACE, " ")
    '30 Sep 2026'
    """
    month = MONTHS[when.month - 1][:_SHORT_MONTH]
    return f"{when.day}{NO_BREAK_SPACE}{month}{NO_BREAK_SPACE}{when.year}"


def weekday(when: date) -> str:
    """Return the name of a day of the week, whatever language the laptop speaks."""
    return WEEKDAYS[when.weekday()]


def money(pence: int) -> str:
    """Return pence as pounds; a minus sign before the pound for money that came back.

    >>> money(5500), money(-123456)
    ('£55.00', '−£1,234.56')
    """
    pounds, rest = divmod(abs(pence), PENCE_PER_POUND)
    return f"{'−' if pence < 0 else ''}£{pounds:,}.{rest:02d}"


def time_given(minutes: int) -> str:
    """Return minutes as hours and minutes.

    >>> time_given(90), time_given(40), time_given(120), time_given(0)
    ('1 h 30', '40 min', '2 h', '0 min')
    """
    hours, rest = divmod(minutes, MINUTES_PER_HOUR)
    if not hours:
        return f"{rest} min"
    return f"{hours:,} h {rest:02d}" if rest else f"{hours:,} h"


def counted(count: int, one: str, several: str = "") -> str:
    """Return a number with its noun in the right form.

    >>> counted(1, "question"), counted(1200, "question"), counted(2, "reply", "replies")
    ('1 question', '1,200 questions', '2 replies')
    """
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def pence_from(written: str) -> int:
    """Return what a person wrote as an amount of money, in pence.

    Args:
        written: Pounds, with or without a pound sign, commas and pence: "12", "£1,234.50".

    Raises:
        InputError: It is not an amount, is nothing, or has more than two places after the point.

    >>> pence_from("£1,234.50"), pence_from("7"), pence_from(" 0.05 ")
    (123450, 700, 5)
    """
    plain = written.strip().removeprefix("£").strip()
    found = _POUNDS.fullmatch(plain)
    if found is None:
        raise InputError(
            f"“{harmless(written).strip()[:_SHOWN]}” is not an amount in pounds and pence.",
            next_step="Write it like 12.50, then try again.",
        )
    pounds, places = found.group(1).replace(",", ""), (found.group(2) or "").ljust(2, "0")
    pence = int(pounds) * PENCE_PER_POUND + int(places)
    if not pence:
        raise InputError("The amount is nothing.", next_step="Write how much it was.")
    return pence
