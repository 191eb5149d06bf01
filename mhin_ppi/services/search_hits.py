"""Telling what was found: whose it is, where it stands, and only what may be read there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from ..domain.annotations import KIND_WORDS, Annotation
from ..domain.drafts import Draft, DraftId, DraftVersion, ReviewRound, VersionId
from ..domain.people import Board, Credit, Person, PersonId, credited_as, nobody_named
from ..domain.projects import Project
from ..domain.questions import QuestionId
from ..domain.responses import DECISION_WORDS, Response
from ..domain.searching import FoundKind, Match, QuestionMatch, Term, excerpt
from .carried import Carrying
from .desk import Desk
from .naming import names_of
from .ports import UnitOfWork
from .quoted_warnings import warnings_in

Noun = TypeVar("Noun")
_ROOM_FOR_OLDER = 3
"""So many times more paragraphs are looked for when older versions took the room of newer ones."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something in which words were found.

    Args:
        kind: What it is.
        identity: Of the question, answer, note or draft; of the version for words in a draft.
        about: Whose it is or where it stands, in a few words.
        excerpt: The words around, on one line; a content note where one stands before them.
        marks: Where the found words stand in the excerpt: start in, end out, in code points.
        question: The question it leads to.
        draft: The draft it is in.
        version: The version it is in.
        span: The place in that version's text, in code points, where there is one.
        is_kept_back: Whether a content note stands in place of the words.
    """

    kind: FoundKind
    identity: UUID
    about: str
    excerpt: str
    marks: tuple[tuple[int, int], ...] = ()
    question: QuestionId | None = None
    draft: DraftId | None = None
    version: VersionId | None = None
    span: tuple[int, int] | None = None
    is_kept_back: bool = False


class Telling:
    """Tells of what was found within one unit of work.

    Args:
        desk: The open board.
        work: The unit of work.
        terms: What was looked for.
        most: How many of each kind at most.
    """

    def __init__(self, desk: Desk, work: UnitOfWork, terms: Sequence[Term], most: int) -> None:
        self._desk, self._me = desk, desk.store.person
        self._work, self._terms, self._most = work, terms, most
        self._kept: defaultdict[type[Any], dict[Any, Any]] = defaultdict(dict)

    def of(self, kind: FoundKind) -> list[Hit]:
        """Return what was found in one kind of thing, newest first."""
        if kind is FoundKind.QUESTION:
            return self._questions(self._work.words.tell_questions(self._terms, most=self._most))
        found = self._work.words.find(kind, self._terms, most=self._most)
        if kind is FoundKind.ANSWER:
            return [self._answer(one) for one in self._nouns(Response, found)]
        if kind is FoundKind.NOTE:
            return self._notes(self._nouns(Annotation, found))
        return [*self._titles(self._nouns(Draft, found)), *self._passages()][: self._most]

    # -- each kind -------------------------------------------------------------------------------

    def _questions(self, questions: Sequence[QuestionMatch]) -> list[Hit]:
        self._load_people(question.asker for question in questions)
        return [self._question(question) for question in questions]

    def _question(self, question: QuestionMatch) -> Hit:
        cut = excerpt(question.body, self._terms)
        about = _joined(
            # What a coordinator put to the board is the team's question.
            question.team or self._name(PersonId(question.asker), question.credit),
            KIND_WORDS[question.kind],
            question.project,
        )
        identity = QuestionId(question.identity)
        return Hit(FoundKind.QUESTION, identity, about, cut.words, cut.marks, question=identity)

    def _answer(self, answer: Response) -> Hit:
        cut = excerpt("\n".join(filter(None, (answer.body, answer.reason))), self._terms)
        about = _joined(answer.decided_by, DECISION_WORDS[answer.decision])
        return Hit(
            FoundKind.ANSWER, answer.id, about, cut.words, cut.marks, question=answer.question
        )

    def _notes(self, notes: Sequence[Annotation]) -> list[Hit]:
        names = names_of(self._desk, self._work, notes) if notes else {}
        self._load(Annotation, (note.reply_to for note in notes))
        self._load_versions(note.version for note in notes)
        return [self._note(note, names[note.id]) for note in notes]

    def _note(self, note: Annotation, name: str) -> Hit:
        version = self._known(DraftVersion, note.version)
        parent = self._known(Annotation, note.reply_to)
        passage = note.passage or (parent.passage if parent else None)
        cut = excerpt(note.body, self._terms)
        about = _joined(
            name if note.written_by or note.author != self._me else "You",
            KIND_WORDS[note.kind],
            self._place(version),
        )
        return Hit(
            FoundKind.NOTE,
            note.id,
            about,
            cut.words,
            cut.marks,
            draft=version.draft if version else None,
            version=note.version,
            span=(passage.start, passage.end) if passage else None,
        )

    def _titles(self, drafts: Sequence[Draft]) -> list[Hit]:
        self._load(Project, (draft.project for draft in drafts))
        newest: dict[DraftId, DraftVersion] = {}
        versions = self._some(DraftVersion, (draft.id for draft in drafts), by="draft")
        for one in sorted(versions, key=lambda version: version.number):
            newest[one.draft] = one
        found = []
        for draft in drafts:
            project = self._known(Project, draft.project)
            if draft.id in newest and project is not None:
                cut = excerpt(draft.title, self._terms)
                found.append(
                    Hit(
                        FoundKind.DRAFT,
                        draft.id,
                        _joined("Draft", project.title),
                        cut.words,
                        cut.marks,
                        draft=draft.id,
                        version=newest[draft.id].id,
                    )
                )
        return found

    def _passages(self) -> list[Hit]:
        """Return the words found in drafts, each draft's in the newest version that has them."""
        newest: list[Match] = []
        for most in (self._most, _ROOM_FOR_OLDER * self._most):
            here = self._work.words.find_in_drafts(self._terms, most=most)
            newest = _of_newest_versions(here)[: self._most]
            if len(newest) == self._most or len(here) < most:
                break
        ids = {VersionId(match.identity) for match in newest}
        touches = self._touches(ids)
        warnings = warnings_in(self._desk, Carrying(self._desk), ids)
        found = []
        for match in newest:
            version, start = VersionId(match.identity), match.start or 0
            notes = warnings.on(version, start, start + len(match.words))
            found.append(self._passage(match, touches.get(version), [n.body for n in notes]))
        return found

    def _passage(
        self,
        match: Match,
        touches: str | None,
        warned: Sequence[str],
    ) -> Hit:
        """Return words of a draft, or what is said in place of them."""
        start = match.start or 0
        end = start + len(match.words)
        version = VersionId(match.identity)
        draft = DraftId(match.draft) if match.draft else None
        about = f"{match.title}, version {match.number}"
        if touches or warned:
            return Hit(
                FoundKind.DRAFT,
                version,
                about,
                _kept_back(touches, warned),
                draft=draft,
                version=version,
                span=(start, end),
                is_kept_back=True,
            )
        cut = excerpt(match.words, self._terms)
        return Hit(
            FoundKind.DRAFT,
            version,
            about,
            cut.words,
            cut.marks,
            draft=draft,
            version=version,
            span=(start + cut.start, start + max(cut.end, cut.start + 1)),
        )

    # -- what hits are told with -----------------------------------------------------------------

    @cached_property
    def _board(self) -> Board:
        return self._work.find(Board)[0]

    def _load(self, noun: type[Any], wanted: Iterable[UUID | None]) -> None:
        """Read nouns that hits are told with, all of a kind at once and each only once."""
        kept = self._kept[noun]
        missing = {one for one in wanted if one is not None and one not in kept}
        kept.update((one.id, one) for one in self._some(noun, missing))

    def _load_people(self, wanted: Iterable[UUID]) -> None:
        self._load(Person, (one for one in wanted if one != self._me))

    def _load_versions(self, wanted: Iterable[VersionId | UUID]) -> None:
        self._load(DraftVersion, wanted)
        self._load(Draft, (version.draft for version in self._kept[DraftVersion].values()))

    def _known(self, noun: type[Noun], identity: UUID | None) -> Noun | None:
        found: Noun | None = self._kept[noun].get(identity)
        return found

    def _name(self, person: PersonId, choice: Credit | None) -> str:
        if person == self._me:
            return "You"
        known, word = self._known(Person, person), self._board.member_word
        if known is None:
            return nobody_named(word)
        return credited_as(known, choice=choice, member_word=word)

    def _place(self, version: DraftVersion | None) -> str:
        draft = self._known(Draft, version.draft) if version else None
        return f"{draft.title}, version {version.number}" if draft and version else ""

    def _touches(self, versions: set[VersionId]) -> dict[VersionId, str]:
        """Return what versions touch on, for those that say so to this person before they open."""
        rounds = self._some(ReviewRound, versions, by="version")
        newest = {one.version: one for one in rounds if self._me in one.invited}
        return {version: one.content_note for version, one in newest.items() if one.content_note}

    def _some(self, noun: type[Noun], wanted: Iterable[Any], *, by: str = "id") -> list[Noun]:
        values = tuple(wanted)
        return self._work.find(noun, **{by: values}) if values else []

    def _nouns(self, noun: type[Noun], matches: Sequence[Match]) -> list[Noun]:
        """Return the nouns that were found, in the order found."""
        known: dict[UUID, Any] = {
            one.id: one  # type: ignore[attr-defined]
            for one in self._some(noun, [match.identity for match in matches])
        }
        return [known[match.identity] for match in matches if match.identity in known]


def _of_newest_versions(matches: Sequence[Match]) -> list[Match]:
    """Return the paragraphs of the newest version of each draft, in the order found."""
    numbers: dict[UUID | None, int] = {}
    for match in matches:
        numbers[match.draft] = max(match.number, numbers.get(match.draft, 0))
    return [match for match in matches if match.number == numbers[match.draft]]


def _kept_back(touches: str | None, warned: Sequence[str]) -> str:
    """Return what stands in place of words that begin folded, or whose draft opens with a note."""
    if touches:
        return f"This draft touches on: {touches}"
    said = "; ".join(dict.fromkeys(filter(None, warned)))
    return f"This part touches on: {said}" if said else "A content note stands before this part."


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
