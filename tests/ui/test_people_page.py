"""People: added with the credit they chose, projects with their places, words of the board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.domain.people import Credit
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.people_page import PeoplePage
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless
from tests.robots.page_robot import PageRobot


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def laptop(services: Services, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(PeoplePage)
    made.show()
    yield made
    made.tasks.close()
    assert made.bugs == []


@pytest.fixture
def people(laptop: Laptop, qtbot: Any) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.PEOPLE).open()


def test_a_person_starts_as_not_named(people: PageRobot, services: Services) -> None:
    people.press("Add a person").press("Save")
    assert people.sees("Write their name.")
    assert nameless(people.page) == []
    people.write("Name", "Amina Khan").press("Save")
    added = next(p for p in services.people.everyone() if p.name == "Amina Khan")
    assert added.credit is Credit.NOT_NAMED
    assert "A board member" in field(people.page, "People").as_text()


def test_a_pseudonym_needs_a_name(people: PageRobot, services: Services) -> None:
    people.press("Add a person").write("Name", "Amina Khan").choose("A pseudonym").press("Save")
    assert people.sees("Write the name they would like to appear.")
    people.write("Their pseudonym", "Wren").press("Save")
    assert any(person.pseudonym == "Wren" for person in services.people.everyone())


def test_how_somebody_appears_is_changed_and_that_they_left_is_noted(
    people: PageRobot, services: Services
) -> None:
    person = services.people.add_person("Amina Khan").value
    people.open()
    table = field(people.page, "People")
    table.choose(person)
    people.press("How Amina Khan appears").choose("First name").press("Save")
    changed = next(p for p in services.people.everyone() if p.id == person.id)
    assert changed.credit is Credit.FIRST_NAME
    people.press("Amina Khan has left")
    gone = next(p for p in services.people.everyone() if p.id == person.id)
    assert gone.left_on == services.desk.today()


def test_a_project_is_added_with_its_places(people: PageRobot, services: Services) -> None:
    people.press("Add a project").press("Save")
    assert people.sees("Write what it is called.")
    people.write("What it is called", "PCREF").write("Where it happens", "Sheffield\nManchester")
    people.press("Save")
    assert [project.title for project in services.people.projects()] == ["PCREF"]
    assert [site.name for site in services.people.sites()] == ["Sheffield", "Manchester"]
    assert people.sees("Sheffield, Manchester")


def test_the_boards_words_are_settings(people: PageRobot, services: Services) -> None:
    people.press("Change these words").write("What a member is called", "expert by experience")
    people.press("Save")
    assert services.people.board().member_word == "expert by experience"
    people.press("Add a word").press("Save")
    assert people.sees("A word needs a meaning.")
    people.write("The hard word", "randomise").write("What it means", "choose by chance")
    people.press("Save")
    assert [word.term for word in services.words.all()] == ["randomise"]
