"""How long a question was in each of its states: every wait is kept, not only the present one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .questions import STEP_RULES, Fate, Question, QuestionState


@dataclass(frozen=True, slots=True)
class Stay:
    """One time that a question was in a state.

    Args:
        state: The state.
        began: When it came into it.
        ended: When it left it; ``None`` while it is in it.
    """

    state: QuestionState
    began: datetime
    ended: datetime | None

    def days(self, now: datetime) -> int:
        """Return how many days that was, or has been until now, by the days of the calendar."""
        until = (self.ended or now).astimezone().date()
        return max(0, (until - self.began.astimezone().date()).days)


def stays(question: Question, fate: Fate) -> tuple[Stay, ...]:
    """Return every stay of a question in a state, in order; none where its first day is unknown.

    Args:
        question: The question.
        fate: Its fate, with the steps that counted.
    """
    if question.raised_at is None:
        return ()
    moves = [(QuestionState.RAISED, question.raised_at)]
    for step in fate.taken:
        leads_to = STEP_RULES[step.kind].leads_to
        if leads_to is not None and leads_to is not moves[-1][0]:
            moves.append((leads_to, step.at))
    ends = [at for _, at in moves[1:]]
    return tuple(
        Stay(state, began, ended)
        for (state, began), ended in zip(moves, [*ends, None], strict=True)
    )
