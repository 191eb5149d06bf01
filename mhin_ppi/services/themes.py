"""Similar questions, put together by a coordinator: each keeps its words, its asker and its credit.

A theme is a name; which questions are in it stands on the questions. So two coordinators who put
one question into different themes end with it in the same one, on every laptop alike, and a theme
that nothing is in any more is simply not shown: its name is kept, and can be used again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..domain.questions import Question, QuestionId, QuestionState, StepKind, check_step, fate_of
from ..domain.register import Theme, ThemeId
from ..errors import InputError, NotAllowedError
from .desk import COORDINATING, Desk, alter, coordinators, keep
from .outcome import Outcome
from .ports import UnitOfWork
from .similar_questions import SimilarQuestions, stories_of
from .steps import write_step
from .stories import Story

LONGEST_TITLE = 120
_ALONE = "There is only one question here."


@dataclass(frozen=True, slots=True)
class ThemeShown:
    """A theme and the questions in it that this laptop may see.

    Args:
        theme: The theme.
        stories: Its questions, the first asked first.
    """

    theme: Theme
    stories: tuple[Story, ...]


@dataclass(frozen=True)
class Themes:
    """Questions that ask the same thing."""

    desk: Desk

    @cached_property
    def similar(self) -> SimilarQuestions:
        """Finds what may belong together."""
        return SimilarQuestions(self.desk)

    def all(self) -> list[tuple[Theme, int]]:
        """Return the themes that hold questions, newest first, and how many each holds."""
        with self.desk.store.unit_of_work() as work:
            themes = work.find(Theme)
            held: dict[str, int] = defaultdict(int)
            for one in work.find(Question, theme=tuple(str(theme.id) for theme in themes)):
                held[one.theme] += 1
        return [(theme, held[str(theme.id)]) for theme in reversed(themes) if held[str(theme.id)]]

    def of(self, question: QuestionId) -> tuple[Theme, int] | None:
        """Return the theme a question is in and how many it holds; ``None`` when in none."""
        with self.desk.store.unit_of_work() as work:
            found = work.get(Question, question)
            for theme in work.find(Theme, id=found.theme) if found.theme else ():
                return theme, work.count(Question, theme=found.theme)
        return None

    def open(self, theme: ThemeId) -> ThemeShown:
        """Return a theme and its questions.

        Raises:
            NotFoundError: There is no such theme here.
        """
        with self.desk.store.unit_of_work() as work:
            return self._shown(work, theme)

    def put_together(self, questions: Iterable[QuestionId], *, title: str) -> Outcome[ThemeShown]:
        """Put questions together under a name.

        Args:
            questions: Two or more.
            title: What they have in common, in a few words; everyone on the board can read it.

        Raises:
            InputError: No name, too long a one, or fewer than two questions.
            NotAllowedError: Only a coordinator does this; one is in a theme already, or taken back.
        """
        wanted = list(dict.fromkeys(questions))
        if len(wanted) < 2:  # noqa: PLR2004 - one question is not together with anything
            raise InputError(_ALONE, next_step="Choose at least one more that asks the same.")
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="put questions together")
            theme = Theme(
                id=ThemeId(self.desk.new_id()),
                title=_checked(title),
                made_by=self.desk.store.person,
                made_at=self.desk.now(),
            )
            keep(work, theme)
            self._merge(work, theme, wanted)
            shown = self._shown(work, theme.id)
            return Outcome(shown, work.commit())

    def add(self, theme: ThemeId, questions: Iterable[QuestionId]) -> Outcome[ThemeShown]:
        """Put more questions into a theme.

        Raises:
            NotAllowedError: Only a coordinator does this; one is in a theme already, or taken back.
            NotFoundError: There is no such theme here.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="put questions together")
            self._merge(work, work.get(Theme, theme), questions)
            shown = self._shown(work, theme)
            return Outcome(shown, work.commit())

    def take_out(self, question: QuestionId) -> Outcome[Story]:
        """Take a question out of its theme: it is as it was before, with what it was told since.

        Raises:
            NotAllowedError: Only a coordinator does this; or it is in no theme.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="take questions apart")
            found = work.get(Question, question)
            if not found.theme:
                raise NotAllowedError("This question is not with similar questions.")
            self._unmerge(work, found)
            story = stories_of(self.desk, work, [work.get(Question, question)])[0]
            return Outcome(story, work.commit())

    def rename(self, theme: ThemeId, *, title: str) -> Outcome[Theme]:
        """Give a theme another name.

        Raises:
            InputError: No name, or too long a one.
            NotAllowedError: Only a coordinator does this.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="rename similar questions")
            named = alter(work, work.get(Theme, theme), title=_checked(title))
            return Outcome(named, work.commit())

    def dissolve(self, theme: ThemeId) -> Outcome[tuple[QuestionId, ...]]:
        """Take every question out of a theme; :meth:`add` with what is returned undoes it.

        Raises:
            NotAllowedError: Only a coordinator does this.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="take questions apart")
            work.get(Theme, theme)
            together = work.find(Question, theme=str(theme))
            taken_out = [one.id for one in together if self._unmerge(work, one)]
            return Outcome(tuple(taken_out), work.commit())

    def _merge(self, work: UnitOfWork, theme: Theme, questions: Iterable[QuestionId]) -> None:
        ways = {one.to_board for one in work.find(Question, theme=str(theme.id))}
        for identity in questions:
            found = work.get(Question, identity)
            if found.theme and work.find(Theme, id=found.theme):
                raise NotAllowedError(
                    "One of these questions is with similar questions already.",
                    next_step="Take it out there first, or add the others to those.",
                )
            ways.add(found.to_board)
            self._check(work, found, StepKind.MERGE)
            write_step(
                self.desk, work, found, StepKind.MERGE, on_behalf_of=None, theme=str(theme.id)
            )
            alter(work, found, theme=str(theme.id))
        if len(ways) > 1:
            raise NotAllowedError(
                "A question to the board cannot be with questions from the board.",
                next_step="Put together those that the same side has asked.",
            )

    def _unmerge(self, work: UnitOfWork, question: Question) -> bool:
        """Take a question out; one that was taken back leaves without a step, as it may take none.

        Returns:
            Whether it could be put back.
        """
        steps = work.steps(question.id)
        state = fate_of(question, steps, coordinators=coordinators(work)).state
        alive = state is not QuestionState.WITHDRAWN
        if alive:
            self._check(work, question, StepKind.UNMERGE)
            kind = StepKind.UNMERGE
            write_step(self.desk, work, question, kind, on_behalf_of=None, theme=question.theme)
        alter(work, question, theme="")
        return alive

    def _check(self, work: UnitOfWork, question: Question, kind: StepKind) -> None:
        coordinating = coordinators(work)
        check_step(
            question,
            fate_of(question, work.steps(question.id), coordinators=coordinating),
            kind,
            by=self.desk.store.person,
            is_coordinator=self.desk.store.person in coordinating,
        )

    def _shown(self, work: UnitOfWork, theme: ThemeId) -> ThemeShown:
        found = work.get(Theme, theme)
        together: Sequence[Question] = work.find(Question, theme=str(theme))
        asked = sorted(together, key=lambda one: str(one.raised_at))
        return ThemeShown(found, tuple(stories_of(self.desk, work, asked)))


def _checked(title: str) -> str:
    words = " ".join(title.split())
    if not words:
        raise InputError(
            "The similar questions have no name yet.",
            next_step="Write in a few words what they have in common.",
        )
    if len(words) > LONGEST_TITLE:
        raise InputError(
            f"That name is {len(words)} characters long; it holds {LONGEST_TITLE}.",
            next_step="Use a few words; the questions keep their own.",
        )
    return words
