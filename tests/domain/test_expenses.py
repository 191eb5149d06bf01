"""Expenses: categories that stay, amounts and miles that can be, days within the board's life."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain import expenses
from mhin_ppi.domain.budgets import HEADINGS
from mhin_ppi.domain.claim_lines import (
    MOST_LINES,
    MOST_PENCE,
    ClaimLine,
    LineKind,
    check_lines,
    line_from_json,
)
from mhin_ppi.domain.expenses import CATEGORIES, Spent, amount_from, tenths_from, tidy_what
from mhin_ppi.errors import InputError

TODAY, FOUNDED = date(2026, 3, 2), date(2026, 1, 1)
BUS = Spent("1", "public_transport", date(2026, 2, 1), "Bus to Hull", 405)
CODES = {
    *("public_transport", "car", "bicycle", "motorcycle", "food", "overnight", "childcare"),
    *("carer_cover", "personal_assistant", "office", "phone_data", "access", "other"),
}


def refused(line: ClaimLine, *, founded_on: date | None = FOUNDED) -> str:
    with pytest.raises(InputError) as caught:
        check_lines([line], today=TODAY, founded_on=founded_on)
    return caught.value.in_full()


def test_codes_of_categories_never_change():
    assert {category.code for category in CATEGORIES} == CODES
    assert {category.heading for category in CATEGORIES} <= set(HEADINGS)
    assert {category.vehicle for category in CATEGORIES} == {"", "car", "bicycle", "motorcycle"}


def test_examples_in_docstrings_are_true():
    assert doctest.testmod(expenses).failed == 0


def test_a_whole_expense_a_smaller_one_and_one_that_is_paid_already():
    less, paid = replace(BUS, ask_pence=200), replace(BUS, prepaid=True)
    asked = [(one.line().pence, one.line().full_pence) for one in (BUS, less, paid)]
    assert asked == [(405, 0), (200, 405), (0, 0)]
    assert [one.line().prepaid_pence for one in (BUS, less, paid)] == [0, 0, 405]
    check_lines([one.line() for one in (BUS, less, paid)], today=TODAY, founded_on=FOUNDED)
    assert line_from_json(less.line().to_json()) == less.line()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pence": 0}, "between 1p and £100,000"),
        ({"pence": -1}, "between 1p and £100,000"),
        ({"pence": MOST_PENCE + 1}, "between 1p and £100,000"),
        ({"pence": 4.05}, "between 1p and £100,000"),
        ({"pence": True}, "between 1p and £100,000"),
        ({"pence": 0, "prepaid_pence": MOST_PENCE + 1}, "was paid already"),
        ({"prepaid_pence": -5}, "was paid already"),
        ({"full_pence": 300}, "more than the £3.00 it came to"),
        ({"full_pence": 405}, "more than the £4.05 it came to"),
        ({"on": date(2026, 3, 3)}, "has not come yet"),
        ({"on": date(2025, 12, 31)}, "before this board began, on 1\u00a0January 2026"),
        ({"what": "  "}, "does not say what it was for"),
    ],
)
def test_what_cannot_be_paid_is_refused_and_named(change, words):
    assert words in refused(replace(BUS.line(), **change))


def test_an_older_day_may_come_from_paper_and_older_time_was_checked_when_it_was_noted():
    old = replace(BUS.line(), on=date(2020, 1, 1))
    check_lines([old], today=TODAY, founded_on=None)
    oldest = replace(old, on=FOUNDED.replace(year=FOUNDED.year - 6))
    check_lines([oldest], today=TODAY, founded_on=FOUNDED, from_paper=True)
    for on in (oldest.on - timedelta(days=1), date(1990, 1, 1), date(26, 3, 1)):
        with pytest.raises(InputError, match="more than 6 years before this board began here"):
            check_lines([replace(old, on=on)], today=TODAY, founded_on=FOUNDED, from_paper=True)
    check_lines([replace(old, kind=LineKind.INVOLVEMENT)], today=TODAY, founded_on=FOUNDED)


def test_ten_thousand_lines_are_refused_and_the_most_are_not():
    check_lines([BUS.line()] * MOST_LINES, today=TODAY)
    with pytest.raises(InputError, match="10,000 lines, more than the 1,000"):
        check_lines([BUS.line()] * 10_000, today=TODAY)


@pytest.mark.parametrize("written", ["", "-3", "ten", "1e9", "£", "0", "1.234", "100000.01", "٣"])
def test_amounts_that_cannot_be(written):
    with pytest.raises(InputError):
        amount_from(written)


@pytest.mark.parametrize(
    "written", ["", "-3", "a few", "0", "0.0", "1.25", "2000.1", "1e3", "9" * 40]
)
def test_miles_that_cannot_be(written):
    with pytest.raises(InputError):
        tenths_from(written)


def test_a_page_pasted_by_mistake_is_not_read_back_whole():
    for read in (amount_from, tenths_from):
        with pytest.raises(InputError) as caught:
            read("\x00\u202ea page of words " * 10_000)
        assert len(caught.value.what_happened) < 120
        assert caught.value.what_happened.isprintable()


@given(st.text(max_size=600))
def test_what_it_was_for_is_one_short_line_that_can_be_seen(written):
    tidy = tidy_what(written)
    assert len(tidy) <= expenses.LONGEST_WHAT
    assert tidy == tidy_what(tidy)
    assert not set(tidy) & set("\r\n\x00\x1b\u202e\u2028")
