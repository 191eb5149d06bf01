"""Claims and their ledger: what a person asks to be paid, and everything that happened to it.

A claim is nothing but its ledger entries. Entries are only ever added; a mistake is put right by a
reversing entry. State and balance are pure functions of the set of entries, so that two laptops
with the same entries always agree. Money is integer pence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType
from uuid import UUID

from ..errors import InputError, NotAllowedError
from .fields import link, words
from .people import PersonId
from .projects import ProjectId

ClaimId = NewType("ClaimId", UUID)
RateId = NewType("RateId", UUID)
BudgetId = NewType("BudgetId", UUID)
MOST_PENCE = 10_000_000
"""£100,000: more than any claim; a slip of the finger ends here."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one size of task pays from a day on. Never edited: a new rate is a new record.

    Args:
        id: Made on the laptop that added it.
        scheme: The named set it belongs to.
        name: What it pays for.
        pence: How much.
        minutes: About how long such a task takes; 0 when it is not about time.
        valid_from: First day it applies.
        source: Where the figure comes from.
        verified: Whether the figure was checked against its source.
        confirmed_on: The day a coordinator confirmed an unverified figure for use.
    """

    id: RateId
    scheme: str = ""
    name: str = ""
    pence: int = 0
    minutes: int = 0
    valid_from: date = date.min
    source: str = ""
    verified: bool = False
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """Money for a project in a financial year.

    Args:
        id: Made on the laptop that added it.
        project: Which project.
        year: The year in which the financial year starts (2026 is 2026/27).
        heading: Heading of the cost guide (``DOMAIN.md`` 4.4).
        pence: How much.
    """

    id: BudgetId
    project: ProjectId = link()
    year: int = 2026
    heading: str = words("Payments and rewards")
    pence: int = 0


class LedgerKind(StrEnum):
    """What can happen to a claim, in the order of its life."""

    SUBMITTED = "submitted"
    QUERIED = "queried"
    WITHDRAWN = "withdrawn"
    GIVEN = "given"
    APPROVED = "approved"
    REJECTED = "rejected"
    BATCHED = "batched"
    PAID = "paid"
    FAILED = "failed"
    REVERSED = "reversed"
    ADJUSTED = "adjusted"


class ClaimState(StrEnum):
    """Where a claim is. A draft exists on the person's laptop only, outside the ledger."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    QUERIED = "queried"
    WITHDRAWN = "withdrawn"
    GIVEN = "given"
    APPROVED = "approved"
    REJECTED = "rejected"
    BATCHED = "batched"
    PAID = "paid"
    REVERSED = "reversed"


class Payer(StrEnum):
    """Whose step it is."""

    CLAIMANT = "claimant"
    APPROVER = "approver"
    PAYMENTS_OFFICER = "payments_officer"


@dataclass(frozen=True, slots=True)
class LedgerRule:
    """One row of the table.

    Args:
        comes_from: States in which the entry may be made.
        leads_to: The state it leads to; ``None`` leaves it.
        payer: Whose step it is.
        reason_needed: Whether it must say why.
    """

    comes_from: frozenset[ClaimState]
    leads_to: ClaimState | None
    payer: Payer
    reason_needed: bool = False


_C = ClaimState
_OPEN = frozenset({_C.SUBMITTED, _C.QUERIED})
_UNPAID = frozenset({_C.SUBMITTED, _C.QUERIED, _C.APPROVED})

LEDGER_RULES: Mapping[LedgerKind, LedgerRule] = {
    LedgerKind.SUBMITTED: LedgerRule(
        frozenset({_C.DRAFT, _C.QUERIED, _C.GIVEN}), _C.SUBMITTED, Payer.CLAIMANT
    ),
    LedgerKind.QUERIED: LedgerRule(
        frozenset({_C.SUBMITTED}), _C.QUERIED, Payer.APPROVER, reason_needed=True
    ),
    LedgerKind.WITHDRAWN: LedgerRule(_OPEN, _C.WITHDRAWN, Payer.CLAIMANT),
    LedgerKind.GIVEN: LedgerRule(frozenset({_C.DRAFT}) | _UNPAID, _C.GIVEN, Payer.CLAIMANT),
    LedgerKind.APPROVED: LedgerRule(frozenset({_C.SUBMITTED}), _C.APPROVED, Payer.APPROVER),
    LedgerKind.REJECTED: LedgerRule(_OPEN, _C.REJECTED, Payer.APPROVER, reason_needed=True),
    LedgerKind.BATCHED: LedgerRule(frozenset({_C.APPROVED}), _C.BATCHED, Payer.PAYMENTS_OFFICER),
    LedgerKind.PAID: LedgerRule(frozenset({_C.BATCHED}), _C.PAID, Payer.PAYMENTS_OFFICER),
    LedgerKind.FAILED: LedgerRule(
        frozenset({_C.BATCHED, _C.PAID}), _C.APPROVED, Payer.PAYMENTS_OFFICER, reason_needed=True
    ),
    LedgerKind.REVERSED: LedgerRule(
        frozenset({_C.APPROVED, _C.BATCHED, _C.PAID}),
        _C.REVERSED,
        Payer.PAYMENTS_OFFICER,
        reason_needed=True,
    ),
    LedgerKind.ADJUSTED: LedgerRule(
        frozenset({_C.APPROVED}), None, Payer.APPROVER, reason_needed=True
    ),
}
"""The whole life of a claim (``PRODUCT.md``, The life of a claim). Nothing else is allowed."""


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
    rate: str = ""
    project: str = ""
    category: str = ""
    receipt: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return plain values, for the ledger entry that submits the claim."""
        plain: dict[str, Any] = {
            "kind": self.kind.value,
            "on": self.on.isoformat(),
            "what": self.what,
            "pence": self.pence,
        }
        names = ("minutes", "involvement", "rate", "project", "category", "receipt")
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


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One thing that happened to a claim; never edited, never deleted.

    Args:
        id: The log entry and the place in it.
        claim: Which claim.
        kind: What happened.
        pence: How much it concerns: what is asked, approved, paid, or taken back.
        by: Who did it (the person of the laptop that signed).
        at: When, by that laptop's clock.
        order: What sorts entries the same way on every laptop.
        data: Plain values: "person", "lines", "reason", "reference" …
    """

    id: str
    claim: ClaimId
    kind: LedgerKind
    pence: int
    by: PersonId
    at: datetime
    order: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why, in the words of whoever did it."""
        return str(self.data.get("reason", ""))


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as its ledger entries make it.

    Args:
        id: Which claim.
        person: Who asks to be paid.
        state: Where it is now.
        lines: What was last submitted.
        asked_pence: The sum of those lines.
        approved_pence: What has been approved, less what was taken back.
        paid_pence: What has been paid, less what came back.
        entries: The entries that counted, oldest first.
        flagged: Entries kept but not counted, because the table or a rule does not allow them.
    """

    id: ClaimId
    person: PersonId
    state: ClaimState
    lines: tuple[ClaimLine, ...]
    asked_pence: int
    approved_pence: int
    paid_pence: int
    entries: tuple[LedgerEntry, ...]
    flagged: tuple[LedgerEntry, ...]

    @property
    def owed_pence(self) -> int:
        """What has been approved and not yet paid."""
        return self.approved_pence - self.paid_pence

    @property
    def since(self) -> datetime | None:
        """Since when it has been where it is."""
        return self.entries[-1].at if self.entries else None


_TO_APPROVED = {
    LedgerKind.APPROVED: 1,
    LedgerKind.ADJUSTED: 1,
    LedgerKind.GIVEN: 0,
    LedgerKind.REVERSED: -1,
}


def claim_from(entries: Iterable[LedgerEntry], *, officers: Collection[PersonId]) -> Claim | None:
    """Return the claim that a set of ledger entries makes, in whatever order they come.

    Args:
        entries: Every entry of one claim.
        officers: Who may approve and pay (never their own), and type in for others.

    Returns:
        ``None`` when nobody ever submitted or gave it.
    """
    in_order = sorted(entries, key=lambda entry: entry.order)
    first = next((e for e in in_order if "person" in e.data), None)
    if first is None:
        return None
    person = PersonId(UUID(str(first.data["person"])))
    state = ClaimState.DRAFT
    lines: tuple[ClaimLine, ...] = ()
    approved = paid = 0
    counted: list[LedgerEntry] = []
    flagged: list[LedgerEntry] = []
    for entry in in_order:
        rule = LEDGER_RULES[entry.kind]
        if state not in rule.comes_from or not _is_theirs(entry, rule, person, officers):
            flagged.append(entry)
            continue
        counted.append(entry)
        if "lines" in entry.data:
            lines = tuple(line_from_json(line) for line in entry.data["lines"])
        if entry.kind in (LedgerKind.SUBMITTED, LedgerKind.GIVEN):
            approved = 0
        approved += _TO_APPROVED.get(entry.kind, 0) * entry.pence
        if entry.kind is LedgerKind.PAID:
            paid += entry.pence
        elif state is ClaimState.PAID and entry.kind in (LedgerKind.FAILED, LedgerKind.REVERSED):
            paid -= entry.pence
        state = rule.leads_to or state
    return Claim(
        id=first.claim,
        person=person,
        state=state,
        lines=lines,
        asked_pence=sum(line.pence for line in lines),
        approved_pence=approved,
        paid_pence=paid,
        entries=tuple(counted),
        flagged=tuple(flagged),
    )


def _is_theirs(
    entry: LedgerEntry, rule: LedgerRule, person: PersonId, officers: Collection[PersonId]
) -> bool:
    if rule.payer is Payer.CLAIMANT:
        return entry.by == person or entry.by in officers
    return entry.by != person and entry.by in officers


def check_ledger(
    claim: Claim | None, kind: LedgerKind, *, by: PersonId, person: PersonId, reason: str = ""
) -> None:
    """Refuse an entry that the table does not allow.

    Args:
        claim: The claim as it stands; ``None`` when it has not been submitted.
        kind: What is wanted.
        by: Who is at the laptop.
        person: Whose claim it is.
        reason: Why.

    Raises:
        NotAllowedError: The state does not permit it, or a person would approve their own claim.
        InputError: A reason is needed.
    """
    rule = LEDGER_RULES[kind]
    state = claim.state if claim else ClaimState.DRAFT
    if state not in rule.comes_from:
        raise NotAllowedError(
            f"This claim is “{CLAIM_WORDS[state]}”, so that step is not open now.",
            next_step="Look at its payment history, then choose one of the steps offered.",
        )
    if rule.payer is not Payer.CLAIMANT and by == person:
        raise NotAllowedError(
            "Nobody can decide on a claim of their own.",
            next_step="Ask another coordinator to do this.",
        )
    if rule.reason_needed and not reason.strip():
        raise InputError(
            "A reason is needed.", next_step="Say why in a sentence: the person will read it."
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


def rate_in_force(rates: Iterable[Rate], *, on: date, minutes: int) -> Rate | None:
    """Return the rate that pays for a task of this size on that day.

    The smallest size that covers the minutes is taken; beyond the largest, the largest. Of two
    rates of one size the later one counts: a new rate never rewrites an old day.

    Args:
        rates: All rates of one scheme.
        on: The day of the task.
        minutes: How long it took.
    """
    current: dict[int, Rate] = {}
    for rate in sorted(rates, key=lambda r: r.valid_from):
        if rate.valid_from <= on and rate.minutes:
            current[rate.minutes] = rate
    for size in sorted(current):
        if minutes <= size:
            return current[size]
    return current[max(current)] if current else None


CLAIM_WORDS: Mapping[ClaimState, str] = {
    _C.DRAFT: "Not sent yet",
    _C.SUBMITTED: "Sent",
    _C.QUERIED: "Coordinator has a question",
    _C.WITHDRAWN: "Taken back",
    _C.GIVEN: "Given as a gift",
    _C.APPROVED: "Approved",
    _C.REJECTED: "Not approved",
    _C.BATCHED: "With finance",
    _C.PAID: "Paid",
    _C.REVERSED: "Cancelled by a correction",
}
"""What each state is called on screen and in reports."""
