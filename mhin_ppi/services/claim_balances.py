"""What is asked, approved and paid in all: worked out once, and kept for the next time.

The rules are those of ``domain.claims`` and nothing else. What was worked out is kept on this
laptop, where it can be made again from the ledger at any time; of what has happened since only the
claims concerned are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..domain.budgets import shared_out
from ..domain.claims import Claim, ClaimId, ClaimState, claim_from
from .claims_reading import all_claims
from .desk import APPROVING, Desk, holders
from .ports import UnitOfWork

_NAMED = "claim_balances_"
KEPT = f"{_NAMED}3"
"""Under this name the sums lie on this laptop, and each claim's part in them beside it.

The number is raised whenever the rules of claims change: what the rules before had made of the same
entries is worked out anew, and forgotten.
"""

_STATES, _PEOPLE, _PROJECTS = _NAMES = ("states", "people", "projects")
_SHARD = 2
_KEEP_AFTER = 300
"""Entries of other sorts after which the position is brought up to date all the same."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What is asked, approved and paid, in pence.

    Args:
        claims: How many claims it is made of.
        asked: What is asked for.
        approved: What is approved.
        paid: What is paid.
    """

    claims: int = 0
    asked: int = 0
    approved: int = 0
    paid: int = 0


@dataclass(frozen=True, slots=True)
class Balances:
    """Sums over every claim this laptop may see.

    Args:
        by_state: By where claims are.
        by_person: By whose they are (ids as text).
        by_project: By what they are for (ids as text, "" for the whole board); a claim for several
            projects is shared out to the penny.
    """

    by_state: Mapping[ClaimState, Balance]
    by_person: Mapping[str, Balance]
    by_project: Mapping[str, Balance]


@dataclass(frozen=True)
class ClaimBalances:
    """Sums of the ledger."""

    desk: Desk

    def all(self) -> Balances:
        """Return the sums as they stand now."""
        with self.desk.store.unit_of_work() as work:
            sums = _brought_up_to_date(work)
            work.commit()
        return Balances(
            by_state={ClaimState(state): Balance(*row) for state, row in sums[_STATES].items()},
            by_person={person: Balance(*row) for person, row in sums[_PEOPLE].items()},
            by_project={project: Balance(*row) for project, row in sums[_PROJECTS].items()},
        )


Sums = dict[str, dict[str, list[int]]]
"""For states, people and projects: how many claims; asked, approved and paid pence."""
Standing = dict[str, Any]
"""What one claim stands at, in plain values."""


def _brought_up_to_date(work: UnitOfWork) -> Sums:
    reading = work.plain()
    position, kept = reading.position(), work.local(KEPT)
    shown = reading.ledger_shown()
    known = kept is not None and kept["shown"] == shown
    moved = reading.claims_moved_since(kept["position"]) if kept and known else None
    if kept is None or moved is None:
        return _worked_out(work, position, shown)
    sums: Sums = {name: dict(kept["sums"][name]) for name in _NAMES}
    if moved:
        officers = holders(work, APPROVING)
        for shard, claims in _by_shard(moved).items():
            standings = dict(work.local(shard) or {})
            for identity in claims:
                claim = claim_from(work.ledger(ClaimId(UUID(identity))), officers=officers)
                if claim is not None:
                    _count(sums, standings.get(identity), -1)
                    standings[identity] = _standing(claim)
                    _count(sums, standings[identity], 1)
            work.keep_local(shard, standings)
    if moved or position - kept["position"] > _KEEP_AFTER:
        work.keep_local(KEPT, {"position": position, "shown": shown, "sums": sums})
    return sums


def _worked_out(work: UnitOfWork, position: int, shown: str) -> Sums:
    sums: Sums = {name: {} for name in _NAMES}
    standings = {str(claim.id): _standing(claim) for claim in all_claims(work)}
    for standing in standings.values():
        _count(sums, standing, 1)
    for before in work.local_keys(_NAMED):
        work.keep_local(before, None)
    for shard, claims in _by_shard(standings).items():
        work.keep_local(shard, {identity: standings[identity] for identity in claims})
    work.keep_local(KEPT, {"position": position, "shown": shown, "sums": sums})
    return sums


def _by_shard(claims: Iterable[str]) -> dict[str, list[str]]:
    """Return claims by the part of what is kept in which they are: few are read at a time."""
    found: dict[str, list[str]] = defaultdict(list)
    for identity in claims:
        found[f"{KEPT}:{identity[-_SHARD:]}"].append(identity)
    return found


def _standing(claim: Claim) -> Standing:
    parts = [line.pence for line in claim.lines]
    approved = shared_out(max(claim.approved_pence, 0), parts)
    paid = shared_out(max(claim.paid_pence, 0), parts)
    shares: dict[str, list[int]] = {}
    for line, more, moved in zip(claim.lines, approved, paid, strict=True):
        share = shares.setdefault(line.project, [0, 0, 0])
        share[0] += line.pence
        share[1] += more
        share[2] += moved
    whole = [claim.asked_pence, claim.approved_pence, claim.paid_pence]
    return {
        _STATES: claim.state.value,
        _PEOPLE: str(claim.person),
        "whole": whole,
        _PROJECTS: shares,
    }


def _count(sums: Sums, standing: Standing | None, sign: int) -> None:
    """Add a claim to the sums, or take it out of them."""
    if standing is None:
        return
    parts = [(name, standing[name], standing["whole"]) for name in (_STATES, _PEOPLE)]
    parts += [(_PROJECTS, project, share) for project, share in standing[_PROJECTS].items()]
    for name, key, figures in parts:
        before = sums[name].get(key, [0, 0, 0, 0])
        now = [old + sign * more for old, more in zip(before, (1, *figures), strict=True)]
        if now[0]:
            sums[name][key] = now
        else:
            sums[name].pop(key, None)
