"""One question's whole story with what can be done next; used by two pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ...domain.impact import Impact
from ...domain.people import PersonId
from ...domain.questions import QuestionId, StepKind
from ...errors import PPIError
from ...services.boards import Services
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.cards import Pill
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from .change_form import ChangeForm
from .feedback_form import FeedbackForm, NotQuiteForm, PassOnForm
from .form import Form
from .framed_page import Column, loading
from .impact_form import ImpactForm, ViewForm
from .response_form import ResponseForm
from .story_facts import StoryFacts, read_story
from .story_path import StoryPath
from .words_for import state_look, state_words, when_words

SHOWS = frozenset({"question", "response", "change", "impact", "feedback", "annotation"})
_ANSWERED = frozenset({StepKind.CHANGE, StepKind.FEED_BACK})


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done next: its words, its icon, and what it does."""

    words: str
    icon: str
    do: Callable[[], object]


class StoryPane(QWidget):
    """Shows a story; takes the steps that are open, in place.

    Args:
        services: The open board.
        tasks: Runs the reading and the saving.

    Signals:
        open_passage: (version, start, end) the person wants to see words in the draft.
        shown: The story that is shown now.
        said: A short sentence for the status line.
    """

    open_passage = Signal(object)
    shown = Signal(object)
    said = Signal(str)

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._question: QuestionId | None = None
        self.facts: StoryFacts | None = None
        self._action_row: QWidget | None = None
        self.head, self.slot, self.path = Column(), Column(), Column()
        self._all = QVBoxLayout(self)
        for part in (self.head, self.slot, self.path):
            self._all.addWidget(part)
        self._all.addStretch(1)
        self._space()
        theme_changes().changed.connect(self._space)

    def open(self, question: QuestionId) -> None:
        """Show a question's story; a form that was open for another one is closed."""
        if question != self._question:
            self._question, self.facts = question, None
            self.slot.clear()
            self.path.clear()
            self.head.show_only(loading())
        self.reload()

    def clear(self) -> None:
        """Show nothing."""
        self._question, self.facts = None, None
        for part in (self.head, self.slot, self.path):
            part.clear()

    def reload(self) -> None:
        """Read the story again; an open form keeps its words."""
        question = self._question
        if question is not None:
            self._tasks.run(
                lambda: read_story(self._services, question), owner=self, on_done=self._show
            )

    def _show(self, facts: StoryFacts) -> None:
        if facts.story.question.id != self._question:
            return
        self.facts = facts
        self.head.show_only(*self._head(facts))
        self._show_actions()
        path = StoryPath(
            facts,
            taxonomy=self._services.catalogues.taxonomy,
            on_open=self.open_passage.emit,
            on_view=self._give_view,
        )
        self.path.show_only(*path.stages())
        self.shown.emit(facts.story)

    def _head(self, facts: StoryFacts) -> list[QWidget]:
        story = facts.story
        tone, icon = state_look(story.fate.state)
        since = when_words(story.fate.since, today=facts.today)
        line = FlowRow(Pill(state_words(story), tone=tone, icon=icon))
        if story.fate.is_owed:
            line.add(WrapLabel(f"With {story.holder} since {since}", role="muted"))
        elif since:
            line.add(WrapLabel(f"Since {since}", role="muted"))
        widgets: list[QWidget] = [line]
        self._action_row = None
        actions = self.open_actions(facts)
        if actions:
            row = self._action_row = FlowRow()
            for order, action in enumerate(actions):
                kind = "primary" if order == 0 and self._leads(facts) else "secondary"
                row.add(
                    button(
                        action.words,
                        icon=action.icon,
                        kind="primary" if kind == "primary" else "secondary",
                        on_press=action.do,
                    )
                )
            widgets.append(row)
        return widgets

    def _leads(self, facts: StoryFacts) -> bool:
        """Return whether the first action is what the question waits for."""
        asker = facts.story.is_mine and StepKind.CONFIRM in facts.steps
        return asker or (facts.coordinates and facts.story.fate.is_owed)

    # What can be done

    def open_actions(self, facts: StoryFacts) -> list[Action]:
        """Return what can be done next, the likeliest first."""
        found = [*self._asker_actions(facts), *self._coordinator_actions(facts)]
        if StepKind.REOPEN in facts.steps:
            found.append(Action("Open it again", "undo-2", lambda: self._take(StepKind.REOPEN)))
        return found

    def _asker_actions(self, facts: StoryFacts) -> list[Action]:
        steps, other = facts.steps, facts.speaks_for
        told = StepKind.NO_REPLY_NEEDED in steps and other is not None
        if not (StepKind.CONFIRM in steps or told):
            return []
        who = None if StepKind.CONFIRM in steps else other
        said = "" if who is None else "They said: "
        return [
            Action(
                f"{said}Yes, that is what I meant",
                "circle-check",
                lambda: self._take(StepKind.CONFIRM, on_behalf_of=who),
            ),
            Action(
                f"{said}Not quite",
                "undo-2",
                lambda: self._ask(
                    NotQuiteForm(self._services, self._tasks, facts, on_behalf_of=who),
                    said="Thank you. The question goes back to be answered again.",
                ),
            ),
        ]

    def _coordinator_actions(self, facts: StoryFacts) -> list[Action]:
        if not facts.coordinates:
            return []
        services, tasks, steps = self._services, self._tasks, facts.steps
        answer = Action(
            "Record the team's answer" if not facts.story.response else "Record a newer answer",
            "message-square",
            lambda: self._ask(ResponseForm(services, tasks, facts), said="The answer is saved."),
        )
        found: list[Action] = []
        if StepKind.ACKNOWLEDGE in steps:
            found.append(Action("Acknowledge", "circle-dot", self._acknowledge))
        if StepKind.ANSWER in steps and StepKind.FEED_BACK not in steps:
            found.append(answer)
        if StepKind.FEED_BACK in steps:
            found.append(
                Action(
                    "Tell the person",
                    "send",
                    lambda: self._ask(FeedbackForm(services, tasks, facts), said="Saved."),
                )
            )
        if StepKind.CHANGE in steps:
            found.append(
                Action(
                    "Record a change",
                    "pencil",
                    lambda: self._ask(
                        ChangeForm(services, tasks, facts), said="The change is saved."
                    ),
                )
            )
        if facts.story.response and facts.story.question.body:
            found.append(
                Action(
                    "Record the difference it made",
                    "chart-column",
                    lambda: self._ask(
                        ImpactForm(services, tasks, facts), said="The difference is saved."
                    ),
                )
            )
        if StepKind.ANSWER in steps and StepKind.FEED_BACK in steps:
            found.append(answer)
        if StepKind.NO_REPLY_NEEDED in steps:
            found.append(
                Action(
                    "No reply is needed",
                    "check",
                    lambda: self._take(StepKind.NO_REPLY_NEEDED),
                )
            )
        if facts.story.fate.is_owed:
            found.append(
                Action(
                    "Pass to",
                    "arrow-right",
                    lambda: self._ask(PassOnForm(services, tasks, facts), said="Saved."),
                )
            )
        return found

    def _acknowledge(self) -> None:
        question = self._question
        if question is not None:
            self._run(lambda: self._services.questions.acknowledge([question]), "Acknowledged.")

    def _take(self, kind: StepKind, *, on_behalf_of: PersonId | None = None) -> None:
        question = self._question
        if question is None:
            return
        self._run(
            lambda: self._services.questions.take_step(question, kind, on_behalf_of=on_behalf_of),
            "Thank you. This question is finished."
            if kind in (StepKind.CONFIRM, StepKind.NO_REPLY_NEEDED)
            else "Saved.",
        )

    def _run(self, work: Callable[[], object], said: str) -> None:
        self.head.setEnabled(False)

        def ended() -> None:
            self.head.setEnabled(True)

        self._tasks.run(
            work,
            owner=self,
            on_done=lambda _: self._say(said),
            on_problem=self._refuse,
            on_end=ended,
        )

    def _say(self, words: str) -> None:
        self.said.emit(words)
        messages.announce(self, words)

    def _refuse(self, problem: PPIError) -> None:
        messages.show_problem(self, problem)
        self.reload()

    def _give_view(self, impact: Impact) -> None:
        self._ask(ViewForm(self._services, self._tasks, impact), said="Your view is saved.")

    def _ask(self, form: Form, *, said: str) -> None:
        def close() -> None:
            self.slot.clear()
            self._show_actions()

        def saved(_: object) -> None:
            close()
            self._say(said)

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.slot.show_only(form)
        self._show_actions()
        form.focus_first()

    def _show_actions(self) -> None:
        """Offer the next steps while no form is open: one thing at a time."""
        if self._action_row is not None:
            self._action_row.setVisible(not self.slot.all())

    def _space(self) -> None:
        made = theme()
        self._all.setContentsMargins(0, 0, made.px(0.3), made.space(2))
        self._all.setSpacing(made.space(2))
        for part in (self.head, self.slot):
            layout = part.layout()
            if layout is not None:
                layout.setSpacing(made.space(2))
        layout = self.path.layout()
        if layout is not None:
            layout.setSpacing(0)
