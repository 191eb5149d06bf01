"""The less usual filters of the register, and what is done with a view that is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ...domain.annotations import KIND_WORDS
from ...domain.catalogue_entries import Term
from ...services.register import RegisterView
from ...services.register_filters import NOBODY_ASSIGNED, RegisterFilter
from ..theme import theme, theme_changes
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from .form import Pick

_FIELDS = {
    "kind": "Kind",
    "project": "Project",
    "site": "Place",
    "holder": "Who has it",
    "assigned": "Who looks after it",
    "tag": "Tag",
    "stage": "Part of the research",
    "theme": "Similar questions",
}
_ALL = ("All", "")
_FIELD_EM = 8.6


class MoreFilters(QWidget):
    """What else a question may be asked for, and keeping or forgetting a view.

    Args:
        stages: The stages of research.

    Signals:
        changed: Another filter is wanted.
        keep_wanted: The filter is to be kept under a name.
        remove_wanted: The kept view that is chosen is not wanted any more.
        clear_wanted: Nothing is to be left out any more.
    """

    changed = Signal()
    keep_wanted = Signal()
    remove_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self, stages: Iterable[Term]) -> None:
        super().__init__()
        self.picks = {name: Pick([_ALL]) for name in _FIELDS}
        self.overdue = QCheckBox("Only overdue")
        self._rows = [FormRow(words, self.picks[name]) for name, words in _FIELDS.items()]
        self.remove_button = button(
            "Forget this view", icon="trash-2", on_press=self.remove_wanted.emit
        )
        self.remove_button.hide()
        foot = FlowRow(
            self.overdue,
            button("Keep this view", icon="save", on_press=self.keep_wanted.emit),
            self.remove_button,
            button("Show all questions", icon="x", on_press=self.clear_wanted.emit),
        )
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(FlowRow(*self._rows))
        self._column.addWidget(foot)
        self.picks["kind"].offer(
            [_ALL, *((words, kind.value) for kind, words in KIND_WORDS.items())]
        )
        self.picks["stage"].offer([_ALL, *((term.label, term.code) for term in stages)])
        for pick in self.picks.values():
            pick.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.overdue.toggled.connect(lambda _: self.changed.emit())
        self._space()
        theme_changes().changed.connect(self._space)

    def value(self, of: RegisterFilter) -> RegisterFilter:
        """Return a filter with what is chosen here in the place of what it had."""
        chosen = {name: pick.value() or "" for name, pick in self.picks.items()}
        return dataclasses.replace(of, overdue=self.overdue.isChecked(), **chosen)

    def show_value(self, wanted: RegisterFilter) -> None:
        """Put a filter into the fields; nothing is said of it."""
        blockers = [QSignalBlocker(each) for each in (self.overdue, *self.picks.values())]
        self.overdue.setChecked(wanted.overdue)
        for name, pick in self.picks.items():
            pick.choose_or_add(getattr(wanted, name))
        del blockers

    def offer(self, view: RegisterView) -> None:
        """Offer what there is to choose from; what is chosen stays."""
        kept = self.value(RegisterFilter())
        coordinators = [(person.name, str(person.id)) for person in view.coordinators()]
        choices: dict[str, list[tuple[str, str]]] = {
            "project": [(project.title, str(project.id)) for project in view.projects],
            "site": [(site.name, str(site.id)) for site in view.sites],
            "assigned": [("Nobody yet", NOBODY_ASSIGNED), *coordinators],
            "holder": [(holder, holder) for holder in view.offered.holders],
            "tag": [(tag, tag) for tag in view.offered.tags],
            "theme": [(theme, theme) for theme in view.offered.themes],
        }
        blockers = [QSignalBlocker(pick) for pick in self.picks.values()]
        for name, offered in choices.items():
            self.picks[name].offer([_ALL, *offered])
        del blockers
        self.show_value(kept)

    def _space(self) -> None:
        made = theme()
        self._column.setSpacing(made.space(1))
        for row in self._rows:
            row.setFixedWidth(made.px(_FIELD_EM))
