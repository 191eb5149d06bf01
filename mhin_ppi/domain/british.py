"""Dates, money and time as people in Britain write them.

The names of days and months are written out here: Qt sets the process's locale, so ``strftime``
would speak the laptop's language in the middle of an English sentence.
"""

from __future__ import annotations

from datetime import date

NO_BREAK_SPACE = "\u00a0"
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUTES_PER_HOUR = 60
PENCE_PER_POUND = 100


def day(when: date) -> str:
    """Return a date in full, whatever language the laptop speaks.

    Day and month are joined by a no-break space, so that no line ends between them.

    >>> day(date(2026, 12, 4)).replace(NO_BREAK_SPACE, " ")
    '4 December 2026'
    """
    return f"{when.day}{NO_BREAK_SPACE}{MONTHS[when.month - 1]} {when.year}"


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
