"""What the research team answers: to one question, or once to all that ask the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.projects import Project
from ..domain.questions import (
    Question,
    QuestionId,
    QuestionState,
    StepKind,
    check_step,
    fate_of,
)
from ..domain.register import Theme, ThemeId
from ..domain.responses import (
    Answer,
    Decision,
    Response,
    ResponseId,
    check_decided_on,
    check_response,
)
from ..domain.spaces import space_of
from ..domain.taking_back import without_words
from ..errors import InputError
from .desk import COORDINATING, Desk, alter, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork
from .steps import write_step
from .stories import Shelf, Story

_SETTLED = frozenset({QuestionState.CLOSED, QuestionState.WITHDRAWN})
_ANSWERED = frozenset(
    {
        *(QuestionState.ANSWERED, QuestionState.CHANGED),
        *(QuestionState.NOT_CHANGED, QuestionState.FED_BACK),
    }
)


@dataclass(frozen=True, slots=True)
class ThemeAnswered:
    """What came of one answer to several questions.

    Args:
        answered: The questions that it was given to.
        left_alone: Those that are finished or were taken back: nothing was done to them.
        had_it: Those that have this very answer already: nobody is told the same twice.
    """

    answered: tuple[Story, ...]
    left_alone: tuple[Story, ...]
    had_it: tuple[Story, ...] = ()


@dataclass(frozen=True)
class Responses:
    """The answers of the research team."""

    desk: Desk

    def to_question(
        self, question: QuestionId, answer: Answer, *, identity: ResponseId | None = None
    ) -> Outcome[Story]:
        """Record what the research team answers to one question; an earlier answer is kept.

        Args:
            question: Which question.
            answer: What the team says.
            identity: Of the record, where two laptops may record the same; new unless given.

        Raises:
            InputError: No words, no reason, or a day that has not come or is before the question.
            NotAllowedError: The question is finished or taken back; or no coordinator asks.
        """
        check_response(answer.decision, answer.body, answer.reason)
        with self.desk.store.unit_of_work() as work:
            found = work.get(Question, question)
            self._check_day(answer, [found])
            self._answer(work, found, answer, identity=identity)
            story = Shelf(self.desk, work, [work.get(Question, question)]).stories()[0]
            return Outcome(story, work.commit())

    def to_theme(self, theme: ThemeId, answer: Answer) -> Outcome[ThemeAnswered]:
        """Record one answer to all questions of a theme, each with a record and a step of its own.

        Questions that are finished or were taken back are left alone, and so are those that have
        this very answer; both are returned as such. One that was answered otherwise before has the
        new answer, and the earlier one is kept.

        Args:
            theme: Which questions.
            answer: What the team says. The day is held against the first of them that was asked: a
                question may join others after the team has decided.

        Raises:
            InputError: No words, or no reason, a day that will not do, or there is nothing to
                answer.
            NotAllowedError: Only a coordinator records answers.
            NotFoundError: There is no such theme here.
        """
        check_response(answer.decision, answer.body, answer.reason)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="record the team's answers")
            work.get(Theme, theme)
            together = work.find(Question, theme=str(theme))
            states = {one.id: self._state(work, one) for one in together}
            settled = {one for one, state in states.items() if state in _SETTLED}
            had_it = {
                one.id
                for one in together
                if states[one.id] in _ANSWERED and self._has(work, one, answer)
            }
            waiting = [one for one in together if one.id not in settled | had_it]
            if not waiting:
                raise _nothing_to_answer(had_it=bool(had_it))
            self._check_day(answer, waiting)
            for question in waiting:
                self._answer(work, question, answer, theme=str(theme))
            stories = Shelf(self.desk, work, work.find(Question, theme=str(theme))).stories()
            done = ThemeAnswered(
                tuple(one for one in stories if one.question.id not in settled | had_it),
                tuple(one for one in stories if one.question.id in settled),
                tuple(one for one in stories if one.question.id in had_it),
            )
            return Outcome(done, work.commit())

    def _answer(
        self,
        work: UnitOfWork,
        question: Question,
        answer: Answer,
        *,
        theme: str = "",
        identity: ResponseId | None = None,
    ) -> None:
        response = Response(
            id=identity or ResponseId(self.desk.new_id()),
            question=question.id,
            body=answer.body.strip(),
            decision=answer.decision,
            reason=answer.reason.strip(),
            criteria=self._grounds(answer),
            decided_by=answer.decided_by.strip() or team_of(work, question),
            decided_on=answer.decided_on or self.desk.today(),
            theme=theme,
        )
        self._step(work, question, StepKind.ANSWER, said=answer.body, record=str(response.id))
        keep(work, response, space=space_of(question))
        considered = answer.considered
        if considered is not None and considered is not question.considered:
            alter(work, question, considered=considered)
        if answer.decision is Decision.WILL_NOT_CHANGE:
            self._step(work, question, StepKind.NOT_CHANGE, said=answer.reason)

    def _has(self, work: UnitOfWork, question: Question, answer: Answer) -> bool:
        """Return whether the answer that counts says the same already."""
        now = work.find(Response, question=question.id)[-1:]
        team = answer.decided_by.strip() or team_of(work, question)
        said = (answer.decision, answer.body.strip(), answer.reason.strip(), team)
        day = {one.decided_on for one in now} if answer.decided_on is None else {answer.decided_on}
        if answer.considered not in (None, question.considered):
            return False
        return [
            (one.decision, one.body, one.reason, one.decided_by, one.criteria)
            for one in now
            if one.decided_on in day
        ] == [(*said, self._grounds(answer))]

    def _grounds(self, answer: Answer) -> tuple[str, ...]:
        """Return the codes of the grounds, in the order of the list, each once."""
        wanted = set(answer.criteria)
        known = tuple(term.code for term in self.desk.taxonomy.reasons if term.code in wanted)
        if wanted - set(known):
            raise InputError(
                "One of the grounds is not on the list.", next_step="Choose from the list."
            )
        return known

    def _check_day(self, answer: Answer, questions: list[Question]) -> None:
        asked = [day for one in questions if (day := _asked_on(one)) is not None]
        check_decided_on(
            answer.decided_on or self.desk.today(),
            today=self.desk.today(),
            asked_on=min(asked, default=None),
            was_earlier=answer.was_earlier,
        )

    def _state(self, work: UnitOfWork, question: Question) -> QuestionState:
        steps = work.steps(question.id)
        return fate_of(question, steps, coordinators=coordinators(work)).state

    def _step(
        self, work: UnitOfWork, question: Question, kind: StepKind, *, said: str, record: str = ""
    ) -> None:
        coordinating = coordinators(work)
        check_step(
            question,
            fate_of(question, work.steps(question.id), coordinators=coordinating),
            kind,
            by=self.desk.store.person,
            is_coordinator=self.desk.store.person in coordinating,
            said=said,
        )
        detail = {"record": record} if record else {}
        # What quotes the asker stands in the record alone: it can be taken back there.
        said = without_words(said, question.body)
        write_step(self.desk, work, question, kind, said=said, on_behalf_of=None, **detail)


def _nothing_to_answer(*, had_it: bool) -> InputError:
    if had_it:
        return InputError(
            "Every one of these questions has this answer already.",
            next_step="Change the answer, if there is something new to say.",
        )
    return InputError(
        "Every one of these questions is finished or was taken back.",
        next_step="Open one of them again first, if there is more to say.",
    )


def team_of(work: UnitOfWork, question: Question) -> str:
    """Return who answers a question unless somebody else is named."""
    return work.get(Project, question.project).team if question.project else "the research team"


def _asked_on(question: Question) -> date | None:
    return question.raised_at.astimezone().date() if question.raised_at else None
