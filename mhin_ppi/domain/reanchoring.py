"""Carrying passages from one version of a draft to the next, with an honest state for each.

Nothing is ever deleted or hidden: a passage that cannot be placed says so. A place that is doubtful
is offered for a person to check, never applied in silence.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import category

from .alignment import Alignment, Watch
from .placements import Carried
from .text_parts import TextParts

KEPT_ENOUGH = 0.5
"""A passage of whose letters less than this is left has been removed."""
NEAR_CHARACTERS = 200
"""Kept words further apart than this are not one passage."""
SAME_DOCUMENT = 0.15
"""With less of the old text than this in the new one, it is another document."""
_SIGNS = "SMC"
"""Kinds of character that are neither letters nor punctuation: £, ≥, emoji and what joins them."""
_DOUBTFUL = 0.52
"""Just above what counts as removed: whether it is still the same passage is a person's to say."""


@dataclass(frozen=True, slots=True)
class CarriedPassage:
    """Where a passage is in the new version.

    Args:
        state: What became of it.
        start: First character in the new text; ``None`` when it was removed.
        end: One past the last; ``None`` when it was removed.
        confidence: 0 to 1: the share of its letters that are left, or, when removed, that are gone.
        perhaps: For a removed passage, a range elsewhere that reads much like it, to show a person
            as "possibly here"; never a place by itself.
    """

    state: Carried
    start: int | None
    end: int | None
    confidence: float
    perhaps: tuple[int, int] | None = None


def carry(old: str, new: str, spans: Iterable[tuple[int, int]]) -> list[CarriedPassage]:
    """Return where passages of one text are in another.

    Args:
        old: The version the passages were marked in.
        new: The next version.
        spans: Start and end of each, in code points of ``old``.
    """
    carrier = Carrier(old, new)
    return [carrier.place(start, end) for start, end in spans]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A run of letters that is in both texts: its old word, and where it is in the new one."""

    word: int
    start: int
    end: int


class Carrier:
    """Two versions, aligned once, and the places of as many passages as are wanted.

    Args:
        old: The version the passages were marked in.
        new: The next version.
        watch: Told how far the work is; whatever it raises ends the work.
    """

    def __init__(self, old: str, new: str, *, watch: Watch | None = None) -> None:
        self.alignment = Alignment(TextParts(old), TextParts(new), watch=watch)
        self._old, self._new = self.alignment.old, self.alignment.new

    @property
    def is_another_document(self) -> bool:
        """Whether so little of the old text is left that this is not its next version."""
        return self.alignment.kept_share < SAME_DOCUMENT

    def place(self, start: int, end: int) -> CarriedPassage:
        """Return where one passage is.

        Args:
            start: First character in the old text.
            end: One past the last.
        """
        sentences = self._sentences(start, end)
        total, kept = self._kept(sentences, start, end)
        near = _nearest(kept)
        left = sum(one.end - one.start for one in near) / total if total else 0.0
        if left < KEPT_ENOUGH or self.is_another_document:
            return CarriedPassage(
                Carried.REMOVED, None, None, 1 - left, perhaps=self._perhaps(sentences)
            )
        first, last = self._with_signs(start, end, near)
        whole = self._old.text[start:end].strip()
        if left < _DOUBTFUL:
            state = Carried.PLEASE_CHECK
        elif not _same_words(whole, self._new.text[first:last]):
            state = Carried.WORDING_CHANGED
        elif any(s in self.alignment.pairs and s not in self.alignment.in_order for s in sentences):
            state = Carried.MOVED
        else:
            state = Carried.SAME_PLACE
        return CarriedPassage(state, first, last, left)

    def _with_signs(self, start: int, end: int, near: Sequence[_Kept]) -> tuple[int, int]:
        """Return the place of kept words, with the pound sign or emoji at the passage's ends.

        Only letters and digits are weighed, but what a person marked with them stays with them.
        """
        old, new = self._old, self._new
        first, last = near[0].start, near[-1].end
        before, at = near[0].word - 1, bisect_left(new.starts, first) - 1
        while (
            min(before, at) >= 0
            and old.starts[before] >= start
            and _same_sign(old, before, new, at)
        ):
            first, before, at = new.starts[at], before - 1, at - 1
        after, at = near[-1].word + 1, bisect_left(new.starts, last)
        while (
            after < len(old.words)
            and at < len(new.words)
            and old.words[after][1] <= end
            and _same_sign(old, after, new, at)
        ):
            last, after, at = new.words[at][1], after + 1, at + 1
        return first, last

    def _sentences(self, start: int, end: int) -> range:
        first = max(0, bisect_right(self._old.starts, start) - 1)
        last = bisect_left(self._old.starts, end)
        starts = self._old.sentence_starts
        return range(max(0, bisect_right(starts, first) - 1), bisect_left(starts, last))

    def _kept(self, sentences: range, start: int, end: int) -> tuple[int, list[_Kept]]:
        """Return how many letters the passage has, and those that are in the new text too."""
        total, kept = 0, []
        only_marks = not any(c.isalnum() for c in self._old.text[start:end])
        for sentence in sentences:
            same = self.alignment.words_of(sentence)
            for word in range(*self._old.sentences[sentence]):
                a, b = self._old.words[word]
                low, high = max(a, start), min(b, end)
                if low >= high or not (only_marks or self._old.forms[word][0].isalnum()):
                    continue
                total += high - low
                if word in same:
                    there = self._new.starts[same[word]]
                    kept.append(_Kept(word, there + low - a, there + high - a))
        return total, kept

    def _perhaps(self, sentences: range) -> tuple[int, int] | None:
        """Return where a sentence of the passage may have gone, moved and reworded at once."""
        if self.is_another_document:
            return None
        for sentence in sentences:
            pair = self.alignment.perhaps.get(sentence)
            if pair is not None:
                first, last = self._new.sentences[pair.new]
                return self._new.starts[first], self._new.words[last - 1][1]
        return None


def _nearest(kept: Sequence[_Kept]) -> list[_Kept]:
    """Return the largest group of kept runs that lie near one another."""
    groups: list[list[_Kept]] = []
    for one in sorted(kept, key=lambda run: run.start):
        if groups and one.start - groups[-1][-1].end < NEAR_CHARACTERS:
            groups[-1].append(one)
        else:
            groups.append([one])
    return max(groups, key=lambda group: sum(one.end - one.start for one in group), default=[])


def _same_sign(old: TextParts, word: int, new: TextParts, at: int) -> bool:
    form = old.forms[word]
    return form == new.forms[at] and category(form[0])[0] in _SIGNS


def _same_words(old: str, new: str) -> bool:
    words = [[w for w in TextParts(text).forms if w[0].isalnum()] for text in (old, new)]
    return words[0] == words[1]
