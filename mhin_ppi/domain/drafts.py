"""Documents under review, their numbered versions, and requests to read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from ..errors import InputError
from .fields import link, no_words_yet, words
from .people import PersonId
from .projects import ProjectId

DraftId = NewType("DraftId", UUID)
VersionId = NewType("VersionId", UUID)
RoundId = NewType("RoundId", UUID)
ReturnId = NewType("ReturnId", UUID)
BlobId = NewType("BlobId", str)
LONGEST_READING = 24 * 60
"""Minutes: a day and a night; a longer document is read in several requests."""
MOST_AGREED_PENCE = 100_000
"""£1,000: twice the highest published rate; a slip of the finger ends here."""


class DraftKind(StrEnum):
    """What sort of document it is."""

    PROTOCOL = "protocol"
    INFORMATION_SHEET = "information_sheet"
    CONSENT_FORM = "consent_form"
    TOPIC_GUIDE = "topic_guide"
    PLAIN_SUMMARY = "plain_summary"
    FINDINGS = "findings"
    PROPOSAL = "proposal"
    SLIDES = "slides"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Draft:
    """A document under review.

    Args:
        id: Made on the laptop that added it.
        project: Which project it belongs to.
        title: What it is called.
        kind: What sort of document.
    """

    id: DraftId
    project: ProjectId = link()
    title: str = words()
    kind: DraftKind = DraftKind.PROTOCOL


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One numbered text of a draft; never changed once shared.

    Args:
        id: Made on the laptop that added it.
        draft: Which draft.
        number: 1, 2, …
        text: The attached file holding the block model; its SHA-256 names the text.
        source: The attached original file.
        file_name: What the original was called.
        pages: How many pages, where the file has them.
        characters: Length of the text, in Unicode code points.
        images: Attached pictures, by SHA-256.
        added_at: When it was added.
    """

    id: VersionId
    draft: DraftId = link()
    number: int = 1
    text: BlobId = BlobId("")
    source: BlobId | None = None
    file_name: str = words("")
    pages: int | None = None
    characters: int = 0
    images: tuple[BlobId, ...] = ()
    added_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReviewRound:
    """A request to read one version by a date.

    Args:
        id: Made on the laptop that asked.
        version: What to read.
        due_on: By when; ``None`` when there is no hurry.
        minutes: About how long it takes.
        content_note: What the draft touches on, shown before it opens.
        guiding_questions: What the team would most like to hear about.
        invited: Who was asked.
        opened_on: The day it was sent.
        agreed_pence: What a review pays, finished or stopped.
        band: The size of task it is paid as (an id of the rates catalogue), or "".
    """

    id: RoundId
    version: VersionId = link()
    due_on: date | None = None
    minutes: int = 60
    content_note: str = words("")
    guiding_questions: tuple[str, ...] = no_words_yet()
    invited: tuple[PersonId, ...] = ()
    opened_on: date | None = None
    agreed_pence: int = 0
    band: str = ""


@dataclass(frozen=True, slots=True)
class ReviewReturn:
    """A person has given their review back.

    Finishing and stopping make the same record: nobody can tell them apart.

    Args:
        id: Made on the person's laptop.
        round: Which request.
        person: Who.
        done_at: When.
    """

    id: ReturnId
    round: RoundId = link()
    person: PersonId = link()
    done_at: datetime | None = None


def check_round(*, minutes: int, agreed_pence: int, invited: tuple[PersonId, ...]) -> None:
    """Refuse a request to read that nobody could follow.

    Args:
        minutes: About how long it takes.
        agreed_pence: What a review pays; 0 where time is paid as usual.
        invited: Who is asked.

    Raises:
        InputError: Nobody is asked, or a length or an amount that cannot be.
    """
    if not invited:
        raise InputError("Nobody is invited.", next_step="Choose at least one person.")
    if not 1 <= minutes <= LONGEST_READING:
        raise InputError(
            "The reading must take between 1 minute and 24 hours.",
            next_step="Put in about how long one person needs.",
        )
    if not 0 <= agreed_pence <= MOST_AGREED_PENCE:
        raise InputError(
            "An agreed amount is between nothing and £1,000.",
            next_step="Put the amount right, then ask again.",
        )
