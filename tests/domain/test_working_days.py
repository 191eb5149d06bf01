"""Working days over weekends, Easter, Christmas and the days given in their stead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.promises import Promise
from mhin_ppi.domain.questions import QuestionState
from mhin_ppi.domain.working_days import (
    is_working_day,
    working_days_after,
    working_days_between,
)
from mhin_ppi.services.bank_holidays import bank_holidays_in_england

# As published on https://www.gov.uk/bank-holidays for England and Wales.
PUBLISHED = {
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}


@pytest.fixture(scope="module")
def holidays() -> frozenset[date]:
    return bank_holidays_in_england(range(2021, 2029))


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_nobody_works_on_are_the_published_ones(year, holidays):
    published = {date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year].split()}
    weekdays = {day for day in holidays if day.year == year and day.weekday() < 5}
    assert weekdays == published


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-04-02", 1, "2026-04-07"),  # over Good Friday to Easter Monday
        ("2026-04-02", 10, "2026-04-20"),
        ("2025-04-17", 1, "2025-04-22"),
        ("2026-12-24", 1, "2026-12-29"),  # Boxing Day is a Saturday, the Monday stands for it
        ("2026-12-18", 10, "2027-01-06"),
        ("2027-12-24", 1, "2027-12-29"),  # both fall on the weekend: Monday and Tuesday
        ("2022-12-23", 2, "2022-12-29"),  # Christmas on a Sunday
        ("2022-12-30", 1, "2023-01-03"),  # New Year's Day on a Sunday
        ("2022-06-01", 1, "2022-06-06"),  # two days for the jubilee
        ("2026-11-27", 1, "2026-11-30"),  # an ordinary weekend
        ("2026-11-28", 0, "2026-11-28"),
        ("2026-11-28", 1, "2026-11-30"),  # asked on a Saturday
    ],
)
def test_so_many_working_days_have_passed_on(start, count, end, holidays):
    first = date.fromisoformat(start)
    found = working_days_after(first, count, holidays=holidays)
    assert found == date.fromisoformat(end)
    if count:
        assert working_days_between(first, found, holidays=holidays) == count
        day_before = found - timedelta(days=1)
        assert working_days_between(first, day_before, holidays=holidays) == count - 1


@settings(max_examples=60)
@given(
    start=st.dates(date(2022, 1, 1), date(2027, 6, 1)),
    one=st.integers(0, 30),
    other=st.integers(0, 30),
)
def test_days_add_up_and_end_on_a_working_day(start, one, other):
    days = bank_days()
    both = working_days_after(start, one + other, holidays=days)
    in_turn = working_days_after(
        working_days_after(start, one, holidays=days), other, holidays=days
    )
    assert both == in_turn
    assert both == start or is_working_day(both, holidays=days)


@settings(max_examples=60)
@given(
    start=st.dates(date(2022, 1, 1), date(2027, 6, 1)),
    ahead=st.integers(-20, 500),
    closed=st.frozensets(st.dates(date(2022, 1, 1), date(2027, 6, 1)), max_size=40),
)
def test_days_between_are_those_counted_one_by_one(start, ahead, closed):
    days = bank_days() | closed
    end = start + timedelta(days=ahead)
    counted = sum(
        is_working_day(start + timedelta(days=n), holidays=days) for n in range(1, ahead + 1)
    )
    assert working_days_between(start, end, holidays=days) == counted
    assert working_days_between(start, end, holidays=sorted(days) * 2) == counted


_KEPT: list[frozenset[date]] = []


def bank_days() -> frozenset[date]:
    if not _KEPT:
        _KEPT.append(bank_holidays_in_england(range(2021, 2029)))
    return _KEPT[0]


def test_days_cannot_be_counted_backwards():
    with pytest.raises(ValueError, match="-1"):
        working_days_after(date(2026, 1, 5), -1, holidays=())
    later, earlier = date(2026, 1, 9), date(2026, 1, 5)
    assert working_days_between(later, earlier, holidays=()) == 0


@pytest.mark.parametrize(
    ("state", "today", "overdue"),
    [
        (QuestionState.RAISED, "2026-04-20", False),  # the tenth working day is kept
        (QuestionState.RAISED, "2026-04-21", True),
        (QuestionState.ACKNOWLEDGED, "2026-04-21", False),
        (QuestionState.ACKNOWLEDGED, "2026-05-19", False),  # 30 days, with May Day between
        (QuestionState.ACKNOWLEDGED, "2026-05-20", True),
        (QuestionState.ANSWERED, "2026-05-19", False),
        (QuestionState.ANSWERED, "2026-05-20", True),  # nobody has told the person
        (QuestionState.NOT_CHANGED, "2026-05-20", True),
        (QuestionState.CHANGED, "2026-05-20", True),
        (QuestionState.FED_BACK, "2027-01-01", False),
        (QuestionState.CLOSED, "2027-01-01", False),
        (QuestionState.WITHDRAWN, "2027-01-01", False),
    ],
)
def test_the_boards_promise(state, today, overdue, holidays):
    promise = Promise(10, 30, holidays)
    asked = date(2026, 4, 2)
    assert promise.is_overdue(state, asked, today=date.fromisoformat(today)) is overdue
