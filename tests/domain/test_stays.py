"""Days in each state: they follow one another without a gap, and the last is the fate's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given

from mhin_ppi.domain.questions import QuestionState as S
from mhin_ppi.domain.questions import StepKind as K
from mhin_ppi.domain.questions import fate_of
from mhin_ppi.domain.stays import stays
from tests.domain.test_fate import ASKER, QUESTION, RUTH, START, histories, steps_of

ASKED = replace(QUESTION, raised_at=START - timedelta(days=3))


def test_each_wait_is_counted_and_a_state_can_come_twice():
    way = (K.ACKNOWLEDGE, K.MERGE, K.ANSWER, K.FEED_BACK, K.NOT_QUITE, K.ANSWER)
    takers = [ASKER if kind is K.NOT_QUITE else RUTH for kind in way]
    fate = fate_of(ASKED, steps_of(zip(way, takers, strict=True)), coordinators={RUTH})
    now = START + timedelta(days=9)
    assert [(stay.state, stay.days(now)) for stay in stays(ASKED, fate)] == [
        (S.RAISED, 3),
        (S.ACKNOWLEDGED, 2),
        (S.ANSWERED, 1),
        (S.FED_BACK, 1),
        (S.ACKNOWLEDGED, 1),
        (S.ANSWERED, 4),
    ]
    assert stays(replace(ASKED, raised_at=None), fate) == ()


@given(histories)
def test_no_day_is_missing_and_none_counts_twice(way):
    fate = fate_of(ASKED, steps_of(way), coordinators={RUTH})
    found = stays(ASKED, fate)
    now = datetime(2026, 6, 1, tzinfo=UTC)
    assert (found[-1].state, found[-1].began) == (fate.state, fate.since)
    assert sum(stay.days(now) for stay in found) == (now - ASKED.raised_at).days
    assert all(one.ended == other.began for one, other in zip(found, found[1:], strict=False))
