"""A member's word on whether their notes may be used in a project's analysis: off until they say.

It stands on the member's own page, under their questions, since it is about those words.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from ...domain.people import Person
from ...domain.projects import Project, ProjectId
from ...services.boards import Services
from ..messages import announce
from ..tasks import Tasks
from ..widgets.cards import Card
from ..widgets.labels import WrapLabel, muted
from .form import Choice, Form, Pick
from .framed_page import Column

HEADING = "My notes and the researchers' analysis"
_EXPLAINED = (
    "Peer researchers and coordinators mark which topics people write about. They may do that with "
    "your notes on drafts only if you agree, for each project by itself. A note that only the "
    "coordinator can see is then used by the coordinator alone. A note for “just me” is never used."
)
_TAKEN_BACK = (
    "You can change your mind at any time: from then on your notes are left out. Files that were "
    "sent before cannot be recalled."
)


class ConsentCard(Card):
    """One switch for each project.

    Args:
        services: The open board.
        tasks: Runs what takes time.

    Signals:
        said: A short sentence for the status line.
    """

    said = Signal(str)

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(HEADING)
        self._services, self._tasks = services, tasks
        self.add(WrapLabel(_EXPLAINED))
        self.switches = Column()
        self.add(self.switches)
        self.add(muted(_TAKEN_BACK))
        self.hide()

    def reload(self) -> None:
        """Read again what was said."""
        consents = self._services.coding.consents
        self._tasks.run(consents.of, owner=self, on_done=self._show)

    def _show(self, said: Sequence[tuple[Project, bool]]) -> None:
        shown = {box.objectName(): box for box in self._boxes()}
        if list(shown) == [str(project.id) for project, _ in said]:
            for project, agreed in said:
                box = shown[str(project.id)]
                box.blockSignals(True)
                box.setChecked(agreed)
                box.blockSignals(False)
        else:
            self.switches.show_only(*(self._switch(*one) for one in said))
        self.setVisible(bool(said))

    def _boxes(self) -> list[QCheckBox]:
        return [box for box in self.switches.all() if isinstance(box, QCheckBox)]

    def _switch(self, project: Project, agreed: bool) -> QCheckBox:  # noqa: FBT001 - one pair
        words = f"My notes may be used in the analysis for {project.title}"
        box = QCheckBox(words.replace("&", "&&"))
        box.setAccessibleName(words)
        box.setAccessibleDescription(_EXPLAINED)
        box.setObjectName(str(project.id))
        box.setChecked(agreed)
        box.toggled.connect(lambda on: self._say(project.id, agreed=on))
        return box

    def _say(self, project: ProjectId, *, agreed: bool) -> None:
        consents = self._services.coding.consents
        words = "Saved: you agree." if agreed else "Saved: your notes are left out."

        def done(_: object) -> None:
            self.said.emit(words)
            announce(self, words)

        self._tasks.run(
            lambda: consents.say(project, agreed=agreed),
            owner=self,
            on_done=done,
            on_end=self.reload,
        )


class ConsentForm(Form):
    """What a member said on paper or by telephone, typed in by a coordinator.

    Args:
        services: The open board.
        tasks: Runs the saving.
        people: Whose word it may be.
        projects: For which project.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        people: Sequence[Person],
        projects: Sequence[Project],
    ) -> None:
        super().__init__("What a member said about their notes", tasks=tasks)
        self._services = services
        self.person = Pick((person.name, person.id) for person in people)
        self.ask("Whose notes", self.person)
        self.project = Pick((project.title, project.id) for project in projects)
        self.ask("For the analysis of", self.project)
        self.agreed = Choice(
            [("They agree", True), ("They do not, or not any more", False)],
            name="What they said",
        )
        self.row = self.ask(
            "What they said", self.agreed, help_text=_EXPLAINED.split(". ")[0] + "."
        )

    def save(self) -> None:
        """Record it on their behalf."""
        agreed = self.agreed.value()
        self.row.set_problem("" if agreed is not None else "Choose what they said.")
        if agreed is None:
            return
        person, project = self.person.value(), self.project.value()
        consents = self._services.coding.consents
        self.run(lambda: consents.say(project, agreed=agreed, on_behalf_of=person))
