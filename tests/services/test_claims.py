"""Time given, and money asked for it: the right rate, once, and never by one's own hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import ClaimState, LedgerKind
from mhin_ppi.domain.involvement import Activity
from mhin_ppi.domain.pay_wish import PayWhen, PayWish
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError

RISE = date(2025, 12, 16)
DAY = timedelta(days=1)


@pytest.fixture
def paid_pair(pair):
    for name, pence, since in (("Before", 2500, date(2022, 1, 1)), ("After", 2750, RISE)):
        pair.ruth.payments.rates.add(name, pence=pence, minutes=60, valid_from=since)
    pair.to_amber()
    return pair


def expense(pence=500, on=date(2026, 1, 5), what="Bus"):
    return ClaimLine(kind=LineKind.EXPENSE, on=on, what=what, pence=pence)


@pytest.mark.parametrize(("day", "pence"), [(RISE - DAY, 2500), (RISE, 2750), (RISE + DAY, 2750)])
def test_the_rate_of_the_day_counts(paid_pair, day, pence):
    made = paid_pair.amber.time.log(45, on=day).value
    (line,) = paid_pair.amber.claims.claimable()
    assert (line.pence, line.on, line.involvement, line.minutes) == (pence, day, str(made.id), 45)


def test_time_before_any_rate_is_not_priced_by_guess(paid_pair):
    older = {"on": date(2021, 12, 31), "on_behalf_of": paid_pair.amber_id}
    paid_pair.ruth.time.log(45, **older)
    paid_pair.exchange()
    assert len(paid_pair.amber.time.mine()) == 1
    assert paid_pair.amber.claims.claimable() == []


def test_a_new_rate_never_rewrites_an_old_day(paid_pair):
    paid_pair.amber.time.log(45, on=date(2026, 1, 20))
    paid_pair.ruth.payments.rates.add("Later", pence=9900, minutes=60, valid_from=date(2026, 2, 1))
    paid_pair.to_amber()
    assert [line.pence for line in paid_pair.amber.claims.claimable()] == [2750]


@pytest.mark.parametrize("minutes", [0, -5, 24 * 60 + 1])
def test_minutes_that_cannot_be_are_refused(pair, minutes):
    with pytest.raises(InputError):
        pair.amber.time.log(minutes)
    assert pair.amber.time.mine() == []


def test_a_day_to_come_is_refused(pair):
    with pytest.raises(InputError):
        pair.amber.time.log(30, on=date(2999, 1, 1))


def test_a_corrected_time_counts_once_and_the_old_one_is_kept(pair):
    wrong = pair.amber.time.log(350, activity=Activity.MEETING, note="Long day").value
    right = pair.amber.time.correct(wrong.id, minutes=35, on=wrong.on).value
    assert [one.minutes for one in pair.amber.time.mine()] == [35]
    assert (right.corrects, right.activity, right.note) == (wrong.id, Activity.MEETING, "Long day")
    pair.to_ruth()
    assert [one.minutes for one in pair.ruth.time.everyones()] == [35]
    entries = [e for e in pair.ruth.desk.store.entries() if str(wrong.id) in str(e.ops)]
    assert len(entries) == 2


def test_time_of_another_is_neither_typed_nor_corrected_by_a_member(pair):
    theirs = pair.ruth.time.log(60, on_behalf_of=pair.kim).value
    assert (theirs.person, theirs.typed_by) == (pair.kim, pair.ruth.desk.store.person)
    with pytest.raises(NotAllowedError):
        pair.amber.time.log(60, on_behalf_of=pair.kim)
    with pytest.raises(NotFoundError):
        pair.amber.time.correct(theirs.id, minutes=1, on=theirs.on)
    mine = pair.ruth.time.correct(theirs.id, minutes=50, on=theirs.on).value
    assert mine.person == pair.kim


def test_from_time_to_money_step_by_step(paid_pair):
    pair = paid_pair
    pair.amber.time.log(60, on=date(2026, 1, 5))
    lines = [*pair.amber.claims.claimable(), expense()]
    pair.amber.claims.keep_draft(lines)
    assert pair.amber.claims.draft() == lines
    claim = pair.amber.claims.submit(lines, wish=PayWish(PayWhen.DATE, date(2026, 4, 1))).value
    assert (claim.state, claim.asked_pence) == (ClaimState.SUBMITTED, 3250)
    assert pair.amber.claims.draft() == []
    assert pair.amber.claims.claimable() == []
    pair.to_ruth()
    decide = pair.ruth.claims.decide
    with pytest.raises(InputError):
        decide(claim.id, LedgerKind.QUERIED)
    decide(claim.id, LedgerKind.QUERIED, reason="Which bus?")
    pair.to_amber()
    assert pair.amber.claims.mine()[0].entries[-1].reason == "Which bus?"
    pair.amber.claims.submit([lines[0], expense(what="Bus 7")], claim=claim.id)
    pair.to_ruth()
    decide(claim.id, LedgerKind.APPROVED)
    decide(claim.id, LedgerKind.BATCHED, reference="B1")
    decide(claim.id, LedgerKind.FAILED, reason="Wrong number")
    decide(claim.id, LedgerKind.BATCHED, reference="B2")
    done = decide(claim.id, LedgerKind.PAID, reference="B2").value
    assert (done.state, done.paid_pence, done.owed_pence) == (ClaimState.PAID, 3250, 0)
    assert done.flagged == ()
    pair.to_amber()
    assert pair.amber.claims.claim(claim.id) == done


def test_nobody_decides_on_a_claim_of_their_own(pair):
    claim = pair.ruth.claims.submit([expense()]).value
    for kind in (LedgerKind.APPROVED, LedgerKind.REJECTED, LedgerKind.QUERIED):
        with pytest.raises(NotAllowedError):
            pair.ruth.claims.decide(claim.id, kind, reason="Mine")
    assert pair.ruth.claims.claim(claim.id).state is ClaimState.SUBMITTED


def test_a_member_decides_on_nothing_but_their_own_taking_back(pair):
    claim = pair.amber.claims.submit([expense()]).value
    with pytest.raises(NotAllowedError):
        pair.amber.claims.decide(claim.id, LedgerKind.APPROVED)
    given = pair.amber.claims.decide(claim.id, LedgerKind.GIVEN).value
    assert (given.state, given.approved_pence) == (ClaimState.GIVEN, 0)
    again = pair.amber.claims.submit([expense()], claim=claim.id).value
    assert again.state is ClaimState.SUBMITTED
    gone = pair.amber.claims.decide(claim.id, LedgerKind.WITHDRAWN).value
    assert gone.state is ClaimState.WITHDRAWN


def test_the_same_time_is_not_claimed_twice(paid_pair):
    paid_pair.amber.time.log(60, on=date(2026, 1, 5))
    lines = paid_pair.amber.claims.claimable()
    first = paid_pair.amber.claims.submit(lines).value
    with pytest.raises(InputError):
        paid_pair.amber.claims.submit(lines)
    paid_pair.amber.claims.decide(first.id, LedgerKind.WITHDRAWN)
    assert paid_pair.amber.claims.claimable() == lines
    paid_pair.amber.claims.submit(lines)


def test_time_given_as_a_gift_is_not_offered_again(paid_pair):
    paid_pair.amber.time.log(60, on=date(2026, 1, 5))
    claim = paid_pair.amber.claims.submit(paid_pair.amber.claims.claimable()).value
    paid_pair.amber.claims.decide(claim.id, LedgerKind.GIVEN)
    assert paid_pair.amber.claims.claimable() == []


@pytest.mark.parametrize(
    "lines", [[], [expense(0)], [expense(-5)], [expense(10**8)], [expense(on=date(2999, 1, 1))]]
)
def test_lines_that_cannot_be_paid_are_refused(pair, lines):
    with pytest.raises(InputError):
        pair.amber.claims.submit(lines)
    assert pair.amber.claims.all() == []


def test_a_claim_is_seen_by_its_person_and_the_coordinators_only(pair):
    pair.ruth.claims.submit([expense()], on_behalf_of=pair.kim)
    pair.to_amber()
    assert pair.amber.claims.all() == []
    assert pair.amber.time.everyones() == []


@pytest.mark.parametrize("wrong", [{"pence": 0}, {"minutes": 0}, {"name": " "}])
def test_a_rate_needs_all_three(pair, wrong):
    given = {"name": "One hour", "pence": 2500, "minutes": 60} | wrong
    name = given.pop("name")
    with pytest.raises(InputError):
        pair.ruth.payments.rates.add(name, valid_from=RISE, **given)
    with pytest.raises(NotAllowedError):
        pair.amber.payments.rates.add("Mine", pence=10**6, minutes=1, valid_from=RISE)
    assert pair.ruth.payments.rates.all() == []
