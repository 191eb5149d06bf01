"""What a person can claim: time at the rate of its day, and what reviews were agreed to pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.involvement import ACTIVITY_WORDS, Involvement
from ..domain.people import PersonId
from ..domain.projects import Project
from ..domain.rates import Rate, rate_in_force
from .involvement import time_of
from .ports import UnitOfWork
from .review_pay import agreed_rounds, review_lines


def claimable_lines(
    work: UnitOfWork, person: PersonId, *, claimed: Iterable[ClaimLine]
) -> list[ClaimLine]:
    """Return the lines a person can claim, what is claimed already left out.

    A review that was given back pays what was agreed, in one line, finished or stopped; the
    minutes noted for it are paid by that. Other time is paid at the rate of its day; where no
    rate was in force it is left out: nothing is paid by guess.

    Args:
        work: The unit of work.
        person: Whose.
        claimed: The lines of their claims that count (see ``claims_reading.claimed_lines``).
    """
    before = tuple(claimed)
    taken = {line.pays_for for line in before}
    rates, agreed = work.find(Rate), agreed_rounds(work)
    projects = {project.id: project.title for project in work.find(Project)}
    found = [
        _line(one, rates, projects)
        for one in time_of(work, person)
        if str(one.id) not in taken and one.round not in agreed
    ]
    reviews = review_lines(work, person, claimed=before)
    return [*reviews, *(line for line in found if line is not None)]


def _line(one: Involvement, rates: Iterable[Rate], projects: Mapping[Any, str]) -> ClaimLine | None:
    rate = rate_in_force(rates, on=one.on, minutes=one.minutes)
    if rate is None:
        return None
    where = f", {projects[one.project]}" if one.project in projects else ""
    return ClaimLine(
        kind=LineKind.INVOLVEMENT,
        on=one.on,
        what=f"{ACTIVITY_WORDS[one.activity]}{where}",
        pence=rate.pence,
        minutes=one.minutes,
        involvement=str(one.id),
        rate=str(rate.id),
        project=str(one.project or ""),
    )
