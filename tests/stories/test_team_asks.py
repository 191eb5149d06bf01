"""The team asks the board, members answer in their own words, and each keeps their own say.

Two laptops with real stores and real pages: the coordinator's, and Amina's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.domain.questions import QuestionId, QuestionState
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.my_questions_page import MyQuestionsPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.story_page import StoryPage
from tests.robots.laptop import (
    PASSWORD,
    Laptop,
    exchange,
    find_button,
    make_boards,
    member_of,
    nameless,
    texts,
)
from tests.robots.questions_robot import QuestionsRobot


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    project = opened.people.add_project("CBT", team="the CBT team", sites=["Norwich"]).value
    opened.questions.raise_question("Is the clinic near?", project=project.id)
    yield opened
    opened.close()


@pytest.fixture
def desk(coordinator: Services, look: None, qtbot: Any) -> Iterator[QuestionsRobot]:
    laptop = Laptop(coordinator)
    laptop.put(QuestionsPage)
    laptop.show()
    robot = QuestionsRobot(laptop, qtbot, Place.QUESTIONS)
    robot.open()
    yield robot
    laptop.tasks.close()
    assert laptop.bugs == []


def choose(desk: QuestionsRobot, words: str) -> None:
    page = desk.page
    assert isinstance(page, QuestionsPage)
    assert page.register is not None
    table = page.register.table
    assert table.choose(next(row for row in table.lines.things() if row.words == words))
    desk.laptop.settle(desk.qtbot)


def test_the_team_asks_members_answer_and_the_team_is_told(
    desk: QuestionsRobot, coordinator: Services, tmp_path: Path, qtbot: Any
) -> None:
    desk.press("The team asks").press("Put it to the board")
    assert desk.sees("Write the team's question.")
    desk.write("The team's question, in plain words", "Which evenings suit you?")
    desk.pick("Project", "CBT").press("Put it to the board")
    amina = member_of(make_boards(tmp_path), coordinator, tmp_path / "amina", name="Amina Khan")
    laptop = Laptop(amina)
    for kind in (QuestionsPage, MyQuestionsPage, StoryPage):
        laptop.put(kind)
    laptop.show()
    QuestionsRobot(laptop, qtbot, Place.MY_QUESTIONS).open().press("What others ask")
    member = QuestionsRobot(laptop, qtbot, Place.QUESTIONS)
    assert member.sees("The team asks you")
    assert member.sees("the CBT team · asked today")
    assert nameless(member.page) == []
    for shown in ("Frames", "Stage", "CFIR"):
        assert not member.sees(shown)
    member.press("Answer").press("Save my answer")
    assert member.sees("Write your answer. A few words will do.")
    member.write("What you say, in your own words", "Not Mondays.").press("Save my answer")
    assert member.sees("Not Mondays.")

    near = "Is the clinic near?"
    find_button(member.page, "I'd ask this too", near=near).click()
    laptop.settle(qtbot)
    member.write("Anything you want to add", "With a pram, too.").press("Say so")
    assert member.sees("You would ask this too.")
    exchange(coordinator, amina)
    desk.open()
    choose(desk, near)
    assert desk.sees("1 other would ask this too")
    assert desk.sees("Amina: With a pram, too.")
    find_button(member.page, "Take that back", near=near).click()
    laptop.settle(qtbot)
    assert not member.sees("You would ask this too.")
    laptop.close_board()

    choose(desk, "Which evenings suit you?")
    assert desk.sees("Not Mondays.")
    desk.press("Sum up the answers").write("What the board says", "Any day but Monday.")
    desk.press("Save").press("Tell the team").press("The team was told")
    assert coordinator.questions.owed() != []
    asked = coordinator.register.team.all()[0]
    assert asked.fate.state is QuestionState.CLOSED
    assert all(not story.question.to_board for story in coordinator.questions.owed())
    desk.pick("Which questions", "All questions")
    desk.laptop.settle(qtbot)
    choose(desk, "Which evenings suit you?")
    assert desk.sees("Finished")
    told = story_of(desk, asked.question.id)
    assert "The CBT team, today" in told, "it is the team's, not that of whoever wrote it down"
    assert "You, today" not in told
    assert "Any day but Monday." in told
    assert not [gap for gap in ("No answer yet", "No change yet", "Difference not") if gap in told]


def story_of(desk: QuestionsRobot, question: QuestionId) -> list[str]:
    """Return what the question's own page tells, each link of its chain aloud and every label."""
    page = desk.laptop.put(StoryPage)
    assert isinstance(page, StoryPage)
    desk.laptop.go(Place.STORY, question)
    desk.laptop.settle(desk.qtbot)
    aloud = [part for link in page.pane.chain.diagram.spoken() for part in link.split(", ")]
    return [*texts(page), *aloud, *(link.words for link in page.pane.chain.links)]
