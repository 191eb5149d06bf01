"""A member asks on her laptop, the coordinator answers on his, both boards agree."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import ClaimState, LedgerKind
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.questions import Considered, QuestionState, StepKind
from mhin_ppi.domain.responses import Decision


def ask(pair, words="Is it safe in a shared house?"):
    noted = pair.amber.annotations.annotate(
        pair.version,
        kind=AnnotationKind.QUESTION,
        body=words,
        span=pair.span("by text message"),
    )
    return noted.value.question.id


def answer(pair, question):
    pair.ruth.questions.respond(
        question,
        decision=Decision.WILL_CHANGE,
        body="We had not thought of that.",
        considered=Considered.NO,
    )
    pair.ruth.questions.link_change(question, outside="Messages carry no name.")
    pair.ruth.impacts.record(
        question,
        kind="materials",
        stage="design",
        direction=Direction.POSITIVE,
        what_changed="Nobody is given away.",
    )
    pair.ruth.questions.feed_back(question, body="Changed, because of you.")


def test_a_member_asks_and_is_told_and_both_boards_agree(pair):
    question = ask(pair)
    assert not pair.agree()
    pair.exchange()
    assert pair.agree()
    answer(pair, question)
    pair.exchange()
    told = pair.amber.questions.story(question)
    assert (told.feedback[0].body, told.holder) == ("Changed, because of you.", "the coordinator")
    pair.amber.questions.take_step(question, StepKind.CONFIRM, said="Yes.")
    pair.exchange()
    assert pair.agree()
    assert pair.ruth.questions.story(question).fate.state is QuestionState.CLOSED
    assert pair.ruth.questions.owed() == []
    assert (pair.ruth.verify(), pair.amber.verify()) == ([], [])
    (line,) = pair.ruth.reporting.impact_report().questions
    assert (line.passage_quote, line.change_after) == (
        "by text message",
        "Messages carry no name.",
    )
    assert line.asker_reply == "Yes."


def test_her_time_becomes_money_across_two_laptops(pair):
    pair.amber.time.log(60)
    bus = ClaimLine(LineKind.EXPENSE, pair.clock.now().date(), "Bus", 480)
    claim = pair.amber.claims.submit([bus]).value
    pair.exchange()
    pair.ruth.claims.decide(claim.id, LedgerKind.APPROVED)
    pair.ruth.claims.decide(claim.id, LedgerKind.BATCHED)
    pair.ruth.claims.decide(claim.id, LedgerKind.PAID)
    pair.exchange()
    mine = pair.amber.claims.claim(claim.id)
    assert (mine.state, mine.paid_pence) == (ClaimState.PAID, 480)
    assert pair.agree()


def test_the_same_update_twice_changes_nothing(pair):
    ask(pair)
    everything = pair.amber.desk.store.ship(spaces=pair.shared)
    here = len(pair.ruth.desk.store.entries())
    assert pair.to_ruth() == len(everything) - here > 0
    before = pair.ruth.desk.store.digest(*pair.shared)
    assert pair.ruth.desk.store.take_in(everything) == 0
    assert pair.ruth.desk.store.digest(*pair.shared) == before


def test_two_people_act_at_once_and_agree_afterwards(pair):
    """She takes it back while he answers: what he wrote is kept, and her word counts."""
    question = ask(pair)
    pair.exchange()
    pair.ruth.questions.respond(question, decision=Decision.WILL_CHANGE, body="Yes.")
    pair.amber.questions.take_step(question, StepKind.WITHDRAW)
    pair.exchange()
    assert pair.agree()
    hers, his = (s.questions.story(question) for s in (pair.amber, pair.ruth))
    assert hers.fate == his.fate
    assert hers.fate.state is QuestionState.WITHDRAWN
    assert len(hers.fate.taken) + len(hers.fate.flagged) == 2
    assert len(hers.responses) == 1


@settings(
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(chance=st.randoms(use_true_random=False), cuts=st.integers(1, 6))
def test_entries_in_any_order_give_equal_boards(pair, chance, cuts):
    first, second = ask(pair, "One?"), ask(pair, "Two?")
    pair.to_ruth()
    answer(pair, first)
    pair.ruth.questions.acknowledge([second])
    known = [entry.id for entry in pair.amber.desk.store.entries()]
    shipped = pair.ruth.desk.store.ship(spaces=pair.shared, after=known)
    chance.shuffle(shipped)
    for start in range(cuts):
        pair.amber.desk.store.take_in(shipped[start::cuts])
    assert pair.agree()
    assert pair.amber.questions.story(first).fate == pair.ruth.questions.story(first).fate
