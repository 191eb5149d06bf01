"""Which notes may leave the board for the team's own file, and how each is worded and named there.

What is kept to *only me* or to the coordinator never leaves. Credit is applied here, before any
format is chosen: a writer who is not named is not named in any file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..domain.annotations import KIND_WORDS, Annotation, AnnotationId, AnnotationKind, Visibility
from ..domain.people import Credit, Person, PersonId, credited_as, nobody_named
from ..domain.shared_notes import SharedNote

_MOTIVATIONS: Mapping[AnnotationKind, str] = {
    AnnotationKind.QUESTION: "questioning",
    AnnotationKind.SUGGESTION: "editing",
    AnnotationKind.WORKS: "assessing",
}
_OTHERWISE = "commenting"
ABOUT_SECTION = "About this whole section."


@dataclass(frozen=True, slots=True)
class Naming:
    """Everything that decides under which name a note leaves.

    Args:
        people: Everybody on the board.
        choices: What the writer chose for the question that a note is, by the note's id; what the
            note itself holds otherwise, and then their usual choice.
        member_word: The board's word for a member.
    """

    people: Mapping[PersonId, Person]
    choices: Mapping[AnnotationId, Credit | None]
    member_word: str

    def of(self, note: Annotation, first: Annotation | None = None) -> str:
        """Return the name a note's writer appears under.

        Args:
            note: The note.
            first: The note that its thread began with: whoever chose a name for that one keeps it
                in their replies.
        """
        if note.written_by:
            return note.written_by
        writer = self.people.get(note.author)
        if writer is None:
            return nobody_named(self.member_word)
        choice = self._choice(note)
        if choice is None and first is not None and first.author == note.author:
            choice = self._choice(first)
        return credited_as(writer, choice=choice, member_word=self.member_word)

    def _choice(self, note: Annotation) -> Credit | None:
        return self.choices.get(note.id) or note.credit


def may_leave(notes: Iterable[Annotation]) -> list[Annotation]:
    """Return the notes that go into the team's file: those for the board, in threads for the board.

    A reply in a thread that stays here stays here too, whoever may see it.
    """
    every = {note.id: note for note in notes}

    def leaves(note: Annotation) -> bool:
        at: Annotation | None = note
        passed: set[AnnotationId] = set()
        while at is not None:
            if at.visibility is not Visibility.BOARD or not at.body or at.id in passed:
                return False
            if at.reply_to is None:
                return True
            passed.add(at.id)
            at = every.get(at.reply_to)
        return False  # what it answers is not here

    return [note for note in every.values() if leaves(note)]


def as_shared(notes: Sequence[Annotation], naming: Naming) -> list[SharedNote]:
    """Return notes as they leave: worded, named, placed, in reading order, threads flat.

    Args:
        notes: Of one version, as :func:`may_leave` returns them.
        naming: How their writers are named.
    """
    by_id = {note.id: note for note in notes}
    threads = [(note, _first_of(note, by_id)) for note in notes]
    threads.sort(key=lambda pair: pair[1].passage.start if pair[1].passage else -1)
    return [_shared(note, first, naming) for note, first in threads]


def _first_of(note: Annotation, by_id: Mapping[AnnotationId, Annotation]) -> Annotation:
    while note.reply_to is not None and note.reply_to in by_id:
        note = by_id[note.reply_to]
    return note


def _shared(note: Annotation, first: Annotation, naming: Naming) -> SharedNote:
    passage, is_reply = note.passage, note.reply_to is not None
    return SharedNote(
        id=urn_of(note.id),
        body=note.body if is_reply else worded(note),
        quote=passage.quote if passage and not is_reply else "",
        prefix=passage.prefix if passage and not is_reply else "",
        suffix=passage.suffix if passage and not is_reply else "",
        span=(passage.start, passage.end) if passage and not is_reply else None,
        author=naming.of(note, first),
        created=note.made_at.isoformat(timespec="seconds") if note.made_at else "",
        motivation="replying" if is_reply else _MOTIVATIONS.get(note.kind, _OTHERWISE),
        reply_to=urn_of(first.id) if is_reply else "",
        tags=note.tags,
        resolved=first.resolved,
    )


def worded(note: Annotation) -> str:
    """Return a note's words with its kind before them, since a Word comment has no kind."""
    section = f" {ABOUT_SECTION}" if note.of_section else ""
    return f"{KIND_WORDS[note.kind]}:{section} {note.body}"


def urn_of(note: AnnotationId) -> str:
    """Return the id a note has in every file."""
    return f"urn:uuid:{note}"
