"""Marking any words: over paragraphs, cells and pages, in any script, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.reading_page import ReadingPage
from tests.robots.laptop import PASSWORD, Laptop, make_boards
from tests.robots.reading_robot import ReadingRobot

SHIFT = Qt.KeyboardModifier.ShiftModifier
K = BlockKind
DRAFT = DraftText(
    blocks=(
        Block(K.HEADING, "1. Who", 1, page=1),
        Block(K.PARAGRAPH, "Young people 👩‍👩‍👧 and naïve parents.", page=1),
        Block(K.TABLE, "Visit\tHours\nfirst\ttwo\nsecond\tthree", page=1, header_rows=1),
        Block(K.PARAGRAPH, "زيارة واحدة تكفي، شكرا.", page=2),
        Block(K.PARAGRAPH, "Thé café: q\u0323\u0301 stays whole.", page=2),
        Block(K.PARAGRAPH, "The end of it.", page=3),
    ),
    pages=3,
)
SPANS = {
    "two paragraphs and an emoji": ("people 👩", "naïve parents."),
    "over cells": ("two", "three"),
    "over a whole table": ("parents.", "واحدة"),
    "another script": ("واحدة", "شكرا"),
    "combining marks": ("q\u0323\u0301", "stays"),
    "over all pages": ("1. Who", "end of"),
}


@pytest.fixture
def reading(tmp_path: Path, qtbot: Any, look: None) -> Iterator[ReadingRobot]:
    services, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    project = services.people.add_project("A study").value.id
    version = services.reviewing.add_draft(
        b"x", file_name="a.md", project=project, title="Sheet", text=DRAFT
    ).value
    laptop = Laptop(services)
    laptop.put(ReadingPage)
    laptop.show()
    yield ReadingRobot(laptop, qtbot).open(version.id)
    laptop.close_board()


def ends(reading: ReadingRobot, first: str, last: str) -> tuple[int, int]:
    text = reading.page.reader.draft.text
    start = text.index(first)
    return start, text.index(last, start) + len(last)


def services_of(reading: ReadingRobot) -> Services:
    return reading.laptop.services


def check(reading: ReadingRobot, start: int, end: int) -> None:
    """The note is on exactly these words, and they are drawn as marked."""
    reader = reading.page.reader
    assert reader.marked == (start, end)
    reading.choose("Ask").write("Why?").save()
    reading.page.reader.reveal(start, end)
    assert reading.page.reading is not None
    (noted,) = services_of(reading).annotations.on(reading.page.reading.version.id)
    passage = noted.annotation.passage
    assert passage is not None
    assert (passage.start, passage.end) == (start, end)
    assert passage.quote == reader.draft.text[start:end]
    assert noted.annotation.kind is AnnotationKind.QUESTION
    drawn = reader.extraSelections()
    wanted = reader.cursor_over(start, end)
    assert (wanted.selectionStart(), wanted.selectionEnd()) in {
        (each.cursor.selectionStart(), each.cursor.selectionEnd()) for each in drawn
    }


# Qt's arrows go through a table cell by cell and back; over one, the mouse is tried below.
ARROWS = {name: span for name, span in SPANS.items() if not name.startswith("over")}


@pytest.mark.parametrize("span", ARROWS.values(), ids=ARROWS)
def test_by_keyboard(reading: ReadingRobot, span: tuple[str, str], qtbot: Any) -> None:
    start, end = ends(reading, *span)
    reader = reading.page.reader
    caret = QTextCursor(reader.document())
    caret.setPosition(reader.cursor_over(start, start).position())
    reader.setTextCursor(caret)
    goal = reader.cursor_over(end, end).position()
    for _ in range(400):
        if reader.textCursor().position() >= goal:
            break
        # In a line of another script the arrow that goes on is the one to the left.
        before = reader.textCursor().position()
        qtbot.keyClick(reader, Qt.Key.Key_Right, SHIFT)
        if reader.textCursor().position() < before:
            qtbot.keyClick(reader, Qt.Key.Key_Left, SHIFT)
            qtbot.keyClick(reader, Qt.Key.Key_Left, SHIFT)
    check(reading, start, end)


@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_by_mouse(reading: ReadingRobot, span: tuple[str, str], qtbot: Any) -> None:
    start, end = ends(reading, *span)
    reader = reading.page.reader
    reading.laptop.resize(1280, 1400)

    def point(offset: int) -> QPoint:
        return reader.cursorRect(reader.cursor_over(offset, offset)).center()

    view = reader.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=point(start))
    qtbot.mouseMove(view, point(end))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point(end))
    check(reading, start, end)
