"""Budgets and closed books on real stores: what is planned, what is spent, and who may see it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mhin_ppi.domain.budgets import ACTIVITY, EXPENSES, PAYMENTS, BudgetLine
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.rates import RateUnit
from mhin_ppi.domain.spaces import MONEY
from mhin_ppi.errors import InputError, NotAllowedError

TODAY = date(2026, 3, 2)
SINCE = date(2025, 1, 1)


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


def test_plans_are_priced_by_the_scheme_in_use_on_their_day(pair):
    ruth, rates = pair.ruth, pair.ruth.payments.rates
    rates.add("An hour", pence=2500, minutes=60, valid_from=SINCE)
    rates.add("An hour", pence=4000, minutes=60, valid_from=SINCE, scheme="Trust")
    rates.add(
        "By the hour", pence=3000, minutes=0, valid_from=SINCE, scheme="H", unit=RateUnit.HOUR
    )
    rates.use("Board", valid_from=SINCE)
    rates.use("Trust", valid_from=SINCE, project=pair.project)
    rates.use("H", valid_from=date(2026, 3, 21), project=pair.project)
    for due_on in (date(2026, 3, 20), date(2026, 3, 21)):
        ruth.reviewing.ask_to_read(pair.version, invited=[pair.amber_id], minutes=50, due_on=due_on)
    for day, project in ((20, pair.project), (20, None), (21, pair.project)):
        meeting = ruth.meetings.arrange(
            "M", starts_at=datetime(2026, 3, day, 10, tzinfo=UTC), minutes=50, project=project
        ).value
        ruth.meeting_parts.invitations.invite(meeting.id, [pair.amber_id])
    planned = {
        (one.on.day, one.project, one.what[0]): one.pence for one in ruth.payments.budgets.planned()
    }
    assert planned == {
        (20, pair.project, "R"): 4000,
        (21, pair.project, "R"): 2500,
        (20, pair.project, "“"): 4000,
        (20, None, "“"): 2500,
        (21, pair.project, "“"): 2500,
    }


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
