"""Recording what a person who asked was told: shared by every activity that tells one."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.questions import Question, QuestionId, StepKind, check_step, fate_of
from ..domain.responses import Feedback, FeedbackId, FeedbackKind
from ..domain.spaces import space_of
from .desk import Desk, coordinators, keep
from .ports import UnitOfWork
from .steps import write_step


@dataclass(frozen=True, slots=True)
class Telling:
    """What one person is told about one question.

    Args:
        question: Which question.
        body: The words.
        kind: Thanks, what difference it made, or how the study is going.
    """

    question: QuestionId
    body: str
    kind: FeedbackKind = FeedbackKind.DIFFERENCE


def write_feedback(desk: Desk, work: UnitOfWork, told: Telling) -> Feedback:
    """Record what one person was told, as part of an action.

    Raises:
        InputError: No words.
        NotAllowedError: There is no answer yet: feedback needs one.
    """
    question = work.get(Question, told.question)
    who = coordinators(work)
    me = desk.store.person
    check_step(
        question,
        fate_of(question, work.steps(question.id), coordinators=who),
        StepKind.FEED_BACK,
        by=me,
        is_coordinator=me in who,
        said=told.body,
    )
    made = Feedback(
        id=FeedbackId(desk.new_id()),
        question=question.id,
        body=told.body.strip(),
        kind=told.kind,
        told_on=desk.today(),
        told_by=me,
    )
    # The words stand in the record alone: words of the asker in them can be taken back there.
    write_step(desk, work, question, StepKind.FEED_BACK, on_behalf_of=None, record=str(made.id))
    keep(work, made, space=space_of(question))
    return made
