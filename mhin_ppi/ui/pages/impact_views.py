"""How the person who asked sees a difference, and what was found when somebody looked again."""

from __future__ import annotations

from datetime import timedelta

from ...domain.impact import LASTED_WORDS, Impact, view_and_writer
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.labels import WrapLabel, muted
from .again_words import IS_IT_STILL_SO, LOOK_AGAIN
from .form import Choice, Day, Form, PerhapsDay, WordsBox
from .story_facts import StoryFacts
from .story_impact import look_words

NEXT_LOOK_DAYS = 180


class ViewForm(Form):
    """The view of the person who asked, written by them or, marked as such, for them.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
        impact: The difference it is a view of.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts, impact: Impact) -> None:
        mine = facts.story.is_mine
        super().__init__("Add your view" if mine else "Write down their view", tasks=tasks)
        self._services, self._impact = services, impact
        self.put(WrapLabel(impact.what_changed))
        text, _ = view_and_writer(impact.asker_view)
        self.view = WordsBox(lines=3, text=text)
        self.view_row = self.ask(
            "How you see it" if mine else "How they see it, in their own words",
            self.view,
            help_text="It stands beside the team's view. Neither is changed to fit the other.",
        )
        if not mine:
            self.put(muted("It will say that a coordinator wrote it down for them."))
        self.keep_words(services.desk, impact.id)

    def save(self) -> None:
        """Record the view."""
        view = self.view.words()
        self.view_row.set_problem("" if view else "Write a few words.")
        if view:
            self.run(lambda: self._services.impacts.add_view(self._impact.id, asker_view=view))


class LookAgainForm(Form):
    """Whether a difference is still there, and when to look once more.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
        impact: The difference.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts, impact: Impact) -> None:
        super().__init__(LOOK_AGAIN, tasks=tasks, save_words="Save what was found")
        self._services, self._impact = services, impact
        self.put(WrapLabel(impact.what_changed))
        for look in facts.looks.get(impact.id, ()):
            self.put(muted(look_words(look, facts=facts)))
        self.lasted = Choice(
            [(words, lasted) for lasted, words in LASTED_WORDS.items()], name=IS_IT_STILL_SO
        )
        self.lasted_row = self.ask(IS_IT_STILL_SO, self.lasted)
        self.note = WordsBox(lines=2)
        self.ask("What was seen", self.note, help_text="Only if there is something to say.")
        self.on = Day(facts.today)
        self.ask("When somebody looked", self.on)
        planned = impact.look_again_on
        ahead = planned is not None and planned > facts.today
        later = planned if planned and ahead else facts.today + timedelta(days=NEXT_LOOK_DAYS)
        self.again = PerhapsDay(f"{LOOK_AGAIN} on a certain day", day=later, on=ahead)
        self.ask("And after that?", self.again)
        self.keep_words(services.desk, impact.id)

    def save(self) -> None:
        """Record what was found."""
        lasted = self.lasted.value()
        self.lasted_row.set_problem("" if lasted else "Choose one.")
        if not lasted:
            return
        note, on, again = self.note.words(), self.on.value(), self.again.value()
        self.run(
            lambda: self._services.impacts.look_again(
                self._impact.id, lasted=lasted, note=note, on=on, next_on=again
            )
        )
