"""The word list while reading: quiet marks, explanations, proposals, and a coordinator's hints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest

from mhin_ppi.domain.drafts import DraftKind, DraftVersion
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.reading_words import HINT, WordsPart
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless, press, sees
from tests.robots.reading_robot import ReadingRobot

DRAFT = """# About the study

This is a cohort study. A cohort is followed for a year, and some people get a placebo.

Everything you say is confidential, and you can withdraw when you like.
"""


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    opened.words.propose("cohort", meaning="People who are followed over time.", instead="group")
    return opened


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("Parent-led CBT").value
    return services.reviewing.add_draft(
        DRAFT.encode(),
        file_name="sheet.md",
        project=project.id,
        title="Information sheet",
        kind=DraftKind.INFORMATION_SHEET,
    ).value


@pytest.fixture
def reading(
    services: Services, version: DraftVersion, qtbot: Any, look: None
) -> Iterator[ReadingRobot]:
    laptop = Laptop(services)
    laptop.put(ReadingPage)
    laptop.show()
    yield ReadingRobot(laptop, qtbot).open(version.id)
    laptop.close_board()


def part(reading: ReadingRobot) -> WordsPart:
    (found,) = [one for one in reading.page.parts if isinstance(one, WordsPart)]
    return found


def put_caret(reading: ReadingRobot, words: str) -> None:
    reader = reading.page.reader
    caret = QTextCursor(reader.document())
    caret.setPosition(reader.document().find(words).selectionStart() + 1)
    reader.setTextCursor(caret)


def test_words_of_the_list_are_marked_and_explained_at_the_caret(reading: ReadingRobot) -> None:
    assert [words for words in reading.highlighted() if words == "cohort"] == ["cohort", "cohort"]
    assert part(reading).line.text() == HINT
    put_caret(reading, "cohort")
    assert (
        part(reading).line.text()
        == "cohort: People who are followed over time. We would say: group."
    )
    put_caret(reading, "Everything")
    assert part(reading).line.text() == HINT


def test_words_are_explained_under_the_pointer(reading: ReadingRobot, qtbot: Any) -> None:
    reader = reading.page.reader
    at = reader.document().find("cohort")
    at.setPosition(at.selectionStart() + 2)
    QTest.mouseMove(reader.viewport(), reader.cursorRect(at).center())
    qtbot.waitUntil(lambda: "People who are followed" in part(reading).line.text(), timeout=60_000)
    QTest.mouseMove(reader.viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: part(reading).line.text() == HINT, timeout=60_000)


def test_a_key_explains_aloud_or_offers_to_propose(
    reading: ReadingRobot, services: Services, qtbot: Any
) -> None:
    put_caret(reading, "placebo")
    qtbot.keyClick(reading.page.reader, Qt.Key.Key_W, Qt.KeyboardModifier.AltModifier)
    assert field(reading.page.margin, "The hard word").text() == "placebo"
    qtbot.keyClicks(field(reading.page.margin, "What it means"), "A dummy treatment.")
    press(reading.page.margin, "Save")
    reading.laptop.settle(qtbot)
    assert [word.term for word in services.words.all()] == ["cohort", "placebo"]
    assert "placebo" in reading.highlighted()
    put_caret(reading, "placebo")
    assert part(reading).line.text() == "placebo: A dummy treatment."


def test_the_panel_lists_the_words_and_a_coordinator_sees_what_stands_out(
    reading: ReadingRobot, qtbot: Any
) -> None:
    reading.press("Words")
    margin = reading.page.margin
    assert sees(margin, "People who are followed over time. We would say: group.")
    assert sees(margin, "placebo (1 time), perhaps: a dummy treatment")
    assert sees(margin, "What people are paid, and which costs are covered.")
    assert not sees(margin, "What happens to people's data")
    assert nameless(margin) == []
    press(margin, "Put “placebo” on the list")
    assert field(margin, "What the board would say").text() == "a dummy treatment"
    press(margin, "Cancel")
    press(margin, "Show “cohort” in the draft")
    assert reading.page.reader.draft.text[reading.page.reader.caret() :].startswith("cohort")
    reading.press("Back to the notes")
    assert sees(margin, "Your notes will be here.")


def test_a_note_saved_meanwhile_does_not_push_the_panel_away(reading: ReadingRobot) -> None:
    reading.press("Words")
    reading.select("confidential").ask("For how long?")
    assert sees(reading.page.margin, "Words in this draft")
    assert not sees(reading.page.margin, "For how long?")
    reading.press("Back to the notes")
    assert sees(reading.page.margin, "For how long?")


def test_the_words_are_marked_again_when_the_draft_is_shown_anew(reading: ReadingRobot) -> None:
    reading.page.read_on()
    reading.laptop.settle(reading.qtbot)
    assert "cohort" in reading.highlighted()
