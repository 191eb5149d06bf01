"""Finding a list's words in a draft: whole words, plurals too, by an index of first words.

One pass over the text whatever the length of the list. An alternation of a thousand terms takes
eight times as long (``docs/decisions/0006``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"[^\W_]+(?:['’‘-][^\W_]+)*")
_SHORTEST_PLURAL = 4
_LONGEST_ACRONYM = 6

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """One place where a term of a list stands.

    Args:
        start: First character, in code points.
        end: One past the last.
        term: The term, as the list has it.
    """

    start: int
    end: int
    term: str


class WordFinder:
    """A list of terms, ready to be looked for in any number of texts.

    Args:
        terms: As people write them, one or several words each. A term in capitals ("CBT", "IT")
            is found in capitals only; any other whatever its capitals.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[Key, str]]] = defaultdict(list)
        for term in terms:
            key = tuple(_form(found.group()) for found in _TOKEN.finditer(term))
            if key:
                self._by_first[key[0]].append((key, term))
        for listed in self._by_first.values():
            listed.sort(key=lambda each: -len(each[0]))

    def find(self, text: str) -> list[FoundTerm]:
        """Return every place that has one of the terms, in order; longer terms win, none overlap.

        Args:
            text: Any text; offsets count its code points.
        """
        return list(self._find(text)) if self._by_first else []

    def _find(self, text: str) -> Iterator[FoundTerm]:
        tokens = [(each.start(), each.end(), each.group()) for each in _TOKEN.finditer(text)]
        known: dict[str, str] = {}
        forms = [known.get(w) or known.setdefault(w, _form(w)) for _, _, w in tokens]
        at = 0
        while at < len(tokens):
            found = self._starting_at(at, forms)
            if found is None:
                at += 1
                continue
            length, term = found
            yield FoundTerm(tokens[at][0], tokens[at + length - 1][1], term)
            at += length

    def _starting_at(self, at: int, forms: list[str]) -> tuple[int, str] | None:
        for key, term in self._by_first.get(forms[at], ()):
            if tuple(forms[at : at + len(key)]) == key:
                return len(key), term
        return None


def is_acronym(word: str) -> bool:
    """Return whether a word is written in capitals: "CBT", "PCREF", "RCTs".

    >>> is_acronym("CBT"), is_acronym("RCTs"), is_acronym("I"), is_acronym("Hull")
    (True, True, False, False)
    """
    bare = word[:-1] if word.endswith("s") and len(word) > 2 else word
    return 2 <= len(bare) <= _LONGEST_ACRONYM and bare.isalpha() and bare.isupper()


def _form(word: str) -> str:
    """Return a word as it is compared: without capitals and plural endings, but for acronyms."""
    if is_acronym(word):
        return word[:-1] if word.endswith("s") else word
    plain = word.replace("’", "'").replace("‘", "'").casefold()
    plain = plain.removesuffix("'s").removesuffix("'")
    if len(plain) < _SHORTEST_PLURAL or plain.endswith(("ss", "us", "is")):
        return plain
    if plain.endswith("ies") and len(plain) > _SHORTEST_PLURAL:
        return plain[:-3] + "y"
    if plain.endswith(("ches", "shes", "sses", "xes", "zes")):
        return plain[:-2]
    return plain.removesuffix("s")
