"""Requests to read after they were sent, and the agreed amount that a review pays, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mhin_ppi.domain.claim_lines import line_from_json
from mhin_ppi.domain.drafts import MOST_AGREED_PENCE
from mhin_ppi.domain.rates import RateUnit
from mhin_ppi.errors import InputError, NotAllowedError

RISE = date(2025, 12, 16)


@pytest.fixture
def asked(pair):
    made = pair.ruth.reviewing.ask_to_read(
        pair.version,
        invited=[pair.amber_id, pair.kim],
        due_on=date(2026, 3, 20),
        minutes=40,
        content_note="seclusion",
        agreed_pence=2750,
        band="one_hour",
    ).value
    pair.to_amber()
    return made


def told(request, **other):
    values = {
        "invited": request.invited,
        "due_on": request.due_on,
        "minutes": request.minutes,
        "guiding_questions": request.guiding_questions,
        "content_note": request.content_note,
        "agreed_pence": request.agreed_pence,
        "band": request.band,
    }
    return values | other


def people(services):
    (standing,) = services.rounds.standings()
    return [(one.person.name.split()[0], one.done) for one in standing.people]


def test_only_not_back_yet_or_done_is_known_of_anybody(pair, asked):
    assert people(pair.ruth) == [("Amber", False), ("Kim", False)]
    pair.amber.reviewing.give_back(asked.id)
    pair.to_ruth()
    assert people(pair.ruth) == [("Amber", True), ("Kim", False)]
    with pytest.raises(NotAllowedError):
        pair.amber.rounds.standings()


def test_a_day_is_moved_and_people_are_added(pair, asked):
    more = [*asked.invited, pair.ruth.desk.store.person]
    changed = pair.ruth.rounds.change(
        asked.id, **told(asked, due_on=date(2026, 4, 1), invited=more, guiding_questions=["Why?"])
    ).value
    pair.to_amber()
    shown = pair.amber.reviewing.shelf()[0]
    assert shown.request == changed
    assert (shown.request.due_on, shown.request.guiding_questions) == (date(2026, 4, 1), ("Why?",))
    assert len(changed.invited) == 3


def test_whoever_gave_it_back_stays_and_is_not_asked_twice(pair, asked):
    pair.amber.reviewing.give_back(asked.id)
    pair.to_ruth()
    changed = pair.ruth.rounds.change(asked.id, **told(asked, invited=[pair.kim])).value
    assert changed.invited == (pair.amber_id, pair.kim)


def test_a_closed_request_waits_for_nobody_and_can_be_opened_again(pair, asked):
    pair.amber.reviewing.give_back(asked.id)
    pair.to_ruth()
    pair.ruth.rounds.close(asked.id)
    assert people(pair.ruth) == [("Amber", True)]
    assert pair.ruth.rounds.standings()[0].awaited == 0
    pair.ruth.rounds.reopen(asked)
    assert people(pair.ruth) == [("Amber", True), ("Kim", False)]


def test_a_review_on_its_way_when_the_request_is_closed_still_counts(pair, asked):
    pair.amber.reviewing.give_back(asked.id)
    pair.ruth.rounds.close(asked.id)
    pair.exchange()
    assert people(pair.ruth) == [("Amber", True)]
    assert [line.pence for line in pair.amber.claims.claimable()] == [2750]
    assert pair.agree()


@pytest.mark.parametrize(
    "wrong",
    [
        {"invited": []},
        {"minutes": 0},
        {"minutes": -5},
        {"minutes": 24 * 60 + 1},
        {"agreed_pence": -1},
        {"agreed_pence": MOST_AGREED_PENCE + 1},
        {"due_on": date(2026, 3, 1)},
    ],
)
def test_what_nobody_could_follow_is_refused_and_changes_nothing(pair, asked, wrong):
    before = pair.ruth.desk.store.digest(*pair.shared)
    with pytest.raises(InputError) as refused:
        pair.ruth.rounds.change(asked.id, **told(asked, **wrong))
    assert refused.value.next_step
    with pytest.raises(InputError):
        pair.ruth.reviewing.ask_to_read(pair.version, **told(asked, **wrong))
    assert pair.ruth.desk.store.digest(*pair.shared) == before


def test_a_request_whose_day_has_gone_by_can_still_be_changed(pair, asked):
    pair.clock.set(date(2026, 5, 1))
    changed = pair.ruth.rounds.change(asked.id, **told(asked, minutes=90)).value
    assert (changed.minutes, changed.due_on) == (90, date(2026, 3, 20))


def test_only_a_coordinator_changes_or_closes(pair, asked):
    for act in (
        lambda: pair.amber.rounds.change(asked.id, **told(asked, minutes=5)),
        lambda: pair.amber.rounds.close(asked.id),
        lambda: pair.amber.rounds.reopen(asked),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_what_was_agreed_never_falls_once_somebody_is_back(pair, asked):
    lower = pair.ruth.rounds.change(asked.id, **told(asked, agreed_pence=2000)).value
    assert lower.agreed_pence == 2000, "a slip is put right while nobody relies on it"
    pair.to_amber()
    pair.amber.reviewing.give_back(asked.id)
    pair.to_ruth()
    with pytest.raises(InputError):
        pair.ruth.rounds.change(asked.id, **told(asked, agreed_pence=1999))
    assert pair.ruth.rounds.change(asked.id, **told(asked, agreed_pence=3000)).value


# ---- what a size of task pays


def band(pair, code, on=date(2026, 3, 2)):
    bands = pair.ruth.rounds.bands(pair.ruth.catalogues.rates, on=on)
    return next(one for one in bands if one.code == code)


def test_the_published_rate_of_the_day_counts_and_a_doubtful_one_says_so(pair):
    assert (band(pair, "half_hour").pence, band(pair, "half_hour").confirmed) == (1380, True)
    assert (band(pair, "two_hours").pence, band(pair, "two_hours").confirmed) == (5500, False)
    assert band(pair, "half_hour", on=date(2025, 12, 15)).pence == 1250


def test_a_doubtful_rate_is_confirmed_by_its_first_use(pair):
    pair.ruth.reviewing.ask_to_read(
        pair.version, invited=[pair.kim], agreed_pence=5500, band="two_hours"
    )
    assert band(pair, "two_hours").confirmed
    assert not band(pair, "half_day").confirmed


def test_the_boards_own_rate_counts_before_the_published_one(pair):
    pair.ruth.payments.rates.add("An hour", pence=3000, minutes=60, valid_from=RISE)
    assert (band(pair, "one_hour").pence, band(pair, "one_hour").confirmed) == (3000, True)
    assert band(pair, "full_day").pence == 16500, "no rate of an hour pays for a day"
    assert band(pair, "highest").pence == 49500


def test_a_size_pays_by_the_scheme_in_use_on_its_day(pair):
    rates = pair.ruth.payments.rates
    rates.add("An hour", pence=3000, minutes=60, valid_from=RISE)
    rates.add("An hour", pence=9900, minutes=60, valid_from=RISE, scheme="Trust")
    rates.add("A day", pence=20000, minutes=480, valid_from=RISE, scheme="Trust")
    rates.add("By time", pence=3100, minutes=0, valid_from=RISE, scheme="H", unit=RateUnit.HOUR)
    rates.use("Board", valid_from=RISE)
    assert (band(pair, "one_hour").pence, band(pair, "full_day").pence) == (3000, 16500)
    rates.use("Trust", valid_from=RISE, project=pair.project)
    rates.use("H", valid_from=date(2026, 4, 1))
    bands = pair.ruth.rounds.bands(
        pair.ruth.catalogues.rates, on=date(2026, 4, 1), project=pair.project
    )
    assert next(one.pence for one in bands if one.code == "one_hour") == 9900
    assert band(pair, "one_hour", on=date(2026, 3, 31)).pence == 3000
    by_hour = band(pair, "two_hours", on=date(2026, 4, 1))
    assert (by_hour.pence, by_hour.confirmed) == (6200, True)


# ---- what a review pays


def test_a_review_that_is_back_pays_what_was_agreed_in_one_line(pair, asked):
    pair.ruth.payments.rates.add("An hour", pence=9900, minutes=60, valid_from=RISE)
    pair.to_amber()
    assert pair.amber.claims.claimable() == []
    pair.amber.time.log(55, request=asked.id)
    pair.amber.time.log(45, request=asked.id)
    pair.amber.reviewing.give_back(asked.id)
    (line,) = pair.amber.claims.claimable()
    assert (line.what, line.pence) == ("Review of Draft protocol, version 1", 2750)
    assert line_from_json(line.to_json()) == line
    pair.to_ruth()
    assert pair.ruth.claims.claimable(pair.amber_id) == [line]
    pair.amber.claims.submit([line])
    assert pair.amber.claims.claimable() == []


def test_extra_time_is_ordinary_time(pair, asked):
    pair.ruth.payments.rates.add("An hour", pence=2000, minutes=60, valid_from=RISE)
    pair.to_amber()
    pair.amber.reviewing.give_back(asked.id)
    pair.amber.time.log(30)
    assert [line.pence for line in pair.amber.claims.claimable()] == [2750, 2000]


def test_a_review_is_claimed_at_most_once(pair, asked):
    pair.amber.reviewing.give_back(asked.id)
    (line,) = pair.amber.claims.claimable()
    with pytest.raises(InputError):
        pair.amber.claims.submit([line, line])
    first = pair.amber.claims.submit([line]).value
    with pytest.raises(InputError):
        pair.amber.claims.submit([line])
    assert [claim.id for claim in pair.amber.claims.mine()] == [first.id]


def test_typed_in_for_somebody_and_given_back_by_them_is_still_one_line(pair, asked):
    pair.ruth.reviewing.give_back(asked.id, on_behalf_of=pair.amber_id)
    pair.amber.reviewing.give_back(asked.id)
    pair.exchange()
    assert len(pair.amber.claims.claimable()) == 1


def test_a_review_pays_nothing_more_and_nothing_before_it_is_back(pair, asked):
    pair.amber.reviewing.give_back(asked.id)
    (line,) = pair.amber.claims.claimable()
    with pytest.raises(InputError):
        pair.amber.claims.submit([replace(line, pence=2751)])
    pair.to_ruth()
    with pytest.raises(InputError):
        pair.ruth.claims.submit([line], on_behalf_of=pair.kim)
    less = pair.amber.claims.submit([replace(line, pence=1000)]).value
    assert less.asked_pence == 1000, "anyone may ask for less"


def test_the_minutes_of_a_review_are_not_paid_on_top(pair, asked):
    pair.ruth.payments.rates.add("An hour", pence=2000, minutes=60, valid_from=RISE)
    unpaid = pair.ruth.reviewing.ask_to_read(pair.version, invited=[pair.amber_id]).value
    pair.to_amber()
    pair.amber.time.log(50, request=unpaid.id)
    (by_time,) = pair.amber.claims.claimable()
    pair.ruth.rounds.change(unpaid.id, **told(unpaid, agreed_pence=3000))
    pair.to_amber()
    with pytest.raises(InputError):
        pair.amber.claims.submit([by_time])


def test_minutes_claimed_before_an_amount_was_agreed_count_towards_it(pair, asked):
    pair.ruth.payments.rates.add("An hour", pence=2000, minutes=60, valid_from=RISE)
    later = pair.ruth.reviewing.ask_to_read(pair.version, invited=[pair.amber_id]).value
    pair.to_amber()
    pair.amber.time.log(50, request=later.id)
    pair.amber.claims.submit(pair.amber.claims.claimable())
    pair.exchange()
    pair.ruth.rounds.change(later.id, **told(later, agreed_pence=3000))
    pair.to_amber()
    pair.amber.reviewing.give_back(later.id)
    assert [line.pence for line in pair.amber.claims.claimable()] == [1000]
