"""A meeting as its calendar file tells it: no names and no addresses of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .meetings import MeetingId


@dataclass(frozen=True, slots=True)
class SharedMeeting:
    """One meeting for other people's calendars.

    Args:
        id: The meeting's own: a later file moves the same meeting.
        title: What it is called.
        starts_at: When it starts (aware).
        ends_at: When it ends (aware).
        place: Where, or how to join.
        about: The rest, in plain words, line by line.
        sequence: How often it has changed.
        cancelled: Whether it will not take place.
    """

    id: MeetingId
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    about: str = ""
    sequence: int = 0
    cancelled: bool = False
