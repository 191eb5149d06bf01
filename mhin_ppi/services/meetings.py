"""Meetings and workshops: arranging, changing and cancelling them, and keeping their notes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain.meeting_rules import check_goes_ahead, check_meeting, is_over
from ..domain.meetings import Attendance, Came, Meeting, MeetingId, MeetingKind
from ..domain.people import Person, PersonId
from ..domain.projects import ProjectId
from .attendance import Attending
from .desk import COORDINATING, Desk, alter, keep
from .outcome import Outcome


@dataclass(frozen=True)
class Meetings:
    """The board's meetings."""

    desk: Desk

    def all(self) -> list[Meeting]:
        """Return every meeting, earliest first; those without a day come last."""
        with self.desk.store.unit_of_work() as work:
            found = work.find(Meeting)
        return sorted(found, key=lambda one: (one.starts_at is None, str(one.starts_at)))

    def one(self, meeting: MeetingId) -> Meeting:
        """Return a meeting.

        Raises:
            NotFoundError: It is not on this laptop.
        """
        with self.desk.store.unit_of_work() as work:
            return work.get(Meeting, meeting)

    def next(self) -> Meeting | None:
        """Return the next meeting that goes ahead; one under way counts until it is over."""
        now = self.desk.now()
        return next((one for one in self.all() if not one.cancelled and is_ahead(one, now)), None)

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
        ways_of_working: str = "",
        pays: str = "",
        pay_pence: int = 0,
        prepare_minutes: int = 0,
    ) -> Outcome[Meeting]:
        """Arrange a meeting or workshop.

        Args:
            title: What it is called.
            starts_at: When it starts; aware.
            minutes: How long, 1 to 1,440.
            kind: Meeting or workshop.
            project: The project it is about.
            place: Where, or how to join.
            agenda: One line each, where there are no times yet.
            ways_of_working: What people have agreed on how they work together.
            pays: What coming is paid, in words.
            pay_pence: What coming is paid, as one amount; 0 where time is paid as usual.
            prepare_minutes: About how long getting ready takes.

        Raises:
            NotAllowedError: Only a coordinator arranges meetings.
            InputError: No title, or a length or amount that cannot be.
        """
        meeting = Meeting(
            id=MeetingId(self.desk.new_id()),
            title=title.strip(),
            kind=kind,
            project=project,
            starts_at=starts_at,
            minutes=minutes,
            place=place.strip(),
            agenda=agenda.strip(),
            ways_of_working=ways_of_working.strip(),
            pays=pays.strip(),
            pay_pence=pay_pence,
            prepare_minutes=prepare_minutes,
        )
        check_meeting(meeting)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="arrange meetings")
            keep(work, meeting)
            return Outcome(meeting, work.commit())

    def change(self, meeting: MeetingId, **fields: Any) -> Outcome[Meeting]:  # noqa: ANN401 - any field
        """Change what a meeting is; its invitation counts as a newer one.

        Args:
            meeting: Which meeting.
            fields: New values, by the names of :meth:`arrange`.

        Raises:
            NotAllowedError: Only a coordinator changes meetings, and no cancelled one.
            InputError: It could not take place like that.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="change meetings")
            old = work.get(Meeting, meeting)
            check_goes_ahead(old)
            tidy: dict[str, Any] = {
                name: value.strip() if isinstance(value, str) else value
                for name, value in fields.items()
            }
            tidy = {name: value for name, value in tidy.items() if value != getattr(old, name)}
            if not tidy:
                return Outcome(old)
            check_meeting(dataclasses.replace(old, **tidy))
            new = alter(work, old, sequence=old.sequence + 1, **tidy)
            return Outcome(new, work.commit())

    def cancel(self, meeting: MeetingId) -> Outcome[Meeting]:
        """Call a meeting off; what is known of it stays, and it can be brought back.

        Raises:
            NotAllowedError: Only a coordinator cancels meetings.
        """
        return self._set_cancelled(meeting, cancelled=True)

    def bring_back(self, meeting: MeetingId) -> Outcome[Meeting]:
        """Let a cancelled meeting take place after all.

        Raises:
            NotAllowedError: Only a coordinator brings meetings back.
        """
        return self._set_cancelled(meeting, cancelled=False)

    def write_notes(self, meeting: MeetingId, notes: str) -> Outcome[Meeting]:
        """Keep what was said.

        Raises:
            NotAllowedError: Only a coordinator keeps the notes.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="keep the notes")
            new = alter(work, work.get(Meeting, meeting), notes=notes.strip())
            return Outcome(new, work.commit())

    def who_came(self, meeting: MeetingId) -> list[tuple[Person, Came]]:
        """Return who came to a meeting, and how (see :class:`Attending`)."""
        return Attending(self.desk).who_came(meeting)

    def note_came(self, meeting: MeetingId, person: PersonId, came: Came) -> Outcome[Attendance]:
        """Note that a person came to a meeting, and how (see :class:`Attending`)."""
        return Attending(self.desk).note_came(meeting, person, came)

    def _set_cancelled(self, meeting: MeetingId, *, cancelled: bool) -> Outcome[Meeting]:
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="cancel meetings")
            old = work.get(Meeting, meeting)
            if old.cancelled is cancelled:
                return Outcome(old)
            new = alter(work, old, cancelled=cancelled, sequence=old.sequence + 1)
            return Outcome(new, work.commit())


def is_ahead(meeting: Meeting, now: datetime) -> bool:
    """Return whether a meeting is still to come, or under way."""
    return meeting.starts_at is not None and not is_over(meeting, now=now)
