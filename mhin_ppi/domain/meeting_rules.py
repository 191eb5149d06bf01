"""What a meeting may be, and the identities of what belongs to one person at one meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from ..errors import InputError, NotAllowedError
from .meetings import Came, JottingId, Meeting, MeetingId
from .people import PersonId
from .questions import QuestionId

LONGEST_MINUTES = 24 * 60
MOST_PENCE = 100_000
LONGEST_TITLE = 300
_NEVER = datetime.max.replace(tzinfo=UTC)
_ROOM = UUID("6d1c1b0a-55c5-4e0b-9c67-8b0b6a0f5b41")
CAME = (Came.IN_THE_ROOM, Came.ONLINE, Came.BY_PHONE)
"""The ways of having been there."""


def check_meeting(meeting: Meeting) -> None:
    """Refuse a meeting that cannot take place.

    Raises:
        InputError: No title, a length that cannot be, a time without a zone, or an amount that
            is not money.
    """
    if not meeting.title.strip():
        raise InputError("The meeting has no title.", next_step="Write what it is called.")
    if len(meeting.title) > LONGEST_TITLE:
        raise InputError(
            f"The title is longer than {LONGEST_TITLE} letters.",
            next_step="Give it a short title, and write the rest into the agenda.",
        )
    if not 1 <= meeting.minutes <= LONGEST_MINUTES:
        raise InputError(
            "A meeting lasts between 1 minute and 24 hours, and ends after it starts.",
            next_step="Put the length right.",
        )
    if not 0 <= meeting.prepare_minutes <= LONGEST_MINUTES:
        raise InputError(
            "Getting ready takes between no time and 24 hours.", next_step="Put the time right."
        )
    if not 0 <= meeting.pay_pence <= MOST_PENCE:
        raise InputError(
            "What coming is paid must be between nothing and £1,000.",
            next_step="Write the amount for one person.",
        )
    if meeting.starts_at is not None and meeting.starts_at.tzinfo is None:
        raise InputError("The meeting's time has no time zone.", next_step="Choose it again.")


def overlapping(meetings: Iterable[Meeting]) -> tuple[Meeting, Meeting] | None:
    """Return two meetings that took place at the same time, if there are such.

    Instants are compared, so that an hour put forward or back changes nothing. One that ends when
    the other starts does not overlap it.
    """
    timed = {one.id: one for one in meetings if one.starts_at is not None}
    last: tuple[datetime, Meeting] | None = None
    for one in sorted(timed.values(), key=lambda one: one.starts_at or _NEVER):
        starts = one.starts_at or _NEVER
        if last is not None and starts < last[0]:
            return last[1], one
        ends = starts + timedelta(minutes=one.minutes)
        if last is None or ends > last[0]:
            last = (ends, one)
    return None


def check_goes_ahead(meeting: Meeting) -> None:
    """Refuse changes to a meeting that was cancelled.

    Raises:
        NotAllowedError: It was cancelled.
    """
    if meeting.cancelled:
        raise NotAllowedError(
            f"“{meeting.title}” is cancelled.",
            next_step="If it will take place after all, bring it back first.",
        )


def ends_at(meeting: Meeting) -> datetime | None:
    """Return when a meeting ends (aware, UTC), or ``None`` when it has no day yet."""
    if meeting.starts_at is None:
        return None
    return meeting.starts_at + timedelta(minutes=meeting.minutes)


def is_over(meeting: Meeting, *, now: datetime) -> bool:
    """Return whether a meeting has ended."""
    end = ends_at(meeting)
    return end is not None and end <= now


def identity_at(meeting: MeetingId, person: PersonId, *, what: str) -> UUID:
    """Return the identity of something of which one person has only one at one meeting.

    Unlike all others it is the same whoever makes it: a member who sends apologies and the
    coordinator who notes them, each on a laptop of their own, write one record and not two. It is
    so for attendance, invitations and the minutes offered after a meeting.

    Args:
        meeting: Which meeting.
        person: Who.
        what: Which kind of record ("attendance").
    """
    return uuid5(_ROOM, f"{meeting}/{person}/{what}")


def named_identity(jotting: JottingId, asker: PersonId | None) -> QuestionId:
    """Return the identity of the question that a jotting becomes when it is known whose it was.

    It is the same whoever says so: two laptops that give one jotting the same name raise one
    question.

    Args:
        jotting: Which jotting.
        asker: Whose question it was; ``None`` for the whole group.
    """
    return QuestionId(uuid5(_ROOM, f"{jotting}/{asker or 'group'}/question"))
