"""Questions and their fate: raising, answering, linking changes, telling the person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ..domain.annotations import Annotation, AnnotationId, AnnotationKind, Visibility
from ..domain.drafts import VersionId
from ..domain.harmless import says_something
from ..domain.meeting_parts import Jotting
from ..domain.meeting_rules import named_identity
from ..domain.meetings import MeetingId
from ..domain.people import Credit, PersonId
from ..domain.projects import ProjectId, SiteId
from ..domain.questions import (
    Considered,
    Fate,
    Question,
    QuestionId,
    QuestionState,
    StepKind,
    check_step,
    fate_of,
    steps_open_to,
)
from ..domain.responses import (
    LED_TO,
    Answer,
    Change,
    Decision,
    FeedbackKind,
)
from ..domain.spaces import space_of
from ..errors import InputError
from .changes import Different, change_from
from .desk import COORDINATING, Desk, alter, coordinators, keep, speaks_for_all
from .outcome import Outcome
from .ports import UnitOfWork
from .responses import Responses
from .steps import blank_words, forget_held, write_step
from .stories import Shelf, Story
from .telling import Telling, write_feedback


@dataclass(frozen=True)
class Questions:
    """The register of questions."""

    desk: Desk

    def register(self) -> list[Story]:
        """Return every question this laptop may see, newest first."""
        with self.desk.store.unit_of_work() as work:
            return self._stories(work, work.find(Question))

    def mine(self) -> list[Story]:
        """Return the questions of the person at this laptop, newest news first."""
        with self.desk.store.unit_of_work() as work:
            # What a coordinator put to the board is the team's question.
            asked = work.find(Question, asker=self.desk.store.person, to_board=False)
            stories = self._stories(work, asked)
        return sorted(stories, key=_last_news, reverse=True)

    def noted_on(self, version: VersionId) -> list[tuple[Annotation, Story | None]]:
        """Return the notes on a version in reading order, each with the question it raised.

        Everything is read once: a long draft can carry thousands of notes.
        """
        with self.desk.store.unit_of_work() as work:
            notes = work.find(Annotation, version=version)
            stories = self._raised_by(work, notes)
        placed = sorted(notes, key=lambda note: note.passage.start if note.passage else -1)
        return [(note, stories.get(note.id)) for note in placed]

    def raised_by(self, notes: Sequence[Annotation]) -> dict[AnnotationId, Story]:
        """Return the questions that notes raised, by note."""
        with self.desk.store.unit_of_work() as work:
            return self._raised_by(work, notes)

    def _raised_by(
        self, work: UnitOfWork, notes: Sequence[Annotation]
    ) -> dict[AnnotationId, Story]:
        here = {note.id for note in notes}
        raised = [q for q in work.find(Question) if q.annotation in here] if here else []
        told = Shelf(self.desk, work, raised, notes=notes).stories() if raised else []
        return {story.question.annotation: story for story in told if story.question.annotation}

    def story(self, question: QuestionId) -> Story:
        """Return one question and everything that belongs to it.

        Raises:
            NotFoundError: It is not on this laptop.
        """
        with self.desk.store.unit_of_work() as work:
            return self._stories(work, [work.get(Question, question)])[0]

    def owed(self) -> list[Story]:
        """Return the questions whose askers are still owed something, longest wait first."""
        stories = self.register()
        waiting = [s for s in stories if s.fate.is_owed and not s.question.to_board]
        return sorted(waiting, key=lambda story: str(story.fate.since))

    def open_steps(self, question: QuestionId) -> tuple[StepKind, ...]:
        """Return the steps the person at this laptop may take now."""
        with self.desk.store.unit_of_work() as work:
            found = work.get(Question, question)
            return steps_open_to(
                found,
                self._fate(work, found),
                by=self.desk.store.person,
                is_coordinator=self.desk.store.person in coordinators(work),
            )

    def raise_question(
        self,
        body: str,
        *,
        kind: AnnotationKind = AnnotationKind.QUESTION,
        project: ProjectId | None = None,
        meeting: MeetingId | None = None,
        site: SiteId | None = None,
        visibility: Visibility = Visibility.BOARD,
        credit: Credit | None = None,
        on_behalf_of: PersonId | None = None,
        jotted: Jotting | None = None,
    ) -> Outcome[Question]:
        """Raise a question that is not about a passage.

        Args:
            body: The words.
            kind: What sort of question.
            project: Which project it is about.
            meeting: The meeting it came from.
            site: The place it concerns.
            visibility: Who sees it.
            credit: How the asker wants to be named; ``None`` for their usual choice.
            on_behalf_of: Who asks, when typed in for them.
            jotted: Where it was written down before it had a name: it is as old as that, and
                raised on two laptops it is one question. With nobody to ask on behalf of, it is
                the whole group's.

        Raises:
            InputError: No words.
            NotAllowedError: Only a coordinator types in for others.
        """
        if not says_something(body):
            raise InputError("Nothing is written yet.", next_step="Write a few words, then save.")
        with self.desk.store.unit_of_work() as work:
            of_all = jotted is not None and on_behalf_of is None
            asker = self.desk.author(work, speaks_for_all(work) if of_all else on_behalf_of)
            named = named_identity(jotted.id, on_behalf_of) if jotted else None
            question = Question(
                id=named or QuestionId(self.desk.new_id()),
                asker=asker,
                body=body.strip(),
                kind=kind,
                project=project,
                meeting=meeting,
                site=site,
                raised_at=jotted.made_at if jotted else self.desk.now(),
                credit=credit,
                visibility=visibility,
                typed_by=None if of_all else self.desk.typed_by(asker),
            )
            keep(work, question)
            return Outcome(question, work.commit())

    def acknowledge(self, questions: Iterable[QuestionId]) -> Outcome[int]:
        """Acknowledge several questions at once; those already past that are left alone.

        Returns:
            How many were acknowledged.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="acknowledge questions")
            done = 0
            for identity in questions:
                question = work.get(Question, identity)
                if self._fate(work, question).state is QuestionState.RAISED:
                    write_step(self.desk, work, question, StepKind.ACKNOWLEDGE)
                    done += 1
            return Outcome(done, work.commit())

    def take_step(
        self,
        question: QuestionId,
        kind: StepKind,
        *,
        said: str = "",
        on_behalf_of: PersonId | None = None,
    ) -> Outcome[Story]:
        """Take one step in the life of a question.

        Args:
            question: Which question.
            kind: The step.
            said: What goes with it ("not quite" needs what is missing).
            on_behalf_of: Whose step it is, when typed in for them.

        Raises:
            NotAllowedError: The table does not allow it.
            InputError: Words that must go with it are missing.
        """
        with self.desk.store.unit_of_work() as work:
            found = work.get(Question, question)
            self._checked_step(work, found, kind, said=said, on_behalf_of=on_behalf_of)
            if kind is StepKind.WITHDRAW:
                forget_held(work, blank_words(work, found))
            return self._told(work, question)

    def hand_to(self, question: QuestionId, *, holder: str) -> Outcome[Story]:
        """Record who has the question now ("the PCREF team"): every wait has an owner."""
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="pass a question on")
            alter(work, work.get(Question, question), holder=holder.strip())
            return self._told(work, question)

    def respond(
        self,
        question: QuestionId,
        *,
        decision: Decision,
        body: str,
        reason: str = "",
        criteria: Iterable[str] = (),
        decided_by: str = "",
        decided_on: date | None = None,
        considered: Considered | None = None,
        was_earlier: bool = False,
    ) -> Outcome[Story]:
        """Record what the research team answers; an earlier answer is kept.

        Args:
            question: Which question.
            decision: What they will do.
            body: The answer in plain words.
            reason: Why; needed when nothing will change.
            criteria: Codes of the grounds.
            decided_by: Who decided; the project's team unless said otherwise.
            decided_on: The day; today unless said otherwise.
            considered: Whether they had thought of it before.
            was_earlier: Whether it is right that they decided before the question was asked.

        Raises:
            InputError: No words, no reason, or a day that has not come or is before the question.
            NotAllowedError: The question is finished or taken back.
        """
        given = Answer(
            decision=decision,
            body=body,
            reason=reason,
            criteria=tuple(criteria),
            decided_by=decided_by,
            decided_on=decided_on,
            considered=considered,
            was_earlier=was_earlier,
        )
        return Responses(self.desk).to_question(question, given)

    def link_change(
        self,
        question: QuestionId,
        *,
        old: tuple[VersionId, int, int] | None = None,
        new: tuple[VersionId, int, int] | None = None,
        outside: str = "",
        outside_kind: str = "",
        certainty: str = LED_TO,
        changed_on: date | None = None,
    ) -> Outcome[Change]:
        """Record what became different because of a question; see ``changes.Different``.

        Raises:
            InputError: Nothing is said to be different, or it cannot be so.
            NotAllowedError: The question has no answer yet, or is finished.
        """
        said = Different(old, new, outside, outside_kind, certainty, changed_on)
        with self.desk.store.unit_of_work() as work:
            found = work.get(Question, question)
            change = change_from(self.desk, work, self._stories(work, [found])[0], said)
            self._checked_step(work, found, StepKind.CHANGE, note=str(change.id))
            keep(work, change, space=space_of(found))
            return Outcome(change, work.commit())

    def feed_back(
        self, question: QuestionId, *, body: str, kind: FeedbackKind = FeedbackKind.DIFFERENCE
    ) -> Outcome[Story]:
        """Record what the person who asked was told.

        Raises:
            InputError: No words.
            NotAllowedError: There is no answer yet: feedback needs one.
        """
        with self.desk.store.unit_of_work() as work:
            write_feedback(self.desk, work, Telling(question, body, kind))
            return self._told(work, question)

    def _checked_step(
        self,
        work: UnitOfWork,
        question: Question,
        kind: StepKind,
        *,
        said: str = "",
        on_behalf_of: PersonId | None = None,
        note: str = "",
    ) -> None:
        person = self.desk.author(work, on_behalf_of)
        check_step(
            question,
            self._fate(work, question),
            kind,
            by=person,
            is_coordinator=self.desk.store.person in coordinators(work),
            said=said,
        )
        detail = {"record": note} if note else {}
        write_step(self.desk, work, question, kind, said=said, on_behalf_of=on_behalf_of, **detail)

    def _fate(self, work: UnitOfWork, question: Question) -> Fate:
        return fate_of(question, work.steps(question.id), coordinators=coordinators(work))

    def _told(self, work: UnitOfWork, question: QuestionId) -> Outcome[Story]:
        story = self._stories(work, [work.get(Question, question)])[0]
        return Outcome(story, work.commit())

    def _stories(self, work: UnitOfWork, questions: list[Question]) -> list[Story]:
        if not questions:
            return []
        newest = sorted(questions, key=lambda q: str(q.raised_at), reverse=True)
        return Shelf(self.desk, work, newest).stories()


def _last_news(story: Story) -> str:
    taken = story.fate.taken
    return str(taken[-1].at if taken else story.question.raised_at)
