"""People on a meeting's page: who is asked, what each needs on the day, and who came."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from ...domain.meetings import Came
from ...domain.people import Person, PersonId
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .attendance_form import AttendanceFileForm, choose_list
from .form import Form, Pick, WordsBox
from .meeting_facts import MeetingFacts
from .meeting_section import MeetingPlace, MeetingSection
from .meeting_words import CAME_WORDS
from .name_grid import two_columns


class PeopleSection(MeetingSection):
    """Who is asked, and who came.

    Args:
        page: The page it stands on.
    """

    def __init__(self, page: MeetingPlace) -> None:
        super().__init__(page, "People")
        self.choose_list = choose_list

    def show_facts(self, facts: MeetingFacts) -> None:
        """Show people: for coordinators all that was said, for members who came."""
        came = [
            f"{facts.name(person)} ({CAME_WORDS[how]})"
            for person, how in facts.came.items()
            if how is not Came.APOLOGIES
        ]
        sorry = [facts.name(p) for p, how in facts.came.items() if how is Came.APOLOGIES]
        rows: list[QWidget] = []
        if came:
            rows.append(WrapLabel(f"Who came: {', '.join(sorted(came))}."))
        if facts.coordinates:
            if sorry:
                rows.append(WrapLabel(f"Sent apologies: {', '.join(sorted(sorry))}."))
            rows += self._for_coordinator(facts)
        self.setVisible(bool(rows))
        self.body.show_only(*rows)

    def _for_coordinator(self, facts: MeetingFacts) -> list[QWidget]:
        asked = sorted(facts.name(p) for p, one in facts.invitations.items() if one.sent_on)
        rows: list[QWidget] = [
            WrapLabel(f"Invited: {', '.join(asked)}.") if asked else muted("Nobody is invited yet.")
        ]
        for person, one in facts.invitations.items():
            if one.needs:
                rows.append(WrapLabel(f"{facts.name(person)} needs: {one.needs}"))
        if any(one.needs for one in facts.invitations.values()):
            rows.append(muted("What somebody needs is seen by them and the coordinators only."))
        if not facts.meeting.cancelled:
            rows.append(
                FlowRow(
                    button("Invite people", icon="send", on_press=self.invite),
                    button("What somebody needs", icon="hand-heart", on_press=self.needs),
                    button("Who came", icon="users", on_press=self.who_came),
                    button("Read a Teams or Zoom list", icon="upload", on_press=self.read_list),
                )
            )
        return rows

    def invite(self) -> None:
        """Open the form that invites."""
        if self.facts is not None:
            form = InviteForm(self.page.services, self.page.tasks, self.facts)
            self.open_form(form, said="Invited. Send them the calendar file, too.")

    def needs(self) -> None:
        """Open the form for what somebody needs."""
        if self.facts is not None:
            people = self.facts.present
            form = NeedsForm(self.page.services, self.page.tasks, self.facts, people=people)
            self.open_form(form)

    def who_came(self) -> None:
        """Open the grid of who came."""
        if self.facts is not None:
            self.open_form(WhoCameForm(self.page.services, self.page.tasks, self.facts))

    def read_list(self) -> None:
        """Ask for a list of Teams or Zoom, and show what it would note."""
        file = self.choose_list(self)
        if file is not None and self.facts is not None:
            form = AttendanceFileForm(self.page.services, self.page.tasks, self.facts, file=file)
            form.filled.connect(lambda: self.page.bring_into_view(form))
            self.open_form(form, said="Noted from the list.")


class InviteForm(Form):
    """Whom to ask to a meeting.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: What the page shows.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: MeetingFacts) -> None:
        super().__init__("Invite people", tasks=tasks, save_words="Invite them")
        self._services, self._meeting = services, facts.meeting.id
        self.all = QCheckBox("Everyone")
        self.all.setAccessibleName("Everyone")
        self.all.toggled.connect(self._tick_all)
        self.put(self.all)
        self._ticks: dict[PersonId, QCheckBox] = {}
        for person in facts.present:
            invitation = facts.invitations.get(person.id)
            asked = invitation is not None and invitation.sent_on is not None
            tick = QCheckBox(f"{person.name} (invited)" if asked else person.name)
            tick.setAccessibleName(tick.text())
            tick.setChecked(asked)
            tick.setEnabled(not asked)
            self._ticks[person.id] = tick
            self.put(tick)
        self.problem = WrapLabel(role="attention")
        self.problem.hide()
        self.put(self.problem)

    def _tick_all(self, wanted: bool) -> None:  # noqa: FBT001 - Qt's signal
        for tick in self._ticks.values():
            if tick.isEnabled():
                tick.setChecked(wanted)

    def save(self) -> None:
        """Ask them."""
        chosen = [p for p, tick in self._ticks.items() if tick.isChecked() and tick.isEnabled()]
        self.problem.setText("" if chosen else "Choose at least one person.")
        self.problem.setVisible(not chosen)
        if chosen:
            invitations, meeting = self._services.meeting_parts.invitations, self._meeting
            self.run(lambda: invitations.invite(meeting, chosen))


class NeedsForm(Form):
    """What somebody needs on the day, in their words.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: What the page shows.
        people: Whose needs they may be; only oneself for a member.
    """

    def __init__(
        self, services: Services, tasks: Tasks, facts: MeetingFacts, *, people: Sequence[Person]
    ) -> None:
        super().__init__("What is needed on the day", tasks=tasks)
        self._services, self._facts = services, facts
        self.whose = Pick([(person.name, person.id) for person in people])
        if len(people) > 1:
            self.ask("Who needs it", self.whose)
        self.words = WordsBox(lines=3)
        self.ask(
            "What would make the day easier",
            self.words,
            help_text="In your own words; nobody asks why. "
            "Only the person and the coordinators see it.",
        )
        self.whose.currentIndexChanged.connect(self._show_words)
        self._show_words()

    def _show_words(self) -> None:
        found = self._facts.invitations.get(self.whose.value())
        self.words.setPlainText(found.needs if found else "")

    def save(self) -> None:
        """Keep the words."""
        invitations, meeting = self._services.meeting_parts.invitations, self._facts.meeting.id
        words, whose = self.words.words(), self.whose.value()
        self.run(lambda: invitations.say_needs(meeting, words, on_behalf_of=whose))


class WhoCameForm(Form):
    """Who came to a meeting, and how: everybody in one grid.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: What the page shows.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: MeetingFacts) -> None:
        super().__init__("Who came", tasks=tasks)
        self._services, self._meeting = services, facts.meeting.id
        choices = [("Not noted", None), *((words, how) for how, words in CAME_WORDS.items())]
        asked = {p for p, one in facts.invitations.items() if one.sent_on}
        self._picks = {
            person.id: Pick(choices, chosen=facts.came.get(person.id))
            for person in sorted(facts.present, key=lambda one: (one.id not in asked, one.name))
        }
        fill = FlowRow()
        for all_words, how in (
            ("All others: in the room", Came.IN_THE_ROOM),
            ("All others: online", Came.ONLINE),
        ):
            made = button(all_words, on_press=lambda how=how: self._fill(how))  # type: ignore[misc]
            made.setToolTip("Sets everyone who is not noted yet.")
            fill.add(made)
        self.put(fill)
        self.put(two_columns([(facts.name(p), pick) for p, pick in self._picks.items()]))

    def _fill(self, how: Came) -> None:
        for pick in self._picks.values():
            if pick.value() is None:
                pick.choose(how)

    def save(self) -> None:
        """Note them all in one action."""
        attending, meeting = self._services.meeting_parts.attending, self._meeting
        wanted = {person: pick.value() for person, pick in self._picks.items()}
        self.run(lambda: attending.note_all(meeting, wanted))
