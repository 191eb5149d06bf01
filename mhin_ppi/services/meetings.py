"""Meetings and workshops: arranging them, and noting who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..domain.meetings import Attendance, AttendanceId, Came, Meeting, MeetingId, MeetingKind
from ..domain.people import Person, PersonId
from ..domain.projects import ProjectId
from ..errors import InputError
from .desk import COORDINATING, Desk, alter, keep
from .outcome import Outcome


@dataclass(frozen=True)
class Meetings:
    """The board's meetings."""

    desk: Desk

    def all(self) -> list[Meeting]:
        """Return every meeting, earliest first."""
        with self.desk.store.unit_of_work() as work:
            return sorted(work.find(Meeting), key=lambda meeting: str(meeting.starts_at))

    def who_came(self, meeting: MeetingId) -> list[tuple[Person, Came]]:
        """Return who came to a meeting, and how."""
        with self.desk.store.unit_of_work() as work:
            found = work.find(Attendance, meeting=meeting)
            return [(work.get(Person, one.person), one.came) for one in found]

    def arrange(
        self,
        title: str,
        *,
        starts_at: datetime,
        minutes: int = 60,
        kind: MeetingKind = MeetingKind.MEETING,
        project: ProjectId | None = None,
        place: str = "",
        agenda: str = "",
    ) -> Outcome[Meeting]:
        """Arrange a meeting or workshop.

        Args:
            title: What it is called.
            starts_at: When it starts; aware.
            minutes: How long, 1 to 1,440.
            kind: Meeting or workshop.
            project: The project it is about.
            place: Where, or how to join.
            agenda: One line each.

        Raises:
            NotAllowedError: Only a coordinator arranges meetings.
            InputError: No title, or a length that cannot be.
        """
        if not title.strip():
            raise InputError("The meeting has no title.", next_step="Write what it is called.")
        if not 1 <= minutes <= 24 * 60:
            raise InputError(
                "A meeting lasts between 1 minute and 24 hours.", next_step="Put the length right."
            )
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="arrange meetings")
            meeting = Meeting(
                id=MeetingId(self.desk.new_id()),
                title=title.strip(),
                kind=kind,
                project=project,
                starts_at=starts_at,
                minutes=minutes,
                place=place.strip(),
                agenda=agenda.strip(),
            )
            keep(work, meeting)
            return Outcome(meeting, work.commit())

    def note_came(self, meeting: MeetingId, person: PersonId, came: Came) -> Outcome[Attendance]:
        """Note that a person came to a meeting, and how; a second note replaces the first.

        Raises:
            NotAllowedError: Only a coordinator notes who came.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="note who came")
            work.get(Meeting, meeting)
            work.get(Person, person)
            before = work.find(Attendance, meeting=meeting, person=person)
            if before:
                return Outcome(alter(work, before[0], came=came), work.commit())
            made = Attendance(
                id=AttendanceId(self.desk.new_id()), meeting=meeting, person=person, came=came
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def write_notes(self, meeting: MeetingId, notes: str) -> Outcome[Meeting]:
        """Keep what was said.

        Raises:
            NotAllowedError: Only a coordinator keeps the notes.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="keep the notes")
            new = alter(work, work.get(Meeting, meeting), notes=notes.strip())
            return Outcome(new, work.commit())
