"""What steps with claims share: how much one concerns, what forbids it, how it is written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ..domain.british import money
from ..domain.claim_lines import ClaimLine
from ..domain.claim_reference import reference_of
from ..domain.claims import APPROVED_STATES, Claim, ClaimId, ClaimState, LedgerKind
from ..domain.involvement import Involvement, counting
from ..domain.log import LedOp
from ..domain.people import PersonId
from ..domain.spaces import person_space
from ..errors import NotAllowedError
from .claims_reading import claims_of
from .ports import UnitOfWork
from .risen_twice import risen_elsewhere

_OF_WHAT_IS_APPROVED = frozenset(
    {LedgerKind.PAID, LedgerKind.BATCHED, LedgerKind.FAILED, LedgerKind.REVERSED}
)


def pence_of(claim: Claim, kind: LedgerKind) -> int:
    """Return how much a step concerns: what is approved once it is, what is asked before.

    A payment comes back as what it was, which may be another sum than what is approved.
    """
    if kind is LedgerKind.FAILED and claim.state is ClaimState.PAID:
        return [one.pence for one in claim.entries if one.kind is LedgerKind.PAID][-1]
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
        NotAllowedError: It does, or a rise of it does; the sentence names the line.
    """
    lines = tuple(lines)
    line, other = _elsewhere(work, claim, lines, APPROVED_STATES)
    if line is not None and other is not None:
        raise NotAllowedError(
            f"“{line.what}” is approved already, in a claim of {money(other.asked_pence)}.",
            what_is_safe="Nothing was approved.",
            next_step="Ask about this line, and approve the rest.",
        )
    risen = risen_elsewhere(work, claim, lines, same=same_time(work, claim.person))
    if risen is not None:
        line, other = risen
        raise NotAllowedError(
            f"“{line.what}” is more than is still owed: claim {reference_of(other.id)} is approved "
            "for a rise of the same time.",
            what_is_safe="Nothing was approved.",
            next_step="Ask about this line, and approve the rest.",
        )


def refuse_paid_before(work: UnitOfWork, claim: Claim) -> None:
    """Refuse to note as paid, without a word, what was paid in another claim of the same person.

    Two claims for one thing come to finance where two laptops send them before they exchange. The
    other one may be with finance still: then this payment is the first.

    Raises:
        NotAllowedError: It was; the sentence names the line and the other claim.
    """
    line, other = _elsewhere(work, claim, claim.lines, {ClaimState.PAID})
    if line is not None and other is not None:
        raise NotAllowedError(
            f"“{line.what}” was paid already, in claim {reference_of(other.id)}.",
            what_is_safe="Nothing was noted, and that payment stands.",
            next_step="Ask finance. If they paid it a second time, note this one again and say so; "
            "if not, cancel one of the two claims by a correction.",
        )


def _elsewhere(
    work: UnitOfWork, claim: Claim, lines: Iterable[ClaimLine], states: Collection[ClaimState]
) -> tuple[ClaimLine | None, Claim | None]:
    """Return a line that stands in another claim of the person as well, and that claim."""
    keys = same_time(work, claim.person)
    standing = {
        keys.get(line.pays_for, line.pays_for): other
        for other in claims_of(work, claim.person)
        if other.id != claim.id and other.state in states
        for line in other.lines
        if line.pays_for
    }
    for line in lines:
        other = standing.get(keys.get(line.pays_for, line.pays_for))
        if other is not None:
            return line, other
    return None, None


def same_time(work: UnitOfWork, person: PersonId | None = None) -> dict[str, str]:
    """Return for each record of time that was put right the one that counts in its place.

    A claim for either pays for the same time.

    Args:
        work: The unit of work.
        person: Whose time; everybody's for ``None``.
    """
    found = work.find(Involvement) if person is None else work.find(Involvement, person=person)
    counts = counting(found)
    return {str(one): str(now.id) for one, now in counts.items() if now.id != one}
