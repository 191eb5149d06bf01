"""Words for meetings: when they are, what is on the agenda, and how people came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ...domain.agenda import AgendaSum, TimedItem, title_of
from ...domain.british import money
from ...domain.drafts import VersionId
from ...domain.meeting_rules import ends_at
from ...domain.meetings import Came, Meeting, MeetingKind
from .words_for import local_day, minutes_words, when_words

CAME_WORDS = {
    Came.IN_THE_ROOM: "in the room",
    Came.ONLINE: "online",
    Came.BY_PHONE: "by phone",
    Came.APOLOGIES: "sent apologies",
}
KIND_WORDS = {MeetingKind.MEETING: "Meeting", MeetingKind.WORKSHOP: "Workshop"}


def clock(at: datetime) -> str:
    """Return the time of an instant by the clock where the laptop stands ("10:05")."""
    return f"{at.astimezone():%H:%M}"


def meeting_when(meeting: Meeting, *, now: datetime) -> str:
    """Return when a meeting is ("Tomorrow, 10:00 to 12:00, 2 hours")."""
    end, today = ends_at(meeting), local_day(now)
    if meeting.starts_at is None or end is None or today is None:
        return "No day yet"
    day = when_words(meeting.starts_at, today=today)
    said = f"{day}, {clock(meeting.starts_at)} to {clock(end)}, {minutes_words(meeting.minutes)}"
    return said[:1].upper() + said[1:]


def meeting_sentence(meeting: Meeting, *, now: datetime) -> str:
    """Return a meeting in one sentence ("“A meeting” is tomorrow at 10:00, for 2 hours: Hull.")."""
    end, today = ends_at(meeting), local_day(now)
    title = f"“{meeting.title}”"
    if meeting.cancelled:
        return f"{title} is cancelled."
    if meeting.starts_at is None or end is None or today is None:
        return f"{title} has no day yet."
    where = f": {meeting.place.splitlines()[0].rstrip('. ')}" if meeting.place else ""
    if meeting.starts_at <= now < end:
        return f"{title} is on now, until {clock(end)}{where}."
    day = when_words(meeting.starts_at, today=today)
    on = day if day in ("today", "tomorrow", "yesterday") else f"on {day}"
    tense = "is" if meeting.starts_at > now else "was"
    length = minutes_words(meeting.minutes)
    return f"{title} {tense} {on} at {clock(meeting.starts_at)}, for {length}{where}."


def paid_words(meeting: Meeting) -> str:
    """Return what coming is paid, or ""."""
    amount = money(meeting.pay_pence) if meeting.pay_pence else ""
    return " · ".join(part for part in (amount, meeting.pays) if part)


def point_words(each: TimedItem, drafts: Mapping[VersionId, str]) -> str:
    """Return one point of an agenda ("10:15  The sheet (45 minutes). A sheet, version 2").

    Args:
        each: The point.
        drafts: The drafts that points are about, by version.
    """
    at = f"{clock(each.starts_at)}  " if each.starts_at else ""
    draft = drafts.get(each.item.version, "") if each.item.version else ""
    about = f". {draft}" if draft else ""
    return f"{at}{title_of(each.item)} ({minutes_words(each.item.minutes)}){about}"


def sum_words(told: AgendaSum) -> str:
    """Return whether an agenda fits its meeting, and whether people get a rest."""
    fits = f"{minutes_words(told.minutes)} of {minutes_words(told.length)}"
    if told.over > 0:
        said = f"{fits}: {minutes_words(told.over)} more than the meeting has."
    elif told.over < 0:
        said = f"{fits}: {minutes_words(-told.over)} are still free."
    else:
        said = f"{fits}: it fits exactly."
    if told.needs_break:
        said += (
            f" There are {minutes_words(told.stretch)} without a break. "
            "A few minutes' rest helps many people."
        )
    return said
