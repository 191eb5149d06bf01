"""Lives of claims on two real laptops, against a recount of the signed entries by other code.

The recount reads the bytes that were signed, follows the table of ``PRODUCT.md`` as written out in
``tests/domain/test_claims_table.py``, and knows nothing of the program's own claims.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mhin_ppi.domain.claim_clashes import paid_for_twice
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import Claim, ClaimId
from mhin_ppi.domain.claims import ClaimState as C
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.errors import PPIError
from mhin_ppi.services.boards import Services
from tests.domain.test_claims_table import PRODUCT
from tests.services.laptops import PASSPHRASE, make_boards, make_pair
from tests.storage import boards as stores

DAY = date(2026, 3, 1)
OFFICE_STEPS = (L.REJECTED, L.REVERSED, L.FAILED, L.PAID)


def recount(services: Services) -> dict[str, tuple[str, str, int, int, dict[str, int]]]:
    """Return state, person, approved, paid and paid by month of every claim, from signed bytes."""
    steps: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for entry in services.desk.store.entries():
        body = json.loads(entry.body)
        for place, op in enumerate(body["ops"]):
            if op[0] == "led":
                order = f"{body['hlc']} {body['dev']} {entry.id} {place:06}"
                steps[op[1]].append((order, op[2:]))
    return {
        claim: _followed(sorted(found, key=lambda one: one[0])) for claim, found in steps.items()
    }


def _followed(steps: list[tuple[str, Any]]) -> tuple[str, str, int, int, dict[str, int]]:
    state, person, approved, paid = C.DRAFT, "", 0, 0
    months: dict[str, int] = defaultdict(int)
    for order, (kind, pence, data) in steps:
        comes_from, leads_to, _ = PRODUCT[L(kind)]
        person = person or data.get("person", "")
        again = kind == "paid" and state is C.PAID
        if state not in comes_from and not again:
            continue
        month = data.get("on", _day_in(order))[:7]
        if kind in ("submitted", "given"):
            approved = 0
        if kind in ("approved", "adjusted"):
            approved += pence
        if kind == "reversed":
            approved -= pence
        before = paid
        if kind == "paid":
            paid += pence
        elif kind in ("failed", "reversed") and state is C.PAID:
            paid -= pence
        months[month] += paid - before
        state = leads_to or state
    return state.value, person, approved, paid, dict(months)


def _day_in(order: str) -> str:
    seconds = int(order.split("-", maxsplit=1)[0]) / 1000
    return datetime.fromtimestamp(seconds, UTC).astimezone().date().isoformat()


class ClaimLives(RuleBasedStateMachine):
    """Two people claim, a coordinator decides, laptops exchange when they like, one crashes."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.pair = make_pair(make_boards(self.home), self.home)
        self.day, self.spent = 0, 0

    def teardown(self) -> None:
        self.pair.close()
        shutil.rmtree(self.home, ignore_errors=True)

    @property
    def ruth(self) -> Services:
        return self.pair.ruth

    def claims(self, side: Services, *states: C) -> list[Claim]:
        found = [one for one in side.claims.all() if not states or one.state in states]
        return sorted(found, key=lambda one: str(one.id))

    def one(self, side: Services, at: int, *states: C) -> Claim | None:
        found = self.claims(side, *states)
        return found[at % len(found)] if found else None

    def attempt(self, work: Any) -> None:
        """Do what a person tries; what is refused must change nothing, as the invariant sees."""
        try:
            work()
        except PPIError:
            pass

    def line(self, pence: int, project: bool) -> ClaimLine:
        self.spent += 1
        where = str(self.pair.project) if project else ""
        name = f"Bus {self.spent}"
        return ClaimLine(LineKind.EXPENSE, DAY, name, pence, id=name, project=where)

    @rule(amounts=st.lists(st.integers(1, 9_999), min_size=1, max_size=3), kim=st.booleans())
    def claim(self, amounts: list[int], kim: bool) -> None:
        lines = [self.line(pence, at % 2 == 0) for at, pence in enumerate(amounts)]
        if kim:
            self.ruth.claims.submit(lines, on_behalf_of=self.pair.kim)
        else:
            self.pair.amber.claims.submit(lines)

    @rule(at=st.integers(0, 9))
    def claim_the_same_again(self, at: int) -> None:
        """The same expense once more, on whichever laptop: at most one of the two is ever paid."""
        old = self.one(self.pair.amber, at)
        if old is not None and old.person == self.pair.amber_id:
            self.attempt(lambda: self.pair.amber.claims.submit(old.lines))
            self.attempt(lambda: self.ruth.claims.submit(old.lines, on_behalf_of=old.person))

    @rule(at=st.integers(0, 9), kind=st.sampled_from([L.WITHDRAWN, L.GIVEN]))
    def change_of_mind(self, at: int, kind: L) -> None:
        mine = self.one(self.pair.amber, at)
        if mine is not None:
            self.attempt(lambda: self.pair.amber.claims.decide(mine.id, kind))

    @rule(at=st.integers(0, 9))
    def send_again(self, at: int) -> None:
        mine = self.one(self.pair.amber, at, C.QUERIED, C.GIVEN)
        if mine is not None:
            self.attempt(lambda: self.pair.amber.claims.submit(mine.lines, claim=mine.id))

    @rule(which=st.sets(st.integers(0, 5), max_size=3))
    def approve(self, which: set[int]) -> None:
        waiting = self.claims(self.ruth, C.SUBMITTED)
        wanted = [waiting[at % len(waiting)].id for at in which] if waiting else []
        self.attempt(lambda: self.ruth.payments.deciding.approve_many(wanted))

    @rule(at=st.integers(0, 9), line=st.integers(0, 2))
    def ask(self, at: int, line: int) -> None:
        known = self.one(self.ruth, at, C.SUBMITTED)
        if known is not None:
            deciding = self.ruth.payments.deciding
            self.attempt(lambda: deciding.ask_about_lines(known.id, [line], reason="Why?"))

    @rule(at=st.integers(0, 9), pence=st.integers(1, 9_999))
    def approve_less(self, at: int, pence: int) -> None:
        known = self.one(self.ruth, at, C.APPROVED)
        if known is not None:
            deciding = self.ruth.payments.deciding
            self.attempt(lambda: deciding.approve_less(known.id, pence, reason="So agreed."))

    @rule(most=st.integers(1, 3))
    def to_finance(self, most: int) -> None:
        ready = [one.id for one in self.claims(self.ruth, C.APPROVED)[:most]]
        self.attempt(lambda: self.ruth.payments.deciding.send_to_finance(ready))

    @rule(at=st.integers(0, 9), kind=st.sampled_from(OFFICE_STEPS))
    def from_finance(self, at: int, kind: L) -> None:
        known = self.one(self.ruth, at)
        if known is not None:
            self.attempt(lambda: self.ruth.claims.decide(known.id, kind, reason="So it was."))

    @rule()
    def exchange(self) -> None:
        self.pair.exchange()
        assert self.pair.agree()

    @rule(days=st.integers(1, 40))
    def time_goes_by(self, days: int) -> None:
        self.day += days
        self.pair.clock.set(date(2026, 3, 2) + timedelta(days=self.day))

    @rule()
    @precondition(lambda self: self.day % 2 == 0)
    def crash(self) -> None:
        """What lies on the disk while a board is open opens whole, with every step in it."""
        with tempfile.TemporaryDirectory() as place:
            image = Path(place) / "image"
            shutil.copytree(self.ruth.folder, image, ignore=shutil.ignore_patterns("*lock*"))
            again = self.pair.boards.open(image, passphrase=PASSPHRASE)
            assert recount(again) == recount(self.ruth)
            assert again.verify() == []
            again.close()

    @invariant()
    def every_balance_is_that_of_the_recount(self) -> None:
        for side in (self.ruth, self.pair.amber):
            counted = recount(side)
            shown = {str(one.id): one for one in side.claims.all()}
            assert shown.keys() == counted.keys()
            people: dict[str, int] = defaultdict(int)
            for identity, (state, person, approved, paid, _) in counted.items():
                one = shown[identity]
                assert (one.state.value, str(one.person)) == (state, person)
                assert (one.approved_pence, one.paid_pence) == (approved, paid)
                people[person] += paid
            found = side.payments.balances.all()
            assert {key: one.paid for key, one in found.by_person.items()} == dict(people)
            projects = sum(one.paid for one in found.by_project.values())
            assert projects == sum(people.values())

    @invariant()
    def every_month_adds_up(self) -> None:
        months: dict[str, int] = defaultdict(int)
        for *_, paid_in in recount(self.ruth).values():
            for month, pence in paid_in.items():
                months[month] += pence
        for month, pence in months.items():
            first = date.fromisoformat(f"{month}-01")
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
            assert self.ruth.payments.periods.between(first, last).paid_pence == pence

    @invariant()
    def nothing_is_paid_twice(self) -> None:
        every = self.ruth.claims.all()
        assert paid_for_twice(every) == []
        assert not any(one.paid_twice for one in every)
        assert all(0 <= one.paid_pence <= one.asked_pence for one in every)


ClaimLives.TestCase.settings = settings(
    max_examples=5, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck)
)
TestClaimLives = ClaimLives.TestCase


@pytest.mark.slow
@pytest.mark.timeout(1800)
class TestManyClaimLives(ClaimLives.TestCase):
    settings = settings(
        max_examples=25,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


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
