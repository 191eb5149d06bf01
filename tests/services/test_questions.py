"""From a note on a draft to what the asker was told."""

from __future__ import annotations

from datetime import date

import pytest

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.questions import Considered, QuestionState, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.domain.spaces import BOARD, own_space, person_space
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError

WORDS = "Is a text safe to receive in a shared house?"


def ask(pair, services=None, **given):
    services = services or pair.amber
    span = pair.span("by text message")
    given = {"kind": AnnotationKind.QUESTION, "body": WORDS, "span": span} | given
    return services.annotations.annotate(pair.version, **given).value


def answered(pair, question, decision=Decision.WILL_CHANGE, **given):
    return pair.ruth.questions.respond(
        question, decision=decision, body="We had not thought of that.", **given
    ).value


def test_a_note_becomes_a_question_and_is_walked_to_its_end(pair):
    noted = ask(pair)
    question = noted.question.id
    pair.to_ruth()
    assert pair.ruth.questions.acknowledge([question]).value == 1
    answered(pair, question, considered=Considered.NO)
    change = pair.ruth.questions.link_change(question, outside="Messages carry no name.").value
    pair.ruth.impacts.record(
        question,
        kind="ethics_safety",
        stage="design",
        direction=Direction.POSITIVE,
        what_changed="No treatment is given away.",
        change=change.id,
    )
    pair.ruth.questions.feed_back(question, body="It has changed because of you.")
    pair.to_amber()
    story = pair.amber.questions.take_step(question, StepKind.CONFIRM).value
    assert story.fate.state is QuestionState.CLOSED
    assert [step.kind for step in story.fate.taken] == [
        StepKind.ACKNOWLEDGE,
        StepKind.ANSWER,
        StepKind.CHANGE,
        StepKind.FEED_BACK,
        StepKind.CONFIRM,
    ]
    assert story.fate.flagged == ()
    assert (story.question.body, story.annotation.passage.quote) == (WORDS, "by text message")
    assert (story.response.decided_by, story.changes, story.version.number) == (
        "the team",
        (change,),
        1,
    )
    assert change.old == story.annotation.passage
    assert story.question.considered is Considered.NO
    assert story.impacts[0].change == change.id
    assert story.feedback[0].told_by == pair.ruth.desk.store.person


def test_an_earlier_answer_is_kept(pair):
    question = ask(pair, pair.ruth).question.id
    answered(pair, question)
    story = pair.ruth.questions.respond(
        question, decision=Decision.NEEDS_DISCUSSION, body="We are not sure after all."
    ).value
    assert [one.decision for one in story.responses] == [
        Decision.WILL_CHANGE,
        Decision.NEEDS_DISCUSSION,
    ]
    assert story.response.body == "We are not sure after all."


def test_not_quite_returns_it_with_the_askers_words(pair):
    question = ask(pair).question.id
    pair.to_ruth()
    answered(pair, question)
    pair.ruth.questions.feed_back(question, body="It changed.")
    pair.to_amber()
    with pytest.raises(InputError):
        pair.amber.questions.take_step(question, StepKind.NOT_QUITE, said=" ")
    pair.amber.questions.take_step(question, StepKind.NOT_QUITE, said="And the letters?")
    pair.to_ruth()
    story = pair.ruth.questions.story(question)
    assert story.fate.state is QuestionState.ACKNOWLEDGED
    assert story.fate.last(StepKind.NOT_QUITE).detail["words"] == "And the letters?"
    assert [one.question.id for one in pair.ruth.questions.owed()] == [question]


@pytest.mark.parametrize("meanwhile", ["finished", "changed", "answered", "told", "typed in"])
def test_not_quite_counts_whatever_another_laptop_recorded_meanwhile(pair, meanwhile):
    question = ask(pair).question.id
    pair.to_ruth()
    ruth = pair.ruth.questions
    answered(pair, question)
    ruth.feed_back(question, body="It changed.")
    pair.to_amber()
    if meanwhile == "finished":
        ruth.take_step(question, StepKind.NO_REPLY_NEEDED)
    elif meanwhile == "changed":
        ruth.link_change(question, outside="A new letter.")
    elif meanwhile == "typed in":
        kind = StepKind.NOT_QUITE
        ruth.take_step(question, kind, said="More.", on_behalf_of=pair.amber_id)
    else:
        answered(pair, question, Decision.ALREADY_COVERED)
        if meanwhile == "told":
            ruth.feed_back(question, body="It was so before.")
    pair.amber.questions.take_step(question, StepKind.NOT_QUITE, said="And the letters?")
    pair.exchange()
    for laptop in (pair.ruth, pair.amber):
        story = laptop.questions.story(question)
        assert story.fate.state is QuestionState.ACKNOWLEDGED
        assert story.fate.last(StepKind.NOT_QUITE).detail["words"] == "And the letters?"
        assert story.fate.flagged == ()
        (row,) = laptop.register.lines.read().rows
        assert row.state is QuestionState.ACKNOWLEDGED
    assert [one.question for one in pair.ruth.answering.debt.everyone().debts] == [question]
    # It is answered, told and closed like any other from here.
    answered(pair, question)
    ruth.feed_back(question, body="Now the letters, too.")
    pair.exchange()
    story = pair.amber.questions.take_step(question, StepKind.CONFIRM).value
    assert story.fate.state is QuestionState.CLOSED


def test_a_refusal_needs_a_reason_and_marks_it_not_changed(pair):
    question = ask(pair, pair.ruth).question.id
    with pytest.raises(InputError):
        answered(pair, question, Decision.WILL_NOT_CHANGE)
    assert pair.ruth.questions.story(question).responses == ()
    story = answered(pair, question, Decision.WILL_NOT_CHANGE, reason="The law forbids it.")
    assert story.fate.state is QuestionState.NOT_CHANGED


@pytest.mark.parametrize(
    "act",
    [
        lambda s, q: s.questions.acknowledge([q]),
        lambda s, q: s.questions.respond(q, decision=Decision.WILL_CHANGE, body="Yes."),
        lambda s, q: s.questions.hand_to(q, holder="me"),
        lambda s, q: s.questions.take_step(q, StepKind.MERGE),
        lambda s, q: s.impacts.record(
            q,
            kind="design",
            stage="design",
            direction=Direction.POSITIVE,
            what_changed="Much.",
        ),
    ],
)
def test_a_member_cannot_do_the_coordinators_part(pair, act):
    question = ask(pair).question.id
    before = len(pair.amber.desk.store.entries())
    with pytest.raises(NotAllowedError):
        act(pair.amber, question)
    assert len(pair.amber.desk.store.entries()) == before


@pytest.mark.parametrize("kind", [StepKind.CONFIRM, StepKind.NOT_QUITE, StepKind.WITHDRAW])
def test_only_the_asker_says_what_the_asker_says(pair, kind):
    question = ask(pair).question.id
    pair.to_ruth()
    answered(pair, question)
    pair.ruth.questions.feed_back(question, body="Told.")
    with pytest.raises(NotAllowedError):
        pair.ruth.questions.take_step(question, kind, said="Fine.")
    said = pair.ruth.questions.take_step(
        question, kind, said="By phone.", on_behalf_of=pair.amber_id
    )
    assert said.value.fate.taken[-1].kind is kind


def test_feedback_needs_an_answer(pair):
    question = ask(pair, pair.ruth).question.id
    with pytest.raises(NotAllowedError):
        pair.ruth.questions.feed_back(question, body="All well.")
    with pytest.raises(NotAllowedError):
        pair.ruth.questions.link_change(question, outside="Something.")
    with pytest.raises(InputError):
        pair.ruth.questions.link_change(question)


def test_an_answer_cannot_come_from_tomorrow(pair):
    question = ask(pair, pair.ruth).question.id
    with pytest.raises(InputError):
        answered(pair, question, decided_on=date(2999, 1, 1))


def test_acknowledging_leaves_alone_what_is_past_that(pair):
    first, second = ask(pair, pair.ruth).question.id, ask(pair, pair.ruth).question.id
    answered(pair, first)
    assert pair.ruth.questions.acknowledge([first, second]).value == 1


def test_only_me_never_becomes_a_question_and_never_leaves(pair):
    noted = ask(pair, body="just for me", visibility=Visibility.ONLY_ME)
    assert noted.question is None
    assert pair.amber.questions.register() == []
    pair.to_ruth()
    assert pair.ruth.annotations.on(pair.version) == []
    spaces = {entry.space for entry in pair.ruth.desk.store.entries()}
    assert own_space(pair.amber_id) not in spaces
    assert own_space(pair.amber_id) in {e.space for e in pair.amber.desk.store.entries()}
    assert "just for me" not in str(pair.ruth.reporting.impact_report())


def test_what_works_is_a_note_and_no_debt(pair):
    noted = ask(pair, kind=AnnotationKind.WORKS)
    assert noted.question is None
    assert pair.amber.annotations.on(pair.version)[0].annotation.body == WORDS


def test_what_is_for_the_coordinator_stays_between_the_two(pair):
    """Also the answer, the change, the difference and what was told: they would give it away."""
    question = ask(pair, visibility=Visibility.COORDINATOR).question.id
    pair.to_ruth()
    pair.ruth.questions.hand_to(question, holder="the team")
    answered(pair, question, considered=Considered.NO)
    pair.ruth.questions.link_change(question, outside="Messages carry no name.")
    impact = pair.ruth.impacts.record(
        question,
        kind="design",
        stage="design",
        direction=Direction.NEGATIVE,
        what_changed="A secret difference.",
    ).value
    pair.ruth.impacts.add_view(impact.id, team_view="Seen.")
    pair.ruth.questions.feed_back(question, body="Told.")
    entries = pair.ruth.desk.store.entries()
    about = [e for e in entries if any(str(question) in str(op) for op in e.ops)]
    assert {entry.space for entry in about} == {person_space(pair.amber_id)}
    of_impact = [e for e in entries if any(str(impact.id) in str(op) for op in e.ops)]
    assert {entry.space for entry in of_impact} == {person_space(pair.amber_id)}
    pair.to_amber()
    assert pair.amber.questions.story(question).impacts[0].team_view == "Seen."
    shown = str(pair.ruth.reporting.impact_report())
    for secret in (WORDS, "by text message", "We had not thought", "carry no name", "A secret"):
        assert secret not in shown


def test_what_is_for_the_board_reaches_the_board(pair):
    question = ask(pair).question.id
    about = [
        e for e in pair.amber.desk.store.entries() if any(str(question) in str(op) for op in e.ops)
    ]
    assert {entry.space for entry in about} == {BOARD}


def test_words_typed_in_for_somebody_are_theirs(pair):
    noted = ask(pair, pair.ruth, on_behalf_of=pair.kim, credit=Credit.FULL_NAME)
    story = pair.ruth.questions.story(noted.question.id)
    assert (story.question.asker, story.question.typed_by) == (
        pair.kim,
        pair.ruth.desk.store.person,
    )
    assert story.asked_by == "Kim Unreal"
    with pytest.raises(NotAllowedError):
        ask(pair, pair.amber, on_behalf_of=pair.kim)


@pytest.mark.parametrize("words", ["", " \n ", "x" * 20_001])
def test_a_note_needs_words_but_not_a_book(pair, words):
    with pytest.raises(InputError):
        ask(pair, body=words)


def test_a_passage_may_hold_any_character(pair):
    span = pair.span("Café staff — 👍 — will")
    assert ask(pair, span=span).annotation.passage.quote == "Café staff — 👍 — will"


def test_the_longest_note_that_is_allowed_is_kept_whole(pair):
    words = "ä" * 20_000
    question = ask(pair, body=words).question.id
    pair.to_ruth()
    assert pair.ruth.questions.story(question).question.body == words


def test_words_can_be_changed_until_they_are_answered(pair):
    noted = ask(pair)
    pair.amber.annotations.reword(noted.annotation.id, body="Is a text safe?")
    assert pair.amber.questions.story(noted.question.id).question.body == "Is a text safe?"
    pair.to_ruth()
    with pytest.raises(NotAllowedError):
        pair.ruth.annotations.reword(noted.annotation.id, body="Something else")
    answered(pair, noted.question.id)
    pair.to_amber()
    with pytest.raises(NotAllowedError):
        pair.amber.annotations.reword(noted.annotation.id, body="Too late")


def test_words_taken_back_are_gone_and_the_number_stays(pair):
    noted = ask(pair)
    pair.to_ruth()
    pair.amber.annotations.take_back(noted.annotation.id)
    pair.to_ruth()
    assert pair.ruth.annotations.on(pair.version) == []
    story = pair.ruth.questions.story(noted.question.id)
    assert (story.fate.state, story.question.body) == (QuestionState.WITHDRAWN, "")
    assert not story.fate.is_owed
    line = pair.ruth.reporting.impact_report().questions[0]
    assert (line.body, line.passage_quote) == ("", "")
    with pytest.raises(NotFoundError):
        pair.amber.annotations.take_back(noted.annotation.id)


def test_words_taken_back_from_my_questions_are_gone_from_the_note_and_the_log_too(pair):
    noted = ask(pair, pair.amber)
    words = noted.annotation.body
    story = pair.amber.questions.take_step(noted.question.id, StepKind.WITHDRAW).value
    assert (story.fate.state, story.question.body) == (QuestionState.WITHDRAWN, "")
    assert pair.amber.annotations.on(pair.version) == []
    shipped = pair.amber.desk.store.ship(spaces=[BOARD])
    assert not any(words in str(beside) or words.encode() in body for body, _, beside in shipped)
    assert pair.amber.verify() == []


def test_nobody_takes_back_anothers_words(pair):
    noted = ask(pair, pair.ruth)
    pair.to_amber()
    with pytest.raises(NotAllowedError):
        pair.amber.annotations.take_back(noted.annotation.id)


def test_a_question_needs_no_draft(pair):
    for nothing in ("  ", "\u200b\u202e", "\N{SOFT HYPHEN} \u00a0"):
        with pytest.raises(InputError):
            pair.amber.questions.raise_question(nothing)
    made = pair.amber.questions.raise_question("Who pays the next trainer?").value
    assert pair.amber.questions.open_steps(made.id) == (StepKind.WITHDRAW,)
    assert pair.amber.questions.mine()[0].is_mine


def test_an_unfinished_note_stays_on_the_laptop(pair):
    before = len(pair.amber.desk.store.entries())
    pair.amber.annotations.keep_unfinished(pair.version, body="half a th", start=3)
    assert pair.amber.annotations.unfinished(pair.version) == {"body": "half a th", "start": 3}
    pair.amber.annotations.keep_unfinished(pair.version)
    assert pair.amber.annotations.unfinished(pair.version) == {}
    assert len(pair.amber.desk.store.entries()) == before


@pytest.mark.parametrize(
    "wrong", [{"kind": "nonsense"}, {"stage": "x"}, {"evidence": "y"}, {"what_changed": " "}]
)
def test_an_impact_is_said_in_the_words_of_the_list(pair, wrong):
    question = ask(pair, pair.ruth).question.id
    given = {
        "kind": "design",
        "stage": "design",
        "direction": Direction.MIXED,
        "what_changed": "Some.",
    }
    with pytest.raises(InputError):
        pair.ruth.impacts.record(question, **(given | wrong))
    assert pair.ruth.impacts.all() == []


def test_the_two_views_of_a_difference_are_kept_apart(pair):
    question = ask(pair).question.id
    pair.to_ruth()
    impact = pair.ruth.impacts.record(
        question,
        kind="design",
        stage="design",
        direction=Direction.MIXED,
        what_changed="Some.",
        team_view="All well.",
    ).value
    pair.to_amber()
    pair.amber.impacts.add_view(impact.id, asker_view="Not what I asked for.")
    with pytest.raises(NotAllowedError):
        pair.amber.impacts.add_view(impact.id, team_view="We are sorry.")
    pair.to_ruth()
    kept = pair.ruth.impacts.all()[0]
    assert (kept.asker_view, kept.team_view) == ("Not what I asked for.", "All well.")


def test_the_report_gives_the_askers_latest_word(pair):
    question = ask(pair).question.id
    pair.to_ruth()
    for reply, said in ((StepKind.NOT_QUITE, "Nearly."), (StepKind.CONFIRM, "Now it is right.")):
        answered(pair, question)
        pair.ruth.questions.feed_back(question, body="Told.")
        pair.ruth.questions.take_step(question, reply, said=said, on_behalf_of=pair.amber_id)
        assert pair.ruth.reporting.impact_report().questions[0].asker_reply == said
