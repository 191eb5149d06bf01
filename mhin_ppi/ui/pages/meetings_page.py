"""Meetings: the next one large, then those to come, then those that were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ...domain.meeting_parts import Invitation
from ...domain.meetings import Came, Meeting, MeetingId
from ...domain.people import Person, Role
from ...domain.projects import Project
from ...services.boards import Services
from ...services.meeting_papers import PaperShown
from ...services.meeting_time import TimeOffered
from ...services.meetings import is_ahead
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card, EmptyState
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .form import Form
from .list_page import ListPage
from .meeting_forms import MeetingForm
from .meeting_head import choose_calendar_place, save_calendar
from .meeting_time_section import KeepTimeForm, offer_words
from .meeting_words import KIND_WORDS, meeting_sentence, meeting_when
from .page import Place
from .words_for import coordinators_words, count_words, when_words


@dataclass(frozen=True, slots=True)
class _Facts:
    me: Person
    people: Sequence[Person]
    projects: Sequence[Project]
    meetings: Sequence[Meeting]
    offers: Sequence[TimeOffered]
    papers: Sequence[PaperShown]
    mine: Invitation | None
    came: Mapping[MeetingId, Came]
    now: datetime

    @property
    def coordinates(self) -> bool:
        return self.me.has(Role.COORDINATOR)


def _read(services: Services) -> _Facts:
    meetings, parts, me = services.meetings.all(), services.meeting_parts, services.people.me()
    following = services.meetings.next()
    return _Facts(
        me,
        services.people.everyone(),
        services.people.projects(),
        meetings,
        parts.time.mine(),
        parts.papers.of(following.id) if following else (),
        parts.invitations.mine(following.id) if following else None,
        parts.attending.mine(),
        services.desk.now(),
    )


class MeetingsPage(ListPage):
    """The board's meetings and workshops."""

    place: ClassVar[Place] = Place.MEETINGS
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            *("meeting", "attendance", "person", "project", "paper", "invitation", "involvement"),
        }
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Meetings")
        self._facts: _Facts | None = None
        self.choose_place = choose_calendar_place
        self.calendar_button = self.frame.add_action(
            "Save all for a calendar", icon="calendar", on_press=self.save_calendar
        )
        self.calendar_button.hide()
        self.arrange_button = self.frame.set_primary(
            "Arrange a meeting", icon="plus", on_press=self.arrange
        )
        self.arrange_button.hide()
        self.frame.add_action(
            "Looking back",
            icon="message-square",
            on_press=lambda: self.go.emit(Place.REFLECTIONS, None),
        )

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
        ahead = [one for one in facts.meetings if is_ahead(one, facts.now)]
        self.calendar_button.setVisible(bool(ahead))
        if not facts.meetings:
            self.list.show_only(self._empty(facts))
            return
        past = [one for one in reversed(facts.meetings) if one not in ahead]
        following = next((one for one in ahead if not one.cancelled), None)
        later = [one for one in ahead if one is not following]
        offers: list[QWidget] = [self._offer(one, facts) for one in facts.offers]
        # A member comes for their own part; whoever arranges meetings comes for the meetings.
        widgets = [] if facts.coordinates else offers
        if following is not None:
            widgets += [heading("Next"), self._next(following, facts)]
        else:
            widgets.append(muted("No meeting is arranged just now."))
        widgets += self._group("Later", later, facts)
        if facts.coordinates and offers:
            widgets += [heading("Your time"), *offers]
        widgets += self._group("Past meetings", past, facts)
        self.list.show_only(*widgets, stretch=True)

    def _group(self, words: str, group: Sequence[Meeting], facts: _Facts) -> list[QWidget]:
        return [heading(words), *(self._card(one, facts) for one in group)] if group else []

    def _empty(self, facts: _Facts) -> EmptyState:
        if facts.coordinates:
            return EmptyState(
                "Meetings will be here.",
                more="Arrange the first one: a board meeting, or a workshop with partner sites.",
                icon="calendar",
                action="Arrange a meeting",
                on_action=self.arrange,
            )
        who = coordinators_words(list(facts.people), me=facts.me)
        return EmptyState(
            "Meetings will be here.",
            more=f"{who[:1].upper()}{who[1:]} arranges them.",
            icon="calendar",
        )

    def _offer(self, one: TimeOffered, facts: _Facts) -> Card:
        day = when_words(one.meeting.starts_at, today=self.today)
        card = Card()
        card.add(WrapLabel(f"You came to “{one.meeting.title}”, {day}: {offer_words(one)}."))
        made = button("Keep my time", icon="clock", on_press=partial(self._keep_time, one))
        made.setAccessibleDescription(one.meeting.title)
        card.add(FlowRow(made))
        return card

    def _next(self, meeting: Meeting, facts: _Facts) -> Card:
        card = Card()
        card.setAccessibleName(meeting.title)
        card.add(WrapLabel(meeting_sentence(meeting, now=facts.now), role="large"))
        card.add(muted(_about(meeting, facts)))
        how = facts.came.get(meeting.id)
        if how is Came.APOLOGIES:
            card.add(WrapLabel("You have said that you cannot come."))
        if facts.mine is not None and facts.mine.needs:
            card.add(WrapLabel(f"You need: {facts.mine.needs}"))
        if facts.papers:
            are = "is" if len(facts.papers) == 1 else "are"
            card.add(
                WrapLabel(f"There {are} {count_words(len(facts.papers), 'paper')} to look at.")
            )
        card.add(self._open_row(meeting, facts))
        return card

    def _card(self, meeting: Meeting, facts: _Facts) -> Card:
        card = Card()
        card.setAccessibleName(meeting.title)
        words = f"{meeting.title} (cancelled)" if meeting.cancelled else meeting.title
        card.add(WrapLabel(words, role="strong"))
        card.add(WrapLabel(meeting_when(meeting, now=facts.now)))
        card.add(muted(_about(meeting, facts)))
        card.add(self._open_row(meeting, facts))
        return card

    def _open_row(self, meeting: Meeting, facts: _Facts) -> FlowRow:
        made = button("Open", icon="arrow-right", on_press=partial(self._open, meeting.id))
        made.setAccessibleName(f"Open: {meeting.title}")
        row = FlowRow(made)
        for paper in facts.papers if is_ahead(meeting, facts.now) else ():
            if paper.version is not None and paper.paper.meeting == meeting.id:
                version = paper.version.id
                read = button(
                    f"Read: {paper.title}",
                    icon="book-open",
                    on_press=partial(self.go.emit, Place.READING, version),
                )
                row.add(read)
        return row

    def _open(self, meeting: MeetingId) -> None:
        self.go.emit(Place.MEETING, meeting)

    # What a person does

    def arrange(self) -> None:
        """Show the form that arranges a meeting."""
        facts = self._facts
        if facts is not None:
            like = facts.meetings[-1] if facts.meetings else None
            form = MeetingForm(self.services, self.tasks, facts.projects, like=like)
            self.show_form(form, said="The meeting is arranged. Open it to add an agenda.")

    def save_calendar(self) -> None:
        """Write every meeting to come for a calendar."""
        make = self.services.meeting_parts.calendar.coming
        save_calendar(self, self, make, choose=self.choose_place)

    def bring_into_view(self, widget: QWidget) -> None:
        """Forms open at the top, in view."""

    def _keep_time(self, offer: TimeOffered) -> None:
        self.show_form(KeepTimeForm(self.services, self.tasks, offer), said="The time is kept.")


def _about(meeting: Meeting, facts: _Facts) -> str:
    project = next((p.title for p in facts.projects if p.id == meeting.project), "")
    parts = [KIND_WORDS[meeting.kind], project, meeting.place]
    return " · ".join(part for part in parts if part)
