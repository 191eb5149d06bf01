"""What a person decided about the place of a note in a later version of the draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .annotations import AnnotationId, Visibility
from .drafts import VersionId
from .fields import link, optional_words
from .passages import Passage
from .people import PersonId

PlacementId = NewType("PlacementId", UUID)


class Carried(StrEnum):
    """What became of a passage in the next version."""

    SAME_PLACE = "same_place"
    MOVED = "moved"
    WORDING_CHANGED = "wording_changed"
    PLEASE_CHECK = "please_check"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Placement:
    """A person's word on where a note stands in a later version; it outweighs what was worked out.

    Args:
        id: Made on the laptop that decided.
        annotation: Which note.
        version: The later version.
        author: Who wrote the note.
        passage: Where the note stands there; ``None`` when its passage is gone.
        state: What became of the passage, in the person's judgement.
        visibility: Who sees the note: a decision about it reaches no further than the note itself.
        decided_by: Who decided.
        decided_at: When.
    """

    id: PlacementId
    annotation: AnnotationId = link()
    version: VersionId = link()
    author: PersonId = link()
    passage: Passage | None = optional_words()
    state: Carried = Carried.SAME_PLACE
    visibility: Visibility = Visibility.BOARD
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
