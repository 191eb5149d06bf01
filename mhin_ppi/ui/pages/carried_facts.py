"""What a page shows of notes that came from an earlier version: their state, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ...domain.alignment import Alignment
from ...domain.annotations import Annotation
from ...domain.comparison import Comparison
from ...domain.content_notes import ContentNote
from ...domain.placements import Carried, PlacementId
from ...domain.text_parts import TextParts, sentences_around
from ...domain.weaving import PieceKind
from ...services.carried_notes import CarriedNote, CarriedNotes
from ..widgets.difference_text import Shown
from .words_for import count_words

CARRIED_WORDS = {
    Carried.SAME_PLACE: "same place",
    Carried.MOVED: "moved",
    Carried.WORDING_CHANGED: "wording changed",
    Carried.PLEASE_CHECK: "to check",
    Carried.REMOVED: "the part it was about is gone",
}
"""What each state is called beside a note."""
GONE_HEADING = "The part these were about is gone"
_AROUND = 600


@dataclass(frozen=True, slots=True)
class CarriedShown:
    """How a note came to this version.

    Args:
        note: The note as it was written; its passage counts in the earlier version.
        from_number: The number of that version.
        state: What became of its passage.
        confidence: How sure that is, 0 to 1.
        old_quote: The words it was about, or "" for a note on the whole draft.
        perhaps: For a passage that is gone, where it may be after all.
        waits: Whether a person is asked to look at it.
        decision: The person's decision about it, if there is one.
        old_touches_on: For a passage that is gone, what content notes say of the words it was
            about: these are not quoted then.
    """

    note: Annotation
    from_number: int
    state: Carried
    confidence: float
    old_quote: str
    perhaps: tuple[int, int] | None = None
    waits: bool = False
    decision: PlacementId | None = None
    old_touches_on: str = ""

    @property
    def is_gone(self) -> bool:
        """Whether the part it was about is gone."""
        return self.state is Carried.REMOVED

    @property
    def words(self) -> str:
        """Where it comes from and what became of its place ("From version 1 · moved")."""
        start = f"From version {self.from_number}"
        return f"{start} · {CARRIED_WORDS[self.state]}" if self.old_quote else start


def carried_shown(one: CarriedNote, warnings: Iterable[ContentNote] = ()) -> CarriedShown:
    """Return what is shown of a carried note.

    Args:
        one: The note.
        warnings: The content notes of the version it was written on.
    """
    passage = one.note.passage
    said = [
        warning.body.rstrip(".")
        for warning in warnings
        if passage is not None
        and warning.version == one.version.id
        and warning.passage.start < passage.end
        and passage.start < warning.passage.end
    ]
    return CarriedShown(
        note=one.note,
        from_number=one.version.number,
        state=one.state,
        confidence=one.confidence,
        old_quote=passage.quote if passage else "",
        perhaps=one.perhaps,
        waits=one.waits,
        decision=one.decision.id if one.decision else None,
        old_touches_on="; ".join(dict.fromkeys(said)) if one.span is None else "",
    )


def outcome_words(told: CarriedNotes) -> str:
    """Return in one sentence what became of the notes of earlier versions.

    "41 notes: 35 in the same place, 4 reworded, 1 to check, 1 whose part is gone."
    """
    if not told.notes:
        return "There are no notes on earlier versions."
    counts: Mapping[Carried, int] = told.counts
    said = [
        f"{counts[state]:,} {words}"
        for state, words in (
            (Carried.SAME_PLACE, "in the same place"),
            (Carried.MOVED, "moved"),
            (Carried.WORDING_CHANGED, "reworded"),
            (Carried.PLEASE_CHECK, "to check"),
            (Carried.REMOVED, "whose part is gone"),
        )
        if counts.get(state)
    ]
    return f"{count_words(len(told.notes), 'note')}: {', '.join(said)}."


def both_wordings(
    one: CarriedShown, text: str, span: tuple[int, int] | None
) -> tuple[list[Shown], list[Shown]]:
    """Return the old wording and the new one, each with what differs.

    Args:
        one: The note.
        text: The new version.
        span: Where the note may stand in it; ``None`` shows the old words only.
    """
    passage = one.note.passage
    if passage is None:
        return [], []
    around = passage.prefix + passage.quote + passage.suffix
    start = len(passage.prefix)
    old = around[slice(*sentences_around(around, start, start + len(passage.quote)))].strip()
    if span is None:
        return [Shown(old)], []
    first = max(0, span[0] - _AROUND)
    window = text[first : span[1] + _AROUND]
    new = window[slice(*sentences_around(window, span[0] - first, span[1] - first))].strip()
    made = Comparison(Alignment(TextParts(old), TextParts(new), alike=0.0))
    both: tuple[list[Shown], list[Shown]] = ([], [])
    for piece in made.pieces:
        shown = Shown(made.words_of(piece), piece.kind)
        if piece.kind in (PieceKind.SAME, PieceKind.TAKEN_OUT, PieceKind.MOVED_AWAY):
            both[0].append(shown)
        if piece.kind in (PieceKind.SAME, PieceKind.ADDED, PieceKind.MOVED_HERE):
            both[1].append(shown)
    return both
