"""Notes on their way from version to version of a draft: one step after another, none left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..domain.annotations import Annotation, AnnotationId
from ..domain.drafts import DraftVersion, VersionId
from ..domain.placements import Carried, Placement
from ..domain.questions import Question
from ..domain.reanchoring import CarriedPassage

Span = tuple[int, int]
_ORDER = tuple(Carried)
"""From what changed least to what changed most."""


@dataclass(frozen=True, slots=True)
class CarriedNote:
    """A note on an earlier version, and what became of its passage.

    Args:
        note: The note, as it was written.
        question: The question it raised; ``None`` where it raised none.
        version: The version it was written on.
        state: What became of its passage; a note on the whole draft is in the same place.
        span: Where it stands in the later version; ``None`` when its passage is gone, and for a
            note on the whole draft.
        confidence: 0 to 1, the least of all steps; 1 where a person decided.
        perhaps: For a passage that is gone, a range that reads much like it, or ``None``.
        decision: What a person decided about it in this version, if anybody did.
    """

    note: Annotation
    question: Question | None
    version: DraftVersion
    state: Carried
    span: Span | None
    confidence: float = 1.0
    perhaps: Span | None = None
    decision: Placement | None = None

    @property
    def waits(self) -> bool:
        """Whether a person is asked to look at it."""
        doubtful = self.state is Carried.PLEASE_CHECK or self.perhaps is not None
        return self.decision is None and doubtful and self.note.reply_to is None


@dataclass(frozen=True, slots=True)
class CarriedNotes:
    """Every note on the earlier versions of a draft.

    Args:
        notes: All of them, those with a place first, in reading order.
        counts: How many went which way.
        others: Numbers of earlier versions that the next one shares almost nothing with.
        before: The numbers of the earlier versions, oldest first.
    """

    notes: tuple[CarriedNote, ...] = ()
    counts: Mapping[Carried, int] = field(default_factory=dict)
    others: tuple[int, ...] = ()
    before: tuple[int, ...] = ()

    @property
    def waiting(self) -> tuple[CarriedNote, ...]:
        """Those that a person is asked to look at."""
        return tuple(one for one in self.notes if one.waits)


@dataclass(frozen=True, slots=True)
class Places:
    """Where passages of one version are in the next.

    Args:
        is_another: Whether the next version is another document.
        places: By passage.
    """

    is_another: bool
    places: Mapping[Span, CarriedPassage]


class Walk:
    """Notes on their way from version to version.

    Args:
        chain: The versions, oldest first; the last is where the notes are to stand.
        notes: The notes on all but the last.
        decided: What people decided, by note and version.
    """

    def __init__(
        self,
        chain: Sequence[DraftVersion],
        notes: Iterable[Annotation],
        decided: Mapping[tuple[AnnotationId, VersionId], Placement],
    ) -> None:
        self.missing: tuple[DraftVersion, DraftVersion, set[Span]] | None = None
        self._chain, self._decided = chain, decided
        self._others: list[int] = []
        self._notes = list(notes)
        self._at: dict[AnnotationId, CarriedNote] = {}

    def step(self, old: DraftVersion, new: DraftVersion, known: Places | None) -> None:
        """Carry every note from one version to the next, or say which places are missing."""
        for note in self._notes:
            if note.version == old.id:
                span = (note.passage.start, note.passage.end) if note.passage else None
                self._at[note.id] = CarriedNote(note, None, old, Carried.SAME_PLACE, span)
        lacking = self.spans_now() - set(known.places if known else ())
        if lacking:
            self.missing = (old, new, lacking)
            return
        if known is not None and known.is_another:
            self._others.append(old.number)
        places = known.places if known else {}
        self._at = {key: self._carried(one, new, places) for key, one in self._at.items()}

    def spans_now(self) -> set[Span]:
        """Return where the notes stand that have a place by now."""
        return {one.span for one in self._at.values() if one.span is not None}

    def _carried(
        self, one: CarriedNote, new: DraftVersion, places: Mapping[Span, CarriedPassage]
    ) -> CarriedNote:
        decision = self._decided.get((one.note.id, new.id))
        found = places[one.span] if one.span else None
        state, span, confidence, perhaps = one.state, one.span, one.confidence, one.perhaps
        if found is not None:
            state = max(state, found.state, key=_ORDER.index)
            span = None if found.start is None or found.end is None else (found.start, found.end)
            confidence, perhaps = min(confidence, found.confidence), found.perhaps
        elif one.state is Carried.REMOVED:
            perhaps = None
        if decision is not None:
            passage = decision.passage
            moved = found is None or (passage and (passage.start, passage.end) != span)
            state = decision.state
            if moved and state is Carried.SAME_PLACE:
                state = Carried.MOVED
            span = (passage.start, passage.end) if passage else None
            confidence, perhaps = 1.0, None
        return CarriedNote(one.note, None, one.version, state, span, confidence, perhaps, decision)

    def told(self, questions: Mapping[AnnotationId, Question]) -> CarriedNotes:
        """Return every note with what became of it; a reply follows the note it answers."""
        told = []
        for one in self._at.values():
            parent = self._parent(one)
            told.append(
                CarriedNote(
                    note=one.note,
                    question=questions.get(one.note.id),
                    version=one.version,
                    state=parent.state,
                    span=parent.span,
                    confidence=parent.confidence,
                    perhaps=parent.perhaps,
                    decision=parent.decision,
                )
            )
        told.sort(key=lambda each: (each.state is Carried.REMOVED, each.span or _NOWHERE))
        return CarriedNotes(
            notes=tuple(told),
            counts=Counter(each.state for each in told),
            others=tuple(self._others),
            before=tuple(version.number for version in self._chain[:-1]),
        )

    def _parent(self, one: CarriedNote) -> CarriedNote:
        """Return the note a thread began with; the note itself when it is no reply."""
        seen: set[AnnotationId] = set()
        while one.note.reply_to in self._at and one.note.id not in seen:
            seen.add(one.note.id)
            one = self._at[one.note.reply_to]
        return one


_NOWHERE = (-1, -1)
