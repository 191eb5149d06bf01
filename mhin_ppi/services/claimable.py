"""What a person can claim: time at the rate of its day, agreed amounts, and what rates rose by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..domain.arrears import rises
from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.claims import ClaimState
from ..domain.involvement import ACTIVITY_WORDS, Activity, Involvement
from ..domain.people import PersonId
from ..domain.projects import Project
from ..domain.rates import Rate, SchemeUse, pay_for
from .agreed_pay import agreed_lines, agreed_meetings, agreed_rounds, paid_by_amount
from .claims_reading import claims_of
from .involvement import time_of
from .ports import UnitOfWork


def claimable_lines(
    work: UnitOfWork, person: PersonId, *, claimed: Iterable[ClaimLine]
) -> list[ClaimLine]:
    """Return the lines a person can claim, what is claimed already left out.

    A review that was given back, or a meeting that pays one amount, is one line; the minutes noted
    for it are paid by that. Other time is paid at the rate of its day; where no rate was in force
    it is left out: nothing is paid by guess. A rate that rose with a back date adds the difference.
    The coordination of the board is noted, and not claimed.

    Args:
        work: The unit of work.
        person: Whose.
        claimed: The lines of their claims that count (see ``claims_reading.claimed_lines``).
    """
    before = tuple(claimed)
    taken = {line.pays_for for line in before}
    rates, uses = work.find(Rate), work.find(SchemeUse)
    rounds, meetings = agreed_rounds(work), agreed_meetings(work)
    projects = {project.id: project.title for project in work.find(Project)}
    found = [
        _line(one, rates, uses, projects)
        for one in time_of(work, person)
        if str(one.id) not in taken
        and one.activity is not Activity.COORDINATION
        and not paid_by_amount(one, rounds, meetings)
    ]
    given = _given_lines(work, person)
    agreed = [
        line for line in agreed_lines(work, person, claimed=before) if line.tops_up not in given
    ]
    more = rises([line for line in before if line.pays_for not in given], rates, uses)
    return [*agreed, *(line for line in found if line is not None), *more]


def _given_lines(work: UnitOfWork, person: PersonId) -> frozenset[str]:
    """Return what a person gave as a gift: a rise adds nothing to it."""
    return frozenset(
        line.pays_for
        for claim in claims_of(work, person)
        if claim.state is ClaimState.GIVEN
        for line in claim.lines
    )


def _line(
    one: Involvement,
    rates: Sequence[Rate],
    uses: Sequence[SchemeUse],
    projects: Mapping[Any, str],
) -> ClaimLine | None:
    lump = one.until is not None
    pay = pay_for(rates, uses, on=one.on, minutes=one.minutes, project=one.project, lump=lump)
    if pay is None:
        return None
    where = f", {projects[one.project]}" if one.project in projects else ""
    return ClaimLine(
        kind=LineKind.INVOLVEMENT,
        on=one.on,
        what=f"{ACTIVITY_WORDS[one.activity]}{where}",
        pence=pay.pence,
        minutes=one.minutes,
        involvement=str(one.id),
        rate=str(pay.rate.id),
        project=str(one.project or ""),
    )
