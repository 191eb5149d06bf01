"""Slides are added and read through the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from mhin_ppi.domain.drafts import DraftKind
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.documents.slide_makers import WITH_MACROS, Slide, box, pptx
from tests.robots.laptop import field
from tests.robots.window_robot import WindowRobot

DECK = pptx(
    Slide(box("What we found", place="title") + box("Calls help."), notes="Say it slowly."),
    Slide(box("Not yet", place="title"), hidden=True),
)


@pytest.fixture
def robot(qtbot: Any, tmp_path: Path, look: None) -> Iterator[WindowRobot]:
    made = WindowRobot(qtbot, tmp_path / "boards")
    made.begin().start_board()
    made.page.services.people.add_project("A study")
    made.go(Place.TO_READ)
    yield made
    made.close()


def add(robot: WindowRobot, file: Path, content: bytes) -> ToReadPage:
    file.write_bytes(content)
    page = robot.page
    assert isinstance(page, ToReadPage)

    def choose(_: QWidget) -> Path:
        return file

    page.choose_file = choose
    robot.press("Add a draft").press("Choose a file")
    return page


def test_slides_are_added_as_slides_and_what_is_left_out_is_said(
    robot: WindowRobot, tmp_path: Path
) -> None:
    page = add(robot, tmp_path / "talk.pptx", DECK)
    assert robot.sees("1 hidden slide is left out: slide 2.")
    assert field(page, "What it is").currentText() == "Slides"
    robot.press("Add it")
    (shown,) = page.services.reviewing.shelf()
    assert shown.draft.kind is DraftKind.SLIDES
    robot.go(Place.READING, shown.latest.id)
    page = robot.page
    assert isinstance(page, ReadingPage)
    reader = page.reader
    lines = reader.toPlainText().splitlines()
    assert lines == ["Slide 1: What we found", "Calls help.", "Speaker notes: Say it slowly."]


def test_slides_with_macros_are_not_opened_and_the_form_says_what_to_do(
    robot: WindowRobot, tmp_path: Path
) -> None:
    add(robot, tmp_path / "talk.pptm", pptx(box("Hello"), kind=WITH_MACROS))
    assert robot.sees("carries macros")
    assert robot.sees("save it without macros")
