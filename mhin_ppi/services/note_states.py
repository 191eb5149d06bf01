"""A note as it is or was, and turning one state into another: every change goes through here.

A note keeps its id for life. Taken back, it is gone and its words are forgotten; brought back, the
same note is written again, so that replies to it and tags on it still belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

from ..domain.annotations import Annotation, AnnotationId, Visibility, is_owed_an_answer
from ..domain.drafts import Draft, DraftVersion
from ..domain.facts import changes, entity_of, fields_of
from ..domain.log import SetOp
from ..domain.people import Credit
from ..domain.projects import SiteId
from ..domain.questions import (
    Fate,
    Question,
    QuestionId,
    QuestionState,
    StepKind,
    check_step,
    fate_of,
)
from ..domain.spaces import Space, space_of
from ..errors import InputError, NotAllowedError
from .desk import Desk, alter, coordinators, keep
from .ports import UnitOfWork
from .steps import Held, blank_said, write_step

LONGEST_TAG = 40
MOST_TAGS = 20
WIDTH = {Visibility.ONLY_ME: 0, Visibility.COORDINATOR: 1, Visibility.BOARD: 2}
"""How many people see a note: a reply reaches no further than what it answers."""


@dataclass(frozen=True, slots=True)
class NoteState:
    """A note, with what its question holds.

    Args:
        note: The note.
        site: The place it concerns.
        credit: How its author appears here; ``None`` for their usual choice. Both the note and its
            question keep it, so that it outlives either.
    """

    note: Annotation
    site: SiteId | None = None
    credit: Credit | None = None


class NoteChanger:
    """Turns notes from one state into another within one action.

    Args:
        desk: The open board.
        work: The unit of work.
    """

    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        self._desk, self._work = desk, work

    def state(self, annotation: AnnotationId) -> NoteState | None:
        """Return a note as it is now; ``None`` when it is not here, or was taken back."""
        for note in self._work.find(Annotation, id=annotation):
            question = self.question_of(note)
            if question is None:
                return NoteState(note, credit=note.credit)
            return NoteState(note, question.site, question.credit or note.credit)
        return None

    def space_for(self, note: Annotation) -> Space:
        """Return where a note's facts are recorded.

        A reply to what only its author and the coordinators see is for those same people, so it
        stands beside what it answers.
        """
        if note.visibility is Visibility.COORDINATOR and note.reply_to is not None:
            for parent in self._work.find(Annotation, id=note.reply_to):
                if parent.visibility is Visibility.COORDINATOR:
                    return self.space_for(parent)
        return space_of(note)

    def question_of(self, note: Annotation) -> Question | None:
        """Return the question a note is; ``None`` where it is none, or was taken back."""
        for question in self._work.find(Question, annotation=note.id):
            if self._fate(question).state is not QuestionState.WITHDRAWN:
                return question
        return None

    def is_answered(self, note: Annotation) -> bool:
        """Return whether the team has answered a note's question."""
        question = self.question_of(note)
        if question is None:
            return False
        return any(step.kind is StepKind.ANSWER for step in self._fate(question).taken)

    def replies_to(self, note: Annotation) -> list[Annotation]:
        """Return the notes that answer this one directly."""
        return self._work.find(Annotation, reply_to=note.id)

    def write(self, state: NoteState, *, again: bool = False) -> Question | None:
        """Write a note, and raise its question where it is one.

        Args:
            state: What it is to be.
            again: Whether it was here before, and was taken back.
        """
        note = replace(state.note, credit=state.credit)
        ops = changes(None, note)
        if again:
            ops = _whole(note)
            for withdrawn in self._work.find(Question, annotation=note.id):
                # It keeps its number; the note belongs to the question that is raised anew.
                alter(self._work, withdrawn, annotation=None)
        self._work.record(self.space_for(note), ops)
        return self._raise(state) if _is_question(note) else None

    def alter(self, old: NoteState, new: NoteState) -> list[Held]:
        """Change a note, and its question with it.

        Raises:
            NotAllowedError: The words, kind or audience would change after an answer.
        """
        was, note = old.note, replace(new.note, credit=new.credit)
        if _said(was) != _said(note) and self.is_answered(was):
            raise NotAllowedError(
                "This has been answered, so its words stay as they were.",
                next_step="Add a new note with what you would like to say now.",
            )
        held = self._move(was, note, self.space_for(was), self.space_for(note))
        question = self.question_of(was)
        if not _is_question(note):
            return held + (self._withdraw(question, annotation=None) if question else [])
        if question is None:
            self._raise(new)
            return held
        asked = _question_as(question, note, new)
        return held + self._move(question, asked, space_of(question), space_of(asked))

    def take_back(self, note: Annotation) -> list[Held]:
        """Take a note away; its question is withdrawn, and the number stays."""
        question = self.question_of(note)
        held = self._withdraw(question) if question else []
        self._work.record(self.space_for(note), [SetOp(entity_of(note), "gone", True)])
        return [*held, Held(Annotation, note.id)]

    def _move(self, old: Any, new: Any, source: Space, target: Space) -> list[Held]:  # noqa: ANN401
        """Record what changed; in another space everything is written anew, and the old is gone."""
        if source == target:
            keep(self._work, new, old=old, space=target)
            return []
        entity = entity_of(new)
        self._work.record(source, [SetOp(entity, "gone", True)])
        self._work.record(target, _whole(new))
        return [Held(type(new), new.id, but_standing=True)]

    def _withdraw(self, question: Question, **fields: Any) -> list[Held]:  # noqa: ANN401
        fate = self._fate(question)
        check_step(question, fate, StepKind.WITHDRAW, by=question.asker, is_coordinator=False)
        write_step(self._desk, self._work, question, StepKind.WITHDRAW)
        said = blank_said(self._work, question)
        alter(self._work, question, body="", **fields)
        return [Held(Question, question.id), *said]

    def _raise(self, state: NoteState) -> Question:
        note = state.note
        version = self._work.get(DraftVersion, note.version)
        return keep(
            self._work,
            Question(
                id=QuestionId(self._desk.new_id()),
                asker=note.author,
                body=note.body,
                kind=note.kind,
                project=self._work.get(Draft, version.draft).project,
                annotation=note.id,
                site=state.site,
                raised_at=note.made_at,
                credit=state.credit,
                visibility=note.visibility,
                typed_by=note.typed_by,
            ),
        )

    def _fate(self, question: Question) -> Fate:
        steps = self._work.steps(question.id)
        return fate_of(question, steps, coordinators=coordinators(self._work))


def _whole(noun: Any) -> tuple[SetOp, ...]:  # noqa: ANN401 - any noun
    """Return what writes a noun anew where it may have been before, every field of it."""
    entity = entity_of(noun)
    values = (
        SetOp(entity, field.name, field.encode(getattr(noun, field.name)))
        for field in fields_of(type(noun))
    )
    return SetOp(entity, "gone", False), *values


def _is_question(note: Annotation) -> bool:
    owed = is_owed_an_answer(note.kind, note.visibility)
    # What the team wrote in its own file is owed no answer by the team.
    return owed and note.reply_to is None and not note.written_by


def _said(note: Annotation) -> tuple[object, ...]:
    return note.body, note.kind, note.visibility


def _question_as(question: Question, note: Annotation, state: NoteState) -> Question:
    return replace(
        question,
        body=note.body,
        kind=note.kind,
        visibility=note.visibility,
        site=state.site,
        credit=state.credit,
    )


def merged(now: NoteState, *, was: NoteState, wanted: NoteState) -> NoteState:
    """Return a note with what one step changed put back, and everything else as it is now.

    Args:
        now: The note.
        was: As the step left it.
        wanted: As it was before the step.

    Raises:
        NotAllowedError: What the step changed has been changed again since.
    """
    changed = [f.name for f in fields(Annotation) if _differ(was.note, wanted.note, f.name)]
    others = [name for name in ("site", "credit") if _differ(was, wanted, name)]
    if any(_differ(now.note, was.note, name) for name in changed) or any(
        _differ(now, was, name) for name in others
    ):
        raise NotAllowedError("This note has been changed again since, so it stays as it is now.")
    note = replace(now.note, **{name: getattr(wanted.note, name) for name in changed})
    return replace(now, note=note, **{name: getattr(wanted, name) for name in others})


def _differ(one: object, other: object, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def checked_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags without spaces at their ends, each once whatever its case.

    Raises:
        InputError: One is too long, or there are too many.
    """
    found: dict[str, str] = {}
    for tag in tags:
        words = " ".join(tag.split())
        if words:
            found.setdefault(words.casefold(), words)
    if any(len(words) > LONGEST_TAG for words in found.values()):
        raise InputError(
            f"A tag holds at most {LONGEST_TAG} characters.",
            next_step="Use one or two words; longer thoughts belong in the note.",
        )
    if len(found) > MOST_TAGS:
        raise InputError(f"A note holds at most {MOST_TAGS} tags.", next_step="Remove one first.")
    return tuple(found.values())
