"""Choosing which questions to see, and keeping the choice under a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ...domain.annotations import KIND_WORDS
from ...domain.catalogue_entries import Term
from ...domain.questions import QuestionState
from ...domain.register import SavedView
from ...services.register import RegisterView
from ...services.register_filters import NOBODY_ASSIGNED, OPEN, RegisterFilter
from ..theme import theme, theme_changes
from ..widgets.buttons import button, reword
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from .form import Pick

WAIT_FOR_WORDS_MS = 150
STATES: Sequence[tuple[str, str]] = (
    ("Still owed an answer", OPEN),
    ("All questions", ""),
    ("Not acknowledged yet", QuestionState.RAISED.value),
    ("Acknowledged", QuestionState.ACKNOWLEDGED.value),
    ("Answered", QuestionState.ANSWERED.value),
    ("Something changed", QuestionState.CHANGED.value),
    ("Not changed", QuestionState.NOT_CHANGED.value),
    ("They were told", QuestionState.FED_BACK.value),
    ("Finished", QuestionState.CLOSED.value),
    ("Taken back", QuestionState.WITHDRAWN.value),
)
AT_FIRST = RegisterFilter(state=OPEN)
_MORE = {
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


class RegisterFilterBar(QWidget):
    """The fields of a filter: words and state always, the others when they are wanted.

    Args:
        stages: The stages of research.

    Signals:
        changed: Another filter is wanted.
        keep_wanted: The filter is to be kept under a name.
        remove_wanted: (SavedView) a kept one is not wanted any more.
    """

    changed = Signal(object)
    keep_wanted = Signal()
    remove_wanted = Signal(object)

    def __init__(self, stages: Iterable[Term]) -> None:
        super().__init__()
        self._views: list[tuple[SavedView, RegisterFilter]] = []
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find words")
        self.words.setAccessibleName("Find words in the questions")
        self.words.setClearButtonEnabled(True)
        self.state = Pick(STATES)
        self.state.setAccessibleName("Which questions")
        self.state.setMinimumContentsLength(18)
        self.view = Pick([("My views", None)])
        self.view.setAccessibleName("My views")
        self.picks = {name: Pick([_ALL]) for name in _MORE}
        self.overdue = QCheckBox("Only overdue")
        self.more_button = button("More filters", icon="plus", on_press=self.show_more)
        self._lay_out()
        self.picks["kind"].offer(
            [_ALL, *((words, kind.value) for kind, words in KIND_WORDS.items())]
        )
        self.picks["stage"].offer([_ALL, *((term.label, term.code) for term in stages)])
        self._soon = QTimer(self, singleShot=True, interval=WAIT_FOR_WORDS_MS)
        self._soon.timeout.connect(self._tell)
        self.words.textChanged.connect(lambda _: self._soon.start())
        for pick in (self.state, *self.picks.values()):
            pick.currentIndexChanged.connect(lambda _: self._tell())
        self.overdue.toggled.connect(lambda _: self._tell())
        self.view.currentIndexChanged.connect(lambda _: self._take_view())

    def _lay_out(self) -> None:
        self._top = FlowRow(self.words, self.state, self.view, self.more_button)
        self.more = QWidget()
        self._rows = [FormRow(words, self.picks[name]) for name, words in _MORE.items()]
        inside = QVBoxLayout(self.more)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(FlowRow(*self._rows))
        self.keep_button = button("Keep this view", icon="save", on_press=self.keep_wanted.emit)
        self.remove_button = button("Forget this view", icon="trash-2", on_press=self._remove)
        self.clear_button = button("Show all questions", icon="x", on_press=self.clear)
        self._foot = FlowRow(self.overdue, self.keep_button, self.remove_button, self.clear_button)
        self.remove_button.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for part in (self._top, self.more, self._foot):
            self._column.addWidget(part)
        self.show_more(shown=False)
        self._space()
        theme_changes().changed.connect(self._space)

    def show_more(self, *, shown: bool | None = None) -> None:
        """Show or hide the less usual filters."""
        wanted = not self.more.isVisibleTo(self) if shown is None else shown
        self.more.setVisible(wanted)
        self._foot.setVisible(wanted)
        reword(self.more_button, "Fewer filters" if wanted else "More filters")

    def value(self) -> RegisterFilter:
        """Return what is wanted."""
        chosen = {name: pick.value() or "" for name, pick in self.picks.items()}
        return RegisterFilter(
            words=self.words.text().strip(),
            state=self.state.value(),
            overdue=self.overdue.isChecked(),
            **chosen,
        )

    def show_value(self, wanted: RegisterFilter, *, tell: bool = True) -> None:
        """Put a filter into the fields."""
        fields = (self.words, self.state, self.overdue, *self.picks.values())
        blockers = [QSignalBlocker(each) for each in fields]
        self.words.setText(wanted.words)
        self.overdue.setChecked(wanted.overdue)
        for pick, value in (
            (self.state, wanted.state),
            *((pick, getattr(wanted, name)) for name, pick in self.picks.items()),
        ):
            if not pick.has(value):
                pick.add(value, value)  # kept in a view, and on no question now
            pick.choose(value)
        del blockers
        if tell:
            self._tell()

    def offer(self, view: RegisterView, views: Iterable[tuple[SavedView, RegisterFilter]]) -> None:
        """Offer what there is to choose from; what is chosen stays."""
        kept = self.value()
        blockers = [QSignalBlocker(pick) for pick in (*self.picks.values(), self.view)]
        coordinators = [(person.name, str(person.id)) for person in view.coordinators()]
        choices: dict[str, list[tuple[str, str]]] = {
            "project": [(project.title, str(project.id)) for project in view.projects],
            "site": [(site.name, str(site.id)) for site in view.sites],
            "assigned": [("Nobody yet", NOBODY_ASSIGNED), *coordinators],
            "holder": [(holder, holder) for holder in view.holders],
            "tag": [(tag, tag) for tag in view.tags],
            "theme": [(theme, theme) for theme in view.themes],
        }
        for name, offered in choices.items():
            self.picks[name].offer([_ALL, *offered])
        chosen = self.view.value()
        self._views = list(views)
        self.view.offer([("My views", None), *((one.title, one.id) for one, _ in self._views)])
        self.view.choose(chosen if self.view.has(chosen) else None)
        self.remove_button.setVisible(self.view.value() is not None)
        del blockers
        self.show_value(kept, tell=False)

    def clear(self) -> None:
        """Leave nothing out any more."""
        blocker = QSignalBlocker(self.view)
        self.view.choose(None)
        del blocker
        self.remove_button.hide()
        self.show_value(RegisterFilter())

    def _take_view(self) -> None:
        chosen = self.view.value()
        self.remove_button.setVisible(chosen is not None)
        found = next((wanted for one, wanted in self._views if one.id == chosen), None)
        if found is not None:
            self.show_more(shown=True)
            self.show_value(found)

    def _remove(self) -> None:
        chosen = self.view.value()
        found = next((one for one, _ in self._views if one.id == chosen), None)
        if found is not None:
            self.remove_wanted.emit(found)

    def _tell(self) -> None:
        self._soon.stop()
        self.changed.emit(self.value())

    def _space(self) -> None:
        made = theme()
        self._column.setSpacing(made.space(1))
        for row in self._rows:
            row.setFixedWidth(made.px(_FIELD_EM))
        self.words.setMinimumWidth(made.px(9))
