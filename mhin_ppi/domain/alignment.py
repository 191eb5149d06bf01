"""Two versions of a draft laid side by side: which sentence became which.

Documents are aligned as a whole, never quote by quote. Sentences that stand once in each version
are sure pairs; equal neighbours follow them; what lies between two sure pairs is paired in order by
the words it shares. Each sentence is paired at most once, so a passage that was deleted finds no
false place. What is left over may have been moved and reworded at once: that is only offered.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

from .text_parts import Key, TextParts, letters_in

ALIKE = 0.4
"""Share of letters that two sentences in one gap have in common when they are one, reworded."""
MOVED_ALIKE = 0.8
"""The same for sentences far apart, where chance resemblance is likelier."""
_MOST_PAIRS = 40_000
"""Pairs compared in one gap; beyond it only sentences that share an uncommon word are."""
_SURE_WORDS = 3
"""A sentence shorter than this is never a sure pair by itself: headings and numbers recur."""


Watch = Callable[[int, int], None]


def _unwatched(_done: int, _total: int) -> None:
    """Nobody follows the work."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One sentence of the old version and what became of it.

    Args:
        new: Number of the sentence in the new version.
        likeness: Share of letters in common, 0 to 1; 1 for the same words.
    """

    new: int
    likeness: float


def likeness(old: Key, new: Key) -> float:
    """Return the share of letters that two sentences have in common, in order: 0 to 1."""
    if old == new:
        return 1.0
    total = letters_in(old) + letters_in(new)
    if not total:
        return 0.0
    common = sum(
        letters_in(old[step.src_start : step.src_end])
        for step in LCSseq.opcodes(old, new)
        if step.tag == "equal"
    )
    return 2 * common / total


class Alignment:
    """Which sentence, and which word, of the old version is which of the new.

    Args:
        old: The old version.
        new: The new one.
        watch: Told how far the work is (done, of how many), many times; whatever it raises ends
            the work.
        alike: Share of letters that two sentences in one gap have in common when they are one.
    """

    def __init__(
        self, old: TextParts, new: TextParts, *, watch: Watch | None = None, alike: float = ALIKE
    ) -> None:
        self.old, self.new = old, new
        self._watch, self._alike = watch or _unwatched, alike
        self._tell(0)
        self._pairs: dict[int, Pair] = {}
        self._taken: set[int] = set()
        self._words: dict[int, dict[int, int]] = {}
        self._pair_sure()
        self._pair_gaps()

    @property
    def pairs(self) -> Mapping[int, Pair]:
        """Old sentence numbers to what became of them."""
        return self._pairs

    @cached_property
    def in_order(self) -> frozenset[int]:
        """Old sentences that kept their order: the longest run of pairs rising on both sides."""
        chain = _rising([(i, pair.new, 1.0) for i, pair in sorted(self._pairs.items())])
        return frozenset(i for i, _ in chain)

    @cached_property
    def kept_share(self) -> float:
        """Share of the old version's letters that stand in a paired sentence, 0 to 1."""
        total = sum(letters_in(key) for key in self.old.keys)
        kept = sum(letters_in(self.old.keys[i]) * pair.likeness for i, pair in self._pairs.items())
        return kept / total if total else 0.0

    def words_of(self, sentence: int) -> Mapping[int, int]:
        """Return which word of the new version each word of an old sentence is."""
        if sentence not in self._words:
            self._words[sentence] = dict(self._match_words(sentence))
        return self._words[sentence]

    def _match_words(self, sentence: int) -> Iterator[tuple[int, int]]:
        pair = self._pairs.get(sentence)
        if pair is None:
            return
        first = self.old.sentences[sentence][0]
        there = self.new.sentences[pair.new][0]
        for step in LCSseq.opcodes(self.old.keys[sentence], self.new.keys[pair.new]):
            if step.tag == "equal":
                for k in range(step.src_end - step.src_start):
                    yield first + step.src_start + k, there + step.dest_start + k

    def _pair(self, old: int, new: int, alike: float) -> None:
        self._pairs[old] = Pair(new, alike)
        self._taken.add(new)

    def _pair_sure(self) -> None:
        old, new = _by_key(self.old.keys), _by_key(self.new.keys)
        for key, places in old.items():
            there = new.get(key, ())
            if len(places) == 1 and len(there) == 1 and len(key) >= _SURE_WORDS:
                self._pair(places[0], there[0], 1.0)
        for step in (1, -1):
            for start in sorted(self._pairs, reverse=step < 0):
                self._follow(start, step)

    def _follow(self, start: int, step: int) -> None:
        """Pair equal neighbours of a sure pair, one after another."""
        i, j = start + step, self._pairs[start].new + step
        while (
            0 <= i < len(self.old.keys)
            and 0 <= j < len(self.new.keys)
            and i not in self._pairs
            and j not in self._taken
            and self.old.keys[i] == self.new.keys[j]
        ):
            self._pair(i, j, 1.0)
            i, j = i + step, j + step

    def _pair_gaps(self) -> None:
        """Pair what lies between sure pairs; at the edge of a moved part, look on both sides."""
        sure = [(-1, -1), *((i, p.new) for i, p in sorted(self._pairs.items()))]
        ends = [*sure[1:], (len(self.old.keys), len(self.new.keys))]
        for (i, j), (next_i, next_j) in zip(sure, ends, strict=True):
            self._tell(i)
            if next_i - i <= 1:
                continue
            gap = range(i + 1, next_i)
            after, before = self._free_from(j + 1, 1), self._free_from(next_j - 1, -1)
            self._pair_in_order(gap, after)
            if (after.start, after.stop) != (before.start, before.stop):
                self._pair_in_order([k for k in gap if k not in self._pairs], before)

    def _tell(self, sentence: int) -> None:
        self._watch(max(0, sentence), max(1, len(self.old.keys)))

    def _free_from(self, start: int, step: int) -> range:
        """Return the unpaired sentences of the new version that lie next to one another here."""
        at = start
        while 0 <= at < len(self.new.keys) and at not in self._taken:
            at += step
        return range(start, at) if step > 0 else range(at + 1, start + 1)

    def _pair_in_order(self, old: Iterable[int], new: Iterable[int]) -> None:
        rows, columns = list(old), [j for j in new if j not in self._taken]
        alike = [
            (i, j, score)
            for i, j in self._candidates(rows, columns)
            if (score := likeness(self.old.keys[i], self.new.keys[j])) >= self._alike and score
        ]
        scores = {(i, j): score for i, j, score in alike}
        for i, j in _rising(alike):
            self._pair(i, j, scores[i, j])

    def _candidates(self, rows: list[int], columns: list[int]) -> Iterator[tuple[int, int]]:
        if len(rows) * len(columns) <= _MOST_PAIRS:
            for i in rows:
                self._tell(i)
                yield from ((i, j) for j in columns)
            return
        yield from self._equal_in_turn(rows, columns)
        yield from self._sharing_uncommon_words(rows, columns)

    def _equal_in_turn(self, rows: list[int], columns: list[int]) -> Iterator[tuple[int, int]]:
        """Yield equal sentences, the first with the first and so on, however often they recur."""
        places: dict[Key, list[int]] = defaultdict(list)
        for j in reversed(columns):
            places[self.new.keys[j]].append(j)
        for i in rows:
            there = places.get(self.old.keys[i])
            if there:
                yield i, there.pop()

    def _sharing_uncommon_words(
        self, rows: list[int], columns: list[int]
    ) -> Iterator[tuple[int, int]]:
        places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for j in columns:
            for three in _threes(self.new.keys[j]):
                places[three].append(j)
        for i in rows:
            self._tell(i)
            shared: Counter[int] = Counter()
            for three in _threes(self.old.keys[i]):
                there = places.get(three, ())
                if len(there) <= 50:  # noqa: PLR2004 - beyond that it tells nothing apart
                    shared.update(there)
            yield from sorted((i, j) for j, _ in shared.most_common(5))

    @cached_property
    def perhaps(self) -> Mapping[int, Pair]:
        """Old sentences without a pair, and an unpaired new one elsewhere that is much like them.

        Chance resemblance is likely so far apart: these are offered to a person, never applied.
        """
        rows = [i for i in range(len(self.old.keys)) if i not in self._pairs]
        columns = [j for j in range(len(self.new.keys)) if j not in self._taken]
        found = [
            (score, i, j)
            for i, j in self._sharing_uncommon_words(rows, columns)
            if (score := likeness(self.old.keys[i], self.new.keys[j])) >= MOVED_ALIKE
        ]
        offered: dict[int, Pair] = {}
        used: set[int] = set()
        for score, i, j in sorted(found, key=lambda one: (-one[0], one[1], one[2])):
            if i not in offered and j not in used:
                offered[i] = Pair(j, score)
                used.add(j)
        return offered


def _by_key(keys: Iterable[Key]) -> Mapping[Key, list[int]]:
    places: dict[Key, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        places[key].append(number)
    return places


def _threes(key: Key) -> set[Key]:
    return {key[k : k + 3] for k in range(max(1, len(key) - 2))}


def _rising(pairs: list[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """Return the heaviest chain of pairs that rises on both sides.

    Args:
        pairs: (old, new, weight), the weight above 0.
    """
    # best[k] is the heaviest chain ending at new sentence ends[k]; both lists rise together.
    ends: list[int] = []
    best: list[tuple[float, int]] = []
    came_from: list[int] = []
    ordered = sorted(pairs, key=lambda one: (one[0], -one[1]))
    for number, (_, new, weight) in enumerate(ordered):
        at = bisect_right(ends, new - 1)
        before = best[at - 1] if at else (0.0, -1)
        came_from.append(before[1])
        total = before[0] + weight
        if at < len(ends) and ends[at] == new and best[at][0] >= total:
            continue
        while at < len(ends) and best[at][0] <= total:
            del ends[at], best[at]
        ends.insert(at, new)
        best.insert(at, (total, number))
    chain, number = [], best[-1][1] if best else -1
    while number >= 0:
        chain.append((ordered[number][0], ordered[number][1]))
        number = came_from[number]
    return chain[::-1]
