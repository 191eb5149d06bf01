"""Time given to the board.

Nothing here tells a timed entry from a typed one: only the minutes the person confirmed are kept
(``PRODUCT.md``, A timer is not a watch).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from ..errors import InputError
from .british import day
from .drafts import RoundId
from .fields import link, words
from .meetings import MeetingId
from .people import PersonId
from .projects import ProjectId

InvolvementId = NewType("InvolvementId", UUID)
LONGEST_MINUTES = 24 * 60
PAPER_YEARS = 6
"""How far before the board paper records go: what is owed can be asked for that long (in England
and Wales, Limitation Act 1980, section 5). An older day is a slip of the finger."""


class Activity(StrEnum):
    """What the time was given to."""

    READING = "reading"
    MEETING = "meeting"
    PREPARATION = "preparation"
    TRAVEL = "travel"
    RECOVERY = "recovery"
    COORDINATION = "coordination"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Involvement:
    """Minutes one person gave on one day.

    Args:
        id: Made on the laptop where it was confirmed.
        person: Who gave it.
        on: The day.
        minutes: How long, 1 to 1,440.
        activity: What for.
        project: Which project.
        round: The request to read it belongs to.
        meeting: The meeting it belongs to.
        note: Anything they want to add.
        corrects: The record this one puts right; that one no longer counts.
        typed_by: Who typed it in for them.
        until: The last day of a lump (a month's small tasks in one record); ``None`` for one day.
        why_typed: Why somebody else typed it in.
    """

    id: InvolvementId
    person: PersonId = link()
    on: date = date.min
    minutes: int = 0
    activity: Activity = Activity.READING
    project: ProjectId | None = link(default=None)
    round: RoundId | None = link(default=None)
    meeting: MeetingId | None = link(default=None)
    note: str = words("")
    corrects: InvolvementId | None = link(default=None)
    typed_by: PersonId | None = None
    until: date | None = None
    why_typed: str = words("")


def oldest_on_paper(founded_on: date) -> date:
    """Return the first day of which a coordinator can type in what is on paper.

    Args:
        founded_on: The day the board was started in this program.

    >>> oldest_on_paper(date(2024, 2, 29))
    datetime.date(2018, 2, 28)
    """
    year = max(founded_on.year - PAPER_YEARS, date.min.year)
    leap_day = (founded_on.month, founded_on.day) == (2, 29)
    return founded_on.replace(year=year, day=28 if leap_day else founded_on.day)


def counting(found: Iterable[Involvement]) -> dict[InvolvementId, Involvement]:
    """Return for each record the one that counts in its place: itself, or what put it right.

    A record may be put right again and again, and on two laptops at once: what was recorded last
    counts, and nothing else of the same time does.

    Args:
        found: Records, in the order recorded.
    """
    first: dict[InvolvementId, InvolvementId] = {}
    last: dict[InvolvementId, Involvement] = {}
    for one in found:
        before = one.corrects or one.id
        first[one.id] = first.setdefault(before, before)
        last[first[one.id]] = one
    return {one: last[begun] for one, begun in first.items()}


def check_involvement(
    minutes: int,
    on: date,
    *,
    today: date,
    until: date | None = None,
    founded_on: date | None = None,
    from_paper: bool = False,
) -> None:
    """Refuse minutes that cannot be true.

    Args:
        minutes: How long, 1 to 1,440 for one day; for a lump as many for each of its days.
        on: The day, or the first of a lump.
        today: The day it is.
        until: The last day of a lump, in the same calendar month.
        founded_on: The board's first day; ``None`` where the day was checked before.
        from_paper: Whether a coordinator types it in: paper records may be some years older.

    Raises:
        InputError: No time, more than there is, a day that has not come or was before the board,
            or a lump that runs over the end of a month.
    """
    last = until or on
    if last < on or (last.year, last.month) != (on.year, on.month):
        raise InputError(
            "A record of several days stays within one month.",
            next_step="Make one record for each month.",
        )
    days = (last - on).days + 1
    if minutes < 1:
        raise InputError(
            "There is no time of less than a minute.", next_step="Put in how long it was."
        )
    if minutes > LONGEST_MINUTES * days and days == 1:
        raise InputError(
            "One day has 24 hours.",
            next_step="Put in fewer, or make one record for small tasks of several days.",
        )
    if minutes > LONGEST_MINUTES * days:
        hours = LONGEST_MINUTES // 60 * days
        raise InputError(
            f"From {day(on)} to {day(last)} there are {hours} hours.", next_step="Put in fewer."
        )
    if last > today:
        raise InputError("That day has not come yet.", next_step="Choose today or an earlier day.")
    if founded_on is not None and from_paper and on < oldest_on_paper(founded_on):
        raise InputError(
            f"That day is more than {PAPER_YEARS} years before the board began here.",
            next_step="Look at the year, then put the day right.",
        )
    if founded_on is not None and not from_paper and on < founded_on:
        raise InputError(
            "The board had not begun on that day.",
            next_step="Choose a later day, or ask your coordinator to type in what is older.",
        )


ACTIVITY_WORDS = {
    Activity.READING: "Reading and commenting",
    Activity.MEETING: "Meeting",
    Activity.PREPARATION: "Getting ready",
    Activity.TRAVEL: "Travel",
    Activity.RECOVERY: "Time to recover",
    Activity.COORDINATION: "Coordination",
    Activity.OTHER: "Something else",
}
"""What each activity is called on screen and in reports."""
