"""The head of a meeting's page: when, where, what is paid, one's own part; and its notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.meeting_rules import is_over
from ...domain.meetings import Came
from ..messages import tell
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .meeting_facts import MeetingFacts
from .meeting_forms import MeetingForm, NotesForm
from .meeting_people import NeedsForm
from .meeting_section import MeetingPlace, MeetingSection
from .meeting_words import KIND_WORDS, meeting_sentence, paid_words
from .whole_file import write_whole
from .words_for import minutes_words

CALENDAR_WORDS = (
    "It holds the title, time, place and agenda, and no names. It is not encrypted: in a calendar "
    "that others see, they see the meeting, too."
)


def choose_calendar_place(parent: QWidget, name: str) -> Path | None:
    """Ask where the calendar file goes, with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent, "Save for a calendar", str(Path.home() / name), "Calendar files (*.ics)"
    )
    return Path(chosen) if chosen else None


def save_calendar(
    owner: QWidget,
    page: MeetingPlace,
    make: Callable[[], bytes],
    *,
    choose: Callable[[QWidget, str], Path | None],
) -> None:
    """Ask where, make the file and write it.

    Args:
        owner: The widget that asks.
        page: The page it stands on.
        make: Makes the file.
        choose: Asks where.
    """
    place = choose(owner, "meeting.ics")
    if place is None:
        return
    page.tasks.run(
        lambda: write_whole(place, make(), what="The calendar file"),
        owner=owner,
        on_done=lambda _: tell(
            owner, f"Saved to {place}. Open it to put it in a calendar. {CALENDAR_WORDS}"
        ),
    )


class HeadSection(MeetingSection):
    """When and where a meeting is, and one's own part in it.

    Args:
        page: The page it stands on.
    """

    def __init__(self, page: MeetingPlace) -> None:
        super().__init__(page, "")
        self.choose_place = choose_calendar_place

    def show_facts(self, facts: MeetingFacts) -> None:
        """Show it, with what the person at the laptop can do."""
        meeting = facts.meeting
        self.setAccessibleName(meeting_sentence(meeting, now=facts.now))
        rows: list[QWidget] = [
            WrapLabel(meeting_sentence(meeting, now=facts.now), role="large"),
            muted(" · ".join(p for p in (KIND_WORDS[meeting.kind], facts.project()) if p)),
        ]
        for words, told in (
            ("Where, or how to join", meeting.place),
            ("What is paid", paid_words(meeting)),
            ("Getting ready", _ready(meeting.prepare_minutes)),
            ("How we work together", meeting.ways_of_working),
        ):
            if told:
                rows.append(WrapLabel(f"{words}: {told}", copyable=True))
        mine, how = facts.invitations.get(facts.me.id), facts.came.get(facts.me.id)
        if mine is not None and mine.needs:
            rows.append(WrapLabel(f"You need: {mine.needs}"))
        if how is Came.APOLOGIES:
            rows.append(WrapLabel("You have said that you cannot come."))
        rows.append(self._buttons(facts))
        self.body.show_only(*rows)

    def _buttons(self, facts: MeetingFacts) -> QWidget:
        row, how = FlowRow(), facts.came.get(facts.me.id)
        if not is_over(facts.meeting, now=facts.now) and not facts.meeting.cancelled:
            if how is Came.APOLOGIES:
                row.add(button("I can come after all", icon="undo-2", on_press=self.can_come))
            elif how is None:
                row.add(button("I cannot come", icon="x", on_press=self.apologise))
            needs = button("What I need on the day", icon="hand-heart", on_press=self.needs)
            row.add(needs)
        row.add(button("Save for a calendar", icon="calendar", on_press=self.save_calendar))
        if facts.coordinates:
            if facts.meeting.cancelled:
                row.add(button("Bring it back", icon="undo-2", on_press=self.bring_back))
            else:
                row.add(button("Change the meeting", icon="pencil", on_press=self.change))
                row.add(button("Cancel the meeting", icon="circle-x", on_press=self.cancel))
        return row

    def save_calendar(self) -> None:
        """Write the meeting for a calendar."""
        if self.facts is not None:
            calendar, meeting = self.page.services.meeting_parts.calendar, self.facts.meeting.id
            save_calendar(self, self.page, lambda: calendar.one(meeting), choose=self.choose_place)

    def change(self) -> None:
        """Open the form that changes the meeting."""
        if self.facts is not None:
            form = MeetingForm(
                self.page.services,
                self.page.tasks,
                self.facts.projects,
                meeting=self.facts.meeting,
            )
            self.open_form(form, said="Saved. Send the calendar file again if the time changed.")

    def cancel(self) -> None:
        """Call the meeting off; one press brings it back."""
        if self.facts is not None:
            meetings, meeting = self.page.services.meetings, self.facts.meeting.id
            self.page.tasks.run(
                lambda: meetings.cancel(meeting),
                owner=self,
                on_done=lambda _: tell(
                    self,
                    "The meeting is cancelled. Save it for a calendar again and send it: "
                    "calendars then take the meeting away.",
                    action="Undo",
                    on_action=self.bring_back,
                ),
            )

    def bring_back(self) -> None:
        """Let it take place after all."""
        if self.facts is not None:
            meetings, meeting = self.page.services.meetings, self.facts.meeting.id
            self.act(lambda: meetings.bring_back(meeting), said="The meeting will take place.")

    def apologise(self) -> None:
        """Say that one cannot come."""
        if self.facts is not None:
            attending, meeting = self.page.services.meeting_parts.attending, self.facts.meeting.id
            self.act(
                lambda: attending.send_apologies(meeting),
                said="Noted. The coordinator sees it with your next file.",
            )

    def can_come(self) -> None:
        """Say that one can come after all."""
        if self.facts is not None:
            attending, meeting = self.page.services.meeting_parts.attending, self.facts.meeting.id
            self.act(lambda: attending.take_back_apologies(meeting), said="Noted.")

    def needs(self) -> None:
        """Open the form for what one needs."""
        if self.facts is not None:
            form = NeedsForm(
                self.page.services, self.page.tasks, self.facts, people=[self.facts.me]
            )
            self.open_form(form)


class NotesSection(MeetingSection):
    """What was said.

    Args:
        page: The page it stands on.
    """

    def __init__(self, page: MeetingPlace) -> None:
        super().__init__(page, "Notes")

    def show_facts(self, facts: MeetingFacts) -> None:
        """Show the notes."""
        notes = facts.meeting.notes
        rows: list[QWidget] = [WrapLabel(notes, copyable=True)] if notes else []
        if facts.coordinates:
            rows.append(FlowRow(button("Write notes", icon="pencil", on_press=self.write)))
        self.setVisible(bool(rows))
        self.body.show_only(*rows)

    def write(self) -> None:
        """Open the form for the notes."""
        if self.facts is not None:
            self.open_form(NotesForm(self.page.services, self.page.tasks, self.facts.meeting))


def _ready(minutes: int) -> str:
    return f"about {minutes_words(minutes)}" if minutes else ""
