"""Lists of who was there, as Microsoft Teams and Zoom save them.

The shapes, as seen in files of 2020 to 2026:

- Teams, report: text with tabs, UTF-16 or UTF-8, in parts "1. Summary", "2. Participants" (name,
  first join, last leave, in-meeting duration as "1h 2m 3s", email, participant id, role) and
  "3. In-Meeting Activities"; earlier "Meeting Summary", then "Full Name, Join Time, Leave Time".
- Teams, list taken during the meeting: "Full Name, User Action, Timestamp", a line each time
  somebody joined or left.
- Zoom: commas, UTF-8; perhaps two lines about the meeting and an empty one, then "Name (Original
  Name), User Email, Join Time, Leave Time, Duration (Minutes), Guest, In Waiting Room", a line each
  time somebody joined; or "Total Duration (Minutes)", a line for each person.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..domain.attendance_list import AttendanceList, Attended
from ..errors import UnreadableError, UnsupportedError
from .attendance_times import days_in, minutes_between, minutes_in

LARGEST_BYTES = 5 * 1024 * 1024
"""5 MiB: a list of 1,000 people who come and go is a tenth of that."""
MOST_ROWS = 20_000
LONGEST_NAME = 200
_NAMES = ("full name", "name (original name)", "name")
_EMAILS = ("user email", "email", "participant id (upn)")
_JOINS = ("first join time", "first join", "join time")
_LEAVES = ("last leave time", "last leave", "leave time")
_LENGTHS = (
    *("in-meeting duration", "total duration (minutes)", "duration (minutes)"),
    *("attendance duration", "duration"),
)
_PHONE = re.compile(r"\+?[\d*x][\d*x ()\-]{5,}")
_ORIGINAL = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*")
_Row = Mapping[str, str]


def read_attendance(untrusted: bytes, *, file_name: str) -> AttendanceList:
    """Return the list that a file of Teams or Zoom holds.

    Args:
        untrusted: The file.
        file_name: What it is called, for messages.

    Raises:
        UnreadableError: It is no text, or no such list.
        UnsupportedError: It is too large.
    """
    text = _text(untrusted, file_name=file_name)
    lines = text.splitlines()
    if len(lines) > MOST_ROWS:
        raise _too_large(file_name)
    head = next((at for at, line in enumerate(lines) if _columns(line)), None)
    if head is None:
        raise _no_list(file_name)
    columns = _columns(lines[head])
    delimiter = "\t" if "\t" in lines[head] else ","
    rows = list(_rows(lines[head + 1 :], columns, delimiter=delimiter, file_name=file_name))
    is_log = "user action" in columns
    people = _from_log(rows) if is_log else [found for row in rows if (found := _attended(row))]
    if not people:
        raise _no_list(file_name)
    moments = [row.get(name, "") for row in rows for name in (*_JOINS, *_LEAVES, "timestamp")]
    source = "Teams" if delimiter == "\t" else "Zoom"
    return AttendanceList(source, tuple(_joined(people)), days_in(moments))


def _text(untrusted: bytes, *, file_name: str) -> str:
    if len(untrusted) > LARGEST_BYTES:
        raise _too_large(file_name)
    try:
        if untrusted[:2] in (b"\xff\xfe", b"\xfe\xff"):
            text = untrusted.decode("utf-16")
        elif untrusted[1:2] == b"\0" and untrusted[3:4] == b"\0":
            text = untrusted.decode("utf-16-le")  # as some copies are saved: without its mark
        else:
            text = untrusted.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise _no_list(file_name) from cause
    if any(ord(each) < ord(" ") and each not in "\t\r\n" for each in text):
        raise _no_list(file_name)  # a program, a workbook, a picture: no text
    return text


def _columns(line: str) -> list[str]:
    """Return the column names of a line, in small letters, if it is the head of a list."""
    cells = line.split("\t" if "\t" in line else ",")
    named = [each.strip().strip('"').casefold() for each in cells]
    about = {*_JOINS, *_LENGTHS, "user action"} & set(named)
    return named if about and set(_NAMES) & set(named) else []


def _rows(
    lines: Sequence[str], columns: Sequence[str], *, delimiter: str, file_name: str
) -> Iterator[_Row]:
    try:
        for cells in csv.reader(lines, delimiter=delimiter):
            filled = [cell for cell in cells if cell.strip()]
            # An empty line ends the part, and so does the head of the next ("3. In-Meeting …").
            if not filled or (len(filled) == 1 and re.match(r"\d+\. ", filled[0])):
                return
            yield dict(zip(columns, (cell.strip() for cell in cells), strict=False))
    except csv.Error as cause:
        raise _no_list(file_name) from cause


def _first(row: _Row, names: Sequence[str]) -> str:
    return next((row[name] for name in names if row.get(name)), "")


def _attended(row: _Row) -> Attended | None:
    written = _first(row, _NAMES)[:LONGEST_NAME]
    if not written or row.get("in waiting room", "").casefold() == "yes":
        return None
    minutes = minutes_in(_first(row, _LENGTHS))
    if minutes is None:
        minutes = minutes_between(_first(row, _JOINS), _first(row, _LEAVES))
    return replace(_named(written), email=_first(row, _EMAILS), minutes=minutes)


def _named(written: str) -> Attended:
    if _PHONE.fullmatch(written):
        return Attended(written, by_phone=True)
    other = _ORIGINAL.fullmatch(written)
    return Attended(other[1], other_name=other[2]) if other else Attended(written)


def _from_log(rows: Sequence[_Row]) -> list[Attended]:
    """Return people from lines that tell of each joining and leaving."""
    found, came = [], dict[str, str]()
    for row in rows:
        name, at = _first(row, _NAMES), row.get("timestamp", "")
        action = row["user action"].casefold()
        if name and action.startswith("joined"):
            came[name] = at
            found.append(_named(name[:LONGEST_NAME]))
        elif name in came:
            minutes = minutes_between(came.pop(name), at)
            found.append(replace(_named(name[:LONGEST_NAME]), minutes=minutes))
    return found


def _joined(people: Sequence[Attended]) -> list[Attended]:
    """Return each name once, with its minutes together."""
    found: dict[tuple[str, str], Attended] = {}
    for one in people:
        key = (one.name.casefold(), one.email.casefold())
        before = found.get(key)
        if before is None:
            found[key] = one
            continue
        told = [each for each in (before.minutes, one.minutes) if each is not None]
        found[key] = replace(before, minutes=sum(told) if told else None)
    return list(found.values())


def _too_large(file_name: str) -> UnsupportedError:
    return UnsupportedError(
        f"“{file_name}” is too large for a list of who came.",
        next_step="Choose the attendance file that Teams or Zoom saved; it is a few pages at most.",
    )


def _no_list(file_name: str) -> UnreadableError:
    return UnreadableError(
        f"“{file_name}” is not a list of who came that can be read.",
        next_step="In Teams or Zoom, save the attendance report as CSV in English, "
        "then choose that file. You can also note who came by hand.",
    )
