"""The story of a question: from the words that prompted it to what the person was told.

One chain with one identity; every screen and report reads it from here, walkable both ways.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from ..domain.annotations import Annotation
from ..domain.drafts import Draft, DraftVersion
from ..domain.feedback_debt import THE_TEAM, held_by, owed_now
from ..domain.impact import Impact
from ..domain.people import Board, Person, credited_as, nobody_named
from ..domain.projects import Project, Site
from ..domain.questions import Fate, Question, QuestionId, Step, fate_of
from ..domain.responses import Change, Feedback, Response
from .desk import Desk, coordinators
from .ports import UnitOfWork

Linked = TypeVar("Linked", Response, Change, Impact, Feedback)
_FEW = 150
"""Up to so many questions only what belongs to them is read, and not the whole board."""


@dataclass(frozen=True, slots=True)
class Story:
    """One question and everything that belongs to it.

    Args:
        question: The question, in the asker's words.
        fate: Where it is, and every step.
        asked_by: The asker's name as others may see it; of a question to the board, the team.
        is_mine: Whether the person at this laptop asked it of the team.
        holder: Who has it now, in words.
        project: Which project.
        site: Which place.
        annotation: The note it began as.
        draft: The draft the note is on.
        version: The version the note is on.
        responses: What the team answered, oldest first; the last one counts.
        changes: What became different.
        impacts: The difference it made.
        feedback: What the asker was told.
    """

    question: Question
    fate: Fate
    asked_by: str
    is_mine: bool
    holder: str
    project: Project | None
    site: Site | None
    annotation: Annotation | None
    draft: Draft | None
    version: DraftVersion | None
    responses: tuple[Response, ...]
    changes: tuple[Change, ...]
    impacts: tuple[Impact, ...]
    feedback: tuple[Feedback, ...]

    @property
    def response(self) -> Response | None:
        """The answer that counts now."""
        return self.responses[-1] if self.responses else None

    def days_waiting(self, now: datetime) -> int:
        """Return whole days in the present state."""
        return (now - self.fate.since).days if self.fate.since else 0


class Shelf:
    """Everything needed to tell stories, read once.

    Args:
        desk: The open board.
        work: The unit of work.
        questions: Whose stories are told.
        notes: The notes that raised them, where they have been read already.
    """

    def __init__(
        self,
        desk: Desk,
        work: UnitOfWork,
        questions: Sequence[Question],
        *,
        notes: Iterable[Annotation] | None = None,
    ) -> None:
        self._desk, self._questions = desk, questions
        self._board: Board = desk.board(work)
        self._coordinators = coordinators(work)
        self._people = _by_id(work.find(Person))
        self._projects = _by_id(work.find(Project))
        self._sites = _by_id(work.find(Site))
        self._drafts = _by_id(work.find(Draft))
        self._versions = _by_id(work.find(DraftVersion))
        ids = tuple(dict.fromkeys(one.id for one in questions))
        are_few = len(ids) <= _FEW
        theirs: dict[str, Any] = {"question": ids} if are_few else {}
        if notes is None:
            raised = tuple(one.annotation for one in questions if one.annotation)
            only: dict[str, Any] = {"id": raised} if are_few else {}
            notes = work.find(Annotation, **only)
        steps = [step for one in ids for step in work.steps(one)] if are_few else work.steps()
        self._notes = _by_id(notes)
        self._steps = _by_question(steps)
        self._responses = _by_question(work.find(Response, **theirs))
        self._changes = _by_question(work.find(Change, **theirs))
        self._impacts = _by_question(work.find(Impact, **theirs))
        self._feedback = _by_question(work.find(Feedback, **theirs))

    def stories(self) -> list[Story]:
        """Return the stories, in the order of the questions given."""
        return [self._story(question) for question in self._questions]

    def _story(self, question: Question) -> Story:
        steps: Iterable[Step] = self._steps.get(question.id, ())
        note = self._notes.get(question.annotation)
        version = self._versions.get(note.version) if note else None
        project = self._projects.get(question.project)
        asker: Person | None = self._people.get(question.asker)
        word = self._board.member_word
        fate = fate_of(question, steps, coordinators=self._coordinators)
        responses = tuple(self._responses.get(question.id, ()))
        decision = responses[-1].decision if responses else None
        return Story(
            question=question,
            fate=fate,
            asked_by=_asked_by(question, asker, word),
            is_mine=question.asker == self._desk.store.person and not question.to_board,
            holder=held_by(question, owed_now(fate, decision)),
            project=project,
            site=self._sites.get(question.site),
            annotation=note,
            draft=self._drafts.get(version.draft) if version else None,
            version=version,
            responses=responses,
            changes=tuple(self._changes.get(question.id, ())),
            impacts=tuple(self._impacts.get(question.id, ())),
            feedback=tuple(self._feedback.get(question.id, ())),
        )


def _asked_by(question: Question, asker: Person | None, member_word: str) -> str:
    if question.to_board:
        # Its asker is the coordinator who wrote it down; nobody on the board asked it.
        return question.asked_by or THE_TEAM
    if asker is None:
        return nobody_named(member_word)
    return credited_as(asker, choice=question.credit, member_word=member_word)


def _by_id(nouns: Iterable[Any]) -> Mapping[Any, Any]:
    return {noun.id: noun for noun in nouns}


def _by_question(linked: Iterable[Any]) -> Mapping[QuestionId, list[Any]]:
    found: dict[QuestionId, list[Any]] = defaultdict(list)
    for one in linked:
        found[one.question].append(one)
    return found
