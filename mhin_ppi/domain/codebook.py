"""Coding: what peer researchers mark in drafts, in agreed words of members, and in quotes.

Members are not participants: a member's own words are coded only where that member has agreed, for
each project by itself (``PRODUCT.md``, "Rules that hold everywhere").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .annotations import AnnotationId
from .drafts import VersionId
from .fields import link, optional_words, words
from .passages import Passage
from .people import PersonId
from .projects import ProjectId, SiteId

CodeId = NewType("CodeId", UUID)
CodingId = NewType("CodingId", UUID)
MemoId = NewType("MemoId", UUID)
QuoteId = NewType("QuoteId", UUID)
ConsentId = NewType("ConsentId", UUID)


class Attribution(StrEnum):
    """How much is said of the person quoted, least first (``domain/DOMAIN.md`` 9)."""

    NO_LABEL = "no_label"
    ROLE = "role"
    ROLE_AND_PLACE = "role_and_place"
    CODE = "code"
    BY_NAME = "by_name"


@dataclass(frozen=True, slots=True)
class Code:
    """One code of the codebook.

    Args:
        id: Made on the laptop that added it; the code's identity in every exported file.
        name: What it is called.
        project: The project it belongs to; ``None`` for all.
        definition: When to use it.
        colour: "#RRGGBB", never the only thing that tells codes apart.
        parent: The code it stands under.
        made_by: Who added it.
        retired: Whether it is offered no more; what it coded stays.
    """

    id: CodeId
    name: str = words()
    project: ProjectId | None = link(default=None)
    definition: str = words("")
    colour: str = ""
    parent: CodeId | None = link(default=None)
    made_by: PersonId | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Coding:
    """One code on one passage of a draft, of a member's note, or of a participant's quote.

    Args:
        id: Made on the coder's laptop.
        code: Which code.
        coder: Who coded.
        version: The draft version whose text the passage is in.
        annotation: The note whose words the passage is in.
        quote: The participant's quote whose words the passage is in. One of the three is given.
        passage: The words; offsets count in the text named above.
        made_at: When.
    """

    id: CodingId
    code: CodeId = link()
    coder: PersonId = link()
    version: VersionId | None = link(default=None)
    annotation: AnnotationId | None = link(default=None)
    quote: QuoteId | None = link(default=None)
    passage: Passage | None = optional_words()
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Memo:
    """A researcher's thought about a code, a coding or a draft.

    Args:
        id: Made on the author's laptop.
        author: Whose thought.
        body: The words.
        code: The code it is about, if any.
        coding: The coding it is about, if any.
        version: The draft version it is about, if any.
        made_at: When.
    """

    id: MemoId
    author: PersonId = link()
    body: str = words()
    code: CodeId | None = link(default=None)
    coding: CodingId | None = link(default=None)
    version: VersionId | None = link(default=None)
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParticipantQuote:
    """Something a study's participant said, kept with that study's consent.

    Args:
        id: Made on the laptop that added it.
        kept_by: The researcher who keeps it; shared with coordinators only.
        project: Which study.
        body: The words.
        site: Where the study took place.
        participant: The study's code for the participant ("P07"), or "".
        description: A broad description ("a carer"), or "".
        place: A place, or "".
        name: A name, only where the participant asked to be named.
        attribution: How much of this may be shown.
        consented: Whether the participant's consent to be quoted is on record.
        made_at: When it was added.
    """

    id: QuoteId
    kept_by: PersonId = link()
    project: ProjectId = link()
    body: str = words()
    site: SiteId | None = link(default=None)
    participant: str = words("")
    description: str = words("")
    place: str = words("")
    name: str = words("")
    attribution: Attribution = Attribution.NO_LABEL
    consented: bool = False
    made_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CodingConsent:
    """A member's word on whether their own notes may be coded for a project; the newest counts.

    Args:
        id: Made on the member's laptop, or the coordinator's on their behalf.
        person: Whose notes.
        project: For which project.
        agreed: Whether they agree.
        said_at: When they said so.
        typed_by: Who typed it in for them; ``None`` when they did.
    """

    id: ConsentId
    person: PersonId = link()
    project: ProjectId = link()
    agreed: bool = False
    said_at: datetime | None = None
    typed_by: PersonId | None = None
