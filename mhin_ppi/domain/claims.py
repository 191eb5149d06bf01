"""Claims and their ledger: what a person asks to be paid, and everything that happened to it.

A claim is nothing but its ledger entries. Entries are only ever added; a mistake is put right by a
reversing entry. State and balance are pure functions of the set of entries, so that two laptops
with the same entries always agree. Money is integer pence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType
from uuid import UUID

from ..errors import InputError, NotAllowedError
from .claim_lines import ClaimLine, line_from_json
from .pay_wish import PayWish, wish_from
from .people import PersonId

ClaimId = NewType("ClaimId", UUID)


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
    TIMED = "timed"


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
APPROVED_STATES = frozenset({_C.APPROVED, _C.BATCHED, _C.PAID})
"""States in which money has been promised or has moved."""
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
    LedgerKind.TIMED: LedgerRule(_UNPAID, None, Payer.CLAIMANT),
}
"""The whole life of a claim (``PRODUCT.md``, The life of a claim). Nothing else is allowed."""


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
        wish: When and how they would like to be paid, as they last said.
        paid_twice: Whether two laptops noted it as paid: the money may have moved twice.
        paid_apart: Whether it was paid while another laptop, not having heard, declined it,
            cancelled it or the like. Money that moved counts all the same.
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
    wish: PayWish = PayWish()
    paid_twice: bool = False
    paid_apart: bool = False

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
_CAME_BACK = (LedgerKind.FAILED, LedgerKind.REVERSED)


@dataclass
class _Walk:
    """A claim while its entries are gone through, oldest first."""

    person: PersonId
    officers: Collection[PersonId]
    state: ClaimState = ClaimState.DRAFT
    lines: tuple[ClaimLine, ...] = ()
    approved: int = 0
    paid: int = 0
    wish: PayWish = PayWish()
    paid_twice: bool = False
    paid_apart: bool = False
    with_finance: bool = False
    counted: list[LedgerEntry] = field(default_factory=list)
    flagged: list[LedgerEntry] = field(default_factory=list)

    def take(self, entry: LedgerEntry) -> None:
        """Count an entry, or keep it without counting it."""
        rule = LEDGER_RULES[entry.kind]
        pays = entry.kind is LedgerKind.PAID
        # Two laptops may both note a payment: the money may have moved twice, so both count.
        again = pays and self.state is ClaimState.PAID
        # It went to finance from one laptop, whatever was done with it on another: money moved.
        apart = pays and self.with_finance and self.state not in rule.comes_from and not again
        sound = self._is_sound(entry, rule)
        if sound:
            self._note_where(entry)
        if not (sound and (again or apart or self.state in rule.comes_from)):
            self.flagged.append(entry)
            return
        self.counted.append(entry)
        self.paid_twice = self.paid_twice or again
        self.paid_apart = self.paid_apart or apart
        if "lines" in entry.data:
            self.lines = _lines_in(entry)
        if "pay_when" in entry.data:
            self.wish = wish_from(entry.data)
        self._move(entry)
        self.state = rule.leads_to or self.state
        if entry.kind is LedgerKind.FAILED and self.paid >= self.approved > 0:
            self.state = ClaimState.PAID  # one of two payments came back; the other stands

    def _note_where(self, entry: LedgerEntry) -> None:
        """Remember whether finance may be paying it, by what any laptop says of it."""
        if entry.kind in (LedgerKind.BATCHED, LedgerKind.PAID):
            self.with_finance = entry.kind is LedgerKind.BATCHED

    def _move(self, entry: LedgerEntry) -> None:
        if entry.kind in (LedgerKind.SUBMITTED, LedgerKind.GIVEN):
            self.approved = 0
        self.approved += _TO_APPROVED.get(entry.kind, 0) * entry.pence
        if entry.kind is LedgerKind.PAID:
            self.paid += entry.pence
            if self.state not in APPROVED_STATES:
                self.approved = max(self.approved, self.paid)
        elif self.state is ClaimState.PAID and entry.kind is LedgerKind.FAILED:
            self.paid -= entry.pence
        elif self.state is ClaimState.PAID and entry.kind is LedgerKind.REVERSED:
            # What was paid may be another sum than what is approved; of two payments one is back.
            paid = entry.pence if self.paid_twice else entry.data.get("paid_pence", entry.pence)
            self.paid -= paid

    def _is_sound(self, entry: LedgerEntry, rule: LedgerRule) -> bool:
        """Return whether an entry is by somebody who may, about this person, and adds up."""
        if str(entry.data.get("person", self.person)) != str(self.person):
            return False
        if not _is_theirs(entry, rule, self.person, self.officers):
            return False
        asked = sum(line.pence for line in self.lines)
        if entry.kind is LedgerKind.APPROVED:
            kept = _lines_in(entry) if "lines" in entry.data else self.lines
            inside = all(line in self.lines for line in kept)
            return inside and 0 <= entry.pence <= sum(line.pence for line in kept)
        if entry.kind is LedgerKind.ADJUSTED:
            # Of two who correct the same, not having heard of each other, the first counts.
            now = self.approved + entry.pence
            return 0 <= now <= asked and entry.data.get("to", now) == now
        if entry.kind in _CAME_BACK and self.state is ClaimState.PAID:
            return entry.data.get("paid_pence") != 0  # by one who had heard of the payment
        return True


def _lines_in(entry: LedgerEntry) -> tuple[ClaimLine, ...]:
    return tuple(line_from_json(line) for line in entry.data["lines"])


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
    walk = _Walk(PersonId(UUID(str(first.data["person"]))), officers)
    for entry in in_order:
        walk.take(entry)
    return Claim(
        id=first.claim,
        person=walk.person,
        state=walk.state,
        lines=walk.lines,
        asked_pence=sum(line.pence for line in walk.lines),
        approved_pence=walk.approved,
        paid_pence=walk.paid,
        entries=tuple(walk.counted),
        flagged=tuple(walk.flagged),
        wish=walk.wish,
        paid_twice=walk.paid_twice,
        paid_apart=walk.paid_apart,
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
