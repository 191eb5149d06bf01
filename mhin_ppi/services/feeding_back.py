"""Telling many people at once what became of their questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.feedback_debt import Owed
from .desk import COORDINATING, Desk
from .feedback_debt import Debt, FeedbackDebt
from .outcome import Outcome
from .telling import Telling, write_feedback


@dataclass(frozen=True)
class FeedingBack:
    """Telling many people at once."""

    desk: Desk

    def waiting(self) -> tuple[Debt, ...]:
        """Return the questions that are answered and whose askers have not been told.

        Raises:
            NotAllowedError: Only a coordinator sees what everyone is owed.
        """
        waits = FeedbackDebt(self.desk).everyone().debts
        return tuple(debt for debt in waits if debt.owed is Owed.TELLING)

    def tell(self, told: Sequence[Telling]) -> Outcome[int]:
        """Record what several people were told, all in one action or nothing.

        Returns:
            How many questions it was.

        Raises:
            InputError: One of them has no words.
            NotAllowedError: One of them has no answer yet or is finished, or it is not a
                coordinator who tells.
        """
        with self.desk.store.unit_of_work() as work:
            self.desk.require(work, *COORDINATING, doing="record what people were told")
            for one in told:
                write_feedback(self.desk, work, one)
            return Outcome(len(told), work.commit())
