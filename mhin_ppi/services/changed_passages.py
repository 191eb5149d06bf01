"""Passages that changed and carried questions: perhaps a question led to the change.

It is only offered. A coordinator confirms, and then it is a change like any other, linked to the
old words and the new; or a person says "not this one", which stays on their laptop.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.comparison import Comparison
from ..domain.drafts import Draft, DraftId, DraftVersion, VersionId
from ..domain.placements import Carried
from ..domain.questions import QuestionId, QuestionState, StepKind, check_step
from ..domain.reanchoring import Carrier
from ..domain.responses import LED_TO, Change
from ..domain.text_parts import sentences_around
from ..domain.weaving import PieceKind, Span
from ..errors import NotAllowedError
from .carried import Carrying
from .desk import Desk, coordinators
from .outcome import Outcome
from .questions import Questions
from .stories import Story

_AROUND = 2_000
_REWRITTEN = frozenset({PieceKind.ADDED, PieceKind.TAKEN_OUT})

_DIFFERENT = frozenset({Carried.WORDING_CHANGED, Carried.PLEASE_CHECK, Carried.REMOVED})
_FINISHED = frozenset({QuestionState.CLOSED, QuestionState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class MayHaveLed:
    """A changed passage, and a question that may have led to it.

    Args:
        change: The number of the change in the comparison.
        story: The question.
        old: The words it was asked about, in the old version.
        new: What stands there in the new version; ``None`` when nothing does.
        can_confirm: Whether the question is far enough for a change to be linked to it.
    """

    change: int
    story: Story
    old: Span
    new: Span | None
    can_confirm: bool


@dataclass(frozen=True, slots=True)
class LinkedChange:
    """A change of a version that a question is linked to.

    Args:
        story: The question.
        change: The change.
        new: Its words in the version, in code points; ``None`` where they were taken out.
    """

    story: Story
    change: Change
    new: Span | None


@dataclass(frozen=True, slots=True)
class ChangesToLink:
    """A version in which words that carried questions are different, with no change linked yet.

    Args:
        draft: Which draft.
        old: The oldest version on which such a question was asked.
        new: The newest version.
        count: How many questions; ``None`` while the versions have not been compared.
    """

    draft: Draft
    old: DraftVersion
    new: DraftVersion
    count: int | None


@dataclass(frozen=True)
class ChangedPassages:
    """Offers questions for the changes of a version, and records what people say to it."""

    desk: Desk
    carrying: Carrying

    def offers(
        self, old: VersionId, new: VersionId, *, carrier: Carrier, comparison: Comparison
    ) -> tuple[MayHaveLed, ...]:
        """Return the questions that may have led to a change, in the order of the changes.

        Args:
            old: The version the questions stand on, their own or carried there.
            new: The version that is different.
            carrier: The two, aligned.
            comparison: The two, laid into one another.
        """
        spans = self._spans(old)
        dismissed = self._dismissed(new)
        with self.desk.store.unit_of_work() as work:
            coordinating = coordinators(work)
        taken_out = self._taken_out(new)
        found = []
        for story in Questions(self.desk).register():
            span = spans.get(str(story.question.id))
            if (
                span is None
                or str(story.question.id) in dismissed
                or (_is_settled(story, new, taken_out=taken_out))
            ):
                continue
            number = _first_change(comparison, span)
            if number is not None:
                place = _new_words(comparison, carrier, number, span)
                can = self._can_confirm(story, coordinating=coordinating)
                found.append(MayHaveLed(number, story, span, place, can))
        return tuple(sorted(found, key=lambda one: (one.change, one.old)))

    def to_link(self) -> tuple[ChangesToLink, ...]:
        """Return, for each draft, how many questions stand on words that have changed since.

        It reads places that are known already and works nothing out, so that a page may ask often.
        """
        asked: dict[DraftId, dict[QuestionId, Story]] = defaultdict(dict)
        for story in Questions(self.desk).register():
            linked = any(change.new_version for change in story.changes)
            if story.draft and story.fate.state not in _FINISHED and not linked:
                asked[story.draft.id][story.question.id] = story
        with self.desk.store.unit_of_work() as work:
            versions = sorted(work.find(DraftVersion), key=lambda one: one.number)
        newest = {one.draft: one for one in versions}
        found = (self._to_link(newest[draft], waiting) for draft, waiting in asked.items())
        return tuple(one for one in found if one is not None)

    def _to_link(self, new: DraftVersion, waiting: dict[QuestionId, Story]) -> ChangesToLink | None:
        earlier = [s for s in waiting.values() if s.version and s.version.number < new.number]
        carried = self.carrying.on(new.id) if earlier else None
        if carried is not None:
            dismissed = self._dismissed(new.id)
            changed = {
                one.question.id
                for one in carried.notes
                if one.question
                and one.state in _DIFFERENT
                and str(one.question.id) not in dismissed
            }
            earlier = [story for story in earlier if story.question.id in changed]
        if not earlier:
            return None
        old = min((s.version for s in earlier if s.version), key=lambda one: one.number)
        draft = next(story.draft for story in earlier if story.draft)
        return ChangesToLink(draft, old, new, None if carried is None else len(earlier))

    def confirm(
        self, offer: MayHaveLed, new: VersionId, *, certainty: str = LED_TO
    ) -> Outcome[Change]:
        """Record that a question led to a change, or may have.

        Args:
            offer: The question and the words.
            new: The version that is different.
            certainty: Code of how sure it is.

        Raises:
            NotAllowedError: Only a coordinator confirms; or the question has no answer yet.
        """
        questions = Questions(self.desk)
        if offer.new is None:
            outside = self._taken_out(new)
            return questions.link_change(
                offer.story.question.id, outside=outside, certainty=certainty
            )
        return questions.link_change(
            offer.story.question.id, new=(new, *offer.new), certainty=certainty
        )

    def linked(self, new: VersionId) -> tuple[LinkedChange, ...]:
        """Return the changes of a version that questions are linked to, in reading order."""
        found = [
            LinkedChange(story, change, (change.new.start, change.new.end) if change.new else None)
            for story in Questions(self.desk).register()
            for change in story.changes
            if change.new_version == new
        ]
        return tuple(sorted(found, key=lambda one: one.new or (0, 0)))

    def linkable(self, draft: Draft) -> tuple[Story, ...]:
        """Return the questions a change of a draft can be linked to, its own first, then newest."""
        with self.desk.store.unit_of_work() as work:
            coordinating = coordinators(work)
        found = [
            story
            for story in Questions(self.desk).register()
            if (story.project is None or story.project.id == draft.project)
            and story.question.body
            and self._can_confirm(story, coordinating=coordinating)
        ]
        own = [story for story in found if story.draft and story.draft.id == draft.id]
        return (*own, *(story for story in found if story not in own))

    def link(
        self,
        question: QuestionId,
        *,
        old: tuple[VersionId, Span],
        new: tuple[VersionId, Span],
        certainty: str = LED_TO,
    ) -> Outcome[Change]:
        """Record that a changed passage came from a question.

        Args:
            question: Which question.
            old: The older version and the words there; an empty span where something was added.
            new: The newer version and the words there; an empty span where words were taken out.
            certainty: Code of how sure it is.

        Raises:
            InputError: The words are not in their version, or the versions do not fit.
            NotAllowedError: Only a coordinator links; or the question has no answer yet.
        """
        before = (old[0], *old[1]) if old[1][0] < old[1][1] else None
        after = (new[0], *new[1]) if new[1][0] < new[1][1] else None
        return Questions(self.desk).link_change(
            question,
            old=before,
            new=after,
            outside="" if after else self._taken_out(new[0]),
            certainty=certainty,
        )

    def dismiss(self, question: QuestionId, new: VersionId, *, wanted: bool = True) -> None:
        """Remember that a question did not lead to a change, or forget it; on this laptop only."""
        with self.desk.store.unit_of_work() as work:
            kept = set((work.local(_key(new)) or {}).get("questions", ()))
            changed = kept | {str(question)} if wanted else kept - {str(question)}
            work.keep_local(_key(new), {"questions": sorted(changed)} if changed else None)
            work.commit()

    def _taken_out(self, new: VersionId) -> str:
        """Return what is recorded as changed where the words are simply gone."""
        with self.desk.store.unit_of_work() as work:
            number = work.get(DraftVersion, new).number
        return f"The words it was asked about were taken out in version {number}."

    def _dismissed(self, new: VersionId) -> frozenset[str]:
        with self.desk.store.unit_of_work() as work:
            return frozenset((work.local(_key(new)) or {}).get("questions", ()))

    def _spans(self, old: VersionId) -> dict[str, Span]:
        """Return where questions stand in the old version: those asked on it, and earlier ones."""
        spans: dict[str, Span] = {}
        earlier = self.carrying.on(old)
        for one in earlier.notes if earlier else ():
            if one.question is not None and one.span is not None:
                spans[str(one.question.id)] = one.span
        for story in Questions(self.desk).register():
            note = story.annotation
            if note is not None and note.version == old and note.passage is not None:
                spans[str(story.question.id)] = (note.passage.start, note.passage.end)
        return spans

    def _can_confirm(self, story: Story, *, coordinating: frozenset[object]) -> bool:
        try:
            check_step(
                story.question,
                story.fate,
                StepKind.CHANGE,
                by=self.desk.store.person,
                is_coordinator=self.desk.store.person in coordinating,
            )
        except NotAllowedError:
            return False
        return True


def by_change(offers: Iterable[MayHaveLed]) -> dict[int, list[MayHaveLed]]:
    """Return offers grouped by the change they are about."""
    grouped: dict[int, list[MayHaveLed]] = defaultdict(list)
    for one in offers:
        grouped[one.change].append(one)
    return dict(grouped)


def _is_settled(story: Story, new: VersionId, *, taken_out: str) -> bool:
    """Return whether a question is finished, or a change of this version is linked to it."""
    linked = any(
        change.new_version == new or (change.new is None and change.outside == taken_out)
        for change in story.changes
    )
    return story.fate.state in _FINISHED or linked


def _first_change(comparison: Comparison, span: Span) -> int | None:
    """Return the first change of wording in the sentences a passage lies in."""
    first = max(0, span[0] - _AROUND)
    window = comparison.old_text[first : span[1] + _AROUND]
    start, end = sentences_around(window, span[0] - first, span[1] - first)
    for number in comparison.touching(first + start, first + end):
        change = comparison.changes[number]
        kinds = {piece.kind for piece in comparison.pieces[change.first : change.last]}
        if kinds & _REWRITTEN:
            return number
    return None


def _new_words(comparison: Comparison, carrier: Carrier, number: int, span: Span) -> Span | None:
    """Return the sentences that stand in the new version where the question was asked."""
    place = carrier.place(*span)
    text, change = comparison.new_text, comparison.changes[number]
    if place.start is not None and place.end is not None:
        found = (place.start, place.end)
    elif text[slice(*change.new)].strip():
        found = change.new
    else:
        return None
    first = max(0, found[0] - _AROUND)
    window = text[first : found[1] + _AROUND]
    start, end = sentences_around(window, found[0] - first, found[1] - first)
    return first + start, first + end


def _key(version: VersionId) -> str:
    return f"not_led_to:{version}"
