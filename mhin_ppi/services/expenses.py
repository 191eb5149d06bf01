"""Money spent to take part: what a mile pays, and what a claim may ask for a journey."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..domain.british import money
from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.expenses import category_of, miles_words
from ..domain.projects import ProjectId
from ..domain.rates import Pay, Rate, SchemeUse, pay_for_miles
from ..errors import InputError
from .desk import Desk
from .ports import UnitOfWork


@dataclass(frozen=True)
class Expenses:
    """What expenses are paid."""

    desk: Desk

    def miles_pay(
        self, tenths: int, *, vehicle: str, on: date, project: ProjectId | None = None
    ) -> Pay | None:
        """Return what a journey pays, or ``None`` where the board has no rate for the vehicle.

        Args:
            tenths: Tenths of a mile.
            vehicle: Code of the vehicle (``Category.vehicle``).
            on: The day.
            project: The project, if any.
        """
        with self.desk.store.unit_of_work() as work:
            return _miles_pay(work, tenths, vehicle=vehicle, on=on, project=project)


def check_miles(work: UnitOfWork, lines: Iterable[ClaimLine]) -> None:
    """Refuse a journey that asks for more than its miles are paid.

    Raises:
        InputError: More is asked, or the board has no rate for it; the sentence names the line.
    """
    for line in lines:
        vehicle = category_of(line.category).vehicle
        if line.kind is not LineKind.EXPENSE or not vehicle:
            continue
        pay = _miles_pay(work, line.miles_tenths, vehicle=vehicle, on=line.on, project=line.project)
        if pay is None:
            raise InputError(
                f"The board has no rate a mile yet that pays “{line.what}”.",
                what_is_safe="The rest of your claim is kept.",
                next_step="Leave the journey out for now, or ask your coordinator for a rate.",
            )
        if max(line.pence, line.prepaid_pence) > pay.pence:
            miles = miles_words(line.miles_tenths)
            raise InputError(
                f"“{line.what}” is {miles}, which pays {money(pay.pence)}.",
                what_is_safe="The rest of your claim is kept.",
                next_step=f"Put in {money(pay.pence)} or less, or put the miles right.",
            )


def _miles_pay(
    work: UnitOfWork, tenths: int, *, vehicle: str, on: date, project: ProjectId | str | None
) -> Pay | None:
    whole = {str(use.project): use.project for use in work.find(SchemeUse) if use.project}
    return pay_for_miles(
        work.find(Rate),
        work.find(SchemeUse),
        on=on,
        tenths=tenths,
        vehicle=vehicle,
        project=whole.get(str(project or "")),
    )
