"""Payment rates: what time and miles are paid, from which day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..domain.rates import BOARD_SCHEME, Rate, RateId
from ..errors import InputError
from .desk import COORDINATING, Desk, keep
from .outcome import Outcome


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
    ) -> Outcome[Rate]:
        """Add a rate. A coordinator who adds it confirms it for use.

        Args:
            name: What it pays for.
            pence: How much, more than 0.
            minutes: About how long such a task takes.
            valid_from: First day it applies.
            scheme: The named set it belongs to.
            source: Where the figure comes from.
            verified: Whether it was checked against that source.

        Raises:
            NotAllowedError: Only a coordinator adds rates.
            InputError: No name, or an amount or size of nothing.
        """
        if not name.strip() or pence <= 0 or minutes <= 0:
            raise InputError(
                "A rate needs a name, an amount and a length of task.",
                next_step="Fill in all three, then save again.",
            )
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="add rates")
            rate = Rate(
                id=RateId(self.desk.new_id()),
                scheme=scheme,
                name=name.strip(),
                pence=pence,
                minutes=minutes,
                valid_from=valid_from,
                source=source,
                verified=verified,
                confirmed_on=self.desk.today(),
                confirmed_by=self.desk.store.person,
            )
            keep(work, rate)
            return Outcome(rate, work.commit())
