"""Notes on earlier versions of a draft, and where each of them stands in a later one.

Places are worked out from one version to the next, so that a note on version 1 reaches version 3 by
way of version 2; what a person decided on the way counts more than what was worked out. Nothing is
ever left out: as many notes come back as there are on the earlier versions.

To lay two versions side by side takes a second or two for a long draft, and needs no board: so it
is done in three steps that can run in different places. ``next_job`` reads what is needed,
``work_out`` is pure, ``keep`` remembers the places on this laptop; until there is no further job.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..domain.alignment import Watch
from ..domain.annotations import Annotation, AnnotationId
from ..domain.blocks import DraftText, draft_text_from_bytes
from ..domain.drafts import BlobId, DraftId, DraftVersion, VersionId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.passages import passage_in
from ..domain.placements import Carried, Placement, PlacementId
from ..domain.questions import Question
from ..domain.reanchoring import CarriedPassage, Carrier
from ..domain.spaces import space_of
from ..errors import NotAllowedError
from .carried_notes import CarriedNotes, Places, Span, Walk
from .desk import Desk, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork

_KEY = "carried:1"
"""Where places are kept on this laptop; the number rises when they are worked out otherwise."""


@dataclass(frozen=True, slots=True)
class Job:
    """Passages of one version whose places in the next are not known yet.

    Args:
        old: Which text the passages are in.
        new: The next version's text.
        old_text: Its words.
        new_text: The next version's words.
        spans: The passages.
    """

    old: BlobId
    new: BlobId
    old_text: str
    new_text: str
    spans: tuple[Span, ...]


def work_out(job: Job, *, watch: Watch | None = None) -> Places:
    """Return where passages are in the next version; touches no board.

    Args:
        job: The two texts and the passages.
        watch: Told how far it is; whatever it raises ends the work.
    """
    carrier = Carrier(job.old_text, job.new_text, watch=watch)
    places = {}
    for number, span in enumerate(job.spans):
        if watch is not None:
            watch(number, len(job.spans))
        places[span] = carrier.place(*span)
    return Places(carrier.is_another_document, places)


@dataclass(frozen=True)
class Carrying:
    """Notes of earlier versions, carried to later ones."""

    desk: Desk
    _known: dict[tuple[BlobId, BlobId], Places] = field(
        default_factory=dict, repr=False, compare=False
    )

    def next_job(self, version: VersionId) -> Job | None:
        """Return what has to be worked out first to know every place; ``None`` when all are."""
        with self.desk.store.unit_of_work() as work:
            return self._job(work, self._walk(work, version))

    def keep(self, job: Job, found: Places) -> None:
        """Remember places on this laptop, beside those known before."""
        with self.desk.store.unit_of_work() as work:
            before = self._places(work, job.old, job.new)
            places = Places(found.is_another, {**(before.places if before else {}), **found.places})
            self._known[job.old, job.new] = places
            work.keep_local(f"{_KEY}:{job.old}:{job.new}", _plain(places))
            work.commit()

    def on(self, version: VersionId) -> CarriedNotes | None:
        """Return the notes of earlier versions; ``None`` while places have to be worked out.

        Raises:
            NotFoundError: The version is not on this board.
        """
        with self.desk.store.unit_of_work() as work:
            walk = self._walk(work, version)
            if walk.missing is not None:
                return None
            questions = {q.annotation: q for q in work.find(Question) if q.annotation}
            return walk.told(questions)

    def rehearsal(self, draft: DraftId, text: DraftText) -> Job | None:
        """Return what tells where notes would stand in a text that is not on the board yet.

        Args:
            draft: The draft whose next version the text may become.
            text: The text.

        Returns:
            ``None`` when the draft has no version yet, or has this very text already.
        """
        with self.desk.store.unit_of_work() as work:
            versions = sorted(work.find(DraftVersion, draft=draft), key=lambda one: one.number)
            if not versions or any(one.text == text.digest for one in versions):
                return None
            latest = versions[-1]
            walk = self._walk(work, latest.id)
            spans = walk.spans_now() | {
                (one.passage.start, one.passage.end)
                for one in work.find(Annotation, version=latest.id)
                if one.passage
            }
            return Job(
                old=latest.text,
                new=BlobId(text.digest),
                old_text=_text(work, latest),
                new_text=text.text,
                spans=tuple(sorted(spans)),
            )

    def follow(self, version: VersionId, marks: Sequence[Annotation]) -> CarriedNotes:
        """Return where certain marks on earlier versions stand, working out what is not known yet.

        Args:
            version: Which version they are to stand in.
            marks: Passages of its earlier versions, as notes; they need not be on the board.

        Raises:
            NotFoundError: The version is not on this board, or a text is not here yet.
        """
        while True:
            with self.desk.store.unit_of_work() as work:
                walk = self._walk(work, version, marks=marks)
                job = self._job(work, walk)
            if job is None:
                return walk.told({})
            self.keep(job, work_out(job))

    def complete(self, version: VersionId, *, watch: Watch | None = None) -> CarriedNotes:
        """Return the notes of earlier versions, working out what is not known yet.

        Args:
            version: Which version they are to stand in.
            watch: Told how far it is; whatever it raises ends the work.

        Raises:
            NotFoundError: The version is not on this board.
        """
        while (job := self.next_job(version)) is not None:
            self.keep(job, work_out(job, watch=watch))
        return self.on(version) or CarriedNotes()

    # A person's word

    def decide(
        self, annotation: AnnotationId, version: VersionId, *, span: Span | None
    ) -> Outcome[Placement]:
        """Record where a note stands in a later version, in a person's judgement.

        Args:
            annotation: Which note.
            version: The later version.
            span: Where it stands there, in code points; ``None`` when its passage is gone.

        Raises:
            NotAllowedError: The note is neither theirs nor are they a coordinator.
            EmptyPassageError: No words are marked.
        """
        with self.desk.store.unit_of_work() as work:
            note = work.get(Annotation, annotation)
            self._require_say(work, note)
            target = work.get(DraftVersion, version)
            passage = passage_in(_text(work, target), *span) if span else None
            same = (
                passage is not None
                and note.passage is not None
                and _flat(passage.quote) == _flat(note.passage.quote)
            )
            state = Carried.SAME_PLACE if same else Carried.WORDING_CHANGED
            placement = Placement(
                id=PlacementId(self.desk.new_id()),
                annotation=annotation,
                version=version,
                author=note.author,
                passage=passage,
                state=state if passage else Carried.REMOVED,
                visibility=note.visibility,
                decided_by=self.desk.store.person,
                decided_at=self.desk.now(),
            )
            keep(work, placement)
            return Outcome(placement, work.commit())

    def undo(self, placement: PlacementId) -> Outcome[None]:
        """Take a decision about a note's place back; the one before it counts again.

        Raises:
            NotAllowedError: Neither the note is theirs nor are they a coordinator.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(Placement, placement)
            self._require_say(work, work.get(Annotation, found.annotation))
            work.record(space_of(found), [SetOp(entity_of(found), "gone", True)])
            return Outcome(None, work.commit())

    def may_decide(self, note: Annotation, *, coordinates: bool) -> bool:
        """Return whether the person at the laptop may say where a note stands."""
        return coordinates or self.desk.store.person in (note.author, note.typed_by)

    def _require_say(self, work: UnitOfWork, note: Annotation) -> None:
        coordinates = self.desk.store.person in coordinators(work)
        if not self.may_decide(note, coordinates=coordinates):
            raise NotAllowedError(
                "Only the person who wrote this note, or a coordinator, can say where it belongs.",
                what_is_safe="The note is safe.",
                next_step="You can write to your coordinator about it.",
            )

    # Places

    def _job(self, work: UnitOfWork, walk: Walk) -> Job | None:
        if walk.missing is None:
            return None
        old, new, spans = walk.missing
        return Job(
            old=old.text,
            new=new.text,
            old_text=_text(work, old),
            new_text=_text(work, new),
            spans=tuple(sorted(spans)),
        )

    def _walk(
        self, work: UnitOfWork, version: VersionId, *, marks: Sequence[Annotation] | None = None
    ) -> Walk:
        target = work.get(DraftVersion, version)
        chain = sorted(
            (v for v in work.find(DraftVersion, draft=target.draft) if v.number <= target.number),
            key=lambda one: one.number,
        )
        decided: dict[tuple[AnnotationId, VersionId], Placement] = {}
        for one in sorted(
            work.find(Placement, version=[v.id for v in chain]),
            key=lambda each: (str(each.decided_at), str(each.id)),
        ):
            decided[one.annotation, one.version] = one
        notes = marks
        if notes is None:
            notes = work.find(Annotation, version=[v.id for v in chain[:-1]]) if chain[1:] else []
        walk = Walk(chain, notes, decided)

        def known(old: DraftVersion, new: DraftVersion) -> Places | None:
            return self._places(work, old.text, new.text)

        for old, new in zip(chain, chain[1:], strict=False):
            walk.step(old, new, known)
            if walk.missing is not None:
                break
        return walk

    def _places(self, work: UnitOfWork, old: BlobId, new: BlobId) -> Places | None:
        if (old, new) not in self._known:
            kept = work.local(f"{_KEY}:{old}:{new}")
            if kept is None:
                return None
            self._known[old, new] = _from_plain(kept)
        return self._known[old, new]


def _text(work: UnitOfWork, version: DraftVersion) -> str:
    return draft_text_from_bytes(work.blob(version.text)).text


def _flat(words: str) -> str:
    return " ".join(words.split()).casefold()


def _plain(places: Places) -> Mapping[str, Any]:
    return {
        "another": places.is_another,
        "places": [
            [*span, one.state.value, one.start, one.end, one.confidence, one.perhaps]
            for span, one in places.places.items()
        ],
    }


def _from_plain(kept: Mapping[str, Any]) -> Places:
    found = {}
    for start, end, state, to, to_end, confidence, perhaps in kept["places"]:
        maybe = (int(perhaps[0]), int(perhaps[1])) if perhaps else None
        found[start, end] = CarriedPassage(Carried(state), to, to_end, confidence, maybe)
    return Places(bool(kept["another"]), found)
