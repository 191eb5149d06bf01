"""Arranging a meeting, changing it, and keeping its notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QLineEdit, QTimeEdit

from ...domain.british import pence_from
from ...domain.meetings import Meeting, MeetingKind
from ...domain.projects import Project
from ...errors import InputError
from ...services.boards import Services
from ..tasks import Tasks
from .form import BRITISH, Choice, Day, Form, Pick, WordsBox
from .time_forms import HoursField


class MeetingForm(Form):
    """Arranging a meeting or workshop, or changing one.

    Args:
        services: The open board.
        tasks: Runs the saving.
        projects: All of them.
        meeting: The meeting that is changed; ``None`` for a new one.
        like: An earlier meeting: what it agreed on working together and on pay is offered again.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        projects: Sequence[Project],
        *,
        meeting: Meeting | None = None,
        like: Meeting | None = None,
    ) -> None:
        super().__init__("Change the meeting" if meeting else "Arrange a meeting", tasks=tasks)
        self._services, self._meeting = services, meeting
        before = meeting or like
        self.title = QLineEdit(meeting.title if meeting else "")
        self.title_row = self.ask("What it is called", self.title)
        kinds = [("A meeting", MeetingKind.MEETING), ("A workshop", MeetingKind.WORKSHOP)]
        kind = meeting.kind if meeting else MeetingKind.MEETING
        self.kind = Choice(kinds, name="What it is", chosen=kind)
        self.ask("What it is", self.kind)
        self._ask_when(meeting)
        choices = [("The whole board", None), *((p.title, p.id) for p in projects)]
        self.project = Pick(choices, chosen=meeting.project if meeting else None)
        self.ask("What it is about", self.project)
        self.where = WordsBox(lines=2, text=meeting.place if meeting else "")
        self.ask("Where, or how to join", self.where)
        self.agenda = WordsBox(lines=4, text=meeting.agenda if meeting else "")
        if meeting is None or meeting.agenda:
            self.ask(
                "What will be talked about",
                self.agenda,
                help_text="One point a line. Minutes and breaks can be added later.",
            )
        self.prepare = HoursField(before.prepare_minutes if before else 0)
        self.prepare.ask_in(self, "About how long getting ready takes")
        self.ways = WordsBox(lines=3, text=before.ways_of_working if before else "")
        self.ask("How we work together", self.ways, help_text="What people there have agreed.")
        self.pays = QLineEdit(before.pays if before else "")
        self.ask(
            "What coming is paid, in words",
            self.pays,
            help_text="For instance: £25 an hour, getting ready included.",
        )
        pence = before.pay_pence if before else 0
        self.amount = QLineEdit(f"{pence / 100:.2f}" if pence else "")
        self.amount_row = self.ask(
            "Or as one amount, in pounds",
            self.amount,
            help_text="Leave it empty where time is paid as usual.",
        )

    def _ask_when(self, meeting: Meeting | None) -> None:
        starts = meeting.starts_at.astimezone() if meeting and meeting.starts_at else None
        self.on = Day(starts.date() if starts else self._services.desk.today())
        self.ask("Which day", self.on)
        self.at = QTimeEdit(QTime(starts.hour, starts.minute) if starts else QTime(10, 0))
        self.at.setLocale(BRITISH)
        self.at.setDisplayFormat("HH:mm")
        self.ask("When it starts", self.at)
        self.length = HoursField(meeting.minutes if meeting else 60)
        self.length_row = self.length.ask_in(self, "How long")

    def _pence(self) -> int | None:
        """Return the amount, or ``None`` when what is written is none."""
        written = self.amount.text().strip()
        self.amount_row.set_problem("")
        try:
            return pence_from(written) if written else 0
        except InputError as problem:
            self.amount_row.set_problem(f"{problem.what_happened} {problem.next_step}")
            return None

    def save(self) -> None:
        """Arrange it, or change it."""
        title, minutes, pence = self.title.text().strip(), self.length.value(), self._pence()
        self.title_row.set_problem("" if title else "Write what it is called.")
        self.length_row.set_problem("" if minutes else "Put in how long it lasts.")
        if not (title and minutes) or pence is None:
            return
        on, at = self.on.value(), self.at.time()
        # The wall clock where the laptop stands: that is what people write in a diary.
        starts_at = datetime(on.year, on.month, on.day, at.hour(), at.minute()).astimezone()  # noqa: DTZ001
        fields = {
            "starts_at": starts_at,
            "minutes": minutes,
            "kind": self.kind.value(),
            "project": self.project.value(),
            "place": self.where.words(),
            "agenda": self.agenda.words(),
            "ways_of_working": self.ways.words(),
            "pays": self.pays.text(),
            "pay_pence": pence,
            "prepare_minutes": self.prepare.value(),
        }
        meetings, meeting = self._services.meetings, self._meeting
        if meeting is None:
            self.run(lambda: meetings.arrange(title, **fields))
        else:
            self.run(lambda: meetings.change(meeting.id, title=title, **fields))


class NotesForm(Form):
    """What was said at a meeting.

    Args:
        services: The open board.
        tasks: Runs the saving.
        meeting: Which meeting.
    """

    def __init__(self, services: Services, tasks: Tasks, meeting: Meeting) -> None:
        super().__init__("Notes", tasks=tasks)
        self._services, self._meeting = services, meeting
        self.notes = WordsBox(lines=8, text=meeting.notes)
        self.ask("What was said", self.notes, help_text="Everyone on the board can read them.")
        self.keep_words(services.desk, meeting.id)

    def save(self) -> None:
        """Keep them."""
        notes, meeting = self.notes.words(), self._meeting.id
        self.run(lambda: self._services.meetings.write_notes(meeting, notes))
