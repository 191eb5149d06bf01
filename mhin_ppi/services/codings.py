"""Coding: putting a code on words of a draft, of a note that may be coded, or of a quote."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from ..domain.annotations import Annotation, AnnotationId, Visibility
from ..domain.attribution import may_be_shown
from ..domain.blocks import draft_text_from_bytes
from ..domain.code_tree import CodeTree
from ..domain.codebook import (
    CodeId,
    Coding,
    CodingConsent,
    CodingId,
    ParticipantQuote,
    QuoteId,
)
from ..domain.coded_places import place_only
from ..domain.coding_consent import has_agreed
from ..domain.coding_counts import Counts, count_codings
from ..domain.drafts import Draft, DraftVersion, VersionId
from ..domain.facts import entity_of
from ..domain.log import SetOp
from ..domain.passages import Passage, passage_in
from ..domain.people import Role
from ..domain.projects import ProjectId
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .codebook import offered
from .coded_passages import CodedPassage, CodingShelf, OpenNote
from .coders import require_coder
from .desk import Desk, keep
from .outcome import Outcome
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Coded:
    """Everything coded that may be seen, and how often.

    Args:
        tree: The codebook.
        passages: In the order they were coded.
        counts: Of those passages.
    """

    tree: CodeTree
    passages: tuple[CodedPassage, ...]
    counts: Counts


@dataclass(frozen=True)
class Codings:
    """What was coded. A peer researcher sees their own; a coordinator everybody's."""

    desk: Desk

    def on(self, version: VersionId) -> list[CodedPassage]:
        """Return what was coded in a draft's own words, in reading order.

        Raises:
            NotAllowedError: Only peer researchers and coordinators work with codes.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="see what was coded")
            found = [p for p in CodingShelf(self.desk, work).passages() if p.version == version]
        drafts = [p for p in found if p.coding.version == version]
        return sorted(drafts, key=lambda p: p.coding.passage.start if p.coding.passage else 0)

    def all(self, project: ProjectId | None = None) -> Coded:
        """Return everything coded that may be seen now.

        Args:
            project: In texts of one project; ``None`` for all.

        Raises:
            NotAllowedError: Only peer researchers and coordinators work with codes.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="see what was coded")
            shelf = CodingShelf(self.desk, work)
            found = tuple(p for p in shelf.passages() if project in (None, p.project))
        counts = count_codings((p.counted() for p in found), shelf.tree)
        return Coded(shelf.tree, found, counts)

    def open_notes(self, project: ProjectId | None = None) -> list[OpenNote]:
        """Return the members' notes that may be coded: those whose author agreed.

        Raises:
            NotAllowedError: Only peer researchers and coordinators work with codes.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="see members' notes for analysis")
            notes = list(CodingShelf(self.desk, work).open_notes())
        return [note for note in notes if project in (None, note.project)]

    def code_draft(
        self, code: CodeId, version: VersionId, span: tuple[int, int]
    ) -> Outcome[Coding]:
        """Put a code on words of a draft.

        Args:
            code: Which code.
            version: Which text.
            span: Start and end, in code points of the draft's text.

        Raises:
            NotAllowedError: Only peer researchers and coordinators code.
            InputError: No words are marked, they have the code already, or it is not offered here.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="code a passage")
            found = work.get(DraftVersion, version)
            offered(work, code, project=work.get(Draft, found.draft).project)
            text = draft_text_from_bytes(work.blob(found.text)).text
            coding = self._coding(code, version=version)
            return self._keep(work, coding, passage=passage_in(text, *span))

    def code_note(self, code: CodeId, note: AnnotationId, span: tuple[int, int]) -> Outcome[Coding]:
        """Put a code on words of a member's note, only where that member agreed.

        Raises:
            NotAllowedError: They have not agreed for this project, or the note is theirs alone.
            InputError: As for :meth:`code_draft`.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="code a passage")
            found = work.get(Annotation, note)
            project = work.get(Draft, work.get(DraftVersion, found.version).draft).project
            said = work.find(CodingConsent, person=found.author, project=project)
            if not has_agreed(said, person=found.author, project=project):
                raise NotAllowedError(
                    "Whoever wrote this note has not agreed that their notes are used in the "
                    "analysis of this project.",
                    next_step="It is theirs to decide, on their own page. You can code the draft.",
                )
            if found.visibility is Visibility.ONLY_ME:
                raise NotAllowedError("This note is kept to just one person; it is not coded.")
            offered(work, code, project=project)
            coding = self._coding(code, annotation=note)
            place = place_only(found.body, *span, coding=coding.id)
            return self._keep(work, coding, passage=place)

    def code_quote(self, code: CodeId, quote: QuoteId, span: tuple[int, int]) -> Outcome[Coding]:
        """Put a code on words of a participant's quote.

        Raises:
            NotAllowedError: The participant's consent is not on record.
            InputError: As for :meth:`code_draft`.
        """
        with self.desk.store.unit_of_work() as work:
            require_coder(self.desk, work, doing="code a passage")
            found = work.get(ParticipantQuote, quote)
            if not may_be_shown(found):
                raise NotAllowedError(
                    "The participant's consent to be quoted is not on record here.",
                    next_step="Record it with the quote, then code it.",
                )
            offered(work, code, project=found.project)
            coding = self._coding(code, quote=quote)
            place = place_only(found.body, *span, coding=coding.id)
            return self._keep(work, coding, passage=place)

    def remove(self, coding: CodingId) -> Outcome[Coding]:
        """Take a coding away; the log keeps that it was there.

        Raises:
            NotAllowedError: It is somebody else's, and this is not a coordinator.
        """
        with self.desk.store.unit_of_work() as work:
            me = require_coder(self.desk, work, doing="take a code off")
            old = work.get(Coding, coding)
            if old.coder != me.id and not me.has(Role.COORDINATOR):
                raise NotAllowedError("Somebody else put this code here.")
            work.record(space_of(old), [SetOp(entity_of(old), "gone", True)])
            return Outcome(old, work.commit())

    def _coding(
        self,
        code: CodeId,
        *,
        version: VersionId | None = None,
        annotation: AnnotationId | None = None,
        quote: QuoteId | None = None,
    ) -> Coding:
        return Coding(
            id=CodingId(self.desk.new_id()),
            code=code,
            coder=self.desk.store.person,
            version=version,
            annotation=annotation,
            quote=quote,
            made_at=self.desk.now(),
        )

    def _keep(self, work: UnitOfWork, coding: Coding, *, passage: Passage) -> Outcome[Coding]:
        new = dataclasses.replace(coding, passage=passage)
        alike = work.find(
            Coding,
            code=new.code,
            coder=new.coder,
            version=new.version,
            annotation=new.annotation,
            quote=new.quote,
        )
        for old in alike:
            here = (old.passage.start, old.passage.end) if old.passage else None
            if here == (passage.start, passage.end):
                raise InputError("These words have this code already.")
        keep(work, new)
        return Outcome(new, work.commit())
