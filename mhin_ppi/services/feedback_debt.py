"""Who is still owed what, since when, and who holds it; and what else waits to be followed up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from ..domain.feedback_debt import Owed, held_by, owed_now, promised_days, waits_since
from ..domain.impact import Impact
from ..domain.meeting_parts import Jotting
from ..domain.meetings import Meeting
from ..domain.people import Board
from ..domain.questions import QuestionId
from ..domain.register import Chaser
from ..domain.working_days import working_days_after, working_days_between
from .bank_holidays import bank_holidays_in_england
from .desk import COORDINATING, Desk
from .named_twice import NamedTwice
from .questions import Questions
from .second_looks import due_looks
from .stories import Story


@dataclass(frozen=True, slots=True)
class Debt:
    """One person who waits for one thing.

    Args:
        story: The question.
        owed: What they are owed.
        owed_to: Who is owed it: the asker under the name they chose, or the team that asks.
        held_by: Who holds it, in words ("the PCREF team").
        since: The day the wait began.
        waited_days: Working days since.
        promised_days: Working days the board promises for this.
        due_on: The last day of that promise.
        reminders: Reminders sent since the wait began, oldest first.
    """

    story: Story
    owed: Owed
    owed_to: str
    held_by: str
    since: date
    waited_days: int
    promised_days: int
    due_on: date
    reminders: tuple[Chaser, ...] = ()

    @property
    def question(self) -> QuestionId:
        """Which question it is about."""
        return self.story.question.id

    @property
    def days_over(self) -> int:
        """Working days beyond the board's promise; 0 while it is kept."""
        return max(0, self.waited_days - self.promised_days)


@dataclass(frozen=True, slots=True)
class DebtList:
    """Everything that a coordinator has to follow up.

    Args:
        debts: Who is owed what, longest wait first.
        jottings: What was written down in meetings and has no name yet, with its meeting's title.
        looks: Differences that are due for a second look.
        twice: What was written down and was given different names, with its meeting's title.
    """

    debts: tuple[Debt, ...]
    jottings: tuple[tuple[Jotting, str], ...] = ()
    looks: tuple[Impact, ...] = ()
    twice: tuple[tuple[Jotting, str], ...] = ()

    @property
    def by_holder(self) -> tuple[tuple[str, int], ...]:
        """How many waits each holder has, most first."""
        return tuple(Counter(debt.held_by for debt in self.debts).most_common())

    @property
    def overdue(self) -> tuple[Debt, ...]:
        """Those that wait longer than the board promises."""
        return tuple(debt for debt in self.debts if debt.days_over)


@dataclass(frozen=True)
class FeedbackDebt:
    """The list of who is still owed something."""

    desk: Desk

    def everyone(self) -> DebtList:
        """Return everything that waits on this board.

        Raises:
            NotAllowedError: Only a coordinator sees what everyone is owed.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="see what everyone is owed")
            meetings = {meeting.id: meeting.title for meeting in work.find(Meeting)}
            unnamed = [jotting for jotting in work.find(Jotting) if jotting.question is None]
        twice = NamedTwice(self.desk).everywhere()
        debts = self._among(Questions(self.desk).register())
        looks = [due.impact for due in due_looks(self.desk, self.desk.today())]

        def titled(jottings: Iterable[Jotting]) -> tuple[tuple[Jotting, str], ...]:
            return tuple((one, meetings.get(one.meeting, "")) for one in jottings)

        return DebtList(tuple(debts), titled(unnamed), tuple(looks), titled(twice))

    def mine(self) -> tuple[Debt, ...]:
        """Return what the person at this laptop is owed, longest wait first."""
        mine = (s for s in Questions(self.desk).mine() if not s.question.to_board)
        return tuple(self._among(mine))

    def _among(self, stories: Iterable[Story]) -> list[Debt]:
        waiting = [story for story in stories if story.fate.is_owed]
        if not waiting:
            return []
        with self.desk.store.unit_of_work() as work:
            board = self.desk.board(work)
            reminders: dict[QuestionId, list[Chaser]] = defaultdict(list)
            for chaser in work.find(Chaser):
                reminders[chaser.question].append(chaser)
        today = self.desk.today()
        began = [_day(waits_since(story.question, story.fate)) or today for story in waiting]
        last = today.year + 1 + board.answer_days // 200
        free = bank_holidays_in_england(range(min(began).year, last + 1))
        found = [
            _debt(story, since, board, today, free, reminders[story.question.id])
            for story, since in zip(waiting, began, strict=True)
        ]
        return sorted(found, key=lambda debt: (debt.since, str(debt.story.question.raised_at)))


def _debt(  # noqa: PLR0913 - a question, its board, the day, and what was done about it
    story: Story,
    since: date,
    board: Board,
    today: date,
    free: frozenset[date],
    reminders: Sequence[Chaser],
) -> Debt:
    question = story.question
    decision = story.response.decision if story.response else None
    owed = owed_now(story.fate, decision) or Owed.TELLING
    promise = promised_days(owed, board)
    return Debt(
        story=story,
        owed=owed,
        owed_to=story.asked_by,
        held_by=held_by(question, owed),
        since=since,
        waited_days=working_days_between(since, today, holidays=free),
        promised_days=promise,
        due_on=working_days_after(since, promise, holidays=free),
        reminders=tuple(sorted((r for r in reminders if r.on >= since), key=lambda r: r.on)),
    )


def _day(at: datetime | None) -> date | None:
    return at.astimezone().date() if at else None
