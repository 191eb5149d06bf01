"""Time given: offered by the program, confirmed by the person, corrected by a new record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..domain.drafts import RoundId
from ..domain.involvement import (
    Activity,
    Involvement,
    InvolvementId,
    check_involvement,
    counting,
)
from ..domain.meetings import MeetingId
from ..domain.people import PersonId
from ..domain.projects import ProjectId
from ..errors import NotAllowedError
from .desk import Desk, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork


@dataclass(frozen=True)
class Time:
    """The record of time given."""

    desk: Desk

    def mine(self) -> list[Involvement]:
        """Return this person's own time, newest first, without what was corrected."""
        with self.desk.store.unit_of_work() as work:
            found = counted(work.find(Involvement, person=self.desk.store.person))
        return sorted(found, key=lambda one: one.on, reverse=True)

    def everyones(self) -> list[Involvement]:
        """Return all time this laptop may see, oldest first, without what was corrected."""
        with self.desk.store.unit_of_work() as work:
            return counted(work.find(Involvement))

    def log(
        self,
        minutes: int,
        *,
        on: date | None = None,
        activity: Activity = Activity.READING,
        project: ProjectId | None = None,
        request: RoundId | None = None,
        meeting: MeetingId | None = None,
        note: str = "",
        on_behalf_of: PersonId | None = None,
        until: date | None = None,
        why_typed: str = "",
    ) -> Outcome[Involvement]:
        """Record minutes that the person has confirmed.

        Args:
            minutes: 1 to 1,440; for a lump as many for each of its days.
            on: The day, or the first of a lump; today unless said otherwise.
            activity: What for.
            project: Which project.
            request: The request to read it belongs to.
            meeting: The meeting it belongs to.
            note: Anything to add.
            on_behalf_of: Whose time it is, when typed in for them.
            until: The last day of a lump: a month's small tasks in one record.
            why_typed: Why somebody else types it in.

        Raises:
            InputError: Minutes that cannot be, a day that has not come or was before the board, or
                a lump over the end of a month.
            NotAllowedError: Only a coordinator types in for others.
        """
        day = on or self.desk.today()
        with self.desk.store.unit_of_work() as work:
            person = self.desk.author(work, on_behalf_of)
            check_involvement(minutes, day, until=until, **self._days(work))
            made = Involvement(
                id=InvolvementId(self.desk.new_id()),
                person=person,
                on=day,
                minutes=minutes,
                activity=activity,
                project=project,
                round=request,
                meeting=meeting,
                note=note.strip(),
                typed_by=self.desk.typed_by(person),
                until=until if until != day else None,
                why_typed=why_typed.strip(),
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def correct(self, wrong: InvolvementId, *, minutes: int, on: date) -> Outcome[Involvement]:
        """Put a record right with a new one; the old one is kept and no longer counts.

        Raises:
            InputError: Minutes that cannot be, or it is moved to a day that has not come or was
                before the board.
            NotAllowedError: It is somebody else's.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Involvement, wrong)
            length = old.until - old.on if old.until else None
            until = on + length if length else None
            days = self._days(work)
            if on == old.on:
                days["founded_on"] = None  # the day was checked when it was noted
            check_involvement(minutes, on, until=until, **days)
            me = self.desk.store.person
            if old.person != me and me not in coordinators(work):
                raise NotAllowedError("This is somebody else's time.")
            made = Involvement(
                id=InvolvementId(self.desk.new_id()),
                person=old.person,
                on=on,
                minutes=minutes,
                activity=old.activity,
                project=old.project,
                round=old.round,
                meeting=old.meeting,
                note=old.note,
                corrects=old.id,
                typed_by=self.desk.typed_by(old.person),
                until=until,
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def _days(self, work: UnitOfWork) -> dict[str, Any]:
        """Return how far back time can be: paper records are for a coordinator to type in."""
        return {
            "today": self.desk.today(),
            "founded_on": self.desk.board(work).founded_on,
            "from_paper": self.desk.store.person in coordinators(work),
        }


def counted(found: list[Involvement]) -> list[Involvement]:
    """Return records without those that a later one puts right, in the order recorded."""
    counts = counting(found)
    return [one for one in found if counts[one.id] is one]
