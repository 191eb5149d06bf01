"""Lives of claims on three real laptops, against a recount of the signed entries by other code.

The recount (``claim_recount.py``) reads the bytes that were signed, follows the table of
``PRODUCT.md``, and knows nothing of the program's own claims.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, rule

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import Claim, ClaimId
from mhin_ppi.domain.claims import ClaimState as C
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.payment_problems import claim_problems
from tests.services.claim_living import WAYS, WENT, WHO, ClaimLiving
from tests.services.claim_recount import Recount, in_two, recount
from tests.services.laptops import PASSPHRASE
from tests.storage import boards as stores

DAY = date(2026, 3, 1)


class ClaimLives(ClaimLiving):
    """Two coordinators decide before they exchange: all of it adds up, and clashes are told."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: dict[int, int] = {}

    @rule(who=WHO)
    def crash(self, who: int) -> None:
        """What lies on the disk while a board is open opens whole, with every step in it."""
        side = self.side(who)
        with tempfile.TemporaryDirectory() as place:
            image = Path(place) / "image"
            shutil.copytree(side.folder, image, ignore=shutil.ignore_patterns("*lock*"))
            again = self.pair.boards.open(image, passphrase=PASSPHRASE)
            assert recount(again) == recount(side)
            assert again.verify() == []
            again.close()

    @rule()
    def all_meet(self) -> None:
        self.trio.all_meet()
        ruth, kim, amber = self.trio.everyone
        spaces = self.trio.spaces
        assert ruth.desk.store.digest(*spaces) == kim.desk.store.digest(*spaces)
        shared = self.pair.shared
        assert ruth.desk.store.digest(*shared) == amber.desk.store.digest(*shared)
        assert ruth.claims.all() == kim.claims.all() == amber.claims.all()
        assert ruth.payments.balances.all() == kim.payments.balances.all()
        closed = [one.payments.periods.closed() for one in (ruth, kim)]
        assert closed[0] == closed[1]

    def teardown(self) -> None:
        try:
            self.all_meet()
            self.all_adds_up()
            assert all(one.verify() == [] for one in self.trio.everyone)
        finally:
            super().teardown()

    @invariant()
    def all_adds_up(self) -> None:
        """Look at the laptops on which something was written since they were looked at."""
        now = self.written()
        for at, side in enumerate(self.trio.everyone):
            if now[at] != self.seen.get(at):
                counted, claims = recount(side), side.claims.all()
                balances_are_those(side, counted, claims)
                if side is not self.pair.amber:
                    months_add_up(side, counted)
                    clashes_are_told(side, counted, claims)
                self.check_more(side, claims)
        self.seen = dict(enumerate(self.written()))

    def check_more(self, side: Services, claims: Sequence[Claim]) -> None:
        """Check what holds in some lives only."""


def balances_are_those(side: Services, counted: Recount, claims: Sequence[Claim]) -> None:
    shown = {str(one.id): one for one in claims}
    assert shown.keys() == counted.keys()
    people: dict[str, int] = defaultdict(int)
    for identity, was in counted.items():
        one = shown[identity]
        told = one.state.value, str(one.person), one.approved_pence, one.paid_pence
        assert told == was.money()
        assert len(one.entries) + len(one.flagged) == was.steps
        people[was.person] += was.paid
    found = side.payments.balances.all()
    assert {key: one.paid for key, one in found.by_person.items()} == dict(people)
    assert sum(one.paid for one in found.by_project.values()) == sum(people.values())


def months_add_up(side: Services, counted: Recount) -> None:
    months: dict[str, int] = defaultdict(int)
    for one in counted.values():
        for month, pence in one.months.items():
            months[month] += pence
    periods = side.payments.periods
    assert periods.between(date.min, date.max).paid_pence == sum(months.values())
    if not periods.closed():
        for month, pence in months.items():
            assert periods.between(*_month(month)).paid_pence == pence


def clashes_are_told(side: Services, counted: Recount, claims: Sequence[Claim]) -> None:
    pairs = side.payments.deciding.paid_for_twice()
    told_of, known = {frozenset(map(str, ids)) for _, *ids in pairs}, in_two(side, counted)
    assert known <= told_of
    for both in told_of - known:  # two rises of one time that are too much together
        topped = [
            {t.split(" more by ")[0] for t in counted[one].things if " more by " in t}
            for one in both
        ]
        assert all(topped)
    for one in claims:
        was, told = counted[str(one.id)], claim_problems(one, "Amber")
        assert sorted(entry.kind.value for entry in one.flagged) == sorted(was.left_out)
        amiss = was.left_out or was.paid > was.approved or was.paid > one.asked_pence
        assert told or not (amiss or (was.state is C.PAID and was.paid != was.approved))
        assert was.paid >= 0
        assert was.twice or was.paid == 0 or was.state in (C.PAID, C.APPROVED, C.BATCHED)


def _month(month: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{month}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


class OneCoordinator(ClaimLives):
    """Only Ruth decides: nothing can clash, so nothing is ever paid twice, nor a period changed."""

    coordinators = 1

    def check_more(self, side: Services, claims: Sequence[Claim]) -> None:
        assert in_two(side, recount(side)) == set()
        assert not any(one.paid_twice or one.paid_apart for one in claims)
        assert all(0 <= one.paid_pence <= one.asked_pence for one in claims)
        if side is self.pair.ruth:
            assert all(one.agrees for one in side.payments.periods.closed())


def _so_many(examples: int, steps: int) -> settings:
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


ClaimLives.TestCase.settings = _so_many(3, 12)
TestClaimLives = ClaimLives.TestCase
OneCoordinator.TestCase.settings = _so_many(2, 12)
TestOneCoordinator = OneCoordinator.TestCase


@pytest.mark.slow
@pytest.mark.timeout(1800)
class TestManyClaimLives(ClaimLives.TestCase):
    settings = _so_many(25, 30)


@pytest.mark.slow
@pytest.mark.timeout(1800)
class TestManyLivesWithOneCoordinator(OneCoordinator.TestCase):
    settings = _so_many(15, 30)


def check_clashes(ways: Sequence[tuple[L, ...]]) -> None:
    """Try each way on one laptop with each way on the other, in both orders, a claim for each."""
    life = ClaimLives()
    try:
        ruth, kim = life.trio.coordinators
        clashes = list(product(ways, repeat=2))
        line = ClaimLine(LineKind.EXPENSE, DAY, "Bus", 480)
        claims = [life.pair.amber.claims.submit([line]).value for _ in clashes]
        life.trio.all_meet()
        for side, place in ((ruth, 0), (kim, 1)):
            for claim, pair in zip(claims, clashes, strict=True):
                for kind in pair[place]:
                    life.take(side, claim, kind)
        apart = [recount(side) for side in (ruth, kim)]
        life.all_meet()
        life.all_adds_up()
        for claim, pair in zip(claims, clashes, strict=True):
            now = ruth.claims.claim(claim.id)
            moved = [one[str(claim.id)].paid for one in apart]
            assert now.paid_pence >= max(moved), pair  # what finance has paid is never dropped
            if all(moved):
                assert now.paid_twice
    finally:
        life.teardown()


def test_what_one_laptop_paid_counts_whatever_the_other_did_in_the_meantime():
    check_clashes([(L.REJECTED,), (*WENT, L.REVERSED), (*WENT, L.PAID)])


def test_a_payment_of_another_sum_than_is_approved_comes_back_whole():
    """Ruth sends £4.80 on; Kim approves £4.00, sends that, and notes that finance paid it."""
    life = ClaimLives()
    try:
        ruth, kim = life.trio.coordinators
        line = ClaimLine(LineKind.EXPENSE, DAY, "Bus", 480)
        claims = [life.pair.amber.claims.submit([line]).value for _ in range(2)]
        life.trio.all_meet()
        for claim in claims:
            ruth.claims.decide(claim.id, L.APPROVED)
        life.trio.all_meet()
        for claim in claims:
            ruth.claims.decide(claim.id, L.BATCHED)
            kim.payments.deciding.approve_less(claim.id, 400, reason="So agreed.")
            kim.claims.decide(claim.id, L.BATCHED)
            kim.claims.decide(claim.id, L.PAID)
        life.all_meet()
        for claim, back in zip(claims, (L.REVERSED, L.FAILED), strict=True):
            now = ruth.claims.claim(claim.id)
            assert (now.state, now.approved_pence, now.paid_pence) == (C.PAID, 480, 400)
            told = " ".join(one.words for one in claim_problems(now, "Amber"))
            assert "Finance paid £4.00" in told
            assert ruth.claims.decide(claim.id, back, reason="It is back.").value.paid_pence == 0
    finally:
        life.teardown()


@pytest.mark.slow
def test_each_way_to_decide_against_each_other():
    check_clashes(WAYS)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger SET pence = pence + 1 WHERE kind = 'approved'",
        "UPDATE ledger SET kind = 'paid' WHERE kind = 'approved'",
        "UPDATE ledger SET person = (SELECT person FROM ledger LIMIT 1)",
        "UPDATE ledger SET at = '2020-01-01T00:00:00.000+00:00' WHERE kind = 'approved'",
        "UPDATE ledger SET data = '{}' WHERE kind = 'submitted'",
        "UPDATE ledger SET sort = 'x' || sort WHERE kind = 'submitted'",
        "DELETE FROM ledger WHERE kind = 'approved'",
        "DELETE FROM ledger",
        "INSERT INTO ledger SELECT 'f.0', space, claim, 'paid', pence, person, at, sort || 'z', "
        "plain, data FROM ledger WHERE kind = 'approved'",
        "UPDATE log_entry SET body = replace(body, '480', '481') WHERE body LIKE '%approved%'",
        "DELETE FROM log_entry WHERE body LIKE '%approved%'",
        "UPDATE log_entry SET position = -position WHERE body LIKE '%approved%'",
    ],
)
def test_verify_notices_an_edited_dropped_or_reordered_entry(pair, sql):
    line = ClaimLine(LineKind.EXPENSE, DAY, "Bus", 480, id="bus")
    claim = pair.amber.claims.submit([line]).value
    pair.exchange()
    pair.ruth.claims.decide(ClaimId(claim.id), L.APPROVED)
    assert pair.ruth.verify() == []
    stores.tamper(pair.ruth.desk.store, sql)
    assert pair.ruth.verify() != []
