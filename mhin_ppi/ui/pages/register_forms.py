"""Forms of the register: sorting a question, and keeping a view."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ...domain.frames import Frame
from ...domain.people import Person
from ...domain.projects import Site
from ...domain.questions import Question
from ...services.boards import Services
from ...services.register_filters import RegisterFilter
from ..tasks import Tasks
from ..theme import theme
from ..widgets.labels import WrapLabel
from .form import Form, Pick
from .words_for import CONSIDERED_WORDS

NOBODY_YET = "Nobody in particular"


class FrameTicks(QWidget):
    """The parts of the frames, to tick; hidden until they are wanted.

    Args:
        frames: The frames.
        ticked: Codes of what is ticked at first.
    """

    def __init__(self, frames: Iterable[Frame], *, ticked: Iterable[str]) -> None:
        super().__init__()
        self._others = [*ticked]
        self.shown = QCheckBox("Lay frames over it (CFIR, NPT, PSAT, UK Standards)")
        self.shown.setChecked(bool(self._others))
        self._parts: dict[str, QCheckBox] = {}
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(theme().px(1), 0, 0, 0)
        column.setSpacing(theme().px(0.1))
        for frame in frames:
            column.addWidget(WrapLabel(frame.label, role="heading"))
            for part in frame.parts:
                tick = QCheckBox(part.label)
                tick.setAccessibleName(f"{frame.label}: {part.label}")
                tick.setToolTip("\n".join([part.asks, *part.covers]))
                tick.setChecked(part.code in self._others)
                self._parts[part.code] = tick
                column.addWidget(tick)
            column.addWidget(WrapLabel(frame.checked, role="muted"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.shown)
        whole.addWidget(self._inside)
        self._inside.setVisible(self.shown.isChecked())
        self.shown.toggled.connect(self._inside.setVisible)
        self.setFocusProxy(self.shown)

    def value(self) -> tuple[str, ...]:
        """Return the codes that are ticked; codes of lists not known here are kept."""
        unknown = [code for code in self._others if code not in self._parts]
        return (*unknown, *(code for code, tick in self._parts.items() if tick.isChecked()))


class SortForm(Form):
    """Everything that a coordinator notes on one question.

    Args:
        services: The open board.
        tasks: Runs the saving.
        question: The question as it is now.
        coordinators: Who can look after it.
        sites: Places of its project.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        question: Question,
        *,
        coordinators: Iterable[Person],
        sites: Iterable[Site],
    ) -> None:
        super().__init__("Sort this question", tasks=tasks)
        self._services, self._question = services, question.id
        people = [(person.name, person.id) for person in coordinators]
        self.assigned = Pick([(NOBODY_YET, None), *people], chosen=question.assigned)
        self.tags = QLineEdit(", ".join(question.tags))
        self.site = Pick(
            [("No place in particular", None), *((site.name, site.id) for site in sites)],
            chosen=question.site,
        )
        stages = [(term.label, term.code) for term in services.catalogues.taxonomy.stages]
        self.stage = Pick([("Not said yet", ""), *stages], chosen=question.stage)
        self.considered = Pick(
            [("Not said yet", None), *((words, one) for one, words in CONSIDERED_WORDS.items())],
            chosen=question.considered,
        )
        self.frames = FrameTicks(services.catalogues.frames, ticked=question.frames)
        self.ask("Who looks after it", self.assigned)
        self.ask("Tags", self.tags, help_text="Short words, with commas between them.")
        self.ask("Place", self.site)
        self.ask("Which part of the research", self.stage)
        self.ask("Had the team considered this before?", self.considered)
        self.ask(
            "Frames",
            self.frames,
            help_text="For looking across many questions. Leave them out where they do not help.",
        )

    def save(self) -> None:
        """Note it."""
        sorting, question = self._services.register.sorting, self._question
        noted = {
            "assigned": self.assigned.value(),
            "tags": self.tags.text().split(","),
            "site": self.site.value(),
            "stage": self.stage.value(),
            "frames": self.frames.value(),
            "considered": self.considered.value(),
        }
        self.run(lambda: sorting.note(question, **noted))


class KeepViewForm(Form):
    """The name of a view; only the person themselves sees it.

    Args:
        services: The open board.
        tasks: Runs the saving.
        wanted: The filter to keep.
    """

    def __init__(self, services: Services, tasks: Tasks, wanted: RegisterFilter) -> None:
        super().__init__("Keep this view", tasks=tasks, save_words="Keep it")
        self._services, self._wanted = services, wanted
        self.title = QLineEdit()
        self.title_row = self.ask(
            "What you call it",
            self.title,
            help_text="Only you see it. A view of the same name is replaced.",
        )

    def save(self) -> None:
        """Keep it."""
        title, views, wanted = self.title.text(), self._services.register.views, self._wanted
        self.title_row.set_problem("" if title.strip() else "Write a name for it.")
        if title.strip():
            self.run(lambda: views.keep(title, wanted))
