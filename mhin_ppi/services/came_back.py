"""What of a team's file is new on the board, found by laying it beside the board's notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from ..domain.annotations import Annotation, AnnotationId
from ..domain.blocks import DraftText
from ..domain.drafts import VersionId
from ..domain.passages import passage_in
from ..domain.reanchoring import Carrier
from ..domain.shared_notes import SharedNote, find_note
from ..errors import InputError
from .leaving import worded

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
        known: How many comments of the file were here already.
    """

    version: VersionId
    replies: tuple[SharedNote, ...]
    remarks: tuple[SharedNote, ...]
    unplaced: int
    closed: tuple[AnnotationId, ...]
    known: int

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to take in."""
        return not (self.replies or self.remarks or self.closed)


@dataclass(frozen=True, slots=True)
class NotesHere:
    """The board's side of the table.

    Args:
        version: The version the team's file is a copy of.
        text: Its text.
        notes: Every note on any version of that draft, by id.
        ever: Every note that this board's log has ever spoken of, those taken back among them.
    """

    version: VersionId
    text: DraftText
    notes: Mapping[AnnotationId, Annotation]
    ever: frozenset[AnnotationId]


def lay_beside(
    here: NotesHere, found: Iterable[SharedNote], *, theirs: str, file_name: str
) -> CameBack:
    """Return what a file's comments add to the board.

    Args:
        here: The board's side.
        found: The comments.
        theirs: The file's own text, in which their spans count.
        file_name: What the file is called.

    Raises:
        InputError: The file is another document.
    """
    return _sorted_out(here, _in_ours(found, here.text.text, theirs, file_name))


def _in_ours(
    found: Iterable[SharedNote], ours: str, theirs: str, file_name: str
) -> Iterator[SharedNote]:
    """Yield comments placed in our version's text; without a place there they keep their quote."""
    carrier = None if ours == theirs else Carrier(theirs, ours)
    if carrier is not None and carrier.is_another_document:
        raise InputError(
            f"“{file_name}” does not look like a copy of this version: most words are different.",
            what_is_safe="Nothing has been added to the board.",
            next_step="Choose the file that you sent to the team, as they sent it back.",
        )
    for note in found:
        place = None if note.reply_to else find_note(note, theirs)
        if place is not None and carrier is not None:
            there = carrier.place(*place)
            place = None if there.start is None or there.end is None else (there.start, there.end)
        if place is None:
            yield replace(note, span=None)
        else:
            passage = passage_in(ours, *place)
            yield replace(
                note,
                span=(passage.start, passage.end),
                quote=passage.quote,
                prefix=passage.prefix,
                suffix=passage.suffix,
            )


def _sorted_out(side: NotesHere, found: Iterable[SharedNote]) -> CameBack:
    here = side.notes
    origins = {note.origin for note in here.values() if note.origin}
    said = {(n.written_by, n.body, n.passage.quote if n.passage else "") for n in here.values()}
    replies, remarks = [], []
    closed: list[AnnotationId] = []
    known = 0
    for note in found:
        ours = note_of_ours(note.id)
        mine = here.get(ours) if ours else None
        if mine is not None:
            known += 1
            # A thread that is open in the file may have been closed here after the file was sent.
            if mine.reply_to is None and note.resolved and not mine.resolved:
                closed.append(mine.id)
        elif ours in side.ever:
            known += 1  # it was taken back, or is no longer for this laptop: it stays away
        elif note.id in origins or _is_said(note, said, here):
            known += 1
        elif note.reply_to:
            replies.append(note)
        elif note.body.strip():
            remarks.append(note)
    unplaced = sum(bool(note.quote) and note.span is None for note in remarks)
    return CameBack(
        side.version,
        tuple(replies),
        tuple(remarks),
        unplaced,
        tuple(closed),
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


def note_of_ours(identity: str) -> AnnotationId | None:
    """Return which note of the board a file's id names, if it is one of ours."""
    if not identity.startswith(URN):
        return None
    try:
        return AnnotationId(UUID(identity.removeprefix(URN)))
    except ValueError:
        return None
