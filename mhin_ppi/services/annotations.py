"""Notes on a draft: writing them, changing them, taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ..domain.annotations import (
    Annotation,
    AnnotationId,
    AnnotationKind,
    Visibility,
    is_owed_an_answer,
)
from ..domain.blocks import draft_text_from_bytes
from ..domain.drafts import Draft, DraftVersion, VersionId
from ..domain.log import SetOp, entity_name
from ..domain.passages import passage_in
from ..domain.people import Credit, PersonId
from ..domain.projects import SiteId
from ..domain.questions import Question, QuestionId, StepKind, check_step, fate_of
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .desk import Desk, alter, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork
from .steps import blank_words, forget_words, write_step

LONGEST_BODY = 20_000
"""Characters in one note: about eight pages; longer belongs in a file of its own."""


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, and the question it is.

    Args:
        annotation: The note.
        question: The question that the board now tracks; ``None`` for *what works* and *only me*.
    """

    annotation: Annotation
    question: Question | None


@dataclass(frozen=True)
class Annotations:
    """Notes on drafts."""

    desk: Desk

    def on(self, version: VersionId) -> list[Noted]:
        """Return the notes on a version that this person may see, in reading order."""
        with self.desk.store.unit_of_work() as work:
            questions = {q.annotation: q for q in work.find(Question) if q.annotation}
            notes = work.find(Annotation, version=version)
        placed = sorted(notes, key=lambda note: note.passage.start if note.passage else -1)
        return [Noted(note, questions.get(note.id)) for note in placed]

    def annotate(
        self,
        version: VersionId,
        *,
        kind: AnnotationKind,
        body: str,
        span: tuple[int, int] | None = None,
        visibility: Visibility = Visibility.BOARD,
        tags: Iterable[str] = (),
        site: SiteId | None = None,
        credit: Credit | None = None,
        reply_to: AnnotationId | None = None,
        on_behalf_of: PersonId | None = None,
    ) -> Outcome[Noted]:
        """Write a note; unless it is *what works* or *only me*, a question is raised with it.

        Args:
            version: Which text.
            kind: What the words do.
            body: The words, 1 to 20,000 characters.
            span: The part marked, in code points; ``None`` for the whole draft.
            visibility: Who sees it.
            tags: Short labels.
            site: The place it concerns.
            credit: How the author appears here; ``None`` for their usual choice.
            reply_to: The note it answers.
            on_behalf_of: The person whose words they are, when typed in for them.

        Raises:
            InputError: No words, too many, or no words are marked.
            NotFoundError: The version is not on this board.
            NotAllowedError: Only a coordinator types in for others.
        """
        words = _checked(body)
        with self.desk.store.unit_of_work() as work:
            found = work.get(DraftVersion, version)
            author = self.desk.author(work, on_behalf_of)
            passage = None
            if span is not None:
                text = draft_text_from_bytes(work.blob(found.text)).text
                passage = passage_in(text, *span)
            note = Annotation(
                id=AnnotationId(self.desk.new_id()),
                version=version,
                author=author,
                body=words,
                kind=kind,
                visibility=visibility,
                passage=passage,
                made_at=self.desk.now(),
                tags=tuple(tags),
                reply_to=reply_to,
                typed_by=self.desk.typed_by(author),
            )
            keep(work, note)
            question = None
            if is_owed_an_answer(kind, visibility) and reply_to is None:
                question = keep(work, self._question(work, note, site=site, credit=credit))
            return Outcome(Noted(note, question), work.commit())

    def reword(self, annotation: AnnotationId, *, body: str) -> Outcome[Annotation]:
        """Change the words of a note of one's own; its question, if not yet answered, follows.

        Raises:
            InputError: No words, or too many.
            NotAllowedError: It is somebody else's, or has been answered.
        """
        words = _checked(body)
        with self.desk.store.unit_of_work() as work:
            old = work.get(Annotation, annotation)
            self._require_mine(work, old)
            for question in work.find(Question, annotation=annotation):
                fate = fate_of(question, work.steps(question.id), coordinators=coordinators(work))
                if any(step.kind is StepKind.ANSWER for step in fate.taken):
                    raise NotAllowedError(
                        "This has been answered, so its words stay as they were.",
                        next_step="Add a new note with what you would like to say now.",
                    )
                alter(work, question, body=words)
            new = alter(work, old, body=words)
            return Outcome(new, work.commit())

    def take_back(self, annotation: AnnotationId) -> Outcome[None]:
        """Take one's own words back: the note goes, its question is withdrawn, the number stays.

        Raises:
            NotAllowedError: It is somebody else's.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Annotation, annotation)
            self._require_mine(work, old)
            held: list[tuple[type[Any], object]] = [(Annotation, annotation)]
            for question in work.find(Question, annotation=annotation):
                held += self._withdraw(work, question)
            if len(held) == 1:
                gone = SetOp(entity_name("annotation", old.id), "gone", True)
                work.record(space_of(old), [gone])
            entries = work.commit()
        forget_words(self.desk, held)
        return Outcome(None, entries)

    def keep_unfinished(self, version: VersionId, **writing: Any) -> None:  # noqa: ANN401
        """Keep what is being written, so that it survives a crash; it stays on this laptop.

        Args:
            version: Which text.
            writing: Plain values (``body``, ``kind``, ``start``, ``end`` …); none forgets it.
        """
        with self.desk.store.unit_of_work() as work:
            work.keep_local(f"unfinished:{version}", writing or None)
            work.commit()

    def unfinished(self, version: VersionId) -> dict[str, Any]:
        """Return what was being written on a version, or nothing."""
        with self.desk.store.unit_of_work() as work:
            return dict(work.local(f"unfinished:{version}") or {})

    def _question(
        self,
        work: UnitOfWork,
        note: Annotation,
        *,
        site: SiteId | None,
        credit: Credit | None,
    ) -> Question:
        version = work.get(DraftVersion, note.version)
        return Question(
            id=QuestionId(self.desk.new_id()),
            asker=note.author,
            body=note.body,
            kind=note.kind,
            project=work.get(Draft, version.draft).project,
            annotation=note.id,
            site=site,
            raised_at=note.made_at,
            credit=credit,
            visibility=note.visibility,
            typed_by=note.typed_by,
        )

    def _require_mine(self, work: UnitOfWork, note: Annotation) -> None:
        mine = note.author == self.desk.store.person
        typed = note.typed_by == self.desk.store.person
        if not (mine or typed):
            raise NotAllowedError(
                "These are somebody else's words.",
                next_step="You can reply to them, or add a note of your own.",
            )

    def _withdraw(self, work: UnitOfWork, question: Question) -> list[tuple[type[Any], object]]:
        fate = fate_of(question, work.steps(question.id), coordinators=coordinators(work))
        check_step(question, fate, StepKind.WITHDRAW, by=question.asker, is_coordinator=False)
        write_step(self.desk, work, question, StepKind.WITHDRAW)
        return blank_words(work, question)


def _checked(body: str) -> str:
    words = body.strip()
    if not words:
        raise InputError("Nothing is written yet.", next_step="Write a few words, then save.")
    if len(words) > LONGEST_BODY:
        raise InputError(
            f"This is {len(words):,} characters long; one note holds {LONGEST_BODY:,}.",
            what_is_safe="What you wrote is still in the box.",
            next_step="Cut it into several notes.",
        )
    return words
