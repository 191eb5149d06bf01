"""Budgets and closed books on real stores: what is planned, what is spent, and who may see it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mhin_ppi.domain.budgets import ACTIVITY, EXPENSES, PAYMENTS, BudgetLine
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.spaces import MONEY
from mhin_ppi.errors import InputError, NotAllowedError

TODAY = date(2026, 3, 2)


def expense(pence: int, *, on: date, project: object = "") -> ClaimLine:
    return ClaimLine(
        kind=LineKind.EXPENSE, on=on, what="Bus", pence=pence, project=str(project), id=str(pence)
    )


def line_of(pair, heading: str) -> BudgetLine:
    (found,) = [one for one in pair.ruth.payments.budgets.lines() if one.heading == heading]
    return found


def test_money_set_aside_spent_and_planned(pair):
    budgets = pair.ruth.payments.budgets
    budgets.set_budget(pair.project, year=2025, heading=PAYMENTS, pence=100_000)
    budgets.set_budget(pair.project, year=2025, heading=PAYMENTS, pence=120_000, note="Grant")
    assert line_of(pair, PAYMENTS).budget_pence == 120_000

    pair.ruth.reviewing.ask_to_read(
        pair.version,
        invited=[pair.amber_id],
        minutes=40,
        agreed_pence=2750,
        due_on=TODAY + timedelta(days=9),
    )
    assert line_of(pair, PAYMENTS).planned_pence == 2750
    meeting = pair.ruth.meetings.arrange(
        "Board meeting",
        starts_at=datetime(2026, 3, 20, 10, tzinfo=UTC),
        project=pair.project,
        pay_pence=5500,
    ).value
    assert line_of(pair, PAYMENTS).planned_pence == 2750  # nobody is asked yet
    pair.ruth.meeting_parts.invitations.invite(meeting.id, [pair.amber_id])
    assert line_of(pair, PAYMENTS).planned_pence == 8250
    assert line_of(pair, PAYMENTS).left_after_plans_pence == 120_000 - 8250
    assert [one.pence for one in budgets.planned()] == [2750, 5500]


def test_a_cost_is_taken_back_by_a_record_of_its_own_and_only_once(pair):
    budgets = pair.ruth.payments.budgets
    room = budgets.add_cost(
        pair.project, heading=ACTIVITY, on=TODAY, what=" A room ", pence=9000
    ).value
    assert line_of(pair, ACTIVITY).paid_pence == 9000
    budgets.take_back_cost(room.id)
    assert [(one.what, one.pence) for one in budgets.costs()] == [
        ("A room", 9000),
        ("A room", -9000),
    ]
    assert [one for one in budgets.lines() if one.heading == ACTIVITY and one.paid_pence] == []
    with pytest.raises(NotAllowedError):
        budgets.take_back_cost(room.id)


def test_nobody_but_those_who_keep_the_books_sees_or_sets_them(pair):
    budgets, periods = pair.amber.payments.budgets, pair.amber.payments.periods
    for wanted in (
        budgets.lines,
        budgets.planned,
        budgets.costs,
        periods.closed,
        lambda: budgets.set_budget(pair.project, year=2026, heading=PAYMENTS, pence=1),
        lambda: budgets.add_cost(None, heading=ACTIVITY, on=TODAY, what="A room", pence=1),
        lambda: periods.close(date(2026, 1, 1), date(2026, 1, 31)),
    ):
        with pytest.raises(NotAllowedError):
            wanted()
    pair.ruth.payments.budgets.set_budget(pair.project, year=2026, heading=PAYMENTS, pence=1)
    pair.exchange()
    assert not [one for one in pair.amber.desk.store.entries() if one.space == MONEY]


def test_a_closed_period_stays_and_a_correction_counts_in_the_next(pair):
    ruth, amber = pair.ruth, pair.amber
    spent = expense(4200, on=date(2026, 2, 20), project=pair.project)
    sent = amber.claims.submit([spent]).value
    pair.exchange()
    ruth.claims.decide(sent.id, L.APPROVED)
    ruth.claims.decide(sent.id, L.BATCHED)
    ruth.claims.decide(sent.id, L.PAID)
    pair.clock.set(date(2026, 4, 1))
    periods, march = ruth.payments.periods, (date(2026, 3, 1), date(2026, 3, 31))
    assert periods.between(*march).paid_pence == 4200
    with pytest.raises(InputError):
        periods.close(date(2026, 3, 15), date(2026, 4, 1))
    periods.close(*march)
    with pytest.raises(InputError):
        periods.close(date(2026, 3, 31), date(2026, 3, 31))
    with pytest.raises(InputError):
        ruth.payments.budgets.add_cost(
            None, heading=ACTIVITY, on=date(2026, 3, 31), what="A room", pence=100
        )

    ruth.claims.decide(sent.id, L.REVERSED, reason="It was paid from elsewhere.")
    (closed,) = periods.closed()
    assert closed.agrees
    assert (closed.close.approved_pence, closed.close.paid_pence) == (4200, 4200)
    april = periods.between(date(2026, 4, 1), date(2026, 4, 30))
    assert (april.approved_pence, april.paid_pence) == (-4200, -4200)
    assert [one for one in ruth.payments.budgets.lines() if one.heading == EXPENSES] == []
