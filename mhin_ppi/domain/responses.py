"""What the research team answers, what became different, and what the person was told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from ..errors import InputError
from .drafts import VersionId
from .fields import link, optional_words, words
from .passages import Passage
from .people import PersonId
from .questions import Considered, QuestionId

ResponseId = NewType("ResponseId", UUID)
ChangeId = NewType("ChangeId", UUID)
FeedbackId = NewType("FeedbackId", UUID)


class Decision(StrEnum):
    """What the team will do."""

    WILL_CHANGE = "will_change"
    ALREADY_COVERED = "already_covered"
    WILL_NOT_CHANGE = "will_not_change"
    NEEDS_DISCUSSION = "needs_discussion"


class FeedbackKind(StrEnum):
    """Which of the three things "feedback" means (Mathie 2018, doi:10.1111/hex.12684)."""

    THANKS = "thanks"
    DIFFERENCE = "difference"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Response:
    """What the research team answers to one question.

    Args:
        id: Made on the laptop where it was recorded.
        question: Which question.
        body: The answer, in plain words.
        decision: What they will do.
        reason: Why; needed when nothing will change.
        criteria: Codes of the grounds (Slade 2010, doi:10.1186/1472-6963-10-323).
        decided_by: Who decided, in words ("the PCREF team").
        decided_on: The day.
        theme: The group of similar questions it was given to as one answer, or "".
    """

    id: ResponseId
    question: QuestionId = link()
    body: str = words()
    decision: Decision = Decision.NEEDS_DISCUSSION
    reason: str = words("")
    criteria: tuple[str, ...] = ()
    decided_by: str = words("")
    decided_on: date | None = None
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the research team answers, before it is given to one question or to a whole theme.

    Args:
        decision: What they will do.
        body: The answer in plain words.
        reason: Why; needed when nothing will change.
        criteria: Codes of the grounds.
        decided_by: Who decided; the project's team when "".
        decided_on: The day; today when ``None``.
        considered: Whether they had thought of it before; as it was when ``None``.
        was_earlier: Whether it is right that they decided before the question was written down: in
            a meeting whose questions were typed in later, or long ago, for what is covered already.
    """

    decision: Decision
    body: str
    reason: str = ""
    criteria: tuple[str, ...] = ()
    decided_by: str = ""
    decided_on: date | None = None
    considered: Considered | None = None
    was_earlier: bool = False


def check_response(decision: Decision, body: str, reason: str) -> None:
    """Refuse an answer without words, or a refusal without a reason.

    Raises:
        InputError: The answer is empty, or nothing will change and no reason is given.
    """
    if not body.strip():
        raise InputError("The answer is empty.", next_step="Write the answer, then save again.")
    if decision is Decision.WILL_NOT_CHANGE and not reason.strip():
        raise InputError(
            "“Will not change” needs a reason.",
            next_step="Say why in a sentence: the person who asked will read it.",
        )


def check_decided_on(day: date, *, today: date, asked_on: date | None, was_earlier: bool) -> None:
    """Refuse a day that has not come, and ask about one before the question.

    Args:
        day: When the team decided.
        today: The day it is.
        asked_on: When the question was asked, or the first of several; ``None`` where unknown.
        was_earlier: Whether the person has said that the earlier day is right.

    Raises:
        InputError: The day has not come yet, or is before the question and nobody said so.
    """
    if day > today:
        raise InputError("That day has not come yet.", next_step="Choose today or earlier.")
    if asked_on is not None and day < asked_on and not was_earlier:
        raise InputError(
            "That day is before the question was asked.",
            next_step="Choose a later day, or say that the team had decided before.",
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What became different: a passage in the old version and the passage in the new.

    Args:
        id: Made on the laptop where it was recorded.
        question: The question that led to it.
        old_version: The version it was asked about.
        new_version: The version that is different.
        old: The passage before.
        new: The passage after.
        outside: What changed, when it is not in a text (a route, training, a decision).
        changed_on: The day.
        outside_kind: Code of what sort of thing changed outside a text, or "".
        certainty: Code of how sure it is that the question led to it: "led_to" or "may_have".
    """

    id: ChangeId
    question: QuestionId = link()
    old_version: VersionId | None = link(default=None)
    new_version: VersionId | None = link(default=None)
    old: Passage | None = optional_words()
    new: Passage | None = optional_words()
    outside: str = words("")
    changed_on: date | None = None
    outside_kind: str = ""
    certainty: str = "led_to"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the person who asked was told.

    Args:
        id: Made on the laptop where it was recorded.
        question: Which question.
        body: The words they were sent or told.
        kind: Thanks, what difference it made, or how the study is going.
        told_on: The day.
        told_by: Who told them.
    """

    id: FeedbackId
    question: QuestionId = link()
    body: str = words()
    kind: FeedbackKind = FeedbackKind.DIFFERENCE
    told_on: date | None = None
    told_by: PersonId | None = link(default=None)


DECISION_WORDS = {
    Decision.WILL_CHANGE: "Will change",
    Decision.ALREADY_COVERED: "Already covered",
    Decision.WILL_NOT_CHANGE: "Will not change",
    Decision.NEEDS_DISCUSSION: "Needs discussion",
}
"""What each decision is called on screen and in reports."""

LED_TO, MAY_HAVE = "led_to", "may_have"
CERTAINTY_WORDS = {LED_TO: "It led to this", MAY_HAVE: "It may have led to this"}
"""How sure it is that a question led to a change, as said on screen."""

OUTSIDE_WORDS = {
    "recruitment": "How people are reached",
    "training": "Training",
    "decision": "A decision",
    "document": "A document that is not in this app",
    "other": "Something else",
}
"""What sort of thing can change outside a text, as said on screen."""
