"""Coding in the reader, by key and by hand, on a real encrypted board."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from mhin_ppi.domain.code_tree import COLOURS
from mhin_ppi.domain.codebook import CodeId
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme, theme
from mhin_ppi.ui.tokens import contrast
from mhin_ppi.ui.widgets.code_marks import SEVERAL, ink_on, letters_of, mark_kind, segments
from tests.robots.laptop import (
    PASSWORD,
    Laptop,
    buttons_seen,
    exchange,
    field,
    make_boards,
    member_of,
    nameless,
    press,
)
from tests.robots.reading_robot import ReadingRobot

DRAFT = """# Getting there

Children aged 5 to 12 whose parents 👍 can come to six sessions by bus.

You will fill in a questionnaire at every visit. The visit takes two hours.
"""


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("Parent-led CBT", sites=["Norwich"]).value
    return services.reviewing.add_draft(
        DRAFT.encode(), file_name="sheet.md", project=project.id, title="Information sheet"
    ).value


@pytest.fixture
def codes(services: Services, version: DraftVersion) -> dict[str, CodeId]:
    book = services.coding.codebook
    travel = book.add("Travel", definition="How people get there").value
    return {
        "Travel": travel.id,
        "Buses": book.add("Buses", under=travel.id).value.id,
        "Time": book.add("Time it takes").value.id,
    }


@pytest.fixture
def laptop(services: Services, qtbot: Any, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(ToReadPage)
    made.put(ReadingPage)
    made.show()
    yield made
    made.close_board()


@pytest.fixture
def reading(
    laptop: Laptop, version: DraftVersion, codes: dict[str, CodeId], qtbot: Any
) -> ReadingRobot:
    return ReadingRobot(laptop, qtbot).open(version.id).press("Codes")


def key(reading: ReadingRobot, which: Qt.Key) -> None:
    reading.qtbot.keyClick(reading.page.reader, which)
    reading.laptop.settle(reading.qtbot)


def coded(services: Services, version: DraftVersion) -> list[tuple[str, str]]:
    return [(p.code.name, p.words) for p in services.coding.codings.on(version.id)]


def test_one_key_codes_the_marked_words_and_undo_takes_it_off(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.select("six sessions")
    key(reading, Qt.Key.Key_2)  # Time it takes, Travel, Buses would be 1, 2, 3 by name
    assert coded(services, version) == [("Travel", "six sessions")]
    assert "six sessions" in reading.highlighted()
    assert reading.sees("Coded: Travel.")
    assert reading.page.reader.marked, "the words stay marked for a second code"

    key(reading, Qt.Key.Key_1)
    assert coded(services, version) == [
        ("Travel", "six sessions"),
        ("Time it takes", "six sessions"),
    ]
    reading.press("Undo")
    assert coded(services, version) == [("Travel", "six sessions")]
    key(reading, Qt.Key.Key_0)
    assert len(coded(services, version)) == 2, "nought is the code used last"


def test_a_few_letters_and_enter_code_too(
    reading: ReadingRobot, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    reading.select("parents 👍")
    quick = field(reading.page.margin, "Quick code")
    qtbot.keyClicks(quick, "bus")
    qtbot.keyClick(quick, Qt.Key.Key_Return)
    reading.laptop.settle(qtbot)
    assert coded(services, version) == [("Buses", "parents 👍")]
    assert quick.text() == ""


def test_letters_of_no_code_offer_a_new_one(
    reading: ReadingRobot, services: Services, qtbot: Any
) -> None:
    quick = field(reading.page.margin, "Quick code")
    qtbot.keyClicks(quick, "Forms")
    qtbot.keyClick(quick, Qt.Key.Key_Return)
    assert field(reading.page.margin, "What it is called").text() == "Forms"
    reading.press("Save")
    assert "Forms" in [c.name for c, _ in services.coding.codebook.tree().walk()]


def test_what_lies_on_the_words_is_listed_and_taken_off_with_undo(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.select("two hours")
    key(reading, Qt.Key.Key_1)
    assert reading.sees("On these words")
    reading.press("Take Time it takes off these words")
    assert coded(services, version) == []
    reading.press("Undo")
    assert coded(services, version) == [("Time it takes", "two hours")]


def test_without_marked_words_nothing_is_coded(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.page.reader.clear_selection()
    key(reading, Qt.Key.Key_1)
    assert coded(services, version) == []
    assert reading.laptop.said[-1] == "Mark the words to code first."


def test_the_codebook_is_changed_from_the_margin(
    reading: ReadingRobot, services: Services, codes: dict[str, CodeId]
) -> None:
    panel = reading.page.margin
    press(panel, "Change: Time it takes")
    field(panel, "What it is called").setText("Hours")
    field(panel, "When to use it").setPlainText("Any length of time")
    reading.press("Save")
    assert reading.sees("Any length of time")
    press(panel, "Merge: Hours")
    field(panel, "The code it becomes").setCurrentIndex(0)
    reading.press("Merge")
    tree = services.coding.codebook.tree()
    assert tree.stands_for(codes["Time"]) == codes["Travel"]
    press(panel, "Memo: Travel")
    field(panel, "Your thought").setPlainText("Cars as well?")
    reading.press("Save")
    assert reading.sees("Memo: Cars as well?")
    press(panel, "Retire: Travel")
    reading.laptop.settle(reading.qtbot)
    assert [c.name for c, _ in services.coding.codebook.tree().walk()] == ["Buses"]
    reading.press("Undo")
    assert {c.name for c, _ in services.coding.codebook.tree().walk()} == {"Travel", "Buses"}


def test_keys_type_nothing_once_the_panel_is_closed(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    assert nameless(reading.page.margin) == []
    reading.press("Show the notes again")
    reading.select("two hours")
    key(reading, Qt.Key.Key_1)
    assert coded(services, version) == []
    assert reading.sees("Your notes will be here.")


def test_another_panel_in_its_place_turns_coding_off(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.press("Words")
    reading.select("two hours")
    key(reading, Qt.Key.Key_1)
    assert coded(services, version) == []
    reading.press("Codes")
    reading.select("two hours")
    key(reading, Qt.Key.Key_1)
    assert coded(services, version) == [("Time it takes", "two hours")]


def test_a_member_has_no_codes(
    services: Services, version: DraftVersion, tmp_path: Path, qtbot: Any, look: None
) -> None:
    boards = make_boards(tmp_path)
    member = member_of(boards, services, tmp_path / "amber", name="Amber Fictional")
    exchange(services, member)
    laptop = Laptop(member)
    laptop.put(ToReadPage)
    laptop.put(ReadingPage)
    laptop.show()
    robot = ReadingRobot(laptop, qtbot).open(version.id)
    assert "Codes" not in buttons_seen(robot.page)
    laptop.close_board()
    services.close()


# ---------------------------------------------------------------- how codes look


def test_every_code_can_be_seen_in_every_look(qapp: QApplication, look: None) -> None:
    for each in (Look.LIGHT, Look.DARK, Look.CONTRAST):
        apply_theme(qapp, Preferences(look=each))
        made = theme()
        for surface in (made.reading_surface, made.colours.soft, made.colours.panel):
            for colour in (*COLOURS, "#FFFFFF", "#000000", "#777777", ""):
                ink = ink_on(colour, surface, made)
                assert QColor(ink).isValid()
                assert contrast(ink, surface) >= 3


def test_neighbours_have_different_lines_and_overlaps_a_line_of_their_own() -> None:
    one, two = mark_kind("#1D5E8A", order=0), mark_kind("#1D5E8A", order=1)
    assert one != two
    assert list(segments([(0, 10, one, "a"), (5, 15, two, "b"), (20, 22, one, "c")])) == [
        (0, 5, one, "a"),
        (5, 10, SEVERAL, "a"),
        (10, 15, two, "b"),
        (20, 22, one, "c"),
    ]


def test_letters_stand_for_a_code() -> None:
    assert [letters_of(name) for name in ("Getting there", "bus", "é", "…", "a & b")] == [
        "Gt".title(),
        "Bu",
        "É",
        "…",
        "Ab",
    ]
