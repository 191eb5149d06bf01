"""What belongs to a meeting: invitations, agenda, papers, questions jotted down, actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from .annotations import AnnotationKind
from .drafts import BlobId, VersionId
from .fields import link, optional_words, words
from .meetings import ActionId, AgendaItemId, InvitationId, JottingId, MeetingId, PaperId
from .people import PersonId
from .questions import QuestionId


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person asked to one meeting. Only that person and the coordinators see it.

    Args:
        id: Made on the laptop that asked.
        meeting: Which meeting.
        person: Who.
        sent_on: The day the invitation was made.
        needs: What the person needs on the day, in their words; nobody asks why.
    """

    id: InvitationId
    meeting: MeetingId = link()
    person: PersonId = link()
    sent_on: date | None = None
    needs: str = words("")


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One line of an agenda.

    Args:
        id: Made on the laptop that wrote it.
        meeting: Which meeting.
        title: What is talked about.
        place: Its place in the agenda, from 1.
        minutes: How long.
        is_break: Whether it is a break.
        version: The draft that is talked about.
        lead: Who leads it, in words.
    """

    id: AgendaItemId
    meeting: MeetingId = link()
    title: str = words()
    place: int = 1
    minutes: int = 10
    is_break: bool = False
    version: VersionId | None = link(default=None)
    lead: str = words("")


@dataclass(frozen=True, slots=True)
class MeetingPaper:
    """A draft, a report or another file that a meeting needs.

    Args:
        id: Made on the laptop that added it.
        meeting: Which meeting.
        version: The draft version it is; ``None`` for a file.
        file: The attached file.
        file_name: What that file was called.
    """

    id: PaperId
    meeting: MeetingId = link()
    version: VersionId | None = link(default=None)
    file: BlobId | None = None
    file_name: str = words("")


@dataclass(frozen=True, slots=True)
class Jotting:
    """A question written down in a meeting as it was said; who said it can be added later.

    Args:
        id: Made on the laptop where it was written.
        meeting: Which meeting.
        body: The words.
        kind: What they do.
        made_at: When.
        question: The question it became, once it has a name.
    """

    id: JottingId
    meeting: MeetingId = link()
    body: str = words()
    kind: AnnotationKind = AnnotationKind.QUESTION
    made_at: datetime | None = None
    question: QuestionId | None = link(default=None)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that somebody said they would do.

    Args:
        id: Made on the laptop where it was written.
        meeting: The meeting it was agreed in.
        body: What will be done.
        person: Who does it, when they are on the board.
        who: Who does it, in words, when they are not.
        due_on: By when.
        done_on: The day it was done.
        outcome: What came of it.
    """

    id: ActionId
    meeting: MeetingId = link()
    body: str = words()
    person: PersonId | None = link(default=None)
    who: str = words("")
    due_on: date | None = None
    done_on: date | None = None
    outcome: str | None = optional_words()
