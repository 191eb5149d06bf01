"""Recording the difference a question made, from two sides that are kept apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QLineEdit

from ...domain.impact import DIRECTION_WORDS, Direction
from ...domain.responses import Change
from ...services.boards import Services
from ..tasks import Tasks
from .again_words import LOOK_AGAIN
from .file_field import FileField, read_file
from .form import Choice, Day, Form, PerhapsDay, Pick, WordsBox
from .story_facts import StoryFacts
from .story_links import short

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
        theirs = "In their words, marked as written down for them. Leave it empty until asked."
        self.ask(whose, self.asker_view, help_text="" if facts.story.is_mine else theirs)
        self.team_view = WordsBox(lines=2)
        self.ask("The team's view", self.team_view)
        self._ask_evidence()
        self.seen = Day(facts.today)
        self.ask("When it was noticed", self.seen)
        later = facts.today + timedelta(days=LOOK_AGAIN_DAYS)
        self.again = PerhapsDay(f"{LOOK_AGAIN} on a certain day", day=later)
        self.ask("Does it last?", self.again)
        self.keep_words(services.desk, facts.story.question.id)

    def _ask_evidence(self) -> None:
        taxonomy, changes = self._services.catalogues.taxonomy, self._facts.story.changes
        self.evidence = Pick(
            ((term.label, term.code) for term in taxonomy.evidence), chosen="one_says"
        )
        self.ask("How we know", self.evidence)
        none: tuple[str, object] = ("None of them", None)
        listed = [(change_words(one, self._facts), one.id) for one in changes]
        self.change = Pick([*listed, none], chosen=changes[-1].id if changes else None)
        if changes:
            self.ask("Which change it rests on", self.change)
        self.evidence_note = QLineEdit()
        self.ask("Where that can be seen", self.evidence_note)
        self.link = QLineEdit()
        self.link_row = self.ask(
            "A web address that shows it",
            self.link,
            help_text="It is only shown. Nothing is opened until somebody asks for it.",
        )
        self.file = FileField()
        self.ask(
            "A file that shows it",
            self.file,
            help_text="Up to 10 MB. It is kept encrypted on the board and never opened here; "
            "it can be saved out again.",
        )

    def save(self) -> None:
        """Record the difference."""
        direction: Direction | None = self.direction.value()
        self.direction_row.set_problem("" if direction else "Choose one.")
        what = self.what.words()
        self.what_row.set_problem(
            "" if what else "Write a sentence. “No change that we can trace” is an answer too."
        )
        kind, stage = self.kind.value(), self.stage.value()
        self.kind_row.set_problem("" if kind else "Choose one.")
        self.stage_row.set_problem("" if stage else "Choose one.")
        if direction is None or not (what and kind and stage):
            return
        self.run(self._recording(direction, what, kind, stage))

    def _recording(
        self, direction: Direction, what: str, kind: str, stage: str
    ) -> Callable[[], object]:
        theirs, team, evidence = (
            self.asker_view.words(),
            self.team_view.words(),
            self.evidence.value(),
        )
        note, link, file = self.evidence_note.text(), self.link.text(), self.file.chosen
        seen, again, change = self.seen.value(), self.again.value(), self.change.value()
        return lambda: self._services.impacts.record(
            self._facts.story.question.id,
            kind=kind,
            stage=stage,
            direction=direction,
            what_changed=what,
            asker_view=theirs,
            team_view=team,
            evidence=evidence,
            evidence_note=note,
            evidence_link=link,
            attached=read_file(file) if file else None,
            change=change,
            seen_on=seen,
            look_again_on=again,
        )


def change_words(change: Change, facts: StoryFacts) -> str:
    """Return a change in a few words, to choose it by."""
    said = f"Now: “{change.new.quote}”" if change.new else change.outside
    return short(facts.warnings.before(change.new_version, change.new) or said)
