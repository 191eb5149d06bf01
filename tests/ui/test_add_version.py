"""Adding the next version: a wrong file is noticed, and what became of the notes is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.robots.laptop import PASSWORD, Laptop, make_boards, nameless
from tests.robots.page_robot import PageRobot
from tests.ui.test_carried_notes import V1, V2, V2_TO_CHECK

OTHER = "Stir the flour into the butter.\n\nAdd milk slowly.\n\nBake until golden brown.\n"


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    project = opened.people.add_project("A study", sites=["Hull"]).value
    made = opened.reviewing.add_draft(
        V1.encode(), file_name="sheet.md", project=project.id, title="Information sheet"
    ).value
    text = opened.reviewing.text_of(made.id).text
    for words in ("text message", "one hour long", "£20 voucher is given", "locked computer"):
        at = text.index(words)
        opened.annotations.annotate(
            made.id, kind=AnnotationKind.QUESTION, body="Why?", span=(at, at + len(words))
        )
    return opened


@pytest.fixture
def to_read(services: Services, qtbot: Any, look: None) -> Iterator[PageRobot]:
    laptop = Laptop(services)
    laptop.put(ToReadPage)
    laptop.show()
    yield PageRobot(laptop, qtbot, Place.TO_READ).open()
    laptop.close_board()


def choose(robot: PageRobot, folder: Path, text: str) -> PageRobot:
    file = folder / "chosen.md"
    file.write_text(text, encoding="utf-8")
    page = robot.page
    assert isinstance(page, ToReadPage)
    page.choose_file = lambda _: folder / "chosen.md"
    robot.press("Add the next version: Information sheet")
    return robot.press("Choose a file")


def test_what_became_of_the_notes_is_said_in_one_sentence(
    to_read: PageRobot, tmp_path: Path
) -> None:
    choose(to_read, tmp_path, V2).press("Add it")
    assert to_read.sees("Version 2 is added.")
    assert to_read.sees("4 notes: 1 in the same place, 1 moved, 1 reworded, 1 whose part is gone.")
    to_read.press("Compare with version 1")
    assert to_read.laptop.went[-1][0] is Place.COMPARE


def test_notes_to_check_lead_to_the_reader(to_read: PageRobot, tmp_path: Path) -> None:
    choose(to_read, tmp_path, V2_TO_CHECK).press("Add it").press("Check 1 note")
    assert to_read.laptop.went[-1][0] is Place.READING


def test_another_document_is_noticed_before_it_is_added(
    to_read: PageRobot, services: Services, tmp_path: Path
) -> None:
    choose(to_read, tmp_path, OTHER)
    assert to_read.sees("These words are quite different from version 1.")
    assert to_read.sees("None of the 4 marked parts would find its place.")
    assert len(services.reviewing.shelf()[0].versions) == 1
    (tmp_path / "chosen.md").write_text(V2, encoding="utf-8")
    to_read.press("Choose another file")
    assert not to_read.sees("These words are quite different")
    assert "Add it" in to_read.offers()


def test_another_document_can_be_added_all_the_same(
    to_read: PageRobot, services: Services, tmp_path: Path
) -> None:
    choose(to_read, tmp_path, OTHER).press("Add it anyway")
    assert to_read.sees("no note finds its place")
    assert to_read.sees("4 notes: 4 whose part is gone.")
    assert len(services.reviewing.shelf()[0].versions) == 2


def test_what_was_worked_out_before_is_not_worked_out_again(
    to_read: PageRobot, services: Services, tmp_path: Path
) -> None:
    choose(to_read, tmp_path, V2).press("Add it")
    version = services.reviewing.shelf()[0].latest
    assert services.carried.next_job(version.id) is None


def test_the_card_of_a_draft_leads_to_the_comparison(
    to_read: PageRobot, services: Services, tmp_path: Path
) -> None:
    choose(to_read, tmp_path, V2).press("Add it").press("Close")
    to_read.press("Compare with version 1: Information sheet")
    latest = services.reviewing.shelf()[0].latest
    assert to_read.laptop.went[-1] == (Place.COMPARE, latest.id)


def test_everything_has_a_name(to_read: PageRobot, tmp_path: Path) -> None:
    choose(to_read, tmp_path, V2).press("Add it")
    assert nameless(to_read.page) == []
