"""Text as sentences of words, the grain at which two versions of a draft are laid side by side.

Typography is folded away (quotes, dashes, spaces, capitals): to change it changes no wording.
Folding never moves an offset: every character stands for one character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property

_FOLDED = str.maketrans("“”„«»‘’‚‐‑‒–—−\u00a0\u2009\u202f", '"""""\'\'\'------   ')
_WORD = re.compile(r"\w+|[^\w\s]")
_BREAK = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")

Key = tuple[str, ...]


@dataclass(frozen=True)
class TextParts:
    """One version's text, in words and sentences.

    Args:
        text: The whole text; every offset counts code points in it.
    """

    text: str

    @cached_property
    def _folded(self) -> str:
        folded = self.text.translate(_FOLDED)
        lower = folded.lower()
        return lower if len(lower) == len(folded) else folded

    @cached_property
    def words(self) -> tuple[tuple[int, int], ...]:
        """Where each word or mark starts and ends."""
        return tuple(found.span() for found in _WORD.finditer(self._folded))

    @cached_property
    def forms(self) -> Key:
        """Each word or mark, folded."""
        return tuple(self._folded[start:end] for start, end in self.words)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each word or mark starts."""
        return tuple(start for start, _ in self.words)

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Each sentence, as the numbers of its first word and the one past its last."""
        ends = [found.end() for found in _BREAK.finditer(self._folded)]
        marks = [bisect_left(self.starts, end) for end in (*ends, len(self.text))]
        found, first = [], 0
        for last in marks:
            if last > first:
                found.append((first, last))
                first = last
        return tuple(found)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Each sentence's folded words."""
        return tuple(self.forms[first:last] for first, last in self.sentences)

    @cached_property
    def sentence_starts(self) -> tuple[int, ...]:
        """The number of each sentence's first word."""
        return tuple(first for first, _ in self.sentences)


def letters_in(words: Key) -> int:
    """Return how many letters and digits some words hold: marks weigh nothing."""
    return sum(len(word) for word in words if word[0].isalnum())
