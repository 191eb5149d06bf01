"""Meetings and workshops, and who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .fields import link, words
from .people import PersonId
from .projects import ProjectId

MeetingId = NewType("MeetingId", UUID)
AttendanceId = NewType("AttendanceId", UUID)
InvitationId = NewType("InvitationId", UUID)
AgendaItemId = NewType("AgendaItemId", UUID)
PaperId = NewType("PaperId", UUID)
ActionId = NewType("ActionId", UUID)
JottingId = NewType("JottingId", UUID)


class MeetingKind(StrEnum):
    """A meeting, or a workshop with partner sites."""

    MEETING = "meeting"
    WORKSHOP = "workshop"


class Came(StrEnum):
    """How a person came."""

    IN_THE_ROOM = "in_the_room"
    ONLINE = "online"
    BY_PHONE = "by_phone"
    APOLOGIES = "apologies"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting or workshop of the board.

    Args:
        id: Made on the laptop that arranged it.
        title: What it is called.
        kind: Meeting or workshop.
        project: The project it is about; ``None`` for the whole board.
        starts_at: When it starts.
        minutes: How long it lasts.
        place: Where, or how to join.
        agenda: What will be talked about, one line each.
        notes: What was said, kept by the coordinator.
        ways_of_working: What the people there agreed about how they work together.
        pays: What coming is paid, in words ("£25 an hour, preparation included").
        pay_pence: What coming is paid, as one amount; 0 where time is paid as usual.
        sequence: How often the invitation has changed (RFC 5545, SEQUENCE).
        cancelled: Whether it will not take place.
        prepare_minutes: About how long getting ready takes.
    """

    id: MeetingId
    title: str = words()
    kind: MeetingKind = MeetingKind.MEETING
    project: ProjectId | None = link(default=None)
    starts_at: datetime | None = None
    minutes: int = 60
    place: str = words("")
    agenda: str = words("")
    notes: str = words("")
    ways_of_working: str = words("")
    pays: str = words("")
    pay_pence: int = 0
    sequence: int = 0
    cancelled: bool = False
    prepare_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one meeting.

    Args:
        id: Made on the laptop that noted it.
        meeting: Which meeting.
        person: Who.
        came: How.
    """

    id: AttendanceId
    meeting: MeetingId = link()
    person: PersonId = link()
    came: Came = Came.IN_THE_ROOM
