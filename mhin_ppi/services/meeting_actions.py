"""Actions agreed in meetings: who does what by when, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.meeting_parts import Action
from ..domain.meetings import ActionId, Meeting, MeetingId
from ..domain.people import Person, PersonId
from ..errors import InputError, NotAllowedError
from .desk import COORDINATING, Desk, alter, coordinators, keep
from .outcome import Outcome


@dataclass(frozen=True)
class Actions:
    """What people said they would do."""

    desk: Desk

    def of(self, meeting: MeetingId) -> list[Action]:
        """Return what was agreed in a meeting, in the order it was written down."""
        with self.desk.store.unit_of_work() as work:
            return work.find(Action, meeting=meeting)

    def carried_to(self, meeting: MeetingId) -> list[tuple[Action, Meeting]]:
        """Return what earlier meetings agreed and nobody has done yet, with those meetings.

        Earlier meetings of the same project count, and for a meeting of the whole board all.
        """
        with self.desk.store.unit_of_work() as work:
            here = work.get(Meeting, meeting)
            meetings = {one.id: one for one in work.find(Meeting)}
            found = [
                (one, meetings[one.meeting])
                for one in work.find(Action)
                if one.done_on is None and one.meeting in meetings
            ]
        return [
            (action, then)
            for action, then in found
            if then.id != here.id
            and str(then.starts_at) < str(here.starts_at)
            and here.project in (None, then.project)
        ]

    def add(
        self,
        meeting: MeetingId,
        body: str,
        *,
        person: PersonId | None = None,
        who: str = "",
        due_on: date | None = None,
    ) -> Outcome[Action]:
        """Write down what somebody will do.

        Args:
            meeting: Where it was agreed.
            body: What will be done.
            person: Who does it, when they are on the board.
            who: Who does it, in words, when they are not.
            due_on: By when.

        Raises:
            NotAllowedError: Only a coordinator writes actions down.
            InputError: No words, or due before the meeting.
        """
        if not body.strip():
            raise InputError("Nothing is written yet.", next_step="Write what will be done.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="write down actions")
            held = work.get(Meeting, meeting)
            if person is not None:
                work.get(Person, person)
            if due_on and held.starts_at and due_on < held.starts_at.astimezone().date():
                raise InputError(
                    "It would be due before the meeting.", next_step="Choose a later day."
                )
            made = Action(
                id=ActionId(self.desk.new_id()),
                meeting=meeting,
                body=body.strip(),
                person=person,
                who="" if person else who.strip(),
                due_on=due_on,
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def set_done(self, action: ActionId, *, outcome: str = "") -> Outcome[Action]:
        """Say that it is done, and what came of it.

        Raises:
            NotAllowedError: Only who does it, or a coordinator, says so.
        """
        return self._finish(action, done_on=self.desk.today(), outcome=outcome.strip() or None)

    def set_open(self, action: ActionId) -> Outcome[Action]:
        """Say that it is not done after all.

        Raises:
            NotAllowedError: Only who does it, or a coordinator, says so.
        """
        return self._finish(action, done_on=None, outcome=None)

    def _finish(
        self, action: ActionId, *, done_on: date | None, outcome: str | None
    ) -> Outcome[Action]:
        with self.desk.store.unit_of_work() as work:
            old = work.get(Action, action)
            if self.desk.store.person not in {old.person, *coordinators(work)}:
                raise NotAllowedError(
                    "Somebody else said they would do this.",
                    next_step="Tell them, or your coordinator, that it is done.",
                )
            return Outcome(alter(work, old, done_on=done_on, outcome=outcome), work.commit())
