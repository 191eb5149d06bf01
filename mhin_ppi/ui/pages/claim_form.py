"""Making a claim: lines ticked, expenses added, the total, and what goes to whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from ...domain.british import money, pence_from
from ...domain.claim_lines import ClaimLine, LineKind
from ...domain.claims import Claim
from ...domain.pay_wish import PayBy, PayWhen, PayWish
from ...domain.people import PersonId
from ...errors import InputError
from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel
from .form import Choice, Day, Form, PerhapsDay, Pick
from .framed_page import Column
from .time_facts import TimeFacts, person_choices
from .words_for import day_words, minutes_words

WHEN = (
    ("As soon as possible", PayWhen.SOON),
    ("With other payments, at the end of the month", PayWhen.MONTHLY),
    ("On or after a day that I choose", PayWhen.DATE),
)
BY = (
    ("By bank transfer", PayBy.BANK),
    ("As a voucher", PayBy.VOUCHER),
    ("On a prepaid card", PayBy.PREPAID_CARD),
)
NO_DETAILS = "Finance has your details, or will ask you. We never ask for bank details here."


class ExpenseRow(Card):
    """Money that was spent: the day, what for, how much.

    Args:
        today: The day it is.
        number: Which expense of this claim, from 1.

    Signals:
        changed: Something in it is different.
        unwanted: The person does not want it after all.
    """

    changed = Signal()
    unwanted = Signal()

    def __init__(self, today: date, *, number: int, line: ClaimLine | None = None) -> None:
        super().__init__(f"Expense {number}")
        self.on = Day(line.on if line else today)
        self.what = QLineEdit(line.what if line else "")
        self.amount = QLineEdit(money(line.pence) if line else "")
        self.what_row = FormRow("What it was for", self.what, help_text="For instance a bus fare.")
        self.amount_row = FormRow("How much, in pounds", self.amount)
        for row in (self.what_row, FormRow("Which day it was", self.on), self.amount_row):
            self.add(row)
        remove = button("Leave this out", icon="x", kind="quiet", on_press=self.unwanted.emit)
        remove.setAccessibleName(f"Leave out expense {number}")
        self.add(FlowRow(remove))
        self.what.textChanged.connect(lambda _: self.changed.emit())
        self.amount.textChanged.connect(lambda _: self.changed.emit())

    def pence(self) -> int:
        """Return the amount so far; 0 while it is not one."""
        try:
            return pence_from(self.amount.text())
        except InputError:
            return 0

    def line(self) -> ClaimLine | None:
        """Return the line, or say beside the field what is amiss and return ``None``."""
        what = self.what.text().strip()
        self.what_row.set_problem("" if what else "Write what it was for.")
        try:
            pence = pence_from(self.amount.text())
            self.amount_row.set_problem("")
        except InputError as problem:
            self.amount_row.set_problem(f"{problem.what_happened} {problem.next_step}")
            return None
        if not what:
            return None
        return ClaimLine(kind=LineKind.EXPENSE, on=self.on.value(), what=what, pence=pence)


class ClaimForm(Form):
    """A claim that has not been sent, or one that is sent again after a question.

    Args:
        services: The open board.
        tasks: Runs the reading and the sending.
        facts: What the page shows.
        again: The claim the coordinator asked about; ``None`` for a new one.
    """

    def __init__(
        self, services: Services, tasks: Tasks, facts: TimeFacts, *, again: Claim | None = None
    ) -> None:
        heading = "Change your claim and send it again" if again else "Make a claim"
        super().__init__(heading, tasks=tasks, save_words="Send claim")
        self._services, self._facts, self._again = services, facts, again
        self._lines: list[tuple[QCheckBox, ClaimLine]] = []
        self._expenses: list[ExpenseRow] = []
        self.whose = Pick(person_choices(facts))
        if facts.coordinates and again is None:
            self.ask("Whose claim", self.whose)
            self.whose.currentIndexChanged.connect(lambda _: self._read_lines())
        self.lines, self.expenses = Column(), Column()
        self.put(self.lines)
        self.put(self.expenses)
        self.put(FlowRow(button("Add an expense", icon="plus", on_press=self.add_expense)))
        self.total = WrapLabel(role="large")
        self.put(self.total)
        self._ask_when()
        self.put(WrapLabel(self._who_sees(), role="muted"))
        kept = list(again.lines) if again else facts.draft
        self._show_lines(facts.claimable, kept=kept)
        for line in kept:
            if line.kind is LineKind.EXPENSE:
                self.add_expense(line)

    def _ask_when(self) -> None:
        wish = self._again.wish if self._again else PayWish()
        self.when = Choice(WHEN, name="When you would like to be paid", chosen=wish.when)
        self.ask("When you would like to be paid", self.when, help_text="No reason is needed.")
        self.day = PerhapsDay("From this day on", day=wish.on or self._facts.today, on=True)
        self.day.setVisible(wish.when is PayWhen.DATE)
        self.when.changed.connect(lambda: self.day.setVisible(self.when.value() is PayWhen.DATE))
        self.put(self.day)
        self.by = Pick(BY, chosen=wish.by)
        self.ask("How you would like to be paid", self.by, help_text=NO_DETAILS)

    def wish(self) -> PayWish:
        """Return when and how the person would like to be paid."""
        when: PayWhen = self.when.value()
        on = (self.day.value() or self._facts.today) if when is PayWhen.DATE else None
        return PayWish(when, on, self.by.value())

    def _who_sees(self) -> str:
        who = self._facts.coordinator()
        return (
            f"{who[:1].upper()}{who[1:]} gets the lines ticked above and when you would like to be "
            "paid. Nobody sees this until you send it."
        )

    def _read_lines(self) -> None:
        """Read what the chosen person could claim."""
        whose: PersonId | None = self.whose.value()
        self.tasks.run(
            lambda: self._services.claims.claimable(whose),
            owner=self,
            on_done=lambda lines: self._show_lines(lines, kept=[]),
            on_problem=self.say_problem,
        )

    def _show_lines(self, claimable: Sequence[ClaimLine], *, kept: Sequence[ClaimLine]) -> None:
        of_time = [line for line in kept if line.kind is LineKind.INVOLVEMENT]
        known = {line.pays_for for line in of_time}
        offered = [*of_time, *(line for line in claimable if line.pays_for not in known)]
        self._lines = []
        widgets: list[QWidget] = []
        for line in offered:
            tick = QCheckBox(self._line_words(line).replace("&", "&&"))
            tick.setAccessibleName(self._line_words(line))
            tick.setToolTip(self._rate_words(line))
            tick.setChecked(not of_time or line.pays_for in known)
            tick.toggled.connect(lambda _: self._changed())
            self._lines.append((tick, line))
            widgets.append(tick)
        nothing = WrapLabel("There is no time to claim for just now.", role="muted")
        self.lines.show_only(*(widgets or [nothing]))
        self._count()

    def _line_words(self, line: ClaimLine) -> str:
        if line.review:
            return f"{line.what}: agreed amount {money(line.pence)}"
        when = day_words(line.on, today=self._facts.today)
        return f"{line.what}, {minutes_words(line.minutes)}, {when}: {money(line.pence)}"

    def _rate_words(self, line: ClaimLine) -> str:
        rate = next((one for one in self._facts.rates if str(one.id) == line.rate), None)
        return f"At the rate of that day: {rate.name}" if rate else ""

    def add_expense(self, line: ClaimLine | None = None) -> None:
        """Add room for money that was spent."""
        row = ExpenseRow(
            self._facts.today,
            number=len(self._expenses) + 1,
            line=line if isinstance(line, ClaimLine) else None,
        )
        row.changed.connect(self._changed)
        row.unwanted.connect(lambda: self._remove(row))
        self._expenses.append(row)
        self.expenses.show_only(*self._expenses)
        if line is None:
            row.what.setFocus()
        self._count()

    def _remove(self, row: ExpenseRow) -> None:
        self._expenses.remove(row)
        self.expenses.show_only(*self._expenses)
        self._changed()

    def _changed(self) -> None:
        self._count()
        self.keep()

    def _count(self) -> None:
        ticked = sum(line.pence for tick, line in self._lines if tick.isChecked())
        self.total.setText(f"In all: {money(ticked + sum(r.pence() for r in self._expenses))}")

    def keep(self) -> None:
        """Keep one's own new claim on this laptop while it is not sent."""
        if self._again is not None or self.whose.value() is not None:
            return
        lines = [line for tick, line in self._lines if tick.isChecked()]
        for row in self._expenses:
            what = row.what.text().strip()
            if what and row.pence():
                spent = ClaimLine(LineKind.EXPENSE, row.on.value(), what, row.pence())
                lines.append(spent)
        self.tasks.run(lambda: self._services.claims.keep_draft(lines), owner=self)

    def save(self) -> None:
        """Send the claim."""
        made = [row.line() for row in self._expenses]
        if any(line is None for line in made):
            return
        lines = [line for tick, line in self._lines if tick.isChecked()]
        lines += [replace(line) for line in made if line is not None]
        whose: PersonId | None = self.whose.value()
        self.run(self._sending(lines, self.wish(), whose))

    def _sending(
        self, lines: list[ClaimLine], wish: PayWish, whose: PersonId | None
    ) -> Callable[[], object]:
        claims, again = self._services.claims, self._again
        return lambda: claims.submit(
            lines, claim=again.id if again else None, wish=wish, on_behalf_of=whose
        )
