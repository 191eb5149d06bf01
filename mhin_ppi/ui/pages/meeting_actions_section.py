"""Actions on a meeting's page: what was agreed here, and what earlier meetings left open."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from ...domain.meeting_parts import Action
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .form import Form, PerhapsDay, Pick, WordsBox
from .meeting_facts import MeetingFacts
from .meeting_section import MeetingPlace, MeetingSection
from .words_for import day_words, local_day

_OTHER = "other"


class ActionsSection(MeetingSection):
    """Who will do what.

    Args:
        page: The page it stands on.
    """

    def __init__(self, page: MeetingPlace) -> None:
        super().__init__(page, "Actions")

    def show_facts(self, facts: MeetingFacts) -> None:
        """List what was agreed, and first what is still open from before."""
        rows: list[QWidget] = []
        for action, then in facts.carried:
            rows.append(self._row(action, facts, since=f", from “{then.title}”"))
        rows += [self._row(action, facts) for action in facts.actions]
        if not rows:
            rows.append(muted("Nothing is agreed to be done."))
        if facts.coordinates:
            add = button("Add an action", icon="plus", on_press=self.add_action)
            rows.append(FlowRow(add))
        self.setVisible(facts.coordinates or bool(facts.carried or facts.actions))
        self.body.show_only(*rows)

    def _row(self, action: Action, facts: MeetingFacts, *, since: str = "") -> QWidget:
        today = local_day(facts.now) or facts.now.date()
        who = facts.name(action.person) or action.who or "Nobody yet"
        due = f", by {day_words(action.due_on, today=today)}" if action.due_on else ""
        if action.done_on:
            came_of = f": {action.outcome}" if action.outcome else ""
            done = f" Done {day_words(action.done_on, today=today)}{came_of}."
        else:
            done = " Not done yet."
        row = FlowRow(WrapLabel(f"{action.body} – {who}{due}{since}.{done}"))
        if facts.coordinates or action.person == facts.me.id:
            if action.done_on is None:
                made = button("Done", icon="check", on_press=partial(self.done, action))
            else:
                made = button(
                    "Not done after all", kind="quiet", on_press=partial(self.reopen, action)
                )
            made.setAccessibleName(f"{made.accessibleName()}: {action.body[:60]}")
            row.add(made)
        return row

    def add_action(self) -> None:
        """Open the form for a new action."""
        if self.facts is not None:
            self.open_form(ActionForm(self.page, self.facts))

    def done(self, action: Action) -> None:
        """Open the form that says what came of it."""
        self.open_form(DoneForm(self.page, action))

    def reopen(self, action: Action) -> None:
        """Say that it is not done after all."""
        actions = self.page.services.meeting_parts.actions
        self.act(lambda: actions.set_open(action.id), said="It is open again.")


class ActionForm(Form):
    """Something that somebody said they would do.

    Args:
        page: The page it stands on.
        facts: What the page shows.
    """

    def __init__(self, page: MeetingPlace, facts: MeetingFacts) -> None:
        super().__init__("Add an action", tasks=page.tasks)
        self._page, self._meeting = page, facts.meeting.id
        self.body = QLineEdit()
        self.body_row = self.ask("What will be done", self.body)
        people = [(person.name, person.id) for person in facts.present]
        self.person = Pick([("Nobody yet", None), *people, ("Somebody else", _OTHER)])
        self.ask("Who does it", self.person)
        self.who = QLineEdit()
        self.who_row = self.ask("Who that is", self.who)
        self.who_row.hide()
        self.person.currentIndexChanged.connect(
            lambda: self.who_row.setVisible(self.person.value() == _OTHER)
        )
        self.due = PerhapsDay("By a certain day", day=page.services.desk.today())
        self.put(self.due)

    def save(self) -> None:
        """Write it down."""
        body, chosen = self.body.text().strip(), self.person.value()
        self.body_row.set_problem("" if body else "Write what will be done.")
        if not body:
            return
        person = None if chosen == _OTHER else chosen
        who = self.who.text() if chosen == _OTHER else ""
        due, actions = self.due.value(), self._page.services.meeting_parts.actions
        self.run(lambda: actions.add(self._meeting, body, person=person, who=who, due_on=due))


class DoneForm(Form):
    """What came of an action.

    Args:
        page: The page it stands on.
        action: Which one.
    """

    def __init__(self, page: MeetingPlace, action: Action) -> None:
        super().__init__(f"Done: {action.body}", tasks=page.tasks, save_words="It is done")
        self._page, self._action = page, action.id
        self.outcome = WordsBox(lines=2)
        self.ask("What came of it", self.outcome, help_text="Only if you want to.")

    def save(self) -> None:
        """Say that it is done."""
        outcome, actions = self.outcome.words(), self._page.services.meeting_parts.actions
        self.run(lambda: actions.set_done(self._action, outcome=outcome))
