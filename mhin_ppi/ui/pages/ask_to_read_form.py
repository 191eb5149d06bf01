"""Asking people to read a draft by a day, and changing what was asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from PySide6.QtWidgets import QCheckBox, QSpinBox, QVBoxLayout, QWidget

from ...domain.drafts import LONGEST_READING, Draft, DraftVersion, ReviewRound
from ...domain.people import Person, PersonId
from ...services.boards import Services
from ...services.rounds import Standing
from ..tasks import Tasks
from ..theme import theme
from .agreed_field import AgreedField
from .form import BRITISH, Form, PerhapsDay, WordsBox

USUAL_DAYS = 14
USUAL_MINUTES = 60


class AskToReadForm(Form):
    """Who is asked to read, by when, what it pays, and what the team would like to hear about.

    Args:
        services: The open board.
        tasks: Runs the saving.
        draft: Which draft.
        version: The version to read.
        people: Who can be asked.
        standing: The request that is changed; ``None`` to make one.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        draft: Draft,
        version: DraftVersion,
        people: Sequence[Person],
        standing: Standing | None = None,
    ) -> None:
        title = f"“{draft.title}”, version {version.number}"
        super().__init__(
            f"Change what you asked for {title}" if standing else f"Ask people to read {title}",
            tasks=tasks,
            save_words="Save the changes" if standing else "Ask them",
        )
        self._services, self._version, self._standing = services, version, standing
        self.who = _Who(people, standing=standing)
        self.who_row = self.ask("Who", self.who)
        self.who.name_first()
        old = standing.request if standing else None
        self._ask_when(old)
        self.agreed = AgreedField(
            services, tasks, day=self._day_of_task, project=draft.project, old=old
        )
        self.due.day.dateChanged.connect(lambda _: self.agreed.read_bands())
        self.due.tick.toggled.connect(lambda _: self.agreed.read_bands())
        self.agreed.put_into(self)
        self._ask_words(old)

    def _ask_when(self, old: ReviewRound | None) -> None:
        usual = self._services.desk.today() + timedelta(days=USUAL_DAYS)
        due = old.due_on if old else usual
        self.due = PerhapsDay("By a certain day", day=due or usual, on=due is not None)
        self.due_row = self.ask("By when", self.due)
        self.minutes = QSpinBox()
        self.minutes.setLocale(BRITISH)
        self.minutes.setRange(1, LONGEST_READING)
        self.minutes.setSingleStep(5)
        self.minutes.setSuffix(" minutes")
        self.minutes.setValue(old.minutes if old else USUAL_MINUTES)
        self.ask("About how long it takes", self.minutes)

    def _ask_words(self, old: ReviewRound | None) -> None:
        self.note = WordsBox(lines=2, text=old.content_note if old else "")
        self.ask(
            "What it touches on",
            self.note,
            help_text="Told before the draft opens, so that nobody is taken by surprise: “It "
            "touches on loss.” Leave it empty if there is nothing. In the "
            "draft itself, mark a part and choose More, then Content note, to fold that part.",
        )
        self.questions = WordsBox(lines=3, text="\n".join(old.guiding_questions) if old else "")
        self.ask(
            "What the team would like to hear about",
            self.questions,
            help_text="One question a line.",
        )

    def _day_of_task(self) -> Any:  # noqa: ANN401 - a date, by whichever way it is known
        return self.due.value() or self._services.desk.today()

    def save(self) -> None:
        """Ask them, or save what is different."""
        invited, due = self.who.invited(), self.due.value()
        self.who_row.set_problem("" if invited else "Choose at least one person.")
        old = self._standing.request if self._standing else None
        gone = due is not None and due < self._services.desk.today()
        moved = gone and (old is None or due != old.due_on)
        self.due_row.set_problem("That day has passed. Choose today or later." if moved else "")
        fits = self.agreed.check()
        if not invited or moved or not fits:
            return
        told: dict[str, Any] = {
            "invited": invited,
            "due_on": due,
            "minutes": self.minutes.value(),
            "guiding_questions": self.questions.words().splitlines(),
            "content_note": self.note.words(),
            "agreed_pence": self.agreed.pence(),
            "band": self.agreed.band(),
        }
        services, version = self._services, self._version.id
        if old is None:
            self.run(lambda: services.reviewing.ask_to_read(version, **told))
        else:
            self.run(lambda: services.rounds.change(old.id, **told))


class _Who(QWidget):
    """A tick for each person, and one for all of them.

    Args:
        people: Who can be asked.
        standing: The request that is changed; whoever has given it back stays ticked.
    """

    def __init__(self, people: Sequence[Person], *, standing: Standing | None) -> None:
        super().__init__()
        asked = {one.person.id: one.done for one in standing.people} if standing else {}
        self._ticks: dict[PersonId, QCheckBox] = {}
        self._names: list[str] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(0.1))
        self.everyone = QCheckBox("Ask all")
        self.everyone.setTristate(False)
        self.everyone.clicked.connect(self._tick_all)
        column.addWidget(self.everyone)
        for person in people:
            done = asked.get(person.id, False)
            name = f"{person.name} (done)" if done else person.name
            tick = QCheckBox(name.replace("&", "&&"))
            tick.setAccessibleName(name)
            tick.setChecked(person.id in asked)
            tick.setEnabled(not done)
            tick.toggled.connect(lambda _: self._show_all())
            self._ticks[person.id] = tick
            column.addWidget(tick)
        self.everyone.setVisible(len(self._ticks) > 1)
        first = self.everyone if len(self._ticks) > 1 else next(iter(self._ticks.values()), None)
        if first is not None:
            self._first = first.accessibleName() or first.text()
            self.setFocusProxy(first)
        self._show_all()

    def name_first(self) -> None:
        """Give the first tick its own name again, which the row's words have covered."""
        proxy = self.focusProxy()
        if proxy is not None:
            proxy.setAccessibleName(self._first)

    def invited(self) -> list[PersonId]:
        """Return whoever is ticked, in order."""
        return [person for person, tick in self._ticks.items() if tick.isChecked()]

    def _tick_all(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        for tick in self._ticks.values():
            if tick.isEnabled():
                tick.setChecked(on)

    def _show_all(self) -> None:
        self.everyone.setChecked(
            bool(self._ticks) and all(tick.isChecked() for tick in self._ticks.values())
        )
