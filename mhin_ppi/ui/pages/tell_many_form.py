"""Telling many people at once: one set of words, filled in and looked at for each question."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox

from ...domain.feedback_words import PARTS, TEMPLATES, filled, parts_for
from ...domain.responses import FeedbackKind
from ...services.boards import Services
from ...services.feedback_debt import Debt
from ...services.quoted_warnings import QuotedWarnings
from ...services.stories import Story
from ...services.telling import Telling
from ..tasks import Tasks
from ..widgets.buttons import button, reword
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .feedback_form import FEEDBACK_WORDS
from .form import Choice, Form, WordsBox
from .words_for import count_words

MOST_AT_ONCE = 40


class TellingCard(Card):
    """What one person would be told: read it, change it, or leave it out.

    Args:
        story: The question.
        warnings: What quoted parts of drafts touch on.
    """

    def __init__(self, story: Story, warnings: QuotedWarnings) -> None:
        super().__init__()
        self.story = story
        self._change = story.changes[-1] if story.changes else None
        self._touches_on = warnings.before_change(self._change)
        asked = " ".join(story.question.body.split())
        self.setAccessibleName(asked)
        whom = story.asked_by
        whom = f"{whom[0].lower()}{whom[1:]}" if whom.startswith(("A ", "An ")) else whom
        self.tick = QCheckBox(f"Tell {whom}")
        self.tick.setAccessibleName(f"Tell {whom}: {asked}")
        self.tick.setChecked(True)
        self.body = WordsBox(lines=5)
        self.body.setAccessibleName(f"What they are told: {asked}")
        self.again = button("Fill in again", kind="quiet", icon="undo-2")
        self.again.setAccessibleDescription(asked)
        self.again.hide()
        self.missing = WrapLabel("Write what they are told, or leave them out.", role="attention")
        self.missing.hide()
        self._filled = ""
        self.body.textChanged.connect(self._on_changed)
        self.tick.toggled.connect(self.body.setVisible)
        self.again.clicked.connect(lambda: self.body.setPlainText(self._filled))
        for part in (self.tick, self.body, self.missing, FlowRow(self.again)):
            self.add(part)

    def fill(self, template: str) -> None:
        """Fill in a template, unless the person has written words of their own here."""
        story = self.story
        parts = parts_for(story.question, story.response, self._change, touches_on=self._touches_on)
        words = filled(template, parts)
        untouched = self.body.toPlainText() == self._filled
        self._filled = words
        if untouched:
            self.body.setPlainText(words)
        self._on_changed()

    def _on_changed(self) -> None:
        self.again.setVisible(self.body.toPlainText() != self._filled)
        self.missing.setVisible(self.tick.isChecked() and not self.body.words())


class TellManyForm(Form):
    """Drafts what several people are told, all in one go.

    Args:
        services: The open board.
        tasks: Runs the saving.
        waiting: Who has not been told yet, longest wait first.
        warnings: What quoted parts of drafts touch on.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        waiting: Sequence[Debt],
        *,
        warnings: QuotedWarnings,
    ) -> None:
        super().__init__("Tell those who are answered", tasks=tasks, save_words="Save")
        self._services = services
        self.kind = Choice(
            [(words, kind) for kind, words in FEEDBACK_WORDS.items()],
            name="What it is about",
            chosen=FeedbackKind.DIFFERENCE,
        )
        self.kind.changed.connect(self._offer)
        self.ask("What it is about", self.kind)
        self.template = WordsBox(lines=5, text=TEMPLATES[FeedbackKind.DIFFERENCE])
        parts = ", ".join(f"[{part}]" for part in PARTS)
        self.ask(
            "The words for all",
            self.template,
            help_text=f"Filled in for each question: {parts}. A line with nothing to fill in is "
            "left out.",
        )
        if len(waiting) > MOST_AT_ONCE:
            self.put(muted(f"These are the {MOST_AT_ONCE} who wait longest. The rest come next."))
        self.cards = [TellingCard(debt.story, warnings) for debt in waiting[:MOST_AT_ONCE]]
        for card in self.cards:
            card.tick.toggled.connect(lambda _: self._count())
            self.put(card)
        self.put(muted("They read it on their own laptop after the next exchange of files."))
        self.template.textChanged.connect(self._fill)
        self._fill()
        self._count()

    def save(self) -> None:
        """Record what everyone who is ticked was told."""
        chosen = [card for card in self.cards if card.tick.isChecked()]
        for card in chosen:
            card.missing.setVisible(not card.body.words())
        if any(not card.body.words() for card in chosen):
            return
        kind = self.kind.value()
        told = [Telling(card.story.question.id, card.body.words(), kind) for card in chosen]
        self.run(lambda: self._services.answering.telling.tell(told))

    def _offer(self) -> None:
        """Begin with the words for another sort of feedback, unless these have been changed."""
        if self.template.toPlainText().strip() in {words.strip() for words in TEMPLATES.values()}:
            self.template.setPlainText(TEMPLATES[self.kind.value()])

    def _fill(self) -> None:
        for card in self.cards:
            card.fill(self.template.toPlainText())

    def _count(self) -> None:
        chosen = sum(card.tick.isChecked() for card in self.cards)
        people = count_words(chosen, "answer")
        reword(self.save_button, f"Save {people} to tell", gap=False)
        self.save_button.setEnabled(bool(chosen))
