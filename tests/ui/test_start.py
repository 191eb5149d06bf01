"""Before a board is open: starting, unlocking, recovering, restoring, and a second window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.start.spare_key import SpareKeyCard, _Forgetter, sheet
from tests.robots.laptop import PASSWORD, field
from tests.robots.window_robot import WindowRobot

PASSED = "another long password"


@pytest.fixture
def robot(tmp_path: Path, qtbot: Any, look: None) -> Iterator[WindowRobot]:
    made = WindowRobot(qtbot, tmp_path / "boards")
    yield made.begin()
    made.close()


def test_with_no_board_there_are_two_ways_to_begin_and_nothing_else(robot: WindowRobot):
    assert robot.buttons() == {
        "Try the sample board",
        "Start a board",
        "Larger text",
        "Help and support",
    }


def test_a_board_is_started_in_three_steps(robot: WindowRobot):
    robot.press("Start a board")
    assert robot.sees("Step 1 of 3")
    robot.press("Next")
    assert robot.sees("Write a name.")
    robot.fill("What your board is called", "Our board").fill("Your own name", "Ruth").press("Next")
    assert robot.sees("Step 2 of 3")
    robot.fill("A long password", "short").press("Make the board")
    assert robot.sees("This is short.")
    robot.fill("A long password", PASSWORD).fill("The same again", PASSED).press("Make the board")
    assert robot.sees("The two are not the same.")
    robot.fill("The same again", PASSWORD).press("Make the board")
    assert robot.sees("Step 3 of 3")
    card = robot.window.findChild(SpareKeyCard)
    assert card is not None
    assert [len(group) for group in card.code.split("-")] == [4] * 6
    assert not card.go_on.isEnabled()
    card.tick.click()
    robot.press("Go to the board")
    assert robot.place is Place.HOME
    assert robot.sees("Your board is ready.")


def test_a_board_that_was_made_but_not_gone_into_is_there_the_next_time(
    robot: WindowRobot, qtbot: Any
):
    robot.press("Start a board")
    robot.fill("What your board is called", "Our board").fill("Your own name", "Ruth").press("Next")
    robot.fill("A long password", PASSWORD).fill("The same again", PASSWORD)
    robot.press("Make the board")
    robot.close()
    again = WindowRobot(qtbot, robot.home).begin().unlock()
    assert again.place is Place.HOME
    again.close()


def test_a_wrong_password_is_told_plainly_and_the_field_stays(robot: WindowRobot):
    robot.start_board()
    robot.press("Lock").unlock("not the password at all")
    assert robot.window.view is None
    assert robot.sees("password")
    assert any("damaged" in text for text in robot.texts())
    robot.unlock()
    assert robot.window.view is not None


def test_no_password_typed_asks_for_one(robot: WindowRobot):
    robot.start_board()
    robot.press("Lock").press("Open")
    assert robot.sees("Type the password.")


def test_the_spare_key_opens_the_board_and_sets_a_new_password(robot: WindowRobot):
    code = robot.start_board()
    robot.press("Lock").press("I have lost my password")
    robot.fill("Spare key", code.lower().replace("-", " "))
    robot.fill("A long password", PASSED).fill("The same again", PASSED).press("Open")
    card = robot.window.findChild(SpareKeyCard)
    assert card is not None
    assert card.code != code
    card.tick.click()
    robot.press("Go to the board").press("Lock").unlock()
    assert robot.window.view is None, "the old password must no longer open it"
    robot.unlock(PASSED)
    assert robot.window.view is not None


def test_a_spare_key_that_does_not_fit_is_told_plainly(robot: WindowRobot):
    robot.start_board()
    robot.press("Lock").press("I have lost my password")
    robot.fill("Spare key", "nonsense")
    robot.fill("A long password", PASSED).fill("The same again", PASSED).press("Open")
    assert robot.sees("spare key")
    assert robot.window.findChild(SpareKeyCard) is None


def test_a_second_window_on_the_same_board_is_told(robot: WindowRobot, qtbot: Any):
    robot.start_board()
    second = WindowRobot(qtbot, robot.home).begin().unlock()
    assert second.sees("This board is open in another window.")
    second.close()


def test_boards_are_listed_by_label_never_by_name(robot: WindowRobot, qtbot: Any):
    robot.start_board(name="Hull recovery board")
    robot.press("Lock").press("Another board")
    robot.start_board(name="Sheffield race equality board")
    robot.close()
    again = WindowRobot(qtbot, robot.home).begin()
    pick = field(again.window, "Which board")
    assert [pick.itemText(at) for at in range(pick.count())] == ["Board 1", "Board 2"]
    assert not any("Hull" in text or "Sheffield" in text for text in again.texts())
    pick.setCurrentIndex(1)
    again.unlock()
    assert again.window.view is not None
    assert again.window.view.board.services.people.board().name == "Sheffield race equality board"
    again.close()


def test_a_backup_becomes_a_board_of_its_own(robot: WindowRobot, tmp_path: Path, qtbot: Any):
    robot.start_board()
    file = tmp_path / "copy.ppibackup"
    robot.go(Place.SETTINGS).page.back_up(file)  # type: ignore[attr-defined]
    robot.settle()
    assert robot.sees("The backup is made and checked: copy.ppibackup")
    robot.close()
    again = WindowRobot(qtbot, tmp_path / "elsewhere").begin()
    again.press("Start a board").press("Go back")
    assert "Open a backup file" not in again.buttons()
    again.start_board()
    again.press("Lock").press("Another board").press("Open a backup file").press("Open")
    assert again.sees("Choose the backup file first.")
    again.fill("The backup file", str(file)).fill("Password", PASSWORD).press("Open")
    assert again.window.view is not None
    assert again.window.view.board.services.people.board().name == "Our board"
    again.close()


def test_the_password_can_be_shown_and_is_hidden_at_first(robot: WindowRobot):
    robot.start_board()
    robot.press("Lock")
    line: QLineEdit = field(robot.window, "Password")
    assert line.echoMode() is QLineEdit.EchoMode.Password
    robot.press("Show the password")
    assert line.echoMode() is QLineEdit.EchoMode.Normal


def test_support_is_one_key_away_before_any_board_is_open(robot: WindowRobot):
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F2):
        robot.key(key)
        assert robot.sees("Samaritans")
        robot.press("Go back to where I was")
        assert not robot.sees("Samaritans")


def test_the_clipboard_forgets_the_spare_key_but_nothing_else(robot: WindowRobot):
    clipboard = QGuiApplication.clipboard()
    robot.press("Start a board")
    robot.fill("What your board is called", "Our board").fill("Your own name", "Ruth").press("Next")
    robot.fill("A long password", PASSWORD).fill("The same again", PASSWORD)
    robot.press("Make the board").press("Copy")
    card = robot.window.findChild(SpareKeyCard)
    assert card is not None
    assert clipboard.text() == card.code
    for forgetter in _forgetters():
        forgetter.forget()
    assert clipboard.text() == ""
    robot.press("Copy")
    clipboard.setText("something of mine")
    for forgetter in _forgetters():
        forgetter.forget()
    assert clipboard.text() == "something of mine"


def _forgetters() -> list[_Forgetter]:
    app = QGuiApplication.instance()
    assert app is not None
    return app.findChildren(_Forgetter)


def test_the_printed_sheet_names_no_board(robot: WindowRobot):
    words = sheet("0123-4567-89AB-CDEF").toPlainText()
    assert "0123-4567" in words
    assert "board" not in words.lower()
