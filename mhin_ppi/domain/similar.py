"""Which questions may ask the same thing, and why: words in common, and where they stand.

No model, no network, nothing learnt from anybody: words are brought to a plain form, questions that
share their rarer words are looked at more closely, and every suggestion can say which words it
rests on. A person decides; nothing is ever put together by itself.

The measure of two wordings is rapidfuzz's, over the words in alphabetical order, so that the order
in which people say things does not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log

from rapidfuzz import fuzz

from .drafts import VersionId
from .passages import Passage
from .questions import QuestionId

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset(
    """a about again all also am an and any are aren't as at be because been before being but by can
    can't could did didn't do does doesn't doing don't else for from get gets go goes going got had
    has have having he her here hers him his how however i if in into is isn't it it's its just let
    like make may me might more most much must my need no nor not now of off on once one only or
    other our out over own people please put said same say says see shall she should so some such
    tell than that that's the their them then there there's these they thing things this those to
    too under until up us use very want was we we're were what what's when where which while who
    whom whose why will with won't would yes yet you you'd you'll you're your""".split()
)
_LEAST = 3
"""Letters of the shortest word that is cut back."""
_ENDINGS = ("ing", "ed", "ies", "es", "s")

LOOKED_AT = 60
"""How many candidates are compared closely for one question."""
_COMMON = 400
"""A word in more questions than this finds no candidates by itself."""
_RARE_WORDS = 12
"""How many of a question's rarer words are looked up."""
_ENOUGH = 62.0
_SAME_WORDS, _SAME_SECTION, _SAME_TAG = 16.0, 8.0, 6.0
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Marks:
    """What is known of a question when it is compared.

    Args:
        key: Tells it from the others.
        body: The asker's words.
        version: The version it is about, if it is about a passage.
        passage: The passage.
        section: Which section of that version it stands in, or "".
        tags: Its short labels.
    """

    key: QuestionId
    body: str
    version: VersionId | None = None
    passage: Passage | None = None
    section: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """A question that may ask the same as another.

    Args:
        key: Which.
        score: 0 to 130; only the order means something.
        words: The words both hold, as this one writes them, rarest first.
        same_words: Whether both are about the same words of a draft.
        same_section: Whether both are about the same section.
        tags: The labels both have.
    """

    key: QuestionId
    score: float
    words: tuple[str, ...]
    same_words: bool
    same_section: bool
    tags: tuple[str, ...]


class Similar:
    """Questions, ready to be compared.

    Args:
        questions: All that may be suggested.
    """

    def __init__(self, questions: Iterable[Marks]) -> None:
        self._all = list(questions)
        self._at = {marks.key: at for at, marks in enumerate(self._all)}
        self._plain = [plain_words(marks.body) for marks in self._all]
        self._with_word: dict[str, list[int]] = defaultdict(list)
        self._on: dict[VersionId, list[int]] = defaultdict(list)
        for at, (marks, words) in enumerate(zip(self._all, self._plain, strict=True)):
            for word in words:
                self._with_word[word].append(at)
            if marks.version is not None:
                self._on[marks.version].append(at)

    def __len__(self) -> int:
        return len(self._all)

    def body_of(self, key: QuestionId) -> str:
        """Return the words that a question is compared by, or "" when it is not here."""
        at = self._at.get(key)
        return "" if at is None else self._all[at].body

    def place(self, questions: Iterable[Marks]) -> None:
        """Say where questions stand that are here already, so that their places count too."""
        for marks in questions:
            at = self._at.get(marks.key)
            if at is None:
                continue
            self._all[at] = marks
            if marks.version is not None and at not in self._on[marks.version]:
                self._on[marks.version].append(at)

    def to(
        self, key: QuestionId, *, most: int = 8, but: Collection[QuestionId] = ()
    ) -> tuple[Alike, ...]:
        """Return the questions that may ask the same as one of them, the likeliest first.

        Args:
            key: Which one.
            most: How many at most.
            but: Those not wanted.
        """
        at = self._at.get(key)
        if at is None:
            return ()
        found = []
        for other in self._candidates(at):
            if self._all[other].key not in but:
                alike = self._compare(at, other)
                if alike is not None:
                    found.append(alike)
        found.sort(key=lambda one: (-one.score, self._at[one.key]))
        return tuple(found[:most])

    def _candidates(self, at: int) -> Sequence[int]:
        """Return the questions that share the most of the rarer words, and those in its place."""
        weights: dict[int, float] = defaultdict(float)
        rare = sorted(self._plain[at], key=lambda word: len(self._with_word[word]))
        for word in rare[:_RARE_WORDS]:
            holding = self._with_word[word]
            if len(holding) <= max(_COMMON, 2):
                weight = self._weight(word)
                for other in holding:
                    weights[other] += weight
        marks = self._all[at]
        for other in self._on.get(marks.version, ()) if marks.version is not None else ():
            if _overlap(marks, self._all[other]):
                weights[other] += 2  # both are about the same words: always worth a look
        weights.pop(at, None)
        return nlargest(LOOKED_AT, weights, key=lambda other: (weights[other], -other))

    def _weight(self, word: str) -> float:
        return log((1 + len(self._all)) / (1 + len(self._with_word[word]))) + 0.1

    def _compare(self, one: int, other: int) -> Alike | None:
        mine, theirs = self._plain[one], self._plain[other]
        a, b = self._all[one], self._all[other]
        shared = [word for word in theirs if word in mine]
        shared.sort(key=lambda word: -self._weight(word))
        same_words, same_section = _overlap(a, b), _same_section(a, b)
        tags = tuple(tag for tag in b.tags if tag.casefold() in {t.casefold() for t in a.tags})
        if len(shared) < (1 if same_words else _FEWEST_WORDS):
            return None
        left, right = " ".join(sorted(mine)), " ".join(sorted(theirs))
        score = (fuzz.ratio(left, right) + fuzz.token_set_ratio(left, right)) / 2
        score += _SAME_WORDS * same_words + _SAME_SECTION * (same_section and not same_words)
        score += _SAME_TAG * bool(tags)
        if score < _ENOUGH:
            return None
        words = tuple(theirs[word] for word in shared)
        return Alike(b.key, round(score, 1), words, same_words, same_section, tags)


def plain_words(body: str) -> dict[str, str]:
    """Return the words that count, in a plain form, each with how it was first written.

    >>> plain_words("Are the appointments texted? A text isn't an appointment.")
    {'appointment': 'appointments', 'text': 'texted'}
    """
    found: dict[str, str] = {}
    for word in _WORDS.findall(body):
        plain = _plain(word)
        if plain:
            found.setdefault(plain, word)
    return found


@lru_cache(maxsize=50_000)
def _plain(word: str) -> str:
    lowered = word.casefold().replace("’", "'")
    if lowered in _SMALL:
        return ""
    bare = lowered.removesuffix("'s").split("'", 1)[0]
    letters = unicodedata.normalize("NFKD", bare)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= _LEAST:
            if ending == "s" and plain.endswith("ss"):
                break
            plain = plain[: -len(ending)] + ("y" if ending == "ies" else "")
            break
    return "" if plain in _SMALL else plain.removesuffix("e") if len(plain) > _LEAST else plain


def _overlap(a: Marks, b: Marks) -> bool:
    """Return whether two questions are about the same words of the same version."""
    if a.version is None or a.version != b.version or a.passage is None or b.passage is None:
        return False
    return a.passage.start < b.passage.end and b.passage.start < a.passage.end


def _same_section(a: Marks, b: Marks) -> bool:
    return a.version is not None and a.version == b.version and a.section == b.section != ""
