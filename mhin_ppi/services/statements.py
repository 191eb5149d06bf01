"""Papers about money, as PDF: a claim to sign, a person's statement, payments by project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.british import day
from ..domain.claims import ClaimId
from ..domain.money_papers import (
    MoneyPaper,
    Moved,
    claim_paper,
    moved_between,
    payments_paper,
    statement_paper,
)
from ..domain.people import Person, PersonId
from ..domain.periods import counts_on, movements
from ..domain.projects import Project
from ..errors import InputError, NotAllowedError
from .budgets import KEEPING_BOOKS
from .claims_reading import all_claims, claims_of, one_claim
from .desk import APPROVING, Desk, holders
from .payment_ports import FinanceFiles
from .periods import closed_periods
from .ports import UnitOfWork


@dataclass(frozen=True)
class Statements:
    """Papers about money."""

    desk: Desk
    files: FinanceFiles

    def claim(self, claim: ClaimId) -> MoneyPaper:
        """Return a claim as a form to sign.

        Raises:
            NotAllowedError: It is somebody else's, and the person at the laptop pays nobody.
            NotFoundError: Nobody sent it.
        """
        with self.desk.store.unit_of_work() as work:
            known = one_claim(work, claim)
            self._check_whose(work, known.person)
            return claim_paper(
                known,
                name=work.get(Person, known.person).name,
                board_name=self.desk.board(work).name,
                projects=_titles(work),
                made_on=self.desk.today(),
            )

    def statement(
        self, first: date, last: date, *, person: PersonId | None = None, period: str = ""
    ) -> MoneyPaper:
        """Return what somebody was paid between two days, both counted.

        Args:
            first: The first day.
            last: The last day.
            person: Whose; one's own for ``None``.
            period: What the period is called; its days where nothing is said.

        Raises:
            NotAllowedError: It is somebody else's, and the person at the laptop pays nobody.
            InputError: The period ends before it starts.
        """
        _check_days(first, last)
        with self.desk.store.unit_of_work() as work:
            whose = person or self.desk.store.person
            self._check_whose(work, whose)
            return statement_paper(
                _moved(work, first, last, person=whose),
                name=work.get(Person, whose).name,
                period=period or _days(first, last),
                board_name=self.desk.board(work).name,
                made_on=self.desk.today(),
            )

    def payments(
        self, first: date, last: date, *, with_names: bool = False, period: str = ""
    ) -> MoneyPaper:
        """Return payments by project between two days, both counted.

        Args:
            first: The first day.
            last: The last day.
            with_names: Whether people are named.
            period: What the period is called; its days where nothing is said.

        Raises:
            NotAllowedError: Only those who keep the books make it.
            InputError: The period ends before it starts.
        """
        _check_days(first, last)
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *KEEPING_BOOKS, doing="make this report")
            names = {one.id: one.name for one in work.find(Person)} if with_names else None
            return payments_paper(
                _moved(work, first, last),
                period=period or _days(first, last),
                board_name=self.desk.board(work).name,
                projects=_titles(work),
                names=names,
                made_on=self.desk.today(),
            )

    def draw(self, paper: MoneyPaper) -> bytes:
        """Return a paper as a tagged PDF.

        Raises:
            ReportError: It could not be drawn.
        """
        return self.files.write_paper(paper)

    def _check_whose(self, work: UnitOfWork, person: PersonId) -> None:
        if person != self.desk.store.person and not self.desk.me(work).has(*KEEPING_BOOKS):
            raise NotAllowedError(
                "This is about somebody else's payments.",
                next_step="Ask your coordinator for your own.",
            )


def _moved(
    work: UnitOfWork, first: date, last: date, *, person: PersonId | None = None
) -> list[Moved]:
    claims = claims_of(work, person) if person else all_claims(work)
    closes, held = closed_periods(work)
    found = movements(claims, officers=holders(work, APPROVING))
    # Closed periods are known to those who keep the books; a member's statement goes by the day.
    dated = [(one, one.on if person else counts_on(one, closes, held)) for one in found]
    return moved_between(claims, dated, first, last)


def _titles(work: UnitOfWork) -> dict[str, str]:
    return {str(one.id): one.title for one in work.find(Project)}


def _days(first: date, last: date) -> str:
    return f"{day(first)} to {day(last)}"


def _check_days(first: date, last: date) -> None:
    if last < first:
        raise InputError("The period ends before it starts.", next_step="Put the two days right.")
