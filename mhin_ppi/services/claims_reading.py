"""Reading claims back from the ledger, for every service that adds money up."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from ..domain.claim_lines import ClaimLine
from ..domain.claims import Claim, ClaimId, ClaimState, LedgerEntry, claim_from
from ..domain.people import PersonId
from ..domain.spaces import person_space
from ..errors import NotFoundError
from .desk import APPROVING, holders
from .ports import UnitOfWork

NO_LONGER_COUNT = frozenset({ClaimState.WITHDRAWN, ClaimState.REJECTED, ClaimState.REVERSED})
"""States in which the lines of a claim are free to be claimed again."""


def all_claims(work: UnitOfWork) -> list[Claim]:
    """Return every claim this laptop may see, newest first."""
    officers = holders(work, APPROVING)
    grouped: dict[ClaimId, list[LedgerEntry]] = defaultdict(list)
    for entry in work.ledger():
        grouped[entry.claim].append(entry)
    made = [claim_from(entries, officers=officers) for entries in grouped.values()]
    found = [claim for claim in made if claim is not None]
    return sorted(found, key=lambda claim: (str(claim.since), str(claim.id)), reverse=True)


def claims_of(work: UnitOfWork, person: PersonId) -> list[Claim]:
    """Return the claims of one person, newest first, without reading anybody else's."""
    officers = holders(work, APPROVING)
    found = []
    for identity in work.plain().claims_in(person_space(person)):
        claim = claim_from(work.ledger(ClaimId(UUID(identity))), officers=officers)
        if claim is not None and claim.person == person:
            found.append(claim)
    return sorted(found, key=lambda claim: (str(claim.since), str(claim.id)), reverse=True)


def one_claim(work: UnitOfWork, claim: ClaimId) -> Claim:
    """Return one claim.

    Raises:
        NotFoundError: Nobody sent it.
    """
    found = claim_from(work.ledger(claim), officers=holders(work, APPROVING))
    if found is None:
        raise NotFoundError("This claim is not on this laptop.")
    return found


def claimed_lines(
    work: UnitOfWork, person: PersonId, *, but: ClaimId | None = None
) -> list[ClaimLine]:
    """Return the lines of a person's claims that count.

    Args:
        work: The unit of work.
        person: Whose.
        but: A claim that is left out, since it is being sent again.
    """
    return [
        line
        for claim in claims_of(work, person)
        if claim.id != but and claim.state not in NO_LONGER_COUNT
        for line in claim.lines
    ]
