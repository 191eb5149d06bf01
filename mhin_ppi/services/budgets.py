"""Budgets: what was set aside, what is paid and promised, and what plans will cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ..domain.accounts import Cost, CostId, PeriodClose
from ..domain.budgets import (
    BudgetLine,
    Planned,
    budget_lines,
    check_budget,
    check_cost,
    year_of,
)
from ..domain.claim_lines import LineKind
from ..domain.drafts import Draft, DraftVersion, ReviewReturn, ReviewRound
from ..domain.meeting_parts import Invitation
from ..domain.meeting_rules import is_over
from ..domain.meetings import Meeting
from ..domain.people import Person, Role
from ..domain.periods import check_open, standing
from ..domain.projects import ProjectId
from ..domain.rates import Budget, BudgetId, Rate, SchemeUse, pay_for
from ..errors import InputError, NotAllowedError
from .claimable import claimable_lines
from .claims_reading import all_claims, claimed_lines
from .desk import Desk, alter, keep
from .outcome import Outcome
from .ports import UnitOfWork

KEEPING_BOOKS = (Role.COORDINATOR, Role.PAYMENTS_OFFICER)


@dataclass(frozen=True)
class Budgets:
    """Budgets of projects, and money spent that is nobody's claim."""

    desk: Desk

    def lines(self) -> list[BudgetLine]:
        """Return every heading about which something is known.

        Raises:
            NotAllowedError: Only those who keep the books see them.
        """
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            return budget_lines(
                budgets=work.find(Budget),
                claims=all_claims(work),
                costs=work.find(Cost),
                planned=self._planned(work),
                starts_in=self.desk.board(work).year_month,
            )

    def planned(self) -> list[Planned]:
        """Return what plans will cost, earliest first: what the forecast is made of."""
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            return sorted(self._planned(work), key=lambda one: one.on)

    def costs(self) -> list[Cost]:
        """Return money spent that is nobody's claim, latest first."""
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            return sorted(work.find(Cost), key=lambda one: one.on, reverse=True)

    def year_month(self) -> int:
        """Return the month in which the board's financial year starts."""
        with self.desk.store.unit_of_work() as work:
            return self.desk.board(work).year_month

    def this_year(self) -> int:
        """Return the year in which the present financial year starts."""
        return year_of(self.desk.today(), starts_in=self.year_month())

    def set_budget(
        self, project: ProjectId, *, year: int, heading: str, pence: int, note: str = ""
    ) -> Outcome[Budget]:
        """Set money aside for a heading, or change what was set aside.

        Raises:
            NotAllowedError: Only those who keep the books set budgets.
            InputError: An amount, a year or a heading that cannot be.
        """
        check_budget(pence, year=year, heading=heading)
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            before = [one for one in work.find(Budget, project=project) if one.year == year]
            old = next((one for one in before if one.heading == heading), None)
            if old is not None:
                made = alter(work, old, pence=pence, note=note.strip())
                return Outcome(made, work.commit())
            made = Budget(
                id=BudgetId(self.desk.new_id()),
                project=project,
                year=year,
                heading=heading,
                pence=pence,
                note=note.strip(),
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def add_cost(
        self, project: ProjectId | None, *, heading: str, on: date, what: str, pence: int
    ) -> Outcome[Cost]:
        """Note money spent that is nobody's claim: a room, an interpreter, a prepaid ticket.

        Raises:
            NotAllowedError: Only those who keep the books note costs.
            InputError: An amount, a day or words that cannot be, or a day whose books are closed.
        """
        check_cost(pence, on=on, what=what, today=self.desk.today())
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            check_open(on, standing(work.find(PeriodClose)))
            made = self._cost(project, heading=heading, on=on, what=what, pence=pence)
            keep(work, made)
            return Outcome(made, work.commit())

    def take_back_cost(self, cost: CostId) -> Outcome[Cost]:
        """Take a cost back by a record that reverses it; both stay. Its day is today's.

        Raises:
            NotAllowedError: Only those who keep the books do, and only once.
        """
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            old = work.get(Cost, cost)
            if old.reverses is not None or work.find(Cost, reverses=cost):
                raise NotAllowedError(
                    "This cost has been taken back already.",
                    next_step="Note the right one as a new cost.",
                )
            # On its own day while its books are open, so that the year's sum is right; else today.
            closes = standing(work.find(PeriodClose))
            on = old.on if _is_open(old.on, closes) else self.desk.today()
            made = self._cost(
                old.project, heading=old.heading, on=on, what=old.what, pence=-old.pence, of=old.id
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def _cost(
        self,
        project: ProjectId | None,
        *,
        heading: str,
        on: date,
        what: str,
        pence: int,
        of: CostId | None = None,
    ) -> Cost:
        return Cost(
            id=CostId(self.desk.new_id()),
            project=project,
            heading=heading,
            on=on,
            what=what.strip(),
            pence=pence,
            reverses=of,
            noted_by=self.desk.store.person,
        )

    def _require(self, work: UnitOfWork) -> None:
        self.desk.require(work, *KEEPING_BOOKS, doing="see and set budgets")

    def _planned(self, work: UnitOfWork) -> list[Planned]:
        return [*self._reading(work), *self._meetings(work), *self._unclaimed(work)]

    def _reading(self, work: UnitOfWork) -> Iterable[Planned]:
        """Yield what requests to read will pay to those who have not given theirs back."""
        back = {(one.round, one.person) for one in work.find(ReviewReturn)}
        prices, today = _Prices.of(work), self.desk.today()
        for request in work.find(ReviewRound):
            awaited = sum((request.id, person) not in back for person in request.invited)
            if not awaited:
                continue
            draft = work.get(Draft, work.get(DraftVersion, request.version).draft)
            on = request.due_on or request.opened_on or today
            pence = request.agreed_pence or prices.pence(
                on=on, minutes=request.minutes, project=draft.project
            )
            if pence:
                what = f"Reading “{draft.title}”: {awaited} still to come"
                yield Planned(draft.project, max(on, today), what, awaited * pence)

    def _meetings(self, work: UnitOfWork) -> Iterable[Planned]:
        """Yield what meetings to come will pay to those who are asked."""
        prices = _Prices.of(work)
        coordinate = {one.id for one in work.find(Person) if one.has(Role.COORDINATOR)}
        for meeting in work.find(Meeting):
            if meeting.cancelled or meeting.starts_at is None:
                continue
            if is_over(meeting, now=self.desk.now()):
                continue
            asked = [one.person for one in work.find(Invitation, meeting=meeting.id)]
            count = len({person for person in asked if person not in coordinate})
            on = meeting.starts_at.astimezone().date()
            minutes = meeting.minutes + meeting.prepare_minutes
            pence = meeting.pay_pence or prices.pence(
                on=on, minutes=minutes, project=meeting.project
            )
            if count and pence:
                what = f"“{meeting.title}”: {count} asked"
                yield Planned(meeting.project, on, what, count * pence)

    def _unclaimed(self, work: UnitOfWork) -> Iterable[Planned]:
        """Yield time given and reviews given back that nobody has claimed yet."""
        for person in work.find(Person):
            lines = claimable_lines(work, person.id, claimed=claimed_lines(work, person.id))
            for line in lines:
                if line.kind is not LineKind.EXPENSE:
                    project = _project_of(line.project)
                    yield Planned(project, line.on, f"Not claimed yet: {line.what}", line.pence)


@dataclass(frozen=True, slots=True)
class _Prices:
    """What time will be paid, by the scheme in use on its day.

    Args:
        rates: Every rate, in the order recorded.
        uses: Every choice of a scheme, in the order recorded.
    """

    rates: list[Rate]
    uses: list[SchemeUse]

    @classmethod
    def of(cls, work: UnitOfWork) -> _Prices:
        return cls(work.find(Rate), work.find(SchemeUse))

    def pence(self, *, on: date, minutes: int, project: ProjectId | None) -> int:
        found = pay_for(self.rates, self.uses, on=on, minutes=minutes, project=project)
        return found.pence if found else 0


def _project_of(plain: str) -> ProjectId | None:
    return ProjectId(UUID(plain)) if plain else None


def _is_open(on: date, closes: Iterable[PeriodClose]) -> bool:
    try:
        check_open(on, closes)
    except InputError:
        return False
    return True
