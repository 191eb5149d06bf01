"""Content notes of earlier versions of a draft, and where they belong in a later one.

They travel by the same alignment as notes do, and always on the safe side: a content note whose
part is not found for certain is not dropped but stands for the whole draft, until somebody marks
its part anew or a coordinator takes it away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..domain.annotations import Annotation, AnnotationId
from ..domain.blocks import draft_text_from_bytes
from ..domain.content_notes import ContentNote
from ..domain.drafts import DraftVersion, VersionId
from ..domain.passages import passage_in
from ..domain.people import PersonId
from ..domain.placements import Carried
from ..errors import NotFoundError
from .carried import Carrying
from .carried_notes import CarriedNote
from .desk import Desk

_SURELY_GONE = 0.9
"""With at least this share of its letters gone, and nothing like it elsewhere, a part is gone."""


@dataclass(frozen=True, slots=True)
class Warnings:
    """What parts of one version touch on.

    Args:
        placed: Content notes with their part in this version, in reading order; those of earlier
            versions are as if they had been written on this one.
        unplaced: Content notes of earlier versions whose part was not found for certain.
    """

    placed: tuple[ContentNote, ...] = ()
    unplaced: tuple[ContentNote, ...] = ()


def warnings_on(desk: Desk, carried: Carrying, version: VersionId) -> Warnings:
    """Return every content note that concerns a version; it may lay versions side by side first.

    Args:
        desk: The open board.
        carried: Knows where passages went.
        version: Which text.

    Raises:
        NotFoundError: The version is not on this board.
    """
    with desk.store.unit_of_work() as work:
        own = work.find(ContentNote, version=version)
        target = work.get(DraftVersion, version)
        before = [
            one.id
            for one in work.find(DraftVersion, draft=target.draft)
            if one.number < target.number
        ]
        earlier = work.find(ContentNote, version=before) if before else []
    if not earlier:
        return Warnings(_in_order(own))
    written = {note.body.casefold() for note in own}
    placed, unplaced = list(own), []
    marks = {AnnotationId(note.id): note for note in earlier}
    try:
        told = carried.follow(version, [_as_mark(note) for note in earlier])
        with desk.store.unit_of_work() as work:
            text = draft_text_from_bytes(work.blob(target.text)).text
    except NotFoundError:
        # An earlier text has not come to this laptop: nobody can say where its parts went.
        return Warnings(_in_order(own), tuple(earlier))
    for one in told.notes:
        note = marks[one.note.id]
        if one.span is not None:
            placed.append(replace(note, version=version, passage=passage_in(text, *one.span)))
        if _is_unsure(one, told.others) and note.body.casefold() not in written:
            unplaced.append(note)
    return Warnings(_in_order(placed), tuple(unplaced))


def _is_unsure(one: CarriedNote, others: Sequence[int]) -> bool:
    if one.state is Carried.REMOVED:
        # Between documents that share nothing, no passage can be said to have been taken out.
        return bool(others) or one.perhaps is not None or one.confidence < _SURELY_GONE
    return one.state is Carried.PLEASE_CHECK


def _in_order(notes: Sequence[ContentNote]) -> tuple[ContentNote, ...]:
    return tuple(sorted(notes, key=lambda note: (note.passage.start, note.passage.end)))


def _as_mark(note: ContentNote) -> Annotation:
    """Return a content note as what is carried from version to version: a marked passage."""
    return Annotation(
        id=AnnotationId(note.id),
        version=note.version,
        author=note.written_by or PersonId(note.id),
        body="",
        passage=note.passage,
    )
