"""One thing in two claims: noted as paid once, and a second payment only as what it is."""

from __future__ import annotations

from datetime import date

import pytest

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.domain.claims import ClaimState as C
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.paid_list import Finding
from mhin_ppi.domain.spaces import MONEY, person_space
from mhin_ppi.errors import NotAllowedError
from mhin_ppi.services.claim_deciding import PaidNote
from mhin_ppi.services.claim_steps import same_time
from mhin_ppi.services.sample_laptops import carry
from tests.services.test_finance_office import paid_list
from tests.services.test_same_on_two_laptops import both_coordinate

TODAY = date(2026, 3, 2)


def to_finance(side, line: ClaimLine, person):
    """Claim for somebody and send it on: all of it on one laptop."""
    claim = side.claims.submit([line], on_behalf_of=person).value.id
    side.payments.deciding.approve_many([claim])
    side.payments.deciding.send_to_finance([claim])
    return claim


@pytest.fixture
def same_bus(pair):
    """One bus of Kim's in two claims, each sent to finance on a laptop of its own."""
    both_coordinate(pair)
    line = ClaimLine(LineKind.EXPENSE, date(2026, 3, 1), "Bus", 480, id="bus")
    made = [to_finance(side, line, pair.kim) for side in (pair.ruth, pair.amber)]
    meet(pair)
    assert {pair.ruth.claims.claim(one).state for one in made} == {C.BATCHED}
    return made


def meet(pair):
    """Exchange everything, Kim's claims as well, as two coordinators do."""
    ruth, amber = pair.ruth.desk.store, pair.amber.desk.store
    spaces = (*pair.shared, MONEY, person_space(pair.kim))
    carry(amber, ruth, spaces=spaces)
    carry(ruth, amber, spaces=spaces)


def test_the_second_of_two_payments_for_one_thing_is_never_noted_without_a_word(pair, same_bus):
    first, second = same_bus
    deciding = pair.ruth.payments.deciding
    deciding.note_paid([PaidNote(first, TODAY)])  # the other one is with finance: this is the first
    before = pair.ruth.desk.store.digest()
    for pay in (
        lambda: pair.ruth.claims.decide(second, L.PAID),
        lambda: deciding.note_paid([PaidNote(second, TODAY)]),
    ):
        with pytest.raises(NotAllowedError) as refused:
            pay()
        assert reference_of(first) in str(refused.value)
    assert pair.ruth.desk.store.digest() == before

    # Finance did pay it twice: that is a fact, noted as one, and seen until the money is back.
    deciding.note_paid([PaidNote(second, TODAY, a_second_time=True)])
    assert pair.ruth.payments.balances.all().by_person[str(pair.kim)].paid == 960
    ((_, *both),) = deciding.paid_for_twice()
    assert both == sorted(same_bus, key=str)
    pair.ruth.claims.decide(second, L.REVERSED, reason="Finance has it back.")
    assert pair.ruth.payments.balances.all().by_person[str(pair.kim)].paid == 480
    assert deciding.paid_for_twice() == []


def test_finances_list_tells_the_second_payment_apart_and_takes_the_rest(pair, same_bus):
    office = pair.ruth.payments.office
    table = paid_list([(reference_of(one), "4.80", "2026-03-02", "") for one in same_bus])
    check = office.check_list(table)
    assert [one.finding for one in check.rows] == [Finding.EQUAL, Finding.PAID_ELSEWHERE]
    assert reference_of(same_bus[0]) in check.rows[1].words
    office.note_paid(check)
    states = [pair.ruth.claims.claim(one).state for one in same_bus]
    assert states == [C.PAID, C.BATCHED]
    again = office.check_list(table)
    assert [one.finding for one in again.rows] == [Finding.ALREADY_PAID, Finding.PAID_ELSEWHERE]
    assert again.equal == ()


def test_time_that_was_put_right_is_the_same_time(pair):
    """Amber claims 35 minutes; Ruth, who has not heard, puts them right and claims for her."""
    pair.ruth.payments.rates.add("A", pence=2500, minutes=60, valid_from=date(2022, 1, 1))
    time = pair.amber.time.log(35, on=date(2026, 3, 1)).value
    pair.exchange()
    old = pair.amber.claims.submit(pair.amber.claims.claimable()).value.id
    pair.ruth.time.correct(time.id, minutes=50, on=time.on)
    lines = pair.ruth.claims.claimable(pair.amber_id)
    new = pair.ruth.claims.submit(lines, on_behalf_of=pair.amber_id).value.id
    pair.exchange()
    decided = pair.ruth.payments.deciding.approve_many([old, new]).value
    assert (decided.done, [one for one, _ in decided.refused]) == ((old,), [new])
    with pair.ruth.desk.store.unit_of_work() as work:
        assert same_time(work) == same_time(work, pair.amber_id)
        assert same_time(work).keys() == {str(time.id)}


def test_one_rise_added_on_two_laptops_is_paid_once_and_the_next_rise_is_paid(pair):
    """Both coordinators add the same new rate, and each claims what it adds for Kim."""
    both_coordinate(pair)
    ruth, kim = pair.ruth, pair.kim
    since = date(2025, 12, 16)
    ruth.payments.rates.add("Old", pence=2500, minutes=60, valid_from=date(2022, 1, 1))
    ruth.time.log(60, on=date(2026, 1, 5), on_behalf_of=kim)
    ruth.claims.submit(ruth.claims.claimable(kim), on_behalf_of=kim)
    meet(pair)
    made = []
    for side in (ruth, pair.amber):
        side.payments.rates.add("New", pence=2750, minutes=60, valid_from=since)
        (line,) = side.claims.claimable(kim)
        assert line.pence == 250
        made.append(side.claims.submit([line], on_behalf_of=kim).value.id)
    meet(pair)
    decided = ruth.payments.deciding.approve_many(made).value
    assert (decided.done, [one for one, _ in decided.refused]) == ((made[0],), [made[1]])
    assert "a rise of the same time" in str(decided.refused[0][1])
    assert ruth.payments.deciding.paid_for_twice() == []

    # Each approved on a laptop of its own, it is told once they exchange.
    pair.amber.payments.deciding.approve_many([made[1]])
    meet(pair)
    ((_, *both),) = ruth.payments.deciding.paid_for_twice()
    assert both == sorted(made, key=str)
    ruth.claims.decide(made[1], L.REVERSED, reason="The same rise.")

    ruth.payments.rates.add("Newer", pence=3000, minutes=60, valid_from=since)
    (line,) = ruth.claims.claimable(kim)
    assert line.pence == 250
    more = ruth.claims.submit([line], on_behalf_of=kim).value.id
    assert ruth.payments.deciding.approve_many([more]).value.done == (more,)
    assert ruth.payments.deciding.paid_for_twice() == []
