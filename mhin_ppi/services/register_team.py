"""Questions the other way round: the research team asks, and the board owes the answer.

A coordinator records it, and stands in its fate where the asker stands: for the team, which has no
laptop. So the ordinary table of steps holds without an exception:

- *raised*: it was put to the board, and members see it under "The team asks you";
- *acknowledge* may say that it was brought to a meeting, and may be skipped;
- *answer* is the coordinator's summing up of what members wrote (each keeps their own ``Reply``, in
  their own words); there is no ``Response``, which is what a *team* answers;
- *feed back* says what the team was told, and *no reply needed* finishes it at once, for the team
  does not answer from a laptop of its own; *reopen* asks again.

It is never part of what is owed to members: ``Questions.owed`` and ``Questions.mine`` leave it out.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.annotations import Visibility
from ..domain.facts import entity_of
from ..domain.feedback_debt import THE_TEAM
from ..domain.log import SetOp
from ..domain.people import Credit, Person, PersonId, credited_as
from ..domain.projects import Project, ProjectId
from ..domain.questions import (
    Fate,
    Question,
    QuestionId,
    QuestionState,
    StepKind,
    check_step,
    fate_of,
)
from ..domain.register import Reply, ReplyId
from ..domain.responses import Feedback, FeedbackId, FeedbackKind
from ..domain.spaces import space_of
from ..errors import InputError, NotAllowedError
from .desk import COORDINATING, Desk, alter, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork
from .steps import write_step


@dataclass(frozen=True, slots=True)
class ReplySeen:
    """What a member answered, as others see it.

    Args:
        reply: Their words.
        name: How they want to be named.
        is_mine: Whether it is the person at this laptop.
    """

    reply: Reply
    name: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class TeamQuestion:
    """A question that the team asks the board.

    Args:
        question: What is asked.
        fate: Where it is.
        project: Which project.
        replies: What members answered, earliest first.
        summed_up: What the coordinator made of the answers, or "".
    """

    question: Question
    fate: Fate
    project: Project | None
    replies: tuple[ReplySeen, ...]
    summed_up: str

    @property
    def is_open(self) -> bool:
        """Whether the board can still answer."""
        return self.fate.state in (QuestionState.RAISED, QuestionState.ACKNOWLEDGED)

    @property
    def awaits_me(self) -> bool:
        """Whether the person at this laptop could still answer, and has not."""
        return self.is_open and not any(reply.is_mine for reply in self.replies)


@dataclass(frozen=True)
class TeamQuestions:
    """What the team asks the board."""

    desk: Desk

    def all(self) -> list[TeamQuestion]:
        """Return every question to the board, newest first."""
        with self.desk.store.unit_of_work() as work:
            asked = work.find(Question, to_board=True)
            seen = [self._seen(work, question) for question in asked]
        shown = [one for one in seen if one.fate.state is not QuestionState.WITHDRAWN]
        return sorted(shown, key=lambda one: str(one.question.raised_at), reverse=True)

    def one(self, question: QuestionId) -> TeamQuestion:
        """Return one question to the board.

        Raises:
            NotFoundError: It is not on this laptop.
        """
        with self.desk.store.unit_of_work() as work:
            return self._seen(work, work.get(Question, question))

    def ask(
        self, body: str, *, project: ProjectId | None = None, asked_by: str = ""
    ) -> Outcome[Question]:
        """Record what the team asks the board.

        Args:
            body: The question, in the team's words.
            project: Which project it is about.
            asked_by: Who asks, in words; the project's team unless said otherwise.

        Raises:
            NotAllowedError: Only a coordinator puts a team's question to the board.
            InputError: No words.
        """
        if not body.strip():
            raise InputError("Nothing is written yet.", next_step="Write the team's question.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="put a question to the board")
            team = work.get(Project, project).team if project else THE_TEAM
            made = Question(
                id=QuestionId(self.desk.new_id()),
                asker=self.desk.store.person,
                body=body.strip(),
                project=project,
                raised_at=self.desk.now(),
                visibility=Visibility.BOARD,
                to_board=True,
                asked_by=asked_by.strip() or team,
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def reply(
        self,
        question: QuestionId,
        body: str,
        *,
        credit: Credit | None = None,
        on_behalf_of: PersonId | None = None,
    ) -> Outcome[Reply]:
        """Answer the team in one's own words; answering again replaces the words of before.

        Args:
            question: Which question.
            body: The answer.
            credit: How the person wants to be named for it; ``None`` for their usual choice.
            on_behalf_of: Whose answer it is, when a coordinator types it in.

        Raises:
            InputError: No words.
            NotAllowedError: The team did not ask it, or it is finished.
        """
        if not body.strip():
            raise InputError("Nothing is written yet.", next_step="Write a few words, then save.")
        with self.desk.store.unit_of_work() as work:
            found = work.get(Question, question)
            person = self.desk.author(work, on_behalf_of)
            if not found.to_board:
                raise NotAllowedError("The team did not ask this.")
            if not self._seen(work, found).is_open:
                raise NotAllowedError(
                    "The team has its answer already.",
                    next_step="Tell your coordinator if you want to add something.",
                )
            before = work.find(Reply, question=question, person=person)
            if before:
                new = alter(work, before[0], body=body.strip(), credit=credit)
                return Outcome(new, work.commit())
            made = Reply(
                id=ReplyId(self.desk.new_id()),
                question=question,
                person=person,
                body=body.strip(),
                at=self.desk.now(),
                credit=credit,
                typed_by=self.desk.typed_by(person),
            )
            keep(work, made, space=space_of(found))
            return Outcome(made, work.commit())

    def take_back(self, question: QuestionId) -> Outcome[bool]:
        """Take back one's own answer; returns whether there was one."""
        with self.desk.store.unit_of_work() as work:
            mine = work.find(Reply, question=question, person=self.desk.store.person)
            for reply in mine:
                work.record(
                    space_of(work.get(Question, question)),
                    [SetOp(entity_of(reply), "gone", True)],
                )
            outcome = Outcome(bool(mine), work.commit())
        for reply in mine:
            self.desk.store.forget(Reply, reply.id)
        return outcome

    def sum_up(self, question: QuestionId, body: str) -> Outcome[TeamQuestion]:
        """Record what the board answers, summed up from what members wrote.

        Raises:
            InputError: No words.
            NotAllowedError: The state does not permit it, or it is not the person's to do.
        """
        return self._steps(question, [(StepKind.ANSWER, body)])

    def finish(self, question: QuestionId, told: str) -> Outcome[TeamQuestion]:
        """Record that the team was told, which finishes the question.

        Args:
            question: Which question.
            told: What the team was told.

        Raises:
            InputError: No words.
            NotAllowedError: There is no answer yet, or it is not the person's to do.
        """
        return self._steps(question, [(StepKind.FEED_BACK, told), (StepKind.NO_REPLY_NEEDED, "")])

    def _steps(
        self, question: QuestionId, wanted: list[tuple[StepKind, str]]
    ) -> Outcome[TeamQuestion]:
        with self.desk.store.unit_of_work() as work:
            found = work.get(Question, question)
            if not found.to_board:
                raise NotAllowedError("The team did not ask this.")
            for kind, said in wanted:
                self._step(work, found, kind, said=said.strip())
            return Outcome(self._seen(work, found), work.commit())

    def _step(self, work: UnitOfWork, question: Question, kind: StepKind, *, said: str) -> None:
        check_step(
            question,
            self._fate(work, question),
            kind,
            by=self.desk.store.person,
            is_coordinator=self.desk.store.person in coordinators(work),
            said=said,
        )
        if kind is not StepKind.FEED_BACK:
            write_step(self.desk, work, question, kind, said=said)
            return
        told = Feedback(
            id=FeedbackId(self.desk.new_id()),
            question=question.id,
            body=said,
            kind=FeedbackKind.PROGRESS,
            told_on=self.desk.today(),
            told_by=self.desk.store.person,
        )
        keep(work, told, space=space_of(question))
        write_step(self.desk, work, question, kind, said=said, record=str(told.id))

    def _fate(self, work: UnitOfWork, question: Question) -> Fate:
        return fate_of(question, work.steps(question.id), coordinators=coordinators(work))

    def _seen(self, work: UnitOfWork, question: Question) -> TeamQuestion:
        word = self.desk.board(work).member_word
        people = {person.id: person for person in work.find(Person)}
        fate = self._fate(work, question)
        answered = fate.last(StepKind.ANSWER)
        return TeamQuestion(
            question=question,
            fate=fate,
            project=work.get(Project, question.project) if question.project else None,
            replies=tuple(
                ReplySeen(
                    one,
                    credited_as(people[one.person], choice=one.credit, member_word=word),
                    one.person == self.desk.store.person,
                )
                for one in work.find(Reply, question=question.id)
                if one.person in people
            ),
            summed_up=answered.detail.get("words", "") if answered else "",
        )
