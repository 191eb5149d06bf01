"""Budgets: what was set aside, what is paid and promised, what is planned, and closed books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QWidget

from ...domain.accounts import Cost
from ...domain.british import day, money
from ...domain.budgets import BudgetLine, Planned, year_words
from ...domain.projects import Project
from ..models.table_model import Column as TableColumn
from ..models.table_model import TableModel
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, heading, muted
from ..widgets.table_view import TableView
from .budget_forms import BudgetForm, CloseForm, CostForm
from .form import Pick
from .framed_page import Column
from .list_page import ListPage
from .page import Place

if TYPE_CHECKING:
    from ...services.boards import Services
    from ...services.periods import ClosedPeriod

WHOLE_BOARD = "The whole board"
SHOWN_COSTS = 10


@dataclass(frozen=True)
class BudgetFacts:
    """Everything the page shows, read in one go.

    Args:
        lines: Every heading about which something is known.
        planned: What the forecast is made of.
        costs: Money spent that is nobody's claim, latest first.
        closed: Closed periods, latest first.
        projects: Every project.
        year: The present financial year.
        starts_in: The month in which a financial year starts.
    """

    lines: list[BudgetLine]
    planned: list[Planned]
    costs: list[Cost]
    closed: list[ClosedPeriod]
    projects: list[Project]
    year: int
    starts_in: int


def read_facts(services: Services) -> BudgetFacts:
    """Return what the page shows."""
    budgets = services.payments.budgets
    return BudgetFacts(
        lines=budgets.lines(),
        planned=budgets.planned(),
        costs=budgets.costs(),
        closed=services.payments.periods.closed(),
        projects=services.people.projects(),
        year=budgets.this_year(),
        starts_in=budgets.year_month(),
    )


class BudgetsPage(ListPage):
    """Budgets by project and financial year, for those who keep the books."""

    place: ClassVar[Place] = Place.BUDGETS
    shows: ClassVar[frozenset[str]] = frozenset(
        {"budget", "cost", "claim", "period_close", "project", "round", "return", "meeting"}
        | {"invitation", "involvement", "rate", "attendance"}
    )

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__(services, tasks, title="Budgets")
        self._facts: BudgetFacts | None = None
        self.project, self.year = Pick([]), Pick([])
        self.table = TableView("The budget by heading")
        self.figures = Column()
        self._choosers = Column(
            FormRow("Project", self.project), FormRow("Financial year", self.year)
        )
        for chooser in (self.project, self.year):
            chooser.currentIndexChanged.connect(lambda _: self._show_figures())

    def reload(self) -> None:
        """Read again what is shown."""
        services = self.services
        self.tasks.run(lambda: read_facts(services), owner=self, on_done=self._show)

    def _show(self, facts: BudgetFacts) -> None:
        kept = (self.project.value(), self.year.value()) if self._facts else (None, facts.year)
        self._facts = facts
        self._offer(facts, *kept)
        self._show_figures()
        widgets = [self._choosers, self.figures, *self._closed(facts)]
        self.list.show_only(*widgets, stretch=True)

    def _offer(self, facts: BudgetFacts, project: object, year: object) -> None:
        projects = [(one.title, one.id) for one in facts.projects]
        years = sorted({facts.year, facts.year + 1, *(one.year for one in facts.lines)})
        for chooser in (self.project, self.year):
            chooser.blockSignals(True)
        first = facts.projects[0].id if facts.projects else None
        known = {value for _, value in projects}
        self.project.offer(
            [*projects, (WHOLE_BOARD, None)],
            chosen=project if project in known else first,
        )
        self.year.offer(
            [(year_words(one, starts_in=facts.starts_in), one) for one in years], chosen=year
        )
        for chooser in (self.project, self.year):
            chooser.blockSignals(False)

    def _show_figures(self) -> None:
        facts = self._facts
        if facts is None:
            return
        project, year = self.project.value(), self.year.value()
        lines = [one for one in facts.lines if one.project == project and one.year == year]
        widgets: list[QWidget] = [WrapLabel(_in_words(lines), role="large")]
        if lines:
            columns: list[TableColumn[BudgetLine]] = [
                TableColumn("Heading", lambda one: one.heading),
                _pounds("Set aside", lambda one: one.budget_pence),
                _pounds("Paid", lambda one: one.paid_pence),
                _pounds("Promised", lambda one: one.committed_pence),
                _pounds("Left", lambda one: one.left_pence),
                _pounds("Planned", lambda one: one.planned_pence),
                _pounds("Left after plans", lambda one: one.left_after_plans_pence),
            ]
            self.table.show_rows(TableModel(columns, lines))
            self.table.setMinimumHeight(theme().px(2.1 * (len(lines) + 1.5)))
            widgets.append(self.table)
        widgets.append(
            muted(
                "Promised is what was asked for or approved and is not paid yet. Planned is what "
                "requests to read, meetings to come and time not claimed yet will cost. Money "
                "belongs to the year of the activity."
            )
        )
        buttons = [button("Note a cost", icon="plus", on_press=self.add_cost)]
        if project is not None:
            buttons.insert(0, button("Set a budget", icon="pencil", on_press=self.set_budget))
        widgets.append(FlowRow(*buttons))
        widgets += [*self._plans(facts), *self._costs(facts)]
        self.figures.show_only(*widgets)

    def _plans(self, facts: BudgetFacts) -> list[QWidget]:
        project = self.project.value()
        mine = [one for one in facts.planned if one.project == project]
        if not mine:
            return []
        card = Card("What is planned")
        for one in mine:
            card.add(WrapLabel(f"{one.what}, {day(one.on)}: {money(one.pence)}"))
        return [card]

    def _costs(self, facts: BudgetFacts) -> list[QWidget]:
        project = self.project.value()
        mine = [one for one in facts.costs if one.project == project]
        if not mine:
            return []
        taken_back = {one.reverses for one in mine if one.reverses}
        card = Card("Costs that are nobody's claim")
        for one in mine[:SHOWN_COSTS]:
            words = f"{one.what}, {one.heading}, {day(one.on)}: {money(one.pence)}"
            card.add(WrapLabel(words + (" (a correction)" if one.reverses else "")))
            if one.reverses is None and one.id not in taken_back:
                card.add(FlowRow(self._take_back(one, words)))
        return [card]

    def _take_back(self, cost: Cost, words: str) -> QWidget:
        made = button("Correct this", kind="quiet", on_press=lambda: self.take_back(cost))
        made.setAccessibleName(f"Correct this: {words}")
        made.setToolTip("Takes it back by a record of its own; both stay in the books.")
        return made

    def _closed(self, facts: BudgetFacts) -> list[QWidget]:
        card = Card()
        card.add(
            muted(
                "Once the books of a period are closed, its figures stay. What is put right later "
                "counts in a later period."
            )
        )
        for one in facts.closed:
            close = one.close
            card.add(
                WrapLabel(
                    f"{day(close.starts_on)} to {day(close.ends_on)}: "
                    f"{money(close.approved_pence)} approved, {money(close.paid_pence)} paid."
                )
            )
            if not one.agrees:
                card.add(WrapLabel(_disagrees(one), role="attention"))
        card.add(FlowRow(button("Close a period", icon="lock", on_press=self.close_period)))
        return [heading("Closed books"), card]

    # What a person does

    def set_budget(self) -> None:
        """Show the form that sets money aside."""
        if self._facts is not None:
            project, year = self.project.value(), self.year.value()
            known = {
                one.heading: one.budget_pence
                for one in self._facts.lines
                if (one.project, one.year) == (project, year)
            }
            form = BudgetForm(self.services, self.tasks, project=project, year=year, known=known)
            self.show_form(form, said="The budget is set.")

    def add_cost(self) -> None:
        """Show the form that notes a cost."""
        form = CostForm(self.services, self.tasks, project=self.project.value())
        self.show_form(form, said="The cost is noted.")

    def take_back(self, cost: Cost) -> None:
        """Take a cost back by a record of its own."""
        budgets = self.services.payments.budgets
        self.tasks.run(
            lambda: budgets.take_back_cost(cost.id),
            owner=self,
            on_done=lambda _: self.say("The cost is taken back; both records stay."),
            on_problem=lambda problem: self.show_notice(problem.in_full(), tone="attention"),
        )

    def close_period(self) -> None:
        """Show the form that closes the books of a period."""
        self.show_form(CloseForm(self.services, self.tasks), said="The period is closed.")


def _pounds(title: str, pence: Callable[[BudgetLine], int]) -> TableColumn[BudgetLine]:
    return TableColumn(title, lambda one: money(pence(one)), sort_key=pence, figures=True)


def _in_words(lines: list[BudgetLine]) -> str:
    if not lines:
        return "Nothing is set aside, spent or planned here yet."
    budget = sum(one.budget_pence for one in lines)
    used = sum(one.paid_pence + one.committed_pence for one in lines)
    planned = sum(one.planned_pence for one in lines)
    if not budget:
        return f"{money(used)} is paid or promised, {money(planned)} more is planned."
    left = budget - used - planned
    end = f"{money(left)} would be left." if left >= 0 else f"That is {money(-left)} too much."
    return (
        f"{money(used)} of {money(budget)} is paid or promised. "
        f"{money(planned)} more is planned. {end}"
    )


def _disagrees(one: ClosedPeriod) -> str:
    if one.missing:
        return (
            f"{one.missing} of its records are not on this laptop yet, so it cannot be counted "
            "again here."
        )
    return (
        f"Counted again it is {money(one.recount.approved_pence)} approved and "
        f"{money(one.recount.paid_pence)} paid. Look at this together with finance."
    )
