"""Rates as tables: the day before, on and after each change; arrears and rounding to the penny."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain import catalogues
from mhin_ppi.domain.arrears import offered_pence, raised, rises
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.meeting_rules import overlapping
from mhin_ppi.domain.meetings import Meeting, MeetingId
from mhin_ppi.domain.projects import ProjectId
from mhin_ppi.domain.rates import (
    Rate,
    RateId,
    RateUnit,
    SchemeUse,
    SchemeUseId,
    in_force,
    nearest,
    pay_for,
    pay_for_miles,
    scheme_for,
)

RISE = date(2025, 12, 16)
STUDY = ProjectId(UUID(int=5))
PUBLISHED = Path(__file__).parents[2] / "resources" / "catalogues" / "payment_rates.toml"


def rate(number: int, pence: int, since: date, *, minutes: int = 60, **more) -> Rate:
    return Rate(
        id=RateId(UUID(int=number)),
        name="It",
        pence=pence,
        minutes=minutes,
        valid_from=since,
        **more,
    )


@pytest.fixture(scope="module")
def nihr() -> list[Rate]:
    """The published bands before and after the rise, as a board that confirmed them has them."""
    newer, older = catalogues.parse_rates(PUBLISHED.read_text(encoding="utf-8")).rate_sets
    found = []
    for since, each in ((date(2022, 1, 1), older), (RISE, newer)):
        for band in each.bands:
            if band.minutes:
                number = len(found) + 1
                found.append(rate(number, band.amount_pence, since, minutes=band.minutes))
    return found


# Minutes of a task, and what it paid until 15 December 2025 and from the 16th on: the worked
# example of the NIHR rise, written out by hand from DOMAIN.md 4.1.
BANDS = [
    (30, 1250, 1380),
    (60, 2500, 2750),
    (120, 5000, 5500),
    (210, 7500, 8250),
    (420, 15000, 16500),
    (840, 30000, 33000),
]


@pytest.mark.parametrize(("minutes", "before", "after"), BANDS)
def test_the_day_before_on_and_after_the_rise(nihr, minutes, before, after):
    for on, pence in (
        (RISE - timedelta(days=1), before),
        (RISE, after),
        (RISE + timedelta(days=1), after),
    ):
        pay = pay_for(nihr, [], on=on, minutes=minutes)
        assert pay is not None
        assert pay.pence == pence


@pytest.mark.parametrize(
    ("on", "pence"),
    [
        (date(2028, 2, 28), 100),
        (date(2028, 2, 29), 200),
        (date(2028, 3, 1), 200),
        (date(2026, 3, 29), 100),  # clocks go forward
        (date(2026, 10, 25), 100),  # and back
        (date(2028, 3, 31), 200),
        (date(2028, 4, 1), 300),  # financial year
        (date(2028, 4, 5), 300),
        (date(2028, 4, 6), 400),  # tax year
    ],
)
def test_a_rate_counts_from_its_first_day_whatever_the_calendar_does(on, pence):
    rates = [
        rate(1, 100, date(2026, 1, 1)),
        rate(2, 200, date(2028, 2, 29)),
        rate(3, 300, date(2028, 4, 1)),
        rate(4, 400, date(2028, 4, 6)),
    ]
    pay = pay_for(rates, [], on=on, minutes=45)
    assert pay is not None
    assert pay.pence == pence


@pytest.mark.parametrize(
    ("minutes", "pence"), [(1, 23), (15, 346), (30, 691), (31, 714), (60, 1382), (90, 2073)]
)
def test_by_the_hour_half_a_penny_goes_up(minutes, pence):
    """£13.82 an hour: 15 minutes are 345.5p, so 346p."""
    pay = pay_for(
        [rate(1, 1382, RISE, minutes=0, unit=RateUnit.HOUR)], [], on=RISE, minutes=minutes
    )
    assert pay is not None
    assert pay.pence == pence


@given(st.integers(0, 10**6), st.integers(1, 1000))
def test_rounding_is_to_the_nearest_and_half_goes_up(amount, parts):
    found = nearest(amount, parts)
    assert 2 * abs(found * parts - amount) <= parts
    assert not (2 * (amount - found * parts) == parts)


def test_a_lump_is_paid_by_the_hour_where_there_is_such_a_rate():
    rates = [rate(1, 2750, RISE), rate(2, 1500, RISE, minutes=0, unit=RateUnit.HOUR)]
    once = pay_for(rates, [], on=RISE, minutes=600)
    lump = pay_for(rates, [], on=RISE, minutes=600, lump=True)
    assert once is not None
    assert lump is not None
    assert (once.pence, lump.pence) == (2750, 15000)


@pytest.mark.parametrize(
    ("tenths", "vehicle", "pence"),
    [(10, "car", 45), (123, "car", 554), (1, "car", 5), (10, "bicycle", 20), (10, "boat", None)],
)
def test_miles_are_paid_by_vehicle_to_the_nearest_penny(tenths, vehicle, pence):
    miles = {"minutes": 0, "unit": RateUnit.MILE}
    rates = [rate(1, 45, RISE, band="car", **miles), rate(2, 20, RISE, band="bicycle", **miles)]
    pay = pay_for_miles(rates, [], on=RISE, tenths=tenths, vehicle=vehicle)
    assert (pay.pence if pay else None) == pence


def test_an_unchecked_figure_pays_nobody_until_a_coordinator_confirms_it():
    doubtful = rate(1, 2750, RISE, source="A press report")
    assert pay_for([doubtful], [], on=RISE, minutes=60) is None
    for confirmed in (replace(doubtful, verified=True), replace(doubtful, confirmed_on=RISE)):
        assert pay_for([confirmed], [], on=RISE, minutes=60) is not None


def test_a_smaller_size_does_not_stand_in_for_one_that_is_not_confirmed():
    half = rate(1, 1380, RISE, minutes=30, source="Press", verified=True)
    hour = rate(2, 2750, RISE, minutes=60, source="Press")
    assert pay_for([half, hour], [], on=RISE, minutes=50) is None
    assert pay_for([half, hour], [], on=RISE, minutes=600) is None
    older = rate(3, 2500, date(2025, 1, 1), minutes=60)
    pay = pay_for([half, older, hour], [], on=RISE, minutes=50)
    assert pay is not None
    assert pay.pence == 2500


def use(number: int, scheme: str, since: date, project: ProjectId | None = None) -> SchemeUse:
    return SchemeUse(SchemeUseId(UUID(int=number)), project, scheme, since)


@pytest.mark.parametrize(
    ("on", "project", "scheme"),
    [
        (date(2025, 12, 31), STUDY, None),
        (date(2026, 1, 1), None, "NIHR"),
        (date(2026, 1, 1), STUDY, "NIHR"),
        (date(2026, 2, 1), STUDY, "Ours"),
        (date(2026, 2, 1), None, "NIHR"),
        (date(2026, 3, 1), None, "Later"),
        (date(2026, 3, 1), STUDY, "Ours"),
    ],
)
def test_the_projects_scheme_comes_before_the_boards(on, project, scheme):
    uses = [
        use(1, "Later", date(2026, 3, 1)),
        use(2, "Ours", date(2026, 2, 1), STUDY),
        use(3, "NIHR", date(2026, 1, 1)),
    ]
    assert scheme_for(uses, on=on, project=project) == scheme


def test_only_the_rates_of_the_scheme_in_use_count():
    rates = [rate(1, 100, RISE, scheme="NIHR"), rate(2, 200, RISE, scheme="Ours")]
    uses = [use(1, "NIHR", RISE)]
    assert [one.pence for one in in_force(rates, on=RISE, uses=uses)] == [100]
    assert [one.pence for one in in_force(rates, on=RISE)] == [200], "the one recorded later"


# ---- arrears


def claimed(minutes: int, pence: int, on: date, *, of: Rate, **more) -> ClaimLine:
    return ClaimLine(
        kind=LineKind.INVOLVEMENT,
        on=on,
        what="Meeting",
        pence=pence,
        minutes=minutes,
        involvement=f"time-{minutes}-{on}",
        rate=str(of.id),
        **more,
    )


@pytest.mark.parametrize(("minutes", "before", "after"), BANDS)
def test_what_was_claimed_at_the_old_rate_is_owed_the_difference(nihr, minutes, before, after):
    old = pay_for(nihr, [], on=date(2025, 6, 1), minutes=minutes)
    assert old is not None
    lines = [
        claimed(minutes, before, on, of=old.rate)
        for on in (date(2025, 12, 15), RISE, date(2026, 1, 9))
    ]
    found = rises(lines, nihr, [])
    assert [(line.on, line.pence) for line in found] == [
        (RISE, after - before),
        (date(2026, 1, 9), after - before),
    ]
    assert all(line.kind is LineKind.ARREARS for line in found)
    assert all("16 December 2025" in line.what.replace("\u00a0", " ") for line in found)
    assert rises([*lines, *found], nihr, []) == [], "paid once"


def test_a_second_rise_pays_only_its_own_difference_and_a_fall_takes_nothing_back():
    first, second = rate(1, 2500, date(2025, 1, 1)), rate(2, 2750, date(2025, 3, 1))
    line = claimed(60, 2500, date(2025, 6, 1), of=first)
    (more,) = rises([line], [first, second], [])
    assert more.pence == 250
    third = rate(3, 3000, date(2025, 5, 1))
    (again,) = rises([line, more], [first, second, third], [])
    assert (again.pence, again.pays_for) == (250, f"{line.pays_for}/{third.id}")
    assert again.pays_for != more.pays_for
    fall = rate(4, 100, date(2025, 5, 2))
    assert rises([line, more, again], [first, second, third, fall], []) == []


def test_who_asked_for_less_is_owed_the_difference_between_the_offers():
    first, second = rate(1, 2500, date(2025, 1, 1)), rate(2, 2750, date(2025, 3, 1))
    line = claimed(60, 1000, date(2025, 6, 1), of=first, full_pence=2500)
    (more,) = rises([line], [first, second], [])
    assert more.pence == 250


def test_expenses_and_agreed_amounts_do_not_follow_a_rate(nihr):
    bus = ClaimLine(LineKind.EXPENSE, RISE, "Bus", 480, id="bus")
    review = ClaimLine(LineKind.INVOLVEMENT, RISE, "Review", 2500, review="r")
    assert rises([bus, review], nihr, []) == []
    more = raised(review, 250, agreed_pence=2750)
    assert (more.pays_for, offered_pence(more)) == ("r/agreed-2750", 250)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9000)), min_size=1, max_size=5),
    st.integers(0, 60),
)
def test_old_pay_and_arrears_together_are_what_the_last_rate_pays(steps, given_on):
    """Rates that only rise, added one after another; what is owed is claimed at once each time."""
    on, pence, rates, lines = date(2026, 1, 1) + timedelta(days=given_on), 0, [], []
    for number, (since, more) in enumerate(steps, start=1):
        pence += more
        rates.append(rate(number, pence, date(2026, 1, 1) + timedelta(days=since)))
        if not lines:
            pay = pay_for(rates, [], on=on, minutes=60)
            if pay is not None:
                lines.append(claimed(60, pay.pence, on, of=pay.rate))
        lines += rises(lines, rates, [])
    last = pay_for(rates, [], on=on, minutes=60)
    best = max((one.pence for one in rates if one.valid_from <= on), default=0)
    paid = sum(line.pence for line in lines)
    assert len({line.pays_for for line in lines}) == len(lines)
    assert paid >= (last.pence if last else 0)
    assert paid <= best


# ---- meetings at the same time


def meeting(number: int, starts: datetime, minutes: int = 60) -> Meeting:
    return Meeting(MeetingId(UUID(int=number)), f"M{number}", starts_at=starts, minutes=minutes)


TEN = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
BST = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("first", "second", "same_time"),
    [
        (meeting(1, TEN), meeting(2, TEN + timedelta(minutes=60)), False),
        (meeting(1, TEN), meeting(2, TEN + timedelta(minutes=59)), True),
        (meeting(1, TEN, 600), meeting(2, TEN + timedelta(minutes=90)), True),
        # 01:30 by the clock twice that night: once in summer time, once after it
        (
            meeting(1, datetime(2026, 10, 25, 1, 30, tzinfo=BST)),
            meeting(2, datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
            False,
        ),
        (meeting(1, TEN), meeting(1, TEN), False),
    ],
)
def test_meetings_at_the_same_time_are_found(first, second, same_time):
    assert (overlapping([first, second]) is not None) == same_time
    assert (overlapping([second, first]) is not None) == same_time
