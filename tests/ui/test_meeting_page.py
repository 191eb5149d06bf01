"""Meetings as the coordinator arranges, holds and follows them up, and as a member sees them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from mhin_ppi.domain.meeting_rules import named_identity
from mhin_ppi.domain.meetings import Came, Meeting
from mhin_ppi.domain.people import Person, Role
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.services.desk import alter
from mhin_ppi.ui.pages.home_page import HomePage
from mhin_ppi.ui.pages.meeting_page import MeetingPage
from mhin_ppi.ui.pages.meetings_page import MeetingsPage
from mhin_ppi.ui.pages.owed_page import OwedPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.shared_screen_page import SharedScreenPage
from tests.robots.laptop import (
    PASSWORD,
    Laptop,
    exchange,
    field,
    make_boards,
    member_of,
    nameless,
)
from tests.robots.page_robot import PageRobot

PAGES = (MeetingsPage, MeetingPage, SharedScreenPage)
PDF = b"%PDF-1.7\nA report"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    for name in ("Amina Khan", "Sam Unreal"):
        opened.people.add_person(name)
    project = opened.people.add_project("A study").value
    opened.reviewing.add_draft(b"# Who", file_name="s.md", project=project.id, title="A sheet")
    return opened


def laptop_of(services: Services) -> Laptop:
    made = Laptop(services)
    for kind in PAGES:
        made.put(kind)
    made.show()
    return made


@pytest.fixture
def laptop(services: Services, look: None) -> Iterator[Laptop]:
    made = laptop_of(services)
    yield made
    made.close_board()


def person(services: Services, name: str) -> Any:
    return next(one.id for one in services.people.everyone() if one.name == name)


def arranged(services: Services, *, days: int, **fields: Any) -> Meeting:
    starts = services.desk.now().replace(minute=0) + timedelta(days=days)
    fields = {"minutes": 60, "prepare_minutes": 30, **fields}
    title = fields.pop("title", "Reading day")
    return services.meetings.arrange(title, starts_at=starts, **fields).value


def all_buttons(page: QWidget, words: str) -> list[QAbstractButton]:
    return [
        each
        for each in page.findChildren(QAbstractButton)
        if each.text().strip() == words and each.isVisibleTo(page.window())
    ]


def open_meeting(laptop: Laptop, qtbot: Any, meeting: Meeting) -> PageRobot:
    robot = PageRobot(laptop, qtbot, Place.MEETING)
    robot.open(meeting.id)
    return robot


def test_a_meeting_is_arranged_filled_changed_and_cancelled(
    laptop: Laptop, services: Services, qtbot: Any, tmp_path: Path
) -> None:
    page = PageRobot(laptop, qtbot, Place.MEETINGS).open()
    assert page.sees("Meetings will be here.")
    page.press("Arrange a meeting").press("Save")
    assert page.sees("Write what it is called.")
    field(page.page, "How long: hours").setValue(0)
    page.write("What it is called", "Reading the protocol").press("Save")
    assert page.sees("Put in how long it lasts.")
    field(page.page, "How long: hours").setValue(2)
    page.write("Or as one amount, in pounds", "lots").press("Save")
    assert page.sees("“lots” is not an amount")
    page.write("Or as one amount, in pounds", "55").write("Where, or how to join", "Online")
    page.write("What will be talked about", "Welcome\nQuestions").press("Save")
    (meeting,) = services.meetings.all()
    assert meeting.starts_at is not None
    assert (meeting.title, meeting.minutes, meeting.pay_pence) == (
        "Reading the protocol",
        120,
        5500,
    )
    assert meeting.starts_at.astimezone().hour == 10

    page.press("Open: Reading the protocol")
    page = PageRobot(laptop, qtbot, Place.MEETING)
    assert page.sees("What is paid: £55.00")
    page.press("Give these lines times").press("Add a break").press("Save")
    page.press("Add a point").press("Save")
    assert page.sees("Write what it is.")
    page.write("What it is", "Next steps").press("Save")
    assert page.sees("2 h 30 of 2 hours: 30 minutes more than the meeting has.")
    assert page.sees("There are 2 hours without a break.")
    _move_the_break_up(page, qtbot, services, meeting)

    page.press("Change the meeting").write("Where, or how to join", "Hull").press("Save")
    assert page.sees("Where, or how to join: Hull")
    page.page.head.choose_place = lambda *_: tmp_path / "m.ics"
    page.press("Save for a calendar")
    read = icalendar.Calendar.from_ical((tmp_path / "m.ics").read_bytes())
    assert (read["METHOD"], int(read.events[0]["SEQUENCE"])) == ("PUBLISH", 1)
    page.press("Cancel the meeting")
    assert page.sees("“Reading the protocol” is cancelled.")
    assert "Change the meeting" not in page.offers()
    page.press("Save for a calendar")
    read = icalendar.Calendar.from_ical((tmp_path / "m.ics").read_bytes())
    assert (read["METHOD"], int(read.events[0]["SEQUENCE"])) == ("CANCEL", 2)
    page.press("Bring it back")
    assert "Change the meeting" in page.offers()
    assert nameless(page.page) == []


def _move_the_break_up(page: PageRobot, qtbot: Any, services: Services, meeting: Meeting) -> None:
    table = page.page.agenda.table
    rest = next(each for each in page.page.agenda.facts.agenda if each.item.is_break)
    table.choose(rest)
    page.press("Move up: the chosen point")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    page.laptop.settle(qtbot)
    told = [one.title for one in services.meeting_parts.agendas.of(meeting.id)]
    assert told == ["Tea and rest", "Welcome", "Questions", "Next steps"]
    assert table.chosen().item.is_break, "the point that was moved stays chosen"
    assert page.page.agenda.table.as_text().splitlines()[1].startswith("10:00\tBreak")
    page.press("Take away: the chosen point")
    assert len(services.meeting_parts.agendas.of(meeting.id)) == 3


def test_people_papers_notes_actions_and_time(
    laptop: Laptop, services: Services, qtbot: Any, tmp_path: Path
) -> None:
    before = arranged(services, days=-30)
    meeting = arranged(services, days=-1)
    services.meeting_parts.actions.add(before.id, "Ask the trust", who="The nurse")
    page = open_meeting(laptop, qtbot, meeting)
    page.press("Invite people").press("Invite them")
    assert page.sees("Choose at least one person.")
    field(page.page, "Everyone").click()
    page.press("Invite them")
    assert page.sees("Invited: Amina Khan, Ruth Okafor, Sam Unreal.")
    page.press("What somebody needs").pick("Who needs it", "Sam Unreal")
    page.write("What would make the day easier", "A seat near the door").press("Save")
    assert page.sees("Sam Unreal needs: A seat near the door")

    page.press("Who came").pick("Sam Unreal", "sent apologies").press("All others: in the room")
    page.pick("Amina Khan", "by phone").press("Save")
    said = "Who came: Amina Khan (by phone), Ruth Okafor (in the room)."
    assert page.sees(said)
    assert page.sees("Sent apologies: Sam Unreal.")

    page.press("Add a draft").press("Add it")
    assert page.sees("A sheet, version 1")
    paper = tmp_path / "spring.pdf"
    paper.write_bytes(PDF)
    page.page.papers.choose_paper = lambda _: paper
    page.page.papers.choose_place = lambda *_: tmp_path / "copy.pdf"
    page.press("Add a file").press("Save a copy: spring.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == PDF
    paper.write_bytes(b"MZ")
    page.press("Add a file")
    assert page.sees("“spring.pdf” is not a kind of file that can be a paper.")
    page.press("Open: A sheet, version 1")
    assert laptop.went[-1][0] is Place.READING

    page.press("Write notes").write("What was said", "We agreed.").press("Save")
    assert page.sees("We agreed.")
    page.press("Add an action").write("What will be done", "Send the map")
    page.pick("Who does it", "Amina Khan").press("Save")
    assert page.sees("Send the map – Amina Khan. Not done yet.")
    assert page.sees("Ask the trust – The nurse, from “Reading day”. Not done yet.")
    page.press("Done: Ask the trust").write("What came of it", "They said yes")
    page.press("It is done")
    assert not page.sees("Ask the trust")

    page.press("Keep my time")
    field(page.page, "Getting ready: minutes").setValue(45)
    page.press("Keep it").press("Put it in: Amina Khan").press("Keep it")
    assert page.sees("Your time for this meeting is kept")
    assert page.sees("Time is kept for 1 other.")
    kept = [(one.minutes, one.typed_by is None) for one in services.time.everyones()]
    assert sorted(kept) == [(30, False), (45, True), (60, False), (60, True)]
    assert nameless(page.page) == []


ZOOM = (
    "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"
    "Amina Khan,,{0} 10:00:00,{0} 10:30:00,30,No\n"
    "Amina Khan,,{0} 10:40:00,{0} 11:00:00,20,No\n"
    "Sam U,,{0} 10:00:00,{0} 11:00:00,60,No\n"
    "44*****0123,,{0} 10:05:00,{0} 11:00:00,55,Yes\n"
)


def test_a_list_of_zoom_is_shown_before_anything_is_noted(
    laptop: Laptop, services: Services, qtbot: Any, tmp_path: Path
) -> None:
    starts = datetime(2026, 5, 11, 10).astimezone()
    meeting = services.meetings.arrange("Reading day", starts_at=starts).value
    page = open_meeting(laptop, qtbot, meeting)
    file = tmp_path / "list.csv"
    file.write_text(ZOOM.format("05/11/2026"), encoding="utf-8")
    page.page.people.choose_list = lambda _: file
    page.press("Read a Teams or Zoom list")
    assert page.sees("Zoom lists 3 names.")
    assert field(page.page, "Amina Khan, 50 minutes").currentText() == "Amina Khan"
    close = "Sam U, 1 hour – is this somebody on the board?"
    phone = "44*****0123, 55 minutes, by phone – is this somebody on the board?"
    assert field(page.page, close).currentText() == "Choose"
    assert field(page.page, phone).currentText() == "Leave out"
    assert nameless(page.page) == []
    page.press("Note these")
    assert page.sees("1 name is only close to a name on the board.")
    page.pick(close, "Yes, Sam Unreal").pick(phone, "Ruth Okafor").press("Note these")
    assert page.sees("Say which day the list tells of.")
    page.choose("5\u00a0November 2026")
    assert page.sees("The list tells of another day than 11\u00a0May 2026")
    page.choose("11\u00a0May 2026")
    assert services.meeting_parts.attending.who_came(meeting.id) == []
    page.press("Note these")
    came = {one.name: how for one, how in services.meeting_parts.attending.who_came(meeting.id)}
    assert came == {
        "Amina Khan": Came.ONLINE,
        "Sam Unreal": Came.ONLINE,
        "Ruth Okafor": Came.BY_PHONE,
    }
    for wrong in (b"MZ\x90\x00" * 100, bytes(6 * 1024 * 1024)):
        file.write_bytes(wrong)
        page.press("Read a Teams or Zoom list")
        assert page.sees("Nothing was read.")
        assert not any(w.isEnabled() for w in [page.page.people.slot.all()[0].save_button])
        page.press("Cancel")


def test_jottings_get_names_when_nobody_else_looks(
    laptop: Laptop, services: Services, qtbot: Any
) -> None:
    meeting = arranged(services, days=-1)
    amina = person(services, "Amina Khan")
    services.meeting_parts.attending.note_came(meeting.id, amina, Came.ONLINE)
    for words in ("Who pays?", "For how long?", "Hm"):
        services.meeting_parts.jottings.jot(meeting.id, words)
    page = open_meeting(laptop, qtbot, meeting)
    assert page.sees("3 questions have no name yet.")
    page.press("Reword: Hm").write("As it was said", "Is it warm?").press("Save")
    page.press("Whose questions were these?")
    assert field(page.page, "Who pays?").itemText(1) == "Amina Khan", "those who came stand first"
    page.pick("Who pays?", "Amina Khan").pick("For how long?", "The whole group")
    # Another laptop has named one of them meanwhile: the rest are saved all the same.
    first = services.meeting_parts.jottings.of(meeting.id)[0]
    services.meeting_parts.jottings.give_name(first.id, amina)
    page.press("Save names")
    assert page.sees("1 question has no name yet.")
    # Amina has not chosen to be named.
    assert page.sees("“Who pays?” A board member asked this.")
    raised = {story.question.body: story.question for story in services.questions.register()}
    assert raised["Who pays?"].asker == amina
    assert raised["For how long?"].asker == services.desk.store.person
    assert {question.meeting for question in raised.values()} == {meeting.id}
    page.press("Take away: Is it warm?")
    assert not page.sees("no name yet")
    page.press("See what happened")
    assert laptop.went[-1][0] is Place.STORY


def test_a_jotting_with_two_names_asks_whose_it_was(
    services: Services, look: None, qtbot: Any, tmp_path: Path
) -> None:
    sam = member_of(make_boards(tmp_path), services, tmp_path / "sam", name="Sam Coordinator")
    with services.desk.store.unit_of_work() as work:
        me = work.get(Person, sam.desk.store.person)
        alter(work, me, roles=(Role.MEMBER, Role.COORDINATOR))
        work.commit()
    meeting = arranged(services, days=-1)
    exchange(services, sam)
    both = (services.meeting_parts.jottings, sam.meeting_parts.jottings)
    words = ("Who pays?", "For how long?", "Is it warm?")
    jotted = [both[0].jot(meeting.id, each).value.id for each in words]
    exchange(services, sam)
    exchange(services, sam)
    amina = person(services, "Amina Khan")
    for one in jotted:
        both[0].give_name(one, amina)
        both[1].give_name(one, None)
    laptop = laptop_of(sam)
    page = open_meeting(laptop, qtbot, meeting)
    assert page.sees("“Who pays?” The whole group asked this.")
    assert not page.sees("Whose question was it?")
    exchange(services, sam)
    sam.questions.respond(
        named_identity(jotted[2], amina), decision=Decision.WILL_CHANGE, body="Yes."
    )
    laptop.put(HomePage)
    assert PageRobot(laptop, qtbot, Place.HOME).open().sees("3 questions from meetings with diff")
    laptop.put(OwedPage)
    owed = PageRobot(laptop, qtbot, Place.OWED).open()
    assert owed.sees("Written down in a meeting, with different names")
    assert owed.sees("“Who pays?”")
    owed.press("See the meeting")
    assert laptop.went[-1] == (Place.MEETING, meeting.id)
    told = "has different names: Amina Khan and the whole group. Whose question was it?"
    assert all(page.sees(f"“{each}” {told}") for each in words)
    assert nameless(page.page) == []
    asked = [one.accessibleDescription() for one in all_buttons(page.page, "Amina Khan asked it")]
    assert asked == list(words)
    all_buttons(page.page, "The whole group asked it")[0].click()
    laptop.settle(qtbot)
    assert not page.sees(f"“Who pays?” {told}")
    all_buttons(page.page, "Both asked it")[0].click()
    laptop.settle(qtbot)
    assert not page.sees(f"“For how long?” {told}")
    # What has its answer stays: only its own name, or both, can be chosen.
    assert not all_buttons(page.page, "The whole group asked it")
    page.press("Amina Khan asked it")
    assert not page.sees("Whose question was it?")
    exchange(services, sam)
    asked = [story.question.body for story in services.questions.register()]
    assert sorted(asked) == ["For how long?", "For how long?", "Is it warm?", "Who pays?"]
    laptop.close_board()
    services.close()


def test_a_member_sees_their_own_part(tmp_path: Path, look: None, qtbot: Any) -> None:
    boards = make_boards(tmp_path)
    ruth, _ = boards.start(
        tmp_path / "ruth", board_name="Ours", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    project = ruth.people.add_project("A study").value
    draft = ruth.reviewing.add_draft(
        b"# Who", file_name="s.md", project=project.id, title="A sheet"
    ).value
    amber = member_of(boards, ruth, tmp_path / "amber", name="Amber Fictional")
    kim = ruth.people.add_person("Kim Unreal").value
    past, coming = arranged(ruth, days=-2), arranged(ruth, days=9, place="Hull\nRing the bell")
    me = amber.desk.store.person
    parts = ruth.meeting_parts
    parts.attending.note_all(past.id, {me: Came.ONLINE, kim.id: Came.APOLOGIES})
    parts.papers.add_version(coming.id, draft.id)
    parts.invitations.invite(coming.id, [me, kim.id])
    parts.invitations.say_needs(coming.id, "Large print", on_behalf_of=kim.id)
    exchange(ruth, amber)

    laptop = laptop_of(amber)
    page = PageRobot(laptop, qtbot, Place.MEETINGS).open()
    assert page.sees("“Reading day” is on ")
    assert page.sees("for 1 hour: Hull.")
    assert page.sees(": 1 hour, and 30 minutes getting ready.")
    page.press("Keep my time").press("Keep it")
    assert [one.minutes for one in amber.time.mine()] in ([60, 30], [30, 60])
    assert "Keep my time" not in page.offers()
    page.press("Read: A sheet, version 1")
    assert laptop.went[-1] == (Place.READING, draft.id)

    page = open_meeting(laptop, qtbot, coming)
    assert not {"Who came", "Invite people", "Change the meeting", "Write notes"} & page.offers()
    assert not page.sees("Large print")
    assert not page.sees("Kim")
    page.press("What I need on the day")
    page.write("What would make the day easier", "A quiet corner").press("Save")
    assert page.sees("You need: A quiet corner")
    page.press("I cannot come")
    assert page.sees("You have said that you cannot come.")
    assert nameless(page.page) == []
    exchange(ruth, amber)
    needs = {one.name: said.needs for one, said in parts.invitations.of(coming.id)}
    assert needs == {"Amber Fictional": "A quiet corner", "Kim Unreal": "Large print"}
    page.press("I can come after all")
    laptop.close_board()
    ruth.close()
