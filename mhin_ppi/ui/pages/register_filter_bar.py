"""Choosing which questions to see, and keeping the choice under a name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ...domain.catalogue_entries import Term
from ...domain.questions import QuestionState
from ...domain.register import SavedView
from ...services.register import RegisterView
from ...services.register_filters import OPEN, RegisterFilter
from ..theme import theme, theme_changes
from ..widgets.buttons import button, reword
from ..widgets.flow import FlowRow
from ..widgets.focus_order import chain_after, focusable
from .form import Pick
from .register_more_filters import MoreFilters

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


class RegisterFilterBar(QWidget):
    """The fields of a filter: words and state always, the others once they are wanted.

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
        self._stages = tuple(stages)
        self._views: list[tuple[SavedView, RegisterFilter]] = []
        self._offered: RegisterView | None = None
        self._shown = RegisterFilter()
        self._more: MoreFilters | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find words")
        self.words.setAccessibleName("Find words in the questions")
        self.words.setClearButtonEnabled(True)
        self.state = Pick(STATES)
        self.state.setAccessibleName("Which questions")
        self.state.setMinimumContentsLength(18)
        self.view = Pick([("My views", None)])
        self.view.setAccessibleName("My views")
        self.more_button = button("More filters", icon="plus", on_press=self.show_more)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(FlowRow(self.words, self.state, self.view, self.more_button))
        self._soon = QTimer(self, singleShot=True, interval=WAIT_FOR_WORDS_MS)
        self._soon.timeout.connect(self._tell)
        self.words.textChanged.connect(lambda _: self._soon.start())
        self.state.currentIndexChanged.connect(lambda _: self._tell())
        self.view.currentIndexChanged.connect(lambda _: self._take_view())
        self._space()
        theme_changes().changed.connect(self._space)

    def show_more(self, *, shown: bool | None = None) -> None:
        """Show or hide the less usual filters."""
        hidden = self._more is None or not self._more.isVisibleTo(self)
        wanted = hidden if shown is None else shown
        more = self._more or self._make_more()
        more.setVisible(wanted)
        reword(self.more_button, "Fewer filters" if wanted else "More filters")

    def _make_more(self) -> MoreFilters:
        """Make the less usual fields: most people never open them, and they took half the time."""
        more = self._more = MoreFilters(self._stages)
        if self._offered is not None:
            more.offer(self._offered)
        more.show_value(self._shown)
        more.remove_button.setVisible(self.view.value() is not None)
        more.changed.connect(self._tell)
        more.keep_wanted.connect(self.keep_wanted)
        more.remove_wanted.connect(self._remove)
        more.clear_wanted.connect(self.clear)
        self._column.addWidget(more)
        chain_after(self.more_button, focusable(more))
        return more

    def value(self) -> RegisterFilter:
        """Return what is wanted."""
        base = dataclasses.replace(
            self._shown, words=self.words.text().strip(), state=self.state.value()
        )
        return self._more.value(base) if self._more else base

    def show_value(self, wanted: RegisterFilter, *, tell: bool = True) -> None:
        """Put a filter into the fields."""
        blockers = [QSignalBlocker(each) for each in (self.words, self.state)]
        self._shown = wanted
        self.words.setText(wanted.words)
        self.state.choose_or_add(wanted.state)
        if self._more is not None:
            self._more.show_value(wanted)
        del blockers
        if tell:
            self._tell()

    def offer(self, view: RegisterView, views: Iterable[tuple[SavedView, RegisterFilter]]) -> None:
        """Offer what there is to choose from; what is chosen stays."""
        self._offered = view
        if self._more is not None:
            self._more.offer(view)
        chosen = self.view.value()
        blocker = QSignalBlocker(self.view)
        self._views = list(views)
        self.view.offer([("My views", None), *((one.title, one.id) for one, _ in self._views)])
        self.view.choose(chosen if self.view.has(chosen) else None)
        del blocker
        self._show_remove()

    def clear(self) -> None:
        """Leave nothing out any more."""
        blocker = QSignalBlocker(self.view)
        self.view.choose(None)
        del blocker
        self._show_remove()
        self.show_value(RegisterFilter())

    def _show_remove(self) -> None:
        if self._more is not None:
            self._more.remove_button.setVisible(self.view.value() is not None)

    def _take_view(self) -> None:
        chosen = self.view.value()
        self._show_remove()
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
        self.words.setMinimumWidth(made.px(9))
