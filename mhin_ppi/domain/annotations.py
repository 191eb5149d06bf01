"""What people say about a passage, a section or a whole draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .drafts import VersionId
from .fields import link, optional_words, words
from .passages import Passage
from .people import Credit, PersonId

AnnotationId = NewType("AnnotationId", UUID)


class AnnotationKind(StrEnum):
    """What an annotation does; barrier and facilitator are those of implementation research."""

    QUESTION = "question"
    SUGGESTION = "suggestion"
    UNCLEAR = "unclear"
    BARRIER = "barrier"
    FACILITATOR = "facilitator"
    CONCERN = "concern"
    WORKS = "works"


class Visibility(StrEnum):
    """Who sees an annotation."""

    ONLY_ME = "only_me"
    COORDINATOR = "coordinator"
    BOARD = "board"


@dataclass(frozen=True, slots=True)
class Annotation:
    """Something said about a draft version.

    Args:
        id: Made on the author's laptop.
        version: Which text.
        author: Whose words they are.
        body: The words.
        kind: What they do.
        visibility: Who sees them.
        passage: The part marked; ``None`` for a remark on the whole draft.
        made_at: When.
        tags: Short labels.
        reply_to: The annotation it answers, in a thread.
        resolved: Whether the thread is finished with.
        typed_by: Who typed it in for the author (paper, telephone); ``None`` when they did.
        of_section: Whether it is about the whole section whose heading is the passage.
        written_by: The name a file gives its writer, who is not on this board; "" otherwise.
        origin: Under which name that file knows the note, so that it is known again; "" otherwise.
        credit: How its author wants to be named for it; ``None`` for their usual choice.
    """

    id: AnnotationId
    version: VersionId = link()
    author: PersonId = link()
    body: str = words()
    kind: AnnotationKind = AnnotationKind.QUESTION
    visibility: Visibility = Visibility.BOARD
    passage: Passage | None = optional_words()
    made_at: datetime | None = None
    tags: tuple[str, ...] = ()
    reply_to: AnnotationId | None = link(default=None)
    resolved: bool = False
    typed_by: PersonId | None = None
    of_section: bool = False
    written_by: str = words("")
    origin: str = ""
    credit: Credit | None = None


def is_owed_an_answer(kind: AnnotationKind, visibility: Visibility) -> bool:
    """Return whether an annotation is also a question that the board tracks.

    Everything is, but *what works* and what is kept to *only me* (``PRODUCT.md``, Question).
    """
    return kind is not AnnotationKind.WORKS and visibility is not Visibility.ONLY_ME


def guiding_tag(number: int) -> str:
    """Return the label of a note that answers a guiding question (from 1)."""
    return f"guiding question {number}"


KIND_WORDS: Mapping[AnnotationKind, str] = {
    AnnotationKind.QUESTION: "Question",
    AnnotationKind.SUGGESTION: "Suggestion",
    AnnotationKind.UNCLEAR: "Not clear",
    AnnotationKind.BARRIER: "Barrier",
    AnnotationKind.FACILITATOR: "What helps",
    AnnotationKind.CONCERN: "Concern",
    AnnotationKind.WORKS: "What works",
}
"""What each kind is called on screen and in reports."""
