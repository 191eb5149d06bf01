"""The page of codes, and a member's switch for their own notes, on real encrypted boards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.codebook import Attribution
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.people import Role
from mhin_ppi.services.boards import Boards, Services
from mhin_ppi.ui.board_view import BoardView
from mhin_ppi.ui.open_board import opened
from mhin_ppi.ui.pages.codes_page import CodesPage
from mhin_ppi.ui.pages.my_questions_page import MyQuestionsPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from tests.robots.laptop import (
    PASSWORD,
    Laptop,
    buttons_seen,
    exchange,
    field,
    make_boards,
    member_of,
    nameless,
    press,
    sees,
)
from tests.robots.page_robot import PageRobot

DRAFT = "# Getting there\n\nSix sessions 👍 by bus.\n\nThe visit takes two hours.\n"


@pytest.fixture
def boards(tmp_path: Path) -> Boards:
    return make_boards(tmp_path)


@pytest.fixture
def services(boards: Boards, tmp_path: Path) -> Services:
    made, _ = boards.start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return made


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("Parent-led CBT", sites=["Norwich", "Preston"]).value
    return services.reviewing.add_draft(
        DRAFT.encode(), file_name="sheet.md", project=project.id, title="Information sheet"
    ).value


@pytest.fixture
def laptop(services: Services, version: DraftVersion, qtbot: Any, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    for kind in (CodesPage, ReadingPage):
        made.put(kind)
    made.show()
    yield made
    made.close_board()


@pytest.fixture
def page(laptop: Laptop, qtbot: Any) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.CODES).open()


def cells(page: PageRobot) -> list[list[str]]:
    assert isinstance(page.page, CodesPage)
    model = page.page.counts.table.model()
    across = range(model.columnCount())
    return [
        [model.headerData(c, Qt.Orientation.Horizontal) for c in across],
        *([model.index(row, c).data() for c in across] for row in range(model.rowCount())),
    ]


def span(services: Services, version: DraftVersion, words: str) -> tuple[int, int]:
    at = services.reviewing.text_of(version.id).text.index(words)
    return at, at + len(words)


def test_codes_are_added_counted_and_their_passages_opened(
    page: PageRobot, services: Services, version: DraftVersion
) -> None:
    page.press("New code").write("What it is called", "Travel").press("Save")
    (code,) = [c for c, _ in services.coding.codebook.tree().walk()]
    services.coding.codings.code_draft(code.id, version.id, span(services, version, "by bus"))
    page.open()
    assert cells(page) == [
        ["Code", "No certain place", "In all", "People"],
        ["Travel", "1", "1", "none"],
        ["All codes", "1", "1", "none"],
    ]
    assert isinstance(page.page, CodesPage)
    page.page.counts.table.selectRow(0)
    assert page.sees("“by bus”")
    assert page.sees("Information sheet, version 1")
    page.press("Show in the draft")
    where, argument = page.laptop.went[-1]
    assert (where, argument) == (
        Place.READING,
        (version.id, *span(services, version, "by bus")),
    )
    assert nameless(page.page) == []


def test_a_quote_is_kept_warned_of_coded_and_taken_away(
    page: PageRobot, services: Services
) -> None:
    services.coding.codebook.add("Waiting")
    page.open().press("Participants' quotes").press("Add a quote")
    page.write("What they said", "I waited 🕰\nnine weeks.")
    assert page.sees("Without consent it is never shown, sent or coded.")
    box = page.page.findChildren(QCheckBox)[0]
    box.click()
    page.write("The study's code for them", "IT107").write("A broad description", "Female")
    page.write("A place", "Hull").choose("A code, with description and place")
    assert page.sees("Shown beside the words: IT107, Female, Hull.")
    assert page.sees("In a small service that can")
    page.choose("A description only").press("Save")
    (quote,) = services.coding.quotes.all()
    assert (quote.attribution, quote.consented) == (Attribution.ROLE, True)

    card = field(page.page, "Words to code: Female · Parent-led CBT")
    for _ in range(11):
        page.qtbot.keyClick(card, Qt.Key.Key_Right)
    for _ in "nine":
        page.qtbot.keyClick(card, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    quick = field(page.page, "Code the marked words of: Female · Parent-led CBT")
    page.qtbot.keyClicks(quick, "wait")
    page.qtbot.keyClick(quick, Qt.Key.Key_Return)
    page.laptop.settle(page.qtbot)
    (found,) = services.coding.codings.all().passages
    assert found.words == "nine"
    page.press(f"Take Waiting off “{found.words}”")
    assert services.coding.codings.all().passages == ()
    page.press("Take away").answer_dialog("Take it away")
    assert services.coding.quotes.all() == []


def test_a_file_is_read_in_words_before_it_is_written_or_brought_in(
    page: PageRobot, services: Services, version: DraftVersion, tmp_path: Path
) -> None:
    code = services.coding.codebook.add("Travel").value
    made = services.coding.codings.code_draft(
        code.id, version.id, span(services, version, "👍 by bus")
    ).value
    page.open().press("Files").press("See what goes")
    assert page.sees("1 code, 1 draft, 0 notes of members who agreed")
    assert isinstance(page.page, CodesPage)
    file = tmp_path / "coding.qdpx"
    files, project = page.page.files, services.people.projects()[0].id
    files.save_to(file, services.coding.files.leaving(project))
    page.laptop.settle(page.qtbot)
    assert page.sees("anybody who has the file can read it")
    services.coding.codings.remove(made.id)

    files.open_file(file)
    page.laptop.settle(page.qtbot)
    assert page.sees("1 coding would be added")
    assert services.coding.codings.all().passages == ()
    page.press("Bring this in")
    assert [p.words for p in services.coding.codings.all().passages] == ["👍 by bus"]
    files.open_file(file)
    page.laptop.settle(page.qtbot)
    assert page.sees("There is nothing new in it.")
    file.write_bytes(b"PK nothing")
    files.open_file(file)
    page.laptop.settle(page.qtbot)
    assert page.sees("“coding.qdpx” is damaged or cut short.")
    files.open_file(tmp_path / "gone.qdpx")
    page.laptop.settle(page.qtbot)
    assert page.sees("could not be opened")


# ---------------------------------------------------------------- members


def test_a_member_decides_on_their_own_page(
    services: Services,
    version: DraftVersion,
    boards: Boards,
    tmp_path: Path,
    qtbot: Any,
    look: None,
) -> None:
    amber = member_of(boards, services, tmp_path / "amber", name="Amber Fictional")
    amber.annotations.annotate(version.id, kind=AnnotationKind.CONCERN, body="Two hours is long.")
    exchange(amber, services)
    code = services.coding.codebook.add("Time").value
    assert services.coding.codings.open_notes() == []

    laptop = Laptop(amber)
    laptop.put(MyQuestionsPage)
    laptop.show()
    mine = PageRobot(laptop, qtbot, Place.MY_QUESTIONS).open()
    (switch,) = mine.page.findChildren(QCheckBox)
    assert switch.accessibleName() == "My notes may be used in the analysis for Parent-led CBT"
    assert not switch.isChecked(), "off until the member says so"
    switch.click()
    laptop.settle(qtbot)
    assert "Saved: you agree." in laptop.said
    exchange(amber, services)

    hers = Laptop(services)
    hers.put(CodesPage)
    hers.show()
    page = PageRobot(hers, qtbot, Place.CODES).open().press("Members' notes")
    about = "Concern by Amber, on Information sheet, version 1"
    quick = field(page.page, f"Code the marked words of: {about}")
    qtbot.keyClicks(quick, "Time")
    qtbot.keyClick(quick, Qt.Key.Key_Return)
    hers.settle(qtbot)
    (found,) = services.coding.codings.all().passages
    assert (found.words, found.code.id) == ("Two hours is long.", code.id)

    switch = mine.page.findChildren(QCheckBox)[0]
    switch.click()
    laptop.settle(qtbot)
    assert "Saved: your notes are left out." in laptop.said
    exchange(amber, services)
    page.open()
    assert page.sees("No member has agreed yet.")
    assert services.coding.codings.all().passages == ()
    laptop.close_board()
    hers.close_board()


def test_a_coordinator_types_in_what_a_member_said(page: PageRobot, services: Services) -> None:
    kim = services.people.add_person("Kim Unreal").value
    page.open().press("Members' notes").press("Type in what a member said")
    page.pick("Whose notes", "Kim Unreal").press("Save")
    assert page.sees("Choose what they said.")
    page.choose("They agree").press("Save")
    assert [agreed for _, agreed in services.coding.consents.of(kim.id)] == [True]


@pytest.mark.parametrize(
    ("role", "has_codes"), [(Role.MEMBER, False), (Role.PEER_RESEARCHER, True)]
)
def test_only_those_who_code_have_the_page_in_their_menu(
    services: Services,
    version: DraftVersion,
    boards: Boards,
    tmp_path: Path,
    qtbot: Any,
    look: None,
    role: Role,
    has_codes: bool,  # noqa: FBT001 - pytest's own way of giving it
) -> None:
    person = services.people.add_person("Maya Madeup", roles=(role,)).value
    store, _, certificate = boards.vault.join(
        tmp_path / "maya",
        label="Board 1",
        passphrase=PASSWORD,
        board=services.people.board().id,
        person=person.id,
    )
    services.people.add_device(certificate)
    maya = boards.serve(store)
    exchange(services, maya)
    laptop = Laptop(maya)
    view = BoardView(opened(maya, label="Board 1"), laptop.tasks, boards=boards)
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.show()
    assert ("Codes" in buttons_seen(view)) is has_codes
    view.go(Place.CODES)
    laptop.settle(qtbot)
    told = "Peer researchers and coordinators work with codes."
    assert sees(view, told) is not has_codes
    if has_codes:
        press(view, "New code")
    view.hide()
    laptop.close_board()
    services.close()
