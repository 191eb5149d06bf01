"""A person's own limit: in which week or month money falls, to the day and to the penny."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import ClaimId, LedgerEntry, claim_from
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.earnings import (
    Earning,
    Limit,
    PeriodKind,
    check_limit,
    earnings_of,
    next_with_room,
    period_of,
    totals,
)
from mhin_ppi.domain.people import PersonId
from mhin_ppi.errors import InputError

WEEK = Limit(PeriodKind.WEEK, 18_350)
MONTH = Limit(PeriodKind.MONTH, 10_000)
AMBER, RUTH = (PersonId(UUID(int=n)) for n in (1, 2))


def from_the(day: int) -> Limit:
    return Limit(PeriodKind.ASSESSMENT, 10_000, starts=day)


@pytest.mark.parametrize(
    ("limit", "on", "first", "last"),
    [
        (WEEK, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 29)),
        (WEEK, date(2026, 11, 29), date(2026, 11, 23), date(2026, 11, 29)),
        (Limit(PeriodKind.WEEK, 1, 4), date(2026, 11, 26), date(2026, 11, 20), date(2026, 11, 26)),
        (Limit(PeriodKind.WEEK, 1, 4), date(2026, 11, 27), date(2026, 11, 27), date(2026, 12, 3)),
        (MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (from_the(14), date(2026, 1, 13), date(2025, 12, 14), date(2026, 1, 13)),
        (from_the(14), date(2026, 1, 14), date(2026, 1, 14), date(2026, 2, 13)),
        (from_the(31), date(2027, 2, 27), date(2027, 1, 31), date(2027, 2, 27)),
        (from_the(31), date(2027, 2, 28), date(2027, 2, 28), date(2027, 3, 30)),
        (from_the(29), date(2028, 2, 29), date(2028, 2, 29), date(2028, 3, 28)),
        (from_the(1), date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_a_day_falls_in_the_period_it_should(limit, on, first, last):
    assert period_of(limit, on) == (first, last)


LIMITS = st.one_of(
    st.builds(Limit, st.just(PeriodKind.WEEK), st.integers(1, 30_000), st.integers(0, 6)),
    st.builds(Limit, st.just(PeriodKind.MONTH), st.integers(1, 30_000)),
    st.builds(Limit, st.just(PeriodKind.ASSESSMENT), st.integers(1, 30_000), st.integers(1, 31)),
)
DAYS = st.dates(date(2024, 1, 1), date(2033, 12, 31))


@given(LIMITS, DAYS)
def test_periods_follow_one_another_without_gap_or_overlap(limit, on):
    first, last = period_of(limit, on)
    assert first <= on <= last
    assert period_of(limit, first) == period_of(limit, last) == (first, last)
    assert period_of(limit, last + timedelta(days=1))[0] == last + timedelta(days=1)


@given(
    LIMITS,
    st.lists(st.tuples(st.integers(1, 20_000), DAYS, st.booleans()), max_size=12),
    DAYS,
    st.integers(1, 30_000),
)
def test_nothing_is_lost_between_periods_and_room_is_really_there(limit, given_, today, more):
    earnings = [Earning(pence, "", on, paid) for pence, on, paid in given_]
    found = totals(earnings, limit, today=today)
    assert sum(one.total_pence for one in found) == sum(one.pence for one in earnings)
    assert sum(one.paid_pence for one in found) == sum(e.pence for e in earnings if e.paid)
    room = next_with_room(earnings, limit, more, today=today)
    if room is None:
        assert more > limit.pence
        return
    assert room >= today
    first, last = period_of(limit, room)
    there = sum(one.pence for one in earnings if first <= one.on <= last)
    assert there + more <= limit.pence
    day = today
    while period_of(limit, day)[0] < first:  # no earlier period had room
        begins, ends = period_of(limit, day)
        assert sum(e.pence for e in earnings if begins <= e.on <= ends) + more > limit.pence
        day = ends + timedelta(days=1)


def entry(n: int, kind: L, pence: int, by: PersonId, **data: object) -> LedgerEntry:
    return LedgerEntry(
        id=f"e{n}.0",
        claim=ClaimId(UUID(int=9)),
        kind=kind,
        pence=pence,
        by=by,
        at=datetime(2026, 1, 5, 12, tzinfo=UTC) + timedelta(days=n),
        order=f"{n:04}",
        data=data,
    )


LINES = [
    ClaimLine(kind=LineKind.INVOLVEMENT, on=date(2026, 1, 2), what="Meeting", pence=2750).to_json(),
    ClaimLine(kind=LineKind.EXPENSE, on=date(2026, 1, 2), what="Bus", pence=480).to_json(),
]
SENT = entry(0, L.SUBMITTED, 3230, AMBER, person=str(AMBER), lines=LINES)
TODAY = date(2026, 2, 1)


def earned(*entries: LedgerEntry) -> list[Earning]:
    claim = claim_from([SENT, *entries], officers={RUTH})
    assert claim is not None
    return earnings_of([claim], today=TODAY)


def test_expenses_do_not_count_and_what_is_sent_is_on_its_way():
    (one,) = earned()
    assert (one.pence, one.what, one.on, one.paid) == (2750, "Meeting", TODAY, False)


def test_paid_money_counts_on_the_day_finance_paid_it():
    steps = [entry(1, L.APPROVED, 3230, RUTH), entry(2, L.BATCHED, 3230, RUTH)]
    (one,) = earned(*steps, entry(3, L.PAID, 3230, RUTH, on="2026-01-07"))
    assert (one.pence, one.on, one.paid) == (2750, date(2026, 1, 7), True)
    (one,) = earned(*steps, entry(3, L.PAID, 3230, RUTH))
    assert one.on == date(2026, 1, 8)


@pytest.mark.parametrize("kind", [L.GIVEN, L.WITHDRAWN])
def test_what_is_given_or_taken_back_does_not_count(kind):
    assert earned(entry(1, kind, 3230, AMBER)) == []


def test_a_day_that_was_asked_for_is_when_it_can_come():
    wish = {"pay_when": "date", "pay_on": "2026-03-06"}
    claim = claim_from(
        [entry(0, L.SUBMITTED, 3230, AMBER, person=str(AMBER), lines=LINES, **wish)],
        officers={RUTH},
    )
    assert claim is not None
    (one,) = earnings_of([claim], today=TODAY)
    assert one.on == date(2026, 3, 6)


@pytest.mark.parametrize(
    "limit",
    [
        Limit(PeriodKind.WEEK, 0),
        Limit(PeriodKind.WEEK, -5),
        Limit(PeriodKind.WEEK, 10**9),
        Limit(PeriodKind.WEEK, 100, 7),
        Limit(PeriodKind.ASSESSMENT, 100, 0),
        Limit(PeriodKind.ASSESSMENT, 100, 32),
    ],
)
def test_a_limit_that_cannot_be_is_refused(limit):
    with pytest.raises(InputError):
        check_limit(limit)
