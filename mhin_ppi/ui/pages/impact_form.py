"""Recording the difference a question made, from two sides that are kept apart."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QLineEdit

from ...domain.impact import DIRECTION_WORDS, Direction, Impact
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.labels import WrapLabel
from .form import Choice, Form, PerhapsDay, Pick, WordsBox
from .story_facts import StoryFacts

LOOK_AGAIN_DAYS = 90


class ImpactForm(Form):
    """What kind of difference, for better or worse, and how each side sees it.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.
    """

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts) -> None:
        super().__init__(
            "Record the difference it made", tasks=tasks, save_words="Save the difference"
        )
        self._services, self._facts = services, facts
        taxonomy = services.catalogues.taxonomy
        self.direction = Choice(
            [(words, direction) for direction, words in DIRECTION_WORDS.items()],
            name="Better or worse",
        )
        self.direction_row = self.ask(
            "Better or worse",
            self.direction,
            help_text="“Made no difference” and “too soon to say” are answers too.",
        )
        self.what = WordsBox(lines=2)
        self.what_row = self.ask("What it changed, in a sentence", self.what)
        # Nothing is chosen beforehand: an answer nobody gave would end up in a report.
        nothing: tuple[str, object] = ("Choose one", None)
        self.kind = Pick([nothing, *((term.label, term.code) for term in taxonomy.kinds)])
        self.kind_row = self.ask("What sort of change", self.kind)
        self.stage = Pick([nothing, *((term.label, term.code) for term in taxonomy.stages)])
        self.stage_row = self.ask("Which part of the research", self.stage)
        whose = "Your view" if facts.story.is_mine else "The view of the person who asked"
        self.asker_view = WordsBox(lines=2)
        self.ask(whose, self.asker_view, help_text="In their words. Leave it empty until asked.")
        self.team_view = WordsBox(lines=2)
        self.ask("The team's view", self.team_view)
        self.evidence = Pick(
            ((term.label, term.code) for term in taxonomy.evidence), chosen="one_says"
        )
        self.ask("How we know", self.evidence)
        self.evidence_note = QLineEdit()
        self.ask("Where that can be seen", self.evidence_note)
        later = facts.today + timedelta(days=LOOK_AGAIN_DAYS)
        self.again = PerhapsDay("Look again on a certain day", day=later)
        self.ask("Does it last?", self.again)

    def save(self) -> None:
        """Record the difference."""
        direction: Direction | None = self.direction.value()
        self.direction_row.set_problem("" if direction else "Choose one.")
        what = self.what.words()
        self.what_row.set_problem(
            "" if what else "Write a sentence. “No change that we can trace” is an answer too."
        )
        kind, stage, evidence = self.kind.value(), self.stage.value(), self.evidence.value()
        self.kind_row.set_problem("" if kind else "Choose one.")
        self.stage_row.set_problem("" if stage else "Choose one.")
        if direction is None or not (what and kind and stage):
            return
        changes = self._facts.story.changes
        theirs, team = self.asker_view.words(), self.team_view.words()
        note, again = self.evidence_note.text(), self.again.value()
        self.run(
            lambda: self._services.impacts.record(
                self._facts.story.question.id,
                kind=kind,
                stage=stage,
                direction=direction,
                what_changed=what,
                asker_view=theirs,
                team_view=team,
                evidence=evidence,
                evidence_note=note,
                change=changes[-1].id if changes else None,
                look_again_on=again,
            )
        )


class ViewForm(Form):
    """The view of the person who asked, added by them.

    Args:
        services: The open board.
        tasks: Runs the saving.
        impact: The difference it is a view of.
    """

    def __init__(self, services: Services, tasks: Tasks, impact: Impact) -> None:
        super().__init__("Add your view", tasks=tasks)
        self._services, self._impact = services, impact
        self.put(WrapLabel(impact.what_changed))
        self.view = WordsBox(lines=3)
        self.view_row = self.ask(
            "How you see it",
            self.view,
            help_text="It stands beside the team's view. Neither is changed to fit the other.",
        )

    def save(self) -> None:
        """Record the view."""
        view = self.view.words()
        self.view_row.set_problem("" if view else "Write a few words.")
        if view:
            self.run(lambda: self._services.impacts.add_view(self._impact.id, asker_view=view))
