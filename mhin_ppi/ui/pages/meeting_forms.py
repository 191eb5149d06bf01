"""Arranging a meeting, noting who came, and writing questions down on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTime
from PySide6.QtWidgets import QLineEdit, QTimeEdit

from ...domain.meetings import Came, Meeting, MeetingKind
from ...domain.people import Person, PersonId
from ...domain.projects import Project
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.labels import WrapLabel
from .form import BRITISH, Choice, Day, Form, Pick, WordsBox
from .framed_page import Column
from .time_forms import HoursField

CAME_WORDS = {
    Came.IN_THE_ROOM: "in the room",
    Came.ONLINE: "online",
    Came.BY_PHONE: "by phone",
    Came.APOLOGIES: "sent apologies",
}


class MeetingForm(Form):
    """Arranging a meeting or workshop.

    Args:
        services: The open board.
        tasks: Runs the saving.
        projects: All of them.
    """

    def __init__(self, services: Services, tasks: Tasks, projects: Sequence[Project]) -> None:
        super().__init__("Arrange a meeting", tasks=tasks)
        self._services = services
        self.title = QLineEdit()
        self.title_row = self.ask("What it is called", self.title)
        kinds = [("A meeting", MeetingKind.MEETING), ("A workshop", MeetingKind.WORKSHOP)]
        self.kind = Choice(kinds, name="What it is", chosen=MeetingKind.MEETING)
        self.ask("What it is", self.kind)
        self.on = Day(services.desk.today())
        self.ask("Which day", self.on)
        self.at = QTimeEdit(QTime(10, 0))
        self.at.setLocale(BRITISH)
        self.at.setDisplayFormat("HH:mm")
        self.ask("When it starts", self.at)
        self.length = HoursField(60)
        self.length_row = self.length.ask_in(self, "How long")
        choices = [("The whole board", None), *((p.title, p.id) for p in projects)]
        self.project = Pick(choices)
        self.ask("What it is about", self.project)
        self.where = QLineEdit()
        self.ask("Where, or how to join", self.where)
        self.agenda = WordsBox(lines=4)
        self.ask("What will be talked about", self.agenda, help_text="One point a line.")

    def save(self) -> None:
        """Arrange it."""
        title, minutes = self.title.text().strip(), self.length.value()
        self.title_row.set_problem("" if title else "Write what it is called.")
        self.length_row.set_problem("" if minutes else "Put in how long it lasts.")
        if not (title and minutes):
            return
        on, at = self.on.value(), self.at.time()
        # The wall clock where the laptop stands: that is what people write in a diary.
        starts_at = datetime(on.year, on.month, on.day, at.hour(), at.minute()).astimezone()  # noqa: DTZ001
        kind, project = self.kind.value(), self.project.value()
        where, agenda = self.where.text(), self.agenda.words()
        self.run(
            lambda: self._services.meetings.arrange(
                title,
                starts_at=starts_at,
                minutes=minutes,
                kind=kind,
                project=project,
                place=where,
                agenda=agenda,
            )
        )


class WhoCameForm(Form):
    """Who came to a meeting, and how.

    Args:
        services: The open board.
        tasks: Runs the saving.
        meeting: Which meeting.
        people: Everyone who may have come.
        came: What is noted so far.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        meeting: Meeting,
        *,
        people: Sequence[Person],
        came: dict[PersonId, Came],
    ) -> None:
        super().__init__(f"Who came to “{meeting.title}”", tasks=tasks)
        self._services, self._meeting, self._before = services, meeting, came
        self._picks: dict[PersonId, Pick] = {}
        choices = [("Not noted", None), *((words, how) for how, words in CAME_WORDS.items())]
        for person in people:
            pick = Pick(choices, chosen=came.get(person.id))
            self._picks[person.id] = pick
            self.ask(person.name, pick)

    def save(self) -> None:
        """Note what is different from before."""
        meeting, before = self._meeting.id, self._before
        wanted = {person: pick.value() for person, pick in self._picks.items()}

        def work() -> object:
            last: object = None
            for person, how in wanted.items():
                if how is not None and how is not before.get(person):
                    last = self._services.meetings.note_came(meeting, person, how)
            return last

        self.run(work)


class NotesForm(Form):
    """What was said at a meeting.

    Args:
        services: The open board.
        tasks: Runs the saving.
        meeting: Which meeting.
    """

    def __init__(self, services: Services, tasks: Tasks, meeting: Meeting) -> None:
        super().__init__(f"Notes of “{meeting.title}”", tasks=tasks)
        self._services, self._meeting = services, meeting
        self.notes = WordsBox(lines=8, text=meeting.notes)
        self.ask("What was said", self.notes)

    def save(self) -> None:
        """Keep them."""
        notes, meeting = self.notes.words(), self._meeting.id
        self.run(lambda: self._services.meetings.write_notes(meeting, notes))


class MeetingQuestionForm(Form):
    """Questions raised at a meeting: Enter saves each, and the box is ready for the next.

    Args:
        services: The open board.
        tasks: Runs the saving.
        meeting: Which meeting.
        people: Whose question it may be.
    """

    def __init__(
        self, services: Services, tasks: Tasks, meeting: Meeting, *, people: Sequence[Person]
    ) -> None:
        super().__init__(f"Questions at “{meeting.title}”", tasks=tasks, save_words="Write it down")
        self._services, self._meeting = services, meeting
        self.whose = Pick([(person.name, person.id) for person in people])
        self.ask("Who asks", self.whose)
        self.words = QLineEdit()
        self.words_row = self.ask(
            "Their words", self.words, help_text="Enter writes it down; go on with the next."
        )
        self.words.returnPressed.connect(self.save)
        self.so_far = Column()
        self._said: list[str] = []
        self.put(self.so_far)
        self.cancel_button.setText("Done")
        self.cancel_button.setAccessibleName("Done")

    def save(self) -> None:
        """Write one question down and make room for the next."""
        body, whose, meeting = self.words.text().strip(), self.whose.value(), self._meeting
        self.words_row.set_problem("" if body else "Write the question first.")
        if not body:
            return
        self.tasks.run(
            lambda: self._services.questions.raise_question(
                body, project=meeting.project, meeting=meeting.id, on_behalf_of=whose
            ),
            owner=self,
            on_done=lambda _: self._next(body),
            on_problem=self.say_problem,
        )

    def _next(self, body: str) -> None:
        self._said.append(body)
        self.so_far.show_only(*(WrapLabel(f"Written down: “{one}”") for one in self._said))
        self.words.clear()
        self.words.setFocus()
