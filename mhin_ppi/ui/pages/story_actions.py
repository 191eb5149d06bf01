"""What can be done next with a question, and what that is called."""

from __future__ import annotations

from enum import StrEnum

from ...domain.questions import StepKind
from .story_facts import StoryFacts


class Act(StrEnum):
    """Something a person can do with a question, on the page that tells its story."""

    YES = "yes"
    NOT_QUITE = "not_quite"
    THEIR_YES = "their_yes"
    THEIR_NOT_QUITE = "their_not_quite"
    ACKNOWLEDGE = "acknowledge"
    ANSWER = "answer"
    NEWER_ANSWER = "newer_answer"
    TELL = "tell"
    CHANGE = "change"
    DIFFERENCE = "difference"
    NO_REPLY_NEEDED = "no_reply_needed"
    HAND_ON = "hand_on"
    REOPEN = "reopen"


ACT_WORDS = {
    Act.YES: ("Yes, that is what I meant", "circle-check"),
    Act.NOT_QUITE: ("Not quite", "undo-2"),
    Act.THEIR_YES: ("They said: Yes, that is what I meant", "circle-check"),
    Act.THEIR_NOT_QUITE: ("They said: Not quite", "undo-2"),
    Act.ACKNOWLEDGE: ("Acknowledge", "circle-dot"),
    Act.ANSWER: ("Record the team's answer", "message-square"),
    Act.NEWER_ANSWER: ("Record a newer answer", "message-square"),
    Act.TELL: ("Tell the person", "send"),
    Act.CHANGE: ("Record a change", "pencil"),
    Act.DIFFERENCE: ("Record the difference it made", "chart-column"),
    Act.NO_REPLY_NEEDED: ("No reply is needed", "check"),
    Act.HAND_ON: ("Pass to", "arrow-right"),
    Act.REOPEN: ("Open it again", "undo-2"),
}
"""Words and icon of each."""


def open_acts(facts: StoryFacts) -> list[Act]:
    """Return what the person at the laptop can do next, the likeliest first."""
    found = _asker_acts(facts)
    if facts.coordinates:
        found += _coordinator_acts(facts)
    if StepKind.REOPEN in facts.steps:
        found.append(Act.REOPEN)
    return found


def is_awaited(facts: StoryFacts) -> bool:
    """Return whether the first act is what the question waits for."""
    asker = facts.story.is_mine and StepKind.CONFIRM in facts.steps
    return asker or (facts.coordinates and facts.story.fate.is_owed)


def _asker_acts(facts: StoryFacts) -> list[Act]:
    if StepKind.CONFIRM in facts.steps:
        return [Act.YES, Act.NOT_QUITE]
    if StepKind.NO_REPLY_NEEDED in facts.steps and facts.speaks_for:
        return [Act.THEIR_YES, Act.THEIR_NOT_QUITE]
    return []


def _coordinator_acts(facts: StoryFacts) -> list[Act]:
    steps, story = facts.steps, facts.story
    answered = StepKind.FEED_BACK in steps
    answer = Act.NEWER_ANSWER if story.response else Act.ANSWER
    wanted = (
        (Act.ACKNOWLEDGE, StepKind.ACKNOWLEDGE in steps),
        (answer, StepKind.ANSWER in steps and not answered),
        (Act.TELL, answered),
        (Act.CHANGE, StepKind.CHANGE in steps),
        (Act.DIFFERENCE, story.response is not None and bool(story.question.body)),
        (answer, StepKind.ANSWER in steps and answered),
        (Act.NO_REPLY_NEEDED, StepKind.NO_REPLY_NEEDED in steps),
        (Act.HAND_ON, story.fate.is_owed),
    )
    return [act for act, is_open in wanted if is_open]
