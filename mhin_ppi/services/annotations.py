"""Notes on a draft: writing them, changing them, taking them back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..domain.annotations import Annotation, AnnotationId, AnnotationKind, Visibility
from ..domain.blocks import draft_text_from_bytes
from ..domain.drafts import DraftVersion, VersionId
from ..domain.harmless import says_something
from ..domain.passages import Passage, passage_in
from ..domain.people import Credit, PersonId
from ..domain.projects import SiteId
from ..domain.questions import Question
from ..errors import InputError, NotAllowedError
from .desk import COORDINATING, Desk
from .naming import choice_above, names_of
from .note_states import WIDTH, NoteChanger, NoteState, checked_tags, merged
from .notes_kept import unfinished_key
from .outcome import Outcome
from .ports import UnitOfWork
from .steps import Held, forget_held

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

    def on(self, version: VersionId, *, only: Iterable[AnnotationId] | None = None) -> list[Noted]:
        """Return the notes on a version that this person may see, in reading order.

        Args:
            version: Which text.
            only: Just these of them, where they are there; all when not given.
        """
        wanted: dict[str, Any] = {} if only is None else {"id": tuple(only)}
        asked: dict[str, Any] = {} if only is None else {"annotation": wanted["id"]}
        with self.desk.store.unit_of_work() as work:
            questions = {q.annotation: q for q in work.find(Question, **asked) if q.annotation}
            notes = work.find(Annotation, version=version, **wanted)
        placed = sorted(notes, key=lambda note: note.passage.start if note.passage else -1)
        return [Noted(note, questions.get(note.id)) for note in placed]

    def names(self, notes: Sequence[Annotation]) -> dict[AnnotationId, str]:
        """Return the name that each note's writer chose to appear under there, by note."""
        with self.desk.store.unit_of_work() as work:
            return names_of(self.desk, work, notes)

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
        of_section: bool = False,
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
            of_section: Whether the part marked is a heading, and the note is about its section.

        Raises:
            InputError: No words, too many, or no words are marked.
            NotFoundError: The version, or the note it answers, is not on this board.
            NotAllowedError: Only a coordinator types in for others.
        """
        words = _checked(body)
        with self.desk.store.unit_of_work() as work:
            author = self.desk.author(work, on_behalf_of)
            passage = _marked(work, work.get(DraftVersion, version), span)
            note = Annotation(
                id=AnnotationId(self.desk.new_id()),
                version=version,
                author=author,
                body=words,
                kind=kind,
                visibility=visibility,
                passage=passage,
                made_at=self.desk.now(),
                tags=checked_tags(tags),
                reply_to=reply_to,
                typed_by=self.desk.typed_by(author),
                of_section=of_section and passage is not None,
            )
            if reply_to is not None:
                answered = work.get(Annotation, reply_to)
                credit = credit or choice_above(work, answered, author=author)
                note = _no_wider_than_parent(work, note)
            note = replace(note, credit=credit)
            state = NoteState(note, site=site, credit=credit)
            question = NoteChanger(self.desk, work).write(state)
            return Outcome(Noted(note, question), work.commit())

    def reword(self, annotation: AnnotationId, *, body: str) -> Outcome[Annotation]:
        """Change the words of a note of one's own; see :meth:`change`."""
        return self.change(annotation, body=body)

    def change(
        self,
        annotation: AnnotationId,
        *,
        body: str | None = None,
        kind: AnnotationKind | None = None,
        visibility: Visibility | None = None,
    ) -> Outcome[Annotation]:
        """Change a note of one's own; its question, if not yet answered, follows.

        Args:
            annotation: Which note.
            body: Other words; as they are when not given, as for the rest.
            kind: Another kind.
            visibility: Other people who may see it.

        Raises:
            InputError: No words, or too many.
            NotAllowedError: It is somebody else's, has been answered, or more people see a reply.
        """
        with self.desk.store.unit_of_work() as work:
            changer = NoteChanger(self.desk, work)
            old = _there(changer, work, annotation)
            self._require_mine(work, old.note)
            wanted = replace(
                old.note,
                body=old.note.body if body is None else _checked(body),
                kind=kind or old.note.kind,
                visibility=visibility or old.note.visibility,
            )
            wanted = _no_wider_than_parent(work, wanted)
            _check_replies_fit(changer, wanted)
            forget_held(work, changer.alter(old, replace(old, note=wanted)))
            return Outcome(wanted, work.commit())

    def reply(
        self,
        to: AnnotationId,
        *,
        body: str,
        visibility: Visibility = Visibility.BOARD,
        on_behalf_of: PersonId | None = None,
    ) -> Outcome[Noted]:
        """Answer a note; no question is raised, and nobody sees it who cannot see that note.

        Args:
            to: The note answered.
            body: The words, 1 to 20,000 characters.
            visibility: Who sees it, at most those who see the note.
            on_behalf_of: The person whose words they are, when typed in for them.

        Raises:
            InputError: No words, or too many.
            NotFoundError: The note is not here, or was taken back.
            NotAllowedError: Only a coordinator types in for others.
        """
        with self.desk.store.unit_of_work() as work:
            parent = work.get(Annotation, to)
        return self.annotate(
            parent.version,
            kind=parent.kind,
            body=body,
            visibility=visibility,
            reply_to=to,
            on_behalf_of=on_behalf_of,
        )

    def resolve(self, annotation: AnnotationId, *, resolved: bool = True) -> Outcome[Annotation]:
        """Mark the thread of a note as finished with, or open it again.

        Raises:
            NotAllowedError: Neither the author of its first note nor a coordinator asks.
        """
        return self._mark(annotation, "resolve somebody else's note or open it", resolved=resolved)

    def tag(self, annotation: AnnotationId, tags: Iterable[str]) -> Outcome[Annotation]:
        """Give a note these tags in place of those it has.

        Raises:
            InputError: One is too long, or there are too many.
            NotAllowedError: Neither its author nor a coordinator asks.
        """
        return self._mark(annotation, "change these tags", tags=checked_tags(tags))

    def take_back(self, annotation: AnnotationId) -> Outcome[None]:
        """Take one's own words back: the note goes, its question is withdrawn, the number stays.

        Raises:
            NotAllowedError: It is somebody else's.
        """
        with self.desk.store.unit_of_work() as work:
            old = work.get(Annotation, annotation)
            self._require_mine(work, old)
            forget_held(work, NoteChanger(self.desk, work).take_back(old))
            return Outcome(None, work.commit())

    def state(self, annotation: AnnotationId) -> NoteState | None:
        """Return a note as it is now; ``None`` when it is not here, or was taken back."""
        with self.desk.store.unit_of_work() as work:
            return NoteChanger(self.desk, work).state(annotation)

    def put_as(
        self, annotation: AnnotationId, *, was: NoteState | None, wanted: NoteState | None
    ) -> Outcome[None]:
        """Reverse a step: what it changed becomes what it was, and nothing else does.

        Args:
            annotation: Which note.
            was: The note as the step left it; ``None`` when it was taken back.
            wanted: The note as it was before; ``None`` when there was none.

        Raises:
            NotAllowedError: It has been answered or changed meanwhile, or is somebody else's.
        """
        with self.desk.store.unit_of_work() as work:
            changer = NoteChanger(self.desk, work)
            now = changer.state(annotation)
            held: list[Held] = []
            if wanted is None:
                held = changer.take_back(self._may_go(work, changer, now))
            elif was is None:
                self._require_mine(work, wanted.note)
                note = _no_wider_than_parent(work, wanted.note)
                changer.write(replace(wanted, note=note), again=True)
            else:
                new = merged(_there(changer, work, annotation), was=was, wanted=wanted)
                self._require_allowed(work, was.note, new.note)
                _check_replies_fit(changer, new.note)
                held = changer.alter(_there(changer, work, annotation), new)
            forget_held(work, held)
            return Outcome(None, work.commit())

    def keep_unfinished(
        self,
        version: VersionId,
        slot: str = "",
        **writing: Any,  # noqa: ANN401
    ) -> None:
        """Keep what is being written, so that it survives a crash; it stays on this laptop.

        Args:
            version: Which text.
            slot: What is being written there: "" for a new note, else a reply or a change of one.
            writing: Plain values (``body``, ``kind``, ``start``, ``end`` …); none forgets it.
        """
        with self.desk.store.unit_of_work() as work:
            work.keep_local(unfinished_key(version, slot), writing or None)
            work.commit()

    def unfinished(self, version: VersionId, slot: str = "") -> dict[str, Any]:
        """Return what was being written on a version, or nothing."""
        with self.desk.store.unit_of_work() as work:
            return dict(work.local(unfinished_key(version, slot)) or {})

    def _mark(self, annotation: AnnotationId, doing: str, **fields: Any) -> Outcome[Annotation]:  # noqa: ANN401
        with self.desk.store.unit_of_work() as work:
            changer = NoteChanger(self.desk, work)
            old = _there(changer, work, annotation)
            self._require_hand_in(work, old.note, doing=doing)
            new = replace(old, note=replace(old.note, **fields))
            changer.alter(old, new)
            return Outcome(new.note, work.commit())

    def _may_go(self, work: UnitOfWork, changer: NoteChanger, now: NoteState | None) -> Annotation:
        if now is None:
            raise NotAllowedError("This note has been taken back already.")
        self._require_mine(work, now.note)
        if changer.is_answered(now.note):
            raise NotAllowedError(
                "Someone has answered this note, so Undo did not remove it.",
                next_step="You can still take your words back: choose “Take back” on the note.",
            )
        return now.note

    def _require_allowed(self, work: UnitOfWork, old: Annotation, new: Annotation) -> None:
        if replace(old, tags=new.tags, resolved=new.resolved) == new:
            self._require_hand_in(work, old, doing="change this")
        else:
            self._require_mine(work, old)

    def _require_hand_in(self, work: UnitOfWork, note: Annotation, *, doing: str) -> None:
        """Refuse unless the note is one's own, or one coordinates the board."""
        if self.desk.store.person not in (note.author, note.typed_by):
            self.desk.require(work, *COORDINATING, doing=doing)

    def _require_mine(self, work: UnitOfWork, note: Annotation) -> None:
        mine = note.author == self.desk.store.person
        typed = note.typed_by == self.desk.store.person
        if not (mine or typed):
            raise NotAllowedError(
                "These are somebody else's words.",
                next_step="You can reply to them, or add a note of your own.",
            )


def _there(changer: NoteChanger, work: UnitOfWork, annotation: AnnotationId) -> NoteState:
    """Return a note as it is; refuses in the store's words when it is not here."""
    return changer.state(annotation) or NoteState(work.get(Annotation, annotation))


def _marked(
    work: UnitOfWork, version: DraftVersion, span: tuple[int, int] | None
) -> Passage | None:
    if span is None:
        return None
    return passage_in(draft_text_from_bytes(work.blob(version.text)).text, *span)


def _no_wider_than_parent(work: UnitOfWork, note: Annotation) -> Annotation:
    for parent in work.find(Annotation, id=note.reply_to) if note.reply_to else ():
        if WIDTH[parent.visibility] < WIDTH[note.visibility]:
            return replace(note, visibility=parent.visibility)
    return note


def _check_replies_fit(changer: NoteChanger, note: Annotation) -> None:
    """Refuse to hide a note from people who can see an answer to it."""
    if any(WIDTH[each.visibility] > WIDTH[note.visibility] for each in changer.replies_to(note)):
        raise NotAllowedError(
            "There are replies that more people can see, so who can see the note stays as it is.",
            next_step="You can take the note back; the replies stay.",
        )


def _checked(body: str) -> str:
    words = body.strip()
    if not says_something(words):
        raise InputError("Nothing is written yet.", next_step="Write a few words, then save.")
    if len(words) > LONGEST_BODY:
        raise InputError(
            f"This is {len(words):,} characters long; one note holds {LONGEST_BODY:,}.",
            what_is_safe="What you wrote is still in the box.",
            next_step="Cut it into several notes.",
        )
    return words
