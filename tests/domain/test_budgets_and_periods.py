"""Budgets add up to the penny, and a closed period never changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.accounts import Cost, CostId, PeriodClose, PeriodCloseId
from mhin_ppi.domain.budgets import (
    EXPENSES,
    PAYMENTS,
    Planned,
    budget_lines,
    check_budget,
    check_cost,
    shared_out,
    year_of,
    year_words,
)
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import Claim, ClaimId, LedgerEntry, claim_from
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.people import PersonId
from mhin_ppi.domain.periods import (
    Movement,
    check_close,
    check_open,
    counts_on,
    movements,
    standing,
    sum_between,
)
from mhin_ppi.domain.projects import ProjectId
from mhin_ppi.domain.rates import Budget, BudgetId
from mhin_ppi.errors import InputError

AMBER, RUTH = (PersonId(UUID(int=n)) for n in (1, 2))
STUDY = ProjectId(UUID(int=5))
START = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "month", "year"),
    [
        (date(2027, 3, 31), 4, 2026),
        (date(2027, 4, 1), 4, 2027),
        (date(2027, 7, 31), 8, 2026),
        (date(2027, 8, 1), 8, 2027),
        (date(2028, 2, 29), 1, 2028),
        (date(2027, 12, 31), 1, 2027),
    ],
)
def test_a_day_belongs_to_its_financial_year(on, month, year):
    assert year_of(on, starts_in=month) == year
    assert year_words(2026, starts_in=month) == ("2026" if month == 1 else "2026/27")


@given(st.integers(0, 10**7), st.lists(st.integers(0, 10**6), max_size=9))
def test_shares_add_up_and_are_fair_to_a_penny(pence, parts):
    shares = shared_out(pence, parts)
    assert sum(shares) == (pence if parts else 0)
    assert all(share >= 0 for share in shares)
    if sum(parts):
        fair = [pence * part / sum(parts) for part in parts]
        assert all(abs(share - one) < 1 for share, one in zip(shares, fair, strict=True))


def line(pence, *, kind=LineKind.INVOLVEMENT, on=date(2026, 3, 30), **more) -> ClaimLine:
    return ClaimLine(kind=kind, on=on, what="It", pence=pence, project=str(STUDY), **more)


def entry(n: int, kind: L, pence: int, claim: int = 9, **data: object) -> LedgerEntry:
    by = AMBER if kind in (L.SUBMITTED, L.WITHDRAWN, L.GIVEN) else RUTH
    return LedgerEntry(
        id=f"e{claim}-{n}",
        claim=ClaimId(UUID(int=claim)),
        kind=kind,
        pence=pence,
        by=by,
        at=START + timedelta(days=n),
        order=f"{n:04}",
        data=data,
    )


def claim(*steps: tuple[L, int], lines: list[ClaimLine], number: int = 9) -> Claim:
    asked = sum(one.pence for one in lines)
    sent = {"person": str(AMBER), "lines": [one.to_json() for one in lines]}
    entries = [entry(0, L.SUBMITTED, asked, number, **sent)]
    entries += [entry(n, kind, pence, number) for n, (kind, pence) in enumerate(steps, start=1)]
    made = claim_from(entries, officers={RUTH})
    assert made is not None
    assert made.flagged == ()
    return made


LINES = [
    line(2750),
    line(480, kind=LineKind.EXPENSE, on=date(2026, 4, 1), prepaid_pence=0),
]
TO_PAID = ((L.APPROVED, 3230), (L.BATCHED, 3230), (L.PAID, 3230))


@pytest.mark.parametrize(
    ("steps", "payments", "expenses"),
    [
        ((), (0, 2750), (0, 480)),
        (TO_PAID[:1], (0, 2750), (0, 480)),
        (TO_PAID[:2], (0, 2750), (0, 480)),
        (TO_PAID, (2750, 0), (480, 0)),
        ((*TO_PAID, (L.FAILED, 3230)), (0, 2750), (0, 480)),
        ((*TO_PAID, (L.REVERSED, 3230)), None, None),
        (((L.GIVEN, 3230),), None, None),
        (((L.WITHDRAWN, 3230),), None, None),
    ],
)
def test_what_is_paid_and_promised_stands_in_the_year_of_the_activity(steps, payments, expenses):
    """Paid and committed pence of the two headings, in the two financial years they fall in."""
    found = budget_lines(
        budgets=[], claims=[claim(*steps, lines=LINES)], costs=[], planned=[], starts_in=4
    )
    shown = {(one.year, one.heading): (one.paid_pence, one.committed_pence) for one in found}
    wanted = {(2025, PAYMENTS): payments, (2026, EXPENSES): expenses}
    assert shown == {key: value for key, value in wanted.items() if value is not None}


def test_a_budget_less_what_is_paid_promised_and_planned_is_what_is_left():
    found = budget_lines(
        budgets=[Budget(BudgetId(UUID(int=1)), STUDY, 2025, PAYMENTS, 10_000)],
        claims=[claim(*TO_PAID, lines=LINES), claim(lines=[line(1000)], number=8)],
        costs=[
            Cost(CostId(UUID(int=2)), STUDY, PAYMENTS, date(2026, 3, 1), "Voucher", 500),
            Cost(CostId(UUID(int=3)), STUDY, PAYMENTS, date(2026, 3, 1), "Voucher", -200),
        ],
        planned=[Planned(STUDY, date(2026, 3, 31), "A meeting", 2000)],
        starts_in=4,
    )
    (first, _) = found
    assert (first.paid_pence, first.committed_pence, first.planned_pence) == (3050, 1000, 2000)
    assert (first.left_pence, first.left_after_plans_pence) == (5950, 3950)


def test_what_the_organisation_paid_ahead_is_spent_and_owed_to_nobody():
    lines = [line(0, kind=LineKind.EXPENSE, prepaid_pence=4200), line(1000)]
    found = budget_lines(budgets=[], claims=[claim(lines=lines)], costs=[], planned=[], starts_in=4)
    shown = {one.heading: (one.paid_pence, one.committed_pence) for one in found}
    assert shown == {EXPENSES: (4200, 0), PAYMENTS: (0, 1000)}


@pytest.mark.parametrize(
    ("pence", "year", "heading"),
    [(-1, 2026, PAYMENTS), (10**9, 2026, PAYMENTS), (1, 1999, PAYMENTS), (1, 2026, " ")],
)
def test_a_budget_that_cannot_be_is_refused(pence, year, heading):
    with pytest.raises(InputError):
        check_budget(pence, year=year, heading=heading)


@pytest.mark.parametrize(
    ("pence", "on", "what"),
    [
        (0, date(2026, 1, 1), "A room"),
        (-5, date(2026, 1, 1), "A room"),
        (10**9, date(2026, 1, 1), "A room"),
        (5, date(2026, 1, 3), "A room"),
        (5, date(2026, 1, 1), "  "),
        (5, date(2026, 1, 1), "x" * 501),
    ],
)
def test_a_cost_that_cannot_be_is_refused(pence, on, what):
    with pytest.raises(InputError):
        check_cost(pence, on=on, what=what, today=date(2026, 1, 2))


def close(number: int, first: date, last: date, *, at: int = 0) -> PeriodClose:
    return PeriodClose(
        id=PeriodCloseId(UUID(int=number)),
        starts_on=first,
        ends_on=last,
        closed_at=START + timedelta(days=at),
    )


def test_every_entry_moves_what_it_moved_and_nothing_else():
    made = claim(*TO_PAID, (L.FAILED, 3230), lines=LINES)
    found = movements([made], officers={RUTH})
    assert [(one.approved_pence, one.paid_pence) for one in found] == [
        (3230, 0),
        (0, 3230),
        (0, -3230),
    ]
    assert sum(one.approved_pence for one in found) == made.approved_pence
    assert sum(one.paid_pence for one in found) == made.paid_pence


def test_a_payment_counts_on_the_day_finance_paid_it_never_in_the_future():
    lines = [line(100)]
    sent = {"person": str(AMBER), "lines": [one.to_json() for one in lines]}
    for said, day in (("2026-01-07", 7), ("2027-01-01", 8), ("nonsense", 8)):
        steps = [entry(0, L.SUBMITTED, 100, **sent), entry(1, L.APPROVED, 100)]
        steps += [entry(2, L.BATCHED, 100), entry(3, L.PAID, 100, on=said)]
        made = claim_from(steps, officers={RUTH})
        assert made is not None
        paid = movements([made], officers={RUTH})[-1]
        assert (paid.paid_pence, paid.on) == (100, date(2026, 1, day))


DAYS = st.dates(date(2026, 1, 1), date(2026, 6, 30))
MOVES = st.lists(st.tuples(DAYS, st.integers(-5000, 5000), st.integers(-5000, 5000)), max_size=14)


@given(MOVES, MOVES, st.lists(st.tuples(DAYS, st.integers(0, 40)), max_size=4))
def test_closed_periods_stay_and_all_periods_together_are_the_ledger(before, after, periods):
    """Some movements, then periods are closed, then others turn up on any day."""
    known = [Movement(f"a{n}", L.PAID, AMBER, on, a, p) for n, (on, a, p) in enumerate(before)]
    late = [Movement(f"b{n}", L.PAID, AMBER, on, a, p) for n, (on, a, p) in enumerate(after)]
    closes: list[PeriodClose] = []
    held: dict[PeriodCloseId, frozenset[str]] = {}
    for number, (first, length) in enumerate(periods, start=1):
        last = first + timedelta(days=length)
        try:
            check_close(first, last, closes, today=date(2027, 1, 1))
        except InputError:
            continue
        total = sum_between(known, first, last, closes=closes, held=held)
        made = close(number, first, last, at=number)
        held[made.id] = frozenset(total.entries)
        closes = standing([*closes, made])
    every = [*known, *late]
    for one in closes:
        total = sum_between(every, one.starts_on, one.ends_on, closes=closes, held=held)
        assert set(total.entries) == held[one.id]
    counted = [counts_on(one, closes, held) for one in every]
    whole = sum_between(
        every,
        min([*counted, date(2026, 1, 1)]),
        max([*counted, date(2026, 1, 1)]),
        closes=closes,
        held=held,
    )
    assert whole.approved_pence == sum(one.approved_pence for one in every)
    assert whole.paid_pence == sum(one.paid_pence for one in every)
    for one in late:
        on = counts_on(one, closes, held)
        assert on >= one.on
        check_open(on, closes)


def test_of_two_overlapping_closes_the_one_made_first_counts():
    first = close(2, date(2026, 1, 1), date(2026, 1, 31), at=1)
    second = close(1, date(2026, 1, 15), date(2026, 2, 15), at=2)
    assert standing([second, first]) == [first]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 2, 2), date(2026, 2, 1)),
        (date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 1, 31), date(2026, 2, 20)),
        (date(2025, 12, 1), date(2026, 1, 1)),
    ],
)
def test_a_period_that_cannot_be_closed_is_refused(first, last):
    closes = [close(1, date(2026, 1, 1), date(2026, 1, 31))]
    with pytest.raises(InputError):
        check_close(first, last, closes, today=date(2026, 3, 31))
