"""Reading a draft and saying something about it, on a real encrypted board."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_editor import ReadingEditor
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.robots.laptop import (
    PASSWORD,
    Laptop,
    buttons_seen,
    field,
    make_boards,
    nameless,
    press,
    sees,
)
from tests.robots.reading_robot import ReadingRobot

DRAFT = """# Who can take part

Children aged 5 to 12 whose parents can come to six sessions.

# What we will ask of you

You will fill in a questionnaire at every visit. The visit takes two hours.
"""


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def laptop(services: Services, qtbot: Any, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(ToReadPage)
    made.put(ReadingPage)
    made.show()
    yield made
    made.close_board()


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("Parent-led CBT", sites=["Norwich", "Preston"]).value
    return services.reviewing.add_draft(
        DRAFT.encode(), file_name="sheet.md", project=project.id, title="Information sheet"
    ).value


@pytest.fixture
def reading(laptop: Laptop, version: DraftVersion, qtbot: Any) -> ReadingRobot:
    return ReadingRobot(laptop, qtbot).open(version.id)


def test_a_question_about_marked_words_is_saved_painted_and_listed(
    reading: ReadingRobot, services: Services
) -> None:
    reading.select("six sessions").ask("Can they be online?")

    assert "six sessions" in reading.highlighted()
    assert any("Can they be online?" in words for words in reading.notes())
    assert "Saved" in reading.laptop.said
    (story,) = services.questions.mine()
    assert story.question.body == "Can they be online?"
    assert story.annotation is not None
    assert story.annotation.passage is not None
    assert story.annotation.passage.quote == "six sessions"


def test_the_keyboard_alone_asks(reading: ReadingRobot, services: Services, qtbot: Any) -> None:
    reading.select("two hours")
    qtbot.keyClick(reading.page.reader, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    box = field(reading.page.margin, "Your words")
    qtbot.keyClicks(box, "May I stop early?")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    reading.laptop.settle(qtbot)

    assert [story.question.body for story in services.questions.mine()] == ["May I stop early?"]
    assert "two hours" in reading.highlighted()


def test_hostile_words_are_shown_as_they_stand(reading: ReadingRobot) -> None:
    hostile = '<b>bold</b> <img src="file:///etc/passwd"> &amp; {0} %s'
    reading.select("questionnaire").ask(hostile)

    assert hostile in reading.notes()


def test_unfinished_words_survive_closing(
    reading: ReadingRobot, version: DraftVersion, qtbot: Any
) -> None:
    reading.select("every visit").choose("Suggest").write("Once a month is en")
    reading.laptop.go(Place.TO_READ)
    reading.laptop.settle(qtbot)
    other = Laptop(reading.laptop.services)
    other.put(ReadingPage)
    other.show()
    again = ReadingRobot(other, qtbot).open(version.id)

    assert field(again.page.margin, "Your words").toPlainText() == "Once a month is en"
    assert isinstance(again.page.writing.editor, ReadingEditor)
    assert again.page.writing.editor.kind.value() is AnnotationKind.SUGGESTION
    again.write("Once a month is enough").save()
    (note,) = reading.laptop.services.annotations.on(version.id)
    assert note.annotation.passage is not None
    assert note.annotation.passage.quote == "every visit"
    assert reading.laptop.services.annotations.unfinished(version.id) == {}
    other.tasks.close()


def test_words_are_kept_within_a_second_of_writing(
    reading: ReadingRobot, version: DraftVersion, qtbot: Any
) -> None:
    reading.select("every visit").choose("Ask").write("Why so oft")
    kept = reading.laptop.services.annotations.unfinished

    qtbot.waitUntil(lambda: kept(version.id).get("body") == "Why so oft", timeout=3000)
    reading.laptop.settle(qtbot)


def test_words_taken_back_can_be_brought_back(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.select("six sessions").ask("Can they be online?")
    reading.more("Take back")
    assert services.annotations.on(version.id) == []
    assert reading.highlighted() == []

    reading.press("Undo")
    (noted,) = services.annotations.on(version.id)
    assert noted.annotation.body == "Can they be online?"
    assert "six sessions" in reading.highlighted()


def test_a_mark_leads_to_its_note_and_a_note_to_its_words(
    reading: ReadingRobot, qtbot: Any
) -> None:
    reading.select("six sessions").ask("Can they be online?")
    reader = reading.page.reader
    reader.show_passage(reader.draft.text.index("six sessions"), reader.draft.text.index("six") + 1)
    reading.laptop.activateWindow()
    qtbot.keyClick(reader, Qt.Key.Key_Return)
    (card,) = reading.page.margin.cards.values()
    assert reading.laptop.focusWidget() is card

    reader.clear_selection()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert reader.textCursor().selectedText() == "six sessions"
    assert reading.laptop.focusWidget() is reader


def test_every_control_has_a_name_and_is_reached_by_keyboard(
    reading: ReadingRobot, laptop: Laptop, qtbot: Any
) -> None:
    reading.select("six sessions").ask("Online?")
    reading.select("two hours").choose("Ask")
    assert nameless(reading.page) == []
    laptop.go(Place.TO_READ)
    laptop.settle(qtbot)
    page = laptop.page(Place.TO_READ)
    assert nameless(page) == []
    press(page, "Add a draft")
    assert nameless(page) == []
    press(page, "Cancel")
    press(page, "Ask people to read")
    assert nameless(page) == []


def test_own_words_can_be_changed(
    reading: ReadingRobot, services: Services, version: DraftVersion
) -> None:
    reading.select("six sessions").ask("Online?")
    reading.more("Change").write("Could they be online?").save()

    (noted,) = services.annotations.on(version.id)
    assert noted.annotation.body == "Could they be online?"
    assert noted.question is not None
    assert noted.question.body == "Could they be online?"


def test_a_content_note_comes_before_anything_else(
    laptop: Laptop, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    services.annotations.annotate(version.id, kind=AnnotationKind.CONCERN, body="Frightening.")
    services.reviewing.ask_to_read(
        version.id,
        invited=[services.desk.store.person],
        due_on=services.desk.today() + timedelta(days=7),
        minutes=40,
        content_note="self-harm",
        guiding_questions=["Is anything missing?"],
    )
    reading = ReadingRobot(laptop, qtbot).open(version.id)

    assert reading.sees("self-harm")
    assert not reading.page.reader.isVisible()
    assert not reading.sees("Frightening.")
    reading.press("Not today")
    assert laptop.went[-1][0] is Place.TO_READ
    reading.open(version.id)
    reading.press("Read on")
    assert reading.page.reader.isVisible()
    assert reading.sees("Frightening.")


def test_guiding_questions_are_answered_and_the_review_given_back(
    laptop: Laptop, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    services.reviewing.ask_to_read(
        version.id,
        invited=[services.desk.store.person],
        minutes=40,
        guiding_questions=["Is anything missing?"],
    )
    reading = ReadingRobot(laptop, qtbot).open(version.id)
    reading.press("Answer: Is anything missing?").write("What it costs to come.").save()
    assert "“Is anything missing?”" in reading.notes()

    reading.press("I am done with this")
    minutes = field(reading.page.margin, "Minutes you gave")
    assert minutes.value() == 0
    minutes.setValue(35)
    press(reading.page.margin, "I am done with this")
    laptop.settle(qtbot)

    (shown,) = services.reviewing.shelf()
    assert shown.done
    assert [time.minutes for time in services.time.mine()] == [35]


def test_the_reading_place_is_kept(
    laptop: Laptop, services: Services, qtbot: Any, version: DraftVersion
) -> None:
    long = "\n\n".join(f"# Part {n}\n\n" + "Some words to read. " * 60 for n in range(40))
    draft, _ = services.reviewing.version(version.id)
    second = services.reviewing.add_version(draft.draft, long.encode(), file_name="long.md").value
    reading = ReadingRobot(laptop, qtbot).open(second.id)
    reading.page.reader.go_to((30, 0))
    laptop.go(Place.TO_READ)
    laptop.settle(qtbot)

    assert services.reviewing.place(second.id)[0] == 30


def test_a_draft_is_added_from_a_file(laptop: Laptop, services: Services, tmp_path: Path, qtbot):
    file = tmp_path / "Draft_protocol.md"
    file.write_text(DRAFT)
    laptop.go(Place.TO_READ)
    laptop.settle(qtbot)
    page = laptop.page(Place.TO_READ)
    assert isinstance(page, ToReadPage)
    page.choose_file = lambda _: file
    press(page, "Add a draft")
    press(page, "Choose a file")
    laptop.settle(qtbot)
    assert field(page, "What people will call it").text()
    field(page, "What people will call it").setText("Draft protocol")
    field(page, "Name of the new project").setText("PCREF in Sheffield")
    press(page, "Add it")
    laptop.settle(qtbot)

    (shown,) = services.reviewing.shelf()
    assert (shown.draft.title, shown.project.title) == ("Draft protocol", "PCREF in Sheffield")
    assert sees(page, "PCREF in Sheffield")
    press(page, "Open")
    assert laptop.went[-1] == (Place.READING, shown.latest.id)
    laptop.settle(qtbot)


def test_a_file_that_cannot_be_read_leaves_the_form_filled_and_the_board_unchanged(
    laptop: Laptop, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "broken.docx"
    file.write_bytes(b"PK\x03\x04 this is no Word file")
    laptop.go(Place.TO_READ)
    laptop.settle(qtbot)
    page = laptop.page(Place.TO_READ)
    assert isinstance(page, ToReadPage)
    page.choose_file = lambda _: file
    before = services.desk.store.entries()
    press(page, "Add a draft")
    field(page, "What people will call it").setText("Draft protocol")
    field(page, "Name of the new project").setText("PCREF in Sheffield")
    press(page, "Choose a file")
    laptop.settle(qtbot)

    assert sees(page, "broken.docx")
    press(page, "Add it")
    laptop.settle(qtbot)
    assert sees(page, "Choose the file first.")
    assert field(page, "What people will call it").text() == "Draft protocol"
    assert field(page, "Name of the new project").text() == "PCREF in Sheffield"
    assert services.desk.store.entries() == before


def test_a_request_still_waits_when_a_newer_version_has_come(
    laptop: Laptop, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    me = services.desk.store.person
    services.reviewing.ask_to_read(version.id, invited=[me], content_note="self-harm")
    draft, _ = services.reviewing.version(version.id)
    newer = services.reviewing.add_version(draft.draft, b"Other words.", file_name="2.md").value
    (shown,) = services.reviewing.shelf()
    assert shown.waits
    assert (shown.to_read.id, shown.latest.id) == (version.id, newer.id)

    reading = ReadingRobot(laptop, qtbot).open(version.id)
    assert reading.sees("self-harm")
    assert not reading.open(newer.id).sees("self-harm")


def test_people_are_asked_to_read(
    laptop: Laptop, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    laptop.go(Place.TO_READ)
    laptop.settle(qtbot)
    page = laptop.page(Place.TO_READ)
    press(page, "Ask people to read")
    press(page, "Ask them")
    assert sees(page, "Choose at least one person.")
    field(page, "Ruth Okafor").setChecked(True)
    field(page, "What the team would like to hear about").setPlainText("Clear?\n\nFair?")
    press(page, "Ask them")
    laptop.settle(qtbot)

    (shown,) = services.reviewing.shelf()
    assert shown.request is not None
    assert shown.request.guiding_questions == ("Clear?", "Fair?")
    assert sees(page, "You are asked to read this: about 1 hour")
    assert "Ask people to read: Information sheet" in buttons_seen(page)
