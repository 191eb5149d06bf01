"""The board's word list."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.blocks import draft_text_from_bytes
from ..domain.drafts import Draft, DraftVersion, VersionId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.plain_english import DraftCheck, PlainEnglish, check_draft
from ..domain.spaces import space_of
from ..domain.words import Word, WordId
from ..errors import InputError, NotAllowedError
from .desk import Desk, alter, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork


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
        _require_both(term, meaning)
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

    def change(self, word: WordId, *, meaning: str, instead: str = "") -> Outcome[Word]:
        """Explain a word better, or say what the board would put in its place.

        Raises:
            InputError: No meaning is left.
            NotAllowedError: Somebody else proposed it, and this is not a coordinator.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Word, word)
            self._require_mine(work, old)
            _require_both(old.term, meaning)
            new = alter(work, old, meaning=meaning.strip(), instead=instead.strip())
            return Outcome(new, work.commit())

    def take_off(self, word: WordId) -> Outcome[None]:
        """Take a word off the list.

        Raises:
            NotAllowedError: Somebody else proposed it, and this is not a coordinator.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Word, word)
            self._require_mine(work, old)
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            return Outcome(None, work.commit())

    def check(self, version: VersionId, *, lists: PlainEnglish) -> DraftCheck:
        """Return the hard words of a draft that are not on the list, and what it leaves unsaid.

        Args:
            version: Which text.
            lists: What to look for.

        Raises:
            NotFoundError: The version or its text is not here.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(DraftVersion, version)
            kind = work.get(Draft, found.draft).kind
            text = draft_text_from_bytes(work.blob(found.text)).text
            known = [word.term for word in work.find(Word)]
        return check_draft(text, kind=kind, lists=lists, known=known)

    def _require_mine(self, work: UnitOfWork, word: Word) -> None:
        me = self.desk.store.person
        if word.proposed_by != me and me not in coordinators(work):
            raise NotAllowedError(
                f"Somebody else put “{word.term}” on the list.",
                next_step="Ask your coordinator to change it.",
            )


def _require_both(term: str, meaning: str) -> None:
    if not term.strip() or not meaning.strip():
        raise InputError("A word needs a meaning.", next_step="Write the word and what it means.")
