"""Words to tell a person what became of their question, made of parts that are filled for each.

A template is plain text. A part stands in square brackets; a line whose parts are all empty is left
out, so that one template serves questions with and without a reason or a change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from .questions import Question
from .responses import Change, FeedbackKind, Response

THEIR_WORDS, ANSWER, REASON, CHANGED = "their words", "the answer", "the reason", "what changed"
PARTS = (THEIR_WORDS, ANSWER, REASON, CHANGED)
"""What can stand in square brackets."""

TEMPLATES: Mapping[FeedbackKind, str] = MappingProxyType(
    {
        FeedbackKind.DIFFERENCE: (
            "You asked: “[their words]”\n"
            "Thank you for asking this.\n"
            "The team's answer: [the answer]\n"
            "Why: [the reason]\n"
            "What changed: [what changed]"
        ),
        FeedbackKind.THANKS: (
            "You asked: “[their words]”\n"
            "Thank you for asking this. The team has it, and answers: [the answer]"
        ),
        FeedbackKind.PROGRESS: (
            "You asked: “[their words]”\n"
            "The team's answer: [the answer]\n"
            "What changed: [what changed]\n"
            "How the study is going: "
        ),
    }
)
"""What each sort of feedback begins with."""

_PART = re.compile(r"\[(" + "|".join(PARTS) + r")\]")


def parts_for(
    question: Question, response: Response | None, change: Change | None, *, touches_on: str = ""
) -> dict[str, str]:
    """Return what fills the parts for one question.

    Args:
        question: The question.
        response: The answer that counts now.
        change: The latest change because of it.
        touches_on: What a content note says of the changed words, as a sentence, or "".
    """
    changed = ""
    if change is not None:
        changed = f"it now says “{change.new.quote}”" if change.new else change.outside
    if change is not None and change.new and touches_on:
        # Where it is read nothing can be folded: what the words touch on comes before them.
        changed = f"({touches_on}) I{changed[1:]}"
    return {
        THEIR_WORDS: question.body,
        ANSWER: response.body if response else "",
        REASON: response.reason if response else "",
        CHANGED: changed,
    }


def filled(template: str, parts: Mapping[str, str]) -> str:
    r"""Return a template with its parts filled in; what they hold is never filled again.

    >>> filled("[the answer]\nWhy: [the reason]", {"the answer": "No.", "the reason": ""})
    'No.'
    """
    lines = []
    for line in template.split("\n"):
        named = _PART.findall(line)
        if named and not any(parts.get(name, "").strip() for name in named):
            continue
        lines.append(_PART.sub(lambda found: parts.get(found[1], "").strip(), line).rstrip())
    return "\n".join(lines).strip()
