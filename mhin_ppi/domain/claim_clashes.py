"""What two laptops did with claims before they exchanged, and somebody has to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .claims import APPROVED_STATES, Claim, ClaimId
from .people import PersonId


def paid_for_twice(
    claims: Iterable[Claim], *, same: Mapping[str, str] | None = None
) -> list[tuple[str, ClaimId, ClaimId]]:
    """Return what stands approved in two claims of one person: what is paid for, and both claims.

    Services refuse it; two laptops that decide before they exchange can still bring it about.

    Args:
        claims: Every claim.
        same: For a record of time that was put right, the one that counts in its place.
    """
    keys = same or {}
    first: dict[tuple[PersonId, str], ClaimId] = {}
    found = []
    for claim in sorted(claims, key=lambda one: str(one.id)):
        if claim.state not in APPROVED_STATES:
            continue
        for line in claim.lines:
            pays_for = keys.get(line.pays_for, line.pays_for)
            before = first.setdefault((claim.person, pays_for), claim.id)
            if pays_for and before != claim.id:
                found.append((pays_for, before, claim.id))
    return found
