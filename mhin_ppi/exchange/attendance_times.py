"""Days and lengths of time as Teams and Zoom write them, in British or American order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ..domain.attendance_list import DaysTold

_LENGTH = re.compile(r"(?:(\d+)\s*h\w*)?\s*(?:(\d+)\s*m\w*)?\s*(?:(\d+)\s*s\w*)?", re.IGNORECASE)
_MOMENT = re.compile(
    r"(?P<a>\d{1,4})[/.\-](?P<b>\d{1,2})[/.\-](?P<c>\d{2,4}),?[ T]+"
    r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
)
_CENTURY = 2000
_MOST_MINUTES = 24 * 60


def minutes_in(written: str) -> int | None:
    """Return a length of time in whole minutes, rounded; ``None`` when it is none.

    >>> minutes_in("1h 2m 30s"), minutes_in("45"), minutes_in("32m 8s"), minutes_in("soon")
    (62, 45, 32, None)
    """
    plain = written.strip()
    if re.fullmatch(r"\d{1,5}", plain):
        return int(plain)
    found = _LENGTH.fullmatch(plain)
    if not plain or found is None:
        return None
    hours, minutes, seconds = (int(each[:5]) if each else 0 for each in found.groups())
    return round(hours * 60 + minutes + seconds / 60)


def minutes_between(joined: str, left: str) -> int | None:
    """Return the minutes between two moments of one file, or ``None`` when they make no sense.

    Day and month may be written in either order: both moments are read in the same one.
    """
    for day_first in (True, False):
        one, other = moment(joined, day_first=day_first), moment(left, day_first=day_first)
        if one and other:
            minutes = round((other - one) / timedelta(minutes=1))
            if 0 <= minutes <= _MOST_MINUTES:
                return minutes
    return None


def days_in(moments: Iterable[str]) -> DaysTold:
    """Return the first day that moments tell, for each order that all of them allow."""
    written = [each for each in moments if _MOMENT.fullmatch(each.strip())]
    orders: list[date | None] = []
    for day_first in (True, False):
        read = [moment(each, day_first=day_first) for each in written]
        known = [each.date() for each in read if each]
        orders.append(min(known) if known and len(known) == len(read) else None)
    return DaysTold(*orders)


def moment(written: str, *, day_first: bool) -> datetime | None:
    """Return a moment by the clock where it was written, or ``None`` when it cannot be one.

    Args:
        written: "28/11/2026, 14:00:03", "11/28/26, 2:00:03 PM", "2026-11-28 14:00:03" …
        day_first: Whether the day comes before the month; a year in front settles it anyway.
    """
    found = _MOMENT.fullmatch(written.strip())
    if found is None:
        return None
    a, b, c = (int(found[each]) for each in "abc")
    year, month, day = (a, b, c) if len(found["a"]) > 2 else (c, b, a) if day_first else (c, a, b)
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    full_year = year if year > 99 else _CENTURY + year
    try:
        # Only differences and days are taken from it, so no zone is needed.
        return datetime(  # noqa: DTZ001
            full_year, month, day, hour, int(found["minute"]), int(found["second"] or 0)
        )
    except ValueError:
        return None
