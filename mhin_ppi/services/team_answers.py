"""What the team wrote in its own file, brought back beside the board's notes.

First a dry run in plain numbers; then, if the coordinator wishes, everything in one action. The
same file may be brought in again and again: what is here already is known by its name in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from ..domain.annotations import Annotation, AnnotationId, AnnotationKind, Visibility
from ..domain.blocks import draft_text_from_bytes
from ..domain.drafts import DraftVersion, VersionId
from ..domain.log import SetOp, entity_name
from ..domain.passages import Passage
from ..domain.shared_notes import SharedNote
from ..errors import InputError
from .annotations import LONGEST_BODY
from .came_back import UNNAMED, CameBack, NotesHere, lay_beside, note_of_ours
from .desk import COORDINATING, Desk, alter, keep
from .file_ports import NoteFiles
from .outcome import Outcome
from .ports import Progress, StopWanted, UnitOfWork


@dataclass(frozen=True)
class TeamAnswers:
    """Reading back what the team answered.

    Args:
        desk: The open board.
        files: Reads notes in files.
    """

    desk: Desk
    files: NoteFiles

    def here(self, version: VersionId) -> NotesHere:
        """Return what a file of the team's is to be laid beside.

        Raises:
            NotAllowedError: Only a coordinator brings in the team's answers.
            NotFoundError: The version, or its text, is not here.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="bring in the team's answers")
            text = draft_text_from_bytes(work.blob(work.get(DraftVersion, version).text))
            notes = _on_draft(work, version)
        return NotesHere(version, text, notes, self._ever())

    def _ever(self) -> frozenset[AnnotationId]:
        """Return every note that the log speaks of: words taken back must not come back in."""
        prefix = entity_name("annotation", "")
        named = {
            op.entity.removeprefix(prefix)
            for entry in self.desk.store.entries()
            for op in entry.ops
            if isinstance(op, SetOp) and op.entity.startswith(prefix)
        }
        return frozenset(AnnotationId(UUID(one)) for one in named)

    def check(
        self,
        here: NotesHere,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> CameBack:
        """Return what a file holds that the board does not; does not touch the board.

        Args:
            here: What it is laid beside.
            untrusted: The file: Word, PDF, or W3C Web Annotations.
            file_name: What it is called; its ending says what it is.
            progress: Told how far the reading is.
            stop_wanted: Asked whether to stop.

        Raises:
            InputError: The file is another document.
            DocumentError: The file cannot be read.
            Stopped: The person pressed Stop.
        """
        theirs = here.text
        if not self.files.is_annotations(file_name):
            theirs = self.desk.reader.read(
                untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
            )
        found = self.files.find_in(
            untrusted, file_name=file_name, text=theirs, progress=progress, stop_wanted=stop_wanted
        )
        return lay_beside(here, found, theirs=theirs.text, file_name=file_name)

    def take_in(self, came: CameBack) -> Outcome[int]:
        """Keep what :meth:`check` found, in one action.

        Returns:
            How many notes were added.

        Raises:
            NotAllowedError: Only a coordinator brings in the team's answers.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="bring in the team's answers")
            here = _on_draft(work, came.version)
            ids = {note.origin: note.id for note in here.values() if note.origin}
            added = 0
            for shared in (*came.remarks, *came.replies):
                if shared.id in ids:
                    continue
                first = self._keep(work, came.version, shared, ids, here)
                ids[shared.id] = first
                added += 1
            for identity, resolved in _states(came):
                if identity in here:
                    alter(work, here[identity], resolved=resolved)
            return Outcome(added, work.commit())

    def _keep(
        self,
        work: UnitOfWork,
        version: VersionId,
        shared: SharedNote,
        ids: Mapping[str, AnnotationId],
        here: Mapping[AnnotationId, Annotation],
    ) -> AnnotationId:
        """Keep one comment; words too many for one note go on in replies to it."""
        parent = note_of_ours(shared.reply_to) or ids.get(shared.reply_to)
        answered = here.get(parent) if parent else None
        parts = list(_in_parts(shared.body or shared.quote))
        first: AnnotationId | None = None
        for number, words in enumerate(parts):
            note = Annotation(
                id=AnnotationId(self.desk.new_id()),
                version=answered.version if answered else version,
                author=self.desk.store.person,
                body=words,
                kind=AnnotationKind.QUESTION if "?" in words else AnnotationKind.SUGGESTION,
                visibility=answered.visibility if answered else Visibility.BOARD,
                passage=_passage(shared) if first is None and parent is None else None,
                made_at=_instant(shared.created) or self.desk.now(),
                tags=shared.tags,
                reply_to=parent or first,
                resolved=shared.resolved and parent is None,
                written_by=shared.author.strip() or UNNAMED,
                origin=shared.id if number == 0 else "",
            )
            keep(work, note)
            first = first or note.id
        if first is None:
            raise InputError("A comment without words cannot be kept.")
        return first


def _on_draft(work: UnitOfWork, version: VersionId) -> dict[AnnotationId, Annotation]:
    """Return every note on any version of the draft: a file may answer an earlier one."""
    draft = work.get(DraftVersion, version).draft
    versions = [one.id for one in work.find(DraftVersion, draft=draft)]
    return {note.id: note for note in work.find(Annotation, version=versions)}


def _states(came: CameBack) -> Iterator[tuple[AnnotationId, bool]]:
    yield from ((identity, True) for identity in came.closed)


def _passage(note: SharedNote) -> Passage | None:
    if note.span is None or not note.quote.strip():
        return None
    return Passage(*note.span, quote=note.quote, prefix=note.prefix, suffix=note.suffix)


def _instant(written: str) -> datetime | None:
    """Return the instant a file names; one without a zone is taken as UTC, as Word means it."""
    try:
        told = datetime.fromisoformat(written)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def _in_parts(words: str) -> Iterator[str]:
    """Yield words in pieces that each fit into one note, cut between words where that can be."""
    rest = words.strip()
    while len(rest) > LONGEST_BODY:
        at = rest.rfind(" ", 1, LONGEST_BODY)
        at = at if at > 0 else LONGEST_BODY
        yield rest[:at].rstrip()
        rest = rest[at:].lstrip()
    if rest:
        yield rest
