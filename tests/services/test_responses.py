"""What the team answers: the four decisions, one answer to many, and what will not do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mhin_ppi.domain.questions import Considered, QuestionState, StepKind
from mhin_ppi.domain.responses import Answer, Decision
from mhin_ppi.errors import InputError, NotAllowedError

YES = Answer(
    Decision.WILL_CHANGE, "You can join from home.", criteria=("fits_approach", "practical")
)
LONG = "Where do the letters go? " * 4_000


def ask(services, body, **given):
    return services.questions.raise_question(body, **given).value.id


def test_one_answer_to_a_theme_is_a_record_for_each_and_leaves_the_finished_alone(pair):
    first = ask(pair.amber, "Can I join from home?")
    gone = ask(pair.amber, "May I join from home, please?")
    pair.to_ruth()
    done = ask(pair.ruth, "Is joining from home allowed?", project=pair.project)
    pair.ruth.questions.respond(done, decision=Decision.ALREADY_COVERED, body="On page two.")
    pair.ruth.questions.feed_back(done, body="See page two.")
    pair.ruth.questions.take_step(done, StepKind.CONFIRM)
    earlier = ask(pair.ruth, "Home or clinic: can I choose to join?")
    pair.ruth.questions.respond(earlier, decision=Decision.NEEDS_DISCUSSION, body="We will see.")
    theme = pair.ruth.themes.put_together([first, gone, done, earlier], title="Home").value.theme
    pair.to_amber()
    pair.amber.questions.take_step(gone, StepKind.WITHDRAW)
    pair.to_ruth()
    with pytest.raises(NotAllowedError):
        pair.amber.responses.to_theme(theme.id, YES)

    told = pair.ruth.responses.to_theme(theme.id, YES).value
    assert {story.question.id for story in told.answered} == {first, earlier}
    assert {story.question.id for story in told.left_alone} == {gone, done}
    responses = [story.response for story in told.answered]
    assert len({response.id for response in responses}) == 2
    for story in told.answered:
        assert story.fate.state is QuestionState.ANSWERED
        assert story.fate.taken[-1].detail["record"] == str(story.response.id)
        assert story.response.theme == str(theme.id)
        assert story.response.criteria == ("practical", "fits_approach"), "in the list's order"
    assert [r.body for r in pair.ruth.questions.story(earlier).responses] == [
        "We will see.",
        YES.body,
    ]
    assert pair.ruth.questions.story(done).fate.state is QuestionState.CLOSED
    pair.ruth.themes.take_out(first)
    assert pair.ruth.questions.story(first).response.body == YES.body, "what it was told stays"
    pair.exchange()
    assert pair.agree()
    pair.ruth.themes.dissolve(theme.id)
    with pytest.raises(InputError, match="finished or was taken back"):
        pair.ruth.responses.to_theme(theme.id, YES)


def test_nobody_is_told_the_same_twice_when_one_more_asks_it(pair):
    first, second = (ask(pair.ruth, body, on_behalf_of=pair.kim) for body in ("Home?", "By video?"))
    theme = pair.ruth.themes.put_together([first, second], title="Home").value.theme.id
    pair.ruth.responses.to_theme(theme, YES)
    for question in (first, second):
        pair.ruth.questions.feed_back(question, body="Yes, from home too.")
    third = ask(pair.ruth, "From home?", on_behalf_of=pair.amber_id)
    pair.ruth.themes.add(theme, [third])
    told = pair.ruth.responses.to_theme(theme, YES).value
    assert [story.question.id for story in told.answered] == [third]
    assert [story.question.id for story in told.had_it] == [first, second]
    assert [debt.question for debt in pair.ruth.answering.debt.everyone().debts] == [third]
    with pytest.raises(InputError, match="already"):
        pair.ruth.responses.to_theme(theme, YES)
    # Who says “not quite” is answered again, be it in the same words; other words are for all.
    pair.ruth.questions.take_step(
        first, StepKind.NOT_QUITE, said="By phone?", on_behalf_of=pair.kim
    )
    again = pair.ruth.responses.to_theme(theme, YES).value
    assert [story.question.id for story in again.answered] == [first]
    other = Answer(YES.decision, "Yes, and by phone.")
    assert len(pair.ruth.responses.to_theme(theme, other).value.answered) == 3


def test_no_to_a_theme_gives_its_reason_to_each(pair):
    ids = [ask(pair.ruth, f"Can I join from home on day {n}?") for n in (1, 2)]
    theme = pair.ruth.themes.put_together(ids, title="Home").value.theme.id
    refusal = Answer(Decision.WILL_NOT_CHANGE, "No.", considered=Considered.PARTLY)
    before = len(pair.ruth.desk.store.entries())
    with pytest.raises(InputError, match="needs a reason"):
        pair.ruth.responses.to_theme(theme, refusal)
    assert len(pair.ruth.desk.store.entries()) == before
    reasoned = Answer(Decision.WILL_NOT_CHANGE, "No.", "The law.", considered=Considered.PARTLY)
    for story in pair.ruth.responses.to_theme(theme, reasoned).value.answered:
        assert story.fate.state is QuestionState.NOT_CHANGED
        assert story.fate.last(StepKind.NOT_CHANGE).detail["words"] == "The law."
        assert story.question.considered is Considered.PARTLY


def test_a_day_before_the_question_is_asked_about_and_tomorrow_is_refused(pair):
    question = ask(pair.ruth, "Can I join from home?")
    asked = pair.ruth.questions.story(question).question.raised_at.astimezone().date()
    answer = {"decision": Decision.ALREADY_COVERED, "body": "On page two."}
    for wrong in (date(2999, 1, 1), asked - timedelta(days=1), date(1970, 1, 1)):
        with pytest.raises(InputError):
            pair.ruth.questions.respond(question, decided_on=wrong, **answer)
    with pytest.raises(InputError, match="not on the list"):
        pair.ruth.questions.respond(question, criteria=["whim"], **answer)
    assert pair.ruth.questions.story(question).responses == ()
    day = asked - timedelta(days=30)
    story = pair.ruth.questions.respond(question, decided_on=day, was_earlier=True, **answer).value
    assert story.response.decided_on == day
    # One that joined later may have the answer that the others had before it was asked.
    pair.clock.set(asked + timedelta(days=9))
    late = ask(pair.ruth, "And for the last session?")
    theme = pair.ruth.themes.put_together([question, late], title="Home").value.theme.id
    again = Answer(Decision.WILL_CHANGE, "You can.", decided_on=asked + timedelta(days=3))
    assert len(pair.ruth.responses.to_theme(theme, again).value.answered) == 2


def test_very_long_words_are_kept_whole(pair):
    question = ask(pair.amber, LONG)
    pair.to_ruth()
    pair.ruth.questions.respond(question, decision=Decision.WILL_CHANGE, body=LONG)
    pair.to_amber()
    story = pair.amber.questions.story(question)
    assert story.question.body == story.response.body == LONG.strip()
    assert len(LONG) == 100_000
    assert pair.amber.verify() == []


def test_mark_up_and_hostile_characters_are_words_like_any_other(pair):
    words = "<b>Bold</b> <script>alert(1)</script> &amp; \u202eesrever\u202c \u2066x\u2069"
    question = ask(pair.ruth, words)
    story = pair.ruth.questions.respond(
        question, decision=Decision.NEEDS_DISCUSSION, body=words
    ).value
    assert story.question.body == story.response.body == words
