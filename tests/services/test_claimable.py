"""What can be claimed on real stores: agreed amounts, rises, meetings, coordination."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.involvement import Activity
from mhin_ppi.domain.meetings import Came
from mhin_ppi.domain.rates import RateUnit
from mhin_ppi.errors import InputError

SINCE = date(2025, 1, 1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def hold(pair, title: str, *, at: datetime = NOON, minutes: int = 60, pay_pence: int = 0):
    made = pair.ruth.meetings.arrange(
        title, starts_at=at, minutes=minutes, project=pair.project, pay_pence=pay_pence
    ).value
    pair.ruth.meeting_parts.attending.note_came(made.id, pair.amber_id, Came.ONLINE)
    pair.to_amber()
    return made


def agree(pair, asked, pence: int) -> None:
    """Agree another amount at Ruth's laptop; it knows what it had been sent before."""
    pair.ruth.rounds.change(
        asked.id,
        invited=asked.invited,
        due_on=asked.due_on,
        minutes=asked.minutes,
        guiding_questions=(),
        content_note="",
        agreed_pence=pence,
    )
    pair.exchange()


def test_a_meeting_with_an_amount_is_one_line_and_its_minutes_are_not_paid_on_top(pair):
    pair.ruth.payments.rates.add("An hour", pence=2500, minutes=60, valid_from=SINCE)
    meeting = hold(pair, "Board meeting", pay_pence=5500)
    pair.amber.meeting_parts.time.confirm(meeting.id, minutes=60, prepare_minutes=30)
    (line,) = pair.amber.claims.claimable()
    assert (line.what, line.pence, line.meeting) == (
        "Meeting: Board meeting",
        5500,
        str(meeting.id),
    )
    with pytest.raises(InputError):
        pair.amber.claims.submit([replace(line, pence=5501)])
    pair.amber.claims.submit([line])
    assert pair.amber.claims.claimable() == []


def test_who_did_not_come_has_nothing_to_claim(pair):
    made = pair.ruth.meetings.arrange("M", starts_at=NOON, pay_pence=5500).value
    pair.ruth.meeting_parts.attending.note_came(made.id, pair.amber_id, Came.APOLOGIES)
    pair.to_amber()
    assert pair.amber.claims.claimable() == []


def test_two_meetings_at_the_same_time_are_not_both_claimed_whole(pair):
    hold(pair, "One", pay_pence=5500)
    hold(pair, "Other", at=NOON.replace(minute=30), pay_pence=2750)
    first, second = pair.amber.claims.claimable()
    with pytest.raises(InputError) as refused:
        pair.amber.claims.submit([first, second])
    assert "“One” and “Other” were at the same time" in str(refused.value)
    pair.amber.claims.submit([first])
    with pytest.raises(InputError):
        pair.amber.claims.submit([second])


def test_coordination_is_noted_and_not_claimed(pair):
    pair.ruth.payments.rates.add("An hour", pence=2500, minutes=60, valid_from=SINCE)
    pair.ruth.time.log(120, activity=Activity.COORDINATION)
    pair.ruth.time.log(30, activity=Activity.RECOVERY)
    assert [line.what for line in pair.ruth.claims.claimable()] == ["Time to recover"]


def test_a_rate_that_rises_with_a_back_date_adds_the_difference_once(pair):
    rates = pair.ruth.payments.rates
    rates.add("An hour", pence=2500, minutes=60, valid_from=SINCE)
    pair.to_amber()
    pair.amber.time.log(50)
    (line,) = pair.amber.claims.claimable()
    asked = pair.amber.claims.submit([replace(line, pence=1000)]).value
    assert asked.lines[0].full_pence == 2500
    rates.add("An hour", pence=2750, minutes=60, valid_from=date(2025, 12, 16))
    pair.exchange()
    (more,) = pair.amber.claims.claimable()
    assert (more.kind, more.pence) == (LineKind.ARREARS, 250)
    pair.amber.claims.submit([more])
    assert pair.amber.claims.claimable() == []
    with pytest.raises(InputError):
        pair.amber.claims.submit([more])


def test_a_gift_is_owed_no_difference(pair):
    rates = pair.ruth.payments.rates
    rates.add("An hour", pence=2500, minutes=60, valid_from=SINCE)
    pair.to_amber()
    pair.amber.time.log(50)
    claim = pair.amber.claims.submit(pair.amber.claims.claimable()).value
    pair.amber.claims.decide(claim.id, L.GIVEN)
    rates.add("An hour", pence=2750, minutes=60, valid_from=date(2025, 12, 16))
    pair.exchange()
    assert pair.amber.claims.claimable() == []


def test_an_agreed_amount_that_rises_after_the_claim_pays_the_difference(pair):
    asked = pair.ruth.reviewing.ask_to_read(
        pair.version, invited=[pair.amber_id], agreed_pence=2750
    ).value
    pair.to_amber()
    pair.amber.reviewing.give_back(asked.id)
    pair.amber.claims.submit(pair.amber.claims.claimable())
    pair.exchange()
    for pence, owed in ((5500, 2750), (6000, 500)):
        agree(pair, asked, pence)
        (more,) = pair.amber.claims.claimable()
        assert (more.kind, more.pence) == (LineKind.ARREARS, owed)
        with pytest.raises(InputError):
            pair.amber.claims.submit([replace(more, pence=owed + 1)])
        pair.amber.claims.submit([more])
        assert pair.amber.claims.claimable() == []


def test_minutes_claimed_before_count_against_a_line_made_by_hand_too(pair):
    pair.ruth.payments.rates.add("An hour", pence=2000, minutes=60, valid_from=SINCE)
    asked = pair.ruth.reviewing.ask_to_read(pair.version, invited=[pair.amber_id]).value
    pair.to_amber()
    pair.amber.time.log(50, request=asked.id)
    pair.amber.claims.submit(pair.amber.claims.claimable())
    pair.exchange()
    agree(pair, asked, 3000)
    pair.to_amber()
    pair.amber.reviewing.give_back(asked.id)
    (line,) = pair.amber.claims.claimable()
    assert line.pence == 1000
    with pytest.raises(InputError):
        pair.amber.claims.submit([replace(line, pence=3000)])


def test_more_than_the_rate_of_the_day_is_not_asked_for(pair):
    pair.ruth.payments.rates.add("An hour", pence=2000, minutes=60, valid_from=SINCE)
    pair.to_amber()
    pair.amber.time.log(50)
    (line,) = pair.amber.claims.claimable()
    with pytest.raises(InputError):
        pair.amber.claims.submit([replace(line, pence=2001)])
    with pytest.raises(InputError):
        pair.amber.claims.submit(
            [replace(line, involvement="00000000-0000-4000-8000-000000000000")]
        )


def test_a_lump_stays_within_a_month_and_is_paid_by_the_hour(pair):
    rates = pair.ruth.payments.rates
    rates.add("Hour", pence=1500, minutes=0, valid_from=SINCE, unit=RateUnit.HOUR)
    pair.to_amber()
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    made = pair.amber.time.log(200, on=first, until=last).value
    (line,) = pair.amber.claims.claimable()
    assert (made.until, line.pence, line.minutes) == (last, 5000, 200)
    again = pair.amber.time.correct(made.id, minutes=240, on=first).value
    assert (again.until, again.corrects) == (last, made.id)
    for on, until, minutes in (
        (date(2026, 2, 20), date(2026, 3, 1), 60),
        (date(2026, 2, 2), date(2026, 2, 1), 60),
        (first, last, 28 * 24 * 60 + 1),
        (date(2026, 3, 1), date(2026, 3, 31), 60),
    ):
        with pytest.raises(InputError):
            pair.amber.time.log(minutes, on=on, until=until)


def test_time_before_the_board_is_typed_in_by_a_coordinator_only(pair):
    older = pair.ruth.people.board().founded_on - timedelta(days=1)
    with pytest.raises(InputError):
        pair.amber.time.log(30, on=older)
    typed = pair.ruth.time.log(
        30, on=older, on_behalf_of=pair.amber_id, why_typed="From the paper diary."
    ).value
    assert (typed.why_typed, typed.typed_by) == (
        "From the paper diary.",
        pair.ruth.desk.store.person,
    )
    slip = older.replace(year=1990)
    spent = ClaimLine(LineKind.EXPENSE, older, "Bus", 480, id="bus")
    claims = pair.ruth.claims
    claims.submit([spent], on_behalf_of=pair.amber_id)
    for wrong in (
        lambda: pair.ruth.time.log(30, on=slip, on_behalf_of=pair.amber_id),
        lambda: pair.ruth.time.correct(typed.id, minutes=30, on=slip),
        lambda: claims.submit([replace(spent, on=slip, id="b")], on_behalf_of=pair.amber_id),
    ):
        with pytest.raises(InputError, match="more than 6 years before"):
            wrong()


def test_time_is_not_moved_to_a_day_that_cannot_be_by_putting_it_right(pair):
    founded, today = pair.ruth.people.board().founded_on, date(2026, 3, 2)
    older = founded - timedelta(days=1)
    made = pair.amber.time.log(30, on=founded).value
    lump = pair.amber.time.log(90, on=date(2026, 2, 1), until=date(2026, 2, 28)).value
    for record, on in (
        (made.id, older),
        (made.id, today + timedelta(days=1)),
        (lump.id, date(2025, 3, 4)),
        (lump.id, date(2026, 3, 1)),
    ):
        with pytest.raises(InputError):
            pair.amber.time.correct(record, minutes=30, on=on)
    assert [one.on for one in pair.amber.time.mine()] == [lump.on, founded]
    pair.to_ruth()
    assert pair.ruth.time.correct(made.id, minutes=30, on=older).value.on == older
    pair.to_amber()
    (paper,) = [one for one in pair.amber.time.mine() if one.on == older]
    # Its day was typed in by a coordinator: the minutes of that day may still be put right.
    assert pair.amber.time.correct(paper.id, minutes=20, on=older).value.minutes == 20
    with pytest.raises(InputError):
        pair.amber.time.correct(paper.id, minutes=20, on=older - timedelta(days=1))


def test_only_time_that_a_rate_could_pay_waits_for_one(pair):
    amber = pair.amber
    amber.time.log(30, activity=Activity.COORDINATION, on=SINCE + timedelta(days=100))
    meeting = hold(pair, "Board meeting", pay_pence=5500)
    amber.meeting_parts.time.confirm(meeting.id, minutes=60, prepare_minutes=30)
    waits = amber.time.log(40).value
    assert [one.id for one in amber.claims.waiting_for_rate()] == [waits.id]
    pair.ruth.payments.rates.add("An hour", pence=2500, minutes=60, valid_from=date(2026, 1, 1))
    pair.to_amber()
    assert amber.claims.waiting_for_rate() == []
    (line,) = [one for one in amber.claims.claimable() if one.involvement]
    amber.claims.submit([line])
    # Put right after it was claimed, to a day without a rate: it was paid, and waits for nothing.
    amber.time.correct(waits.id, minutes=20, on=date(2025, 12, 1))
    assert amber.claims.waiting_for_rate() == []


def test_time_put_right_after_it_was_claimed_is_paid_the_difference_only(pair):
    rates = pair.ruth.payments.rates
    rates.add("An hour", pence=2500, minutes=60, valid_from=SINCE)
    rates.add("Two hours", pence=5000, minutes=120, valid_from=SINCE)
    pair.to_amber()
    wrong = pair.amber.time.log(50).value
    pair.amber.claims.submit(pair.amber.claims.claimable())
    right = pair.amber.time.correct(wrong.id, minutes=100, on=wrong.on).value
    (more,) = pair.amber.claims.claimable()
    assert (more.kind, more.pence, more.tops_up) == (LineKind.ARREARS, 2500, str(wrong.id))
    whole = replace(more, kind=LineKind.INVOLVEMENT, involvement=str(right.id), tops_up="")
    with pytest.raises(InputError):
        pair.amber.claims.submit([whole])
    pair.amber.claims.submit([more])
    assert pair.amber.claims.claimable() == []
    rates.add("Two hours", pence=5500, minutes=120, valid_from=date(2025, 12, 16))
    pair.exchange()
    (again,) = pair.amber.claims.claimable()
    assert (again.kind, again.pence) == (LineKind.ARREARS, 500)
    pair.amber.claims.submit([again])
    pair.amber.time.correct(right.id, minutes=20, on=wrong.on)
    assert pair.amber.claims.claimable() == [], "nobody owes anything back by it"


def test_a_rise_that_was_claimed_is_not_paid_again_with_what_it_rose_from(pair):
    rates = pair.ruth.payments.rates
    rates.add("An hour", pence=2500, minutes=60, valid_from=SINCE)
    pair.to_amber()
    pair.amber.time.log(50)
    first = pair.amber.claims.submit(pair.amber.claims.claimable()).value
    rates.add("An hour", pence=2750, minutes=60, valid_from=date(2025, 12, 16))
    pair.to_amber()
    pair.amber.claims.submit(pair.amber.claims.claimable())
    pair.amber.claims.decide(first.id, L.WITHDRAWN)
    (line,) = pair.amber.claims.claimable()
    assert (line.kind, line.pence) == (LineKind.INVOLVEMENT, 2500)
    pair.amber.claims.submit([line])
    assert pair.amber.claims.claimable() == []


def test_what_an_agreed_amount_rose_from_can_be_claimed_again_and_its_rise_cannot(pair):
    asked = pair.ruth.reviewing.ask_to_read(
        pair.version, invited=[pair.amber_id], agreed_pence=2750
    ).value
    pair.to_amber()
    pair.amber.reviewing.give_back(asked.id)
    first = pair.amber.claims.submit(pair.amber.claims.claimable()).value
    pair.exchange()
    agree(pair, asked, 5500)
    pair.amber.claims.submit(pair.amber.claims.claimable())
    pair.amber.claims.decide(first.id, L.WITHDRAWN)
    (line,) = pair.amber.claims.claimable()
    assert (line.kind, line.pence, line.review) == (LineKind.INVOLVEMENT, 2750, str(asked.id))
    with pytest.raises(InputError):
        pair.amber.claims.submit([replace(line, pence=5500)])
    pair.amber.claims.submit([line])
    assert pair.amber.claims.claimable() == []


def test_time_put_right_on_two_laptops_counts_once(pair):
    pair.ruth.payments.rates.add("An hour", pence=2500, minutes=60, valid_from=SINCE)
    pair.to_amber()
    wrong = pair.amber.time.log(50).value
    pair.exchange()
    pair.amber.time.correct(wrong.id, minutes=40, on=wrong.on)
    later = pair.ruth.time.correct(wrong.id, minutes=30, on=wrong.on).value
    pair.exchange()
    assert [one.minutes for one in pair.amber.time.mine()] == [30]
    (line,) = pair.amber.claims.claimable()
    assert line.involvement == str(later.id)


@pytest.mark.parametrize("sent_before", [False, True])
def test_a_return_on_its_way_asks_for_the_lowered_amount_and_no_sent_claim_changes(
    pair, sent_before
):
    asked = pair.ruth.reviewing.ask_to_read(
        pair.version, invited=[pair.amber_id], agreed_pence=5500
    ).value
    pair.to_amber()
    pair.amber.reviewing.give_back(asked.id)
    sent = pair.amber.claims.submit(pair.amber.claims.claimable()).value if sent_before else None
    agree(pair, asked, 2750)
    assert [line.pence for line in pair.amber.claims.claimable()] == ([] if sent else [2750])
    assert [one.asked_pence for one in pair.ruth.claims.all()] == ([5500] if sent else [])


def test_a_meeting_that_pays_more_after_its_claim_pays_the_difference(pair):
    meeting = hold(pair, "Board meeting", pay_pence=5500)
    pair.amber.claims.submit(pair.amber.claims.claimable())
    pair.ruth.meetings.change(meeting.id, pay_pence=6050)
    pair.to_amber()
    (more,) = pair.amber.claims.claimable()
    assert (more.kind, more.pence, more.tops_up) == (LineKind.ARREARS, 550, str(meeting.id))
