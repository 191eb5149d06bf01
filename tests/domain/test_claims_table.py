"""The life of a claim: the table as ``PRODUCT.md`` says it, and money that adds up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.claim_clashes import paid_for_twice
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind, line_from_json
from mhin_ppi.domain.claim_reference import parse_reference, reference_of
from mhin_ppi.domain.claims import (
    CLAIM_WORDS,
    LEDGER_RULES,
    ClaimId,
    LedgerEntry,
    check_ledger,
    claim_from,
)
from mhin_ppi.domain.claims import ClaimState as C
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.pay_wish import PayBy, PayWhen, PayWish, wish_from
from mhin_ppi.domain.people import PersonId
from mhin_ppi.domain.rates import Rate, RateId, pay_for
from mhin_ppi.errors import InputError, NotAllowedError

AMBER, RUTH, OTHER = (PersonId(UUID(int=n)) for n in (1, 2, 3))
CLAIM = ClaimId(UUID(int=7))
START = datetime(2026, 1, 5, tzinfo=UTC)
LINE = ClaimLine(kind=LineKind.EXPENSE, on=date(2026, 1, 2), what="Bus", pence=480)

# Written out by hand from PRODUCT.md, "The life of a claim": kind -> (from, to, who).
MINE, OFFICE = "claimant", "office"
PRODUCT = {
    L.SUBMITTED: ({C.DRAFT, C.QUERIED, C.GIVEN}, C.SUBMITTED, MINE),
    L.QUERIED: ({C.SUBMITTED}, C.QUERIED, OFFICE),
    L.WITHDRAWN: ({C.SUBMITTED, C.QUERIED}, C.WITHDRAWN, MINE),
    L.GIVEN: ({C.DRAFT, C.SUBMITTED, C.QUERIED, C.APPROVED}, C.GIVEN, MINE),
    L.APPROVED: ({C.SUBMITTED}, C.APPROVED, OFFICE),
    L.REJECTED: ({C.SUBMITTED, C.QUERIED}, C.REJECTED, OFFICE),
    L.BATCHED: ({C.APPROVED}, C.BATCHED, OFFICE),
    L.PAID: ({C.BATCHED}, C.PAID, OFFICE),
    L.FAILED: ({C.BATCHED, C.PAID}, C.APPROVED, OFFICE),
    L.REVERSED: ({C.APPROVED, C.BATCHED, C.PAID}, C.REVERSED, OFFICE),
    L.ADJUSTED: ({C.APPROVED}, None, OFFICE),
    L.TIMED: ({C.SUBMITTED, C.QUERIED, C.APPROVED}, None, MINE),
}
WAYS = {
    C.DRAFT: (),
    C.SUBMITTED: (L.SUBMITTED,),
    C.QUERIED: (L.SUBMITTED, L.QUERIED),
    C.WITHDRAWN: (L.SUBMITTED, L.WITHDRAWN),
    C.GIVEN: (L.SUBMITTED, L.GIVEN),
    C.APPROVED: (L.SUBMITTED, L.APPROVED),
    C.REJECTED: (L.SUBMITTED, L.REJECTED),
    C.BATCHED: (L.SUBMITTED, L.APPROVED, L.BATCHED),
    C.PAID: (L.SUBMITTED, L.APPROVED, L.BATCHED, L.PAID),
    C.REVERSED: (L.SUBMITTED, L.APPROVED, L.REVERSED),
}


def entry(n, kind, by=None, pence=None) -> LedgerEntry:
    if by is None:
        by = AMBER if PRODUCT[kind][2] == MINE else RUTH
    if pence is None:
        pence = -80 if kind is L.ADJUSTED else 480
    data = {"person": str(AMBER)}
    if kind is L.SUBMITTED:
        data["lines"] = [LINE.to_json()]
    return LedgerEntry(
        id=f"e{n}.0",
        claim=CLAIM,
        kind=kind,
        pence=pence,
        by=by,
        at=START + timedelta(days=n),
        order=f"{n:06d}",
        data=data,
    )


def claim(entries):
    return claim_from(entries, officers={RUTH})


def after(way):
    return claim([entry(n, kind) for n, kind in enumerate(way)])


def test_every_kind_and_state_is_in_the_table_and_has_a_name():
    assert set(PRODUCT) == set(L) == set(LEDGER_RULES)
    assert set(WAYS) == set(C) == set(CLAIM_WORDS)


@pytest.mark.parametrize("state", C)
@pytest.mark.parametrize("kind", L)
@pytest.mark.parametrize("by", [AMBER, RUTH], ids=["claimant", "coordinator"])
def test_a_step_is_allowed_exactly_where_the_product_says(state, kind, by):
    comes_from, leads_to, who = PRODUCT[kind]
    before = after(WAYS[state])
    # A coordinator may type in for the claimant; nobody decides on a claim of their own.
    allowed = state in comes_from and (who == MINE or by == RUTH)
    if allowed:
        check_ledger(before, kind, by=by, person=AMBER, reason="Why.")
    else:
        with pytest.raises(NotAllowedError):
            check_ledger(before, kind, by=by, person=AMBER, reason="Why.")
    entries = [entry(n, one) for n, one in enumerate(WAYS[state])]
    found = claim([*entries, entry(99, kind, by)])
    if allowed:
        assert found.state is (leads_to or state)
        assert found.flagged == ()
    else:
        assert found.state is state
        if (state, kind, by) == (C.PAID, L.PAID, RUTH):
            # Never written twice on one laptop; noted on two, both count (SECURITY_DESIGN.md 6).
            assert found.paid_twice
            assert found.paid_pence == 2 * before.paid_pence
            return
        assert [one.kind for one in found.flagged] == [kind]
        assert (found.approved_pence, found.paid_pence) == (
            (before.approved_pence, before.paid_pence) if before else (0, 0)
        )


def test_a_coordinator_cannot_approve_what_is_theirs():
    entries = [
        LedgerEntry("a.0", CLAIM, L.SUBMITTED, 480, RUTH, START, "1", {"person": str(RUTH)}),
        LedgerEntry("b.0", CLAIM, L.APPROVED, 480, RUTH, START, "2", {}),
    ]
    found = claim(entries)
    assert (found.state, found.approved_pence, len(found.flagged)) == (C.SUBMITTED, 0, 1)
    with pytest.raises(NotAllowedError):
        check_ledger(found, L.APPROVED, by=RUTH, person=RUTH)


@pytest.mark.parametrize("kind", [L.QUERIED, L.REJECTED, L.FAILED, L.REVERSED, L.ADJUSTED])
def test_what_is_unwelcome_says_why(kind):
    state = next(s for s in WAYS if s in PRODUCT[kind][0])
    with pytest.raises(InputError):
        check_ledger(after(WAYS[state]), kind, by=RUTH, person=AMBER, reason=" ")


def test_nothing_is_no_claim():
    assert claim([]) is None
    assert claim([LedgerEntry("x", CLAIM, L.APPROVED, 5, RUTH, START, "1", {})]) is None


ledgers = st.lists(
    st.tuples(
        st.sampled_from(list(L)),
        st.sampled_from([AMBER, RUTH, OTHER]),
        st.integers(min_value=1, max_value=50_000),
    ),
    max_size=30,
)


MOVES = (L.BATCHED, L.PAID)


def is_theirs(one):
    who = PRODUCT[one.kind][2]
    return one.by in (AMBER, RUTH) if who == MINE else one.by == RUTH


def counts(one, state, approved, *, sent):
    comes_from, _, _ = PRODUCT[one.kind]
    moved = one.kind is L.PAID and (state is C.PAID or sent)
    if not is_theirs(one) or not (moved or state in comes_from):
        return False
    would_be = {L.APPROVED: one.pence, L.ADJUSTED: approved + one.pence}.get(one.kind, 0)
    return 0 <= would_be <= LINE.pence


def recount(entries):
    """The same money by other code: keep what counts, then add it up by what happened to it."""
    state, approved, paid = C.DRAFT, 0, 0
    for at, one in enumerate(entries):
        moves = [e.kind for e in entries[:at] if is_theirs(e) and e.kind in MOVES]
        if not counts(one, state, approved, sent=moves[-1:] == [L.BATCHED]):
            continue
        leads_to = PRODUCT[one.kind][1]
        if one.kind in (L.SUBMITTED, L.GIVEN):
            approved = 0
        if one.kind in (L.APPROVED, L.ADJUSTED):
            approved += one.pence
        if one.kind is L.REVERSED:
            approved -= one.pence
        if one.kind is L.PAID:
            paid += one.pence
            if state not in (C.APPROVED, C.BATCHED, C.PAID):
                approved = max(approved, paid)
        elif state is C.PAID and one.kind in (L.FAILED, L.REVERSED):
            paid -= one.pence
        state = leads_to or state
        if one.kind is L.FAILED and paid >= approved > 0:
            state = C.PAID
    return state, approved, paid


@given(ledgers, st.randoms(use_true_random=False))
def test_balances_equal_a_recount_and_no_entry_is_lost(told, chance):
    entries = [entry(n, kind, by, pence) for n, (kind, by, pence) in enumerate(told)]
    shuffled = list(entries)
    chance.shuffle(shuffled)
    found = claim(shuffled)
    assert found == claim(entries)
    if found is None:
        assert entries == []
        return
    assert (found.state, found.approved_pence, found.paid_pence) == recount(entries)
    kept = sorted(one.id for one in (*found.entries, *found.flagged))
    assert kept == sorted(one.id for one in entries)
    assert found.owed_pence == found.approved_pence - found.paid_pence


@given(
    st.builds(
        ClaimLine,
        kind=st.sampled_from(LineKind),
        on=st.dates(),
        what=st.text(max_size=30),
        pence=st.integers(1, 10**7),
        minutes=st.integers(0, 1440),
        category=st.text(max_size=5),
    )
)
def test_a_line_comes_back_as_it_was(line):
    assert line_from_json(line.to_json()) == line


def rate(pence, minutes, since):
    identity = RateId(UUID(int=pence))
    return Rate(id=identity, pence=pence, minutes=minutes, valid_from=since)


@pytest.mark.parametrize(
    ("minutes", "pence"), [(1, 1380), (30, 1380), (31, 2750), (60, 2750), (61, 5500), (999, 5500)]
)
def test_the_smallest_size_that_covers_the_time_pays(minutes, pence):
    since = date(2025, 12, 16)
    rates = [rate(5500, 120, since), rate(1380, 30, since), rate(2750, 60, since)]
    assert pay_for(rates, [], on=since, minutes=minutes).rate.pence == pence
    assert pay_for(rates, [], on=since - timedelta(days=1), minutes=minutes) is None
    assert pay_for([], [], on=since, minutes=minutes) is None


def test_of_two_payments_one_that_came_back_leaves_the_other():
    way = [L.SUBMITTED, L.APPROVED, L.BATCHED, L.PAID, L.PAID, L.FAILED]
    found = after(way)
    assert (found.state, found.paid_pence, found.owed_pence) == (C.PAID, 480, 0)
    assert found.paid_twice


WENT = (L.SUBMITTED, L.APPROVED, L.BATCHED)


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        # Another laptop that had not heard cancelled it, declined it …; then finance's payment.
        ((*WENT, L.REVERSED, L.PAID), (C.PAID, 480, 480)),
        ((L.SUBMITTED, L.REJECTED, *WENT[1:], L.PAID), (C.PAID, 480, 480)),
        ((L.SUBMITTED, L.WITHDRAWN, *WENT[1:], L.PAID), (C.PAID, 480, 480)),
        ((*WENT[:2], L.GIVEN, L.BATCHED, L.PAID), (C.PAID, 480, 480)),
        ((L.SUBMITTED, L.QUERIED, *WENT[1:], L.SUBMITTED, L.PAID), (C.PAID, 480, 480)),
        ((*WENT, L.FAILED, L.PAID), (C.PAID, 480, 480)),
        # Cancelled by one who knew of the payment: the other laptop's note of it is the same one.
        ((*WENT, L.PAID, L.REVERSED, L.PAID), (C.REVERSED, 0, 0)),
        # Never sent to finance from any laptop: nothing moved.
        ((*WENT[:2], L.REVERSED, L.PAID), (C.REVERSED, 0, 0)),
        ((L.SUBMITTED, L.PAID), (C.SUBMITTED, 0, 0)),
    ],
)
def test_money_that_finance_moved_counts_whatever_another_laptop_did(steps, outcome):
    found = after(steps)
    assert (found.state, found.approved_pence, found.paid_pence) == outcome
    assert found.paid_apart == (outcome[2] > 0)
    assert len(found.entries) + len(found.flagged) == len(steps)


@pytest.mark.parametrize(("kind", "state"), [(L.REVERSED, C.REVERSED), (L.FAILED, C.APPROVED)])
def test_one_who_had_not_heard_of_a_payment_does_not_take_it_back(kind, state):
    told = [entry(n, one) for n, one in enumerate((*WENT, L.PAID, kind))]
    unaware = [*told[:4], replace(told[4], data={**told[4].data, "paid_pence": 0})]
    assert claim(told).state is state
    found = claim(unaware)
    assert (found.state, found.paid_pence, len(found.flagged)) == (C.PAID, 480, 1)


def test_of_two_who_approve_less_the_first_counts_and_never_both():
    def less(n, pence):
        one = entry(n, L.ADJUSTED, pence=pence)
        return replace(one, data={**one.data, "to": 480 + pence})

    sent = [entry(0, L.SUBMITTED), entry(1, L.APPROVED)]
    found = claim([*sent, less(2, -80), less(3, -100)])
    assert (found.approved_pence, [one.id for one in found.flagged]) == (400, ["e3.0"])


@pytest.mark.parametrize(
    ("kind", "pence", "data"),
    [
        (L.APPROVED, 481, {}),
        (L.APPROVED, -1, {}),
        (L.APPROVED, 480, {"lines": [replace(LINE, what="Taxi").to_json()]}),
        (L.APPROVED, 480, {"person": str(OTHER)}),
    ],
)
def test_an_approval_that_does_not_add_up_is_kept_and_not_counted(kind, pence, data):
    one = entry(1, kind, pence=pence)
    found = claim([entry(0, L.SUBMITTED), replace(one, data={**one.data, **data})])
    assert found.state is C.SUBMITTED
    assert [flagged.kind for flagged in found.flagged] == [kind]


@pytest.mark.parametrize("pence", [1, -481])
def test_a_correction_stays_between_nothing_and_what_was_asked(pence):
    found = claim([entry(0, L.SUBMITTED), entry(1, L.APPROVED), entry(2, L.ADJUSTED, pence=pence)])
    assert (found.approved_pence, len(found.flagged)) == (480, 1)


def test_the_last_wish_counts_and_older_sentences_are_understood():
    day = {"pay_when": "date", "pay_on": "2026-03-06", "pay_by": "voucher"}
    sent = entry(0, L.SUBMITTED)
    older = replace(sent, data={**sent.data, "pay_when": "at the end of the month"})
    assert claim([older]).wish == PayWish(PayWhen.MONTHLY)
    timed = replace(entry(1, L.TIMED), data=day)
    assert claim([older, timed]).wish == PayWish(PayWhen.DATE, date(2026, 3, 6), PayBy.VOUCHER)
    bare = replace(sent, data={**sent.data, "pay_when": "2026-04-01"})
    assert claim([bare]).wish == PayWish(PayWhen.DATE, date(2026, 4, 1))


@given(st.builds(PayWish, st.sampled_from(PayWhen), st.none() | st.dates(), st.sampled_from(PayBy)))
def test_a_wish_is_read_back_as_it_was_written(wish):
    if (wish.when is PayWhen.DATE) == (wish.on is not None):
        assert wish_from(wish.to_json()) == wish


@given(st.uuids(), st.integers(0, 8), st.integers(1, 30), st.integers(0, 7))
def test_a_slip_or_a_swap_in_a_reference_is_noticed(claim_id, place, by, swap):
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXY"
    written = reference_of(ClaimId(claim_id))
    assert parse_reference(f" {written.lower().replace('-', ' ')} ") == written
    plain = written.removeprefix("PPI-").replace("-", "")
    slip = letters[(letters.index(plain[place]) + by) % 31]
    wrong = plain[:place] + slip + plain[place + 1 :]
    with pytest.raises(InputError):
        parse_reference(wrong)
    if plain[swap] != plain[swap + 1]:
        wrong = plain[:swap] + plain[swap + 1] + plain[swap] + plain[swap + 2 :]
        with pytest.raises(InputError):
            parse_reference(wrong)


def test_what_stands_approved_in_two_claims_is_found():
    line = replace(LINE, id="bus")
    sent = {"person": str(AMBER), "lines": [line.to_json()]}
    made = []
    for number, approved in ((1, True), (2, True), (3, False)):
        steps = [replace(entry(0, L.SUBMITTED), data=sent)]
        steps += [entry(1, L.APPROVED)] if approved else []
        this = ClaimId(UUID(int=number))
        made.append(claim([replace(one, claim=this) for one in steps]))
    assert paid_for_twice(made) == [("bus", made[0].id, made[1].id)]
