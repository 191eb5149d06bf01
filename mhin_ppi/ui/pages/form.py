"""A form in place: fields with their words, what is amiss beside them, one button to save.

The person's words stay in the fields until they are safely on the board, whatever goes wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from ...errors import PPIError
from ...services.desk import Desk
from ..messages import Tone, announce
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.focus_order import chain_after, focusable
from ..widgets.form_rows import FormRow
from ..widgets.note_editor import WritingField
from ..widgets.notice import Notice
from .begun_words import BACK, BegunWords

BRITISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)


class Form(Card):
    """Base of the forms.

    Args:
        heading: What the form is for.
        tasks: Runs the saving.
        save_words: Words of the button that saves.

    Signals:
        saved: What the service gave back.
        cancelled: The person does not want it after all.
    """

    saved = Signal(object)
    cancelled = Signal()

    def __init__(self, heading: str, *, tasks: Tasks, save_words: str = "Save") -> None:
        super().__init__(heading)
        self.tasks = tasks
        self.notice = Notice()
        self.save_button = button(save_words, kind="primary", on_press=self.save)
        self.cancel_button = button("Cancel", on_press=self.cancelled.emit)
        self._buttons = [self.save_button, self.cancel_button]
        self._foot = FlowRow(*self._buttons)
        self.add(self.notice)
        self.add(self._foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_button.click)
        self.save_button.setToolTip("Ctrl+Enter")

    def ask(self, words: str, field: QWidget, *, help_text: str = "") -> FormRow:
        """Add a field above the buttons."""
        row = FormRow(words, field, help_text=help_text)
        self.put(row)
        return row

    def put(self, widget: QWidget) -> None:
        """Add a widget above the buttons."""
        self.column.insertWidget(self.column.count() - 2, widget)
        # The buttons were made before the fields, and would come before them.
        for last in focusable(widget)[-1:]:
            chain_after(last, self._buttons)

    def offer(self, other: QPushButton) -> None:
        """Put another button between the one that saves and *Cancel*."""
        row = self._foot.layout()
        if row is not None:
            row.removeWidget(self.cancel_button)
        self._foot.add(other)
        self._foot.add(self.cancel_button)
        self._buttons.insert(-1, other)
        chain_after(self._buttons[0], self._buttons[1:])

    def keep_words(self, desk: Desk, about: object) -> None:
        """Keep on this laptop what is begun in the fields, from when all of them are there.

        Args:
            desk: The open board.
            about: What the form is about.
        """
        begun = BegunWords(self, self.tasks, desk, about)
        self.saved.connect(lambda _: begun.forget())
        self.cancelled.connect(begun.forget)
        begun.back.connect(lambda: self.show_notice(BACK))

    def save(self) -> None:
        """Save what is in the fields."""
        raise NotImplementedError

    def run(self, work: Callable[[], Any]) -> None:
        """Save beside the window; tell ``saved``, or say in the form what is amiss."""
        self.notice.hide()
        self.save_button.setEnabled(False)
        self.tasks.run(
            work,
            owner=self,
            on_done=self.saved.emit,
            on_problem=self.say_problem,
            on_end=lambda: self.save_button.setEnabled(True),
        )

    def say_problem(self, problem: PPIError) -> None:
        """Say in the form what happened, what is safe and what to do."""
        self.show_notice(problem.in_full(), tone="attention")
        announce(self, problem.in_full(), at_once=True)

    def show_notice(
        self,
        text: str,
        *,
        tone: Tone = "accent",
        action: str = "",
        on_action: Callable[[], None] | None = None,
    ) -> None:
        """Show a message in the form; ``messages`` finds it."""
        self.notice.show_notice(text, tone=tone, action=action, on_action=on_action)

    def focus_first(self) -> None:
        """Put the focus in the first field."""
        rows = self.findChildren(FormRow)
        if rows:
            field = rows[0].field
            (field.focusProxy() or field).setFocus(Qt.FocusReason.OtherFocusReason)


class WordsBox(WritingField):
    """A box for a few sentences.

    Args:
        lines: How many lines are in view.
        text: What it holds at first.
    """

    def __init__(self, *, lines: int = 3, text: str = "") -> None:
        self._lines = lines
        super().__init__()
        self.setPlainText(text)

    def words(self) -> str:
        """Return what is written, without spaces at its ends."""
        return self.toPlainText().strip()

    @override
    def _room(self) -> None:
        height = self.fontMetrics().lineSpacing() * self._lines + theme().px(0.9)
        self.setMinimumHeight(height)
        self.setMaximumHeight(round(height * 1.8))


class Pick(QComboBox):
    """One of a list, chosen from a menu; wheel turns do not change it by accident.

    Args:
        choices: Words and what they stand for.
        chosen: What is chosen at first; the first otherwise.
    """

    def __init__(self, choices: Iterable[tuple[str, object]], *, chosen: object = None) -> None:
        super().__init__()
        self._values: list[object] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(choices, chosen=chosen)

    def offer(self, choices: Iterable[tuple[str, object]], *, chosen: object = None) -> None:
        """Offer other choices in place of those before."""
        self.clear()
        self._values = []
        for words, value in choices:
            # First, since adding the first choice tells everybody that it is chosen.
            self._values.append(value)
            self.addItem(words)
        if chosen in self._values:
            self.setCurrentIndex(self._values.index(chosen))

    def value(self) -> Any:  # noqa: ANN401 - whatever was put in
        """Return what the chosen words stand for."""
        return self._values[self.currentIndex()] if self._values else None

    def choose(self, value: object) -> None:
        """Choose by what the words stand for."""
        self.setCurrentIndex(self._values.index(value))

    def choose_or_add(self, value: object) -> None:
        """Choose by what the words stand for; what is not among them is offered as its own words.

        So what was kept (in a view, for instance) is shown though nothing has it now.
        """
        if not self.has(value):
            self.add(str(value), value)
        self.choose(value)

    def has(self, value: object) -> bool:
        """Return whether a value is among the choices."""
        return value in self._values

    def add(self, words: str, value: object) -> None:
        """Offer one more."""
        self.addItem(words)
        self._values.append(value)


class Choice(QWidget):
    """One of a few, all in view.

    Args:
        choices: Words and what they stand for.
        name: What is asked, for screen readers.
        chosen: What is chosen at first; nothing otherwise.

    Signals:
        changed: Another is chosen.
    """

    changed = Signal()

    def __init__(
        self, choices: Iterable[tuple[str, object]], *, name: str, chosen: object = None
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values: dict[QRadioButton, object] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(0.1))
        for words, value in choices:
            radio = QRadioButton(words.replace("&", "&&"))
            self._group.addButton(radio)
            self._values[radio] = value
            radio.setChecked(value == chosen and chosen is not None)
            radio.toggled.connect(self._tell_if_on)
            column.addWidget(radio)
        self.name_choices()
        first = next(iter(self._values), None)
        if first is not None:
            self.setFocusProxy(first)

    def name_choices(self) -> None:
        """Name every choice by what is asked and its own words, for screen readers."""
        for radio in self._values:
            words = radio.text().replace("&&", "&")
            radio.setAccessibleName(f"{self.accessibleName()}: {words}")

    def _tell_if_on(self, on: bool) -> None:
        if on:
            self.changed.emit()

    def value(self) -> Any:  # noqa: ANN401 - whatever was put in
        """Return what the chosen words stand for, or ``None``."""
        return next((value for radio, value in self._values.items() if radio.isChecked()), None)

    def choose(self, value: object) -> None:
        """Choose by what the words stand for."""
        next(radio for radio, kept in self._values.items() if kept == value).setChecked(True)


class Day(QDateEdit):
    """A day, with a calendar.

    Args:
        day: What it holds at first.
    """

    def __init__(self, day: date) -> None:
        super().__init__()
        self.setLocale(BRITISH)
        self.setDisplayFormat("ddd d MMM yyyy")
        self.setCalendarPopup(True)
        self.choose(day)

    def choose(self, day: date) -> None:
        """Hold another day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def value(self) -> date:
        """Return the day."""
        held = self.date()
        return date(held.year(), held.month(), held.day())


class PerhapsDay(QWidget):
    """A day, or none.

    Args:
        words: What ticking it means.
        day: What is offered when it is ticked.
        on: Whether it is ticked at first.
    """

    def __init__(self, words: str, *, day: date, on: bool = False) -> None:
        super().__init__()
        self.tick = QCheckBox(words)
        self.day = Day(day)
        self.day.setAccessibleName(words)
        self.day.setVisible(on)
        self.tick.setChecked(on)
        self.tick.toggled.connect(self.day.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(0.2))
        column.addWidget(self.tick)
        column.addWidget(self.day)
        self.setFocusProxy(self.tick)

    def value(self) -> date | None:
        """Return the day, or ``None`` when it is not ticked."""
        return self.day.value() if self.tick.isChecked() else None
