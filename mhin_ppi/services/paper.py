"""A draft on paper, and the replies that come back on paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from ..domain.annotations import AnnotationKind, Visibility, guiding_tag
from ..domain.blocks import DraftText, draft_text_from_bytes
from ..domain.catalogue_entries import SupportContacts
from ..domain.content_notes import ContentNote
from ..domain.drafts import Draft, DraftVersion, ReviewRound, VersionId
from ..domain.paper import numbers_from, paragraph_numbers, question_from, range_words
from ..domain.paper_content import PaperDraft, PassageNote
from ..domain.people import Credit, Person, PersonId
from ..domain.projects import Project
from .annotations import Annotations, Noted
from .carried import Carrying
from .carried_warnings import Warnings, warnings_on
from .desk import COORDINATING, Desk
from .outcome import Outcome
from .ports import Progress, StopWanted, UnitOfWork

UNSAID = "Something that may be hard to read."
"""Said where a content note has no words of its own."""


class Contacts(Protocol):
    """Where the people to turn to are listed."""

    @property
    def contacts(self) -> SupportContacts:
        """Who to call for support."""


@dataclass(frozen=True)
class Paper:
    """Drafts printed for people without a laptop, and their replies typed in.

    Args:
        desk: The open board.
        catalogues: Hold the people to turn to.
    """

    desk: Desk
    catalogues: Contacts

    def content(self, version: VersionId, *, large_print: bool = False) -> PaperDraft:
        """Return what a version says on paper, with the newest request to read it.

        Args:
            version: Which.
            large_print: Letters of 18 points instead of 12.

        Raises:
            NotFoundError: It is not on this board, or its file is not here yet.
        """
        warnings = warnings_on(self.desk, Carrying(self.desk), version)
        with self.desk.store.unit_of_work() as work:
            found = work.get(DraftVersion, version)
            draft = work.get(Draft, found.draft)
            asked = work.find(ReviewRound, version=version)
            text = _text(work, found, pictures=True)
            content = PaperDraft(
                title=draft.title,
                version=found.number,
                project=work.get(Project, draft.project).title,
                board_name=self.desk.board(work).name,
                coordinator=_coordinator(work),
                draft=text,
                passage_notes=_passage_notes(warnings.placed, text),
                content_note=_touches_on("", warnings),
                contacts=self.catalogues.contacts,
                made_on=self.desk.today(),
                large_print=large_print,
            )
        return _as_asked(content, asked[-1], warnings) if asked else content

    def sheet(
        self,
        version: VersionId,
        *,
        large_print: bool = False,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return a version as a tagged PDF to print: numbers in the margin, slips to answer on.

        Args:
            version: Which.
            large_print: Letters of 18 points instead of 12.
            progress: Told how far it is.
            stop_wanted: Asked whether to stop.

        Raises:
            NotFoundError: It is not on this board, or its file is not here yet.
            ReportError: It could not be drawn.
            Stopped: The person pressed Stop.
        """
        content = self.content(version, large_print=large_print)
        return self.draw(content, progress=progress, stop_wanted=stop_wanted)

    def draw(
        self,
        content: PaperDraft,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> bytes:
        """Return what has been gathered as a tagged PDF; the board is not touched.

        Raises:
            ReportError: It could not be drawn.
            Stopped: The person pressed Stop.
        """
        return self.desk.writer.paper_pdf(content, progress=progress, stop_wanted=stop_wanted)

    def draft(self, version: VersionId) -> DraftText:
        """Return a version's text without its pictures: what its numbers are counted in.

        Raises:
            NotFoundError: It is not on this board, or its file is not here yet.
        """
        with self.desk.store.unit_of_work() as work:
            return _text(work, work.get(DraftVersion, version), pictures=False)

    def guiding_questions(self, version: VersionId) -> tuple[str, ...]:
        """Return the guiding questions printed with a version: those of the newest request."""
        with self.desk.store.unit_of_work() as work:
            asked = work.find(ReviewRound, version=version)
            return asked[-1].guiding_questions if asked else ()

    def enter_reply(
        self,
        version: VersionId,
        *,
        number_words: str,
        kind: AnnotationKind,
        body: str,
        person: PersonId,
        visibility: Visibility = Visibility.BOARD,
        credit: Credit | None = None,
    ) -> Outcome[Noted]:
        """Write down what a person said on a slip, under their name, at the same numbers.

        A note stands in one place. When a slip names several that do not touch, it stands at the
        first, and a short label names the others: one thing said is one question.

        Args:
            version: The version that was printed.
            number_words: What stands after "About paragraph no."; the letter of a guiding question;
                nothing for the whole draft.
            kind: What the words do.
            body: The words.
            person: Whose they are.
            visibility: Who sees them.
            credit: How the person appears here; ``None`` for their usual choice.

        Raises:
            InputError: No words, too many, or no paragraph with such a number.
            NotAllowedError: Only a coordinator types in for others.
            NotFoundError: The version or the person is not on this board.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="type in replies")
        numbers = paragraph_numbers(self.draft(version))
        asked = question_from(number_words, count=len(self.guiding_questions(version)))
        ranges = () if asked else numbers_from(number_words, numbers)
        tags = [f"also paragraph {range_words([one])}" for one in ranges[1:]]
        if asked:
            tags.append(guiding_tag(asked))
        return Annotations(self.desk).annotate(
            version,
            kind=kind,
            body=body,
            span=numbers.span(ranges[0]) if ranges else None,
            visibility=visibility,
            tags=tags,
            credit=credit,
            on_behalf_of=person,
        )


def _as_asked(content: PaperDraft, request: ReviewRound, warnings: Warnings) -> PaperDraft:
    return replace(
        content,
        due_on=request.due_on,
        minutes=request.minutes,
        content_note=_touches_on(request.content_note, warnings),
        guiding_questions=request.guiding_questions,
    )


def _touches_on(asked: str, warnings: Warnings) -> str:
    """Return what the whole draft touches on; a content note without a sure part is for all."""
    said = dict.fromkeys([asked, *(note.body for note in warnings.unplaced)])
    return "; ".join(words for words in said if words)


def _text(work: UnitOfWork, version: DraftVersion, *, pictures: bool) -> DraftText:
    images: Mapping[str, bytes] = {}
    if pictures:
        images = {str(one): work.blob(one) for one in version.images}
    return draft_text_from_bytes(work.blob(version.text), images=images)


def _passage_notes(notes: Iterable[ContentNote], text: DraftText) -> tuple[PassageNote, ...]:
    """Return content notes in reading order, each with the blocks it stands before."""
    placed = sorted(notes, key=lambda note: note.passage.start)
    return tuple(
        PassageNote(
            note.body or UNSAID,
            text.block_at(note.passage.start),
            text.block_at(note.passage.end - 1),
        )
        for note in placed
        if note.passage is not None
    )


def _coordinator(work: UnitOfWork) -> str:
    """Return who coordinates, by name, as paper goes to people who may not know them."""
    people = [p for p in work.find(Person) if p.has(*COORDINATING) and not p.left_on]
    if not people:
        return "the coordinator"
    names = " and ".join(person.name for person in people)
    return f"{names}, the coordinator" if len(people) == 1 else f"{names}, the coordinators"
