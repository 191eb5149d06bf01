"""What stands beside the questions of the register: support, themes, chasers, replies, views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType
from uuid import UUID

from .fields import link, words
from .people import Credit, PersonId
from .questions import QuestionId

SupportId = NewType("SupportId", UUID)
ThemeId = NewType("ThemeId", UUID)
ChaserId = NewType("ChaserId", UUID)
ReplyId = NewType("ReplyId", UUID)
SavedViewId = NewType("SavedViewId", UUID)


@dataclass(frozen=True, slots=True)
class Support:
    """“I'd ask this too”: never counted against anybody, and questions are never ranked by it.

    Args:
        id: Made on the person's laptop.
        question: Which question.
        person: Who would ask it too.
        at: When.
        body: Anything they add, in their own words.
        credit: How they want to be named for it; ``None`` for their usual choice.
    """

    id: SupportId
    question: QuestionId = link()
    person: PersonId = link()
    at: datetime | None = None
    body: str = words("")
    credit: Credit | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A name for questions about the same thing; each keeps its own words and its own credit.

    Args:
        id: Made on the laptop that put them together; ``Question.theme`` holds it as text.
        title: What they have in common, in a few words.
        made_by: Who put them together.
        made_at: When.
    """

    id: ThemeId
    title: str = words()
    made_by: PersonId | None = link(default=None)
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a member answers to a question that the research team asked the board.

    Args:
        id: Made on the person's laptop.
        question: Which question to the board.
        person: Who answers.
        body: Their words.
        at: When.
        credit: How they want to be named for it; ``None`` for their usual choice.
        typed_by: Who typed it in for them.
    """

    id: ReplyId
    question: QuestionId = link()
    person: PersonId = link()
    body: str = words()
    at: datetime | None = None
    credit: Credit | None = None
    typed_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Chaser:
    """A reminder that was sent to whoever holds a question that waits.

    Args:
        id: Made on the laptop that sent it.
        question: Which question.
        to: Who was reminded, in words ("the PCREF team").
        on: The day.
        by: Who sent it.
    """

    id: ChaserId
    question: QuestionId = link()
    to: str = words("")
    on: date = date.min
    by: PersonId | None = link(default=None)


@dataclass(frozen=True, slots=True)
class SavedView:
    """Filters of the register that a person kept under a name, for themselves.

    Args:
        id: Made on the person's laptop.
        person: Whose it is.
        title: What they call it.
        filters: The filters, as JSON text.
    """

    id: SavedViewId
    person: PersonId = link()
    title: str = words()
    filters: str = words("{}")
