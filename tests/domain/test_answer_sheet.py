"""Days, decisions and codes as people write them, and feedback made of parts."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from mhin_ppi.domain.answer_sheet import (
    code_from,
    code_of,
    day_from,
    decision_from,
    harmless,
)
from mhin_ppi.domain.feedback_words import TEMPLATES, filled
from mhin_ppi.domain.questions import QuestionId
from mhin_ppi.domain.responses import DECISION_WORDS, FeedbackKind


@pytest.mark.parametrize(
    "written", ["3/3/2026", "03.03.2026", "3 March 2026", "Tuesday, 3rd Mar 2026", "2026-03-03"]
)
def test_a_day_is_read_as_it_is_written_in_britain(written):
    assert day_from(written) == date(2026, 3, 3)


@pytest.mark.parametrize(
    "written", ["", "3/3/26", "31/2/2026", "March", "3 Ma 2026", "3 J 2026", "46084", "soon"]
)
def test_a_day_that_is_not_sure_is_not_guessed(written):
    assert day_from(written) is None


def test_every_decision_is_known_by_its_words_alone():
    assert [decision_from(f" {words.upper()} ") for words in DECISION_WORDS.values()] == list(
        DECISION_WORDS
    )
    assert decision_from("will change or not") is None


def test_a_code_is_known_again_however_it_is_written():
    question = QuestionId(uuid4())
    code = code_of(question)
    for written in (code, code.lower(), code.replace("-", ""), code.replace("-", " – ")):
        assert code_from(written) == code
    for written in ("", code[:-1], f"{code}0", f"x{code}", "Question 1"):
        assert code_from(written) == ""


@pytest.mark.parametrize("words", ["=1+1", "+44", "-2", "@sum", "\t=1"])
def test_no_words_become_a_formula(words):
    assert harmless(words) == f"'{words}"


def test_a_line_whose_parts_are_empty_is_left_out():
    parts = {"their words": "[the answer]?", "the answer": "Yes.", "reason": "", "what changed": ""}
    told = filled(TEMPLATES[FeedbackKind.DIFFERENCE], parts)
    assert told == "You asked: “[the answer]?”\nThank you for asking this.\nThe team's answer: Yes."
