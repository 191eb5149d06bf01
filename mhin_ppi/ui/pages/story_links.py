"""The links of one question's chain, from the words that prompted it to its line in a report.

One function makes them; the diagram and the list both show what it returns, nothing of their own.
What is missing is a link too: a gap that says what is missing and who has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ...domain.annotations import KIND_WORDS
from ...domain.drafts import VersionId
from ...domain.impact import DIRECTION_WORDS, LASTED_WORDS, Impact, view_and_writer
from ...domain.passages import Passage
from ...domain.questions import QuestionState, Step, StepKind
from ...domain.responses import (
    DECISION_WORDS,
    MAY_HAVE,
    OUTSIDE_WORDS,
    Change,
    Decision,
    Response,
)
from ..widgets.step_path import aloud
from .again_words import looked_on_words
from .page import Place
from .story_facts import StoryFacts
from .words_for import BOARDS_ANSWER, count_words, day_words, local_day, when_words

LONGEST = 140
_REPLY_WORDS = {
    StepKind.CONFIRM: "“Yes, that is what I meant”",
    StepKind.NOT_QUITE: "“Not quite”",
    StepKind.NO_REPLY_NEEDED: "Finished; no reply was needed",
    StepKind.REOPEN: "Opened again",
    StepKind.WITHDRAW: "Words taken back",
}
_NO_CHANGE_WANTED = {
    Decision.WILL_NOT_CHANGE: "Nothing will change. The answer says why.",
    Decision.ALREADY_COVERED: "Nothing had to change: it was covered already.",
}


class LinkKind(StrEnum):
    """What a link of the chain is, in the order of the chain."""

    WORDS = "words"
    QUESTION = "question"
    THEME = "theme"
    ANSWER = "answer"
    CHANGE = "change"
    IMPACT = "impact"
    FEEDBACK = "feedback"
    REPLY = "reply"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One link.

    Args:
        kind: What it is.
        words: What it is, in a few words.
        when: The day, as people say it, or "".
        said: What it says, a line each.
        is_gap: Whether it is missing so far.
        place: The page it is on; ``None`` for what stands further down on the question's own.
        argument: What that page is opened at; else the record whose stage it is.
    """

    kind: LinkKind
    words: str
    when: str = ""
    said: tuple[str, ...] = ()
    is_gap: bool = False
    place: Place | None = None
    argument: object = None

    @property
    def leads(self) -> str:
        """Where choosing it leads, in words; "" for a gap."""
        if self.is_gap:
            return ""
        return _LEADS.get(self.place, "Shows it further down") if self.place else _FURTHER_DOWN


_FURTHER_DOWN = "Shows it further down on this page"
_LEADS = {
    Place.READING: "Opens the draft at these words",
    Place.COMPARE: "Opens the two versions side by side",
    Place.MEETING: "Opens the meeting",
    Place.REPORTS: "Opens the report at this question",
}


def chain_of(facts: StoryFacts) -> tuple[ChainLink, ...]:
    """Return the links of a question's chain, first to last, with its gaps."""
    return tuple(_Chain(facts).links())


class _Chain:
    """One chain in the making."""

    def __init__(self, facts: StoryFacts) -> None:
        self._facts, self._story = facts, facts.story
        self._to_board = facts.story.question.to_board
        self._asker = "The team" if self._to_board else "The person who asked"
        self._taken_back = facts.story.fate.state is QuestionState.WITHDRAWN

    def links(self) -> Iterator[ChainLink]:
        yield from self._beginning()
        answers = self._boards_answer() if self._to_board else self._answers()
        parts = (answers, self._changes(), self._impacts(), self._feedback())
        for part in parts:
            # Nothing is owed for words that were taken back.
            yield from (link for link in part if not (link.is_gap and self._is_not_owed(link)))
        yield self._reply()
        if not self._to_board:  # a report counts what members ask
            yield self._report()

    def _is_not_owed(self, link: ChainLink) -> bool:
        """Return whether a gap is none: of words taken back, or what the board need not do."""
        nothing_to_do = self._to_board and link.kind in (LinkKind.CHANGE, LinkKind.IMPACT)
        return self._taken_back or nothing_to_do

    def _boards_answer(self) -> Iterator[ChainLink]:
        step = self._story.fate.last(StepKind.ANSWER)
        if step is None or self._story.fate.state in _BEFORE_AN_ANSWER:
            yield self._no_answer(None)
            return
        said = short(step.detail.get("words", ""))
        yield ChainLink(
            LinkKind.ANSWER, BOARDS_ANSWER, self._day_of(step), (said,), argument=step.id
        )

    def _beginning(self) -> Iterator[ChainLink]:
        story, facts = self._story, self._facts
        note, version = story.annotation, story.version
        if note and version and note.passage:
            where = facts.versions.get(version.id, "")
            where += f", page {facts.page}" if facts.page else ""
            yield ChainLink(
                LinkKind.WORDS,
                "The words that prompted it",
                where,
                (self._quoted(version.id, note.passage),),
                place=Place.READING,
                argument=(version.id, note.passage.start, note.passage.end),
            )
        question = story.question
        by = "You" if story.is_mine else f"{story.asked_by[:1].upper()}{story.asked_by[1:]}"
        asked = when_words(question.raised_at, today=facts.today)
        said = [short(question.body) or "These words were taken back."]
        if facts.meeting:
            said.append(f"Asked at: {facts.meeting.title}")
        yield ChainLink(
            LinkKind.QUESTION,
            KIND_WORDS[question.kind],
            f"{by}, {asked}" if asked else by,
            tuple(said),
            place=Place.MEETING if facts.meeting else None,
            argument=facts.meeting.id if facts.meeting else question.id,
        )
        if facts.theme:
            merged = story.fate.last(StepKind.MERGE)
            yield ChainLink(
                LinkKind.THEME,
                "Put with similar questions",
                self._day_of(merged),
                (short(facts.theme[0].title),),
                place=Place.THEME,
                argument=facts.theme[0].id,
            )

    def _answers(self) -> Iterator[ChainLink]:
        story = self._story
        response = story.response
        if response is None or story.fate.state in _BEFORE_AN_ANSWER:
            yield self._no_answer(response)
            return
        day = day_words(response.decided_on, today=self._facts.today)
        said = [DECISION_WORDS[response.decision], short(response.body)]
        if response.reason:
            said.append(f"Why: {short(response.reason)}")
        yield ChainLink(
            LinkKind.ANSWER, "The team's answer", day, tuple(said), argument=response.id
        )

    def _no_answer(self, earlier: Response | None) -> ChainLink:
        """Return the gap, with who has the question: a wait has an owner."""
        story = self._story
        holder = f"{story.holder[:1].upper()}{story.holder[1:]}"
        days = story.days_waiting(self._facts.now)
        since = f"has had it for {count_words(days, 'day')}" if days else "has it since today"
        words = "No new answer yet" if earlier else "No answer yet"
        return ChainLink(LinkKind.ANSWER, words, "", (f"{words}. {holder} {since}.",), is_gap=True)

    def _changes(self) -> Iterator[ChainLink]:
        story = self._story
        for change in story.changes:
            yield self._change(change)
        response = story.response
        if story.changes:
            return
        settled = _NO_CHANGE_WANTED.get(response.decision) if response else None
        if response is not None and settled:
            yield ChainLink(LinkKind.CHANGE, "No change", "", (settled,), argument=response.id)
            return
        will = response is not None and response.decision is Decision.WILL_CHANGE
        said = "The team said it will change. No change is linked yet." if will else ""
        yield ChainLink(
            LinkKind.CHANGE, "No change yet", "", (said or "Nothing has changed yet.",), is_gap=True
        )

    def _change(self, change: Change) -> ChainLink:
        numbers = self._facts.numbers
        said = []
        if change.old and change.new and change.old_version:
            before = self._quoted(change.old_version, change.old)
            said.append(f"Before{_in(numbers.get(change.old_version))}: {before}")
        if change.new and change.new_version:
            now = self._quoted(change.new_version, change.new)
            said.append(f"Now{_in(numbers.get(change.new_version))}: {now}")
        if change.outside:
            kind = OUTSIDE_WORDS.get(change.outside_kind, "")
            said.append(f"{kind}: {short(change.outside)}" if kind else short(change.outside))
        may = change.certainty == MAY_HAVE
        place, argument = _place_of(change)
        return ChainLink(
            LinkKind.CHANGE,
            "What changed, perhaps because of it" if may else "What changed because of it",
            day_words(change.changed_on, today=self._facts.today),
            tuple(said),
            place=place,
            argument=argument,
        )

    def _quoted(self, version: VersionId, passage: Passage) -> str:
        """Return words of a draft, or what they touch on; there they can be opened."""
        return self._facts.warnings.before(version, passage) or f"“{short(passage.quote)}”"

    def _impacts(self) -> Iterator[ChainLink]:
        for impact in self._story.impacts:
            yield self._impact(impact)
        if not self._story.impacts:
            said = "Nobody has looked yet at what difference it made."
            yield ChainLink(LinkKind.IMPACT, "Difference not known", "", (said,), is_gap=True)

    def _impact(self, impact: Impact) -> ChainLink:
        theirs, written = view_and_writer(impact.asker_view)
        whose = "You" if self._story.is_mine else self._asker
        said = [DIRECTION_WORDS[impact.direction], short(impact.what_changed)]
        nobody = "have not said yet" if self._story.is_mine else "not asked yet"
        remark = ", written down by a coordinator" if written else ""
        said.append(f"{whose}{remark}: {short(theirs)}" if theirs else f"{whose}: {nobody}")
        said.append(f"The team: {short(impact.team_view) or 'not asked yet'}")
        looks = self._facts.looks.get(impact.id, ())
        if looks:
            day = looked_on_words(looks[-1].on, today=self._facts.today)
            said.append(f"{day}: {LASTED_WORDS[looks[-1].lasted]}")
        return ChainLink(
            LinkKind.IMPACT,
            "The difference it made",
            day_words(impact.seen_on, today=self._facts.today),
            tuple(said),
            argument=impact.id,
        )

    def _feedback(self) -> Iterator[ChainLink]:
        story, mine = self._story, self._story.is_mine
        last = story.feedback[-1] if story.feedback else None
        day = day_words(last.told_on, today=self._facts.today) if last else ""
        if last and story.fate.is_owed:
            who = "You were" if mine else f"{self._asker} was"
            said = f"{who} told of an earlier answer, {day}. More is owed now."
            yield ChainLink(LinkKind.FEEDBACK, "Not told of it all yet", "", (said,), is_gap=True)
            return
        if last:
            words = "You were told" if mine else "They were told"
            yield ChainLink(LinkKind.FEEDBACK, words, day, (short(last.body),), argument=last.id)
            return
        said = "You have not been told yet." if mine else f"{self._asker} is not told yet."
        yield ChainLink(LinkKind.FEEDBACK, "Not told yet", "", (said,), is_gap=True)

    def _reply(self) -> ChainLink:
        story = self._story
        replies = [step for step in story.fate.taken if step.kind in _REPLY_WORDS]
        if replies and (story.fate.state in _ENDED or replies[-1] is story.fate.taken[-1]):
            last = replies[-1]
            said = short(last.detail.get("words", ""))
            return ChainLink(
                LinkKind.REPLY,
                _REPLY_WORDS[last.kind],
                self._day_of(last),
                (said,) if said else (),
                argument=last.id,
            )
        you = "You have" if story.is_mine else f"{self._asker} has"
        waits = story.fate.state is QuestionState.FED_BACK
        said = (
            f"{you} not said whether it is what was meant." if waits else "That comes at the end."
        )
        return ChainLink(LinkKind.REPLY, "No last word yet", "", (said,), is_gap=True)

    def _report(self) -> ChainLink:
        number = self._facts.report_number
        words = "The line in a report"
        if self._taken_back:
            said = "The number stays in the impact report; the words do not."
        elif number is not None:
            said = f"Question {number} in the PPI impact report"
        else:
            said = "The next impact report has a line for it, under the name that was chosen."
        place = Place.REPORTS if number is not None else None
        question = self._story.question.id
        return ChainLink(LinkKind.REPORT, words, "", (said,), place=place, argument=question)

    def _day_of(self, step: Step | None) -> str:
        return day_words(local_day(step.at), today=self._facts.today) if step else ""


_BEFORE_AN_ANSWER = frozenset({QuestionState.RAISED, QuestionState.ACKNOWLEDGED})
_ENDED = frozenset({QuestionState.CLOSED, QuestionState.WITHDRAWN})


def _place_of(change: Change) -> tuple[Place | None, object]:
    """Return where a change can be seen: the comparison, the new version, or this page."""
    if change.old_version and change.new_version and change.new:
        return Place.COMPARE, (change.old_version, change.new_version, change.question)
    if change.new_version and change.new:
        return Place.READING, (change.new_version, change.new.start, change.new.end)
    return None, change.id


def spoken(link: ChainLink) -> str:
    """Return a link as it is said aloud, in the diagram and in the list alike."""
    said = aloud("\n".join(link.said))
    parts = (link.words, link.when, "still to come" if link.is_gap else "", said)
    return ", ".join(part for part in parts if part)


def short(words: str) -> str:
    """Return words on one line, cut at the end of a word where there are many."""
    flat = " ".join(words.split())
    return flat if len(flat) <= LONGEST else flat[:LONGEST].rsplit(" ", 1)[0] + "…"


def _in(number: int | None) -> str:
    return f", in version {number}" if number else ""
