"""Two coordinators do the same on laptops of their own before these exchange: it is done once."""

from __future__ import annotations

import pytest

from mhin_ppi.domain.answer_sheet import FilledRow, code_of
from mhin_ppi.domain.people import Person, Role
from mhin_ppi.domain.questions import QuestionState, StepKind
from mhin_ppi.errors import InputError
from mhin_ppi.services.desk import alter
from mhin_ppi.services.jottings import LONGEST_WORDS
from tests.services.laptops import Pair
from tests.services.test_meeting_parts import held


def both_coordinate(pair: Pair) -> None:
    with pair.ruth.desk.store.unit_of_work() as work:
        alter(work, work.get(Person, pair.amber_id), roles=(Role.MEMBER, Role.COORDINATOR))
        work.commit()
    pair.to_amber()


def test_a_jotting_given_one_name_on_both_becomes_one_question(pair: Pair):
    both_coordinate(pair)
    meeting = held(pair)
    jotted = pair.ruth.meeting_parts.jottings.jot(meeting.id, "Who pays?").value
    other = pair.ruth.meeting_parts.jottings.jot(meeting.id, "Who comes?").value
    pair.exchange()
    jottings = [services.meeting_parts.jottings for services in pair_of(pair)]
    made = [one.give_name(jotted.id, pair.kim).value for one in jottings]
    # Named differently it is two persons' question: each is owed an answer.
    for one, asker in zip(jottings, (pair.kim, pair.amber_id), strict=True):
        one.give_name(other.id, asker)
    pair.exchange()
    pair.exchange()
    assert made[0].id == made[1].id
    for services in pair_of(pair):
        asked = [story.question for story in services.questions.register()]
        assert sorted(one.body for one in asked) == ["Who comes?", "Who comes?", "Who pays?"]
        (one,) = (each for each in asked if each.body == "Who pays?")
        assert (one.asker, one.raised_at, one.meeting) == (pair.kim, jotted.made_at, meeting.id)
        (kept,) = (j for j in services.meeting_parts.jottings.of(meeting.id) if j.id == jotted.id)
        assert (kept.question, kept.body) == (one.id, "Who pays?")
        assert services.desk.store.verify() == []
    assert pair.agree()
    pair.ruth.questions.take_step(made[0].id, StepKind.WITHDRAW, on_behalf_of=pair.kim)
    pair.exchange()
    for services in pair_of(pair):
        assert services.search.find("pays") == []
        assert "Who pays?" not in str(services.desk.store.ship(spaces=pair.shared))


def test_a_sheet_read_on_both_makes_one_answer_to_each_question(pair: Pair):
    both_coordinate(pair)
    asked = [pair.amber.questions.raise_question(f"Why, number {n}?").value.id for n in range(2)]
    pair.exchange()
    back = (
        FilledRow("row 2", code_of(asked[0]), decision="Will change", answer="Yes."),
        FilledRow("row 3", code_of(asked[1]), decision="will not change", answer="No.", reason="X"),
    )
    for services in pair_of(pair):
        sheets = services.answering.sheets
        assert sheets.record(sheets.check(back)).value == 2
    pair.exchange()
    for services in pair_of(pair):
        first, second = (services.questions.story(one) for one in asked)
        assert [one.body for one in first.responses] == ["Yes."]
        assert [(one.body, one.reason) for one in second.responses] == [("No.", "X")]
        assert (first.fate.state, second.fate.state) == (
            QuestionState.ANSWERED,
            QuestionState.NOT_CHANGED,
        )
        assert services.answering.sheets.check(back).to_record == ()
        assert services.desk.store.verify() == []
    assert pair.agree()
    # What the team says later is an answer of its own.
    later = FilledRow("row 2", code_of(asked[0]), decision="Will change", answer="Yes, in May.")
    sheets = pair.ruth.answering.sheets
    assert sheets.record(sheets.check((later,))).value == 1
    pair.exchange()
    told = pair.amber.questions.story(asked[0]).responses
    assert [one.body for one in told] == ["Yes.", "Yes, in May."]


def test_words_put_right_are_no_longer_than_words_jotted_down(pair: Pair):
    jottings = pair.ruth.meeting_parts.jottings
    jotted = jottings.jot(held(pair).id, "Who pays?").value
    assert jottings.reword(jotted.id, "x" * LONGEST_WORDS).value.body == "x" * LONGEST_WORDS
    for wrong in ("x" * (LONGEST_WORDS + 1), "  "):
        with pytest.raises(InputError):
            jottings.reword(jotted.id, wrong)


def pair_of(pair: Pair) -> tuple:
    return pair.ruth, pair.amber
