"""Lists of who was there, in the shapes in which Teams and Zoom save them, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from mhin_ppi.domain.attendance_list import Attended, DaysTold
from mhin_ppi.errors import DocumentError
from mhin_ppi.exchange.attendance_csv import LARGEST_BYTES, read_attendance

TEAMS = """1. Summary
Meeting title\tReading the protocol
Attended participants\t3
Start time\t11/28/26, 1:58:07 PM
End time\t11/28/26, 3:31:46 PM
Meeting duration\t1h 33m 39s
Average attendance time\t51m 2s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Ruth Okafor\t11/28/26, 1:58:12 PM\t11/28/26, 3:31:46 PM\t1h 33m 34s\truth@example.org\tr\tOrganizer
Amina Khan (Guest)\t11/28/26, 2:01:00 PM\t11/28/26, 2:33:08 PM\t32m 8s\t\t\tPresenter
+44 7700 900123\t11/28/26, 2:05:00 PM\t11/28/26, 2:30:00 PM\t25m\t\t\tAttendee

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Ruth Okafor\t11/28/26, 1:58:12 PM\t11/28/26, 3:31:46 PM\t1h 33m 34s\truth@example.org\tOrganizer
"""
TEAMS_2021 = """Meeting Summary
Total Number of Participants\t1
Meeting Title\tReading
Meeting Start Time\t28/11/2026, 14:00:03
Meeting End Time\t28/11/2026, 15:00:00
Meeting Id\tabc

Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)
Ruth Okafor\t28/11/2026, 14:00:03\t28/11/2026, 15:00:00\t59m 57s\truth@example.org\tOrganizer\tr@x
"""
TEAMS_LOG = """Full Name\tUser Action\tTimestamp
Ruth Okafor\tJoined before\t05/11/2026, 14:00:00
Amina Khan\tJoined\t05/11/2026, 14:01:00
Amina Khan\tLeft\t05/11/2026, 14:11:00
Amina Khan\tJoined\t05/11/2026, 14:20:00
Amina Khan\tLeft\t05/11/2026, 14:50:00
"""
ZOOM = (
    "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,\r\n"
    '812 3456 7890,"Reading, again",05/11/2026 14:00,05/11/2026 15:30,r@x.org,90,3,\r\n\r\n'
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,"
    "In Waiting Room\r\n"
    '"Okafor, Ruth",,05/11/2026 14:00:10,05/11/2026 15:30:00,90,No,No\r\n'
    "Amy (Amina Khan),amina@example.org,05/11/2026 14:01:00,05/11/2026 14:02:00,1,Yes,Yes\r\n"
    "Amy (Amina Khan),amina@example.org,05/11/2026 14:02:00,05/11/2026 14:32:00,30,Yes,No\r\n"
    "Amy (Amina Khan),amina@example.org,05/11/2026 14:40:00,05/11/2026 15:00:00,20,Yes,No\r\n"
    "44*****0123,,05/11/2026 14:05:00,05/11/2026 14:30:00,25,Yes,No\r\n"
)
ZOOM_UNIQUE = (
    "Name (Original Name),User Email,Total Duration (Minutes),Guest\n"
    "=cmd|' /C calc'!A0,,12,Yes\nZoë Ünreal,,61,No\n"
)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig"])
def test_a_report_of_teams(encoding: str) -> None:
    read = read_attendance(TEAMS.replace("\n", "\r\n").encode(encoding), file_name="r.csv")
    assert read.source == "Teams"
    assert read.people == (
        Attended("Ruth Okafor", email="ruth@example.org", minutes=94),
        Attended("Amina Khan", other_name="Guest", minutes=32),
        Attended("+44 7700 900123", minutes=25, by_phone=True),
    )
    assert read.days.day == date(2026, 11, 28)


def test_an_earlier_report_of_teams() -> None:
    read = read_attendance(TEAMS_2021.encode("utf-16"), file_name="r.csv")
    assert read.people == (Attended("Ruth Okafor", email="ruth@example.org", minutes=60),)
    assert read.days.day == date(2026, 11, 28)


def test_a_list_taken_during_the_meeting_joins_what_belongs_to_one_person() -> None:
    read = read_attendance(TEAMS_LOG.encode("utf-16"), file_name="r.csv")
    assert read.people == (Attended("Ruth Okafor"), Attended("Amina Khan", minutes=40))
    # 5 November or 11 May: the file does not say, so nobody guesses.
    assert read.days == DaysTold(date(2026, 11, 5), date(2026, 5, 11))
    assert (read.days.is_sure, read.days.day) == (False, None)


def test_a_list_of_zoom_with_its_meeting_above() -> None:
    read = read_attendance(ZOOM.encode(), file_name="z.csv")
    assert read.source == "Zoom"
    assert read.people == (
        Attended("Okafor, Ruth", minutes=90),
        Attended("Amy", other_name="Amina Khan", email="amina@example.org", minutes=50),
        Attended("44*****0123", minutes=25, by_phone=True),
    )
    assert not read.days.is_sure


def test_a_list_of_zoom_with_each_person_once() -> None:
    read = read_attendance(ZOOM_UNIQUE.encode("utf-8-sig"), file_name="z.csv")
    assert [(one.name, one.minutes) for one in read.people] == [
        ("=cmd|' /C calc'!A0", 12),
        ("Zoë Ünreal", 61),
    ]
    assert read.days == DaysTold()


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"MZ\x90\x00\x03\x00\x00\x00" + bytes(400),
        b"\x7fELF" + bytes(range(256)),
        b"PK\x03\x04" + bytes(range(256)) * 4,
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"\xff\xfe" + bytes(range(255)),
        b"\xff\xfeodd",
        b"Name,Colour\nRuth,blue\n",
        b"Name (Original Name),User Email,Total Duration (Minutes),Guest\n",
        b'Name,Duration\n"never ends' + b"x" * 200_000,
        b"just words\n" * 100,
    ],
    ids=["empty", "exe", "elf", "zip", "pdf", "utf16", "odd", "other", "head", "quote", "words"],
)
def test_what_is_no_such_list_is_refused_by_name(untrusted: bytes) -> None:
    with pytest.raises(DocumentError) as told:
        read_attendance(untrusted, file_name="wrong.csv")
    assert "wrong.csv" in told.value.what_happened
    assert "CSV" in told.value.next_step


def test_a_file_of_100_mb_and_one_of_too_many_lines_are_refused() -> None:
    for untrusted in (bytes(100 * 1024 * 1024), b"x\n" * 30_000, b"a" * (LARGEST_BYTES + 1)):
        with pytest.raises(DocumentError, match="too large"):
            read_attendance(untrusted, file_name="wrong.csv")
