"""The day of a question is the one on the wall where it was asked, in summer time too."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.report_numbers import number_in_report
from tests.services.laptops import Pair

HALF_PAST_MIDNIGHT = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
"""By London's clock in summer it is 1 July already."""


@pytest.fixture
def london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this system cannot be set for one program")
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_question_asked_after_midnight_counts_on_its_own_day(pair: Pair, london: None):
    pair.clock.set(HALF_PAST_MIDNIGHT)
    asked = pair.ruth.questions.raise_question("Why so late?", on_behalf_of=pair.kim).value
    pair.clock.set(datetime(2026, 7, 8, 22, 30, tzinfo=UTC))
    pair.ruth.questions.respond(asked.id, decision=Decision.WILL_CHANGE, body="We will.")
    july, june = (date(2026, 7, 1), date(2026, 7, 31)), (date(2026, 6, 1), date(2026, 6, 30))
    book = pair.ruth.pictures.book
    assert book(since=july[0], until=july[1]).count == 1
    assert book(since=june[0], until=june[1]).count == 0
    waited = book().charts[1]
    assert [bar.label for bar in waited.bars if bar.count] == ["Within a week"]
    assert number_in_report(pair.ruth.desk, asked.id) == 1
    report = pair.ruth.reporting.impact_report
    (line,) = report(since=july[0], until=july[1]).questions
    assert line.asked_on == date(2026, 7, 1)
    assert report(since=june[0], until=june[1]).questions == ()
