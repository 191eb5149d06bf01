"""Under which name each note is shown: what its writer chose for it, wherever it is shown.

One rule for margin, lists, comparison, codes and every file: what was chosen for the question or
the note itself; for a reply, what the same person chose for the note the thread began with; else
their usual choice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ..domain.annotations import Annotation, AnnotationId
from ..domain.people import Credit, Person, PersonId
from ..domain.questions import Question
from .desk import Desk
from .leaving import Naming
from .ports import UnitOfWork

_FEW = 500
"""More notes than this are not asked for one by one."""


def naming(desk: Desk, work: UnitOfWork, notes: Collection[Annotation] | None = None) -> Naming:
    """Return how the writers of notes are named, to others on the board and outside it.

    Args:
        desk: The open board.
        work: The unit of work.
        notes: Just these; every note's question is read when not given.
    """
    few = notes is not None and len(notes) <= _FEW
    asked = {"annotation": tuple(note.id for note in notes)} if few and notes is not None else {}
    choices = {
        AnnotationId(question.annotation): question.credit
        for question in work.find(Question, **asked)
        if question.annotation is not None
    }
    people = {person.id: person for person in work.find(Person)}
    return Naming(people, choices, desk.board(work).member_word)


def names_of(desk: Desk, work: UnitOfWork, notes: Sequence[Annotation]) -> dict[AnnotationId, str]:
    """Return the name that each note's writer appears under."""
    firsts = first_notes(work, notes)
    rule = naming(desk, work, [*notes, *firsts.values()])
    return {note.id: rule.of(note, firsts.get(note.id)) for note in notes}


def first_notes(work: UnitOfWork, notes: Sequence[Annotation]) -> dict[AnnotationId, Annotation]:
    """Return, for each reply, the note its thread began with, as far as it is still there."""
    known: dict[AnnotationId, Annotation | None] = {note.id: note for note in notes}
    wanted = {note.reply_to for note in notes if note.reply_to} - known.keys()
    while wanted:
        found = {note.id: note for note in work.find(Annotation, id=tuple(wanted))}
        known.update({one: found.get(one) for one in wanted})
        wanted = {note.reply_to for note in found.values() if note.reply_to} - known.keys()
    return {note.id: _first(note, known) for note in notes if note.reply_to}


def _first(note: Annotation, known: Mapping[AnnotationId, Annotation | None]) -> Annotation:
    passed = {note.id}
    while note.reply_to is not None and note.reply_to not in passed:
        parent = known.get(note.reply_to)
        if parent is None:
            return note
        passed.add(parent.id)
        note = parent
    return note


def choice_above(work: UnitOfWork, note: Annotation, *, author: PersonId) -> Credit | None:
    """Return what an author chose for a note of theirs in the thread that a reply would join.

    It is kept with the reply, so that it still holds when the note above is taken back.

    Args:
        work: The unit of work.
        note: What is answered.
        author: Who answers.
    """
    passed: set[AnnotationId] = set()
    while note.id not in passed:
        passed.add(note.id)
        if note.author == author and not note.written_by:
            asked = [one.credit for one in work.find(Question, annotation=note.id) if one.credit]
            if asked or note.credit is not None:
                return asked[0] if asked else note.credit
        above = work.find(Annotation, id=note.reply_to) if note.reply_to else []
        if not above:
            return None
        note = above[0]
    return None
