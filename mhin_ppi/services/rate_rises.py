"""What a rise with a back date would owe to whom, told before it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..domain.claim_lines import LineKind
from ..domain.people import Person, PersonId
from ..domain.projects import ProjectId
from ..domain.rates import (
    Rate,
    RateId,
    RateUnit,
    SchemeUse,
    SchemeUseId,
    may_be_used,
    scheme_name,
)
from .claimable import claimable_lines
from .claims_reading import claimed_lines
from .desk import COORDINATING, Desk
from .ports import UnitOfWork

Owed = list[tuple[Person, int]]
"""People and the pence that they are owed, by name."""


@dataclass(frozen=True)
class Rises:
    """What would be owed for what was claimed already. Nothing here is saved."""

    desk: Desk

    def if_added(
        self, *, pence: int, minutes: int, valid_from: date, scheme: str, unit: RateUnit, band: str
    ) -> Owed:
        """Return what a new rate would add to what is owed; nobody twice, nobody for nothing.

        Args:
            pence: How much.
            minutes: The size of the task; not used for an hour or a mile.
            valid_from: First day it applies.
            scheme: The named set it belongs to.
            unit: What the amount is for.
            band: Code of the vehicle, for a mile.

        Raises:
            NotAllowedError: Only a coordinator sees everyone's.
        """
        with self.desk.store.unit_of_work() as work:
            rates = work.find(Rate)
            rate = Rate(
                id=RateId(self.desk.new_id()),
                scheme=scheme_name(scheme, rates),
                pence=pence,
                minutes=minutes if unit is RateUnit.TASK else 0,
                valid_from=valid_from,
                unit=unit,
                band=band,
            )
            return self._more(work, [*rates, rate], work.find(SchemeUse))

    def if_confirmed(self, confirmed: Iterable[RateId]) -> Owed:
        """Return what confirming figures would add to what is owed.

        Raises:
            NotAllowedError: Only a coordinator sees everyone's.
        """
        wanted, today = frozenset(confirmed), self.desk.today()
        with self.desk.store.unit_of_work() as work:
            rates = [
                replace(one, confirmed_on=today)
                if one.id in wanted and not may_be_used(one)
                else one
                for one in work.find(Rate)
            ]
            return self._more(work, rates, work.find(SchemeUse))

    def if_used(self, scheme: str, *, valid_from: date, project: ProjectId | None) -> Owed:
        """Return what choosing a scheme would add to what is owed.

        Raises:
            NotAllowedError: Only a coordinator sees everyone's.
        """
        identity = SchemeUseId(self.desk.new_id())
        use = SchemeUse(id=identity, project=project, scheme=scheme, valid_from=valid_from)
        with self.desk.store.unit_of_work() as work:
            return self._more(work, work.find(Rate), [*work.find(SchemeUse), use])

    def _more(self, work: UnitOfWork, rates: Sequence[Rate], uses: Sequence[SchemeUse]) -> Owed:
        self.desk.require(work, *COORDINATING, doing="see what everyone is owed")
        found = []
        for person in work.find(Person):
            now = _owed(work, person.id, work.find(Rate), work.find(SchemeUse))
            more = _owed(work, person.id, rates, uses) - now
            if more > 0:
                found.append((person, more))
        return sorted(found, key=lambda one: one[0].name)


def _owed(
    work: UnitOfWork, person: PersonId, rates: Sequence[Rate], uses: Sequence[SchemeUse]
) -> int:
    claimed = claimed_lines(work, person)
    lines = claimable_lines(work, person, claimed=claimed, priced_by=(rates, uses))
    return sum(one.pence for one in lines if one.kind is LineKind.ARREARS)
