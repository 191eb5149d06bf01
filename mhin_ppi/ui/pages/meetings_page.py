"""Meetings: the next one large, then those to come, then those that were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ...domain.meetings import Came, Meeting, MeetingKind
from ...domain.people import Person, PersonId, Role
from ...domain.projects import Project
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card, EmptyState
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .form import Form
from .list_page import ListPage
from .meeting_forms import CAME_WORDS, MeetingForm, MeetingQuestionForm, NotesForm, WhoCameForm
from .page import Place
from .words_for import coordinators_words, local_day, minutes_words, when_words

_KIND_WORDS = {MeetingKind.MEETING: "Meeting", MeetingKind.WORKSHOP: "Workshop"}


@dataclass(frozen=True, slots=True)
class _Facts:
    me: Person
    people: list[Person]
    projects: list[Project]
    meetings: list[Meeting]
    came: dict[object, dict[PersonId, Came]]
    now: datetime

    @property
    def coordinates(self) -> bool:
        return self.me.has(Role.COORDINATOR)


def _read(services: Services) -> _Facts:
    meetings = services.meetings.all()
    return _Facts(
        services.people.me(),
        services.people.everyone(),
        services.people.projects(),
        meetings,
        {m.id: {p.id: how for p, how in services.meetings.who_came(m.id)} for m in meetings},
        services.desk.now(),
    )


class MeetingsPage(ListPage):
    """The board's meetings and workshops."""

    place: ClassVar[Place] = Place.MEETINGS
    shows: ClassVar[frozenset[str]] = frozenset({"meeting", "attendance", "person", "project"})

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Meetings")
        self._facts: _Facts | None = None
        self.arrange_button = self.frame.set_primary(
            "Arrange a meeting", icon="plus", on_press=self.arrange
        )
        self.arrange_button.hide()

    def reload(self) -> None:
        """Read again what is shown."""
        self.tasks.run(lambda: _read(self.services), owner=self, on_done=self._show)

    def form_open(self, form: Form | None) -> None:
        """Offer the main action while there is no form."""
        facts = self._facts
        wanted = facts is not None and facts.coordinates and bool(facts.meetings)
        self.arrange_button.setVisible(form is None and wanted)

    def _show(self, facts: _Facts) -> None:
        self._facts = facts
        if not self.slot.all():
            self.form_open(None)
        if not facts.meetings:
            self.list.show_only(self._empty(facts))
            return
        coming = [m for m in facts.meetings if m.starts_at and m.starts_at >= facts.now]
        past = [m for m in reversed(facts.meetings) if m not in coming]
        widgets: list[QWidget] = []
        if coming:
            widgets += [heading("Next"), self._card(coming[0], facts, large=True)]
        else:
            widgets.append(muted("No meeting is arranged just now."))
        if coming[1:]:
            widgets.append(heading("Later"))
            widgets += [self._card(one, facts) for one in coming[1:]]
        if past:
            widgets.append(heading("Past meetings"))
            widgets += [self._card(one, facts) for one in past]
        self.list.show_only(*widgets, stretch=True)

    def _empty(self, facts: _Facts) -> EmptyState:
        if facts.coordinates:
            return EmptyState(
                "Meetings will be here.",
                more="Arrange the first one: a board meeting, or a workshop with partner sites.",
                icon="calendar",
                action="Arrange a meeting",
                on_action=self.arrange,
            )
        who = coordinators_words(facts.people, me=facts.me)
        return EmptyState(
            "Meetings will be here.",
            more=f"{who[:1].upper()}{who[1:]} arranges them.",
            icon="calendar",
        )

    def _card(self, meeting: Meeting, facts: _Facts, *, large: bool = False) -> Card:
        card = Card()
        card.setAccessibleName(meeting.title)
        card.add(WrapLabel(meeting.title, role="heading" if large else "strong"))
        card.add(WrapLabel(self._when(meeting, facts), role="large" if large else ""))
        about = [_KIND_WORDS[meeting.kind], self._project(meeting, facts), meeting.place]
        card.add(muted(" · ".join(part for part in about if part)))
        if large or facts.now and meeting.notes:
            for point in meeting.agenda.splitlines():
                card.add(WrapLabel(f"•  {point}"))
        came = self._came(meeting, facts)
        if came:
            card.add(muted(came))
        if meeting.notes:
            card.add(WrapLabel(meeting.notes))
        if facts.coordinates:
            card.add(self._actions(meeting))
        return card

    def _when(self, meeting: Meeting, facts: _Facts) -> str:
        if meeting.starts_at is None:
            return "No day yet"
        here = meeting.starts_at.astimezone()
        today = local_day(facts.now) or here.date()
        when = when_words(meeting.starts_at, today=today)
        said = f"{when} at {here:%H:%M}, {minutes_words(meeting.minutes)}"
        return said[:1].upper() + said[1:]

    def _project(self, meeting: Meeting, facts: _Facts) -> str:
        return next((p.title for p in facts.projects if p.id == meeting.project), "")

    def _came(self, meeting: Meeting, facts: _Facts) -> str:
        names = {person.id: person.name for person in facts.people}
        told = [
            f"{names.get(person, 'Somebody')} ({CAME_WORDS[how]})"
            for person, how in facts.came.get(meeting.id, {}).items()
        ]
        return f"Who came: {', '.join(told)}." if told else ""

    def _actions(self, meeting: Meeting) -> FlowRow:
        row = FlowRow()
        for words, icon, press in (
            ("Who came", "users", self._who_came),
            ("Write questions down", "circle-question-mark", self._questions),
            ("Notes", "pencil", self._notes),
        ):
            made = button(words, icon=icon, on_press=lambda press=press: press(meeting))  # type: ignore[misc]
            made.setAccessibleName(f"{words}: {meeting.title}")
            row.add(made)
        return row

    # What a coordinator does

    def arrange(self) -> None:
        """Show the form that arranges a meeting."""
        if self._facts is not None:
            form = MeetingForm(self.services, self.tasks, self._facts.projects)
            self.show_form(form, said="The meeting is arranged.")

    def _who_came(self, meeting: Meeting) -> None:
        if self._facts is not None:
            people = [person for person in self._facts.people if not person.left_on]
            came = self._facts.came.get(meeting.id, {})
            form = WhoCameForm(self.services, self.tasks, meeting, people=people, came=came)
            self.show_form(form, said="Saved.", then=self.reload)

    def _questions(self, meeting: Meeting) -> None:
        if self._facts is not None:
            people = [person for person in self._facts.people if not person.left_on]
            self.show_form(MeetingQuestionForm(self.services, self.tasks, meeting, people=people))

    def _notes(self, meeting: Meeting) -> None:
        self.show_form(NotesForm(self.services, self.tasks, meeting), said="Saved.")
