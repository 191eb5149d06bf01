"""Invitations: who is asked to a meeting, and what each person needs on the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.facts import changes, entity_of
from ..domain.log import SetOp
from ..domain.meeting_parts import Invitation
from ..domain.meeting_rules import check_goes_ahead, identity_at
from ..domain.meetings import InvitationId, Meeting, MeetingId
from ..domain.people import Person, PersonId
from ..domain.spaces import space_of
from .desk import COORDINATING, Desk, alter
from .outcome import Outcome
from .ports import UnitOfWork

LONGEST_NEEDS = 4_000


@dataclass(frozen=True)
class Invitations:
    """Who is asked to meetings; only the person and the coordinators see an invitation."""

    desk: Desk

    def of(self, meeting: MeetingId) -> list[tuple[Person, Invitation]]:
        """Return the invitations to a meeting that this laptop may see."""
        with self.desk.store.unit_of_work() as work:
            found = work.find(Invitation, meeting=meeting)
            return [(work.get(Person, one.person), one) for one in found]

    def mine(self, meeting: MeetingId) -> Invitation | None:
        """Return the invitation of the person at this laptop, if there is one."""
        with self.desk.store.unit_of_work() as work:
            found = work.find(Invitation, meeting=meeting, person=self.desk.store.person)
        return found[0] if found else None

    def invite(self, meeting: MeetingId, people: Iterable[PersonId]) -> Outcome[int]:
        """Ask people to a meeting; those asked before are left alone.

        Returns:
            How many were asked now.

        Raises:
            NotAllowedError: Only a coordinator asks, and to no cancelled meeting.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="invite people")
            check_goes_ahead(work.get(Meeting, meeting))
            asked = 0
            for person in people:
                work.get(Person, person)
                before = work.find(Invitation, meeting=meeting, person=person)
                if before and before[0].sent_on:
                    continue
                asked += 1
                if before:
                    alter(work, before[0], sent_on=self.desk.today())
                else:
                    self._write(work, meeting, person, asked_now=True)
            return Outcome(asked, work.commit())

    def take_back(self, meeting: MeetingId, person: PersonId) -> Outcome[None]:
        """Ask somebody no longer.

        Raises:
            NotAllowedError: Only a coordinator takes an invitation back.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="take an invitation back")
            for old in work.find(Invitation, meeting=meeting, person=person):
                work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            return Outcome(None, work.commit())

    def say_needs(
        self, meeting: MeetingId, needs: str, *, on_behalf_of: PersonId | None = None
    ) -> Outcome[Invitation]:
        """Say what one needs on the day, in one's own words; nobody asks why.

        Args:
            meeting: Which meeting.
            needs: The words; none takes back what was said.
            on_behalf_of: Who said it, when typed in for them.

        Raises:
            NotAllowedError: Only a coordinator types in for others.
        """
        with self.desk.store.unit_of_work() as work:
            work.get(Meeting, meeting)
            person = self.desk.author(work, on_behalf_of)
            words = needs.strip()[:LONGEST_NEEDS]
            before = work.find(Invitation, meeting=meeting, person=person)
            if before:
                made: Invitation = alter(work, before[0], needs=words)
            else:
                made = self._write(work, meeting, person, needs=words)
            if not words:
                # What somebody needs tells of their health: taken back, it is gone everywhere.
                work.forget(Invitation, made.id)
            return Outcome(made, work.commit())

    def _write(
        self,
        work: UnitOfWork,
        meeting: MeetingId,
        person: PersonId,
        *,
        needs: str = "",
        asked_now: bool = False,
    ) -> Invitation:
        made = Invitation(
            id=InvitationId(identity_at(meeting, person, what="invitation")),
            meeting=meeting,
            person=person,
            sent_on=self.desk.today() if asked_now else None,
            needs=needs,
        )
        # One taken back before comes back. What is not said here is left alone: the person may have
        # said what they need on another laptop already.
        work.record(space_of(made), [SetOp(entity_of(made), "gone", False), *changes(None, made)])
        return made
