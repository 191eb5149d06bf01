"""Questions written down in a meeting: whose they were is added here, when nobody else looks."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from ...domain.meeting_parts import Jotting
from ...domain.meeting_rules import named_identity
from ...domain.meetings import Came, JottingId
from ...domain.people import PersonId
from ...services.outcome import Outcome
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .form import Form, Pick, WordsBox
from .meeting_facts import MeetingFacts
from .meeting_section import MeetingPlace, MeetingSection
from .name_grid import two_columns
from .page import Place
from .words_for import count_words

_LATER, _GROUP = "later", "group"
_ONE = "Saved. It is one question now."
_TOGETHER = "Put together, to be answered as one."


class QuestionsSection(MeetingSection):
    """What was written down in a meeting.

    Args:
        page: The page it stands on.
        go: Shows another place of the window.
    """

    def __init__(self, page: MeetingPlace, *, go: Callable[[Place, object], None]) -> None:
        super().__init__(page, "Questions written down")
        self._go = go

    def show_facts(self, facts: MeetingFacts) -> None:
        """List them; for a coordinator, first those without a name."""
        nameless = [one for one in facts.jottings if one.question is None]
        rows: list[QWidget] = []
        if facts.coordinates:
            if nameless:
                have = "has" if len(nameless) == 1 else "have"
                count = count_words(len(nameless), "question")
                rows.append(WrapLabel(f"{count} {have} no name yet."))
                names = button("Whose questions were these?", icon="users", on_press=self.names)
                rows.append(FlowRow(names))
            rows += [self._nameless(one) for one in nameless]
            twice = [one for one in facts.jottings if one.id in facts.twice]
            rows += [row for one in twice for row in self._named_twice(one, facts)]
        open_still = facts.twice if facts.coordinates else {}
        for one in facts.jottings:
            if one.question is not None and one.id not in open_still:
                rows.append(self._named(one, facts))
        if not rows:
            rows.append(muted("Questions that are written down in the meeting will be here."))
        self.setVisible(facts.coordinates or bool(facts.jottings))
        self.body.show_only(*rows)

    def _nameless(self, one: Jotting) -> QWidget:
        reword = button("Reword", icon="pencil", kind="quiet", on_press=partial(self.reword, one))
        away = button("Take away", icon="x", kind="quiet", on_press=partial(self.take_away, one))
        for made in (reword, away):
            made.setAccessibleName(f"{made.accessibleName()}: {one.body[:60]}")
        return FlowRow(WrapLabel(f"“{one.body}”"), reword, away)

    def _named_twice(self, one: Jotting, facts: MeetingFacts) -> list[QWidget]:
        namings = facts.twice[one.id]
        names = {each: facts.name(each.asker) or "the whole group" for each in namings}
        settles = self.page.services.meeting_parts.named_twice
        choices = [
            button(
                f"{names[each][:1].upper()}{names[each][1:]} asked it",
                icon="check",
                on_press=partial(
                    self.act, partial(settles.settle, one.id, each.question), said=_ONE
                ),
            )
            for each in namings
            if not any(other.has_moved_on for other in namings if other is not each)
        ]
        words = "Both asked it" if len(namings) == 2 else "They all asked it"  # noqa: PLR2004
        both = partial(self.act, partial(settles.answer_together, one.id), said=_TOGETHER)
        choices.append(button(words, icon="users", on_press=both))
        for made in choices:
            made.setAccessibleDescription(one.body)
        whose = " and ".join(names.values())
        told = f"“{one.body}” has different names: {whose}. Whose question was it?"
        return [WrapLabel(told), FlowRow(*choices)]

    def _named(self, one: Jotting, facts: MeetingFacts) -> QWidget:
        question = one.question
        asker = facts.askers.get(question, "") if question else ""
        if question == named_identity(one.id, None):
            asker = "The whole group"
        whose = f" {asker} asked this." if asker and facts.coordinates else ""
        words = f"“{one.body}”{whose}" if one.body else "These words were taken back."
        row = FlowRow(WrapLabel(words))
        if one.body and question in facts.askers:
            made = button(
                "See what happened",
                icon="arrow-right",
                kind="quiet",
                on_press=lambda: self._go(Place.STORY, question),
            )
            made.setAccessibleDescription(one.body)
            row.add(made)
        return row

    def names(self) -> None:
        """Open the form that adds names."""
        if self.facts is not None:
            form = NamesForm(self.page, self.facts)
            self.open_form(form, said="Saved. They are questions now, and are owed an answer.")

    def reword(self, one: Jotting) -> None:
        """Open the form that puts the words right."""
        self.open_form(RewordForm(self.page, one))

    def take_away(self, one: Jotting) -> None:
        """Take away what was no question."""
        jottings = self.page.services.meeting_parts.jottings
        self.act(lambda: jottings.take_away(one.id), said="Taken away.")


class NamesForm(Form):
    """Whose question each was.

    Args:
        page: The page it stands on.
        facts: What the page shows.
    """

    def __init__(self, page: MeetingPlace, facts: MeetingFacts) -> None:
        super().__init__("Whose questions were these?", tasks=page.tasks, save_words="Save names")
        self._page, self._meeting = page, facts.meeting.id
        there = [p for p in facts.present if facts.came.get(p.id) not in (None, Came.APOLOGIES)]
        others = [person for person in facts.present if person not in there]
        choices = [
            ("Decide later", _LATER),
            *((person.name, person.id) for person in (*there, *others)),
            ("The whole group", _GROUP),
        ]
        nameless = [one for one in facts.jottings if one.question is None]
        self._picks = {one.id: Pick(choices) for one in nameless}
        self.put(two_columns([(one.body, self._picks[one.id]) for one in nameless]))
        mine = facts.told_for_group == facts.me.id
        passes = (
            "you are told, and pass"
            if mine
            else f"{facts.name(facts.told_for_group)} is told, and passes"
        )
        told = f"Whoever asked will be told what became of it. For the whole group, {passes} it on."
        self.put(muted(told))

    def save(self) -> None:
        """Make questions of those that have a name."""
        jottings = self._page.services.meeting_parts.jottings
        chosen: dict[JottingId, PersonId | None] = {
            jotting: None if pick.value() == _GROUP else pick.value()
            for jotting, pick in self._picks.items()
            if pick.value() != _LATER
        }

        def work() -> Outcome[int]:
            # Named or taken away meanwhile, perhaps on another laptop: that stays as it is.
            free = {one.id for one in jottings.of(self._meeting) if one.question is None}
            named = [(one, whose) for one, whose in chosen.items() if one in free]
            told = [jottings.give_name(one, whose) for one, whose in named]
            return Outcome(len(told), tuple(entry for each in told for entry in each.entries))

        self.run(work)


class RewordForm(Form):
    """The words of a jotting, put right.

    Args:
        page: The page it stands on.
        jotting: Which one.
    """

    def __init__(self, page: MeetingPlace, jotting: Jotting) -> None:
        super().__init__("Reword it", tasks=page.tasks)
        self._page, self._jotting = page, jotting.id
        self.words = WordsBox(lines=3, text=jotting.body)
        self.row = self.ask("As it was said", self.words)

    def save(self) -> None:
        """Keep the words."""
        words, jottings = self.words.words(), self._page.services.meeting_parts.jottings
        self.row.set_problem("" if words else "Write the words first.")
        if words:
            self.run(lambda: jottings.reword(self._jotting, words))
