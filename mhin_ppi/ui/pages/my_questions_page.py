"""My questions: what I asked, what happened, and who has it now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from ...domain.annotations import KIND_WORDS
from ...domain.people import PersonId
from ...domain.questions import QuestionId, StepKind, steps_open_to
from ...domain.responses import DECISION_WORDS
from ...services.boards import Services
from ...services.feedback_debt import Debt
from ...services.outcome import Outcome
from ...services.quoted_warnings import QuotedWarnings
from ...services.stories import Story
from .. import messages
from ..tasks import Tasks
from ..theme import theme, theme_changes
from ..widgets.cards import EmptyState
from ..widgets.question_card import QuestionCard
from .card_forms import CardForms
from .consent_card import ConsentCard
from .feedback_form import NotQuiteForm
from .framed_page import Column, FramedPage, loading
from .owed_words import wait_words
from .page import Place
from .story_facts import StoryFacts, read_story
from .story_impact import ASK_THE_ASKER, awaits_view
from .story_pane import SHOWS
from .words_for import state_look, state_words, when_words

LONGEST_QUOTE = 160


class MyQuestionsPage(FramedPage):
    """Every question of the person at the laptop: what waits for them first, then newest news."""

    place: ClassVar[Place] = Place.MY_QUESTIONS
    shows: ClassVar[frozenset[str]] = SHOWS | {"chaser", "board"}

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="My questions")
        self.list = Column(loading())
        self._cards: dict[object, QuestionCard] = {}
        self._debts: dict[QuestionId, Debt] = {}
        self._warnings = QuotedWarnings()
        self._forms = CardForms(self)
        self.consent = ConsentCard(services, tasks)
        self.consent.said.connect(self.say)
        self._inside = Column(self.list, self.consent)
        self.frame.set_content(self._inside)
        self.frame.add_action(
            "What others ask", icon="users", on_press=lambda: self.go.emit(Place.QUESTIONS, None)
        )
        self._space()
        theme_changes().changed.connect(self._space)

    def open_at(self, argument: object | None) -> None:
        self.reload()

    def reload(self) -> None:
        services = self.services

        def work() -> tuple[list[Story], tuple[Debt, ...], QuotedWarnings]:
            stories = services.questions.mine()
            warnings = services.content_notes.before_quotes(stories)
            return stories, services.answering.debt.mine(), warnings

        self.tasks.run(work, owner=self, on_done=lambda found: self._show(*found))
        self.consent.reload()

    def _show(self, stories: list[Story], debts: Sequence[Debt], warnings: QuotedWarnings) -> None:
        self._debts = {debt.question: debt for debt in debts}
        self._warnings = warnings
        told = sum(StepKind.CONFIRM in _steps(story) for story in stories)
        waits = {0: "", 1: "One of them waits for a word from you."}
        self.frame.set_context(waits.get(told, f"{told} of them wait for a word from you."))
        self._cards = {}
        self._forms.take_out()
        # What waits for a word from them is not to be looked for further down.
        stories = sorted(stories, key=lambda story: StepKind.CONFIRM not in _steps(story))
        if not stories:
            self.list.show_only(
                EmptyState(
                    "Your questions will be here, with what happened to each.",
                    more="Open a draft, mark some words and choose Ask.",
                    icon="circle-question-mark",
                    action="See the drafts",
                    on_action=lambda: self.go.emit(Place.TO_READ, None),
                )
            )
            return
        self.list.show_gradually([partial(self._card, story) for story in stories])

    def _card(self, story: Story) -> QuestionCard:
        tone, icon = state_look(story.fate.state)
        note = story.annotation
        quote = " ".join(note.passage.quote.split()) if note and note.passage else ""
        if len(quote) > LONGEST_QUOTE:
            quote = quote[: LONGEST_QUOTE - 1] + "…"
        card = QuestionCard(
            story.question.body or "You took these words back.",
            status=state_words(story),
            tone=tone,
            icon=icon,
            context=_context(story, today=self.today),
            quote=quote,
            warning=self._warnings.before(note.version, note.passage) if note else "",
            happened=happened(
                story,
                self._debts.get(story.question.id),
                today=self.today,
                warnings=self._warnings,
            ),
        )
        steps = _steps(story)
        if StepKind.CONFIRM in steps:
            card.add_action("yes", "Yes, that is what I meant", icon="circle-check")
            card.add_action("not_quite", "Not quite", icon="undo-2")
        if awaits_view(story):
            card.add_action("view", "Say how you see it", icon="pencil")
        card.add_action("story", "The whole story", icon="arrow-right", kind="quiet")
        if StepKind.WITHDRAW in steps:
            card.add_action("withdraw", "Take back my words", icon="trash-2", kind="quiet")
        card.action_wanted.connect(lambda action: self._on_action(action, story))
        self._cards[story.question.id] = card
        self._forms.put_back(story.question.id, card)
        return card

    def _on_action(self, action: str, story: Story) -> None:
        question = story.question.id
        if action in ("story", "view"):
            self.go.emit(Place.STORY, question)
        elif action == "yes":
            self.tasks.run(
                lambda: self.services.questions.take_step(question, StepKind.CONFIRM),
                owner=self,
                on_done=lambda _: messages.tell(self, "Thank you. This question is finished."),
            )
        elif action == "not_quite":
            self.tasks.run(
                lambda: read_story(self.services, question),
                owner=self,
                on_done=self._ask_what_is_missing,
            )
        elif action == "withdraw":
            messages.ask(
                self,
                "Take back your words?",
                detail="They vanish here at once, and from every other laptop at the next "
                "exchange. Files that were sent before cannot be recalled. "
                "What you are paid does not change.",
                yes="Take them back",
                no="Keep them",
                on_yes=lambda: self._withdraw(story),
            )

    def _ask_what_is_missing(self, facts: StoryFacts) -> None:
        card = self._cards.get(facts.story.question.id)
        if card is None:
            return

        def thank() -> None:
            messages.tell(self, "Thank you. It goes back to be answered again.")

        self._forms.open(
            facts.story.question.id,
            lambda: NotQuiteForm(self.services, self.tasks, facts),
            card,
            on_saved=thank,
        )

    def _withdraw(self, story: Story) -> None:
        services = self.services

        def work() -> Outcome[object]:
            if story.annotation is not None:
                taken = services.annotations.take_back(story.annotation.id)
                return Outcome(None, taken.entries)
            step = services.questions.take_step(story.question.id, StepKind.WITHDRAW)
            return Outcome(None, step.entries)

        self.tasks.run(
            work,
            owner=self,
            on_done=lambda _: messages.tell(self, "Your words were taken back."),
        )

    def _space(self) -> None:
        for column in (self.list, self._inside):
            layout = column.layout()
            if layout is not None:
                layout.setSpacing(theme().space(2))
                layout.setContentsMargins(0, 0, theme().px(0.3), theme().space(2))


def _steps(story: Story) -> tuple[StepKind, ...]:
    """Return the asker's open steps; the page shows the asker's own questions only."""
    return steps_open_to(
        story.question, story.fate, by=PersonId(story.question.asker), is_coordinator=False
    )


def _context(story: Story, *, today: date) -> str:
    parts = [KIND_WORDS[story.question.kind]]
    if story.draft and story.version:
        parts.append(f"{story.draft.title}, version {story.version.number}")
    elif story.project:
        parts.append(story.project.title)
    asked = when_words(story.question.raised_at, today=today)
    if asked:
        parts.append(f"asked {asked}")
    return " · ".join(parts)


def happened(
    story: Story, debt: Debt | None, *, today: date, warnings: QuotedWarnings
) -> list[str]:
    """Return what has happened, newest first, one sentence each, and who has it now.

    Args:
        story: The question.
        debt: What its asker is still owed, if anything.
        today: The day it is.
        warnings: What the passages touch on that stories quote.
    """
    said: list[str] = []
    if debt is not None:
        said.append(wait_words(debt, today=today))
    if awaits_view(story):
        said.append(ASK_THE_ASKER)
    if story.feedback:
        said.append(f"You were told: {story.feedback[-1].body}")
    if story.changes:
        change = story.changes[-1]
        warning = warnings.before(change.new_version, change.new)
        now = f"It now says: “{change.new.quote}”" if change.new else change.outside
        if warning:
            now = f"The words of the draft. {warning}"
        said.append(f"What changed: {now}")
    elif story.response:
        decision = DECISION_WORDS[story.response.decision].lower()
        why = f" Why: {story.response.reason}" if story.response.reason else ""
        said.append(f"The team's answer ({decision}): {story.response.body}{why}")
    return said
