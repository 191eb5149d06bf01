"""What a person who asked is still owed, since when, and who holds it.

Being told and silent is no debt, nor is *told, no reply needed*, a question that is finished, or
one that was taken back. “Not quite” and opening again begin a new wait, and so does what is new to
somebody who was told: a change that comes months later is not late by those months.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from .people import Board
from .questions import Fate, Question, QuestionState, StepKind
from .responses import Decision

COORDINATOR = "the coordinator"
THE_TEAM = "the research team"
THE_BOARD = "the board"
_BEGIN_AGAIN = (StepKind.NOT_QUITE, StepKind.REOPEN)
_NEWS = (StepKind.ANSWER, StepKind.CHANGE, StepKind.NOT_CHANGE)


class Owed(StrEnum):
    """What the person who asked waits for, in the order of a question's life."""

    ACKNOWLEDGEMENT = "acknowledgement"
    ANSWER = "answer"
    TELLING = "telling"


OWED_WORDS: Mapping[Owed, str] = {
    Owed.ACKNOWLEDGEMENT: "To hear that we have it",
    Owed.ANSWER: "An answer",
    Owed.TELLING: "To be told the answer",
}
"""What each is called on screen."""


def owed_now(fate: Fate, decision: Decision | None) -> Owed | None:
    """Return what the person is owed, or ``None`` for nothing.

    Args:
        fate: Where the question is.
        decision: What the team last decided, if anything; *needs discussion* is not an answer yet.
    """
    if not fate.is_owed:
        return None
    if fate.state is QuestionState.RAISED:
        return Owed.ACKNOWLEDGEMENT
    undecided = decision in (None, Decision.NEEDS_DISCUSSION)
    if fate.state is QuestionState.ACKNOWLEDGED:
        return Owed.ANSWER
    return Owed.ANSWER if fate.state is QuestionState.ANSWERED and undecided else Owed.TELLING


def waits_since(question: Question, fate: Fate) -> datetime | None:
    """Return when the present wait began.

    That is when it was asked, or last said to be “not quite”, or opened again; or, for somebody who
    was told, when there was first something new to tell.
    """
    began, told = question.raised_at, False
    for step in fate.taken:
        if step.kind in _BEGIN_AGAIN or (told and step.kind in _NEWS):
            began, told = step.at, False
        told = told or step.kind is StepKind.FEED_BACK
    return began


def held_by(question: Question, owed: Owed | None) -> str:
    """Return who holds a wait, in words.

    Once the team has answered, its part is done: telling the person is the coordinator's. What the
    team asks the board is held by the board.
    """
    if owed is Owed.TELLING:
        return COORDINATOR
    return question.holder or (THE_BOARD if question.to_board else COORDINATOR)


def promised_days(owed: Owed, board: Board) -> int:
    """Return the board's promise, in working days from the beginning of the wait.

    An answer that nobody has told them is no answer to them: that promise runs until they are told.
    """
    return board.acknowledge_days if owed is Owed.ACKNOWLEDGEMENT else board.answer_days
