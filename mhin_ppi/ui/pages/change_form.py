"""Recording what became different because of a question."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal

from ...domain.drafts import DraftVersion, VersionId
from ...domain.responses import CERTAINTY_WORDS, LED_TO, OUTSIDE_WORDS, Change
from ...errors import InputError
from ...services.boards import Services
from ...services.outcome import Outcome
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.labels import WrapLabel
from .form import Choice, Day, Form, Pick, WordsBox
from .story_facts import StoryFacts
from .story_parts import SideBySide

_IN_TEXT, _OUTSIDE = "text", "outside"


class ChangeForm(Form):
    """A change in another version of the text, or outside any text.

    Args:
        services: The open board.
        tasks: Runs the saving.
        facts: The question's story.

    Signals:
        compare_wanted: (older, newer) the person wants to see what changed between two versions.
    """

    compare_wanted = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, facts: StoryFacts) -> None:
        super().__init__("Record a change", tasks=tasks, save_words="Save the change")
        self._services, self._facts = services, facts
        note = facts.story.annotation
        if note and note.passage:
            warning = facts.warnings.before(note.version, note.passage)
            about = ("The words it was asked about", note.passage.quote, "", warning)
            self.put(SideBySide([about]))
        self.where = Choice(
            [("In the words of a draft", _IN_TEXT), ("Somewhere else", _OUTSIDE)],
            name="Where it changed",
            chosen=_IN_TEXT if facts.later else _OUTSIDE,
        )
        self.ask("Where it changed", self.where)
        self._later = facts.later
        self.version = Pick((f"Version {v.number}", v) for v in self._later)
        self.version_row = self.ask("Which version has the new words", self.version)
        self.words = WordsBox(lines=3)
        self.words_row = self.ask(
            "The new words",
            self.words,
            help_text="Copy them from the new version, or type enough of them to find the place.",
        )
        self.compare = button(
            "See what changed between the versions",
            icon="copy",
            kind="quiet",
            on_press=self._compare,
        )
        self.put(self.compare)
        self.none = WrapLabel(
            "There is no later version of this draft yet. Add it on the page “To read” first.",
            role="muted",
        )
        self.put(self.none)
        nothing: tuple[str, object] = ("Choose one", "")
        self.outside_kind = Pick([nothing, *((said, code) for code, said in OUTSIDE_WORDS.items())])
        self.kind_row = self.ask("What sort of thing changed", self.outside_kind)
        self.outside = WordsBox(lines=3)
        self.outside_row = self.ask(
            "What is different now",
            self.outside,
            help_text="For instance a route, a training, a decision.",
        )
        self.on = Day(facts.today)
        self.ask("When it changed", self.on)
        self.sure = Choice(
            [(said, code) for code, said in CERTAINTY_WORDS.items()],
            name="Did the question lead to it?",
            chosen=LED_TO,
        )
        self.ask("Did the question lead to it?", self.sure)
        self.where.changed.connect(self._show_fields)
        self._show_fields()
        self.keep_words(services.desk, facts.story.question.id)

    def save(self) -> None:
        """Record the change."""
        in_text = self.where.value() == _IN_TEXT
        box, row = (self.words, self.words_row) if in_text else (self.outside, self.outside_row)
        row.set_problem("" if box.words() else "Write a few words.")
        version: DraftVersion | None = self.version.value()
        kind = "" if in_text else self.outside_kind.value()
        self.kind_row.set_problem("" if kind or in_text else "Choose one.")
        if not box.words() or (in_text and version is None) or not (in_text or kind):
            return
        said, on, facts, services = box.words(), self.on.value(), self._facts, self._services
        sure = self.sure.value()

        def work() -> Outcome[Change]:
            new = None
            if in_text and version is not None:
                new = (version.id, *find_words(services, version, said, facts=facts))
            return services.questions.link_change(
                facts.story.question.id,
                new=new,
                outside="" if in_text else said,
                outside_kind=kind,
                certainty=sure,
                changed_on=on,
            )

        self.run(work)

    def _compare(self) -> None:
        version: DraftVersion | None = self.version.value()
        asked = self._facts.story.version
        if version is not None and asked is not None:
            pair = sorted((version, asked), key=lambda one: one.number)
            self.compare_wanted.emit((pair[0].id, pair[1].id))

    def _show_fields(self) -> None:
        in_text = self.where.value() == _IN_TEXT
        some = bool(self._later)
        self.version_row.setVisible(in_text and some)
        self.words_row.setVisible(in_text and some)
        self.compare.setVisible(in_text and some and self._facts.story.version is not None)
        self.none.setVisible(in_text and not some)
        self.outside_row.setVisible(not in_text)
        self.kind_row.setVisible(not in_text)
        self.save_button.setEnabled(some or not in_text)


def find_words(
    services: Services, version: DraftVersion, words: str, *, facts: StoryFacts
) -> tuple[int, int]:
    """Return where words stand in a version, the place nearest to where they were asked about.

    Raises:
        InputError: They are not in it.
    """
    text = services.reviewing.text_of(VersionId(version.id), images=False).text
    pattern = re.compile(r"\s+".join(re.escape(part) for part in words.split()), re.IGNORECASE)
    places = [match.span() for match in pattern.finditer(text)]
    if not places:
        raise InputError(
            f"Those words are not in version {version.number}.",
            what_is_safe="What you wrote is still in the box.",
            next_step="Copy them from the new version as they stand, or choose another version.",
        )
    note = facts.story.annotation
    before = note.passage.start if note and note.passage else 0
    return min(places, key=lambda place: abs(place[0] - before))
