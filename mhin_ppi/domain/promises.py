"""What the board promises to those who ask: so many working days until each next word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from .people import Board
from .questions import QuestionState
from .working_days import working_days_after


@dataclass(frozen=True, slots=True)
class Promise:
    """The board's promise, with the days that do not count.

    Args:
        acknowledge_days: Working days until a question is acknowledged.
        answer_days: Working days until it is answered.
        holidays: Bank holidays.
    """

    acknowledge_days: int
    answer_days: int
    holidays: Collection[date] = ()

    def due_on(self, state: QuestionState, asked_on: date) -> date | None:
        """Return the last day on which the promise is kept; ``None`` where nothing is promised.

        Args:
            state: Where the question is now. An answer that nobody has told the asker is no answer
                to them, so the promise of one runs until they are told.
            asked_on: The day the wait began; see ``feedback_debt.waits_since``.
        """
        days = {
            QuestionState.RAISED: self.acknowledge_days,
            QuestionState.ACKNOWLEDGED: self.answer_days,
            QuestionState.ANSWERED: self.answer_days,
            QuestionState.CHANGED: self.answer_days,
            QuestionState.NOT_CHANGED: self.answer_days,
        }.get(state)
        if days is None:
            return None
        return working_days_after(asked_on, days, holidays=self.holidays)

    def is_overdue(self, state: QuestionState, asked_on: date, *, today: date) -> bool:
        """Return whether a question has waited longer than promised."""
        due = self.due_on(state, asked_on)
        return due is not None and today > due


def promise_of(board: Board, *, holidays: Collection[date]) -> Promise:
    """Return a board's promise."""
    return Promise(board.acknowledge_days, board.answer_days, holidays)
