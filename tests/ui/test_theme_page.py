"""Similar questions on the screen: found from a question, put together, answered once, apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, QMimeData, Qt
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit

from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.questions import QuestionState, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.response_form import ResponseForm
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.pages.theme_page import ThemePage
from mhin_ppi.ui.widgets.long_words import LongWords
from tests.robots.laptop import PASSWORD, Laptop, make_boards, nameless
from tests.robots.questions_robot import QuestionsRobot

HOME = "Can I join the sessions from home?"
VIDEO = "Will it be possible to join a session from home by video?"
PHONE = "Could I join sessions by telephone from home?"
LONG = "Where do all the letters go? " * 3_449


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def desk(coordinator: Services, look: None) -> Iterator[Laptop]:
    laptop = Laptop(coordinator)
    for kind in (QuestionsPage, StoryPage, ThemePage):
        laptop.put(kind)
    laptop.show()
    yield laptop
    laptop.tasks.close()
    assert laptop.bugs == []


def test_from_a_question_to_one_answer_for_all_that_ask_the_same(
    desk: Laptop, coordinator: Services, qtbot: Any
) -> None:
    amina = coordinator.people.add_person("Amina Khan", credit=Credit.FIRST_NAME).value
    raised = coordinator.questions.raise_question
    home = raised(HOME, on_behalf_of=amina.id).value.id
    video = raised(VIDEO, on_behalf_of=amina.id, credit=Credit.NOT_NAMED).value.id
    phone = raised(PHONE).value.id

    story = QuestionsRobot(desk, qtbot, Place.STORY).open(home)
    story.press("Find similar questions")
    page = QuestionsRobot(desk, qtbot, Place.THEME)
    assert desk.went[-1] == (Place.THEME, home)
    assert page.sees("Do these ask the same?")
    assert page.sees("Both say “join”")
    assert page.sees("A board member, today")
    assert nameless(page.page) == []
    _press(desk, qtbot, "Yes, it asks the same", near=VIDEO)
    (held,) = coordinator.themes.all()
    assert held[1] == 2
    page.press("Rename").write("What they have in common", "Joining from home").press("Save")
    assert page.sees("Joining from home")

    _press(desk, qtbot, "No, it is another", near=PHONE)
    assert not page.sees(PHONE)
    page.press("Undo")
    _press(desk, qtbot, "Yes, it asks the same", near=PHONE)
    assert page.sees("3 questions that ask the same.")
    coordinator.questions.respond(phone, decision=Decision.ALREADY_COVERED, body="On page 2.")
    coordinator.questions.feed_back(phone, body="See page 2.")
    coordinator.questions.take_step(phone, StepKind.CONFIRM)
    page.open(held[0].id)

    page.press("Answer all")
    # Among choices of which one holds the focus, the arrow keys lead to the others.
    assert [amiss for amiss in nameless(page.page) if "no name" in amiss] == []
    page.choose("Will change").write("The answer, in plain words", "You can join from home.")
    for tick in page.page.findChildren(QCheckBox):
        tick.setChecked(tick.text() == "Practical to do")
    page.press("Save the answer")
    assert page.sees("The answer is saved for 2 questions. Left alone, as finished or taken back:")
    states = {s.question.id: s.fate.state for s in coordinator.questions.register()}
    assert states == {
        home: QuestionState.ANSWERED,
        video: QuestionState.ANSWERED,
        phone: QuestionState.CLOSED,
    }
    story.open(home)
    assert story.sees("Asks the same as 2 other questions: “Joining from home”")
    assert story.sees("Decided on: Practical to do.")
    story.press("Take it out of these")
    assert not story.sees("Asks the same as")
    story.press("Find similar questions")
    page.open(held[0].id).press("Take them apart")
    assert page.sees("2 questions taken apart. Each is as it was.")
    page.press("Undo")
    assert coordinator.themes.all() == [(coordinator.themes.open(held[0].id).theme, 2)]


def test_one_more_that_asks_the_same_is_offered_the_answer_and_nobody_is_told_twice(
    desk: Laptop, coordinator: Services, qtbot: Any
) -> None:
    amina = coordinator.people.add_person("Amina Khan", credit=Credit.FIRST_NAME).value
    raised = coordinator.questions.raise_question
    first = [raised(body, on_behalf_of=amina.id).value.id for body in (HOME, VIDEO)]
    held = coordinator.themes.put_together(first, title="Joining from home").value.theme.id
    page = QuestionsRobot(desk, qtbot, Place.THEME).open(held).press("Answer all")
    page.choose("Will change").write("The answer, in plain words", "You can join from home.")
    for tick in page.page.findChildren(QCheckBox):
        tick.setChecked(tick.text() == "Practical to do")
    page.press("Save the answer")
    for question in first:
        coordinator.questions.feed_back(question, body="You can.")
    late = raised(PHONE).value.id
    coordinator.themes.add(held, [late])
    page.open(held).press("Answer all").press("Save the answer")
    assert page.sees("The answer is saved for 1 question. 2 questions had it already.")
    response = coordinator.questions.story(late).response
    assert response is not None
    assert (response.body, response.criteria) == ("You can join from home.", ("practical",))
    assert [one.question for one in coordinator.answering.debt.everyone().debts] == [late]


def test_everything_is_listed_and_reached_by_keyboard(
    desk: Laptop, coordinator: Services, qtbot: Any
) -> None:
    questions = QuestionsRobot(desk, qtbot, Place.QUESTIONS).open()
    questions.press("Similar questions")
    page = QuestionsRobot(desk, qtbot, Place.THEME)
    assert page.sees("Questions that ask the same can be put together here.")
    for words in (HOME, VIDEO):
        coordinator.questions.raise_question(words)
    page.open()
    assert page.sees("These may ask the same")
    button = _find(desk, "Look at these 2 questions", near="")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    desk.settle(qtbot)
    yes = _find(desk, "Yes, it asks the same", near="")
    yes.setFocus()
    qtbot.keyClick(yes, Qt.Key.Key_Space)
    desk.settle(qtbot)
    assert len(coordinator.themes.all()) == 1
    page.open(None)
    page.press("See them")
    assert page.sees("2 questions that ask the same.")


def test_the_form_says_what_is_amiss_and_loses_nothing(
    desk: Laptop, coordinator: Services, qtbot: Any
) -> None:
    asked = coordinator.questions.raise_question(HOME).value
    page = QuestionsRobot(desk, qtbot, Place.STORY).open(asked.id)
    page.press("Record the team's answer").press("Save the answer")
    assert page.sees("Choose what the team will do.")
    assert page.sees("Write the answer.")
    page.choose("Will not change").write("The answer, in plain words", "No.")
    (form,) = page.page.findChildren(ResponseForm)
    today = desk.services.desk.today()
    form.on.setDate(_day(today + timedelta(days=1)))
    page.press("Save the answer")
    assert page.sees("Say why, in a sentence.")
    assert page.sees("That day has not come yet. Choose today or earlier.")
    page.write("Why nothing will change", "The law forbids it.")
    form.on.setDate(_day(today - timedelta(days=3)))
    page.press("Save the answer")
    assert page.sees("That is before the question was asked.")
    assert coordinator.questions.story(asked.id).responses == ()
    form.earlier.click()
    page.press("Save the answer")
    story = coordinator.questions.story(asked.id)
    assert story.fate.state is QuestionState.NOT_CHANGED
    assert (story.response.body, story.response.reason) == ("No.", "The law forbids it.")
    assert story.response.decided_on == today - timedelta(days=3)


def test_long_and_hostile_words_are_kept_whole_and_shown_harmlessly(
    desk: Laptop, coordinator: Services, qtbot: Any
) -> None:
    asked = coordinator.questions.raise_question(LONG).value
    page = QuestionsRobot(desk, qtbot, Place.STORY).open(asked.id)
    page.press("Record the team's answer").choose("Will change")
    (form,) = page.page.findChildren(ResponseForm)
    pasted = QMimeData()
    pasted.setHtml("<b>Bold</b> &amp; <script>alert(1)</script><i>plain</i> <u>\u202eon\u202c</u> ")
    form.body.setFocus()
    assert form.body.canInsertFromMimeData(pasted)
    form.body.insertFromMimeData(pasted)
    pasted.setText(LONG)
    form.body.insertFromMimeData(pasted)
    page.press("Save the answer")

    story = coordinator.questions.story(asked.id)
    assert story.question.body == LONG.strip()
    assert len(story.question.body) > 100_000
    assert story.response.body == f"Bold & plain \u202eon\u202c {LONG}".strip()
    question, answer = page.page.findChildren(LongWords)
    assert "Bold & plain on Where" in answer.first.text()
    assert len(question.first.text()) < 2_000
    page.press(f"Show all {len(LONG.strip()):,} characters")
    (field,) = question.findChildren(QPlainTextEdit)
    assert field.toPlainText() == LONG.strip()
    assert field.isVisible()
    assert not question.first.isVisible()
    page.press("Show less")
    assert not field.isVisible()
    for place in (Place.QUESTIONS, Place.THEME):
        QuestionsRobot(desk, qtbot, place).open(asked.id)


def _day(day: Any) -> QDate:
    return QDate(day.year, day.month, day.day)


def _find(desk: Laptop, words: str, *, near: str) -> Any:
    from tests.robots.laptop import find_button

    return find_button(desk.currentWidget(), words, near=near)


def _press(desk: Laptop, qtbot: Any, words: str, *, near: str) -> None:
    _find(desk, words, near=near).click()
    desk.settle(qtbot)
