"""Points of an agenda: the draft each is about, in the version chosen for it, and breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import icalendar
from PySide6.QtWidgets import QLabel

from mhin_ppi.domain.meetings import Came
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import exchange, field, make_boards, member_of, nameless
from tests.robots.page_robot import PageRobot
from tests.ui.test_meeting_page import arranged, laptop_of, open_meeting
from tests.ui.test_meeting_page import services as services  # noqa: PLC0414 - a fixture


def test_a_coordinator_sees_meetings_first_and_then_their_own_time(
    services: Services, look: None, qtbot: Any
) -> None:
    arranged(services, days=9, title="The next one")
    was = arranged(services, days=-1, title="The last one")
    services.meeting_parts.attending.note_came(was.id, services.desk.store.person, Came.ONLINE)
    laptop = laptop_of(services)
    page = PageRobot(laptop, qtbot, Place.MEETINGS).open()
    told = [each.text() for each in page.page.list.findChildren(QLabel) if each.isVisible()]  # type: ignore[attr-defined]
    order = ["Next", "“The next one”", "Your time", "You came to “The last one”", "Past meetings"]
    places = [next(n for n, text in enumerate(told) if text.startswith(o)) for o in order]
    assert places == sorted(places), told
    page.press("Keep my time").press("Keep it")
    assert not page.sees("Your time")
    laptop.close_board()


def test_a_point_has_a_draft_in_the_version_chosen_for_it(
    services: Services, look: None, qtbot: Any, tmp_path: Path
) -> None:
    amber = member_of(make_boards(tmp_path), services, tmp_path / "amber", name="Amber Fictional")
    (sheet,) = services.reviewing.shelf()
    second = services.reviewing.add_version(sheet.draft.id, b"# Who and why", file_name="s2.md")
    services.reviewing.add_draft(
        b"# Aims", file_name="p.md", project=sheet.project.id, title="A protocol"
    )
    meeting = arranged(services, days=9)
    laptop = laptop_of(services)
    page = open_meeting(laptop, qtbot, meeting)
    page.press("Add a point").write("What it is", "What the sheet says")
    assert not field(page.page, "The draft it is about").currentData()
    page.pick("The draft it is about", "A sheet")
    versions = field(page.page, "Which version")
    assert [versions.itemText(n) for n in range(versions.count())] == [
        *("Version 2, the newest", "Version 1"),
    ]
    page.press("Save")
    (item,) = services.meeting_parts.agendas.of(meeting.id)
    assert item.version == second.value.id, "the newest, where nothing else is chosen"
    assert page.sees("A sheet, version 2"), "it is a paper of the meeting"

    # A later version does not change what this meeting talks about.
    services.reviewing.add_version(sheet.draft.id, b"# Why", file_name="s3.md")
    page.open(meeting.id).page.agenda.table.choose_row(0)  # type: ignore[attr-defined]
    page.press("Change: the chosen point")
    assert field(page.page, "Which version").currentText() == "Version 2"
    page.pick("Which version", "Version 1").press("Save")
    (item,) = services.meeting_parts.agendas.of(meeting.id)
    assert item.version == sheet.versions[0].id
    assert page.sees("A sheet, version 1")
    page.press("Add a break").press("Save")
    assert nameless(page.page) == []
    page.press("Show the screen to share")
    shared = PageRobot(laptop, qtbot, Place.SHARED_SCREEN)
    assert shared.sees("What the sheet says (20 minutes). A sheet, version 1")
    assert shared.sees("Break: Tea and rest (10 minutes)")
    file = services.meeting_parts.calendar.one(meeting.id)
    told = str(icalendar.Calendar.from_ical(file).events[0]["DESCRIPTION"])
    assert "Break: Tea and rest" in told
    assert "A sheet" not in told, "a calendar shows no draft"
    exchange(services, amber)
    laptop.close_board()

    laptop = laptop_of(amber)
    page = open_meeting(laptop, qtbot, meeting)
    assert page.sees("What the sheet says (20 minutes). A sheet, version 1")
    assert page.sees("Break: Tea and rest (10 minutes)")
    page.press("Open for “What the sheet says”: A sheet, version 1")
    assert laptop.went[-1] == (Place.READING, sheet.versions[0].id)
    laptop.close_board()
