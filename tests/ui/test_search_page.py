"""Searching as a person does: typing, seeing what is found, going there by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.questions import Question
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.search_page import SearchPage
from mhin_ppi.ui.pages.search_words import NOTHING_TYPED
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.widgets.found_list import FoundList
from tests.robots.laptop import PASSWORD, Laptop, make_boards, nameless
from tests.robots.page_robot import PageRobot

TEXT = (
    "# What we will ask of you\n\nYou will come to six sessions at the clinic.\n\n"
    "We pay your fare.\n\nSome people on the ward died.\n"
)


class SearchRobot(PageRobot):
    page: SearchPage

    def look_for(self, words: str) -> SearchRobot:
        self.page.words.clear()
        self.qtbot.keyClicks(self.page.words, words)
        wanted = (words, self.page.kind.value())
        self.qtbot.waitUntil(lambda: self.page._shown == wanted, timeout=20_000)
        self.qtbot.waitUntil(lambda: not self.page._preparing, timeout=20_000)
        self.laptop.settle(self.qtbot)
        return self

    @property
    def list(self) -> FoundList:
        return self.page.list

    def lines(self) -> list[str]:
        return [line.words for line in self.list.shown()] if self.list.isVisible() else []

    def key(self, key: Qt.Key) -> SearchRobot:
        self.qtbot.keyClick(QApplication.focusWidget() or self.page, key)
        self.laptop.settle(self.qtbot)
        return self


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("CBT", team="the CBT team", sites=["Norwich"]).value
    made = services.reviewing.add_draft(
        TEXT.encode(), file_name="v1.md", project=project.id, title="Information sheet"
    ).value
    text = services.reviewing.text_of(made.id).text
    at = text.index("Some people")
    services.content_notes.add(made.id, span=(at, len(text)), body="loss")
    return made


@pytest.fixture
def asked(services: Services, version: DraftVersion) -> Question:
    question = services.questions.raise_question("Can a carer come to the clinic?").value
    services.questions.respond(question.id, decision=Decision.WILL_CHANGE, body="A carer can come.")
    services.annotations.annotate(
        version.id,
        kind=AnnotationKind.WORKS,
        body="My carer liked this part",
        span=(0, 7),
        visibility=Visibility.ONLY_ME,
    )
    return question


@pytest.fixture
def robot(services: Services, asked: Question, look: None, qtbot: Any) -> Iterator[SearchRobot]:
    laptop = Laptop(services)
    for kind in (SearchPage, StoryPage, ReadingPage):
        laptop.put(kind)
    laptop.show()
    made = SearchRobot(laptop, qtbot, Place.SEARCH)
    made.open()
    yield made
    laptop.tasks.close()
    assert laptop.bugs == []


def test_a_search_from_typing_to_each_exact_place(
    robot: SearchRobot, version: DraftVersion, asked: Question, services: Services
):
    assert robot.sees(NOTHING_TYPED)
    assert nameless(robot.page) == []
    assert QApplication.focusWidget() is robot.page.words

    robot.look_for("carer")
    assert robot.lines() == [
        "Questions",
        "Can a carer come to the clinic?",
        "Answers",
        "A carer can come.",
        "Notes",
        "My carer liked this part",
    ]
    assert robot.sees("1 question, 1 answer and 1 note.")
    marked = [line.words[a:b] for line in robot.list.shown() for a, b in line.marks]
    assert marked == ["carer"] * 3

    robot.key(Qt.Key.Key_Return)
    assert robot.laptop.went[-1] == (Place.STORY, asked.id)

    robot.open()
    robot.key(Qt.Key.Key_Down).key(Qt.Key.Key_Down).key(Qt.Key.Key_Down)
    robot.key(Qt.Key.Key_Return)
    assert robot.laptop.went[-1] == (Place.READING, (version.id, 0, 7))

    robot.open()
    robot.look_for("six sess")
    robot.key(Qt.Key.Key_Return)
    place, span = robot.laptop.went[-1]
    text = services.reviewing.text_of(version.id).text
    assert place is Place.READING
    assert isinstance(span, tuple)
    assert text[span[1] : span[2]] == "six"


def test_up_from_the_first_line_is_the_field_and_headings_are_passed_over(robot: SearchRobot):
    robot.look_for("carer")
    robot.key(Qt.Key.Key_Down)
    assert robot.list.hasFocus()
    assert robot.list.currentIndex().row() == 1
    robot.key(Qt.Key.Key_Down)
    assert robot.list.currentIndex().row() == 3
    robot.key(Qt.Key.Key_Up).key(Qt.Key.Key_Up)
    assert robot.page.words.hasFocus()


def test_words_behind_a_content_note_are_not_shown(robot: SearchRobot, services: Services):
    robot.look_for("died ward")
    assert robot.lines() == ["Drafts", "This part touches on: loss"]
    assert not any("died" in words for words in robot.lines())
    robot.key(Qt.Key.Key_Return)
    reader = robot.laptop.page(Place.READING).reader
    assert "died" not in reader.toPlainText()


def test_nothing_found_offers_the_nearest_and_says_so(robot: SearchRobot):
    robot.look_for("carer zebra")
    assert robot.sees("Nothing has all of “carer zebra”. With only “carer”:")
    assert "Can a carer come to the clinic?" in robot.lines()
    robot.look_for("zebra")
    assert robot.sees("Nothing here has “zebra”.")
    assert robot.lines() == []
    robot.look_for("?!")
    assert robot.sees(NOTHING_TYPED)


def test_only_one_kind_and_back_to_everything(robot: SearchRobot):
    robot.pick("Where to look", "Answers").look_for("carer")
    assert robot.lines() == ["Answers", "A carer can come."]


def test_what_is_written_meanwhile_appears_by_itself(robot: SearchRobot, services: Services):
    robot.look_for("parking")
    assert robot.lines() == []
    robot.laptop.tasks.run(
        lambda: services.questions.raise_question("Is there parking?"), owner=robot.page
    )
    robot.qtbot.waitUntil(
        lambda: robot.lines() == ["Questions", "Is there parking?"], timeout=20_000
    )
    robot.laptop.settle(robot.qtbot)


def test_the_last_words_win_however_fast_they_are_typed(robot: SearchRobot):
    shown: list[str] = []
    robot.page.list.model().modelReset.connect(lambda: shown.append(robot.page.words.text()))
    robot.look_for("fare")
    robot.page.words.setText("clinic")
    robot.page._look()
    robot.page.words.setText("carer")
    robot.page._look()
    robot.qtbot.waitUntil(lambda: robot.page._shown[0] == "carer", timeout=20_000)
    assert "A carer can come." in robot.lines()
    assert shown == ["fare", "carer"]


def test_a_screen_reader_hears_what_a_line_is(robot: SearchRobot):
    robot.look_for("carer")
    model = robot.list.model()
    heard = model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Can a carer come to the clinic?. You · Question. Questions"
    interface = QAccessible.queryAccessibleInterface(robot.list)
    assert interface.text(QAccessible.Text.Name) == "What was found"


def test_escape_goes_back(robot: SearchRobot, qtbot: Any):
    with qtbot.waitSignal(robot.page.back):
        qtbot.keyClick(robot.page.words, Qt.Key.Key_Escape)


def test_a_search_that_fails_says_so_once(robot: SearchRobot, services: Services):
    services.close()
    robot.look_for("carer")
    robot.qtbot.wait(400)
    assert robot.sees("This board is closed.")
    assert not robot.laptop.tasks.busy
