"""Carrying notes from one version of a draft to the next, for other programs' files too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..domain.passages import passage_in
from ..domain.placements import Carried
from ..domain.reanchoring import Carrier
from ..domain.shared_notes import SharedNote, find_note

NOT_FOUND = "not_in_old_text"
WHOLE_DRAFT = "whole_draft"


@dataclass(frozen=True, slots=True)
class CarriedNotes:
    """Notes in a new version, every one of them, each with what became of it.

    Args:
        notes: As many as came, in their order.
        counts: How many went which way, by state.
        is_another_document: Whether so little of the old text is left that nothing was placed.
    """

    notes: tuple[SharedNote, ...]
    counts: Mapping[str, int]
    is_another_document: bool


def carry_notes(old: str, new: str, notes: Sequence[SharedNote]) -> CarriedNotes:
    """Return notes on one text as notes on another; none is ever left out.

    A note whose passage was removed, or that was never in the old text, keeps its quote and has no
    place. A note on the whole draft, and a reply, stay as they are.

    Args:
        old: The text the notes were written on.
        new: The text they are to stand in.
        notes: The notes.
    """
    carrier = Carrier(old, new)
    carried = tuple(_carry(note, old, new, carrier) for note in notes)
    counts = Counter(note.state for note in carried)
    return CarriedNotes(carried, counts, carrier.is_another_document)


def _carry(note: SharedNote, old: str, new: str, carrier: Carrier) -> SharedNote:
    if note.reply_to or not (note.quote or note.span):
        return replace(note, state=WHOLE_DRAFT)
    place = find_note(note, old)
    if place is None:
        return replace(note, span=None, state=NOT_FOUND)
    found = carrier.place(*place)
    if found.start is None or found.end is None:
        return replace(note, span=None, state=Carried.REMOVED.value)
    passage = passage_in(new, found.start, found.end)
    return replace(
        note,
        quote=passage.quote,
        prefix=passage.prefix,
        suffix=passage.suffix,
        span=(passage.start, passage.end),
        state=found.state.value,
    )
