"""Where a coding stands in a member's note or a participant's quote, without copying the words.

A coding of a draft holds the words it covers, as every passage does. Words of people are never
copied into a coder's records: only where they stand, and a seal of the whole text, so that words
that are taken back or reworded are gone from the coding at once, on every laptop.
"""

from __future__ import annotations

import hashlib

from .codebook import Coding, CodingId
from .passages import Passage, passage_in

_STANDS_FOR_WORDS = "…"


def place_only(text: str, start: int, end: int, *, coding: CodingId) -> Passage:
    """Return a passage that tells where words stand, and not what they are.

    Args:
        text: The whole note or quote.
        start: First character, code points from 0.
        end: One past the last.
        coding: The coding it is for; two seals of one text differ.

    Raises:
        EmptyPassageError: The range holds no words.
    """
    found = passage_in(text, start, end)
    return Passage(found.start, found.end, _STANDS_FOR_WORDS, prefix=_seal(text, coding))


def words_at(coding: Coding, text: str) -> str:
    """Return the words that a coding of a note or quote covers; "" where the text has changed."""
    place = coding.passage
    if place is None or place.prefix != _seal(text, coding.id):
        return ""
    return text[place.start : place.end]


def _seal(text: str, coding: CodingId) -> str:
    return hashlib.sha256(f"{coding}|{text}".encode()).hexdigest()
