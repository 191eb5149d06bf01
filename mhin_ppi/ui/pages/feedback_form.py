"""Telling the person who asked, their reply, and passing a question on."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from ...domain.people import PersonId
from ...domain.questions import StepKind
from ...domain.responses import FeedbackKind
from ...services.boards import Services
from ..tasks import Tasks
from .form import Choice, Form, WordsBox
from .story_facts import StoryFacts

FEEDBACK_WORDS = {
    FeedbackKind.DIFFERENCE: "What it changed, or why not",
    FeedbackKind.THANKS: "Thanks",
    FeedbackKind.PROGRESS: "How the study is going",
}


class FeedbackForm(Form):
    """What the person who asked is told.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts) -> None:
        super().__init__(
            "Tell the person who asked", tasks=tasks, save_words="Save what they were told"
        )
        self._services, self._facts = services, facts
        self.body = WordsBox(lines=4, text=first_words(facts))
        self.body_row = self.ask(
            "What they are told",
            self.body,
            help_text="Begun from the answer. Make it yours, as if you said it to them.",
        )
        self.kind = Choice(
            [(words, kind) for kind, words in FEEDBACK_WORDS.items()],
            name="What it is about",
            chosen=FeedbackKind.DIFFERENCE,
        )
        self.ask("What it is about", self.kind)
        self.keep_words(services.desk, facts.story.question.id)

    def save(self) -> None:
        """Record what they were told."""
        body, kind = self.body.words(), self.kind.value()
        self.body_row.set_problem("" if body else "Write what they are told.")
        if body:
            question = self._facts.story.question.id
            self.run(lambda: self._services.questions.feed_back(question, body=body, kind=kind))


class NotQuiteForm(Form):
    """“Not quite”: what is missing, in the words of the person who asked.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
        on_behalf_of: Whose words they are, when typed in for them.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        facts: StoryFacts,
        *,
        on_behalf_of: PersonId | None = None,
    ) -> None:
        super().__init__("Not quite", tasks=tasks, save_words="Ask again")
        self._services, self._facts, self._for = services, facts, on_behalf_of
        self.missing = WordsBox(lines=3)
        self.missing_row = self.ask(
            "What is missing", self.missing, help_text="A few words are enough."
        )
        self.keep_words(services.desk, facts.story.question.id)

    def save(self) -> None:
        """Send the question back to be answered again."""
        words, question = self.missing.words(), self._facts.story.question.id
        self.missing_row.set_problem("" if words else "Write what is missing. A few words will do.")
        if words:
            self.run(
                lambda: self._services.questions.take_step(
                    question, StepKind.NOT_QUITE, said=words, on_behalf_of=self._for
                )
            )


class ReopenForm(Form):
    """A finished question is opened again, with a word on why if there is one.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts) -> None:
        super().__init__("Open it again", tasks=tasks, save_words="Open it again")
        self._services, self._facts = services, facts
        self.why = WordsBox(lines=3)
        self.ask(
            "What is still missing",
            self.why,
            help_text="It goes back to be answered again. You can leave this empty.",
        )
        self.keep_words(services.desk, facts.story.question.id)

    def save(self) -> None:
        """Open it again, with what was written."""
        words, question = self.why.words(), self._facts.story.question.id
        questions = self._services.questions
        self.run(lambda: questions.take_step(question, StepKind.REOPEN, said=words))


class PassOnForm(Form):
    """Who has the question now.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts) -> None:
        super().__init__("Pass it to", tasks=tasks)
        self._services, self._facts = services, facts
        story = facts.story
        team = story.project.team if story.project else ""
        self.holder = QLineEdit(story.question.holder or team)
        self.ask(
            "Who has it now",
            self.holder,
            help_text="A person or a team. Empty means the coordinator.",
        )

    def save(self) -> None:
        """Record who has it."""
        question, holder = self._facts.story.question.id, self.holder.text()
        self.run(lambda: self._services.questions.hand_to(question, holder=holder))


def first_words(facts: StoryFacts) -> str:
    """Return words to begin with: thanks, the answer, and what changed."""
    story = facts.story
    parts = ["Thank you for asking this."]
    if story.response:
        parts.append(story.response.body)
    if story.changes:
        change = story.changes[-1]
        warning = facts.warnings.before(change.new_version, change.new)
        if warning:
            parts.append(f"The words of the draft have changed. {warning}")
        elif change.new:
            parts.append(f"It now says: “{change.new.quote}”")
        else:
            parts.append(change.outside)
    return " ".join(parts)
