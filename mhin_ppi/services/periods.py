"""Closing the books of a period, and what a closed period holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.accounts import PeriodClose, PeriodCloseId
from ..domain.periods import Movement, PeriodSum, check_close, movements, standing, sum_between
from .budgets import KEEPING_BOOKS
from .claims_reading import all_claims
from .desk import APPROVING, Desk, holders, keep
from .outcome import Outcome
from .ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """A closed period, and whether it still adds up.

    Args:
        close: As it was closed.
        recount: What its entries add up to now, counted anew from the ledger.
        missing: How many of its entries are not on this laptop.
    """

    close: PeriodClose
    recount: PeriodSum
    missing: int

    @property
    def agrees(self) -> bool:
        """Whether the ledger still says what the period said when it was closed."""
        kept = (self.close.approved_pence, self.close.paid_pence)
        now = (self.recount.approved_pence, self.recount.paid_pence)
        return not self.missing and kept == now


@dataclass(frozen=True)
class Periods:
    """Periods whose books are closed."""

    desk: Desk

    def between(self, first: date, last: date) -> PeriodSum:
        """Return what happened between two days, both counted.

        Raises:
            NotAllowedError: Only those who keep the books see them.
        """
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            closes, held = closed_periods(work)
            return sum_between(_movements(work), first, last, closes=closes, held=held)

    def closed(self) -> list[ClosedPeriod]:
        """Return every closed period, latest first, each counted anew."""
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            closes, held = closed_periods(work)
            found = _movements(work)
        known = {one.entry for one in found}
        made = []
        for close in closes:
            total = sum_between(found, close.starts_on, close.ends_on, closes=closes, held=held)
            made.append(ClosedPeriod(close, total, len(held[close.id] - known)))
        return made[::-1]

    def close(self, first: date, last: date) -> Outcome[PeriodClose]:
        """Close the books of a period: what is put right later counts later.

        Raises:
            NotAllowedError: Only those who keep the books close them.
            InputError: The period is not over, or is closed already in part.
        """
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            closes, held = closed_periods(work)
            check_close(first, last, closes, today=self.desk.today())
            total = sum_between(_movements(work), first, last, closes=closes, held=held)
            made = PeriodClose(
                id=PeriodCloseId(self.desk.new_id()),
                starts_on=first,
                ends_on=last,
                closed_at=self.desk.now(),
                closed_by=self.desk.store.person,
                entries=work.keep_blob("\n".join(total.entries).encode()),
                approved_pence=total.approved_pence,
                paid_pence=total.paid_pence,
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def _require(self, work: UnitOfWork) -> None:
        self.desk.require(work, *KEEPING_BOOKS, doing="see and close the books")


def _movements(work: UnitOfWork) -> list[Movement]:
    return movements(all_claims(work), officers=holders(work, APPROVING))


def closed_periods(
    work: UnitOfWork,
) -> tuple[list[PeriodClose], dict[PeriodCloseId, frozenset[str]]]:
    """Return the closed periods that count, and the ids of the entries that each holds."""
    closes = standing(work.find(PeriodClose))
    held = {}
    for close in closes:
        written = work.blob(close.entries).decode() if close.entries else ""
        held[close.id] = frozenset(written.split("\n") if written else ())
    return closes, held
