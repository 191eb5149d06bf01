"""What a report is about: which projects, and which days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox

from ...domain.projects import Project, ProjectId
from ..widgets.cards import Card
from ..widgets.labels import WrapLabel, muted
from .form import PerhapsDay


class ReportChoices(Card):
    """Ticks for projects, and days from and to.

    Args:
        projects: All of them.
        today: The day it is.
        heading: What is chosen here.

    Signals:
        changed: Something else is chosen.
    """

    changed = Signal()

    def __init__(
        self, projects: Sequence[Project], *, today: date, heading: str = "What to report"
    ) -> None:
        super().__init__(heading)
        self._ticks: dict[ProjectId, QCheckBox] = {}
        self.add(WrapLabel("Projects", role="strong"))
        if not projects:
            self.add(muted("There are no projects yet: the report is about the whole board."))
        for project in projects:
            tick = QCheckBox(project.title.replace("&", "&&"))
            tick.setAccessibleName(project.title)
            tick.setChecked(True)
            tick.toggled.connect(lambda _: self.changed.emit())
            self._ticks[project.id] = tick
            self.add(tick)
        if projects:
            self.add(muted("With all ticked, what belongs to no project is in it too."))
        self.add(WrapLabel("Days", role="strong"))
        start = date(today.year if today.month >= 4 else today.year - 1, 4, 1)  # noqa: PLR2004 - the financial year begins on 1 April
        self._since = PerhapsDay("Not before a certain day", day=start)
        self._until = PerhapsDay("Not after a certain day", day=today)
        for perhaps in (self._since, self._until):
            perhaps.tick.toggled.connect(lambda _: self.changed.emit())
            perhaps.day.dateChanged.connect(lambda _: self.changed.emit())
            self.add(perhaps)

    def projects(self) -> list[ProjectId]:
        """Return the ticked projects; none of them when all, or none, are ticked."""
        ticked = [project for project, tick in self._ticks.items() if tick.isChecked()]
        return [] if len(ticked) == len(self._ticks) else ticked

    def since(self) -> date | None:
        """Return the first day, or ``None`` for the board's first."""
        return self._since.value()

    def until(self) -> date | None:
        """Return the last day, or ``None`` for today."""
        return self._until.value()
