"""A field for a day, with a calendar that grows with the text and marks no day red."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget

from mhin_ppi.ui.theme import theme, theme_changes

CALENDAR_EM = (17.0, 15.0)


class DateField(QDateEdit):
    """Takes a day, typed or chosen; shown as people write it ("4 December 2026").

    Args:
        day: The day to begin with; today when not given.
        parent: Qt's owner.
    """

    def __init__(self, day: QDate | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(day or QDate.currentDate(), parent)
        self.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.setDisplayFormat("d MMMM yyyy")
        self.setCalendarPopup(True)
        calendar = QCalendarWidget()
        calendar.setLocale(self.locale())
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        calendar.setAccessibleName(self.tr("Choose a day"))
        self.setCalendarWidget(calendar)
        self._dress()
        theme_changes().changed.connect(self._dress)

    def _dress(self) -> None:
        made, calendar = theme(), self.calendarWidget()
        plain = QTextCharFormat()
        plain.setForeground(made.colour("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, plain)
        calendar.setMinimumSize(*(made.px(ems) for ems in CALENDAR_EM))
