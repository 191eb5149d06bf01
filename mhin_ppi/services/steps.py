"""Writing one step in the life of a question: shared by every activity that takes one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..domain.annotations import Annotation
from ..domain.facts import entity_of
from ..domain.log import SetOp, StepOp
from ..domain.people import PersonId
from ..domain.questions import Question, StepKind
from ..domain.responses import Feedback
from ..domain.spaces import space_of
from .desk import Desk, alter, keep
from .ports import UnitOfWork

TAKEN_BACK = "words taken back"


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


def blank_words(work: UnitOfWork, question: Question) -> list[tuple[type[Any], object]]:
    """Take the words of a question, and of the note it began as, off the screens.

    Args:
        work: The unit of work.
        question: The question that is taken back.

    Returns:
        What :func:`forget_words` is to forget once this has been committed.
    """
    quotes = blank_quotes(work, question)
    alter(work, question, body="")
    held: list[tuple[type[Any], object]] = [(Question, question.id), *quotes]
    for note in work.find(Annotation, id=question.annotation) if question.annotation else ():
        work.record(space_of(note), [SetOp(entity_of(note), "gone", True)])
        held.append((Annotation, note.id))
    return held


def blank_quotes(work: UnitOfWork, question: Question) -> list[tuple[type[Any], object]]:
    """Take the asker's words out of what they were told, where it begins with them or quotes them.

    Returns:
        What held them: what stands there now is for keeping, what stood there is to be forgotten.
    """
    words = question.body.strip()
    held: list[tuple[type[Any], object]] = []
    for told in work.find(Feedback, question=question.id) if words else ():
        body = told.body.replace(f"“{words}”", f"“{TAKEN_BACK}”")
        if " " in words:  # one short word alone may be anybody's
            body = body.replace(words, TAKEN_BACK)
        if body != told.body:
            without = replace(told, body=body)
            keep(work, without, old=told, space=space_of(question))
            held.append((Feedback, told.id))
    return held


def forget_words(desk: Desk, held: Iterable[tuple[type[Any], object]]) -> None:
    """Forget words that were taken back; only after the commit, which may still fail before it."""
    for noun, identity in held:
        desk.store.forget(noun, identity, but_standing=noun is Feedback)
