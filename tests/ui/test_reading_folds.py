"""Parts with a content note in the reader: opened, skipped, found and folded again, by key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme
from mhin_ppi.ui.widgets import reader_folds
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, press
from tests.robots.reading_robot import ReadingRobot

HARD = "A person was held face down for twelve minutes."
DRAFT = f"""# What we ask

Staff are asked about the ward. {HARD} Then the ward was quiet.

# What comes next

The interview ends with tea.
"""


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("PCREF").value
    return services.reviewing.add_draft(
        DRAFT.encode(), file_name="g.md", project=project.id, title="Topic guide"
    ).value


@pytest.fixture
def laptop(services: Services, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(ReadingPage)
    made.show()
    yield made
    made.close_board()


@pytest.fixture
def text(services: Services, version: DraftVersion) -> str:
    return services.reviewing.text_of(version.id).text


@pytest.fixture
def span(text: str) -> tuple[int, int]:
    start = text.index(HARD)
    return start, start + len(HARD)


@pytest.fixture
def reading(
    laptop: Laptop, services: Services, version: DraftVersion, span: tuple[int, int], qtbot: Any
) -> ReadingRobot:
    services.content_notes.add(version.id, span=span, body="restraint")
    return ReadingRobot(laptop, qtbot).open(version.id)


def shown(reading: ReadingRobot) -> str:
    return reading.page.reader.document().toPlainText()


def arrive(reading: ReadingRobot) -> None:
    """Walk down with the arrow key until the caret is on the folded part."""
    reader = reading.page.reader
    reader.moveCursor(QTextCursor.MoveOperation.Start)
    for _ in range(20):
        if "This part touches on" in reader.textCursor().block().text():
            return
        reading.qtbot.keyClick(reader, Qt.Key.Key_Down)
    raise AssertionError("the caret never came to the folded part")


def test_it_starts_folded_and_says_what_it_touches_on_and_what_can_be_done(
    reading: ReadingRobot, span: tuple[int, int]
) -> None:
    assert "face down" not in shown(reading)
    assert "This part touches on: restraint." in shown(reading)
    assert "Read it (Enter)  ·  Skip it (S)" in shown(reading)
    assert reading.page.reader.folded_spans() == [span]
    seen = QAccessible.queryAccessibleInterface(reading.page.reader)
    told = seen.textInterface()
    heard = told.text(0, told.characterCount())
    assert "This part touches on: restraint." in heard
    assert "face down" not in heard


def test_arriving_is_announced(reading: ReadingRobot, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setattr(reader_folds, "announce", lambda _, words: heard.append(words))
    arrive(reading)
    assert heard == ["This part touches on: restraint. Enter: read it. S: skip it."]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_one_key_opens_it_and_one_folds_it_again(
    reading: ReadingRobot, span: tuple[int, int], key: Qt.Key
) -> None:
    arrive(reading)
    reading.qtbot.keyClick(reading.page.reader, key)
    assert HARD in shown(reading)
    assert "Fold this part again (S)" in shown(reading)
    assert reading.page.reader.caret() == span[0]
    assert reading.page.reader.folded_spans() == []
    reading.qtbot.keyClick(reading.page.reader, Qt.Key.Key_S)
    assert "face down" not in shown(reading)
    assert reading.page.reader.caret() == span[1] + 1


@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Escape])
def test_one_key_goes_on_after_it(
    reading: ReadingRobot, span: tuple[int, int], key: Qt.Key
) -> None:
    arrive(reading)
    reading.qtbot.keyClick(reading.page.reader, key)
    assert reading.page.reader.caret() == span[1] + 1
    assert "face down" not in shown(reading)


def test_space_away_from_it_never_opens_it(reading: ReadingRobot) -> None:
    reader = reading.page.reader
    reader.moveCursor(QTextCursor.MoveOperation.Start)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        reading.qtbot.keyClick(reader, key)
    assert "face down" not in shown(reading)


def test_a_click_on_the_words_opens_and_folds(reading: ReadingRobot) -> None:
    reader = reading.page.reader
    for words, there in (("Read it", True), ("Fold this part", False)):
        at = reader.document().find(words)
        at.setPosition(at.selectionStart() + 3)
        point: QPoint = reader.cursorRect(at).center()
        reading.qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=point)
        assert (HARD in shown(reading)) is there


def test_words_marked_across_it_stop_at_it_and_never_hold_its_words(
    reading: ReadingRobot, span: tuple[int, int]
) -> None:
    reader = reading.page.reader
    first = reader.document().find("the ward.")
    over = QTextCursor(reader.document())
    over.setPosition(first.selectionStart())
    over.setPosition(
        reader.document().find("was quiet").selectionEnd(), QTextCursor.MoveMode.KeepAnchor
    )
    reader.setTextCursor(over)
    assert reader.marked is not None
    assert reader.marked[1] == span[0]
    assert "This part" not in reader.textCursor().selectedText()
    backwards = QTextCursor(reader.document())
    backwards.setPosition(over.selectionEnd())
    backwards.setPosition(over.selectionStart(), QTextCursor.MoveMode.KeepAnchor)
    reader.setTextCursor(backwards)
    assert reader.marked is not None
    assert reader.marked[0] >= span[1]


def test_notes_after_a_folded_part_land_on_their_words(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.select("ends with tea").ask("May it be coffee?")
    (noted,) = services.annotations.on(version.id)
    assert noted.annotation.passage is not None
    assert noted.annotation.passage.quote == "ends with tea"
    assert "ends with tea" in reading.highlighted()


def test_a_note_on_folded_words_is_drawn_only_once_they_are_open(
    reading: ReadingRobot, services: Services, version: DraftVersion, text: str
) -> None:
    start = text.index("face down")
    services.annotations.annotate(
        version.id, kind=AnnotationKind.CONCERN, body="Hard.", span=(start, start + 9)
    )
    reading.page.reload()
    reading.laptop.settle(reading.qtbot)
    assert [words for words in reading.highlighted() if words] == []
    arrive(reading)
    reading.qtbot.keyClick(reading.page.reader, Qt.Key.Key_Return)
    assert "face down" in reading.highlighted()


def test_find_says_what_is_in_a_folded_part_and_offers_to_open_it(reading: ReadingRobot) -> None:
    bar = reading.page.pane.find_bar
    bar.open()
    reading.qtbot.keyClicks(field(bar, "Find words in this draft"), "was")
    assert reading.sees("1 found, 1 more in a folded part")
    bar.step(1)
    assert reading.sees("1 of 2, in a folded part")
    assert "face down" not in shown(reading)
    press(bar, "Open that part")
    assert HARD in shown(reading)
    assert reading.sees("1 of 2")


def test_what_is_open_stays_open_when_the_look_or_the_width_changes(
    reading: ReadingRobot, qapp: QApplication
) -> None:
    arrive(reading)
    reading.qtbot.keyClick(reading.page.reader, Qt.Key.Key_Return)
    apply_theme(qapp, Preferences(look=Look.DARK, text_size=200))
    reading.laptop.resize(640, 700)
    assert HARD in shown(reading)
    reading.qtbot.keyClick(reading.page.reader, Qt.Key.Key_S)
    apply_theme(qapp, Preferences(look=Look.LIGHT))
    assert "face down" not in shown(reading)


def test_a_draft_opened_again_is_folded_again(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    arrive(reading)
    reading.qtbot.keyClick(reading.page.reader, Qt.Key.Key_Return)
    draft, _ = services.reviewing.version(version.id)
    other = services.reviewing.add_version(draft.draft, b"Other words.", file_name="b.md").value
    reading.open(other.id)
    assert reading.page.reader.folded_spans() == []
    reading.open(version.id)
    assert "face down" not in shown(reading)


def test_anyone_folds_a_part_from_the_reader_changes_it_and_takes_it_away(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.select("ends with tea")
    menu = reading.page.bar.menu()
    next(each for each in menu.actions() if each.text() == "Content note").trigger()
    press(reading.page.margin, "Save")
    assert reading.sees("Write what this part touches on.")
    field(reading.page.margin, "This part touches on").setText("caffeine")
    reading.press("Save")
    assert [n.body for n in services.content_notes.on(version.id)] == ["restraint", "caffeine"]
    assert "ends with tea" not in shown(reading)
    assert "This part touches on: caffeine." in shown(reading)

    reader = reading.page.reader
    reader.folding.open(reader.folding.folds.all[1])
    reader.folding.change_wanted.emit(reader.folding.folds.all[1].ids)
    field(reading.page.margin, "This part touches on").setText("tea")
    reading.press("Save")
    assert [n.body for n in services.content_notes.on(version.id)] == ["restraint", "tea"]
    reader.folding.change_wanted.emit(reader.folding.folds.all[1].ids)
    reading.press("Take it away")
    assert [n.body for n in services.content_notes.on(version.id)] == ["restraint"]
    assert "Fold this part again" not in shown(reading)


def test_a_heading_that_is_folded_keeps_its_words_out_of_the_contents(
    laptop: Laptop, services: Services, version: DraftVersion, text: str, qtbot: Any
) -> None:
    start = text.index("What comes next")
    services.content_notes.add(version.id, span=(start, start + 15), body="endings")
    reading = ReadingRobot(laptop, qtbot).open(version.id)
    headings = [each.text for each in reading.page.reader.headings]
    assert headings == ["What we ask", "Folded part"]
    laptop.go(Place.READING, version.id)


def test_a_note_on_folded_words_quotes_them_only_once_they_are_open(
    reading: ReadingRobot, services: Services, version: DraftVersion, span: tuple[int, int]
) -> None:
    services.annotations.annotate(
        version.id, kind=AnnotationKind.CONCERN, body="Is this needed?", span=span
    )
    reading.page.reload()
    reading.laptop.settle(reading.qtbot)
    assert reading.sees("Is this needed?")
    assert reading.sees("On words in a part that is folded.")
    assert not reading.sees("face down")
    arrive(reading)
    reading.qtbot.keyClick(reading.page.reader, Qt.Key.Key_Return)
    assert reading.sees("face down")
    reading.qtbot.keyClick(reading.page.reader, Qt.Key.Key_S)
    assert not reading.sees("face down")


def test_the_list_of_notes_says_nothing_that_is_folded(
    reading: ReadingRobot, services: Services, version: DraftVersion, span: tuple[int, int]
) -> None:
    services.annotations.annotate(
        version.id, kind=AnnotationKind.CONCERN, body="Is this needed?", span=span
    )
    reading.page.reload()
    reading.laptop.settle(reading.qtbot)
    reading.page.acts.open_list()
    reading.press("Copy as text")
    copied = QGuiApplication.clipboard().text()
    assert "Is this needed?" in copied
    assert "in a folded part" in copied
    assert "A person was held" not in copied
    reading.page.acts.close_list()
    reading.page.reader.folding.open(reading.page.reader.folding.folds.all[0])
    reading.page.acts.open_list()
    assert "A person was held" in reading.page.list.table.as_text()


def test_a_note_about_a_section_that_is_folded_does_not_name_it(
    laptop: Laptop, services: Services, version: DraftVersion, text: str, qtbot: Any
) -> None:
    start = text.index("What comes next")
    span = (start, start + 15)
    services.content_notes.add(version.id, span=span, body="endings")
    services.annotations.annotate(
        version.id, kind=AnnotationKind.UNCLEAR, body="Why?", span=span, of_section=True
    )
    reading = ReadingRobot(laptop, qtbot).open(version.id)
    assert reading.sees("about a section that is folded")
    assert not reading.sees("What comes next")


def test_a_part_stays_folded_in_the_next_version(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    content = DRAFT.replace("twelve minutes", "ten minutes").encode()
    later = services.reviewing.add_version(version.draft, content, file_name="b.md").value
    reading.open(later.id)
    assert "face down" not in shown(reading)
    assert "This part touches on: restraint." in shown(reading)


def test_a_content_note_without_a_sure_place_is_said_before_the_whole_opens(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    other = services.reviewing.add_version(
        version.draft, b"Nothing of the first is left here.", file_name="b.md"
    ).value
    reading.open(other.id)
    assert not reading.page.is_open
    assert reading.sees("restraint")
    assert reading.sees("was not found for certain in this version: restraint.")
    reading.press("Read on")
    assert "Nothing of the first" in shown(reading)
