"""What the team wrote in its own file, brought back beside the board's notes.

First a dry run in plain numbers; then, if the coordinator wishes, everything in one action. The
same file may be brought in again and again: what is here already is known by its name in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from ..domain.annotations import Annotation, AnnotationId, AnnotationKind, Visibility
from ..domain.blocks import DraftText, draft_text_from_bytes
from ..domain.drafts import DraftVersion, VersionId
from ..domain.passages import Passage
from ..domain.reanchoring import Carrier
from ..domain.shared_notes import SharedNote, find_note
from ..errors import InputError
from .annotations import LONGEST_BODY
from .desk import COORDINATING, Desk, alter, keep
from .leaving import worded
from .outcome import Outcome
from .ports import NoteFiles, Progress, StopWanted, UnitOfWork

URN = "urn:uuid:"
UNNAMED = "The research team"


@dataclass(frozen=True, slots=True)
class CameBack:
    """What a file of the team's holds that is not on the board yet; nothing is kept so far.

    Args:
        version: The version it is about.
        replies: What they answered in our threads, or in earlier ones of theirs.
        remarks: What they wrote themselves, on words or on the whole draft.
        unplaced: How many of the remarks are on words that this version does not have.
        closed: Our notes whose thread they marked as resolved.
        reopened: Our notes whose thread they opened again.
        known: How many comments of the file were here already.
    """

    version: VersionId
    replies: tuple[SharedNote, ...]
    remarks: tuple[SharedNote, ...]
    unplaced: int
    closed: tuple[AnnotationId, ...]
    reopened: tuple[AnnotationId, ...]
    known: int

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to take in."""
        return not (self.replies or self.remarks or self.closed or self.reopened)


@dataclass(frozen=True)
class TeamAnswers:
    """Reading back what the team answered.

    Args:
        desk: The open board.
        files: Reads notes in files.
    """

    desk: Desk
    files: NoteFiles

    def check(
        self,
        version: VersionId,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> CameBack:
        """Return what a file holds that the board does not; keeps nothing.

        Args:
            version: The version the file is a copy of.
            untrusted: The file: Word, PDF, or W3C Web Annotations.
            file_name: What it is called; its ending says what it is.
            progress: Told how far the reading is.
            stop_wanted: Asked whether to stop.

        Raises:
            NotAllowedError: Only a coordinator brings in the team's answers.
            InputError: The file is another document.
            DocumentError: The file cannot be read.
            Stopped: The person pressed Stop.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="bring in the team's answers")
            ours = draft_text_from_bytes(work.blob(work.get(DraftVersion, version).text))
            here = _on_draft(work, version)
        theirs = ours
        if not self.files.is_annotations(file_name):
            theirs = self.desk.reader.read(
                untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
            )
        found = self.files.find_in(
            untrusted, file_name=file_name, text=theirs, progress=progress, stop_wanted=stop_wanted
        )
        placed = [_in_ours(note, ours, theirs, file_name) for note in found]
        return _sorted_out(version, placed, here)

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
        parent = _ours(shared.reply_to) or ids.get(shared.reply_to)
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


def _in_ours(note: SharedNote, ours: DraftText, theirs: DraftText, file_name: str) -> SharedNote:
    """Return a comment placed in our version's text; without a place it keeps its quote."""
    if note.reply_to or not (note.span or note.quote):
        return note
    place = find_note(note, theirs.text)
    if place is None or theirs.text == ours.text:
        return replace(note, span=place)
    carrier = Carrier(theirs.text, ours.text)
    if carrier.is_another_document:
        raise InputError(
            f"“{file_name}” is another document: too few of this version's words are in it.",
            what_is_safe="Nothing was taken in.",
            next_step="Choose the file that you sent to the team, as they sent it back.",
        )
    there = carrier.place(*place)
    if there.start is None or there.end is None:
        return replace(note, span=None)
    return replace(note, span=(there.start, there.end), quote=ours.text[there.start : there.end])


def _sorted_out(
    version: VersionId, found: Iterable[SharedNote], here: Mapping[AnnotationId, Annotation]
) -> CameBack:
    origins = {note.origin for note in here.values() if note.origin}
    said = {(n.written_by, n.body, n.passage.quote if n.passage else "") for n in here.values()}
    replies, remarks = [], []
    closed: list[AnnotationId] = []
    reopened: list[AnnotationId] = []
    known = 0
    for note in found:
        ours = _ours(note.id)
        mine = here.get(ours) if ours else None
        if mine is not None:
            known += 1
            if mine.reply_to is None and note.resolved != mine.resolved:
                (closed if note.resolved else reopened).append(mine.id)
        elif note.id in origins or _is_said(note, said, here):
            known += 1
        elif note.reply_to:
            replies.append(note)
        elif note.body.strip():
            remarks.append(note)
    unplaced = sum(bool(note.quote) and note.span is None for note in remarks)
    return CameBack(
        version,
        tuple(replies),
        tuple(remarks),
        unplaced,
        tuple(closed),
        tuple(reopened),
        known,
    )


def _is_said(
    note: SharedNote,
    said: set[tuple[str, str, str]],
    here: Mapping[AnnotationId, Annotation],
) -> bool:
    """Return whether a comment is here already under another name, as some programs rename them."""
    if (note.author.strip() or UNNAMED, note.body.strip(), note.quote) in said:
        return True
    return any(
        note.body == worded(one) and one.passage and one.passage.quote == note.quote
        for one in here.values()
    )


def _states(came: CameBack) -> Iterator[tuple[AnnotationId, bool]]:
    yield from ((identity, True) for identity in came.closed)
    yield from ((identity, False) for identity in came.reopened)


def _ours(identity: str) -> AnnotationId | None:
    if not identity.startswith(URN):
        return None
    try:
        return AnnotationId(UUID(identity.removeprefix(URN)))
    except ValueError:
        return None


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
