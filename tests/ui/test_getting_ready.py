"""The list of all questions is made ready while a coordinator rests, and not before."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from mhin_ppi.ui.getting_ready import RESTED_SECONDS, GettingReady
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from tests.robots.window_robot import WindowRobot

Resting = tuple[WindowRobot, GettingReady, list[float]]


@pytest.fixture
def resting(tmp_path: Path, qtbot: Any, look: None) -> Iterator[Resting]:
    robot = WindowRobot(qtbot, tmp_path / "boards").begin()
    untouched = [0.0]
    ready = GettingReady(
        robot.window.tasks,
        view=lambda: robot.window.view,
        untouched=lambda: untouched[0],
        parent=robot.window,
    )
    ready.stop()  # looks when the test says so
    yield robot, ready, untouched
    robot.close()


def pages_made(robot: WindowRobot) -> list[QuestionsPage]:
    return robot.window.findChildren(QuestionsPage)


def test_all_questions_are_there_at_once_for_whoever_rested(resting: Resting) -> None:
    robot, ready, untouched = resting
    untouched[0] = RESTED_SECONDS
    ready.look()  # no board is open yet
    robot.start_board()
    assert robot.window.view is not None
    robot.window.view.board.services.questions.raise_question("Who is told?")
    untouched[0] = 0.0
    ready.look()
    assert pages_made(robot) == [], "somebody was at work"
    untouched[0] = RESTED_SECONDS
    robot.window.tasks.run(lambda: None, owner=robot.window)
    ready.look()
    assert pages_made(robot) == [], "something was under way"
    robot.settle()
    ready.look()
    robot.settle()
    ready.look()
    (page,) = pages_made(robot)
    assert robot.place is Place.HOME
    assert not page.isVisible()
    robot.window.view.go(Place.QUESTIONS)  # and nothing is waited for
    assert page.isVisible()
    assert page.register is not None
    assert [row.body for row in page.register.shown] == ["Who is told?"]
    robot.settle()
    robot.window.lock()
    robot.settle()
    assert not [one for one in robot.window.findChildren(QWidget) if isinstance(one, QuestionsPage)]


def test_nothing_is_made_ready_for_a_member(resting: Resting) -> None:
    robot, ready, untouched = resting
    robot.start_board()
    assert robot.window.view is not None
    robot.window.view.board = dataclasses.replace(robot.window.view.board, coordinates=False)
    untouched[0] = RESTED_SECONDS
    ready.look()
    robot.settle()
    assert pages_made(robot) == []
