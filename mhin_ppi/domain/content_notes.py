"""What a part of a draft touches on, said before a person reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType
from uuid import UUID

from .drafts import VersionId
from .fields import link, words
from .passages import Passage
from .people import PersonId

ContentNoteId = NewType("ContentNoteId", UUID)


@dataclass(frozen=True, slots=True)
class ContentNote:
    """A content note on a passage: the passage starts folded, and one key passes over it.

    Args:
        id: Made on the laptop that wrote it.
        version: Which text.
        passage: The part it warns of.
        body: What that part touches on, in a few words.
        written_by: Who wrote it: anybody may, members best of all.
    """

    id: ContentNoteId
    version: VersionId = link()
    passage: Passage = words()
    body: str = words("")
    written_by: PersonId | None = link(default=None)
