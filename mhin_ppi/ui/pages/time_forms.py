"""Noting time, putting it right, and adding a rate."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from ...domain.involvement import ACTIVITY_WORDS, Activity, Involvement, check_involvement
from ...errors import InputError
from ...services.boards import Services
from ..tasks import Tasks
from ..theme import theme
from ..widgets.form_rows import FormRow
from .form import BRITISH, Day, Form, PerhapsDay, Pick, WordsBox
from .time_facts import TimeFacts, person_choices, project_choices

_MORE_THAN_A_MONTH = 999
"""Hours that can be typed where a month's can be: too many are told so, not cut short."""


class HoursField(QWidget):
    """A length of time, as hours and minutes.

    Args:
        minutes: What it holds at first.
        most_hours: The largest number of hours that can be typed.
    """

    def __init__(self, minutes: int = 0, *, most_hours: int = 23) -> None:
        super().__init__()
        self.hours = _number("Hours", " h", largest=most_hours, value=minutes // 60)
        self.minutes = _number("Minutes", " min", largest=59, value=minutes % 60, step=5)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().space(2))
        row.addWidget(self.hours)
        row.addWidget(self.minutes)
        row.addStretch(1)
        self.setFocusProxy(self.hours)

    def ask_in(self, form: Form, words: str) -> FormRow:
        """Add itself to a form; each part says to screen readers which part it is."""
        row = form.ask(words, self)
        self.hours.setAccessibleName(f"{words}: hours")
        self.minutes.setAccessibleName(f"{words}: minutes")
        return row

    def value(self) -> int:
        """Return the minutes in all."""
        return self.hours.value() * 60 + self.minutes.value()


def _number(name: str, suffix: str, *, largest: int, value: int, step: int = 1) -> QSpinBox:
    made = QSpinBox()
    made.setLocale(BRITISH)
    made.setRange(0, largest)
    made.setSingleStep(step)
    made.setSuffix(suffix)
    made.setValue(value)
    made.setAccessibleName(name)
    return made


def length_problem(minutes: int, on: date, *, until: date | None) -> str:
    """Return what is amiss with a length of time, or ""; what is amiss with days is not said here.

    Args:
        minutes: How long.
        on: The day, or the first of several.
        until: The last of several days; ``None`` for one.
    """
    if not minutes:
        return "Put in how long it was."
    if until is not None and (until < on or (until.year, until.month) != (on.year, on.month)):
        return ""
    try:
        check_involvement(minutes, on, until=until, today=until or on)
    except InputError as refused:
        return f"{refused.what_happened} {refused.next_step}"
    return ""


class LogTimeForm(Form):
    """Time given, noted by hand.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: What the page shows.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: TimeFacts) -> None:
        super().__init__("Note time you gave", tasks=tasks)
        self._services, self._facts = services, facts
        self.whose = Pick(person_choices(facts))
        self.why = QLineEdit()
        if facts.coordinates:
            self.ask("Whose time", self.whose)
            self.why_row = self.ask("Why you type it in", self.why)
            self.why_row.hide()
            self.whose.currentIndexChanged.connect(
                lambda _: self.why_row.setVisible(self.whose.value() is not None)
            )
        self.activity = Pick((words, kind) for kind, words in ACTIVITY_WORDS.items())
        self.ask("What for", self.activity)
        self.project = Pick(project_choices(facts))
        self.ask("Which project", self.project)
        self.on = Day(facts.today)
        self.ask("Which day", self.on)
        self.length = HoursField(most_hours=_MORE_THAN_A_MONTH)
        self.length_row = self.length.ask_in(self, "How long")
        self.until = PerhapsDay("Small tasks of several days, up to this day", day=facts.today)
        self.put(self.until)
        self.note = WordsBox(lines=1)
        self.ask("Anything to add", self.note, help_text="Only if you want to.")

    def save(self) -> None:
        """Keep the minutes that the person confirmed."""
        minutes, on, until = self.length.value(), self.on.value(), self.until.value()
        problem = length_problem(minutes, on, until=until)
        self.length_row.set_problem(problem)
        if problem:
            return
        note = self.note.words()
        activity: Activity = self.activity.value()
        project, whose = self.project.value(), self.whose.value()
        why = self.why.text() if whose is not None else ""
        self.run(
            lambda: self._services.time.log(
                minutes,
                on=on,
                activity=activity,
                project=project,
                note=note,
                on_behalf_of=whose,
                until=until,
                why_typed=why,
            )
        )


class CorrectTimeForm(Form):
    """A record of time, put right by a new one.

    Args:
        services: The open board.
        tasks: Runs the saving.
        wrong: The record.
    """

    def __init__(self, services: Services, tasks: Tasks, wrong: Involvement) -> None:
        super().__init__(f"Put right: {ACTIVITY_WORDS[wrong.activity]}", tasks=tasks)
        self._services, self._wrong = services, wrong
        self.on = Day(wrong.on)
        self.ask("Which day", self.on, help_text="The old record is kept, and no longer counts.")
        self.length = HoursField(wrong.minutes, most_hours=_MORE_THAN_A_MONTH)
        self.length_row = self.length.ask_in(self, "How long")

    def save(self) -> None:
        """Keep the new record."""
        minutes, on = self.length.value(), self.on.value()
        until = on + (self._wrong.until - self._wrong.on) if self._wrong.until else None
        problem = length_problem(minutes, on, until=until)
        self.length_row.set_problem(problem)
        if not problem:
            self.run(lambda: self._services.time.correct(self._wrong.id, minutes=minutes, on=on))
