"""What in a draft a reader may stumble over, and what it does not seem to say.

Hints for a person, never a score: documents that lived-experience reviewers improved lost jargon
and grew longer, and their readability scores did not change. What they most often lacked was
payment, risks and what happens to data.

Source: FAST-R, doi:10.1192/bjo.2021.1040. The lists are in
``resources/catalogues/plain_english.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from .catalogue_parts import read_toml, refuse_doubles
from .drafts import DraftKind
from .word_finding import WordFinder, is_acronym

_WORD = re.compile(r"[^\W_]+(?:['’‘-][^\W_]+)*")
_MOST_CAPITALS = 0.8
"""Share of capitals beyond which a line is shouted, so that its words are no acronyms."""


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that drafts of some kinds should say.

    Args:
        code: Stable name.
        words: What a person reads.
        signs: Any of these in a draft means that it says something on the matter.
        kinds: The kinds of draft that should.
    """

    code: str
    words: str
    signs: tuple[str, ...]
    kinds: frozenset[DraftKind]


@dataclass(frozen=True, slots=True)
class PlainEnglish:
    """The lists that a draft is laid beside.

    Args:
        instead: Hard words and what could stand in their place.
        topics: What drafts should say, the most often missing first.
        everyday: Abbreviations that everybody knows.
        source: Where the reason for it was read.
    """

    instead: dict[str, str]
    topics: tuple[Topic, ...]
    everyday: frozenset[str]
    source: str


@dataclass(frozen=True, slots=True)
class HardWord:
    """A word that a reader may stumble over.

    Args:
        term: As the list has it, or as the draft writes an abbreviation.
        count: How often it stands in the draft.
        span: The first place, in code points.
        instead: What could stand there; "" for an abbreviation.
    """

    term: str
    count: int
    span: tuple[int, int]
    instead: str


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """What stands out in a draft.

    Args:
        hard_words: Those not on the board's own list yet, the commonest first.
        left_out: What it does not seem to say.
    """

    hard_words: tuple[HardWord, ...]
    left_out: tuple[Topic, ...]


def parse_plain_english(text: str) -> PlainEnglish:
    """Return the lists in ``plain_english.toml``.

    Raises:
        InputError: The text is not TOML, lacks an entry, or holds one of another kind.
    """
    called = "the list of hard words"
    part = read_toml(text, called=called)
    words = [(each.need("term", str), each.need("instead", str)) for each in part.parts("word")]
    refuse_doubles((term for term, _ in words), called=called)
    topics = tuple(
        Topic(
            code=each.need("id", str),
            words=each.need("words", str),
            signs=each.texts("signs"),
            kinds=frozenset(DraftKind(kind) for kind in each.texts("for")),
        )
        for each in part.parts("topic")
    )
    refuse_doubles((topic.code for topic in topics), called=called)
    meta = part.part("meta")
    everyday = frozenset(meta.texts("everyday_abbreviations"))
    return PlainEnglish(dict(words), topics, everyday, meta.need("source", str))


def check_draft(
    text: str, *, kind: DraftKind, lists: PlainEnglish, known: Collection[str]
) -> DraftCheck:
    """Return the hard words of a draft and what it does not seem to say.

    Args:
        text: The draft's whole text.
        kind: What sort of document it is.
        lists: What to look for.
        known: The terms of the board's own list: these are explained already.
    """
    return DraftCheck(hard_words_in(text, lists=lists, known=known), left_out(text, kind, lists))


def hard_words_in(
    text: str, *, lists: PlainEnglish, known: Collection[str]
) -> tuple[HardWord, ...]:
    """Return words of the list, and unexplained abbreviations, that the board's list lacks."""
    theirs = {term.casefold() for term in known}
    found: dict[str, list[tuple[int, int]]] = {}
    for place in WordFinder([*lists.instead, *known]).find(text):
        if place.term.casefold() not in theirs:
            found.setdefault(place.term, []).append((place.start, place.end))
    for short, spans in _abbreviations(text).items():
        if short.casefold() not in theirs and short not in lists.everyday:
            found.setdefault(short, spans)
    hard = (
        HardWord(term, len(spans), spans[0], lists.instead.get(term, ""))
        for term, spans in found.items()
    )
    return tuple(sorted(hard, key=lambda word: (-word.count, word.span)))


def left_out(text: str, kind: DraftKind, lists: PlainEnglish) -> tuple[Topic, ...]:
    """Return the matters that a draft of this kind should speak of and does not seem to."""
    wanted = [topic for topic in lists.topics if kind in topic.kinds]
    signs = {sign: topic.code for topic in wanted for sign in topic.signs}
    said = {signs[place.term] for place in WordFinder(signs).find(text)}
    return tuple(topic for topic in wanted if topic.code not in said)


def _abbreviations(text: str) -> dict[str, list[tuple[int, int]]]:
    """Return abbreviations that the draft does not itself write out in brackets beside them."""
    found: dict[str, list[tuple[int, int]]] = {}
    for line in re.finditer(r"[^\n]+", text):
        if _is_shouted(line.group()):
            continue
        for word in _WORD.finditer(line.group()):
            if is_acronym(word.group()):
                short = word.group().removesuffix("s")
                start = line.start() + word.start()
                found.setdefault(short, []).append((start, start + len(word.group())))
    explained = _explained(text, found)
    return {short: spans for short, spans in found.items() if short not in explained}


def _is_shouted(line: str) -> bool:
    letters = Counter(letter.isupper() for letter in line if letter.isalpha())
    return letters[True] > _MOST_CAPITALS * max(1, letters.total())


def _explained(text: str, shorts: Iterable[str]) -> set[str]:
    """Return those written as "cognitive behavioural therapy (CBT)" or "CBT (cognitive …)"."""
    explained = set()
    for short in shorts:
        first = r"[\s-]+(?:\w+[\s-]+){0,2}?".join(rf"{re.escape(letter)}\w*" for letter in short)
        beside = rf"{first}\s*\({re.escape(short)}s?\)|\b{re.escape(short)}s?\s*\(\s*{first}"
        if re.search(beside, text, re.IGNORECASE):
            explained.add(short)
    return explained
