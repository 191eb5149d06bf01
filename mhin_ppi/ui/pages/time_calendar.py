"""A month of one's own time as a calendar: the minutes of each day, and the records of one."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ...domain.british import MONTHS, day, time_given, weekday
from ...domain.involvement import Involvement
from ..theme import theme
from ..widgets.buttons import icon_button
from ..widgets.cards import Card
from ..widgets.labels import WrapLabel, muted
from .framed_page import Column

_WEEK = 7
_MONTHS = 12
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_WEEK,
    Qt.Key.Key_Down: _WEEK,
}
MakeRow = Callable[[Involvement], QWidget]


class MonthGrid(QWidget):
    """The days of a month with the minutes of each; Tab and arrow keys go from day to day.

    Signals:
        chosen: (date) a day was chosen.
        beyond: (date) the arrow keys went to a day of another month.
    """

    chosen = Signal(object)
    beyond = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Days of the month")
        self.days: dict[date, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(0.2))

    def show_month(self, first: date, minutes: Mapping[date, int], *, on: date | None) -> None:
        """Show another month.

        Args:
            first: Its first day.
            minutes: The minutes of each day that has any.
            on: The chosen day, if it is one of this month.
        """
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.days = {}
        for column in range(_WEEK):
            name = weekday(first - timedelta(days=first.weekday() - column))
            head = QLabel(name[:3])
            head.setAccessibleName(name)
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._grid.addWidget(head, 0, column)
        for number in range(1, calendar.monthrange(first.year, first.month)[1] + 1):
            when = first.replace(day=number)
            made = self._day(when, minutes.get(when, 0))
            made.setChecked(when == on)
            self.days[when] = made
            row = (number + first.weekday() - 1) // _WEEK + 1
            self._grid.addWidget(made, row, when.weekday())
            made.show()  # at once, so that it can take the focus

    def go_to(self, when: date) -> None:
        """Put the focus on a day."""
        made = self.days.get(when)
        if made is not None:
            made.setFocus(Qt.FocusReason.OtherFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the day beside, above or below, or to another month."""
        now = next((when for when, one in self.days.items() if one.hasFocus()), None)
        step = _STEPS.get(Qt.Key(event.key()))
        if now is None or step is None:
            super().keyPressEvent(event)
            return
        wanted = now + timedelta(days=step)
        if wanted in self.days:
            self.go_to(wanted)
        else:
            self.beyond.emit(wanted)

    def _day(self, when: date, minutes: int) -> QPushButton:
        said = time_given(minutes) if minutes else ""
        made = _DayButton(f"{when.day}\n{said}")
        made.setProperty("role", "quiet")
        made.setCheckable(True)
        made.setAccessibleName(f"{weekday(when)} {day(when)}: {said or 'no time noted'}")
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        made.setMinimumWidth(theme().px(2.6))
        made.setStyleSheet(f"padding: {theme().px(0.15)}px 0;")
        font = made.font()
        font.setBold(bool(minutes))
        made.setFont(font)
        made.clicked.connect(partial(self._choose, when))
        return made

    def _choose(self, when: date, _on: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's own
        for other, made in self.days.items():
            made.setChecked(other == when)
        self.chosen.emit(when)


class _DayButton(QPushButton):
    """A day; arrow keys are for the grid, not for Qt's own way from button to button."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TimeCalendar(Card):
    """A month of time, and what was noted for the chosen day.

    Args:
        today: The day it is: its month is shown at first.
    """

    def __init__(self, today: date) -> None:
        super().__init__()
        self.setAccessibleName("Calendar of your time")
        self._month, self._on = today.replace(day=1), today
        self._time: Sequence[Involvement] = ()
        self._make_row: MakeRow | None = None
        self.title = WrapLabel(role="strong")
        self.earlier = icon_button(
            "Earlier month", icon="chevron-left", on_press=partial(self._turn, -1)
        )
        self.later = icon_button(
            "Later month", icon="chevron-right", on_press=partial(self._turn, 1)
        )
        across = QHBoxLayout()
        across.addWidget(self.earlier)
        across.addWidget(self.title, 1)
        across.addWidget(self.later)
        self.column.addLayout(across)
        self.grid = MonthGrid()
        self.grid.chosen.connect(self._choose)
        self.grid.beyond.connect(self._go_beyond)
        self.add(self.grid)
        self.records = Column()
        self.add(self.records)

    def show_time(self, time: Sequence[Involvement], make_row: MakeRow) -> None:
        """Show time; the month and the chosen day stay.

        Args:
            time: One person's records that count.
            make_row: Makes what is shown of one.
        """
        self._time, self._make_row = time, make_row
        self._show()

    def _show(self) -> None:
        minutes: dict[date, int] = defaultdict(int)
        for one in self._time:
            minutes[one.on] += one.minutes
        here = [each for on, each in minutes.items() if on.replace(day=1) == self._month]
        name = f"{MONTHS[self._month.month - 1]} {self._month.year}"
        self.title.setText(f"{name}: {time_given(sum(here)) if here else 'no time noted'}")
        self.grid.show_month(self._month, minutes, on=self._on)
        self._show_records()

    def _show_records(self) -> None:
        found = [one for one in self._time if one.on <= self._on <= (one.until or one.on)]
        said = muted(f"{weekday(self._on)} {day(self._on)}{'' if found else ': no time noted'}")
        rows = [self._make_row(one) for one in found] if self._make_row else []
        self.records.show_only(said, *rows)

    def _choose(self, when: date) -> None:
        self._on = when
        self._show_records()

    def _turn(self, months: int) -> None:
        at = self._month.year * _MONTHS + self._month.month - 1 + months
        self._month = date(at // _MONTHS, at % _MONTHS + 1, 1)
        self._show()

    def _go_beyond(self, when: date) -> None:
        self._month = when.replace(day=1)
        self._show()
        self.grid.go_to(when)
