"""Content notes on passages: written by anyone, taken away by their writer or a coordinator."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..domain.blocks import draft_text_from_bytes
from ..domain.content_notes import ContentNote, ContentNoteId
from ..domain.drafts import DraftVersion, VersionId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.passages import passage_in
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .carried import Carrying
from .carried_warnings import Warnings, warnings_on
from .desk import Desk, alter, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork
from .quoted_warnings import QuotedWarnings, quoted_warnings
from .stories import Story

LONGEST_NOTE = 200
"""Characters: a content note is a few words, read before what it warns of."""


@dataclass(frozen=True)
class ContentNotes:
    """What parts of drafts touch on."""

    desk: Desk
    carried: Carrying

    def on(self, version: VersionId) -> list[ContentNote]:
        """Return the content notes with a part in a version, in reading order."""
        return list(self.all_on(version).placed)

    def all_on(self, version: VersionId) -> Warnings:
        """Return what parts of a version touch on, those whose part is not certain apart.

        Raises:
            NotFoundError: The version is not on this board.
        """
        return warnings_on(self.desk, self.carried, version)

    def written_on(self, versions: Collection[VersionId]) -> list[ContentNote]:
        """Return the content notes that were written on certain versions themselves."""
        with self.desk.store.unit_of_work() as work:
            return work.find(ContentNote, version=list(versions)) if versions else []

    def before_quotes(self, stories: Iterable[Story]) -> QuotedWarnings:
        """Return what is said before the passages that stories of questions quote."""
        return quoted_warnings(self.desk, self.carried, stories)

    def may_change(self, note: ContentNote) -> bool:
        """Return whether the person at the laptop may change a note or take it away."""
        with self.desk.store.unit_of_work() as work:
            return self._is_theirs(work, note)

    def add(self, version: VersionId, *, span: tuple[int, int], body: str) -> Outcome[ContentNote]:
        """Say what a passage touches on; anyone may.

        Args:
            version: Which text.
            span: The part marked, in code points.
            body: What it touches on, 1 to 200 characters.

        Raises:
            InputError: Nothing is written, too much is, or no words are marked.
            NotFoundError: The version is not on this board.
        """
        words = _checked(body)
        with self.desk.store.unit_of_work() as work:
            found = work.get(DraftVersion, version)
            text = draft_text_from_bytes(work.blob(found.text)).text
            note = ContentNote(
                id=ContentNoteId(self.desk.new_id()),
                version=version,
                passage=passage_in(text, *span),
                body=words,
                written_by=self.desk.store.person,
            )
            keep(work, note)
            return Outcome(note, work.commit())

    def change(self, note: ContentNoteId, *, body: str) -> Outcome[ContentNote]:
        """Say otherwise what a passage touches on.

        Raises:
            InputError: Nothing is written, or too much.
            NotAllowedError: It is somebody else's, and the person does not coordinate.
            NotFoundError: It has been taken away.
        """
        words = _checked(body)
        with self.desk.store.unit_of_work() as work:
            old = self._theirs(work, note)
            return Outcome(alter(work, old, body=words), work.commit())

    def take_away(self, note: ContentNoteId) -> Outcome[None]:
        """Take a content note away: the passage is no longer folded for anyone.

        Raises:
            NotAllowedError: It is somebody else's, and the person does not coordinate.
            NotFoundError: It has been taken away.
        """
        with self.desk.store.unit_of_work() as work:
            old = self._theirs(work, note)
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            work.forget(ContentNote, note)
            return Outcome(None, work.commit())

    def _theirs(self, work: UnitOfWork, note: ContentNoteId) -> ContentNote:
        found = work.get(ContentNote, note)
        if not self._is_theirs(work, found):
            raise NotAllowedError(
                "Somebody else wrote this content note.",
                next_step="Ask your coordinator to change it.",
            )
        return found

    def _is_theirs(self, work: UnitOfWork, note: ContentNote) -> bool:
        me = self.desk.store.person
        return note.written_by == me or me in coordinators(work)


def _checked(body: str) -> str:
    words = " ".join(body.split())
    if not words:
        raise InputError(
            "Nothing is written yet.", next_step="Write what this part touches on, then save."
        )
    if len(words) > LONGEST_NOTE:
        raise InputError(
            f"This is {len(words):,} characters long; a content note holds {LONGEST_NOTE}.",
            what_is_safe="What you wrote is still in the box.",
            next_step="Say it in a few words, without the details.",
        )
    return words
