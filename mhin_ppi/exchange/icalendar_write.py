"""Meetings as an iCalendar file, which every calendar reads.

Source: RFC 5545 (iCalendar), RFC 5546 (PUBLISH and CANCEL). RFC 5546 asks for an ORGANIZER too; it
would name a person with an address, so there is none: calendars take published events without it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from ..domain.shared_meeting import SharedMeeting

if TYPE_CHECKING:
    from icalendar import Event, Timezone

ZONE = "Europe/London"
_MADE_BY = "-//MHIN PPI//Meetings//EN"


def write_calendar(meetings: Sequence[SharedMeeting], *, made_at: datetime) -> bytes:
    """Return meetings as one iCalendar file.

    A file of cancelled meetings alone says CANCEL, so that a calendar takes them away; any other
    says PUBLISH.

    Args:
        meetings: Each with its day.
        made_at: When the file is made (aware): of two files with one SEQUENCE the later counts.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    gone = bool(meetings) and all(meeting.cancelled for meeting in meetings)
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    calendar.add_component(_zone())
    for meeting in meetings:
        calendar.add_component(_event(meeting, made_at))
    return bytes(calendar.to_ical())


def _event(meeting: SharedMeeting, made_at: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", str(meeting.id))
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("dtstart", _in_london(meeting.starts_at))
    event.add("dtend", _in_london(meeting.ends_at))
    event.add("summary", _plain(meeting.title))
    if meeting.place:
        event.add("location", _plain(meeting.place))
    if meeting.about:
        event.add("description", _plain(meeting.about))
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    # Calendars are shared in families and at work; that somebody is on a board is theirs to tell.
    event.add("class", "PRIVATE")
    return event


def _in_london(at: datetime) -> datetime:
    """Return an instant by London's clock, or in UTC in the hour that London's clock shows twice.

    RFC 5545, 3.3.5: a local time that occurs twice means the first of the two; the second can only
    be written in UTC.
    """
    there = at.astimezone(ZoneInfo(ZONE))
    return at.astimezone(UTC) if there.fold else there


def _plain(words: str) -> str:
    """Return words without the control characters that no line of the file may hold."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(e for e in lines if e == "\n" or unicodedata.category(e) not in ("Cc", "Cs"))


def _zone() -> Timezone:
    """Return London's clock as rules: summer time from the last Sundays of March to October."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    winter, summer = timedelta(0), timedelta(hours=1)
    zone = Timezone()
    zone.add("tzid", ZONE)
    # Both change at 01:00 UTC: by the clock before the change, at 1 in March and at 2 in October.
    for part, name, month, first, before, after in (
        (TimezoneDaylight(), "BST", 3, datetime(1996, 3, 31, 1), winter, summer),  # noqa: DTZ001
        (TimezoneStandard(), "GMT", 10, datetime(1996, 10, 27, 2), summer, winter),  # noqa: DTZ001
    ):
        part.add("dtstart", first)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        zone.add_component(part)
    return zone
