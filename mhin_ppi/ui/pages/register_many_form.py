"""Sorting several questions of the register at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QLineEdit

from ...domain.projects import Site
from ...services.boards import Services
from ...services.outcome import Outcome
from ...services.register import RegisterView
from ...services.register_rows import RegisterRow
from ...services.register_sorting import ForMany
from ..tasks import Tasks
from .form import Form, Pick
from .register_forms import NOBODY_YET, FrameTicks
from .words_for import count_words

_LEAVE = "Leave as it is"
_NONE_CHOSEN = "Choose a person, or write a tag."


class ManyForm(Form):
    """Noting the same on several questions; it says what was done.

    Args:
        services: The open board.
        tasks: Runs the saving.
        rows: Which questions.
        view: The register they stand in.
    """

    def __init__(
        self, services: Services, tasks: Tasks, rows: Sequence[RegisterRow], view: RegisterView
    ) -> None:
        number = count_words(len(rows), "question")
        super().__init__(f"Sort {number}", tasks=tasks, save_words=f"Save for {number}")
        self._services = services
        self._questions = tuple(row.question for row in rows)
        people = [(person.name, person) for person in view.coordinators()]
        self.assigned = Pick([(_LEAVE, None), (NOBODY_YET, NOBODY_YET), *people])
        self.tags = QLineEdit()
        self.site = Pick([(_LEAVE, None), *((s.name, s) for s in places_for(rows, view))])
        stages = services.catalogues.taxonomy.stages
        self.stage = Pick([(_LEAVE, None), *((term.label, term) for term in stages)])
        self.frames = FrameTicks(services.catalogues.frames, ticked=())
        self.ask("Who looks after them", self.assigned)
        self.tags_row = self.ask(
            "Tags to add", self.tags, help_text="Short words, with commas between them."
        )
        if places_for(rows, view):
            self.ask("Place", self.site)
        self.ask("Which part of the research", self.stage)
        self.ask("Frames to add", self.frames)

    def save(self) -> None:
        """Note it on all of them."""
        wanted = ForMany(
            put=self._put(),
            tags=tuple(tag for tag in self.tags.text().split(",") if tag.strip()),
            frames=self.frames.value(),
        )
        missing = not (wanted.put or wanted.tags or wanted.frames)
        self.tags_row.set_problem(_NONE_CHOSEN if missing else "")
        if not missing:
            said = self._words()
            self.run(lambda: self._do(wanted, said))

    def _put(self) -> dict[str, Any]:
        assigned, site, stage = self.assigned.value(), self.site.value(), self.stage.value()
        put: dict[str, Any] = {}
        if assigned is not None:
            put["assigned"] = None if assigned == NOBODY_YET else assigned.id
        if site is not None:
            put["site"] = site.id
        if stage is not None:
            put["stage"] = stage.code
        return put

    def _words(self) -> Mapping[str, str]:
        """Return how it is said that something was done, for what was noted, by field."""
        assigned, site, stage = self.assigned.value(), self.site.value(), self.stage.value()
        who = "nobody in particular" if assigned in (None, NOBODY_YET) else assigned.name
        return {
            "assigned": f"now with {who}",
            "tags": "tagged",
            "site": f"now at {site.name}" if site else "",
            "stage": f"now under “{stage.label}”" if stage else "",
            "frames": "put in the frames",
        }

    def _do(self, wanted: ForMany, words: Mapping[str, str]) -> Outcome[str]:
        done = self._services.register.sorting.many(self._questions, wanted)
        said = [f"{self._of(number)} {words[name]}." for name, number in done.value.items()]
        return Outcome(" ".join(said), done.entries)

    def _of(self, done: int) -> str:
        """Return how many of the questions were changed; the others were so already."""
        every = len(self._questions)
        if done == every:
            return f"{count_words(done, 'question')}"
        return f"{done:,} of {count_words(every, 'question')} (the others were already)"


def places_for(rows: Sequence[RegisterRow], view: RegisterView) -> list[Site]:
    """Return the places that all of some questions can be given: those of their one project."""
    projects = {row.project.id for row in rows if row.project}
    return [site for site in view.sites if projects == {site.project}]
