"""One expense of a claim: what sort, which day, what for, how much or how far, its receipts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ...domain.british import money
from ...domain.claim_lines import ClaimLine
from ...domain.expenses import (
    CATEGORIES,
    LONGEST_WHAT,
    Category,
    Spent,
    amount_from,
    category_of,
    miles_words,
    tenths_from,
    tidy_what,
)
from ...domain.rates import Pay, pay_for_miles
from ...errors import InputError
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel
from .form import Day, Pick
from .receipt_field import LIMITS, ReceiptField
from .time_facts import TimeFacts, project_choices

PREPAID = "The board has paid this already"
_CHOICES = tuple((category.words, category.code) for category in CATEGORIES)


class ExpenseRow(Card):
    """Money that was spent, or miles that were travelled.

    Args:
        services: The open board.
        tasks: Runs what its receipts need.
        facts: What the page shows.
        number: Which expense of this claim, from 1.
        line: The line it is made from, when it is not new.

    Signals:
        changed: Something in it is different.
        unwanted: The person does not want it after all.
    """

    changed = Signal()
    unwanted = Signal()

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        facts: TimeFacts,
        *,
        number: int,
        line: ClaimLine | None = None,
    ) -> None:
        super().__init__(f"Expense {number}")
        self._facts, self._number = facts, number
        self._id = line.id if line and line.id else str(services.desk.new_id())
        self.category = Pick(_CHOICES, chosen=category_of(line.category).code if line else None)
        self.on = Day(line.on if line else facts.today)
        self.what, self.amount, self.miles = QLineEdit(), QLineEdit(), QLineEdit()
        self.less = QLineEdit()
        self.project = Pick(project_choices(facts))
        self.prepaid = QCheckBox(PREPAID)
        self.receipts = ReceiptField(services, tasks, name=f"expense {number}")
        self._lay_out()
        self._watch()
        if line is not None:
            self._fill(line)
        self._show_kind()

    def _lay_out(self) -> None:
        self.what_row = self._ask("What it was for", self.what)
        self._ask("What sort", self.category)
        self._ask("Which day it was", self.on, "Up to today, and not before the board began.")
        self.amount_row = self._ask(
            "How much, in pounds", self.amount, "Like 12.50. Between 1p and £100,000."
        )
        self.miles_row = self._ask("How many miles, there and back", self.miles, "Like 12 or 12.5.")
        self.miles_words = WrapLabel(role="muted")
        self.add(self.miles_words)
        self._ask("Which project", self.project).setVisible(bool(self._facts.projects))
        self.add(self.prepaid)
        self.less_row = self._ask(
            "How much of it you ask for, in pounds", self.less, "All of it, if you leave it empty."
        )
        self.less_row.hide()
        self._ask("Receipts", self.receipts, LIMITS)
        remove = button("Leave this out", icon="x", kind="quiet", on_press=self.unwanted.emit)
        remove.setAccessibleName(f"Leave out expense {self._number}")
        self.less_button = button("Ask for less", kind="quiet", on_press=self.show_less)
        self.less_button.setAccessibleName(f"Ask for less: expense {self._number}")
        self.add(FlowRow(self.less_button, remove))
        self.prepaid.setAccessibleName(self._named(PREPAID))
        self.what.setMaxLength(LONGEST_WHAT)

    def _named(self, words: str) -> str:
        return words if self._number == 1 else f"{words}, expense {self._number}"

    def _ask(self, words: str, field: QWidget, help_text: str = "") -> FormRow:
        row = FormRow(words, field, help_text=help_text)
        if not isinstance(field, ReceiptField):
            field.setAccessibleName(self._named(words))
        self.add(row)
        return row

    def _watch(self) -> None:
        for field in (self.what, self.amount, self.miles, self.less):
            field.textChanged.connect(lambda _: self._tell())
        self.on.dateChanged.connect(lambda _: self._tell())
        self.project.currentIndexChanged.connect(lambda _: self._tell())
        self.category.currentIndexChanged.connect(lambda _: self._show_kind())
        self.prepaid.toggled.connect(lambda _: self._tell())
        self.receipts.changed.connect(self._tell)

    def _fill(self, line: ClaimLine) -> None:
        whole = line.prepaid_pence or line.full_pence or line.pence
        self.what.setText(line.what)
        self.amount.setText(money(whole) if whole and not line.miles_tenths else "")
        miles = miles_words(line.miles_tenths).split()[0]
        self.miles.setText(miles if line.miles_tenths else "")
        self.prepaid.setChecked(bool(line.prepaid_pence))
        chosen = next((p.id for p in self._facts.projects if str(p.id) == line.project), None)
        self.project.choose(chosen)
        if line.full_pence:
            self.show_less()
            self.less.setText(money(line.pence))
        self.receipts.show_kept(line.receipts)

    def show_less(self) -> None:
        """Show the field for asking for less than it came to."""
        self.less_row.show()
        self.less_button.hide()
        self.less.setFocus()

    @property
    def _category(self) -> Category:
        return category_of(self.category.value())

    def _show_kind(self) -> None:
        by_mile = bool(self._category.vehicle)
        self.amount_row.setVisible(not by_mile)
        self.miles_row.setVisible(by_mile)
        self.what.setPlaceholderText(self._category.example)
        self._tell()

    def _tell(self) -> None:
        self.miles_words.setText(self._said_of_miles())
        self.miles_words.setVisible(bool(self.miles_words.text()))
        self.changed.emit()

    def _said_of_miles(self) -> str:
        if not self._category.vehicle:
            return ""
        pay = self._pay()
        if pay is None:
            return (
                "" if self._rated() else "The board has no rate a mile for this yet, so it waits."
            )
        return f"{money(pay.pence)}, at {money(pay.rate.pence)} a mile."

    def _rated(self) -> bool:
        return self._price(10) is not None

    def _price(self, tenths: int) -> Pay | None:
        return pay_for_miles(
            self._facts.rates,
            self._facts.uses,
            on=self.on.value(),
            tenths=tenths,
            vehicle=self._category.vehicle,
            project=self.project.value(),
        )

    def _pay(self) -> Pay | None:
        try:
            return self._price(tenths_from(self.miles.text()))
        except InputError:
            return None

    def _spent(self) -> Spent:
        """Return what is filled in so far; what is not readable yet counts as nothing."""
        tenths = whole = 0
        rate = ""
        if self._category.vehicle:
            pay = self._pay()
            tenths = _or_nothing(tenths_from, self.miles.text())
            whole, rate = (pay.pence, str(pay.rate.id)) if pay else (0, "")
        else:
            whole = _or_nothing(amount_from, self.amount.text())
        return Spent(
            self._id,
            self._category.code,
            self.on.value(),
            tidy_what(self.what.text()),
            whole,
            ask_pence=_or_nothing(amount_from, self.less.text()) or None,
            prepaid=self.prepaid.isChecked(),
            miles_tenths=tenths,
            rate=rate,
            project=str(self.project.value() or ""),
            receipts=self.receipts.ids(),
        )

    def pence(self) -> int:
        """Return what is asked for so far; 0 while it is not an amount."""
        return self._spent().line().pence

    def unfinished(self) -> ClaimLine | None:
        """Return the line as far as it goes, to be kept; ``None`` while it is empty."""
        line = self._spent().line()
        begun = line.what or line.pence or line.prepaid_pence or line.miles_tenths or line.receipts
        return line if begun else None

    def line(self) -> ClaimLine | None:
        """Return the line, or say beside the field what is amiss and return ``None``."""
        spent = self._spent()
        self.what_row.set_problem("" if spent.what else "Write what it was for.")
        amounts = self._amounts_are_sound()
        return spent.line() if spent.what and amounts else None

    def _amounts_are_sound(self) -> bool:
        by_mile = bool(self._category.vehicle)
        row, read = (self.miles_row, tenths_from) if by_mile else (self.amount_row, amount_from)
        written = (self.miles if by_mile else self.amount).text()
        said = _amiss(read, written)
        if by_mile and not said and not self._rated():
            said = (
                "The board has no rate a mile for this yet. Leave it out for now, or ask for one."
            )
        row.set_problem(said)
        less = _amiss(amount_from, self.less.text()) if self.less.text().strip() else ""
        if not less and (self._spent().ask_pence or 0) > self._spent().pence:
            less = f"That is more than the {money(self._spent().pence)} it came to."
        self.less_row.set_problem(less)
        return not said and not less


def _or_nothing(read: Callable[[str], int], written: str) -> int:
    try:
        return read(written)
    except InputError:
        return 0


def _amiss(read: Callable[[str], int], written: str) -> str:
    try:
        read(written)
    except InputError as problem:
        return f"{problem.what_happened} {problem.next_step}"
    return ""
