"""A statement of what somebody was paid, or of all payments, written to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from ...domain.budgets import year_of, year_words
from ...domain.money_papers import tax_year
from ..tasks import Tasks
from ..widgets.labels import muted
from .form import Day, Form, Pick
from .whole_file import write_whole

if TYPE_CHECKING:
    from ...domain.money_papers import MoneyPaper
    from ...services.boards import Services

ChoosePlace = Callable[[QWidget, str], Path | None]
EVERYBODY = "everybody"
OWN_DAYS = "days"


def choose_statement_place(parent: QWidget, name: str) -> Path | None:
    """Ask where to write the file with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Where to write the statement", name)
    return Path(chosen) if chosen else None


class StatementForm(Form):
    """For whom, and for which period.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        people: Whose statements can be made, with what they are called; none for one's own.
        starts_in: The month in which the financial year starts.
        choose_place: Asks where to write.

    Signals:
        saved: What a person is told.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        people: Sequence[tuple[str, object]] = (),
        starts_in: int,
        choose_place: ChoosePlace = choose_statement_place,
    ) -> None:
        super().__init__("A statement of payments", tasks=tasks, save_words="Write the file")
        self._services, self._choose_place = services, choose_place
        self.whose = Pick([("All payments, by project", EVERYBODY), *people])
        self.names = QCheckBox("With the names of those who were paid")
        if people:
            self.ask("Of what", self.whose)
            self.put(self.names)
            self.whose.currentIndexChanged.connect(lambda _: self._which())
        self._coordinates = bool(people)
        today = services.desk.today()
        self.period = Pick(periods(today, starts_in=starts_in))
        self.ask("For which time", self.period)
        self.first, self.last = Day(today.replace(month=1, day=1)), Day(today)
        self.first_row = self.ask("From", self.first)
        self.last_row = self.ask("To, this day too", self.last)
        self.put(muted("A PDF, to keep or to print. It holds no bank details."))
        self.period.currentIndexChanged.connect(lambda _: self._which())
        self._which()

    def _which(self) -> None:
        own = self.period.value() == OWN_DAYS
        self.first_row.setVisible(own)
        self.last_row.setVisible(own)
        self.names.setVisible(self._coordinates and self.whose.value() == EVERYBODY)

    def save(self) -> None:
        """Ask where, then write."""
        place = self._choose_place(self, "Statement of payments.pdf")
        if place is None:
            return
        statements, first, last = self._services.payments.statements, *self.days()
        make = self._making(first, last)

        def work() -> str:
            write_whole(place, statements.draw(make()), what="The statement")
            return f"Written to {place}."

        self.run(work)

    def _making(self, first: date, last: date) -> Callable[[], MoneyPaper]:
        statements = self._services.payments.statements
        named = "" if self.period.value() == OWN_DAYS else self.period.currentText()
        if not self._coordinates:
            return lambda: statements.statement(first, last, period=named)
        whose, with_names = self.whose.value(), self.names.isChecked()
        if whose == EVERYBODY:
            return lambda: statements.payments(first, last, with_names=with_names, period=named)
        return lambda: statements.statement(first, last, person=whose, period=named)

    def days(self) -> tuple[date, date]:
        """Return the first and the last day of the period that is chosen."""
        chosen = self.period.value()
        if chosen == OWN_DAYS:
            return self.first.value(), self.last.value()
        first, last = chosen
        return first, last


def periods(today: date, *, starts_in: int) -> list[tuple[str, object]]:
    """Return the years that can be chosen: tax years, financial years, or days of one's own.

    Args:
        today: The day it is.
        starts_in: The month in which the financial year starts.
    """
    found: list[tuple[str, object]] = []
    this_tax = today.year if today >= tax_year(today.year)[0] else today.year - 1
    for year in (this_tax, this_tax - 1):
        found.append((f"Tax year {year_words(year, starts_in=4)}, from 6 April", tax_year(year)))
    this = year_of(today, starts_in=starts_in)
    for year in (this, this - 1):
        first = date(year, starts_in, 1)
        last = date.fromordinal(date(year + 1, starts_in, 1).toordinal() - 1)
        found.append((f"Financial year {year_words(year, starts_in=starts_in)}", (first, last)))
    return [*found, ("Other days", OWN_DAYS)]
