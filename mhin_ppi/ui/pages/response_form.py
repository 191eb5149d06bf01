"""Recording what the research team answers."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from ...domain.questions import Considered
from ...domain.responses import DECISION_WORDS, Decision
from ...services.boards import Services
from ..tasks import Tasks
from .form import Choice, Day, Form, WordsBox
from .story_facts import StoryFacts
from .words_for import CONSIDERED_WORDS


class ResponseForm(Form):
    """The team's answer: what they will do, in which words, who decided and when.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts) -> None:
        super().__init__("Record the team's answer", tasks=tasks, save_words="Save the answer")
        self._services, self._facts = services, facts
        story = facts.story
        self.decision = Choice(
            [(words, decision) for decision, words in DECISION_WORDS.items()],
            name="What the team will do",
        )
        self.decision_row = self.ask("What the team will do", self.decision)
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
        team = story.project.team if story.project else "the research team"
        self.by = QLineEdit(team)
        self.ask("Who decided", self.by)
        self.on = Day(facts.today)
        self.ask("When they decided", self.on)
        before: list[tuple[str, object]] = [(w, c) for c, w in CONSIDERED_WORDS.items()]
        self.considered = Choice(
            before,
            name="Had the team thought of it before it was asked?",
            chosen=story.question.considered,
        )
        self.ask("Had the team thought of it before it was asked?", self.considered)

    def save(self) -> None:
        """Record the answer."""
        decision: Decision | None = self.decision.value()
        self.decision_row.set_problem("" if decision else "Choose what the team will do.")
        self.body_row.set_problem("" if self.body.words() else "Write the answer.")
        refused = decision is Decision.WILL_NOT_CHANGE and not self.reason.words()
        self.reason_row.set_problem("Say why, in a sentence." if refused else "")
        if decision is None or not self.body.words() or refused:
            return
        body, by, on = self.body.words(), self.by.text(), self.on.value()
        reason = self.reason.words() if self.reason_row.isVisibleTo(self) else ""
        considered: Considered | None = self.considered.value()
        self.run(
            lambda: self._services.questions.respond(
                self._facts.story.question.id,
                decision=decision,
                body=body,
                reason=reason,
                decided_by=by,
                decided_on=on,
                considered=considered,
            )
        )

    def _show_reason(self) -> None:
        self.reason_row.setVisible(self.decision.value() is Decision.WILL_NOT_CHANGE)
