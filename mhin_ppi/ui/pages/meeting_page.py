"""One meeting: when and where, agenda, papers, people, questions, notes, actions, time."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QScrollArea, QWidget

from ...domain.meetings import MeetingId
from ...errors import PPIError
from ...services.boards import Services
from ..tasks import Tasks
from .form import Form
from .list_page import ListPage
from .meeting_actions_section import ActionsSection
from .meeting_agenda import AgendaSection
from .meeting_facts import MeetingFacts, read_meeting
from .meeting_head import HeadSection, NotesSection
from .meeting_papers_section import PapersSection
from .meeting_people import PeopleSection
from .meeting_questions import QuestionsSection
from .meeting_section import MeetingSection
from .meeting_time_section import TimeSection
from .page import Place


class MeetingPage(ListPage):
    """Everything about one meeting."""

    place: ClassVar[Place] = Place.MEETING
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            *("meeting", "attendance", "invitation", "agenda_item", "paper", "jotting", "action"),
            *("question", "involvement", "person", "project", "version"),
        }
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Meeting")
        self._meeting: MeetingId | None = None
        self._facts: MeetingFacts | None = None
        self.head, self.agenda = HeadSection(self), AgendaSection(self, go=self.go.emit)
        self.papers = PapersSection(self, go=self.go.emit)
        self.people = PeopleSection(self)
        self.questions = QuestionsSection(self, go=self.go.emit)
        self.notes, self.agreed, self.time = (
            *(NotesSection(self), ActionsSection(self), TimeSection(self)),
        )
        self.sections: tuple[MeetingSection, ...] = (
            *(self.head, self.time, self.agenda, self.papers, self.people),
            *(self.questions, self.notes, self.agreed),
        )
        self.frame.add_action("All meetings", icon="arrow-left", on_press=self._to_all)
        self.look_back = self.frame.add_action(
            "Look back on it",
            icon="message-square",
            on_press=lambda: self.go.emit(Place.REFLECTIONS, self._meeting),
        )
        self.share_button = self.frame.set_primary(
            "Show the screen to share", icon="eye", on_press=self.share
        )
        self.share_button.hide()
        self.list.show_only(*self.sections, stretch=True)
        self.list.hide()

    def open_at(self, argument: object | None) -> None:
        """Show a meeting; the next one when none is named."""
        if argument is None and self._meeting is None:
            self.tasks.run(self.services.meetings.next, owner=self, on_done=self._open_next)
            return
        if argument is not None and argument != self._meeting:
            self._meeting = MeetingId(argument)  # type: ignore[arg-type]
            self._facts = None
            for section in self.sections:
                section.slot.clear()
            self.form_open(None)
        self.reload()

    def reload(self) -> None:
        """Read again what is shown."""
        meeting = self._meeting
        if meeting is not None:
            self.tasks.run(
                lambda: read_meeting(self.services, meeting),
                owner=self,
                on_done=self._show,
                on_problem=self._missing,
            )

    def share(self) -> None:
        """Show the screen that others may see."""
        if self._meeting is not None:
            self.go.emit(Place.SHARED_SCREEN, self._meeting)

    def form_open(self, form: Form | None) -> None:
        """Offer the main action while there is no form."""
        facts = self._facts
        offered = facts is not None and facts.coordinates and not facts.meeting.cancelled
        self.share_button.setVisible(form is None and offered)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget."""
        area = self.findChild(QScrollArea)
        inside = area.widget() if area is not None else None
        if area is None or inside is None or not widget.isVisibleTo(self):
            return
        layout = inside.layout()
        if layout is not None:
            layout.activate()
        top, tall = widget.mapTo(inside, QPoint(0, 0)).y(), area.viewport().height()
        bar = area.verticalScrollBar()
        least = top + widget.height() - tall
        # Of what is taller than the page its beginning is wanted.
        if top < bar.value() or least > top:
            bar.setValue(top)
        elif least > bar.value():
            bar.setValue(least)

    def _open_next(self, found: object) -> None:
        if found is None:
            self.show_notice("No meeting is arranged just now.", tone="quiet")
            return
        self.open_at(found.id)  # type: ignore[attr-defined]

    def _show(self, facts: MeetingFacts) -> None:
        if facts.meeting.id != self._meeting:
            return
        self._facts = facts
        self.frame.set_title(facts.meeting.title)
        self.setAccessibleName(facts.meeting.title)
        starts = facts.meeting.starts_at
        self.look_back.setVisible(starts is None or starts <= facts.now)
        for section in self.sections:
            section.take(facts)
        self.list.show()
        if not any(section.slot.all() for section in self.sections):
            self.form_open(None)

    def _missing(self, problem: PPIError) -> None:
        self.list.hide()
        self.show_notice(problem.in_full(), tone="attention")

    def _to_all(self) -> None:
        self.go.emit(Place.MEETINGS, None)
