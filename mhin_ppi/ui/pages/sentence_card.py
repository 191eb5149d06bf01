"""Cards that Home is made of: one sentence with its button, and the asker's last word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...domain.questions import StepKind
from ...services.boards import Services
from ...services.stories import Story
from .. import messages
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import Kind, button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .feedback_form import NotQuiteForm
from .framed_page import Column
from .story_facts import StoryFacts, read_story


class SentenceCard(Card):
    """One sentence and one button.

    Args:
        words: The sentence.
        act: Words of the button.
        on_press: What it does.
        more: A quiet line under the sentence, or "".
        kind: Kind of button.
        large: Whether this matters most on the page.
    """

    def __init__(  # noqa: PLR0913 - one sentence and its button
        self,
        words: str,
        act: str,
        on_press: Callable[[], None],
        *,
        more: str = "",
        kind: Kind = "secondary",
        large: bool = False,
    ) -> None:
        super().__init__()
        self.setAccessibleName(words)
        labels = [WrapLabel(words, role="large" if large else "")]
        said = Column(*labels, muted(more)) if more else Column(*labels)
        pressed = button(act, kind=kind, on_press=on_press)
        # Many buttons say "Open": a screen reader also hears what.
        pressed.setAccessibleDescription(words)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme().space(3))
        across.addWidget(said, 1)
        across.addWidget(pressed)
        self.add(row)


class LastWordCard(Card):
    """What a person was told about their question, and whether it is what they meant.

    Args:
        services: The open board.
        tasks: Runs the saving.
        story: The question, of which its asker has been told.

    Signals:
        story_wanted: The person wants to see the whole story.
    """

    story_wanted = Signal()

    def __init__(self, services: Services, tasks: Tasks, story: Story) -> None:
        super().__init__()
        self._services, self._tasks, self._question = services, tasks, story.question.id
        asked = " ".join(story.question.body.split())
        self.setAccessibleName(asked)
        self.add(WrapLabel(f"“{asked}”"))
        if story.feedback:
            self.add(WrapLabel(f"You were told: {story.feedback[-1].body}"))
        yes = button("Yes, that is what I meant", icon="circle-check", on_press=self._confirm)
        not_quite = button("Not quite", icon="undo-2", on_press=self._ask)
        story_button = button("The whole story", icon="arrow-right", kind="quiet")
        story_button.clicked.connect(self.story_wanted.emit)
        self._row = FlowRow(yes, not_quite, story_button)
        for each in (yes, not_quite, story_button):
            each.setAccessibleDescription(asked)
        self.add(self._row)

    def _confirm(self) -> None:
        question, questions = self._question, self._services.questions
        self._row.setEnabled(False)
        self._tasks.run(
            lambda: questions.take_step(question, StepKind.CONFIRM),
            owner=self,
            on_done=lambda _: messages.tell(self, "Thank you. This question is finished."),
            on_end=lambda: self._row.setEnabled(True),
        )

    def _ask(self) -> None:
        self._tasks.run(
            lambda: read_story(self._services, self._question), owner=self, on_done=self._show_form
        )

    def _show_form(self, facts: StoryFacts) -> None:
        form = NotQuiteForm(self._services, self._tasks, facts)
        form.saved.connect(
            lambda _: messages.tell(self, "Thank you. It goes back to be answered again.")
        )

        def close() -> None:
            form.hide()
            form.deleteLater()
            self._row.show()

        form.cancelled.connect(close)
        self._row.hide()
        self.add(form)
        form.show()
        form.focus_first()
