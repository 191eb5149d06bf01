"""A calendar file is read back equal by two parsers: clock changes, updates, cancelling, words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.meetings import MeetingId
from mhin_ppi.domain.shared_meeting import SharedMeeting
from mhin_ppi.exchange.icalendar_write import write_calendar

LONDON = ZoneInfo("Europe/London")
MADE = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ID = MeetingId(UUID("0b8f6a2e-6a76-4c8e-9f0e-1c2d3e4f5a6b"))


def meeting(starts_at: datetime, minutes: int = 60, **fields: object) -> SharedMeeting:
    end = starts_at + timedelta(minutes=minutes)
    return SharedMeeting(id=ID, title="Reading day", starts_at=starts_at, ends_at=end, **fields)  # type: ignore[arg-type]


def both(content: bytes) -> list[dict[str, object]]:
    """Read the one event of a file with either parser."""
    one = icalendar.Calendar.from_ical(content)
    event = one.events[0]
    other = vobject.readOne(content.decode())
    second = other.vevent
    return [
        {
            "method": str(one["METHOD"]),
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "starts": event.decoded("DTSTART").astimezone(UTC),
            "ends": event.decoded("DTEND").astimezone(UTC),
            "title": str(event["SUMMARY"]),
            "place": str(event.get("LOCATION", "")),
            "about": str(event.get("DESCRIPTION", "")),
            "status": str(event["STATUS"]),
            "stamp": event.decoded("DTSTAMP"),
        },
        {
            "method": other.method.value,
            "uid": second.uid.value,
            "sequence": int(second.sequence.value),
            "starts": second.dtstart.value.astimezone(UTC),
            "ends": second.dtend.value.astimezone(UTC),
            "title": second.summary.value,
            "place": second.location.value if hasattr(second, "location") else "",
            "about": second.description.value if hasattr(second, "description") else "",
            "status": second.status.value,
            "stamp": second.dtstamp.value,
        },
    ]


def told(shared: SharedMeeting) -> dict[str, object]:
    return {
        "method": "CANCEL" if shared.cancelled else "PUBLISH",
        "uid": str(shared.id),
        "sequence": shared.sequence,
        "starts": shared.starts_at.astimezone(UTC),
        "ends": shared.ends_at.astimezone(UTC),
        "title": shared.title,
        "place": shared.place,
        "about": shared.about,
        "status": "CANCELLED" if shared.cancelled else "CONFIRMED",
        "stamp": MADE,
    }


@pytest.mark.parametrize(
    ("starts", "minutes", "clock", "until"),
    [
        # The nights of the change: an hour that is not there, and an hour that is there twice.
        ("2026-03-29T00:30+00:00", 60, "00:30", "02:30"),
        ("2026-03-28T22:00+00:00", 240, "22:00", "03:00"),
        ("2026-10-25T00:30+00:00", 60, "01:30", "01:30"),
        ("2026-10-25T01:30+00:00", 45, "01:30", "02:15"),
        ("2026-10-24T23:00+00:00", 300, "00:00", "04:00"),
        ("2026-07-01T09:00+00:00", 90, "10:00", "11:30"),
        ("2026-12-01T10:00+00:00", 90, "10:00", "11:30"),
        ("2037-10-25T00:30+00:00", 60, "01:30", "01:30"),
    ],
)
def test_a_meeting_over_a_clock_change_starts_ends_and_lasts_as_it_should(
    starts: str, minutes: int, clock: str, until: str
) -> None:
    shared = meeting(datetime.fromisoformat(starts), minutes)
    for read in both(write_calendar([shared], made_at=MADE)):
        assert read == told(shared)
        assert read["ends"] - read["starts"] == timedelta(minutes=minutes)  # type: ignore[operator]
        assert f"{read['starts'].astimezone(LONDON):%H:%M}" == clock  # type: ignore[attr-defined]
        assert f"{read['ends'].astimezone(LONDON):%H:%M}" == until  # type: ignore[attr-defined]


def test_the_clock_written_into_the_file_is_londons() -> None:
    content = write_calendar([meeting(MADE)], made_at=MADE)
    assert b"DTSTART;TZID=Europe/London:20260302T093000" in content
    zone = icalendar.Calendar.from_ical(content).timezones[0].to_tz(lookup_tzid=False)
    at = datetime(2026, 1, 1, 12, tzinfo=UTC)
    while at.year < 2037:  # the rules of the file itself, against the computer's own table
        here = at.astimezone(LONDON).replace(tzinfo=None)
        assert zone.utcoffset(here.replace(tzinfo=zone)) == at.astimezone(LONDON).utcoffset()
        at += timedelta(days=1)


def test_a_moved_meeting_updates_and_a_cancelled_one_cancels() -> None:
    first = meeting(MADE, sequence=0)
    moved = meeting(MADE + timedelta(days=7), sequence=1, place="Hull")
    gone = meeting(MADE + timedelta(days=7), sequence=2, cancelled=True)
    diary: dict[str, dict[str, object]] = {}
    for shared in (first, moved, first, gone):
        read, again = both(write_calendar([shared], made_at=MADE))
        assert read == again
        # As a calendar does it: by UID, the higher SEQUENCE counts, CANCEL takes away.
        known = diary.get(str(read["uid"]))
        if known is None or int(str(read["sequence"])) > int(str(known["sequence"])):
            diary[str(read["uid"])] = read
        if shared is moved:
            assert diary[str(ID)]["starts"] == MADE + timedelta(days=7)
    assert list(diary) == [str(ID)]
    assert (diary[str(ID)]["method"], diary[str(ID)]["status"]) == ("CANCEL", "CANCELLED")


def test_a_cancelled_meeting_among_others_is_published_as_cancelled() -> None:
    other = SharedMeeting(
        MeetingId(UUID(int=7)), "Other", MADE, MADE + timedelta(hours=1), cancelled=True
    )
    read = icalendar.Calendar.from_ical(write_calendar([meeting(MADE), other], made_at=MADE))
    assert str(read["METHOD"]) == "PUBLISH"
    assert [str(event["STATUS"]) for event in read.events] == ["CONFIRMED", "CANCELLED"]


@settings(max_examples=40)
@given(
    title=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).filter(
        lambda words: words == words.strip()
    ),
    about=st.lists(
        st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))), max_size=6
    ).map(lambda lines: "\n".join(lines).strip()),
)
def test_any_words_come_back_as_they_were(title: str, about: str) -> None:
    shared = SharedMeeting(ID, title, MADE, MADE + timedelta(hours=1), about=about)
    content = write_calendar([shared], made_at=MADE)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for read in both(content):
        assert (read["title"], read["about"]) == (title, about)


def test_long_words_with_emoji_are_folded_between_letters_and_escaped() -> None:
    about = ("Café – 👩🏽‍🦽 step-free; bring a pen, or two\\three " * 40).strip() + "\nLast line"
    shared = meeting(MADE, about=about, place="Room 1; the \\old, hall\nfirst floor")
    content = write_calendar([shared], made_at=MADE)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no letter is cut in two
    assert all(read == told(shared) for read in both(content))


def test_control_characters_do_not_break_the_file() -> None:
    shared = SharedMeeting(ID, "A\x00B\x07\rEND:VEVENT\r\nX", MADE, MADE + timedelta(hours=1))
    content = write_calendar([shared], made_at=MADE)
    for read in both(content):
        assert read["title"] == "AB\nEND:VEVENT\nX"
    assert content.count(b"\r\nEND:VEVENT") == 1
