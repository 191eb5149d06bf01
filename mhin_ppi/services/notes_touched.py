"""Which notes a change to the board concerns, so that thousands need not be read again."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ..domain.annotations import AnnotationId
from ..domain.log import LogEntry, SetOp, StepOp
from ..domain.questions import Question, QuestionId
from ..domain.taking_back import FORGOTTEN
from .desk import Desk

MOST_TOUCHED = 40
"""With more notes changed at once, reading all of them again is quicker."""
_BESIDE = frozenset(
    {"response", "change", "impact", "feedback", "return", "involvement", FORGOTTEN}
)
"""Nouns that come with a step of a question, or say nothing of notes."""


def touched_notes(desk: Desk, entries: Iterable[LogEntry]) -> set[AnnotationId] | None:
    """Return the notes that entries concern; ``None`` when they may concern any."""
    notes: set[AnnotationId] = set()
    questions: set[QuestionId] = set()
    for op in (op for entry in entries for op in entry.ops):
        noun, _, identity = op.entity.partition(":") if isinstance(op, SetOp) else ("", "", "")
        if noun == "annotation":
            notes.add(AnnotationId(UUID(identity)))
        elif noun == "question" or isinstance(op, StepOp):
            asked = op.question if isinstance(op, StepOp) else identity
            questions.add(QuestionId(UUID(asked)))
        elif noun not in _BESIDE:
            return None
    if len(notes) + len(questions) > MOST_TOUCHED:
        return None
    with desk.store.unit_of_work() as work:
        found = work.find(Question, id=tuple(questions)) if questions else []
    return notes | {q.annotation for q in found if q.annotation is not None}
