"""Everything that belongs to a meeting, for those who arrange one and those who come."""

from __future__ import annotations

from dataclasses import dataclass

from .agendas import Agendas
from .attendance import Attending
from .desk import Desk
from .file_ports import MeetingFiles
from .invitations import Invitations
from .jottings import Jottings
from .meeting_actions import Actions
from .meeting_calendar import MeetingCalendar
from .meeting_papers import Papers
from .meeting_time import MeetingTime
from .named_twice import NamedTwice


@dataclass(frozen=True)
class MeetingParts:
    """What can be done with the parts of a meeting.

    Args:
        files: Reads lists of who was there.
        agendas: What is talked about, and when.
        papers: What is read for it.
        invitations: Who is asked, and what they need on the day.
        attending: Who came.
        jottings: Questions written down as they were said.
        named_twice: Those to which two coordinators gave different names.
        actions: Who will do what.
        time: The minutes it took, for those who came.
        calendar: Files for calendars.
    """

    files: MeetingFiles
    agendas: Agendas
    papers: Papers
    invitations: Invitations
    attending: Attending
    jottings: Jottings
    named_twice: NamedTwice
    actions: Actions
    time: MeetingTime
    calendar: MeetingCalendar


def meeting_parts_of(desk: Desk, files: MeetingFiles) -> MeetingParts:
    """Return what can be done with the parts of meetings of an open board."""
    return MeetingParts(
        files=files,
        agendas=Agendas(desk),
        papers=Papers(desk),
        invitations=Invitations(desk),
        attending=Attending(desk),
        jottings=Jottings(desk),
        named_twice=NamedTwice(desk),
        actions=Actions(desk),
        time=MeetingTime(desk),
        calendar=MeetingCalendar(desk, files),
    )
