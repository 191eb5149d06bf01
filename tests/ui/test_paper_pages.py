"""A draft for paper and its replies, through the real window, by the words on the screen."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.people import Credit
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.robots.laptop import field, nameless
from tests.robots.window_robot import WindowRobot

TITLE = "Calls before appointments"
TEXT = """# What we ask

Appointments are confirmed by text message the day before.

# Money

A £20 voucher is given at the end.

It is sent by post.
"""
TYPE_IN = f"Type in paper replies: {TITLE}"
PRINT = f"Print or save for paper: {TITLE}"
MORE = f"More: {TITLE}"


def unfold(robot: WindowRobot) -> WindowRobot:
    """Bring what is done now and then into view, unless it is."""
    return robot.press(MORE) if MORE in robot.buttons() else robot


@pytest.fixture
def robot(qtbot: Any, tmp_path: Path, look: None) -> Iterator[WindowRobot]:
    made = WindowRobot(qtbot, tmp_path / "boards")
    made.begin().start_board()
    services = on_board(made)
    services.people.add_person("Kim Unreal", credit=Credit.FIRST_NAME)
    services.people.add_person("Amber Fictional")
    project = services.people.add_project("A study").value
    services.reviewing.add_draft(TEXT.encode(), file_name="a.md", project=project.id, title=TITLE)
    made.go(Place.TO_READ)
    yield made
    made.close()


def on_board(robot: WindowRobot) -> Services:
    return robot.page.services


def version_of(robot: WindowRobot) -> Any:
    return on_board(robot).reviewing.shelf()[0].latest.id


def type_keys(robot: WindowRobot, words: str) -> None:
    """Type into whatever has the focus, key by key."""
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit | QPlainTextEdit)
    robot.qtbot.keyClicks(focused, words)
    robot.settle()


def tab_to(robot: WindowRobot, name: str) -> QWidget:
    """Press Tab until the focus is on the control of that name."""
    for _ in range(20):
        focused = QApplication.focusWidget()
        if focused is not None and focused.accessibleName() == name:
            return focused
        robot.key(Qt.Key.Key_Tab)
    raise AssertionError(f"“{name}” is not reached with Tab")


def test_the_draft_is_saved_for_paper_in_either_size(robot: WindowRobot, tmp_path: Path) -> None:
    page = robot.page
    assert isinstance(page, ToReadPage)
    offered: list[str] = []

    def choose(_: QWidget, name: str) -> Path:
        offered.append(name)
        return tmp_path / name

    page.choose_place = choose
    sizes = []
    for letters in ("Plain print, 12 points", "Large print, 18 points"):
        unfold(robot).press(PRINT).press(f"How large the letters are: {letters}").press(
            "Save the PDF"
        )
        assert robot.sees("It is not encrypted")
        assert "Save the PDF" not in robot.buttons()
        read = PdfReader(io.BytesIO((tmp_path / offered[-1]).read_bytes()))
        text = " ".join(page.extract_text() for page in read.pages)
        assert "A £20 voucher is given at the end." in text
        assert "Ruth Okafor, the coordinator" in text
        sizes.append(len(read.pages))
    assert sizes[0] < sizes[1]
    assert offered == [
        "Draft to read, version 1.pdf",
        "Draft to read, version 1, large print.pdf",
    ]


def test_a_folder_that_is_not_there_is_said_and_no_choice_changes_nothing(
    robot: WindowRobot, tmp_path: Path
) -> None:
    page = robot.page
    assert isinstance(page, ToReadPage)
    page.choose_place = lambda *_: None
    unfold(robot).press(PRINT).press("Save the PDF")
    assert "Save the PDF" in robot.buttons()
    assert not robot.sees("Written to")
    robot.press("Cancel")
    page.choose_place = lambda *_: tmp_path / "nowhere" / "a.pdf"
    unfold(robot).press(PRINT).press("Save the PDF")
    assert robot.sees("The draft for paper could not be written")
    assert "Save the PDF" in robot.buttons()


def test_a_slip_is_typed_in_by_keyboard_alone_and_the_person_stays(robot: WindowRobot) -> None:
    unfold(robot).press(TYPE_IN)
    assert nameless(robot.page) == []
    whose = tab_to(robot, "Whose words")
    robot.qtbot.keyClicks(whose, "Kim")
    tab_to(robot, "About paragraph no.")
    type_keys(robot, "4")
    assert robot.sees("4 (under “Money”): “A £20 voucher is given at the end.”")
    what = tab_to(robot, "What it is")
    robot.qtbot.keyClicks(what, "Concern")
    tab_to(robot, "Their words, as written")
    type_keys(robot, "Is it taxed?")
    robot.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert robot.sees("Saved: Kim Unreal, paragraph 4. 1 reply typed in so far.")
    (noted,) = on_board(robot).annotations.on(version_of(robot))
    note = noted.annotation
    assert (note.body, note.kind) == ("Is it taxed?", AnnotationKind.CONCERN)
    assert note.passage is not None
    assert note.passage.quote == "A £20 voucher is given at the end."
    assert on_board(robot).questions.register()[0].asked_by == "Kim"
    # Ready for the next: same person, everything else as new, focus on the number.
    assert field(robot.page, "Whose words").currentText() == "Kim Unreal"
    assert field(robot.page, "What it is").currentText() == "Question"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "About paragraph no."
    assert robot.sees("About the whole draft.")
    type_keys(robot, "2-3")
    assert robot.sees("2–3 (under “What we ask”): “Appointments are confirmed")
    tab_to(robot, "Their words, as written")
    type_keys(robot, "Good.")
    robot.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert robot.sees("2 replies typed in so far.")
    robot.press("Done")
    assert "Save and next" not in robot.buttons()


def test_a_number_that_is_not_there_is_said_while_typing_and_when_saving(
    robot: WindowRobot,
) -> None:
    unfold(robot).press(TYPE_IN)
    robot.fill("About paragraph no.", "41").settle()
    assert robot.sees("There is no paragraph 41 in this draft. Its numbers go from 1 to 5.")
    field(robot.page, "Their words, as written").setPlainText("Why?")
    robot.press("Save and next")
    assert on_board(robot).annotations.on(version_of(robot)) == []
    assert field(robot.page, "Their words, as written").toPlainText() == "Why?"
    robot.fill("About paragraph no.", "4, 2").press("Save and next")
    (noted,) = on_board(robot).annotations.on(version_of(robot))
    assert noted.annotation.tags == ("also paragraph 4",)


def test_several_numbers_say_where_the_note_will_stand(robot: WindowRobot) -> None:
    unfold(robot).press(TYPE_IN)
    robot.fill("About paragraph no.", "2 and 5").settle()
    assert robot.sees("The note will stand at the first, with a label that names 5.")
    robot.press("Save and next")
    assert robot.sees("Write what they wrote.")


def test_an_answer_to_a_guiding_question_shows_the_question(robot: WindowRobot) -> None:
    services = on_board(robot)
    services.reviewing.ask_to_read(
        version_of(robot), invited=[services.people.me().id], guiding_questions=["Is it enough?"]
    )
    unfold(robot).press(TYPE_IN)
    robot.fill("About paragraph no.", "a").settle()
    assert robot.sees("An answer to Question A: “Is it enough?”")
    field(robot.page, "Their words, as written").setPlainText("No.")
    robot.press("Save and next")
    assert robot.sees("Question A. 1 reply typed in so far.")
    (noted,) = services.annotations.on(version_of(robot))
    assert noted.annotation.tags == ("guiding question 1",)


def test_who_may_see_it_and_no_name_are_kept_and_a_slip_can_be_taken_back(
    robot: WindowRobot,
) -> None:
    unfold(robot).press(TYPE_IN)
    field(robot.page, "Their words, as written").setPlainText("It worries me.")
    box = field(robot.page, "Who may see it")
    box.setCurrentIndex(box.findText("Just the coordinator"))
    robot.press("Do not show their name").press("Save and next")
    (noted,) = on_board(robot).annotations.on(version_of(robot))
    assert noted.annotation.visibility is Visibility.COORDINATOR
    assert noted.annotation.passage is None
    assert noted.question is not None
    assert noted.question.credit is Credit.NOT_NAMED
    assert field(robot.page, "Who may see it").currentText() == "The board and the research team"
    robot.press("Take it back")
    assert robot.sees("It is taken back.")
    assert on_board(robot).annotations.on(version_of(robot)) == []


def test_the_version_that_was_printed_is_asked_and_its_numbers_count(robot: WindowRobot) -> None:
    draft = on_board(robot).reviewing.shelf()[0].draft
    longer = TEXT + "\n\nA new last paragraph.\n"
    on_board(robot).reviewing.add_version(draft.id, longer.encode(), file_name="b.md")
    unfold(robot.go(Place.HOME).go(Place.TO_READ)).press(TYPE_IN)
    robot.fill("About paragraph no.", "6").settle()
    assert robot.sees("“A new last paragraph.”")
    field(robot.page, "Which version was printed").setCurrentIndex(1)
    robot.settle()
    assert robot.sees("There is no paragraph 6 in this draft.")
