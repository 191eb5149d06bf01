"""Finding words everywhere on the board: in questions, drafts, answers and notes.

What is found is what this laptop shows elsewhere too, in the same manner: under the name its writer
chose, with a content note in place of the words it stands before, and nothing that was taken back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ..domain.searching import FoundKind, Term, nearest, terms_of, written
from .desk import Desk
from .ports import UnitOfWork
from .search_hits import Hit, Telling

EVERYTHING = tuple(FoundKind)
MOST_OF_A_KIND = 20
VERSIONS_AT_ONCE = 2
"""Versions of drafts made ready within one search; the rest are made ready beside it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of looking for words.

    Args:
        looked_for: The words as they were understood; "" when none were given.
        hits: What was found, kind by kind, newest first.
        instead: With which fewer words it was found, when all together were nowhere; "" otherwise.
        more: The kinds of which there is more than was asked for.
        waiting: How many drafts and new words are not ready to be searched yet.
    """

    looked_for: str
    hits: tuple[Hit, ...] = ()
    instead: str = ""
    more: frozenset[FoundKind] = field(default_factory=frozenset)
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class WordsFound:
    """Which questions say each of some words.

    Args:
        said: For each word, in lower case, the ids (as text) of the questions that say it, or an
            answer to which does; what has no letter or number is not looked up, so it is not here.
        unread: Ids of the questions whose words are not indexed yet.
    """

    said: Mapping[str, frozenset[str]]
    unread: frozenset[str]


@dataclass(frozen=True)
class Search:
    """Looking for words."""

    desk: Desk

    def find(
        self,
        words: str,
        *,
        kinds: Collection[FoundKind] = EVERYTHING,
        limit: int = MOST_OF_A_KIND,
    ) -> list[Hit]:
        """Return everything in which all words stand, kind by kind, newest first.

        Args:
            words: As typed; words in quotation marks are found side by side.
            kinds: In what to look.
            limit: How many of each kind at most.
        """
        terms = terms_of(words)
        self.get_ready()
        with self.desk.store.unit_of_work() as work:
            return self._hits(work, terms, kinds, limit) if terms else []

    def look_for(
        self,
        words: str,
        *,
        kinds: Collection[FoundKind] = EVERYTHING,
        limit: int = MOST_OF_A_KIND,
    ) -> Found:
        """Look for words; when all together are nowhere, for the nearest to them.

        Args:
            words: As :meth:`find` takes them.
            kinds: In what to look.
            limit: How many of each kind at most.
        """
        terms = terms_of(words)
        if not terms:
            return Found("")
        with self.desk.store.unit_of_work() as work:
            if not work.words.waiting():
                return self._found(work, terms, kinds, limit, waiting=0)
        waiting = self.get_ready()
        with self.desk.store.unit_of_work() as work:
            return self._found(work, terms, kinds, limit, waiting=waiting)

    def _found(
        self,
        work: UnitOfWork,
        terms: tuple[Term, ...],
        kinds: Collection[FoundKind],
        limit: int,
        *,
        waiting: int,
    ) -> Found:
        for each in (terms, *nearest(terms)):
            hits = self._hits(work, each, kinds, limit + 1)
            if hits:
                break
        else:
            return Found(written(terms), waiting=waiting)
        shown: list[Hit] = []
        more = set()
        for kind in FoundKind:
            ours = [hit for hit in hits if hit.kind is kind]
            shown += ours[:limit]
            more |= {kind} if len(ours) > limit else set()
        return Found(
            written(terms),
            tuple(shown),
            instead="" if each == terms else written(each),
            more=frozenset(more),
            waiting=waiting,
        )

    def each_word(self, words: str) -> WordsFound:
        """Return which questions say each of some words, for lists that hold the questions."""
        self.get_ready()
        with self.desk.store.unit_of_work() as work:
            asked = {word: terms_of(word) for word in words.casefold().split()}
            return WordsFound(
                {word: frozenset(work.words.find_questions(t)) for word, t in asked.items() if t},
                frozenset(work.words.unread_questions()),
            )

    def get_ready(self) -> int:
        """Make what is new ready to be searched, a part of it; return how much waits still."""
        with self.desk.store.unit_of_work() as work:
            if not work.words.waiting():
                return 0
        with self.desk.store.unit_of_work() as work:
            work.words.index(most_versions=VERSIONS_AT_ONCE)
            waiting = work.words.waiting()
            work.commit()
        return waiting

    def _hits(
        self, work: UnitOfWork, terms: Sequence[Term], kinds: Collection[FoundKind], limit: int
    ) -> list[Hit]:
        telling = Telling(self.desk, work, terms, limit)
        return [hit for kind in FoundKind if kind in kinds for hit in telling.of(kind)]
