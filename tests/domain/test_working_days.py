"""Working days, against counting them one by one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.working_days import working_days_after, working_days_between
from mhin_ppi.services.bank_holidays import bank_holidays_in_england

DAYS = st.dates(date(2025, 12, 1), date(2026, 9, 1))


@settings(max_examples=60)
@given(DAYS, DAYS, st.sets(DAYS, max_size=8))
def test_they_are_as_many_as_when_counted_one_by_one(start, end, free):
    day, counted = start, 0
    while day < end:
        day += timedelta(days=1)
        counted += day.weekday() < 5 and day not in free
    assert working_days_between(start, end, holidays=free) == counted
    there = working_days_after(start, counted, holidays=free)
    assert working_days_between(start, there, holidays=free) == counted


def test_england_has_its_bank_holidays():
    found = bank_holidays_in_england([2026])
    assert {date(2026, 4, 3), date(2026, 4, 6), date(2026, 8, 31), date(2026, 12, 28)} <= found
    assert date(2026, 3, 17) not in found, "St Patrick's day is no holiday in England"
    assert working_days_between(date(2026, 4, 2), date(2026, 4, 7), holidays=found) == 1
