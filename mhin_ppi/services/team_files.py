"""The board's notes in the team's own file, and what the team answered in it.

The team often has no app: it gets its own Word or PDF file back with the board's notes in it,
answers in the margin, and the coordinator brings that file in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..domain.annotations import Annotation, Visibility
from ..domain.blocks import DraftText, draft_text_from_bytes
from ..domain.drafts import DraftVersion, VersionId
from ..domain.notes_in_file import NotesInFile
from ..domain.passages import passage_in
from ..domain.reanchoring import Carrier
from ..domain.shared_notes import SharedNote
from ..errors import InputError, NotFoundError
from .desk import COORDINATING, Desk
from .file_ports import NoteFiles
from .leaving import as_shared, may_leave
from .naming import naming
from .ports import Progress, StopWanted


@dataclass(frozen=True, slots=True)
class Leaving:
    """What goes to the team from one version, gathered in one go.

    Args:
        notes: The notes, worded and credited as they leave.
        kept_back: How many notes on this version stay here: those kept to the coordinator, and
            those the person at this laptop kept to themselves.
        text: The version's text, in which the notes' spans count.
        source: SHA-256 (hex) of that text.
    """

    notes: tuple[SharedNote, ...]
    kept_back: int
    text: DraftText
    source: str


@dataclass(frozen=True)
class TeamFiles:
    """The board's notes in the researchers' own files.

    Args:
        desk: The open board.
        files: Writes notes into files.
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

    def leaving(self, version: VersionId) -> Leaving:
        """Return the notes of a version that go to the team, and how many stay here.

        Raises:
            NotAllowedError: Only a coordinator sends notes to the team.
            NotFoundError: The version, or its text, is not here.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="send notes to the team")
            found = work.get(DraftVersion, version)
            notes = work.find(Annotation, version=version)
            chosen = may_leave(notes)
            back = sum(note.visibility is not Visibility.BOARD for note in notes)
            shared = tuple(as_shared(chosen, naming(self.desk, work)))
            text = draft_text_from_bytes(work.blob(found.text))
            return Leaving(shared, back, text, str(found.text))

    def into(
        self,
        leaving: Leaving,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> NotesInFile:
        """Return the team's own file with the board's notes in it; does not touch the board.

        Args:
            leaving: What goes.
            untrusted: The team's file: the version's own, or a later copy that they worked in.
            file_name: What it is called; its ending says what it is.
            progress: Told how far the work is.
            stop_wanted: Asked whether to stop.

        Raises:
            InputError: There is nothing to send yet, or the file is another document.
            DocumentError: The file cannot be read, or takes no notes.
            Stopped: The person pressed Stop.
        """
        _require_some(leaving)
        theirs = self.desk.reader.read(
            untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
        )
        return self.files.put_in(
            untrusted,
            _moved(leaving, theirs.text, file_name),
            file_name=file_name,
            text=theirs,
            progress=progress,
            stop_wanted=stop_wanted,
        )

    def as_annotations(self, leaving: Leaving) -> bytes:
        """Return what goes to the team as one W3C Web Annotation file (JSON-LD).

        Raises:
            InputError: There is nothing to send yet.
        """
        _require_some(leaving)
        return self.files.annotations(leaving.notes, source=leaving.source)


def _require_some(leaving: Leaving) -> None:
    if not leaving.notes:
        raise InputError(
            "There are no notes for the team on this version yet.",
            next_step="Notes that everyone on the board can see go into the team's file.",
        )


def _moved(leaving: Leaving, theirs: str, file_name: str) -> list[SharedNote]:
    """Return notes placed in the file's own text; those without a place there keep their quote."""
    notes, ours = list(leaving.notes), leaving.text.text
    if ours == theirs:
        return notes
    carrier = Carrier(ours, theirs)
    if carrier.is_another_document:
        raise InputError(
            f"“{file_name}” does not look like a copy of this version: most words are different.",
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
