"""The path of a question: from the words that prompted it to what the person was told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QWidget

from ...domain.annotations import KIND_WORDS
from ...domain.catalogue_entries import ImpactTaxonomy
from ...domain.impact import Impact
from ...domain.questions import STEP_RULES, QuestionState, Step, StepKind, Taker
from ...domain.responses import (
    DECISION_WORDS,
    MAY_HAVE,
    OUTSIDE_WORDS,
    Change,
    Decision,
    Feedback,
    Response,
)
from ..messages import Tone
from ..widgets.buttons import button
from ..widgets.cards import Pill
from ..widgets.words_after import words_after
from .story_facts import StoryFacts
from .story_impact import StoryCalls, impact_stage
from .story_parts import SideBySide, Stage
from .words_for import BOARDS_ANSWER, CONSIDERED_WORDS, day_words, local_day, when_words

_DECISION_TONES: dict[Decision, Tone] = {
    Decision.WILL_CHANGE: "good",
    Decision.ALREADY_COVERED: "accent",
    Decision.WILL_NOT_CHANGE: "quiet",
    Decision.NEEDS_DISCUSSION: "quiet",
}
Record = Response | Change | Feedback


class StoryPath:
    """Draws the stages of one story.

    Args:
        facts: The story.
        taxonomy: Words for kinds, stages and evidence of impact.
        calls: What the buttons in it do.
    """

    def __init__(
        self,
        facts: StoryFacts,
        *,
        taxonomy: ImpactTaxonomy,
        calls: StoryCalls,
    ) -> None:
        self._facts, self._taxonomy, self._calls = facts, taxonomy, calls
        self._drawn: set[object] = set()

    def stages(self) -> list[QWidget]:
        """Return the stages from first to last."""
        found = [*self._beginning(), *self._middle()]
        for at, stage in enumerate(found):
            stage.rail.first, stage.rail.last = at == 0, at == len(found) - 1
        return list(found)

    # The beginning

    def _beginning(self) -> Iterator[Stage]:
        story, facts = self._facts.story, self._facts
        note, version = story.annotation, story.version
        if note and version and note.passage:
            where = facts.versions.get(version.id, "")
            if facts.page:
                where += f", page {facts.page}"
            stage = Stage(
                "The words that prompted it", icon="book-open", when=where, record=note.id
            )
            warning = facts.warnings.before(version.id, note.passage)
            stage.add(words_after(warning, f"“{note.passage.quote}”"))
            span = (version.id, note.passage.start, note.passage.end)
            stage.add_left(
                button(
                    "Open there",
                    icon="arrow-right",
                    kind="quiet",
                    on_press=lambda: self._calls.open_passage(span),
                )
            )
            yield stage
        question = story.question
        by = "you" if story.is_mine else story.asked_by
        when = when_words(question.raised_at, today=facts.today)
        about = [f"{by[:1].upper()}{by[1:]}, {when}" if when else by]
        if story.site:
            about.append(story.site.name)
        if version and note and not note.passage:
            about.append(f"about the whole of {facts.versions.get(version.id, 'the draft')}")
        kind = KIND_WORDS[question.kind]
        asked = Stage(kind, icon="circle-question-mark", when=" · ".join(about), record=question.id)
        asked.say(question.body or "These words were taken back.", role="large")
        yield asked

    # What happened

    def _middle(self) -> Iterator[Stage]:
        story = self._facts.story
        waiting = list(story.impacts)
        steps = story.fate.taken
        last_told = max(
            (at for at, s in enumerate(steps) if s.kind in _DECIDING), default=len(steps) - 1
        )
        for at, step in enumerate(steps):
            yield from self._of_step(step)
            if at == last_told:
                yield from self._unlinked()
                yield from (self._impact(impact) for impact in waiting)
                waiting = []
        if not steps:
            yield from self._unlinked()
            yield from (self._impact(impact) for impact in waiting)

    def _of_step(self, step: Step) -> Iterator[Stage]:
        story = self._facts.story
        record = step.detail.get("record", "")
        linked: Record | None = None
        records: tuple[Record, ...] = (*story.responses, *story.changes, *story.feedback)
        for one in records:
            if str(one.id) == record:
                linked = one
        if linked is not None:
            if linked not in self._drawn:  # two laptops may have kept one record
                yield self._of_record(linked)
        elif step.kind is StepKind.ANSWER and story.question.to_board:
            stage = Stage(
                BOARDS_ANSWER, icon="message-square", when=self._when(step), record=step.id
            )
            stage.say(step.detail.get("words", ""))
            yield stage
        elif step.kind in _PLAIN_STEPS:
            words, icon = _PLAIN_STEPS[step.kind]
            stage = Stage(words, icon=icon, when=self._when(step), record=step.id)
            taken_back = story.fate.state is QuestionState.WITHDRAWN
            if not (taken_back and step.kind in _ASKERS_WORDS):
                stage.say(step.detail.get("words", ""))
            yield stage

    def _of_record(self, record: Record) -> Stage:
        self._drawn.add(record)
        if isinstance(record, Response):
            return self._response(record)
        if isinstance(record, Change):
            return self._change(record)
        return self._feedback(record)

    def _unlinked(self) -> Iterator[Stage]:
        """Draw what no step names, so that nothing is ever left out."""
        story = self._facts.story
        linked = {step.detail.get("record", "") for step in story.fate.taken}
        records: tuple[Record, ...] = (*story.responses, *story.changes, *story.feedback)
        for record in records:
            if record not in self._drawn and str(record.id) not in linked:
                yield self._of_record(record)

    def _when(self, step: Step) -> str:
        who = self._facts.people.get(step.by, "")
        if step.by == self._facts.me.id:
            who = "you"
        elif _is_askers(step, self._facts):
            # A coordinator who asked is named as they chose for the question, not by their work.
            named = self._facts.story.asked_by
            who = named[:1].lower() + named[1:] if named.startswith(("A ", "An ")) else named
        day = day_words(local_day(step.at), today=self._facts.today)
        return _sentence(" ".join(part for part in (day, who and f"by {who}") if part))

    def _day(self, day: date | None, who: str) -> str:
        words = day_words(day, today=self._facts.today)
        return _sentence(" ".join(part for part in (words, who and f"by {who}") if part))

    def _response(self, response: Response) -> Stage:
        story = self._facts.story
        old = response is not story.response and response != story.response
        pill = Pill(DECISION_WORDS[response.decision], tone=_DECISION_TONES[response.decision])
        stage = Stage(
            "An earlier answer" if old else "The team's answer",
            icon="message-square",
            when=self._day(response.decided_on, response.decided_by),
            pill=pill,
            quiet=old,
            record=response.id,
        )
        stage.say(response.body)
        if response.reason:
            stage.say(f"Why: {response.reason}")
        labels = {term.code: term.label for term in self._taxonomy.reasons}
        grounds = ", ".join(labels.get(code, code) for code in response.criteria)
        stage.say(grounds and f"Decided on: {grounds}.", role="muted")
        considered = story.question.considered
        if considered and not old:
            said = CONSIDERED_WORDS[considered].lower()
            stage.say(f"Had the team thought of it before? {_sentence(said)}.", role="muted")
        return stage

    def _change(self, change: Change) -> Stage:
        numbers = self._facts.numbers
        perhaps = change.certainty == MAY_HAVE
        stage = Stage(
            "What changed, perhaps because of it" if perhaps else "What changed",
            icon="pencil",
            when=self._day(change.changed_on, ""),
            record=change.id,
        )
        parts, before = [], self._facts.warnings.before
        if change.old and change.old_version:
            warning = before(change.old_version, change.old)
            head = f"Before{_in(numbers.get(change.old_version))}"
            parts.append((head, change.old.quote, "", warning))
        if change.new and change.new_version:
            warning = before(change.new_version, change.new)
            head = f"Now{_in(numbers.get(change.new_version))}"
            parts.append((head, change.new.quote, "", warning))
        if change.new:
            stage.add(SideBySide(parts))
        stage.say(OUTSIDE_WORDS.get(change.outside_kind, ""), role="muted")
        stage.say(change.outside)
        if change.new and change.new_version:
            span = (change.new_version, change.new.start, change.new.end)
            stage.add_left(
                button(
                    "Open the new words",
                    icon="arrow-right",
                    kind="quiet",
                    on_press=lambda: self._calls.open_passage(span),
                )
            )
        return stage

    def _impact(self, impact: Impact) -> Stage:
        return impact_stage(self._facts, impact, taxonomy=self._taxonomy, calls=self._calls)

    def _feedback(self, feedback: Feedback) -> Stage:
        mine = self._facts.story.is_mine
        teller = self._facts.people.get(feedback.told_by, "") if feedback.told_by else ""
        stage = Stage(
            "You were told" if mine else "They were told",
            icon="send",
            when=self._day(feedback.told_on, teller),
            record=feedback.id,
        )
        stage.say(feedback.body)
        return stage


_ASKERS_WORDS = frozenset({StepKind.CONFIRM, StepKind.NOT_QUITE})
"""What is said with these are the asker's own words, which they can take back."""
_DECIDING = frozenset({StepKind.ANSWER, StepKind.CHANGE, StepKind.NOT_CHANGE})
# The answer itself tells the decision, so "marked as not changed" has no stage of its own.
_PLAIN_STEPS = {
    StepKind.ACKNOWLEDGE: ("We have it, thank you", "circle-dot"),
    StepKind.CONFIRM: ("“Yes, that is what I meant”", "circle-check"),
    StepKind.NOT_QUITE: ("“Not quite”", "undo-2"),
    StepKind.NO_REPLY_NEEDED: ("Finished; no reply was needed", "circle-check"),
    StepKind.REOPEN: ("Opened again", "undo-2"),
    StepKind.MERGE: ("Put with similar questions", "list"),
    StepKind.UNMERGE: ("Taken out of the similar questions", "list"),
    StepKind.WITHDRAW: ("Words taken back", "undo-2"),
}


def _is_askers(step: Step, facts: StoryFacts) -> bool:
    theirs = STEP_RULES[step.kind].taker is not Taker.COORDINATOR
    return theirs and step.by == facts.story.question.asker


def _in(number: int | None) -> str:
    return f", in version {number}" if number else ""


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
