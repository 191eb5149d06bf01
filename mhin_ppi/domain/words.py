"""The board's own word list: hard words, and what the board would say instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType
from uuid import UUID

from .fields import link, words
from .people import PersonId

WordId = NewType("WordId", UUID)


@dataclass(frozen=True, slots=True)
class Word:
    """One hard word.

    Args:
        id: Made on the laptop that proposed it.
        term: The hard word as drafts use it.
        meaning: What it means, plainly.
        instead: What the board would say.
        proposed_by: Who proposed it.
    """

    id: WordId
    term: str = words()
    meaning: str = words("")
    instead: str = words("")
    proposed_by: PersonId | None = link(default=None)
