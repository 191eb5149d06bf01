"""Deciding on claims on two real laptops: several at once, some lines, to finance and back."""

from __future__ import annotations

from datetime import date

import pytest

from mhin_ppi.domain.claim_clashes import paid_for_twice
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import ClaimState as C
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.pay_wish import PayBy, PayWhen, PayWish
from mhin_ppi.errors import InputError, NotAllowedError
from mhin_ppi.services.claim_deciding import PaidNote

MARCH_2 = date(2026, 3, 2)


def spent(name: str, pence: int) -> ClaimLine:
    return ClaimLine(kind=LineKind.EXPENSE, on=date(2026, 3, 1), what=name, pence=pence, id=name)


def sent(pair, *lines: ClaimLine, wish: PayWish | None = None):
    claim = pair.amber.claims.submit(lines, wish=wish).value
    pair.exchange()
    return claim


def test_one_line_is_asked_about_and_the_rest_goes_on(pair):
    wish = PayWish(PayWhen.DATE, date(2026, 4, 1), PayBy.VOUCHER)
    claim = sent(pair, spent("Bus", 480), spent("Taxi", 2200), spent("Lunch", 700), wish=wish)
    deciding = pair.ruth.payments.deciding
    asked = deciding.ask_about_lines(claim.id, [1], reason="Was there no bus?").value
    assert (asked.state, asked.asked_pence, asked.person) == (C.QUERIED, 2200, pair.amber_id)
    assert asked.wish == wish
    rest = pair.ruth.claims.claim(claim.id)
    assert (rest.state, rest.approved_pence, rest.asked_pence) == (C.APPROVED, 1180, 1180)

    pair.exchange()
    mine = {one.id: one for one in pair.amber.claims.mine()}
    assert mine[asked.id].entries[-1].reason == "Was there no bus?"
    assert sum(one.asked_pence for one in mine.values()) == 3380
    again = pair.amber.claims.submit([spent("Taxi", 2200)], claim=asked.id).value
    assert again.state is C.SUBMITTED
    pair.exchange()
    assert pair.ruth.claims.decide(asked.id, L.APPROVED).value.approved_pence == 2200


def test_two_coordinators_who_ask_the_same_make_one_claim(pair):
    claim = sent(pair, spent("Bus", 480), spent("Taxi", 2200))
    deciding = pair.ruth.payments.deciding
    first = deciding.ask_about_lines(claim.id, [1], reason="Why?").value
    with pytest.raises(NotAllowedError):
        deciding.ask_about_lines(claim.id, [1], reason="Why?")
    assert len(pair.ruth.claims.all()) == 2
    assert {one.id for one in pair.ruth.claims.all()} == {claim.id, first.id}


def test_asking_about_every_line_asks_about_the_claim(pair):
    claim = sent(pair, spent("Bus", 480), spent("Taxi", 2200))
    asked = pair.ruth.payments.deciding.ask_about_lines(claim.id, [0, 1], reason="Why?").value
    assert (asked.id, asked.state) == (claim.id, C.QUERIED)


@pytest.mark.parametrize(("lines", "reason"), [([], "Why?"), ([2], "Why?"), ([0], " ")])
def test_a_question_needs_a_line_that_is_there_and_words(pair, lines, reason):
    claim = sent(pair, spent("Bus", 480), spent("Taxi", 2200))
    with pytest.raises(InputError):
        pair.ruth.payments.deciding.ask_about_lines(claim.id, lines, reason=reason)
    assert pair.ruth.claims.claim(claim.id).state is C.SUBMITTED


def test_several_are_approved_at_once_and_one_that_cannot_be_holds_up_nothing(pair):
    first, second = sent(pair, spent("Bus", 480)), sent(pair, spent("Taxi", 2200))
    own = pair.ruth.claims.submit([spent("Train", 3000)]).value
    decided = pair.ruth.payments.deciding.approve_many([first.id, own.id, second.id]).value
    assert decided.done == (first.id, second.id)
    ((refused, problem),) = decided.refused
    assert refused == own.id
    assert "Nobody can decide on a claim of their own" in str(problem)
    assert pair.ruth.claims.claim(own.id).state is C.SUBMITTED
    with pytest.raises(NotAllowedError):
        pair.amber.payments.deciding.approve_many([own.id])


def test_less_is_approved_with_a_reason_and_more_than_asked_never(pair):
    claim = sent(pair, spent("Taxi", 2200))
    deciding = pair.ruth.payments.deciding
    pair.ruth.claims.decide(claim.id, L.APPROVED)
    less = deciding.approve_less(claim.id, 1000, reason="As agreed by phone.").value
    assert (less.state, less.approved_pence) == (C.APPROVED, 1000)
    assert (
        deciding.approve_less(claim.id, 2200, reason="The receipt came.").value.owed_pence == 2200
    )
    for pence in (0, -5, 2201):
        with pytest.raises(InputError):
            deciding.approve_less(claim.id, pence, reason="Why.")
    with pytest.raises(InputError):
        deciding.approve_less(claim.id, 5, reason="")


def test_to_finance_together_and_paid_on_the_day_finance_says(pair):
    first, second = sent(pair, spent("Bus", 480)), sent(pair, spent("Taxi", 2200))
    deciding = pair.ruth.payments.deciding
    with pytest.raises(NotAllowedError):
        deciding.send_to_finance([first.id])
    deciding.approve_many([first.id, second.id])
    batch = deciding.send_to_finance([first.id, second.id, first.id], note="March").value
    ((kept, claims),) = deciding.batches()
    assert (kept, {one.id for one in claims}) == (batch, {first.id, second.id})
    with pytest.raises(NotAllowedError):
        deciding.send_to_finance([first.id])
    assert len(deciding.batches()) == 1  # nothing half-made is left

    with pytest.raises(InputError):
        deciding.note_paid([PaidNote(first.id, date(2026, 3, 3))])
    deciding.note_paid([PaidNote(first.id, MARCH_2, "BACS 17"), PaidNote(second.id, MARCH_2)])
    with pytest.raises(NotAllowedError):
        deciding.note_paid([PaidNote(first.id, MARCH_2)])
    pair.exchange()
    mine = pair.amber.claims.claim(first.id)
    assert (mine.state, mine.paid_pence, mine.paid_twice) == (C.PAID, 480, False)
    assert mine.entries[-1].data["on"] == "2026-03-02"
    assert mine.entries[-1].data["reference"] == "BACS 17"


def test_another_day_can_be_asked_for_until_it_is_with_finance(pair):
    claim = sent(pair, spent("Bus", 480))
    wish = PayWish(PayWhen.DATE, date(2026, 4, 6))
    assert pair.amber.claims.ask_for_day(claim.id, wish).value.wish == wish
    pair.exchange()
    assert pair.ruth.claims.claim(claim.id).wish == wish
    pair.ruth.payments.deciding.approve_many([claim.id])
    pair.ruth.payments.deciding.send_to_finance([claim.id])
    pair.exchange()
    with pytest.raises(NotAllowedError):
        pair.amber.claims.ask_for_day(claim.id, PayWish())


def test_what_is_approved_in_one_claim_is_not_approved_in_another(pair):
    """Amber claims the same bus on two laptops that had not exchanged: one of the two is paid."""
    first = sent(pair, spent("Bus", 480))
    with pytest.raises(InputError):
        pair.amber.claims.submit([spent("Bus", 480)])
    pair.amber.claims.decide(first.id, L.WITHDRAWN)
    second = pair.amber.claims.submit([spent("Bus", 480), spent("Tea", 200)]).value
    pair.ruth.claims.decide(first.id, L.APPROVED)  # has not heard that it was taken back
    pair.exchange()
    known = pair.ruth.claims.claim(first.id)
    if known.state is C.APPROVED:
        with pytest.raises(NotAllowedError):
            pair.ruth.claims.decide(second.id, L.APPROVED)
        rest = pair.ruth.payments.deciding.ask_about_lines(second.id, [0], reason="Again?").value
        assert rest.asked_pence == 480
    assert paid_for_twice(pair.ruth.claims.all()) == []
