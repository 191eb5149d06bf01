"""What steps with claims share: how much one concerns, what forbids it, how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.british import money
from ..domain.claim_lines import ClaimLine
from ..domain.claims import APPROVED_STATES, Claim, ClaimId, LedgerKind
from ..domain.log import LedOp
from ..domain.people import PersonId
from ..domain.spaces import person_space
from ..errors import NotAllowedError
from .claims_reading import claims_of
from .ports import UnitOfWork

_OF_WHAT_IS_APPROVED = frozenset(
    {LedgerKind.PAID, LedgerKind.BATCHED, LedgerKind.FAILED, LedgerKind.REVERSED}
)


def pence_of(claim: Claim, kind: LedgerKind) -> int:
    """Return how much a step concerns: what is approved once it is, what is asked before."""
    return claim.approved_pence if kind in _OF_WHAT_IS_APPROVED else claim.asked_pence


def write_step(
    work: UnitOfWork,
    claim: ClaimId,
    kind: LedgerKind,
    pence: int,
    *,
    person: PersonId,
    data: Mapping[str, Any],
) -> None:
    """Add an entry to the ledger of a person's claim."""
    work.record(person_space(person), [LedOp(str(claim), kind.value, pence, dict(data))])


def refuse_paying_twice(work: UnitOfWork, claim: Claim, lines: Iterable[ClaimLine]) -> None:
    """Refuse to approve what stands approved in another claim of the same person.

    Raises:
        NotAllowedError: It does; the sentence names the line.
    """
    approved = {
        line.pays_for: other
        for other in claims_of(work, claim.person)
        if other.id != claim.id and other.state in APPROVED_STATES
        for line in other.lines
        if line.pays_for
    }
    for line in lines:
        other = approved.get(line.pays_for)
        if other is not None:
            raise NotAllowedError(
                f"“{line.what}” is approved already, in a claim of {money(other.asked_pence)}.",
                what_is_safe="Nothing was approved.",
                next_step="Ask about this line, and approve the rest.",
            )
