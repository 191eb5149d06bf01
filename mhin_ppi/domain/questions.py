"""The question, and its fate: the unit the board tracks, and the life it leads.

The fate is a pure function of all the steps ever recorded. One table says which step leads from
where to where and who may take it; :func:`check_step` refuses anything else before it is written,
and :func:`fate_of` keeps but flags it when it arrives from another laptop.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from ..errors import InputError, NotAllowedError
from .annotations import AnnotationId, AnnotationKind, Visibility
from .fields import link, words
from .meetings import MeetingId
from .people import Credit, PersonId
from .projects import ProjectId, SiteId

QuestionId = NewType("QuestionId", UUID)


class Considered(StrEnum):
    """Had the research team thought of this before it was asked?"""

    NO = "no"
    PARTLY = "partly"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Question:
    """Anything a person asks, suggests, worries about or finds unclear.

    Args:
        id: Made on the laptop where it was raised.
        asker: Whose question it is.
        body: Their words, never rewritten.
        kind: What sort of annotation it began as.
        project: Which project it is about.
        annotation: The note on a draft it came from.
        meeting: The meeting it came from.
        site: The place it concerns.
        raised_at: When.
        considered: What the team says about having thought of it before.
        credit: How the asker wants to be named here; ``None`` for their usual choice.
        visibility: Who sees it.
        holder: Who has it now, in words ("the PCREF team"); "" means the coordinator.
        theme: The group of similar questions it was put in.
        typed_by: Who typed it in for the asker.
        to_board: Whether the research team asks it of the board; the board then owes the answer.
        asked_by: Who asks, in words ("the PCREF team"), where it is a question to the board.
        tags: Short labels.
        stage: Code of the research stage it is about, from the impact taxonomy, or "".
        frames: Codes of frames it was put in ("cfir:inner_setting"); optional, never asked of
            members.
        assigned: The coordinator who looks after it; ``None`` when nobody in particular does.
    """

    id: QuestionId
    asker: PersonId = link()
    body: str = words()
    kind: AnnotationKind = AnnotationKind.QUESTION
    project: ProjectId | None = link(default=None)
    annotation: AnnotationId | None = link(default=None)
    meeting: MeetingId | None = link(default=None)
    site: SiteId | None = link(default=None)
    raised_at: datetime | None = None
    considered: Considered | None = None
    credit: Credit | None = None
    visibility: Visibility = Visibility.BOARD
    holder: str = words("")
    theme: str = ""
    typed_by: PersonId | None = None
    to_board: bool = False
    asked_by: str = words("")
    tags: tuple[str, ...] = ()
    stage: str = ""
    frames: tuple[str, ...] = ()
    assigned: PersonId | None = link(default=None)


class QuestionState(StrEnum):
    """The states of a question, in the order of its life."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    CHANGED = "changed"
    NOT_CHANGED = "not_changed"
    FED_BACK = "fed_back"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class StepKind(StrEnum):
    """What can happen to a question, in the order of its life."""

    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    CHANGE = "change"
    NOT_CHANGE = "not_change"
    FEED_BACK = "feed_back"
    CONFIRM = "confirm"
    NOT_QUITE = "not_quite"
    NO_REPLY_NEEDED = "no_reply_needed"
    REOPEN = "reopen"
    MERGE = "merge"
    UNMERGE = "unmerge"
    WITHDRAW = "withdraw"


class Taker(StrEnum):
    """Who may take a step."""

    ASKER = "asker"
    COORDINATOR = "coordinator"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class StepRule:
    """One row of the table.

    Args:
        comes_from: States in which the step may be taken.
        leads_to: The state it leads to; ``None`` leaves the state as it was.
        taker: Who may take it.
        words_needed: What must be said with it, named as the screen names it; "" for nothing.
    """

    comes_from: frozenset[QuestionState]
    leads_to: QuestionState | None
    taker: Taker
    words_needed: str = ""


_S = QuestionState
_ALIVE = frozenset(_S) - {_S.WITHDRAWN}
_DECIDED = frozenset({_S.ANSWERED, _S.CHANGED, _S.NOT_CHANGED, _S.FED_BACK})

STEP_RULES: Mapping[StepKind, StepRule] = {
    StepKind.ACKNOWLEDGE: StepRule(frozenset({_S.RAISED}), _S.ACKNOWLEDGED, Taker.COORDINATOR),
    StepKind.ANSWER: StepRule(
        frozenset({_S.RAISED, _S.ACKNOWLEDGED}) | _DECIDED,
        _S.ANSWERED,
        Taker.COORDINATOR,
        "the answer",
    ),
    StepKind.CHANGE: StepRule(_DECIDED, _S.CHANGED, Taker.COORDINATOR),
    StepKind.NOT_CHANGE: StepRule(_DECIDED, _S.NOT_CHANGED, Taker.COORDINATOR, "the reason"),
    StepKind.FEED_BACK: StepRule(
        _DECIDED, _S.FED_BACK, Taker.COORDINATOR, "what the person is told"
    ),
    StepKind.CONFIRM: StepRule(frozenset({_S.FED_BACK}), _S.CLOSED, Taker.ASKER),
    StepKind.NOT_QUITE: StepRule(
        frozenset({_S.FED_BACK}), _S.ACKNOWLEDGED, Taker.ASKER, "what is missing"
    ),
    StepKind.NO_REPLY_NEEDED: StepRule(frozenset({_S.FED_BACK}), _S.CLOSED, Taker.COORDINATOR),
    StepKind.REOPEN: StepRule(frozenset({_S.CLOSED}), _S.ACKNOWLEDGED, Taker.EITHER),
    StepKind.MERGE: StepRule(_ALIVE, None, Taker.COORDINATOR),
    StepKind.UNMERGE: StepRule(_ALIVE, None, Taker.COORDINATOR),
    StepKind.WITHDRAW: StepRule(_ALIVE, _S.WITHDRAWN, Taker.ASKER),
}
"""The whole life of a question (``PRODUCT.md``, The fate). Nothing else is allowed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step in the life of a question, as the log holds it.

    Args:
        id: The log entry and the place in it.
        question: Which question.
        kind: What happened.
        by: Who did it (the person of the laptop that signed).
        at: When, by that laptop's clock.
        order: What sorts steps the same way on every laptop.
        detail: Plain values that go with it: "words", "response", "for" (on behalf of whom) …
    """

    id: str
    question: QuestionId
    kind: StepKind
    by: PersonId
    at: datetime
    order: str
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fate:
    """Where a question is, and how it got there.

    Args:
        state: Where it is now.
        since: Since when.
        taken: The steps that counted, oldest first.
        flagged: Steps that another laptop took but the table does not allow; kept, not counted.
    """

    state: QuestionState
    since: datetime | None
    taken: tuple[Step, ...] = ()
    flagged: tuple[Step, ...] = ()

    def last(self, kind: StepKind) -> Step | None:
        """Return the latest counted step of a kind."""
        return next((step for step in reversed(self.taken) if step.kind is kind), None)

    @property
    def is_owed(self) -> bool:
        """Whether the asker is still owed something (the feedback debt)."""
        return self.state not in (_S.FED_BACK, _S.CLOSED, _S.WITHDRAWN)


def fate_of(
    question: Question, steps: Iterable[Step], *, coordinators: Collection[PersonId]
) -> Fate:
    """Return a question's fate from every step ever recorded for it, in whatever order they come.

    Args:
        question: The question.
        steps: All its steps.
        coordinators: Who may take a coordinator's steps, and type in for others.
    """
    state, since = QuestionState.RAISED, question.raised_at
    taken: list[Step] = []
    flagged: list[Step] = []
    for step in sorted(steps, key=lambda s: s.order):
        rule = STEP_RULES[step.kind]
        counts = state in rule.comes_from or _is_late_not_quite(step, taken)
        if not counts or not _may_take(step, rule, question, coordinators):
            flagged.append(step)
            continue
        taken.append(step)
        if rule.leads_to is not None and rule.leads_to is not state:
            state, since = rule.leads_to, step.at
    if state is QuestionState.WITHDRAWN:
        # Another laptop may hold the words still; they are told nowhere any more.
        taken, flagged = (
            [_without_words(step, question) for step in steps] for steps in (taken, flagged)
        )
    return Fate(state=state, since=since, taken=tuple(taken), flagged=tuple(flagged))


def _is_late_not_quite(step: Step, taken: Collection[Step]) -> bool:
    """Return whether it is a “not quite” that crossed what another laptop has recorded since.

    The asker closes the loop: once they were told, nothing that others did meanwhile, not even
    finishing the question, takes the last word from them.
    """
    before = {one.kind for one in taken} if step.kind is StepKind.NOT_QUITE else set()
    return StepKind.FEED_BACK in before and StepKind.WITHDRAW not in before


def _may_take(
    step: Step, rule: StepRule, question: Question, coordinators: Collection[PersonId]
) -> bool:
    is_coordinator = step.by in coordinators
    typed_in = is_coordinator and step.detail.get("for") == str(question.asker)
    is_asker = step.by == question.asker or typed_in
    return {
        Taker.ASKER: is_asker,
        Taker.COORDINATOR: is_coordinator,
        Taker.EITHER: is_asker or is_coordinator,
    }[rule.taker]


def is_askers_word(step: Step, question: Question) -> bool:
    """Return whether what was said with a step is the asker's own, to be taken back with the rest.

    What they say as they take their words back is no word of before, so it stays.
    """
    behalf = step.detail.get("for", "")
    return is_askers_step(step.kind, behalf, by=str(step.by), asker=str(question.asker))


def is_askers_step(kind: StepKind, on_behalf_of: str, *, by: str, asker: str) -> bool:
    """Return whether what goes with a step is the asker's own to take back; ids as text."""
    own = STEP_RULES[kind].taker is not Taker.COORDINATOR
    return asker in (by, on_behalf_of) and own and kind is not StepKind.WITHDRAW


def _without_words(step: Step, question: Question) -> Step:
    if not is_askers_word(step, question):
        return step
    return replace(step, detail={k: v for k, v in step.detail.items() if k != "words"})


def check_step(  # noqa: PLR0913 - who, what and in which state are one question
    question: Question,
    fate: Fate,
    kind: StepKind,
    *,
    by: PersonId,
    is_coordinator: bool,
    said: str = "",
) -> None:
    """Refuse a step that the table does not allow.

    Args:
        question: The question.
        fate: Where it is now.
        kind: The step wanted.
        by: Whose step it is (the person it is taken for, when typed in on their behalf).
        is_coordinator: Whether the person at the laptop is a coordinator.
        said: What is said with the step.

    Raises:
        NotAllowedError: The state does not permit it, or it is somebody else's to take.
        InputError: Words that must go with the step are missing.
    """
    rule = STEP_RULES[kind]
    if fate.state not in rule.comes_from:
        raise NotAllowedError(
            f"This question is “{STATE_WORDS[fate.state]}”, so it cannot be"
            f" {STEP_WORDS[kind]} now.",
            next_step="Look at what happened to it so far, then choose one of the steps offered.",
        )
    if rule.taker is Taker.ASKER and by != question.asker:
        raise NotAllowedError(
            "Only the person who asked can say this.",
            next_step="They can say it on their own laptop, or tell the coordinator.",
        )
    if rule.taker is Taker.COORDINATOR and not is_coordinator:
        raise NotAllowedError("Only a coordinator can do this.", next_step="Ask your coordinator.")
    if rule.taker is Taker.EITHER and not (is_coordinator or by == question.asker):
        raise NotAllowedError(
            "Only the person who asked, or a coordinator, can do this.",
            next_step="Ask your coordinator.",
        )
    if rule.words_needed and not said.strip():
        raise InputError(
            f"One thing is missing: {rule.words_needed}.",
            next_step="Write it, then save again. A few words are enough.",
        )


def steps_open_to(
    question: Question, fate: Fate, *, by: PersonId, is_coordinator: bool
) -> tuple[StepKind, ...]:
    """Return the steps a person may take now, in the order of a question's life."""
    found = []
    for kind, rule in STEP_RULES.items():
        try:
            check_step(
                question,
                fate,
                kind,
                by=by,
                is_coordinator=is_coordinator,
                said=rule.words_needed,
            )
        except NotAllowedError:
            continue
        found.append(kind)
    return tuple(found)


STATE_WORDS: Mapping[QuestionState, str] = {
    _S.RAISED: "Asked",
    _S.ACKNOWLEDGED: "We have it",
    _S.ANSWERED: "Answered",
    _S.CHANGED: "Something changed",
    _S.NOT_CHANGED: "Not changed",
    _S.FED_BACK: "You were told",
    _S.CLOSED: "Finished",
    _S.WITHDRAWN: "Taken back",
}
"""What each state is called on screen and in reports."""

STEP_WORDS: Mapping[StepKind, str] = {
    StepKind.ACKNOWLEDGE: "acknowledged",
    StepKind.ANSWER: "answered",
    StepKind.CHANGE: "linked to a change",
    StepKind.NOT_CHANGE: "marked as not changed",
    StepKind.FEED_BACK: "fed back",
    StepKind.CONFIRM: "confirmed",
    StepKind.NOT_QUITE: "sent back as “not quite”",
    StepKind.NO_REPLY_NEEDED: "finished without a reply",
    StepKind.REOPEN: "opened again",
    StepKind.MERGE: "put with similar questions",
    StepKind.UNMERGE: "taken out of the similar questions",
    StepKind.WITHDRAW: "taken back",
}
"""What each step is called in a sentence ("it cannot be … now")."""
