"""Recording what the research team answers, to one question or to all that ask the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit

from ...domain.questions import Considered
from ...domain.register import Theme
from ...domain.responses import DECISION_WORDS, Answer, Decision
from ...services.boards import Services
from ...services.stories import Story
from ..tasks import Tasks
from ..widgets.form_rows import FormRow
from ..widgets.labels import muted
from .form import Choice, Day, Form, WordsBox
from .story_facts import StoryFacts
from .ticks import Ticks
from .words_for import CONSIDERED_WORDS, count_words, day_words, local_day

_ANSWER = "Record the team's answer"
_CONSIDERED = "Had the team considered this before it was asked?"


class AnswerForm(Form):
    """The team's answer: what they will do, in which words, on what grounds, who decided and when.

    Args:
        services: The open board.
        tasks: Runs the saving.
        stories: The questions that are answered.
        heading: What the form is for.
        give: Records the answer.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        stories: Sequence[Story],
        *,
        heading: str,
        give: Callable[[Answer], Any],
    ) -> None:
        super().__init__(heading, tasks=tasks, save_words="Save the answer")
        self._give, self._today = give, services.desk.today()
        asked = [day for story in stories if (day := local_day(story.question.raised_at))]
        self._asked_on: date | None = min(asked, default=None)
        self._add_decision()
        self.grounds = Ticks(
            [(term.label, term.code) for term in services.catalogues.taxonomy.reasons],
            name="What it was decided on",
        )
        help_text = "Tick any that counted, or none."
        self.put(FormRow("What it was decided on", self.grounds, help_text=help_text, wide=True))
        self.grounds.name_choices()
        teams = {story.project.team for story in stories if story.project}
        self.by = QLineEdit(teams.pop() if len(teams) == 1 else "")
        self.by.setPlaceholderText("the research team")
        self.ask("Who decided", self.by)
        self._add_day()
        before: list[tuple[str, object]] = [(w, c) for c, w in CONSIDERED_WORDS.items()]
        said = {story.question.considered for story in stories}
        chosen = said.pop() if len(said) == 1 else None
        self.considered = Choice(before, name=_CONSIDERED, chosen=chosen)
        self.ask(_CONSIDERED, self.considered)
        self.considered.name_choices()

    def _add_decision(self) -> None:
        self.decision = Choice(
            [(words, decision) for decision, words in DECISION_WORDS.items()],
            name="What the team will do",
        )
        self.decision_row = self.ask("What the team will do", self.decision)
        self.decision.name_choices()
        self.body = WordsBox(lines=3)
        self.body_row = self.ask("The answer, in plain words", self.body)
        self.reason = WordsBox(lines=2)
        self.reason_row = self.ask(
            "Why nothing will change",
            self.reason,
            help_text="The person who asked will read it.",
        )
        self.reason_row.hide()
        self.decision.changed.connect(self._show_reason)

    def _add_day(self) -> None:
        self.on = Day(self._today)
        self.on_row = self.ask("When they decided", self.on)
        asked = day_words(self._asked_on, today=self._today)
        self.earlier = QCheckBox(f"Yes, they decided before it was asked ({asked})")
        self.earlier.hide()
        self.put(self.earlier)
        self.on.dateChanged.connect(lambda _: self._show_earlier())

    def save(self) -> None:
        """Record the answer."""
        decision: Decision | None = self.decision.value()
        body, day = self.body.words(), self.on.value()
        refused = decision is Decision.WILL_NOT_CHANGE and not self.reason.words()
        self.decision_row.set_problem("" if decision else "Choose what the team will do.")
        self.body_row.set_problem("" if body else "Write the answer.")
        self.reason_row.set_problem("Say why, in a sentence." if refused else "")
        amiss = self._amiss_with_day(day)
        self.on_row.set_problem(amiss)
        if decision is None or not body or refused or amiss:
            return
        considered: Considered | None = self.considered.value()
        answer = Answer(
            decision=decision,
            body=body,
            reason=self.reason.words() if decision is Decision.WILL_NOT_CHANGE else "",
            criteria=self.grounds.values(),
            decided_by=self.by.text(),
            decided_on=day,
            considered=considered,
            was_earlier=self.earlier.isChecked(),
        )
        self.run(lambda: self._give(answer))

    def _amiss_with_day(self, day: date) -> str:
        if day > self._today:
            return "That day has not come yet. Choose today or earlier."
        if self._is_earlier(day) and not self.earlier.isChecked():
            return "That is before the question was asked. Choose a later day, or tick below."
        return ""

    def _is_earlier(self, day: date) -> bool:
        return self._asked_on is not None and day < self._asked_on

    def _show_earlier(self) -> None:
        is_earlier = self._is_earlier(self.on.value())
        self.earlier.setVisible(is_earlier)
        if not is_earlier:
            self.earlier.setChecked(False)

    def _show_reason(self) -> None:
        self.reason_row.setVisible(self.decision.value() is Decision.WILL_NOT_CHANGE)


class ResponseForm(AnswerForm):
    """The team's answer to one question.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts) -> None:
        question = facts.story.question.id
        super().__init__(
            services,
            tasks,
            [facts.story],
            heading=_ANSWER,
            give=lambda answer: services.responses.to_question(question, answer),
        )
        self.keep_words(services.desk, question)


class ThemeResponseForm(AnswerForm):
    """One answer for all questions of a theme; the finished ones are left alone.

    Args:
        services: The open board.
        tasks: Runs the saving.
        theme: The theme.
        stories: Those of its questions that are not finished or taken back.
    """

    def __init__(
        self, services: Services, tasks: Tasks, theme: Theme, stories: Sequence[Story]
    ) -> None:
        number = count_words(len(stories), "question")
        super().__init__(
            services,
            tasks,
            stories,
            heading=f"One answer for {number}",
            give=lambda answer: services.responses.to_theme(theme.id, answer),
        )
        self.put(
            muted(
                "Each question has this answer on its own path, and each person is still to be"
                " told. Questions that are finished or were taken back, or have this very answer,"
                " stay as they are."
            )
        )
        self._begin_with(theme, stories)
        self.keep_words(services.desk, theme.id)

    def _begin_with(self, theme: Theme, stories: Sequence[Story]) -> None:
        """Begin with the answer that others here were given, where one of them has none yet."""
        given = [
            story.response
            for story in stories
            if story.response and story.response.theme == str(theme.id)
        ]
        if given and not all(story.responses for story in stories):
            before = given[-1]
            self.decision.choose(before.decision)
            self.body.setPlainText(before.body)
            self.reason.setPlainText(before.reason)
            self.by.setText(before.decided_by)
            self.grounds.tick(before.criteria)
            if before.decided_on is not None:
                self.on.choose(before.decided_on)
