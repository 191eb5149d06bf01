"""Forms between the research team and the board, and “I'd ask this too”."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLineEdit

from ...domain.people import Credit, Person
from ...domain.projects import Project
from ...domain.questions import QuestionId
from ...services.boards import Services
from ...services.register_team import TeamQuestion
from ..tasks import Tasks
from .form import Form, Pick, WordsBox
from .people_forms import CREDIT_WORDS

CREDIT_CHOICES: tuple[tuple[str, Credit | None], ...] = (
    ("As I usually am", None),
    *((words, credit) for credit, words in CREDIT_WORDS.items()),
)
"""How a person wants to be named for one contribution."""


class AskBoardForm(Form):
    """A question that the research team asks the board.

    Args:
        services: The open board.
        tasks: Runs the saving.
        projects: The board's projects.
    """

    def __init__(self, services: Services, tasks: Tasks, projects: Iterable[Project]) -> None:
        super().__init__("The team asks the board", tasks=tasks, save_words="Put it to the board")
        self._services = services
        self.body = WordsBox(lines=3)
        self.body_row = self.ask("The team's question, in plain words", self.body)
        self.project = Pick(
            [("No project in particular", None), *((one.title, one.id) for one in projects)]
        )
        self.ask("Project", self.project)
        self.asked_by = QLineEdit()
        self.ask("Who asks", self.asked_by, help_text="Empty means the project's research team.")
        self.keep_words(services.desk, "the board")

    def save(self) -> None:
        """Put it to the board."""
        body, team = self.body.words(), self._services.register.team
        project, asked_by = self.project.value(), self.asked_by.text()
        self.body_row.set_problem("" if body else "Write the team's question.")
        if body:
            self.run(lambda: team.ask(body, project=project, asked_by=asked_by))


class ReplyForm(Form):
    """What a member answers to the team.

    Args:
        services: The open board.
        tasks: Runs the saving.
        asked: What the team asks.
        people: Members for whom a coordinator can type an answer in; none for a member.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        asked: TeamQuestion,
        *,
        people: Iterable[Person] = (),
    ) -> None:
        super().__init__("Your answer to the team", tasks=tasks, save_words="Save my answer")
        self._services, self._question = services, asked.question.id
        mine = next((one.reply for one in asked.replies if one.is_mine), None)
        others = [(person.name, person.id) for person in people]
        self.person = Pick([("Me", None), *others])
        self.body = WordsBox(lines=3, text=mine.body if mine else "")
        if others:
            self.ask("Whose answer it is", self.person)
        self.body_row = self.ask("What you say, in your own words", self.body)
        self.credit = Pick(CREDIT_CHOICES, chosen=mine.credit if mine else None)
        self.ask("How you are named for it", self.credit)
        self.keep_words(services.desk, self._question)

    def save(self) -> None:
        """Save it."""
        body, credit, person = self.body.words(), self.credit.value(), self.person.value()
        self.body_row.set_problem("" if body else "Write your answer. A few words will do.")
        if body:
            team, question = self._services.register.team, self._question
            self.run(lambda: team.reply(question, body, credit=credit, on_behalf_of=person))


class SumUpForm(Form):
    """What the board answers, from what its members wrote.

    Args:
        services: The open board.
        tasks: Runs the saving.
        asked: What the team asks.
    """

    def __init__(self, services: Services, tasks: Tasks, asked: TeamQuestion) -> None:
        super().__init__("The board's answer", tasks=tasks)
        self._services, self._question = services, asked.question.id
        self.body = WordsBox(lines=4, text=asked.summed_up)
        self.body_row = self.ask(
            "What the board says",
            self.body,
            help_text="Sum up where people agree and where they do not. Their own words stay.",
        )
        self.keep_words(services.desk, self._question)

    def save(self) -> None:
        """Record it."""
        body, question = self.body.words(), self._question
        self.body_row.set_problem("" if body else "Write what the board says.")
        if body:
            self.run(lambda: self._services.register.team.sum_up(question, body))


class TellTeamForm(Form):
    """What the team was told; it finishes the question.

    Args:
        services: The open board.
        tasks: Runs the saving.
        asked: What the team asks.
    """

    def __init__(self, services: Services, tasks: Tasks, asked: TeamQuestion) -> None:
        super().__init__("Tell the team", tasks=tasks, save_words="The team was told")
        self._services, self._question = services, asked.question.id
        self.body = WordsBox(lines=4, text=asked.summed_up)
        self.body_row = self.ask("What the team was told", self.body)
        self.keep_words(services.desk, self._question)

    def save(self) -> None:
        """Record it, and finish the question."""
        body, question = self.body.words(), self._question
        self.body_row.set_problem("" if body else "Write what the team was told.")
        if body:
            self.run(lambda: self._services.register.team.finish(question, body))


class SupportForm(Form):
    """“I'd ask this too”, with words of one's own where wanted.

    Args:
        services: The open board.
        tasks: Runs the saving.
        question: Whose question it is beside.
    """

    def __init__(self, services: Services, tasks: Tasks, question: QuestionId) -> None:
        super().__init__("I'd ask this too", tasks=tasks, save_words="Say so")
        self._services, self._question = services, question
        self.body = WordsBox(lines=2)
        self.ask("Anything you want to add", self.body, help_text="You can leave this empty.")
        self.credit = Pick(CREDIT_CHOICES)
        self.ask("How you are named for it", self.credit)
        self.keep_words(services.desk, question)

    def save(self) -> None:
        """Say so."""
        body, credit, question = self.body.words(), self.credit.value(), self._question
        self.run(lambda: self._services.register.support.say(question, body=body, credit=credit))
