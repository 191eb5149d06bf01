"""Text as sentences of words, the grain at which two versions of a draft are laid side by side.

Typography is folded away (quotes, dashes, spaces, capitals): to change it changes no wording.
Folding never moves an offset: every character stands for one character.

Scripts without spaces between words (Chinese, Japanese, Thai and their neighbours) are taken letter
by letter: no list of their words is needed, and a change of one word stays a small change. Signs
that stand on a letter (accents, vowel points) belong to its word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from zlib import crc32

_FOLDED = str.maketrans("“”„«»‘’‚‐‑‒–—−\u00a0\u2009\u202f", '"""""\'\'\'------   ')
_UNSPACED = (
    "\u0e00-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e4f-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec7\u1000-\u102a"
    "\u1780-\u17b3\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Letters of scripts written without spaces between words."""
_ON_A_LETTER = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03"
    "\u0a3c-\u0a51\u0a81-\u0a83\u0abc-\u0acd\u0b01-\u0b03\u0b3c-\u0b57\u0bbe-\u0bd7\u0c00-\u0c04"
    "\u0c3e-\u0c56\u0c81-\u0c83\u0cbc-\u0cd6\u0d00-\u0d03\u0d3b-\u0d57\u0dca-\u0ddf\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3\u1ab0-\u1aff"
    "\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f\ufe20-\ufe2f"
)
"""Signs that combine with the letter before them."""
_WORD = re.compile(
    rf"[{_UNSPACED}][{_ON_A_LETTER}]*"
    rf"|(?:(?![{_UNSPACED}])\w)(?:(?:(?![{_UNSPACED}])\w)|[{_ON_A_LETTER}])*"
    r"|[^\w\s]"
)
_BREAK = re.compile(r"(?<=[.!?…؟۔।])[\"'”’)\]]*\s+|\n+|(?<=[。！？])[\"'”’」』）]*")
_LONGEST = 300
"""Words in a stretch without a full stop; a longer one is cut, since comparing grows with it."""
_CUT_EVERY = 64

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
        found: list[tuple[int, int]] = []
        first = 0
        for last in marks:
            if last > first:
                found.extend(self._cut(first, last))
                first = last
        return tuple(found)

    def _cut(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield a sentence, or, when it is very long, pieces of it.

        The words to cut after are picked by their own letters, not by counting: so both versions
        are cut at the same words, whatever was put in before them.
        """
        if last - first <= _LONGEST:
            yield first, last
            return
        begin = first
        for at in range(first, last):
            chosen = crc32(self.forms[at].encode()) % _CUT_EVERY == 0
            if at + 1 == last or at + 1 - begin >= _LONGEST or (chosen and at - begin > 3):  # noqa: PLR2004
                yield begin, at + 1
                begin = at + 1

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


def sentences_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the range of the sentences that a range of text lies in.

    Args:
        text: Any text.
        start: First character, code points from 0.
        end: One past the last.
    """
    parts = TextParts(text)
    spans = [(parts.starts[a], parts.words[b - 1][1]) for a, b in parts.sentences]
    inside = [span for span in spans if span[0] < end and span[1] > start]
    return (min(start, inside[0][0]), max(end, inside[-1][1])) if inside else (start, end)
