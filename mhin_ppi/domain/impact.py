"""The difference a question made, seen from two sides.

Learning by researchers counts even when no text changed, and so do negative and nil effects (GRIPP2
items 3, 4, 7a, 7b and 8a; doi:10.1186/s40900-017-0062-2). Views are kept apart, never averaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .drafts import BlobId
from .fields import link, words
from .people import PersonId
from .questions import QuestionId
from .responses import ChangeId

ImpactId = NewType("ImpactId", UUID)
SecondLookId = NewType("SecondLookId", UUID)


class Direction(StrEnum):
    """Better, worse, or neither; codes of the impact taxonomy."""

    POSITIVE = "positive"
    MIXED = "mixed"
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    TOO_SOON = "too_soon"


@dataclass(frozen=True, slots=True)
class Impact:
    """One difference that one question made, or did not make.

    Args:
        id: Made on the laptop where it was recorded.
        question: Which question.
        change: The change it rests on.
        kind: Code of what changed, from the impact taxonomy.
        stage: Code of the research stage, from the impact taxonomy.
        direction: For better or worse.
        what_changed: What it changed, in plain words.
        asker_view: How the person who asked sees it; "" when nobody has asked them yet.
        team_view: How the research team sees it; "" when nobody has asked them yet.
        evidence: Code of how sure we are, from the impact taxonomy.
        evidence_note: Where the evidence is.
        seen_on: The day it was noted.
        look_again_on: When to look again (does it last?).
        noted_by: Who recorded it.
        evidence_file: The attached file that shows it.
        evidence_file_name: What that file was called.
        evidence_link: An address where it can be seen.
    """

    id: ImpactId
    question: QuestionId = link()
    change: ChangeId | None = link(default=None)
    kind: str = "none_traced"
    stage: str = "design"
    direction: Direction = Direction.TOO_SOON
    what_changed: str = words("")
    asker_view: str = words("")
    team_view: str = words("")
    evidence: str = "one_says"
    evidence_note: str = words("")
    seen_on: date | None = None
    look_again_on: date | None = None
    noted_by: PersonId | None = link(default=None)
    evidence_file: BlobId | None = None
    evidence_file_name: str = words("")
    evidence_link: str = words("")


class Lasted(StrEnum):
    """Whether a difference was still there when somebody looked again (sustainability)."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    TOO_SOON = "too_soon"


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What was found when a difference was looked at again.

    Args:
        id: Made on the laptop where it was recorded.
        impact: Which difference.
        on: The day.
        lasted: Whether it was still there.
        note: What was seen, in plain words.
        by: Who looked.
    """

    id: SecondLookId
    impact: ImpactId = link()
    on: date = date.min
    lasted: Lasted = Lasted.TOO_SOON
    note: str = words("")
    by: PersonId | None = link(default=None)


DIRECTION_WORDS = {
    Direction.POSITIVE: "For the better",
    Direction.MIXED: "Some of both",
    Direction.NEGATIVE: "For the worse",
    Direction.NEUTRAL: "Made no difference",
    Direction.TOO_SOON: "Too soon to say",
}
"""What each direction is called on screen and in reports."""

LASTED_WORDS = {
    Lasted.YES: "Still there",
    Lasted.PARTLY: "Partly still there",
    Lasted.NO: "No longer there",
    Lasted.TOO_SOON: "Too soon to say",
}
"""What each finding of a second look is called on screen and in reports."""

WRITTEN_FOR_THEM = "(Written down for them by a coordinator.)"


def for_them(view: str) -> str:
    """Return an asker's view with the remark that somebody else typed it in; "" stays "".

    The remark is part of the words, so that it reaches every laptop, screen and report with them.
    """
    said, _ = view_and_writer(view)
    return f"{said} {WRITTEN_FOR_THEM}" if said else ""


def view_and_writer(view: str) -> tuple[str, bool]:
    """Return an asker's view without that remark, and whether it was there.

    >>> view_and_writer(for_them("It is clearer."))
    ('It is clearer.', True)
    """
    said = view.strip()
    written = said.endswith(WRITTEN_FOR_THEM)
    return said.removesuffix(WRITTEN_FOR_THEM).rstrip(), written
