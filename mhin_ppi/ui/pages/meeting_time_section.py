"""Minutes of a meeting, offered to those who came; each person confirms their own."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from ...services.boards import Services
from ...services.meeting_time import TimeOffered
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .form import Form
from .meeting_facts import MeetingFacts
from .meeting_section import MeetingPlace, MeetingSection
from .time_forms import HoursField
from .words_for import count_words, minutes_words


class TimeSection(MeetingSection):
    """The time that a meeting took.

    Args:
        page: The page it stands on.
    """

    def __init__(self, page: MeetingPlace) -> None:
        super().__init__(page, "Time given")

    def show_facts(self, facts: MeetingFacts) -> None:
        """Show what is offered, and to whom."""
        rows: list[QWidget] = []
        mine = [one for one in facts.offers if one.person.id == facts.me.id]
        others = [one for one in facts.offers if one.person.id != facts.me.id]
        if mine:
            keep = button("Keep my time", icon="clock", on_press=partial(self.confirm, mine[0]))
            rows.append(FlowRow(WrapLabel(f"You came: {offer_words(mine[0])}."), keep))
        elif facts.me.id in facts.kept:
            rows.append(muted("Your time for this meeting is kept under Time and payments."))
        if facts.coordinates and others:
            rows += self._others(others)
        kept = len(facts.kept - {facts.me.id})
        if facts.coordinates and kept:
            rows.append(muted(f"Time is kept for {count_words(kept, 'other', many='others')}."))
        self.setVisible(bool(rows))
        self.body.show_only(*rows)

    def _others(self, offers: list[TimeOffered]) -> list[QWidget]:
        rows: list[QWidget] = [
            muted("Each person confirms their own. Put it in for them only if they told you.")
        ]
        for one in offers:
            made = button("Put it in", icon="pencil", on_press=partial(self.confirm, one))
            made.setAccessibleName(f"Put it in: {one.person.name}")
            rows.append(FlowRow(WrapLabel(f"{one.person.name}: {offer_words(one)}."), made))
        if len(offers) > 1:
            words = f"Put it in for all {len(offers)}"
            rows.append(FlowRow(button(words, icon="users", on_press=partial(self.all, offers))))
        return rows

    def confirm(self, offer: TimeOffered) -> None:
        """Open the form in which the minutes are put right."""
        form = KeepTimeForm(self.page.services, self.page.tasks, offer)
        self.open_form(form, said="The time is kept.")

    def all(self, offers: list[TimeOffered]) -> None:
        """Keep what is offered to each."""
        time = self.page.services.meeting_parts.time
        self.act(lambda: time.confirm_for(offers), said="The time is kept for all of them.")


class KeepTimeForm(Form):
    """The minutes one person gave to a meeting, to be put right and kept.

    Args:
        services: The open board.
        tasks: Runs the saving.
        offer: What is offered.
    """

    def __init__(self, services: Services, tasks: Tasks, offer: TimeOffered) -> None:
        mine = offer.person.id == services.desk.store.person
        whose = "Your time" if mine else f"Time {offer.person.name} gave"
        super().__init__(f"{whose}: {offer.meeting.title}", tasks=tasks, save_words="Keep it")
        self._services, self._offer = services, offer
        self.length = HoursField(offer.minutes)
        self.length_row = self.length.ask_in(self, "In the meeting")
        self.prepare = HoursField(offer.prepare_minutes)
        self.prepare.ask_in(self, "Getting ready")
        self.put(muted("Put it right if it was more or less. It can be changed later."))

    def save(self) -> None:
        """Keep the minutes."""
        minutes, prepare = self.length.value(), self.prepare.value()
        self.length_row.set_problem("" if minutes else "Put in how long it was.")
        if not minutes:
            return
        time, offer = self._services.meeting_parts.time, self._offer
        self.run(
            lambda: time.confirm(
                offer.meeting.id,
                minutes=minutes,
                prepare_minutes=prepare,
                on_behalf_of=offer.person.id,
            )
        )


def offer_words(offer: TimeOffered) -> str:
    """Return what is offered ("2 hours, and 30 minutes getting ready")."""
    ready = (
        f", and {minutes_words(offer.prepare_minutes)} getting ready"
        if offer.prepare_minutes
        else ""
    )
    return f"{minutes_words(offer.minutes)}{ready}"
