"""A list of Teams or Zoom: shown before anything is noted; a person decides what is unsure."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.attendance_list import AttendanceList
from ...domain.attendance_names import NameFound
from ...domain.british import counted, day
from ...domain.meetings import Came
from ...domain.people import PersonId
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.labels import WrapLabel, muted
from .bytes_at_most import bytes_at_most
from .form import Choice, Form, Pick
from .meeting_facts import MeetingFacts
from .name_grid import two_columns
from .words_for import local_day, minutes_words

MOST_BYTES = 5 * 1024 * 1024
_ROOM_MADE_MS = 50
_UNDECIDED, _NOBODY = "undecided", "nobody"


def choose_list(parent: QWidget) -> Path | None:
    """Ask for the list with the computer's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, "Choose the list that Teams or Zoom saved", "", "Lists (*.csv *.tsv *.txt)"
    )
    return Path(chosen) if chosen else None


class AttendanceFileForm(Form):
    """Whom a list names, before anything is noted.

    Args:
        services: The open board.
        tasks: Runs reading and saving.
        facts: What the page shows.
        file: The list.

    Signals:
        filled: The names are shown.
    """

    filled = Signal()

    def __init__(
        self, services: Services, tasks: Tasks, facts: MeetingFacts, *, file: Path
    ) -> None:
        super().__init__(f"Who came, from {file.name}", tasks=tasks, save_words="Note these")
        self._services, self._facts = services, facts
        self._found: list[NameFound] = []
        self._picks: list[Pick] = []
        self._order: Choice | None = None
        self._attended: AttendanceList | None = None
        self.about = WrapLabel("Reading the list…")
        self.put(self.about)
        self.save_button.setEnabled(False)
        parts = services.meeting_parts

        def read() -> tuple[AttendanceList, list[NameFound]]:
            content = bytes_at_most(file, MOST_BYTES)
            attended = parts.files.attendance(content, file_name=file.name)
            return attended, parts.attending.find_in(attended)

        tasks.run(read, owner=self, on_done=self._show, on_problem=self._refused)

    def _refused(self, problem: Exception) -> None:
        self.about.setText("Nothing was read.")
        self.say_problem(problem)  # type: ignore[arg-type]

    def _show(self, read: tuple[AttendanceList, list[NameFound]]) -> None:
        self._attended, self._found = read
        names = counted(len(self._found), "name")
        self.about.setText(
            f"{self._attended.source} lists {names}. Nothing is noted until you press “Note these”."
        )
        self._ask_order(self._attended)
        self._picks = [self._pick(each) for each in self._found]
        rows = [
            (_name_words(each), pick) for each, pick in zip(self._found, self._picks, strict=True)
        ]
        self.put(two_columns(rows))
        self.put(
            muted(
                "A person who is noted already stays as they are, unless they sent apologies. "
                "Addresses and numbers in the list are not kept."
            )
        )
        self.save_button.setEnabled(True)
        # Once the page has made room for them, which takes it several rounds of events.
        QTimer.singleShot(_ROOM_MADE_MS, self, self.filled.emit)

    def _ask_order(self, attended: AttendanceList) -> None:
        days = attended.days
        if days.is_sure or days.day_first is None or days.month_first is None:
            self._say_day(days.day)
            return
        self._order = Choice(
            ((day(days.day_first), days.day_first), (day(days.month_first), days.month_first)),
            name="Which day the list tells of",
        )
        self._order.changed.connect(lambda: self._say_day(self._order_day()))
        self.ask(
            "Which day the list tells of",
            self._order,
            help_text="Day and month can be read either way.",
        )

    def _order_day(self) -> object:
        return self._order.value() if self._order else None

    def _say_day(self, told: object) -> None:
        held = local_day(self._facts.meeting.starts_at)
        if told is None or held is None or told == held:
            self.notice.hide()
            return
        self.show_notice(
            f"The list tells of another day than {day(held)}, the day of this meeting. "
            "Check that it is the right list.",
            tone="attention",
        )

    def _pick(self, each: NameFound) -> Pick:
        people = [(person.name, person.id) for person in self._facts.present]
        if each.is_sure and each.person is not None:
            return Pick([*people, ("Leave out", _NOBODY)], chosen=each.person.id)
        if each.person is None:
            return Pick([("Leave out", _NOBODY), *people])
        first = [
            ("Choose", _UNDECIDED),
            (f"Yes, {each.person.name}", each.person.id),
            ("Leave out", _NOBODY),
        ]
        return Pick([*first, *(one for one in people if one[1] != each.person.id)])

    def save(self) -> None:
        """Note those who are decided on; ask for the rest first."""
        if not self._picks:
            return
        undecided = [pick for pick in self._picks if pick.value() == _UNDECIDED]
        if undecided or (self._order is not None and self._order.value() is None):
            said = "Say which day the list tells of."
            if undecided:
                said = f"{counted(len(undecided), 'name is', 'names are')} only close to a name on "
                said += "the board. Choose who it is, or leave it out."
            self.show_notice(said, tone="attention")
            (undecided[0] if undecided else self._order or self).setFocus()
            return
        found: dict[PersonId, Came] = {}
        for each, pick in zip(self._found, self._picks, strict=True):
            person = pick.value()
            how = Came.BY_PHONE if each.attended.by_phone else Came.ONLINE
            # Somebody who joined twice, once by phone, was online.
            if person != _NOBODY and found.get(person) is not Came.ONLINE:
                found[person] = how
        attending, meeting = self._services.meeting_parts.attending, self._facts.meeting.id
        self.run(lambda: attending.note_found(meeting, found))


def _name_words(each: NameFound) -> str:
    one = each.attended
    also = f" (also {one.other_name})" if one.other_name else ""
    long = f", {minutes_words(one.minutes)}" if one.minutes is not None else ""
    how = ", by phone" if one.by_phone else ""
    close = "" if each.is_sure else " – is this somebody on the board?"
    return f"{one.name}{also}{long}{how}{close}"
