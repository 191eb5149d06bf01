"""The time a meeting took, offered to everyone who came; each confirms their own, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.involvement import Activity, Involvement, InvolvementId, check_involvement
from ..domain.meeting_rules import CAME, identity_at, is_over
from ..domain.meetings import Attendance, Meeting, MeetingId
from ..domain.people import Person, PersonId
from ..errors import NotAllowedError
from .desk import Desk, keep
from .outcome import Outcome
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class TimeOffered:
    """Minutes that one person may keep for one meeting.

    Args:
        meeting: Which meeting.
        person: Who came.
        minutes: How long the meeting was.
        prepare_minutes: About how long getting ready took.
    """

    meeting: Meeting
    person: Person
    minutes: int
    prepare_minutes: int


@dataclass(frozen=True)
class MeetingTime:
    """Minutes of meetings, offered and confirmed."""

    desk: Desk

    def mine(self) -> list[TimeOffered]:
        """Return what is offered to the person at this laptop, earliest meeting first."""
        with self.desk.store.unit_of_work() as work:
            came = work.find(Attendance, person=self.desk.store.person, came=CAME)
            return _in_order(self._offers(work, came))

    def of(self, meeting: MeetingId) -> list[TimeOffered]:
        """Return what is offered to those who came to a meeting, as far as this laptop sees."""
        with self.desk.store.unit_of_work() as work:
            return _in_order(self._offers(work, work.find(Attendance, meeting=meeting, came=CAME)))

    def kept(self, meeting: MeetingId) -> list[Involvement]:
        """Return the time that is recorded for a meeting, as far as this laptop sees."""
        with self.desk.store.unit_of_work() as work:
            return work.find(Involvement, meeting=meeting)

    def confirm(
        self,
        meeting: MeetingId,
        *,
        minutes: int,
        prepare_minutes: int = 0,
        on_behalf_of: PersonId | None = None,
    ) -> Outcome[list[Involvement]]:
        """Keep the minutes of a meeting; a second time changes nothing.

        Args:
            meeting: Which meeting.
            minutes: What the person says they were there for, 1 to 1,440.
            prepare_minutes: What they say getting ready took; 0 for none.
            on_behalf_of: Whose time it is, when typed in for them.

        Returns:
            What is recorded for this person and meeting, now or before.

        Raises:
            NotAllowedError: They are not noted as there, the meeting is not over, or only a
                coordinator types in for others.
            InputError: Minutes that cannot be.
        """
        with self.desk.store.unit_of_work() as work:
            person = self.desk.author(work, on_behalf_of)
            made = self._keep(work, meeting, person, minutes, prepare_minutes)
            return Outcome(made, work.commit())

    def confirm_for(self, offers: Iterable[TimeOffered]) -> Outcome[int]:
        """Keep what is offered to several people, as the coordinator was told by them.

        Returns:
            For how many it was kept.

        Raises:
            NotAllowedError: As for :meth:`confirm`.
        """
        with self.desk.store.unit_of_work() as work:
            done = 0
            for one in offers:
                person = self.desk.author(work, one.person.id)
                self._keep(work, one.meeting.id, person, one.minutes, one.prepare_minutes)
                done += 1
            return Outcome(done, work.commit())

    def _offers(self, work: UnitOfWork, came: list[Attendance]) -> list[TimeOffered]:
        now = self.desk.now()
        found = []
        for one in came:
            meeting = work.get(Meeting, one.meeting)
            if not is_over(meeting, now=now) or meeting.cancelled:
                continue
            if work.find(Involvement, meeting=meeting.id, person=one.person):
                continue
            person = work.get(Person, one.person)
            found.append(TimeOffered(meeting, person, meeting.minutes, meeting.prepare_minutes))
        return found

    def _keep(
        self,
        work: UnitOfWork,
        meeting: MeetingId,
        person: PersonId,
        minutes: int,
        prepare_minutes: int,
    ) -> list[Involvement]:
        held = work.get(Meeting, meeting)
        before = work.find(Involvement, meeting=meeting, person=person)
        if before:
            return before
        if not work.find(Attendance, meeting=meeting, person=person, came=CAME):
            raise NotAllowedError(
                "It is not noted that this person came.",
                next_step="Note first who came. Time for something else goes under Time.",
            )
        if held.starts_at is None or not is_over(held, now=self.desk.now()):
            raise NotAllowedError(
                "The meeting is not over yet.", next_step="Keep the time when it is."
            )
        on = held.starts_at.astimezone().date()
        parts = [(Activity.MEETING, minutes)]
        if prepare_minutes:
            parts.append((Activity.PREPARATION, prepare_minutes))
        made = []
        for activity, length in parts:
            check_involvement(length, on, today=self.desk.today())
            one = Involvement(
                # The same on every laptop: kept by the person and by the coordinator before they
                # exchange, it is one record all the same.
                id=InvolvementId(identity_at(meeting, person, what=activity.value)),
                person=person,
                on=on,
                minutes=length,
                activity=activity,
                project=held.project,
                meeting=meeting,
                typed_by=self.desk.typed_by(person),
            )
            keep(work, one)
            made.append(one)
        return made


def _in_order(offers: list[TimeOffered]) -> list[TimeOffered]:
    return sorted(offers, key=lambda one: (str(one.meeting.starts_at), one.person.name))
