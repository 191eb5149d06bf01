"""One rise in two claims: rates added on two laptops before these exchange are two rates.

What each adds to time that was claimed is a line of its own, so that of two claims both look new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.claims import APPROVED_STATES, Claim, ClaimId
from .claimable import claimable_lines
from .claims_reading import NO_LONGER_COUNT, claims_of
from .ports import UnitOfWork


def risen_elsewhere(
    work: UnitOfWork, claim: Claim, lines: Iterable[ClaimLine], *, same: Mapping[str, str]
) -> tuple[ClaimLine, Claim] | None:
    """Return a rise that is more than is still owed, and the claim in which a rise is approved.

    Args:
        work: The unit of work.
        claim: The claim to be decided on.
        lines: Its lines that are to be approved.
        same: For a record of time that was put right, the one that counts in its place.
    """
    mine = [line for line in lines if line.kind is LineKind.ARREARS]
    if not mine:
        return None
    others = [one for one in claims_of(work, claim.person) if one.id != claim.id]
    approved = {
        same.get(line.tops_up, line.tops_up): one
        for one in others
        if one.state in APPROVED_STATES
        for line in one.lines
        if line.kind is LineKind.ARREARS
    }
    again = [line for line in mine if same.get(line.tops_up, line.tops_up) in approved]
    if not again:
        return None
    owed = _owed(work, claim, others, same)
    for line in again:
        key = same.get(line.tops_up, line.tops_up)
        if line.pence > owed.get(key, 0):
            return line, approved[key]
    return None


def _owed(
    work: UnitOfWork, claim: Claim, others: Iterable[Claim], same: Mapping[str, str]
) -> dict[str, int]:
    """Return what rises add now to what was claimed, less the rises that stand approved."""
    before = [line for line in claim.lines if line.kind is not LineKind.ARREARS]
    for one in others:
        if one.state not in NO_LONGER_COUNT:
            counts = one.state in APPROVED_STATES
            before += [line for line in one.lines if counts or line.kind is not LineKind.ARREARS]
    owed: dict[str, int] = {}
    for line in claimable_lines(work, claim.person, claimed=before):
        if line.tops_up:
            key = same.get(line.tops_up, line.tops_up)
            owed[key] = owed.get(key, 0) + line.pence
    return owed


def risen_twice(
    work: UnitOfWork, claims: Iterable[Claim], *, same: Mapping[str, str]
) -> list[tuple[str, ClaimId, ClaimId]]:
    """Return rises that stand approved in two claims and are more than the rate of the day adds.

    Args:
        work: The unit of work.
        claims: Every claim.
        same: For a record of time that was put right, the one that counts in its place.

    Returns:
        What was paid for, and both claims; each pair once.
    """
    found: dict[frozenset[ClaimId], tuple[str, ClaimId, ClaimId]] = {}
    for claim in claims:
        if claim.state not in APPROVED_STATES:
            continue
        # What this claim itself was approved for is not among the others: it is asked for anew.
        elsewhere = risen_elsewhere(work, claim, claim.lines, same=same)
        if elsewhere is not None:
            line, other = elsewhere
            first, second = sorted((claim.id, other.id), key=str)
            found.setdefault(frozenset((first, second)), (line.tops_up, first, second))
    return list(found.values())
