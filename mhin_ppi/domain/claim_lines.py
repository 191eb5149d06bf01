"""The lines of a claim: time given and money spent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ..errors import InputError
from .british import day, money
from .involvement import PAPER_YEARS, oldest_on_paper

MOST_PENCE = 10_000_000
"""£100,000: more than any claim; a slip of the finger ends here."""

MOST_LINES = 1_000
"""More than anybody sends at once; it keeps one claim small enough to travel and to read."""


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
        pence: How much is asked; 0 only where the organisation has paid all of it already.
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


def check_lines(
    lines: Iterable[ClaimLine],
    *,
    today: date,
    founded_on: date | None = None,
    from_paper: bool = False,
) -> None:
    """Refuse lines that cannot be paid.

    Time has had its day checked when it was noted; for money spent it is done here.

    Args:
        lines: The lines of one claim.
        today: The day it is.
        founded_on: The day the board began; an expense before it is refused. ``None`` where days
            were checked before.
        from_paper: Whether a coordinator types it in: paper records may be some years older.

    Raises:
        InputError: No lines or far too many, an amount of nothing or beyond reason, a day that has
            not come, is from before the board began, or on paper from long before.
    """
    lines = tuple(lines)
    if not lines:
        raise InputError("The claim has no lines.", next_step="Add what you would like paid.")
    if len(lines) > MOST_LINES:
        raise InputError(
            f"The claim has {len(lines):,} lines, more than the {MOST_LINES:,} one claim can hold.",
            what_is_safe="All of them are kept.",
            next_step="Send some of them now, and the rest in another claim.",
        )
    for line in lines:
        _check_amounts(line)
        if line.on > today:
            raise InputError(
                f"“{line.what}” is on a day that has not come yet.",
                next_step="Choose today or an earlier day.",
            )
        if line.kind is LineKind.EXPENSE:
            _check_expense(line)
            _check_day(line, founded_on, from_paper=from_paper)


def refuse_amount(what: str) -> InputError:
    """Return the refusal of an amount beyond reason."""
    return InputError(
        f"{what} needs to be between 1p and £100,000.",
        next_step="Put the amount right, then send it again.",
    )


def _check_amounts(line: ClaimLine) -> None:
    whole = (line.pence, line.full_pence, line.prepaid_pence, line.miles_tenths, line.minutes)
    least = 0 if line.prepaid_pence else 1
    if any(type(number) is not int for number in whole) or not least <= line.pence <= MOST_PENCE:
        raise InputError(
            f"“{line.what}” needs an amount between 1p and £100,000.",
            next_step="Put the amount right, then send it again.",
        )
    if not (0 <= line.prepaid_pence <= MOST_PENCE and 0 <= line.miles_tenths and 0 <= line.minutes):
        raise refuse_amount(f"What was paid already for “{line.what}”")
    if line.full_pence and not line.pence < line.full_pence <= MOST_PENCE:
        raise InputError(
            f"“{line.what}” asks for more than the {money(line.full_pence)} it came to.",
            next_step=f"Put in less, or ask for all of the {money(line.full_pence)}.",
        )


def _check_expense(line: ClaimLine) -> None:
    if not line.what.strip():
        raise InputError(
            "An expense does not say what it was for.",
            next_step="Write what it was for, in a few words.",
        )


def _check_day(line: ClaimLine, founded_on: date | None, *, from_paper: bool) -> None:
    if founded_on is not None and from_paper and line.on < oldest_on_paper(founded_on):
        raise InputError(
            f"“{line.what}” is more than {PAPER_YEARS} years before this board began here.",
            next_step="Look at the year, then put the day right.",
        )
    if founded_on is not None and not from_paper and line.on < founded_on:
        raise InputError(
            f"“{line.what}” is on a day before this board began, on {day(founded_on)}.",
            next_step="Put the day right, or ask your coordinator to type it in for you.",
        )
