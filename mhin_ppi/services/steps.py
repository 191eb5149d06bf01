"""Writing one step in the life of a question: shared by every activity that takes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ..domain.annotations import Annotation
from ..domain.facts import entity_of, name_of
from ..domain.impact import Impact
from ..domain.log import SetOp, StepOp
from ..domain.meeting_parts import Jotting
from ..domain.people import PersonId
from ..domain.questions import Question, Step, StepKind, is_askers_word
from ..domain.responses import Change, Feedback, Response
from ..domain.spaces import space_of
from ..domain.taking_back import QUOTING, without_words
from .desk import Desk, alter, keep
from .ports import UnitOfWork
from .words_begun import forget_begun


@dataclass(frozen=True, slots=True)
class Held:
    """Words to forget with an action.

    Args:
        noun: Which kind of thing held them.
        identity: Which one.
        but_standing: Whether those that count now are kept.
    """

    noun: type[Any]
    identity: object
    but_standing: bool = False


def write_step(
    desk: Desk,
    work: UnitOfWork,
    question: Question,
    kind: StepKind,
    *,
    said: str = "",
    on_behalf_of: PersonId | None = None,
    **detail: str,
) -> None:
    """Record a step that :func:`~mhin_ppi.domain.questions.check_step` has allowed.

    Args:
        desk: The open board.
        work: The unit of work.
        question: Which question.
        kind: What happened.
        said: What was said with it.
        on_behalf_of: Whose step it is, when typed in for them.
        detail: Plain strings that go with it, such as the id of the response.
    """
    if said.strip():
        detail["words"] = said.strip()
    asker_typed_in = question.typed_by == desk.store.person and question.asker != desk.store.person
    if on_behalf_of is not None and on_behalf_of != desk.store.person:
        detail["for"] = str(on_behalf_of)
    elif asker_typed_in and kind is StepKind.WITHDRAW:
        detail["for"] = str(question.asker)
    work.record(space_of(question), [StepOp(str(question.id), kind.value, detail)])


def blank_words(work: UnitOfWork, question: Question) -> list[Held]:
    """Take the words of a question, and of the note it began as, off the screens.

    Args:
        work: The unit of work, in which the step that takes them back is written already.
        question: The question that is taken back.

    Returns:
        What :func:`forget_held` is to forget.
    """
    held = blank_said(work, question)
    alter(work, question, body="")
    held.append(Held(Question, question.id))
    for note in work.find(Annotation, id=question.annotation) if question.annotation else ():
        work.record(space_of(note), [SetOp(entity_of(note), "gone", True)])
        held.append(Held(Annotation, note.id))
    return held


def blank_said(work: UnitOfWork, question: Question) -> list[Held]:
    """Take what the asker said about a question, and what quotes them, off the screens.

    Args:
        work: The unit of work, in which the step that takes them back is written already.
        question: The question that is taken back, as it was.

    Returns:
        What held them, for :func:`forget_held`; where others' words stand beside, those stay.
    """
    forget_begun(work, str(question.id))
    held = _blank_quotes(work, question)
    for seen in work.find(Impact, question=question.id):
        if seen.asker_view:
            keep(work, replace(seen, asker_view=""), old=seen, space=space_of(question))
        held.append(Held(Impact, seen.id, but_standing=True))
    # Their words were moved from there into the question, but a laptop may hold what stood there.
    held += [Held(Jotting, one.id) for one in work.find(Jotting, question=question.id)]
    steps = (step for step in work.steps(question.id) if is_askers_word(step, question))
    return held + [Held(Step, step.id) for step in steps]


def _blank_quotes(work: UnitOfWork, question: Question) -> list[Held]:
    """Take the asker's words out of what others said of the question and quotes them.

    Returns:
        What held them: what stands there now is for keeping, what stood there is to be forgotten.
    """
    held: list[Held] = []
    others: tuple[type[Any], ...] = (Feedback, Response, Change)
    for noun in others:
        fields = [field for of, field in QUOTING if of == name_of(noun)]
        for said in work.find(noun, question=question.id):
            told = {field: getattr(said, field) for field in fields}
            without = {f: without_words(words, question.body) for f, words in told.items()}
            if without != told:
                keep(work, replace(said, **without), old=said, space=space_of(question))
                held.append(Held(noun, said.id, but_standing=True))
    return held


def forget_held(work: UnitOfWork, held: Iterable[Held]) -> None:
    """Forget words that were taken back, with the action that takes them back."""
    for one in held:
        work.forget(one.noun, one.identity, but_standing=one.but_standing)
