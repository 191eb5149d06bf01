"""What a person can claim: time at the rate of its day, agreed amounts, and what rates rose by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..domain.arrears import offered_pence, rises
from ..domain.claim_lines import ClaimLine, LineKind
from ..domain.claims import ClaimState
from ..domain.involvement import (
    ACTIVITY_WORDS,
    Activity,
    Involvement,
    InvolvementId,
    counting,
)
from ..domain.people import PersonId
from ..domain.projects import Project
from ..domain.rates import Rate, SchemeUse, pay_for
from .agreed_pay import agreed_lines, agreed_meetings, agreed_rounds, paid_by_amount
from .claims_reading import claims_of
from .ports import UnitOfWork


def claimable_lines(
    work: UnitOfWork,
    person: PersonId,
    *,
    claimed: Iterable[ClaimLine],
    priced_by: tuple[Sequence[Rate], Sequence[SchemeUse]] | None = None,
) -> list[ClaimLine]:
    """Return the lines a person can claim, what is claimed already left out.

    A review that was given back, or a meeting that pays one amount, is one line; the minutes noted
    for it are paid by that. Other time is paid at the rate of its day; where no rate was in force
    it is left out: nothing is paid by guess. A rate that rose with a back date adds the difference,
    and so does time that was put right. The coordination of the board is noted, and not claimed.

    Args:
        work: The unit of work.
        person: Whose.
        claimed: The lines of their claims that count (see ``claims_reading.claimed_lines``).
        priced_by: Rates and choices of a scheme to price with; those of the board for ``None``.
    """
    before = tuple(claimed)
    rates, uses = priced_by or (work.find(Rate), work.find(SchemeUse))
    times = counting(work.find(Involvement, person=person))
    given = _given_lines(work, person)
    agreed = [
        line for line in agreed_lines(work, person, claimed=before) if line.tops_up not in given
    ]
    asked = [line for line in before if line.pays_for not in given]
    more = rises(asked, rates, uses, counting={str(one): now for one, now in times.items()})
    return [*agreed, *_time_lines(work, times, before, rates, uses), *more]


def _time_lines(
    work: UnitOfWork,
    times: Mapping[InvolvementId, Involvement],
    before: Sequence[ClaimLine],
    rates: Sequence[Rate],
    uses: Sequence[SchemeUse],
) -> Iterable[ClaimLine]:
    """Yield a line for each piece of time of which no record is claimed yet.

    Where an older record of it was claimed, it is owed the difference at most.
    """
    taken = {line.pays_for for line in before}
    topped: dict[str, int] = defaultdict(int)
    for line in before:
        topped[line.tops_up] += offered_pence(line)
    rounds, meetings = agreed_rounds(work), agreed_meetings(work)
    projects = {project.id: project.title for project in work.find(Project)}
    records: dict[InvolvementId, list[str]] = defaultdict(list)
    for identity, now in times.items():
        records[now.id].append(str(identity))
    for key, same in records.items():
        one = times[key]
        by_amount = paid_by_amount(one, rounds, meetings)
        if one.activity is Activity.COORDINATION or by_amount or not taken.isdisjoint(same):
            continue
        # A rise of it may be claimed while what it rose from is free to be claimed again.
        had = sum(topped[each] for each in same)
        priced = _line(one, rates, uses, projects)
        if priced is not None and priced.pence > had:
            yield replace(priced, pence=priced.pence - had)


def times_without_rate(
    work: UnitOfWork, person: PersonId, *, claimed: Iterable[ClaimLine]
) -> list[Involvement]:
    """Return time that would be paid if its day had a rate, in the order recorded.

    The coordination of the board is not paid, what has an agreed amount is paid by that, and of
    time that was put right one record claimed is enough.

    Args:
        work: The unit of work.
        person: Whose.
        claimed: The lines of their claims that count.
    """
    taken = {line.involvement for line in claimed}
    times = counting(work.find(Involvement, person=person))
    settled = {now.id for identity, now in times.items() if str(identity) in taken}
    rates, uses = work.find(Rate), work.find(SchemeUse)
    rounds, meetings = agreed_rounds(work), agreed_meetings(work)
    return [
        one
        for one in {now.id: now for now in times.values()}.values()
        if one.activity is not Activity.COORDINATION
        and one.id not in settled
        and not paid_by_amount(one, rounds, meetings)
        and _line(one, rates, uses, {}) is None
    ]


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
