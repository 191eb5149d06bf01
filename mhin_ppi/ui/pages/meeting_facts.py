"""Everything that the page of one meeting shows, read in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...domain.agenda import TimedItem, timed
from ...domain.drafts import VersionId
from ...domain.meeting_parts import Action, Invitation, Jotting
from ...domain.meetings import Came, JottingId, Meeting, MeetingId
from ...domain.people import Person, PersonId, Role
from ...domain.projects import Project
from ...domain.questions import QuestionId
from ...services.boards import Services
from ...services.meeting_papers import PaperShown
from ...services.meeting_time import TimeOffered
from ...services.named_twice import Naming
from ...services.reviewing import DraftOnShelf


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """One meeting and what belongs to it.

    Args:
        me: Whose laptop this is.
        people: Everyone on the board.
        projects: All of them.
        meeting: The meeting.
        agenda: Its points with their times.
        drafts: The drafts that its points are about, by version.
        papers: What is read for it.
        invitations: Those this laptop may see.
        came: How people came.
        jottings: What was written down in it.
        askers: Who asked the questions that jottings became, as they want to be named.
        twice: The jottings to which two coordinators gave different names.
        told_for_group: Who is told what became of the whole group's questions.
        actions: What was agreed in it.
        carried: What earlier meetings agreed and nobody has done yet.
        offers: Minutes that are offered and not kept yet.
        kept: For whom minutes are kept.
        shelf: The board's drafts.
        now: The present instant.
    """

    me: Person
    people: Sequence[Person]
    projects: Sequence[Project]
    meeting: Meeting
    agenda: Sequence[TimedItem]
    drafts: Mapping[VersionId, str]
    papers: Sequence[PaperShown]
    invitations: Mapping[PersonId, Invitation]
    came: Mapping[PersonId, Came]
    jottings: Sequence[Jotting]
    askers: Mapping[QuestionId, str]
    twice: Mapping[JottingId, tuple[Naming, ...]]
    told_for_group: PersonId
    actions: Sequence[Action]
    carried: Sequence[tuple[Action, Meeting]]
    offers: Sequence[TimeOffered]
    kept: frozenset[PersonId]
    shelf: Sequence[DraftOnShelf]
    now: datetime

    @property
    def coordinates(self) -> bool:
        """Whether the person at the laptop coordinates the board."""
        return self.me.has(Role.COORDINATOR)

    @property
    def present(self) -> list[Person]:
        """Those on the board who have not left."""
        return [person for person in self.people if not person.left_on]

    def name(self, person: PersonId | None) -> str:
        """Return a person's name; "" for nobody."""
        return next((one.name for one in self.people if one.id == person), "")

    def project(self) -> str:
        """Return the title of the meeting's project, or ""."""
        return next((p.title for p in self.projects if p.id == self.meeting.project), "")


def read_meeting(services: Services, meeting: MeetingId) -> MeetingFacts:
    """Return everything about a meeting.

    Raises:
        NotFoundError: It is not on this laptop.
    """
    parts, held = services.meeting_parts, services.meetings.one(meeting)
    me = services.people.me()
    jottings = parts.jottings.of(meeting)
    named = {one.question for one in jottings if one.question}
    stories = services.questions.register() if named else []
    return MeetingFacts(
        me=me,
        people=services.people.everyone(),
        projects=services.people.projects(),
        meeting=held,
        agenda=timed(parts.agendas.of(meeting), starts_at=held.starts_at),
        drafts=parts.agendas.drafts_of(meeting),
        papers=parts.papers.of(meeting),
        invitations={person.id: one for person, one in parts.invitations.of(meeting)},
        came={person.id: how for person, how in parts.attending.who_came(meeting)},
        jottings=jottings,
        askers={s.question.id: s.asked_by for s in stories if s.question.id in named},
        twice=parts.named_twice.of(meeting),
        told_for_group=parts.jottings.told_for_group().id,
        actions=parts.actions.of(meeting),
        carried=parts.actions.carried_to(meeting),
        offers=parts.time.of(meeting),
        kept=frozenset(one.person for one in parts.time.kept(meeting)),
        shelf=services.reviewing.shelf() if me.has(Role.COORDINATOR) else (),
        now=services.desk.now(),
    )
