"""The forms of the page of budgets: money set aside, a cost, and a period to close."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from ...domain.british import money, pence_from
from ...domain.budgets import ACTIVITY, HEADINGS
from ...domain.projects import ProjectId
from ...errors import InputError
from ..tasks import Tasks
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, muted
from .form import Day, Form, Pick

if TYPE_CHECKING:
    from ...services.boards import Services

_HEADINGS = tuple((one, one) for one in HEADINGS)


class BudgetForm(Form):
    """Money set aside for a heading of a project.

    Args:
        services: The open board.
        tasks: Runs the saving.
        project: Which project.
        year: The year in which the financial year starts.
        known: What is set aside already, by heading, in pence.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        project: ProjectId,
        year: int,
        known: Mapping[str, int],
    ) -> None:
        super().__init__("Set a budget", tasks=tasks)
        self._services, self._project, self._year, self._known = services, project, year, known
        self.heading = Pick(_HEADINGS)
        self.ask("Heading", self.heading)
        self.amount = QLineEdit()
        self.amount_row = self.ask(
            "How much for the year, in pounds", self.amount, help_text="0 takes the budget away."
        )
        self.note = QLineEdit()
        self.ask("Anything to add", self.note, help_text="For instance where the money comes from.")
        self.heading.currentIndexChanged.connect(lambda _: self._show_known())
        self._show_known()

    def _show_known(self) -> None:
        pence = self._known.get(self.heading.value(), 0)
        self.amount.setText(money(pence) if pence else "")

    def save(self) -> None:
        """Set it."""
        written = self.amount.text()
        pence = 0 if written.strip().lstrip("£") in ("0", "0.00") else _pence(self.amount_row)
        if pence is None:
            return
        budgets, project, year = self._services.payments.budgets, self._project, self._year
        heading, note = self.heading.value(), self.note.text()
        self.run(
            lambda: budgets.set_budget(project, year=year, heading=heading, pence=pence, note=note)
        )


class CostForm(Form):
    """Money spent that is nobody's claim.

    Args:
        services: The open board.
        tasks: Runs the saving.
        project: Which project; ``None`` for the whole board.
    """

    def __init__(self, services: Services, tasks: Tasks, *, project: ProjectId | None) -> None:
        super().__init__("Note a cost", tasks=tasks)
        self._services, self._project = services, project
        self.what = QLineEdit()
        self.what_row = self.ask(
            "What it was for", self.what, help_text="For instance a room, or a ticket paid ahead."
        )
        self.amount = QLineEdit()
        self.amount_row = self.ask("How much, in pounds", self.amount)
        self.on = Day(services.desk.today())
        self.ask("Which day", self.on)
        self.heading = Pick(_HEADINGS, chosen=ACTIVITY)
        self.ask("Heading", self.heading)

    def save(self) -> None:
        """Note it."""
        what = self.what.text().strip()
        self.what_row.set_problem("" if what else "Write what it was for.")
        pence = _pence(self.amount_row)
        if not what or pence is None:
            return
        budgets, project, on = self._services.payments.budgets, self._project, self.on.value()
        heading = self.heading.value()
        self.run(lambda: budgets.add_cost(project, heading=heading, on=on, what=what, pence=pence))


class CloseForm(Form):
    """The books of a period, to be closed; its figures are shown before.

    Args:
        services: The open board.
        tasks: Runs the counting and the closing.
    """

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__("Close a period", tasks=tasks, save_words="Close it")
        self._services = services
        this_month = services.desk.today().replace(day=1)
        last = this_month - timedelta(days=1)
        self.first, self.last = Day(last.replace(day=1)), Day(last)
        self.ask("From", self.first)
        self.ask("To, this day too", self.last)
        self.sums = WrapLabel(role="strong")
        self.put(self.sums)
        self.put(
            muted("This cannot be undone. Mistakes found later are put right in a later period.")
        )
        for chooser in (self.first, self.last):
            chooser.dateChanged.connect(lambda _: self._count())
        self._count()

    def _count(self) -> None:
        periods, first, last = (
            self._services.payments.periods,
            self.first.value(),
            self.last.value(),
        )
        self.tasks.run(
            lambda: periods.between(first, last),
            owner=self,
            on_done=lambda found: self.sums.setText(
                f"{money(found.approved_pence)} approved and {money(found.paid_pence)} paid."
            ),
            on_problem=self.say_problem,
        )

    def save(self) -> None:
        """Close it."""
        periods, first, last = (
            self._services.payments.periods,
            self.first.value(),
            self.last.value(),
        )
        self.run(lambda: periods.close(first, last))


def _pence(row: FormRow) -> int | None:
    """Return the amount in a row's field, or say beside it what is amiss."""
    field = row.field
    try:
        pence = pence_from(field.text() if isinstance(field, QLineEdit) else "")
    except InputError as problem:
        row.set_problem(f"{problem.what_happened} {problem.next_step}")
        return None
    row.set_problem("")
    return pence
