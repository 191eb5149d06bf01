"""Asking people to read a draft by a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtWidgets import QCheckBox, QSpinBox, QVBoxLayout, QWidget

from ...domain.drafts import Draft, DraftVersion
from ...domain.people import Person, PersonId
from ...services.boards import Services
from ..tasks import Tasks
from ..theme import theme
from .form import BRITISH, Form, PerhapsDay, WordsBox

USUAL_DAYS = 14
USUAL_MINUTES = 60


class AskToReadForm(Form):
    """Who is asked to read, by when, and what the team would like to hear about.

    Args:
        services: The open board.
        tasks: Runs the saving.
        draft: Which draft.
        version: Its newest version.
        people: Who can be asked.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        draft: Draft,
        version: DraftVersion,
        people: Sequence[Person],
    ) -> None:
        super().__init__(f"Ask people to read “{draft.title}”", tasks=tasks, save_words="Ask them")
        self._services, self._version = services, version
        self._ticks: dict[PersonId, QCheckBox] = {}
        who = QWidget()
        column = QVBoxLayout(who)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(0.1))
        for person in people:
            tick = QCheckBox(person.name.replace("&", "&&"))
            tick.setAccessibleName(person.name)
            self._ticks[person.id] = tick
            column.addWidget(tick)
        first = next(iter(self._ticks.values()), None)
        if first is not None:
            who.setFocusProxy(first)
        self.who_row = self.ask("Who", who)
        if first is not None:
            first.setAccessibleName(people[0].name)
        due = services.desk.today() + timedelta(days=USUAL_DAYS)
        self.due = PerhapsDay("By a certain day", day=due, on=True)
        self.ask("By when", self.due)
        self.minutes = QSpinBox()
        self.minutes.setLocale(BRITISH)
        self.minutes.setRange(5, 1440)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(" minutes")
        self.minutes.setValue(USUAL_MINUTES)
        self.ask("About how long it takes", self.minutes)
        self.note = WordsBox(lines=2)
        self.ask(
            "What it touches on",
            self.note,
            help_text="Shown before the draft opens, so that nobody is taken by surprise. "
            "Leave it empty if there is nothing.",
        )
        self.questions = WordsBox(lines=3)
        self.ask(
            "What the team would like to hear about",
            self.questions,
            help_text="One question a line.",
        )

    def save(self) -> None:
        """Ask them."""
        invited = [person for person, tick in self._ticks.items() if tick.isChecked()]
        self.who_row.set_problem("" if invited else "Choose at least one person.")
        if not invited:
            return
        due, minutes = self.due.value(), self.minutes.value()
        note, questions = self.note.words(), self.questions.words().splitlines()
        self.run(
            lambda: self._services.reviewing.ask_to_read(
                self._version.id,
                invited=invited,
                due_on=due,
                minutes=minutes,
                guiding_questions=questions,
                content_note=note,
            )
        )
