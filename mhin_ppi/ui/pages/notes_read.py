"""The notes on one version, read and made ready to be shown away from the window's thread.

To put thousands of notes into threads and in order takes a tenth of a second; the window would
stand still meanwhile, so it is done where they are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...domain.annotations import AnnotationId
from ...domain.drafts import VersionId
from ...domain.log import LogEntry
from ...services.boards import Services
from ...services.notes_touched import touched_notes
from ..widgets.highlights import RESOLVED, Highlight, HighlightIndex
from .note_threads import NotesChosen, all_of, threads_of
from .reading_facts import NoteShown, Reading, read_notes


@dataclass(frozen=True, slots=True)
class NotesRead:
    """The notes on a version, ready to be shown.

    Args:
        version: Which text.
        notes: All of them.
        chosen: Their threads in reading order, none of them left out.
        marks: How their words are marked in the draft.
    """

    version: VersionId
    notes: tuple[NoteShown, ...]
    chosen: NotesChosen
    marks: HighlightIndex


class NotesReader:
    """Reads the notes on one version; of thousands, afterwards only those that have changed.

    Only work in the store's lane uses it, where one thing comes after another: what it keeps is
    always what was read last.

    Args:
        services: The open board.
        reading: The version that is read.
    """

    def __init__(self, services: Services, reading: Reading) -> None:
        self._services = services
        self._version, self._text = reading.version.id, reading.text
        self._kept: dict[AnnotationId, NoteShown] | None = None

    def all(self) -> NotesRead:
        """Read every note."""
        return self._keep({}, read_notes(self._services, self._version, text=self._text))

    def again(self, entries: Iterable[LogEntry]) -> NotesRead:
        """Read what these entries of the log have changed."""
        only = touched_notes(self._services.desk, entries)
        if self._kept is None or only is None:
            return self.all()
        fresh = read_notes(self._services, self._version, text=self._text, only=only)
        others = {key: note for key, note in self._kept.items() if key not in only}
        return self._keep(others, fresh)

    def _keep(self, others: dict[AnnotationId, NoteShown], fresh: Iterable[NoteShown]) -> NotesRead:
        self._kept = others | {shown.note.id: shown for shown in fresh}
        notes = tuple(self._kept.values())
        return NotesRead(
            version=self._version,
            notes=notes,
            chosen=all_of(threads_of(notes)),
            marks=marks_of(notes),
        )


def marks_of(notes: Iterable[NoteShown]) -> HighlightIndex:
    """Return how the words of notes are marked in the draft: quietly where one is resolved."""
    return HighlightIndex(
        Highlight(
            shown.note.passage.start,
            shown.note.passage.end,
            RESOLVED if shown.note.resolved else shown.note.kind.value,
            str(shown.note.id),
        )
        for shown in notes
        if shown.note.passage
    )
