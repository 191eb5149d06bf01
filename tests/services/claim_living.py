"""What people do with claims in random lives: two coordinators, a member, three laptops.

What is refused must change nothing, and whatever happens must add up: ``test_claim_lives.py``
has the rules by which that is seen.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from mhin_ppi.domain.british import money
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.domain.claims import Claim
from mhin_ppi.domain.claims import ClaimState as C
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.paid_list import Finding
from mhin_ppi.domain.pay_wish import PayBy, PayWhen, PayWish
from mhin_ppi.domain.rates import RateUnit
from mhin_ppi.errors import PPIError
from mhin_ppi.services.boards import Services
from mhin_ppi.services.claim_deciding import PaidNote
from tests.services.laptops import FOUNDED, make_boards
from tests.services.test_finance_office import paid_list
from tests.services.trio import BEGUN, make_trio

OFFICE_STEPS = (L.REJECTED, L.REVERSED, L.FAILED, L.PAID, L.QUERIED, L.BATCHED)
WENT = (L.APPROVED, L.BATCHED)
WAYS = (
    (L.REJECTED,),
    (L.QUERIED,),
    (L.APPROVED,),
    (L.APPROVED, L.ADJUSTED),
    (L.APPROVED, L.ADJUSTED, L.BATCHED, L.PAID),
    (L.APPROVED, L.REVERSED),
    WENT,
    (*WENT, L.FAILED),
    (*WENT, L.REVERSED),
    (*WENT, L.PAID),
    (*WENT, L.PAID, L.FAILED),
    (*WENT, L.PAID, L.REVERSED),
)
"""Ways a coordinator can take a claim that was sent."""
WHO = st.integers(0, 2)
"""At whose laptop: Ruth's, Kim's or Amber's."""
AT = st.integers(0, 9)
BACK = st.integers(0, 150)
"""How many days ago: over a rise, the end of a tax year, and of a financial year."""


class ClaimLiving(RuleBasedStateMachine):
    """People note time, claim, decide and pay; laptops exchange when they like."""

    coordinators = 2

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.trio = make_trio(make_boards(self.home), self.home)
        self.pair = self.trio.pair
        self.day, self.spent = BEGUN, 0
        for person in range(3):
            self.spend(2, [480 + person, 700], back=person * 9)
        self.give_time(2, 45, back=0)
        self.trio.all_meet()

    def teardown(self) -> None:
        self.trio.close()
        shutil.rmtree(self.home, ignore_errors=True)

    def office(self, who: int) -> Services:
        return self.trio.coordinators[who % self.coordinators]

    def side(self, who: int) -> Services:
        return self.pair.amber if who == 2 else self.office(who)

    def on(self, back: int) -> date:
        return max(self.day - timedelta(days=back), FOUNDED)

    def one(self, side: Services, at: int, *states: C) -> Claim | None:
        every = side.claims.all()
        found = [c for c in every if c.person == self.pair.amber_id]
        found = sorted((c for c in found if not states or c.state in states), key=lambda c: c.id)
        return found[at % len(found)] if found else None

    def attempt(self, work: Callable[[], Any]) -> None:
        """Do what a person tries; what is refused must change nothing, on any laptop."""
        before = self.written()
        try:
            work()
        except PPIError:
            assert self.written() == before

    def written(self) -> list[int]:
        """Return how much each laptop has in its log."""
        found = []
        for one in self.trio.everyone:
            with one.desk.store.unit_of_work() as work:
                found.append(work.plain().position())
        return found

    def submit(self, who: int, lines: list[ClaimLine] | tuple[ClaimLine, ...], **more: Any) -> None:
        claims, amber = self.side(who).claims, self.pair.amber_id
        behalf = None if who == 2 else amber
        self.attempt(lambda: claims.submit(lines, on_behalf_of=behalf, **more))

    # What is given and spent

    @rule(who=WHO, amounts=st.lists(st.integers(1, 9_999), min_size=1, max_size=3), back=BACK)
    def spend(self, who: int, amounts: list[int], back: int) -> None:
        lines = []
        for at, pence in enumerate(amounts):
            self.spent += 1
            name, where = f"Bus {self.spent}", "" if at % 2 else str(self.pair.project)
            line = ClaimLine(LineKind.EXPENSE, self.on(back), name, pence, id=name, project=where)
            lines.append(line)
        self.submit(who, lines)

    @rule(who=WHO, minutes=st.integers(1, 200), back=BACK)
    def give_time(self, who: int, minutes: int, back: int) -> None:
        side, behalf = self.side(who), None if who == 2 else self.pair.amber_id
        on = self.on(back)
        self.attempt(lambda: side.time.log(minutes, on=on, on_behalf_of=behalf))

    @rule(who=WHO, at=AT, minutes=st.integers(1, 200), back=BACK)
    def put_time_right(self, who: int, at: int, minutes: int, back: int) -> None:
        side = self.side(who)
        times = [one for one in side.time.everyones() if one.person == self.pair.amber_id]
        if times:
            wrong, on = times[at % len(times)].id, self.on(back)
            self.attempt(lambda: side.time.correct(wrong, minutes=minutes, on=on))

    @rule(who=WHO)
    def give_the_review_back(self, who: int) -> None:
        side, behalf = self.side(who), None if who == 2 else self.pair.amber_id
        self.attempt(lambda: side.reviewing.give_back(self.trio.review, on_behalf_of=behalf))

    @rule(who=WHO, most=st.integers(1, 4), less=st.booleans())
    def claim_what_is_there(self, who: int, most: int, less: bool) -> None:
        """Time, the review and what rates rose by; now and then for less than is offered."""
        lines = self.side(who).claims.claimable(self.pair.amber_id)[:most]
        if less and lines and lines[0].pence > 1:
            lines[0] = replace(lines[0], pence=lines[0].pence - 1)
        self.submit(who, lines)

    @rule(who=WHO, pence=st.integers(2_500, 4_000), back=BACK, by_hour=st.booleans())
    def raise_a_rate(self, who: int, pence: int, back: int, by_hour: bool) -> None:
        """With a back date: time that was claimed already is owed the difference."""
        unit, size = (RateUnit.HOUR, 0) if by_hour else (RateUnit.TASK, 60)
        rates, since = self.office(who).payments.rates, self.on(back)
        self.attempt(
            lambda: rates.add("A rise", pence=pence, minutes=size, valid_from=since, unit=unit)
        )

    # What happens to claims

    @rule(who=WHO, at=AT)
    def claim_the_same_again(self, who: int, at: int) -> None:
        old = self.one(self.pair.amber, at)
        if old is not None:
            self.submit(who, old.lines)

    @rule(who=WHO, at=AT)
    def cancel_and_claim_again(self, who: int, at: int) -> None:
        side = self.office(who)
        known = self.one(side, at, C.APPROVED, C.BATCHED, C.PAID)
        if known is not None:
            self.attempt(lambda: side.claims.decide(known.id, L.REVERSED, reason="A mistake."))
            self.submit(who % self.coordinators, known.lines)

    @rule(who=WHO, at=AT, kind=st.sampled_from([L.WITHDRAWN, L.GIVEN]))
    def change_of_mind(self, who: int, at: int, kind: L) -> None:
        side = self.side(who)
        known = self.one(side, at)
        if known is not None:
            self.attempt(lambda: side.claims.decide(known.id, kind))

    @rule(who=WHO, at=AT)
    def send_again(self, who: int, at: int) -> None:
        known = self.one(self.side(who), at, C.QUERIED, C.GIVEN)
        if known is not None:
            self.submit(who, known.lines[:2], claim=known.id)

    @rule(who=WHO, at=AT, days=st.integers(0, 90))
    def ask_for_a_day(self, who: int, at: int, days: int) -> None:
        side = self.side(who)
        known = self.one(side, at)
        if known is not None:
            wish = PayWish(PayWhen.DATE, self.day + timedelta(days=days), PayBy.VOUCHER)
            self.attempt(lambda: side.claims.ask_for_day(known.id, wish))

    @rule(who=WHO, which=st.sets(st.integers(0, 5), min_size=1, max_size=4))
    def approve(self, who: int, which: set[int]) -> None:
        side = self.office(who)
        wanted = {one.id for at in which if (one := self.one(side, at, C.SUBMITTED))}
        self.attempt(lambda: side.payments.deciding.approve_many(sorted(wanted)))

    @rule(who=WHO, at=AT, line=st.integers(0, 2))
    def ask(self, who: int, at: int, line: int) -> None:
        deciding = self.office(who).payments.deciding
        known = self.one(self.office(who), at, C.SUBMITTED)
        if known is not None:
            self.attempt(lambda: deciding.ask_about_lines(known.id, [line], reason="Why?"))

    @rule(who=WHO, at=AT, pence=st.integers(1, 9_999))
    def approve_less(self, who: int, at: int, pence: int) -> None:
        deciding = self.office(who).payments.deciding
        known = self.one(self.office(who), at, C.APPROVED)
        if known is not None:
            self.attempt(lambda: deciding.approve_less(known.id, pence, reason="So agreed."))

    @rule(who=WHO, most=st.integers(1, 3))
    def to_finance(self, who: int, most: int) -> None:
        side = self.office(who)
        ready = [one.id for one in side.claims.all() if one.state is C.APPROVED]
        self.attempt(lambda: side.payments.deciding.send_to_finance(sorted(ready)[:most]))

    @rule(who=WHO, at=AT, kind=st.sampled_from(OFFICE_STEPS))
    def decide(self, who: int, at: int, kind: L) -> None:
        side = self.office(who)
        known = self.one(side, at)
        if known is not None:
            self.attempt(lambda: side.claims.decide(known.id, kind, reason="So it was."))

    @rule(who=WHO, at=AT, back=st.integers(0, 30), again=st.booleans())
    def note_paid(self, who: int, at: int, back: int, again: bool) -> None:
        side = self.office(who)
        known = self.one(side, at, C.BATCHED)
        if known is not None:
            note = PaidNote(known.id, self.on(back), "BACS", a_second_time=again)
            self.attempt(lambda: side.payments.deciding.note_paid([note]))

    @rule(who=WHO, back=st.integers(0, 30))
    def take_finances_list(self, who: int, back: int) -> None:
        """Finance paid everything it has from this laptop: what is equal is noted, all at once."""
        side = self.office(who)
        sent = sorted((c for c in side.claims.all() if c.state is C.BATCHED), key=lambda c: c.id)
        on = self.on(back).isoformat()
        rows = [(reference_of(c.id), money(c.owed_pence), on, "") for c in sent]
        check = side.payments.office.check_list(paid_list(rows))
        assert {one.finding for one in check.rows} <= {Finding.EQUAL, Finding.PAID_ELSEWHERE}
        if check.equal:
            side.payments.office.note_paid(check)

    @rule(at=AT, ways=st.tuples(st.sampled_from(WAYS), st.sampled_from(WAYS)))
    def both_decide(self, at: int, ways: tuple[tuple[L, ...], tuple[L, ...]]) -> None:
        """Each coordinator takes a claim some way, and neither has heard of the other."""
        known = self.one(self.pair.ruth, at)
        for side, way in zip((self.office(0), self.office(1)), ways, strict=True):
            for kind in way if known is not None else ():
                self.take(side, known, kind)

    def take(self, side: Services, claim: Claim, kind: L) -> None:
        if kind is L.ADJUSTED:
            deciding, less = side.payments.deciding, max(claim.asked_pence - len(claim.lines), 1)
            self.attempt(lambda: deciding.approve_less(claim.id, less, reason="So agreed."))
        else:
            self.attempt(lambda: side.claims.decide(claim.id, kind, reason="So it was."))

    # Time goes by, laptops meet

    @rule(who=WHO, months=st.integers(1, 3))
    def close_the_books(self, who: int, months: int) -> None:
        last = self.day.replace(day=1) - timedelta(days=1)
        first = (last - timedelta(days=31 * (months - 1))).replace(day=1)
        side = self.office(who)
        self.attempt(lambda: side.payments.periods.close(first, last))

    @rule(one=WHO, other=WHO)
    def exchange(self, one: int, other: int) -> None:
        if one != other:
            self.trio.exchange(self.trio.everyone[one], self.trio.everyone[other])

    @rule(days=st.integers(1, 40))
    def time_goes_by(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.pair.clock.set(self.day)
