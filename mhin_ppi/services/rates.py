"""Payment rates: what time and miles are paid, from which day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ..domain.catalogue_entries import Mileage, RateSet
from ..domain.claim_lines import LineKind
from ..domain.people import Person
from ..domain.projects import ProjectId
from ..domain.rates import (
    BOARD_SCHEME,
    Rate,
    RateId,
    RateUnit,
    SchemeUse,
    SchemeUseId,
    may_be_used,
    scheme_name,
)
from ..errors import InputError
from .claimable import claimable_lines
from .claims_reading import claimed_lines
from .desk import COORDINATING, Desk, alter, keep
from .outcome import Outcome

LONGEST_TASK = 24 * 60 * 31
MOST_RATE_PENCE = 1_000_000


@dataclass(frozen=True)
class RateBook:
    """The board's payment rates."""

    desk: Desk

    def all(self) -> list[Rate]:
        """Return every rate, in the order they came into force."""
        with self.desk.store.unit_of_work() as work:
            return sorted(work.find(Rate), key=lambda rate: (rate.valid_from, rate.minutes))

    def add(
        self,
        name: str,
        *,
        pence: int,
        minutes: int,
        valid_from: date,
        scheme: str = BOARD_SCHEME,
        source: str = "",
        verified: bool = False,
        unit: RateUnit = RateUnit.TASK,
        band: str = "",
    ) -> Outcome[Rate]:
        """Add a rate. A coordinator who adds it confirms it for use.

        Args:
            name: What it pays for.
            pence: How much, more than 0.
            minutes: About how long such a task takes; not used for an hour or a mile.
            valid_from: First day it applies.
            scheme: The named set it belongs to.
            source: Where the figure comes from.
            verified: Whether it was checked against that source.
            unit: What the amount is for.
            band: Code of the vehicle, for a mile; or of the published size of task.

        Raises:
            NotAllowedError: Only a coordinator adds rates.
            InputError: No name, or an amount or size of nothing or beyond reason.
        """
        sized = unit is not RateUnit.TASK or 0 < minutes <= LONGEST_TASK
        if not name.strip() or not 0 < pence <= MOST_RATE_PENCE or not sized:
            raise InputError(
                "A rate needs a name, an amount and a length of task.",
                next_step="Fill in all three, then save again.",
            )
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add rates")
            rate = Rate(
                id=RateId(self.desk.new_id()),
                scheme=scheme_name(scheme, work.find(Rate)),
                name=name.strip(),
                pence=pence,
                minutes=minutes if unit is RateUnit.TASK else 0,
                valid_from=valid_from,
                source=source,
                verified=verified,
                confirmed_on=self.desk.today(),
                confirmed_by=self.desk.store.person,
                unit=unit,
                band=band,
            )
            keep(work, rate)
            return Outcome(rate, work.commit())

    def take_over(
        self, published: RateSet, *, valid_from: date, scheme: str, checked_on: date
    ) -> Outcome[list[Rate]]:
        """Copy a published set into the board's rates.

        A figure that was not read in its source pays nobody until a coordinator confirms it.

        Args:
            published: The set.
            valid_from: First day it applies, where the source does not say; else the source's.
            scheme: The named set it becomes part of.
            checked_on: The day the list of published rates was last read.

        Raises:
            NotAllowedError: Only a coordinator adds rates.
            InputError: The scheme has no name.
        """
        wanted = [
            Rate(
                id=RateId(self.desk.new_id()),
                scheme=scheme,
                name=band.label,
                pence=band.amount_pence,
                minutes=band.minutes,
                valid_from=published.effective_from or valid_from,
                source=band.source,
                verified=band.verified,
                band=band.code,
                checked_on=checked_on,
            )
            for band in published.bands
        ]
        return self._take_over(wanted)

    def take_over_miles(
        self, published: Iterable[Mileage], *, valid_from: date, scheme: str, checked_on: date
    ) -> Outcome[list[Rate]]:
        """Copy published rates of a mile into the board's rates, as :meth:`take_over` does.

        Args:
            published: One for each vehicle; what is paid beyond 10,000 miles a year is left out.
            valid_from: First day they apply.
            scheme: The named set they become part of.
            checked_on: The day the list of published rates was last read.

        Raises:
            NotAllowedError: Only a coordinator adds rates.
            InputError: The scheme has no name.
        """
        wanted = [
            Rate(
                id=RateId(self.desk.new_id()),
                scheme=scheme,
                name=f"A mile by {one.name}",
                pence=one.pence,
                valid_from=valid_from,
                source=one.source,
                verified=one.verified,
                unit=RateUnit.MILE,
                band=one.vehicle,
                checked_on=checked_on,
            )
            for one in published
        ]
        return self._take_over(wanted)

    def _take_over(self, wanted: Iterable[Rate]) -> Outcome[list[Rate]]:
        """Keep what was not taken over before, under the scheme's name as the board has it."""
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add rates")
            before = work.find(Rate)
            known = set(map(_figure, before))
            made = []
            for one in wanted:
                if not one.scheme.strip():
                    raise InputError(
                        "The scheme has no name.", next_step="Write what it is called."
                    )
                rate = replace(one, scheme=scheme_name(one.scheme, before))
                if _figure(rate) not in known:
                    keep(work, rate)
                    made.append(rate)
            return Outcome(made, work.commit())

    def confirm(self, rates: Iterable[RateId]) -> Outcome[int]:
        """Confirm figures that were not read in their source, so that they may pay.

        Returns:
            How many were confirmed; those that need no confirming are left as they are.

        Raises:
            NotAllowedError: Only a coordinator confirms.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="confirm rates")
            count = 0
            for identity in rates:
                rate = work.get(Rate, identity)
                if not may_be_used(rate):
                    me = self.desk.store.person
                    alter(work, rate, confirmed_on=self.desk.today(), confirmed_by=me)
                    count += 1
            return Outcome(count, work.commit())

    def uses(self) -> list[SchemeUse]:
        """Return every choice of a scheme, in the order recorded."""
        with self.desk.store.unit_of_work() as work:
            return work.find(SchemeUse)

    def use(
        self, scheme: str, *, valid_from: date, project: ProjectId | None = None
    ) -> Outcome[SchemeUse]:
        """Choose which scheme pays from a day on, for a project or the whole board.

        Raises:
            NotAllowedError: Only a coordinator chooses.
            InputError: The scheme has no rates.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="choose a scheme")
            if not any(rate.scheme == scheme for rate in work.find(Rate)):
                raise InputError(f"“{scheme}” has no rates yet.", next_step="Add its rates first.")
            made = SchemeUse(
                id=SchemeUseId(self.desk.new_id()),
                project=project,
                scheme=scheme,
                valid_from=valid_from,
            )
            keep(work, made)
            return Outcome(made, work.commit())

    def owed_by_rises(self) -> list[tuple[Person, int]]:
        """Return what rises with a back date still owe to whom, in pence, largest first.

        Raises:
            NotAllowedError: Only a coordinator sees everyone's.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="see what everyone is owed")
            found = []
            for person in work.find(Person):
                lines = claimable_lines(work, person.id, claimed=claimed_lines(work, person.id))
                pence = sum(one.pence for one in lines if one.kind is LineKind.ARREARS)
                if pence:
                    found.append((person, pence))
        return sorted(found, key=lambda one: -one[1])


def _figure(rate: Rate) -> tuple[object, ...]:
    """Return what makes a figure the same one when it is taken over again."""
    return (
        scheme_name(rate.scheme, ()).casefold(),
        rate.unit,
        rate.band,
        rate.valid_from,
        rate.pence,
    )
