"""What two laptops did before they exchanged is told the coordinator, and how to put it right."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.ui.pages.payment_problems import claim_problems, in_two
from tests.domain.test_claims_table import WENT, after, claim, entry


def told(*entries):
    return [(one.words, len(one.cancel)) for one in claim_problems(claim(entries), "Amber")]


def steps(*kinds):
    return [entry(n, kind) for n, kind in enumerate(kinds)]


@pytest.mark.parametrize(
    ("kinds", "words", "cancels"),
    [
        ((*WENT, L.PAID, L.PAID), "noted as paid twice: £9.60 for £4.80", 0),
        ((*WENT, L.REVERSED, L.PAID), "on another laptop it was not to be paid", 1),
        ((*WENT, L.BATCHED), "went to finance from two laptops", 0),
        ((*WENT, L.QUERIED), "1 step with Amber's claim", 0),
    ],
)
def test_each_clash_has_its_sentence(kinds, words, cancels):
    ((said, offered),) = told(*steps(*kinds))
    assert words in said
    assert offered == cancels


def test_a_cancelling_that_does_not_count_and_amounts_that_differ_are_told():
    unaware = replace(entry(4, L.REVERSED), data={"paid_pence": 0})
    ((said, offered),) = told(*steps(*WENT, L.PAID), unaware)
    assert "had not heard of the payment" in said
    assert offered == 1
    less = steps(L.SUBMITTED, L.APPROVED, L.ADJUSTED, L.BATCHED, L.PAID)
    ((said, _),) = told(*less[:4])
    assert "went to finance with £4.80, and £4.00 is approved" in said
    ((said, _),) = told(*less)
    assert "Finance paid £4.80" in said
    assert "£4.00 is approved" in said


def test_nothing_is_told_of_a_life_without_a_clash():
    assert told(*steps(*WENT, L.FAILED, L.BATCHED, L.PAID)) == []


def test_one_thing_in_two_claims_is_cancelled_in_either():
    paid, ready = after((*WENT, L.PAID)), after(WENT)
    assert "was paid for the same thing" in in_two(paid, paid, "Amber").words
    problem = in_two(paid, ready, "Amber")
    assert "has the same thing approved" in problem.words
    assert problem.cancel == (paid, ready)
