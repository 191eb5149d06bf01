"""Words begun in a form outlive a lock and another choice, and are forgotten with its end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.domain.questions import QuestionState, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.words_begun import forms_begun, keep_begun
from mhin_ppi.ui.pages.begun_words import BACK
from mhin_ppi.ui.pages.my_questions_page import MyQuestionsPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.story_page import StoryPage
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, press
from tests.robots.page_robot import PageRobot
from tests.robots.window_robot import WindowRobot

ANSWER = "The answer, in plain words"
MISSING = "What is missing"


@pytest.fixture
def laptop(tmp_path: Path, look: None) -> Any:
    boards = make_boards(tmp_path)
    ruth, _ = boards.start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    made = Laptop(ruth)
    for page in (StoryPage, MyQuestionsPage):
        made.put(page)
    made.show()
    yield made
    made.close_board()


def test_an_answer_begun_outlives_another_choice_and_is_forgotten_once_saved(
    laptop: Laptop, qtbot: Any
) -> None:
    asked = laptop.services.questions.raise_question
    first, other = (asked(f"Question {n}?").value.id for n in (1, 2))
    desk = laptop.services.desk
    story = PageRobot(laptop, qtbot, Place.STORY).open(first)
    story.press("Record the team's answer").write(ANSWER, "We will ask the families")
    story.open(other)
    assert not story.sees("We will ask the families")
    assert forms_begun(desk, str(first)) == ("ResponseForm",)
    story.open(first)
    assert field(story.page, ANSWER).toPlainText() == "We will ask the families"
    assert story.sees(BACK)
    story.write(ANSWER, "We will ask every family").choose("Will change").press("Save the answer")
    assert laptop.services.questions.story(first).response.body == "We will ask every family"
    assert forms_begun(desk, str(first)) == ()
    story.press("Record a newer answer").write(ANSWER, "Or not.").press("Cancel")
    assert forms_begun(desk, str(first)) == ()
    story.open(other).open(first)
    assert "Save the answer" not in story.offers(), "nothing is begun, so nothing is opened"


def test_not_quite_begun_among_my_questions_is_there_in_the_story_too(
    laptop: Laptop, qtbot: Any
) -> None:
    questions = laptop.services.questions
    mine = questions.raise_question("Why?").value.id
    questions.respond(mine, decision=Decision.WILL_CHANGE, body="We will.")
    questions.feed_back(mine, body="It changed.")
    page = PageRobot(laptop, qtbot, Place.MY_QUESTIONS).open()
    page.press("Not quite").write(MISSING, "And the letters?")
    other = questions.raise_question("Who else?").value.id
    keep_begun(laptop.services.desk, str(other), "NotQuiteForm", {MISSING: "Mine."})
    questions.take_step(other, StepKind.WITHDRAW)
    assert forms_begun(laptop.services.desk, str(other)) == (), "taken back with the question"
    laptop.go(Place.STORY, mine)
    laptop.settle(qtbot)
    story = PageRobot(laptop, qtbot, Place.STORY)
    box = field(story.page, MISSING)
    assert box.toPlainText() == "And the letters?"
    assert box.textCursor().atEnd()
    story.press("Ask again")
    step = questions.story(mine).fate.taken[-1]
    assert step.detail["words"] == "And the letters?"
    assert forms_begun(laptop.services.desk, str(mine)) == ()


def test_a_finished_question_is_opened_again_with_a_word_on_why(laptop: Laptop, qtbot: Any) -> None:
    questions = laptop.services.questions
    mine = questions.raise_question("Why?").value.id
    questions.respond(mine, decision=Decision.WILL_CHANGE, body="We will.")
    questions.feed_back(mine, body="It changed.")
    questions.take_step(mine, StepKind.CONFIRM)
    story = PageRobot(laptop, qtbot, Place.STORY).open(mine)
    story.press("Open it again").press("Cancel")
    assert questions.story(mine).fate.state is QuestionState.CLOSED, "looking is not opening"
    story.press("Open it again").write("What is still missing", "The letters, too.")
    story.press("Open it again")
    assert questions.story(mine).fate.state is QuestionState.ACKNOWLEDGED
    assert story.sees("The letters, too.")
    assert [one.question for one in laptop.services.answering.debt.mine()] == [mine]


def test_a_lock_in_the_middle_of_an_answer_loses_no_word(
    tmp_path: Path, qtbot: Any, look: None
) -> None:
    robot = WindowRobot(qtbot, tmp_path / "boards").begin()
    robot.start_board()
    services = robot.window.view.board.services  # type: ignore[union-attr]
    question = services.questions.raise_question("Who tells the families?").value.id
    robot.go(Place.STORY, question)
    press(robot.page, "Record the team's answer")
    robot.settle()
    qtbot.keyClicks(field(robot.page, ANSWER), "One named person")
    robot.window.lock()
    robot.settle()
    assert not robot.sees("One named person")
    robot.unlock()
    assert robot.place is Place.STORY
    assert field(robot.page, ANSWER).toPlainText() == "One named person"
    robot.close()
