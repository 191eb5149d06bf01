"""The board's word list."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.words import Word, WordId
from ..errors import InputError
from .desk import Desk, keep
from .outcome import Outcome


@dataclass(frozen=True)
class WordList:
    """Hard words, what they mean, and what the board would say instead."""

    desk: Desk

    def all(self) -> list[Word]:
        """Return every word, in alphabetical order."""
        with self.desk.store.unit_of_work() as work:
            return sorted(work.find(Word), key=lambda word: word.term.casefold())

    def propose(self, term: str, *, meaning: str, instead: str = "") -> Outcome[Word]:
        """Add a word; anyone may.

        Raises:
            InputError: The word or its meaning is missing, or it is on the list already.
        """
        if not term.strip() or not meaning.strip():
            raise InputError(
                "A word needs a meaning.", next_step="Write the word and what it means."
            )
        with self.desk.store.unit_of_work() as work:
            if any(w.term.casefold() == term.strip().casefold() for w in work.find(Word)):
                raise InputError(f"“{term.strip()}” is on the list already.")
            word = Word(
                id=WordId(self.desk.new_id()),
                term=term.strip(),
                meaning=meaning.strip(),
                instead=instead.strip(),
                proposed_by=self.desk.store.person,
            )
            keep(work, word)
            return Outcome(word, work.commit())
