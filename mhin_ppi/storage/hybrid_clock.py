"""The clock of the log: wall time, but never going backwards, and never led astray by others.

A value is ``"<milliseconds, 13 digits>-<counter, 4 digits>"``; text order is time order.

Source: ``SECURITY_DESIGN.md`` 6. It only ever decides which of two conflicting values is shown
meanwhile; what a person has seen beats time.
"""

from __future__ import annotations

import re
from datetime import datetime

FARTHEST_AHEAD_MS = 24 * 60 * 60 * 1000
_COUNTER_LIMIT = 9999
_FORM = re.compile(r"[0-9]{13}-[0-9]{4}", re.ASCII)
NEVER = "0000000000000-0000"


def milliseconds(now: datetime) -> int:
    """Return a moment as milliseconds since 1970."""
    return int(now.timestamp() * 1000)


def is_clock_value(untrusted: str) -> bool:
    """Return whether a text is a clock value that can be told as a date."""
    return bool(_FORM.fullmatch(untrusted))


def after(last: str, *, now: datetime) -> str:
    """Return the value for something that happens now, later than ``last``."""
    present, told, counter = milliseconds(now), int(last[:13]), int(last[14:])
    if present > told:
        return f"{present:013d}-0000"
    if counter < _COUNTER_LIMIT:
        return f"{told:013d}-{counter + 1:04d}"
    return f"{told + 1:013d}-0000"


def adopted(last: str, foreign: str, *, now: datetime) -> str:
    """Return our latest value after seeing another laptop's.

    A clock more than a day ahead is not believed, so that one laptop with a wrong date cannot
    carry every other laptop into the future.
    """
    if int(foreign[:13]) > milliseconds(now) + FARTHEST_AHEAD_MS:
        return last
    return max(last, foreign)
