"""Days in a state, counted from text, are those between the instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st

from mhin_ppi.domain import facts
from mhin_ppi.domain.promises import Promise
from mhin_ppi.domain.questions import Question
from mhin_ppi.services.register_around import Around

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
AT = {field.name: field for field in facts.fields_of(Question)}["raised_at"]


def around(now: datetime) -> Around:
    return Around(
        people={},
        projects={},
        sites={},
        themes={},
        stages={},
        supports={},
        member_word="board member",
        me="",
        promise=Promise(acknowledge_days=2, answer_days=10),
        now=now,
    )


@given(
    now=st.builds(
        lambda later, zone: (NOON + later).astimezone(zone),
        st.timedeltas(timedelta(days=-2000), timedelta(days=2000)),
        st.sampled_from([UTC, timezone(timedelta(hours=1))]),
    ),
    before=st.timedeltas(timedelta(days=-3), timedelta(days=900)),
)
@example(now=NOON, before=timedelta(days=1))
@example(now=NOON, before=timedelta(days=1, milliseconds=-1))
@example(now=NOON, before=timedelta(days=1, milliseconds=1))
@example(now=NOON.replace(microsecond=500_400), before=timedelta(days=2, microseconds=400))
def test_days_from_text_are_whole_days_between_instants(now, before):
    text = AT.encode(now - before)
    since = datetime.fromisoformat(text)
    assert around(now).days_since(text) == (now - since).days
