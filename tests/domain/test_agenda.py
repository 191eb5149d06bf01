"""An agenda against the clock, and names found among people."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from mhin_ppi.domain.agenda import now_at, sum_of, timed
from mhin_ppi.domain.attendance_list import AttendanceList, Attended
from mhin_ppi.domain.attendance_names import find_names
from mhin_ppi.domain.meeting_parts import AgendaItem
from mhin_ppi.domain.meetings import AgendaItemId, MeetingId
from mhin_ppi.domain.people import Person, PersonId

MEETING = MeetingId(UUID(int=1))


def points(*lengths: int) -> list[AgendaItem]:
    """Points of these minutes; a negative one is a break."""
    return [
        AgendaItem(AgendaItemId(uuid4()), MEETING, f"{n}", n, abs(each), is_break=each < 0)
        for n, each in enumerate(lengths, start=1)
    ]


def test_times_go_on_from_the_start_through_a_clock_change() -> None:
    starts = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # half past one, for the first time
    items = timed(list(reversed(points(30, -30, 60))), starts_at=starts)
    clock = [
        f"{each.starts_at.astimezone(ZoneInfo('Europe/London')):%H:%M}"
        for each in items
        if each.starts_at
    ]
    assert clock == ["01:30", "01:00", "01:30"]
    assert [each.item.title for each in items] == ["1", "2", "3"]
    now = now_at(items, now=datetime(2026, 10, 25, 1, 15, tzinfo=UTC))
    assert now is items[1]
    assert now_at(items, now=datetime(2026, 10, 25, 2, 30, tzinfo=UTC)) is None
    assert timed(points(5), starts_at=None)[0].starts_at is None


@pytest.mark.parametrize(
    ("lengths", "over", "needs_break"),
    [
        ((), -120, False),
        ((60, -15, 45), 0, False),
        ((60, 30, -15, 30), 15, True),
        ((30, -10, 74), -6, False),
        ((30, -10, 75), -5, True),
    ],
)
def test_the_sum_and_the_longest_stretch(
    lengths: tuple[int, ...],
    over: int,
    needs_break: bool,  # noqa: FBT001
) -> None:
    told = sum_of(points(*lengths), length=120)
    assert (told.over, told.needs_break) == (over, needs_break)


def test_names_are_found_when_the_same_and_only_offered_when_close() -> None:
    ruth, amina, other, zoe = (
        Person(PersonId(uuid4()), name, contact=contact)
        for name, contact in (
            ("Ruth Okafor", ""),
            ("Amina Khan", "amina@example.org 0114 496 0000"),
            ("Amina Khan", ""),
            ("Zoë Ünreal", ""),
        )
    )
    everyone = [ruth, amina, other, zoe]

    def found(*attended: Attended) -> list[tuple[Person | None, bool]]:
        told = find_names(AttendanceList("Zoom", attended), everyone)
        return [(each.person, each.is_sure) for each in told]

    assert found(
        Attended("OKAFOR, Ruth (Guest)"),
        Attended("zoe unreal"),
        Attended("Room 2", other_name="Zoë Ünreal"),
        Attended("A", email="Amina@Example.org"),
    ) == [(ruth, True), (zoe, True), (zoe, True), (amina, True)]
    # Two have this name; a first name; a slip of the pen: a person decides.
    assert found(Attended("Amina Khan"), Attended("Ruth"), Attended("Ruth Okafer")) == [
        *((amina, False), (ruth, False), (ruth, False)),
    ]
    assert found(Attended("Otter.ai"), Attended("+44 7700 900123", by_phone=True)) == [
        *((None, False), (None, False)),
    ]
