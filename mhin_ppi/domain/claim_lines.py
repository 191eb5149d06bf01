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

    @property
    def pays_for(self) -> str:
        """What it pays for and nothing else may pay again: an involvement or a review; or ""."""
        return self.involvement or self.review

    def to_json(self) -> dict[str, Any]:
        """Return plain values, for the ledger entry that submits the claim."""
        plain: dict[str, Any] = {
            "kind": self.kind.value,
            "on": self.on.isoformat(),
            "what": self.what,
            "pence": self.pence,
        }
        names = ("minutes", "involvement", "review", "rate", "project", "category", "receipt")
        return plain | {name: getattr(self, name) for name in names if getattr(self, name)}


def line_from_json(plain: Mapping[str, Any]) -> ClaimLine:
    """Return the line that :meth:`ClaimLine.to_json` wrote."""
    return ClaimLine(
        **{
            **plain,
            "kind": LineKind(plain["kind"]),
            "on": date.fromisoformat(plain["on"]),
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
