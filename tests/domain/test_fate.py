"""The life of a question: the table as ``PRODUCT.md`` says it, and nothing but the table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.people import PersonId
from mhin_ppi.domain.questions import (
    STATE_WORDS,
    STEP_RULES,
    STEP_WORDS,
    Fate,
    Question,
    QuestionId,
    Step,
    StepKind,
    check_step,
    fate_of,
    steps_open_to,
)
from mhin_ppi.domain.questions import QuestionState as S
from mhin_ppi.errors import InputError, NotAllowedError

ASKER, RUTH, OTHER = (PersonId(UUID(int=n)) for n in (1, 2, 3))
QUESTION = Question(id=QuestionId(UUID(int=9)), asker=ASKER, body="Why?")
START = datetime(2026, 1, 5, tzinfo=UTC)
DECIDED = {S.ANSWERED, S.CHANGED, S.NOT_CHANGED, S.FED_BACK}
ALIVE = set(S) - {S.WITHDRAWN}

# Written out by hand from PRODUCT.md, "The fate of a question": step -> (from, to, who).
PRODUCT = {
    StepKind.ACKNOWLEDGE: ({S.RAISED}, S.ACKNOWLEDGED, {RUTH}),
    StepKind.ANSWER: ({S.RAISED, S.ACKNOWLEDGED} | DECIDED, S.ANSWERED, {RUTH}),
    StepKind.CHANGE: (DECIDED, S.CHANGED, {RUTH}),
    StepKind.NOT_CHANGE: (DECIDED, S.NOT_CHANGED, {RUTH}),
    StepKind.FEED_BACK: (DECIDED, S.FED_BACK, {RUTH}),
    StepKind.CONFIRM: ({S.FED_BACK}, S.CLOSED, {ASKER}),
    StepKind.NOT_QUITE: ({S.FED_BACK}, S.ACKNOWLEDGED, {ASKER}),
    StepKind.NO_REPLY_NEEDED: ({S.FED_BACK}, S.CLOSED, {RUTH}),
    StepKind.REOPEN: ({S.CLOSED}, S.ACKNOWLEDGED, {ASKER, RUTH}),
    StepKind.MERGE: (ALIVE, None, {RUTH}),
    StepKind.UNMERGE: (ALIVE, None, {RUTH}),
    StepKind.WITHDRAW: (ALIVE, S.WITHDRAWN, {ASKER}),
}
# The shortest way to each state.
WAYS = {
    S.RAISED: (),
    S.ACKNOWLEDGED: ((StepKind.ACKNOWLEDGE, RUTH),),
    S.ANSWERED: ((StepKind.ANSWER, RUTH),),
    S.CHANGED: ((StepKind.ANSWER, RUTH), (StepKind.CHANGE, RUTH)),
    S.NOT_CHANGED: ((StepKind.ANSWER, RUTH), (StepKind.NOT_CHANGE, RUTH)),
    S.FED_BACK: ((StepKind.ANSWER, RUTH), (StepKind.FEED_BACK, RUTH)),
    S.CLOSED: ((StepKind.ANSWER, RUTH), (StepKind.FEED_BACK, RUTH), (StepKind.CONFIRM, ASKER)),
    S.WITHDRAWN: ((StepKind.WITHDRAW, ASKER),),
}


def crossed(state, kind, by_asker, *, told) -> bool:
    """Return whether a step counts that no laptop would have written in this state.

    “Not quite” is the asker's last word: it counts when others did more since they were told.
    """
    return kind is StepKind.NOT_QUITE and by_asker and told and state is not S.WITHDRAWN


def steps_of(way, start=0) -> list[Step]:
    return [
        Step(
            id=f"e{n}.0",
            question=QUESTION.id,
            kind=kind,
            by=by,
            at=START + timedelta(days=n),
            order=f"{n:06d}",
        )
        for n, (kind, by) in enumerate(way, start=start)
    ]


def fate(way) -> Fate:
    return fate_of(QUESTION, steps_of(way), coordinators={RUTH})


def test_every_step_and_state_is_in_the_table_and_has_a_name():
    assert set(PRODUCT) == set(StepKind) == set(STEP_RULES) == set(STEP_WORDS)
    assert set(WAYS) == set(S) == set(STATE_WORDS)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("kind", StepKind)
@pytest.mark.parametrize("by", [ASKER, RUTH, OTHER], ids=["asker", "coordinator", "other"])
def test_a_step_is_allowed_exactly_where_the_product_says(state, kind, by):
    comes_from, leads_to, takers = PRODUCT[kind]
    before = fate(WAYS[state])
    assert before.state is state
    allowed = state in comes_from and by in takers
    given_step = {"by": by, "is_coordinator": by == RUTH, "said": "Words."}
    if allowed:
        check_step(QUESTION, before, kind, **given_step)
    else:
        with pytest.raises(NotAllowedError) as refused:
            check_step(QUESTION, before, kind, **given_step)
        assert refused.value.next_step
    after = fate((*WAYS[state], (kind, by)))
    if allowed or crossed(state, kind, by == ASKER, told=state is S.CLOSED):
        assert after.state is (leads_to or state)
        assert after.flagged == ()
    else:
        assert after.state is state
        assert [step.kind for step in after.flagged] == [kind]
    open_now = steps_open_to(QUESTION, before, by=by, is_coordinator=by == RUTH)
    assert (kind in open_now) is allowed


@pytest.mark.parametrize(
    "kind", [StepKind.ANSWER, StepKind.NOT_CHANGE, StepKind.FEED_BACK, StepKind.NOT_QUITE]
)
@pytest.mark.parametrize("said", ["", "  \n"])
def test_some_steps_need_words(kind, said):
    by = ASKER if kind is StepKind.NOT_QUITE else RUTH
    with pytest.raises(InputError):
        check_step(
            QUESTION, fate(WAYS[S.FED_BACK]), kind, by=by, is_coordinator=by == RUTH, said=said
        )


@pytest.mark.parametrize(
    ("by", "behalf", "counts"),
    [(RUTH, ASKER, True), (RUTH, OTHER, False), (OTHER, ASKER, False), (RUTH, None, False)],
)
def test_only_a_coordinator_types_in_for_the_asker(by, behalf, counts):
    told = steps_of(WAYS[S.FED_BACK])
    detail = {"for": str(behalf)} if behalf else {}
    yes = Step("y.0", QUESTION.id, StepKind.CONFIRM, by, START, "999999", detail)
    after = fate_of(QUESTION, [*told, yes], coordinators={RUTH})
    assert (after.state is S.CLOSED) is counts


def test_what_is_owed():
    owed = {state for state in S if fate(WAYS[state]).is_owed}
    assert owed == {S.RAISED, S.ACKNOWLEDGED, S.ANSWERED, S.CHANGED, S.NOT_CHANGED}


def test_since_is_when_the_state_began_and_merging_does_not_move_it():
    merged = fate((*WAYS[S.ACKNOWLEDGED], (StepKind.MERGE, RUTH)))
    assert (merged.state, merged.since) == (S.ACKNOWLEDGED, START)
    again = fate(((StepKind.ANSWER, RUTH), (StepKind.ANSWER, RUTH)))
    assert (again.since, len(again.taken)) == (START, 2)


histories = st.lists(
    st.tuples(st.sampled_from(list(StepKind)), st.sampled_from([ASKER, RUTH, OTHER])), max_size=25
)


@given(histories, st.randoms(use_true_random=False))
def test_no_step_is_ever_lost_and_the_order_of_arrival_is_nothing(way, chance):
    steps = steps_of(way)
    shuffled = list(steps)
    chance.shuffle(shuffled)
    one = fate_of(QUESTION, steps, coordinators={RUTH})
    other = fate_of(QUESTION, shuffled, coordinators={RUTH})
    assert one == other
    assert sorted(s.id for s in (*one.taken, *one.flagged)) == sorted(s.id for s in steps)
    assert [s.order for s in one.taken] == sorted(s.order for s in one.taken)


@given(histories)
def test_the_state_is_where_the_counted_steps_lead(way):
    """Told again by other code: walk the table written by hand above."""
    state, told = S.RAISED, False
    counted = []
    for step in steps_of(way):
        comes_from, leads_to, takers = PRODUCT[step.kind]
        late = crossed(state, step.kind, step.by == ASKER, told=told)
        if late or (state in comes_from and step.by in takers):
            told = told or step.kind is StepKind.FEED_BACK
            counted.append(step.id)
            state = leads_to or state
    found = fate(way)
    assert (found.state, [s.id for s in found.taken]) == (state, counted)
    if S.WITHDRAWN is state:
        assert steps_open_to(QUESTION, found, by=ASKER, is_coordinator=True) == ()
