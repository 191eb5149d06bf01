"""Words that somebody looks for: taken apart, marked where they stand, and cut out with a margin.

Letters count whatever their case and accents; a word of three letters or more is found where
another begins with it ("carer" finds "carers"); words in quotation marks are found side by side.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from .annotations import AnnotationKind
from .people import Credit

SHORTEST_BEGINNING = 3
"""Letters; a shorter word is found only where it stands whole: "a" would find half of all words."""
MOST_TERMS = 32
LONGEST_TERM = 200
EXCERPT_CHARACTERS = 200


class FoundKind(StrEnum):
    """What words can be found in."""

    QUESTION = "question"
    DRAFT = "draft"
    ANSWER = "answer"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for, or several side by side.

    Args:
        words: As typed, without quotation marks.
        begins: Whether its last word may go on.
    """

    words: str
    begins: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Where words were found.

    Args:
        identity: Of the question, answer, note or draft; of the version for a paragraph.
        start: Where the paragraph starts in its draft's text, in code points; ``None`` otherwise.
        words: The paragraph's words; "" otherwise, since the noun holds them.
        draft: The paragraph's draft; ``None`` otherwise.
        number: Of the paragraph's version in its draft; 0 otherwise.
        title: The draft's; "" otherwise.
    """

    identity: UUID
    start: int | None = None
    words: str = ""
    draft: UUID | None = None
    number: int = 0
    title: str = ""


@dataclass(frozen=True, slots=True)
class QuestionMatch:
    """A question in which words were found, with only what is told of it in a list.

    Args:
        identity: Of the question.
        asker: Of who asked.
        body: The asker's words.
        kind: What sort of question it is.
        credit: How the asker wants to be named; ``None`` as they usually are.
        project: Title of the project it is about, or "".
        team: Which team asks it of the board, in words; "" for what a member asks.
    """

    identity: UUID
    asker: UUID
    body: str
    kind: AnnotationKind
    credit: Credit | None
    project: str
    team: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Part of a text, with the words that were found.

    Args:
        words: On one line, with "…" where it was cut.
        marks: Where the found words stand in it: start in, end out, in code points.
        start: Where the first found word stands in the whole text, and
        end: where it ends; both 0 when none of the words stand there.
    """

    words: str
    marks: tuple[tuple[int, int], ...]
    start: int = 0
    end: int = 0


_PARTS = re.compile(r'"([^"]*)("|$)|([^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_ON_A_LETTER = "\u0301"
_WORD = re.compile(r"\S+")
_SPACE = re.compile(r"\s")


class _Plainly(dict[int, str]):
    """One plain character for each: lower case, no accent, a space for what is no word."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "M":
        return _ON_A_LETTER if "\u0300" <= character <= "\u036f" else character
    if category[0] not in "LN" and category != "Co":
        return " "
    apart = unicodedata.normalize("NFD", character)
    is_latin = apart[0].isascii() and all(unicodedata.category(c) == "Mn" for c in apart[1:])
    base = apart[0] if is_latin else character
    lower = base.lower()
    return lower if len(lower) == 1 else base


_PLAINLY = _Plainly()


def words_in(text: str) -> list[tuple[int, int, str]]:
    """Return every word of a text: start, end, and how it is compared."""
    plain = text.translate(_PLAINLY)
    found = (
        (m.start(), m.end(), m.group().replace(_ON_A_LETTER, "")) for m in _WORD.finditer(plain)
    )
    return [(start, end, word) for start, end, word in found if word]


def terms_of(typed: str) -> tuple[Term, ...]:
    """Return what is looked for; nothing when no letter or number was typed.

    Args:
        typed: As a person writes it; at most 32 words or quotations are looked for.
    """
    tidy = "".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in typed)
    found: list[Term] = []
    for part in _PARTS.finditer(unicodedata.normalize("NFC", tidy).translate(_QUOTES)):
        quoted, closing, bare = part.groups()
        words = (bare or quoted or "")[:LONGEST_TERM].strip()
        each = words_in(words)
        if each and len(found) < MOST_TERMS:
            may_go_on = bare is not None or not closing
            found.append(Term(words, may_go_on and len(each[-1][2]) >= SHORTEST_BEGINNING))
    return tuple(dict.fromkeys(found))


def written(terms: Sequence[Term]) -> str:
    """Return terms as a person would write them."""
    return " ".join(f"“{t.words}”" if len(t.words.split()) > 1 else t.words for t in terms)


def nearest(terms: Sequence[Term]) -> Iterator[tuple[Term, ...]]:
    """Yield what is nearest to look for when nothing was found: one word fewer, then single ones.

    The last word goes first, since it may not be typed to its end.
    """
    if len(terms) < 2:
        return
    for left_out in reversed(range(len(terms))):
        yield (*terms[:left_out], *terms[left_out + 1 :])
    if len(terms) > 2:
        yield from ((term,) for term in terms)


def marks_in(text: str, terms: Sequence[Term]) -> tuple[tuple[int, int], ...]:
    """Return where the words stand in a text, in order and apart: start in, end out."""
    plain = text.translate(_PLAINLY)
    found = [m.span() for term in terms for m in _pattern(term).finditer(plain)]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return tuple(apart)


@lru_cache(maxsize=2 * MOST_TERMS)
def _pattern(term: Term) -> re.Pattern[str]:
    """Return what finds a term in a text that has been made plain."""
    on_any = f"{_ON_A_LETTER}*"
    words = ("".join(re.escape(c) + on_any for c in word) for _, _, word in words_in(term.words))
    side_by_side = r"\s+".join(words)
    rest = r"\S*" if term.begins else ""
    return re.compile(rf"(?<!\S){side_by_side}{rest}(?!\S)")


def excerpt(text: str, terms: Sequence[Term], *, most: int = EXCERPT_CHARACTERS) -> Excerpt:
    """Return the part of a text around the first word that was found.

    Args:
        text: All of it.
        terms: What was looked for.
        most: How many characters at most, not counting "…".
    """
    marks = marks_in(text, terms)
    first = marks[0] if marks else (0, 0)
    start = 0 if len(text) <= most else _word_start(text, max(0, first[0] - most // 3))
    end = min(len(text), start + most)
    if end < len(text):
        space = text.rfind(" ", max(start + 1, first[1]), end)
        end = space if space > 0 else end
    before = "… " if start else ""
    after = " …" if end < len(text) else ""
    shift = len(before) - start
    line = _SPACE.sub(" ", text[start:end])
    return Excerpt(
        f"{before}{line}{after}",
        tuple((a + shift, min(b, end) + shift) for a, b in marks if start <= a < end),
        *first,
    )


def _word_start(text: str, at: int) -> int:
    """Return where the word begins that comes next, or the very beginning."""
    if at == 0:
        return 0
    space = _SPACE.search(text, at, at + LONGEST_TERM)
    return space.end() if space else at
