"""Who came to a meeting, and how: noted one by one, for all at once, or from a list of names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.attendance_list import AttendanceList
from ..domain.attendance_names import NameFound, find_names
from ..domain.facts import entity_of, fields_of
from ..domain.log import SetOp
from ..domain.meeting_rules import check_goes_ahead, identity_at
from ..domain.meetings import Attendance, AttendanceId, Came, Meeting, MeetingId
from ..domain.people import Person, PersonId
from ..domain.spaces import space_of
from ..errors import NotAllowedError
from .desk import COORDINATING, Desk, alter
from .outcome import Outcome
from .ports import UnitOfWork


@dataclass(frozen=True)
class Attending:
    """Who came to the board's meetings."""

    desk: Desk

    def who_came(self, meeting: MeetingId) -> list[tuple[Person, Came]]:
        """Return who came to a meeting, and how; those who sent apologies are among them."""
        with self.desk.store.unit_of_work() as work:
            found = work.find(Attendance, meeting=meeting)
            return [(work.get(Person, one.person), one.came) for one in found]

    def mine(self) -> dict[MeetingId, Came]:
        """Return how the person at this laptop came to each meeting, as far as it is noted."""
        with self.desk.store.unit_of_work() as work:
            found = work.find(Attendance, person=self.desk.store.person)
        return {one.meeting: one.came for one in found}

    def note_came(self, meeting: MeetingId, person: PersonId, came: Came) -> Outcome[Attendance]:
        """Note that a person came to a meeting, and how; a second note replaces the first.

        Raises:
            NotAllowedError: Only a coordinator notes who came; nobody came to a cancelled meeting.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="note who came")
            check_goes_ahead(work.get(Meeting, meeting))
            made = write_came(work, meeting, person, came)
            return Outcome(made, work.commit())

    def note_all(self, meeting: MeetingId, came: Mapping[PersonId, Came | None]) -> Outcome[int]:
        """Note for several people at once, in one action.

        Args:
            meeting: Which meeting.
            came: How each came; ``None`` takes back what was noted.

        Returns:
            How many notes changed.

        Raises:
            NotAllowedError: Only a coordinator notes who came; nobody came to a cancelled meeting.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="note who came")
            check_goes_ahead(work.get(Meeting, meeting))
            before = {one.person: one.came for one in work.find(Attendance, meeting=meeting)}
            wanted = {p: how for p, how in came.items() if before.get(p) is not how}
            for person, how in wanted.items():
                if how is None:
                    _take_back(work, meeting, person)
                else:
                    write_came(work, meeting, person, how)
            return Outcome(len(wanted), work.commit())

    def send_apologies(self, meeting: MeetingId) -> Outcome[Attendance]:
        """Say that the person at this laptop cannot come.

        Only apologies are one's own to note: that somebody did come is noted once they have.

        Raises:
            NotAllowedError: The meeting is cancelled, or it is noted that they came.
        """
        me = self.desk.store.person
        with self.desk.store.unit_of_work() as work:
            check_goes_ahead(work.get(Meeting, meeting))
            before = work.find(Attendance, meeting=meeting, person=me)
            if before and before[0].came is not Came.APOLOGIES:
                raise NotAllowedError(
                    "It is noted that you came to this meeting.",
                    next_step="If that is not so, tell your coordinator.",
                )
            made = write_came(work, meeting, me, Came.APOLOGIES)
            return Outcome(made, work.commit())

    def take_back_apologies(self, meeting: MeetingId) -> Outcome[None]:
        """Say that the person at this laptop can come after all."""
        me = self.desk.store.person
        with self.desk.store.unit_of_work() as work:
            found = work.find(Attendance, meeting=meeting, person=me, came=Came.APOLOGIES)
            if found:
                _take_back(work, meeting, me)
            return Outcome(None, work.commit() if found else ())

    def find_in(self, attended: AttendanceList) -> list[NameFound]:
        """Return the names of a list with the person each is, or may be; nothing is noted yet.

        Raises:
            NotAllowedError: Only a coordinator notes who came.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="note who came")
            return find_names(attended, work.find(Person))

    def note_found(self, meeting: MeetingId, found: Mapping[PersonId, Came]) -> Outcome[int]:
        """Note those that a list holds; what was noted by a person stands, but for apologies.

        Returns:
            How many notes changed.

        Raises:
            NotAllowedError: As for :meth:`note_all`.
        """
        with self.desk.store.unit_of_work() as work:
            noted = work.find(Attendance, meeting=meeting)
        stands = {one.person for one in noted if one.came is not Came.APOLOGIES}
        return self.note_all(meeting, {p: how for p, how in found.items() if p not in stands})


def write_came(work: UnitOfWork, meeting: MeetingId, person: PersonId, came: Came) -> Attendance:
    """Record how a person came, in place of what was recorded before."""
    work.get(Person, person)
    before = work.find(Attendance, meeting=meeting, person=person)
    if before:
        return alter(work, before[0], came=came)
    identity = AttendanceId(identity_at(meeting, person, what="attendance"))
    made = Attendance(id=identity, meeting=meeting, person=person, came=came)
    # It may have been taken back before: then it has to come back, and every field be said anew.
    named = entity_of(made)
    values = (SetOp(named, f.name, f.encode(getattr(made, f.name))) for f in fields_of(Attendance))
    work.record(space_of(made), [SetOp(named, "gone", False), *values])
    return made


def _take_back(work: UnitOfWork, meeting: MeetingId, person: PersonId) -> None:
    for old in work.find(Attendance, meeting=meeting, person=person):
        work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
