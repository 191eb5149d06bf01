"""The lines of a claim: time given and money spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ..errors import InputError

MOST_PENCE = 10_000_000
"""£100,000: more than any claim; a slip of the finger ends here."""


class LineKind(StrEnum):
    """What a line of a claim is for."""

    INVOLVEMENT = "involvement"
    EXPENSE = "expense"
    ARREARS = "arrears"


_OPTIONAL = (
    *("minutes", "involvement", "review", "rate", "project", "category", "receipt", "id"),
    *("meeting", "full_pence", "prepaid_pence", "miles_tenths", "tops_up"),
)


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of a claim.

    Args:
        kind: Time given, or money spent.
        on: The day.
        what: What for, in plain words.
        pence: How much is asked, more than 0.
        minutes: Minutes given; 0 for expenses.
        involvement: Id of the involvement it pays for, or "".
        review: Id of the request to read whose agreed amount it is, or "".
        rate: Id of the rate in force that day, or "".
        project: Id of the project it belongs to, or "".
        category: Code of the expense category, or "".
        receipt: Attached file, or "".
        id: What names this line and no other, for expenses; "" where it pays for a record.
        meeting: Id of the meeting whose agreed amount it is, or "".
        receipts: Ids of its receipts (:class:`~.receipts.Receipt`).
        full_pence: What was offered, where the person asks for less; 0 where they ask for all.
        prepaid_pence: What the organisation has paid already: counted in budgets, not paid out.
        miles_tenths: Tenths of a mile travelled; 0 where it is not about miles.
        tops_up: For arrears, what the paid line paid for (:attr:`pays_for` of that line).
    """

    kind: LineKind
    on: date
    what: str
    pence: int
    minutes: int = 0
    involvement: str = ""
    review: str = ""
    rate: str = ""
    project: str = ""
    category: str = ""
    receipt: str = ""
    id: str = ""
    meeting: str = ""
    receipts: tuple[str, ...] = ()
    full_pence: int = 0
    prepaid_pence: int = 0
    miles_tenths: int = 0
    tops_up: str = ""

    @property
    def pays_for(self) -> str:
        """What it pays for and nothing else may pay again; "" when that is not known.

        A record of time, a review, coming to a meeting, one expense, or what one rate adds to one
        of these. Ids are joined by a slash.
        """
        if self.tops_up:
            return f"{self.tops_up}/{self.rate}"
        return self.involvement or self.review or self.meeting or self.id

    def to_json(self) -> dict[str, Any]:
        """Return plain values, for the ledger entry that submits the claim."""
        plain: dict[str, Any] = {
            "kind": self.kind.value,
            "on": self.on.isoformat(),
            "what": self.what,
            "pence": self.pence,
        }
        plain |= {name: getattr(self, name) for name in _OPTIONAL if getattr(self, name)}
        return plain | ({"receipts": list(self.receipts)} if self.receipts else {})


def line_from_json(plain: Mapping[str, Any]) -> ClaimLine:
    """Return the line that :meth:`ClaimLine.to_json` wrote."""
    return ClaimLine(
        **{
            **plain,
            "kind": LineKind(plain["kind"]),
            "on": date.fromisoformat(plain["on"]),
            "receipts": tuple(plain.get("receipts", ())),
        }
    )


def check_lines(lines: Iterable[ClaimLine], *, today: date) -> None:
    """Refuse lines that cannot be paid.

    Raises:
        InputError: No lines, an amount of nothing or beyond reason, or a day that has not come.
    """
    lines = tuple(lines)
    if not lines:
        raise InputError("The claim has no lines.", next_step="Add what you would like paid.")
    for line in lines:
        if not 0 < line.pence <= MOST_PENCE:
            raise InputError(
                f"“{line.what}” needs an amount between 1p and £100,000.",
                next_step="Put the amount right, then send it again.",
            )
        if line.on > today:
            raise InputError(
                f"“{line.what}” is on a day that has not come yet.",
                next_step="Choose today or an earlier day.",
            )
