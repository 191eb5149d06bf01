"""The board's notes in the team's own file, and what the team answered in it.

The team often has no app: it gets its own Word or PDF file back with the board's notes in it,
answers in the margin, and the coordinator brings that file in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..domain.annotations import Annotation, AnnotationId, Visibility
from ..domain.blocks import DraftText, draft_text_from_bytes
from ..domain.drafts import DraftVersion, VersionId
from ..domain.passages import passage_in
from ..domain.people import Person
from ..domain.placed_notes import Placed
from ..domain.questions import Question
from ..domain.reanchoring import Carrier
from ..domain.shared_notes import SharedNote
from ..errors import InputError, NotFoundError
from .desk import COORDINATING, Desk
from .leaving import Naming, as_shared, may_leave
from .ports import NoteFiles, Progress, StopWanted, UnitOfWork


@dataclass(frozen=True, slots=True)
class TeamFile:
    """A file for the team.

    Args:
        placed: The file, and which notes could not stand on their words.
        notes: How many notes are in it, replies counted.
        kept_back: How many notes on this version stay here: those kept to the coordinator or to
            their writer alone. Of the latter only the person's own are known on a laptop.
    """

    placed: Placed
    notes: int
    kept_back: int


@dataclass(frozen=True)
class TeamFiles:
    """To and from the researchers' own files.

    Args:
        desk: The open board.
        files: Writes and reads notes in files.
    """

    desk: Desk
    files: NoteFiles

    def original(self, version: VersionId) -> tuple[bytes, str]:
        """Return the file that a version was read from, and its name.

        Raises:
            NotFoundError: The version, or its file, is not here.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(DraftVersion, version)
            if found.source is None:
                raise NotFoundError(
                    "The file of this version is not on this laptop.",
                    next_step="Ask your coordinator to send it again.",
                )
            return work.blob(found.source), found.file_name

    def leaving(self, version: VersionId) -> tuple[list[SharedNote], int]:
        """Return the notes of a version that go to the team, and how many stay here."""
        with self.desk.store.unit_of_work() as work:
            return self._leaving(work, version)

    def into(
        self,
        version: VersionId,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> TeamFile:
        """Return the team's own file with the board's notes in it.

        Args:
            version: Whose notes.
            untrusted: The team's file: the version's own, or a later copy that they worked in.
            file_name: What it is called; its ending says what it is.
            progress: Told how far the work is.
            stop_wanted: Asked whether to stop.

        Raises:
            NotAllowedError: Only a coordinator sends notes to the team.
            InputError: There is nothing to send yet, or the file is another document.
            DocumentError: The file cannot be read, or takes no notes.
            Stopped: The person pressed Stop.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="send notes to the team")
            notes, kept_back = self._leaving(work, version)
            text = _text_of(work, version)
        if not notes:
            raise InputError(
                "There are no notes for the team on this version yet.",
                next_step="Notes for the board will go into the team's file; others stay here.",
            )
        theirs = self._read(untrusted, file_name, progress, stop_wanted)
        placed = self.files.put_in(
            untrusted,
            _moved(notes, text.text, theirs.text, file_name),
            file_name=file_name,
            text=theirs,
            progress=progress,
            stop_wanted=stop_wanted,
        )
        return TeamFile(placed, len(notes), kept_back)

    def as_annotations(self, version: VersionId) -> bytes:
        """Return the notes that go to the team as one W3C Web Annotation file (JSON-LD).

        Raises:
            NotAllowedError: Only a coordinator sends notes to the team.
            InputError: There is nothing to send yet.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="send notes to the team")
            notes, _ = self._leaving(work, version)
            source = str(work.get(DraftVersion, version).text)
        if not notes:
            raise InputError("There are no notes for the team on this version yet.")
        return self.files.annotations(notes, source=source)

    def _leaving(self, work: UnitOfWork, version: VersionId) -> tuple[list[SharedNote], int]:
        notes = work.find(Annotation, version=version)
        chosen = may_leave(notes)
        ids = {note.id for note in chosen}
        kept_back = sum(
            note.id not in ids and note.visibility is not Visibility.BOARD for note in notes
        )
        return as_shared(chosen, naming(self.desk, work)), kept_back

    def _read(
        self,
        untrusted: bytes,
        file_name: str,
        progress: Progress | None,
        stop_wanted: StopWanted | None,
    ) -> DraftText:
        return self.desk.reader.read(
            untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
        )


def naming(desk: Desk, work: UnitOfWork) -> Naming:
    """Return how the writers of notes are named outside the board."""
    choices = {
        AnnotationId(question.annotation): question.credit
        for question in work.find(Question)
        if question.annotation is not None
    }
    people = {person.id: person for person in work.find(Person)}
    return Naming(people, choices, desk.board(work).member_word)


def _text_of(work: UnitOfWork, version: VersionId) -> DraftText:
    return draft_text_from_bytes(work.blob(work.get(DraftVersion, version).text))


def _moved(notes: list[SharedNote], ours: str, theirs: str, file_name: str) -> list[SharedNote]:
    """Return notes placed in the file's own text; those without a place there keep their quote."""
    if ours == theirs:
        return notes
    carrier = Carrier(ours, theirs)
    if carrier.is_another_document:
        raise InputError(
            f"“{file_name}” is another document: too few of this version's words are in it.",
            what_is_safe="The file is as it was.",
            next_step="Choose the file that this version was read from, or a later copy of it.",
        )
    moved = []
    for note in notes:
        place = carrier.place(*note.span) if note.span else None
        if place is None:
            moved.append(note)
        elif place.start is None or place.end is None:
            moved.append(replace(note, span=None))
        else:
            there = passage_in(theirs, place.start, place.end)
            moved.append(
                replace(
                    note,
                    span=(there.start, there.end),
                    quote=there.quote,
                    prefix=there.prefix,
                    suffix=there.suffix,
                )
            )
    return moved
