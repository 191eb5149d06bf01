"""What became of notes that were put into a person's own file."""

from __future__ import annotations

from dataclasses import dataclass

from .shared_notes import SharedNote


@dataclass(frozen=True, slots=True)
class NotesInFile:
    """A person's file with notes written into it; every note is in one of the first three lists.

    Args:
        file: The bytes, to be trusted no more than the file that was given.
        placed: Notes on their words, and replies beside what they answer.
        without_place: Notes on the first page: they are about the whole draft, or their words were
            not found, which the comment then says.
        already_there: Notes the file held already; they were not written a second time.
        beside: Those of ``placed`` that stand near their words only, at a footnote's mark or beside
            a drawing, because the file takes no comments on the words themselves.
    """

    file: bytes
    placed: tuple[SharedNote, ...]
    without_place: tuple[SharedNote, ...]
    already_there: tuple[SharedNote, ...]
    beside: tuple[SharedNote, ...] = ()

    @property
    def lost_words(self) -> tuple[SharedNote, ...]:
        """Notes on certain words that the file does not have; each is in it with its quote."""
        return tuple(note for note in self.without_place if note.span or note.quote)
