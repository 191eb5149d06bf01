"""Everything that was coded and may be seen now, with where it stands.

Read from the board in one go. Left out, though it stays in the log: what was coded in a note whose
author has not agreed, or agrees no longer; in a quote without consent; and in words that have since
been taken back or reworded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..domain.annotations import KIND_WORDS, Annotation, AnnotationId, Visibility
from ..domain.attribution import may_be_shown, shown_as
from ..domain.code_tree import CodeTree
from ..domain.codebook import Code, Coding, CodingConsent, ParticipantQuote
from ..domain.coded_places import words_at
from ..domain.coding_consent import has_agreed
from ..domain.coding_counts import DRAFT, QUOTE, Counted
from ..domain.drafts import Draft, DraftVersion, VersionId
from ..domain.people import Person, PersonId, nobody_named
from ..domain.projects import ProjectId, SiteId
from ..domain.questions import Question
from .codebook import tree_in
from .desk import Desk
from .naming import names_of
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """One coding that may be seen, and what it stands in.

    Args:
        coding: The coding.
        code: What its code counts as now.
        words: The words it covers.
        sort: ``DRAFT``, ``QUOTE`` or the value of a note's kind.
        project: Whose project the text belongs to.
        where: The text, in words for a list.
        site: The place it concerns, where that is known.
        version: The draft version it can be shown in.
        speaker: Whose words they are; ``None`` for a draft's own.
    """

    coding: Coding
    code: Code
    words: str
    sort: str
    project: ProjectId | None
    where: str
    site: SiteId | None = None
    version: VersionId | None = None
    speaker: object | None = None

    def counted(self) -> Counted:
        """Return it as counting sees it."""
        return Counted(self.code.id, self.sort, self.site, self.speaker)


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A member's note that may be coded.

    Args:
        note: The note.
        project: The project its author agreed for.
        author: Its author, as they are named to others.
        draft: The title of the draft it is about.
        site: The place it concerns, where that is known.
    """

    note: Annotation
    project: ProjectId
    author: str
    draft: str
    site: SiteId | None = None


class CodingShelf:
    """Everything that coding stands on, read once.

    Args:
        desk: The open board.
        work: The unit of work to read in.
    """

    def __init__(self, desk: Desk, work: UnitOfWork) -> None:
        self._desk, self._work = desk, work
        self._word = desk.board(work).member_word
        self.tree: CodeTree = tree_in(work)
        self.codings = work.find(Coding)
        self.people = {person.id: person for person in work.find(Person)}
        self.versions = {version.id: version for version in work.find(DraftVersion)}
        self.drafts = {draft.id: draft for draft in work.find(Draft)}
        self.quotes = {quote.id: quote for quote in work.find(ParticipantQuote)}
        self._consents = work.find(CodingConsent)

    @cached_property
    def notes(self) -> dict[AnnotationId, Annotation]:
        """Every note that is still there, by id."""
        return {note.id: note for note in self._work.find(Annotation)}

    @cached_property
    def _sites(self) -> dict[AnnotationId, SiteId | None]:
        asked = self._work.find(Question)
        return {question.annotation: question.site for question in asked if question.annotation}

    def draft_of(self, version: VersionId) -> Draft | None:
        """Return the draft that a version belongs to."""
        found = self.versions.get(version)
        return self.drafts.get(found.draft) if found else None

    def title_of(self, version: VersionId) -> str:
        """Return how a version is named in a list."""
        found, draft = self.versions.get(version), self.draft_of(version)
        return f"{draft.title}, version {found.number}" if found and draft else "A draft"

    def has_agreed(self, person: PersonId, project: ProjectId) -> bool:
        """Return whether a member agreed that their notes are coded for a project."""
        return has_agreed(self._consents, person=person, project=project)

    @cached_property
    def _names(self) -> dict[AnnotationId, str]:
        return names_of(self._desk, self._work, list(self.notes.values()))

    def writer_of(self, note: Annotation) -> str:
        """Return how a note's writer is named, as they chose for it, in words that follow "by"."""
        named, nobody = self._names[note.id], nobody_named(self._word)
        return nobody[:1].lower() + nobody[1:] if named == nobody else named

    def open_notes(self) -> Iterator[OpenNote]:
        """Yield the notes that may be coded, in the order they were written."""
        for note in self.notes.values():
            draft = self.draft_of(note.version)
            if draft is not None and self._is_open(note, draft.project):
                yield OpenNote(
                    note,
                    draft.project,
                    self.writer_of(note),
                    self.title_of(note.version),
                    self._sites.get(note.id),
                )

    def _is_open(self, note: Annotation, project: ProjectId) -> bool:
        kept_private = note.visibility is Visibility.ONLY_ME
        return not kept_private and bool(note.body) and self.has_agreed(note.author, project)

    def passages(self) -> Iterator[CodedPassage]:
        """Yield every coding that may be seen now, in the order they were made."""
        for coding in self.codings:
            found = self._seen(coding)
            if found is not None:
                yield found

    def _seen(self, coding: Coding) -> CodedPassage | None:
        code = self.tree.by_id.get(self.tree.stands_for(coding.code))
        if code is None or coding.passage is None:
            return None
        if coding.version is not None:
            return self._in_draft(coding, code, coding.version)
        if coding.annotation is not None:
            return self._in_note(coding, code, coding.annotation)
        return self._in_quote(coding, code)

    def _in_draft(self, coding: Coding, code: Code, version: VersionId) -> CodedPassage | None:
        draft = self.draft_of(version)
        if draft is None or coding.passage is None:
            return None
        return CodedPassage(
            coding,
            code,
            coding.passage.quote,
            DRAFT,
            draft.project,
            self.title_of(version),
            version=version,
        )

    def _in_note(self, coding: Coding, code: Code, which: AnnotationId) -> CodedPassage | None:
        note = self.notes.get(which)
        draft = self.draft_of(note.version) if note else None
        if note is None or draft is None or not self._is_open(note, draft.project):
            return None
        words = words_at(coding, note.body)
        if not words:
            return None
        said = f"{KIND_WORDS[note.kind]} by {self.writer_of(note)}"
        return CodedPassage(
            coding,
            code,
            words,
            note.kind.value,
            draft.project,
            f"{said}, on {self.title_of(note.version)}",
            self._sites.get(note.id),
            note.version,
            note.author,
        )

    def _in_quote(self, coding: Coding, code: Code) -> CodedPassage | None:
        quote = self.quotes.get(coding.quote) if coding.quote else None
        if quote is None or not may_be_shown(quote):
            return None
        words = words_at(coding, quote.body)
        if not words:
            return None
        speaker = (quote.project, quote.participant or quote.id)
        shown = shown_as(quote)
        where = f"A participant's words ({shown})" if shown else "A participant's words"
        return CodedPassage(
            coding, code, words, QUOTE, quote.project, where, quote.site, speaker=speaker
        )
