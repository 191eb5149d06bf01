"""One jotting that two coordinators gave different names, before their laptops exchanged.

Each name made a question, and each is owed an answer until somebody says whose it was. Then the
others are put aside, words and all, for it was one question. Two who settle it differently before
they exchange keep both; and what was answered meanwhile is offered again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..domain.facts import entity_of
from ..domain.log import SetOp, entity_name
from ..domain.meeting_parts import Jotting
from ..domain.meeting_rules import named_identity
from ..domain.meetings import JottingId, MeetingId
from ..domain.people import Person, PersonId
from ..domain.questions import Question, QuestionId, QuestionState, StepKind, fate_of
from ..domain.register import Support, Theme
from ..domain.spaces import BOARD, space_of
from ..errors import NotAllowedError
from .desk import COORDINATING, Desk, alter, coordinators
from .outcome import Outcome
from .ports import UnitOfWork
from .themes import LONGEST_TITLE, Themes

_SLIGHT = frozenset({StepKind.ACKNOWLEDGE, StepKind.UNMERGE, StepKind.MERGE})
"""What may have happened to a question that is put aside: nobody was told anything by it."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One of the names that a jotting was given.

    Args:
        question: The question it made.
        asker: Whose it was said to be; ``None`` for the whole group.
        has_moved_on: Whether more than an acknowledgement happened to it: then it stays.
        is_aside: Whether it was put aside before that was heard of.
    """

    question: QuestionId
    asker: PersonId | None
    has_moved_on: bool = False
    is_aside: bool = False


@dataclass(frozen=True)
class NamedTwice:
    """Jottings with more than one name."""

    desk: Desk

    def of(self, meeting: MeetingId) -> Mapping[JottingId, tuple[Naming, ...]]:
        """Return the jottings of a meeting whose names differ, and these names."""
        with self.desk.store.unit_of_work() as work:
            named = [one for one in work.find(Jotting, meeting=meeting) if one.question]
            return self._among(work, named) if named else {}

    def everywhere(self) -> list[Jotting]:
        """Return every jotting of the board whose names differ, oldest first.

        Questions from one jotting are as old as it is, to the millisecond: only where two are is
        there anything to look into, so a large register is not worked through name by name.
        """
        with self.desk.store.unit_of_work() as work:
            plain = work.plain()
            raised = plain.columns(Question, "meeting", "raised_at")
            several = {
                each for each, many in Counter(row[1:] for row in raised).items() if many > 1
            }
            written = plain.columns(Jotting, "meeting", "made_at")
            wanted = tuple(row[0] for row in written if row[1:] in several)
            jottings = work.find(Jotting, id=wanted) if wanted else []
            differ = self._among(work, jottings)
            bodies = {q.id: q.body for q in work.find(Question, id=_questions(differ))}
        found = [one for one in jottings if one.id in differ and one.question]
        return [replace(one, body=bodies.get(one.question, "")) for one in found if one.question]

    def settle(self, jotting: JottingId, kept: QuestionId) -> Outcome[Question]:
        """Say whose question it was; the other is put aside, and its words stay in the kept one.

        Args:
            jotting: Which jotting.
            kept: The question of the name that is right.

        Raises:
            NotAllowedError: Only a coordinator says so; the names do not differ (any more); or the
                other question has been answered.
        """
        with self.desk.store.unit_of_work() as work:
            old, namings = self._clash(work, jotting)
            others = [one for one in namings if one.question != kept]
            if len(others) == len(namings):
                raise _settled()
            if any(one.has_moved_on for one in others):
                raise NotAllowedError(
                    "The other question has gone further already, so it stays.",
                    next_step="Choose that name, or put both together to answer them as one.",
                )
            back = [one for one in namings if one.question == kept and one.is_aside]
            self._bring_back(work, back)
            found = work.get(Question, kept)
            # Said anew: a laptop that puts this one aside meanwhile has not seen it, so it stays.
            work.record(space_of(found), [SetOp(entity_of(found), "asker", str(found.asker))])
            for one in others:
                for away in work.find(Question, id=one.question):
                    work.record(space_of(away), [SetOp(entity_of(away), "gone", True)])
            alter(work, old, question=kept)
            return Outcome(found, work.commit())

    def answer_together(self, jotting: JottingId) -> Outcome[int]:
        """Say that both names are right: the questions are put together as similar ones.

        Returns:
            How many questions are together.

        Raises:
            NotAllowedError: Only a coordinator does; or the names do not differ (any more).
        """
        with self.desk.store.unit_of_work() as work:
            _, namings = self._clash(work, jotting)
            self._bring_back(work, [one for one in namings if one.is_aside])
            questions = [work.get(Question, one.question) for one in namings]
            themes = work.find(Theme, id=tuple(one.theme for one in questions if one.theme))
            back = work.commit()
        loose = [one.id for one in questions if not themes or one.theme != str(themes[0].id)]
        together = Themes(self.desk)
        for one in questions:
            if themes and one.theme and one.id in loose:
                together.take_out(one.id)
        title = questions[0].body[:LONGEST_TITLE]
        made = (
            together.add(themes[0].id, loose)
            if themes
            else together.put_together(loose, title=title)
        )
        return Outcome(len(made.value.stories), (*back, *made.entries))

    def _clash(self, work: UnitOfWork, jotting: JottingId) -> tuple[Jotting, tuple[Naming, ...]]:
        self.desk.require(work, *COORDINATING, doing="say whose question it was")
        old = work.get(Jotting, jotting)
        namings = self._among(work, [old]).get(jotting)
        if namings is None:
            raise _settled()
        return old, namings

    def _bring_back(self, work: UnitOfWork, namings: Iterable[Naming]) -> None:
        for one in namings:
            work.record(BOARD, [SetOp(entity_name("question", one.question), "gone", False)])

    def _among(
        self, work: UnitOfWork, jottings: Iterable[Jotting]
    ) -> Mapping[JottingId, tuple[Naming, ...]]:
        people = (*(person.id for person in work.find(Person)), None)
        possible = {
            one.id: {named_identity(one.id, whose): whose for whose in people} for one in jottings
        }
        every = tuple(question for each in possible.values() for question in each)
        there = {one.id: one for one in work.find(Question, id=every)}
        moved = _went_further(work, every)
        found = {}
        for jotting, names in possible.items():
            namings = tuple(
                Naming(question, whose, question in moved, question not in there)
                for question, whose in names.items()
                if (question in there and not self._is_taken_back(work, there[question]))
                or (question in moved and question not in there)
            )
            themes = {there[one.question].theme for one in namings if not one.is_aside}
            are_together = len(themes) == 1 and themes != {""}
            settled = are_together and not any(one.is_aside for one in namings)
            if len(namings) > 1 and not settled:
                found[jotting] = namings
        return found

    def _is_taken_back(self, work: UnitOfWork, question: Question) -> bool:
        fate = fate_of(question, work.steps(question.id), coordinators=coordinators(work))
        return fate.state is QuestionState.WITHDRAWN


def _questions(differ: Mapping[JottingId, tuple[Naming, ...]]) -> tuple[QuestionId, ...]:
    return tuple(one.question for namings in differ.values() for one in namings)


def _went_further(work: UnitOfWork, questions: Iterable[QuestionId]) -> set[QuestionId]:
    known = {str(one): one for one in questions}
    steps = [(known[line[0]], line[1]) for line in work.plain().step_lines(known)]
    further = {question for question, kind in steps if kind not in _SLIGHT}
    supported = {one.question for one in work.find(Support, question=tuple(known.values()))}
    taken_back = {question for question, kind in steps if kind == StepKind.WITHDRAW}
    return (further | supported) - taken_back


def _settled() -> NotAllowedError:
    return NotAllowedError(
        "Nothing is to be settled here any more.", next_step="Look at the question as it is now."
    )
