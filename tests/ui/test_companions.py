"""Other forms of a draft, added on one page and read, or saved to be listened to, on another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.domain.companions import CompanionKind
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_companions import ReadingCompanions
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless, press
from tests.robots.page_robot import PageRobot
from tests.robots.reading_robot import ReadingRobot

MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\x00" * 64


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
        b"# Who\n\nThe long words.", file_name="g.md", project=project.id, title="Topic guide"
    ).value


@pytest.fixture
def laptop(services: Services, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(ToReadPage)
    made.put(ReadingPage)
    made.show()
    yield made
    made.close_board()


def part_of(reading: ReadingRobot) -> ReadingCompanions:
    (part,) = [each for each in reading.page.parts if isinstance(each, ReadingCompanions)]
    return part


def test_an_easy_read_version_is_added_and_read_in_the_drafts_place(
    laptop: Laptop, services: Services, version: DraftVersion, tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "easy.md"
    file.write_text("# Who\n\nShort words. One idea each.")
    page = PageRobot(laptop, qtbot, Place.TO_READ).open()
    to_read = page.page
    assert isinstance(to_read, ToReadPage)
    to_read.choose_companion = lambda _: file
    page.press("More: Topic guide").press("Add another form: Topic guide").press("Add it")
    assert page.sees("Choose the file first.")
    page.press("Choose a file")
    assert page.sees("easy.md")
    assert nameless(page.page) == []
    page.press("Add it")
    assert page.sees("It stands beside the draft now.")

    reading = ReadingRobot(laptop, qtbot).open(version.id)
    assert reading.sees("Other forms:")
    reading.press("Other form: Easy Read")
    assert reading.sees("You are reading: Easy Read.")
    shown = part_of(reading).form.pane.reader
    assert shown.isVisible()
    assert "Short words." in shown.document().toPlainText()
    assert shown.isReadOnly()
    assert nameless(reading.page) == []

    reading.press("Ask a question")
    field(reading.page.margin, "Your words").setPlainText("Is there a picture?")
    reading.save()
    (noted,) = services.annotations.on(version.id)
    assert noted.annotation.passage is None
    reading.press("Back to the draft")
    assert reading.page.reader.isVisible()


def test_a_draft_without_other_forms_offers_none(
    laptop: Laptop, version: DraftVersion, qtbot: Any
) -> None:
    assert not ReadingRobot(laptop, qtbot).open(version.id).sees("Other forms:")


def test_a_recording_is_saved_as_a_copy_only_after_a_warning(
    laptop: Laptop, services: Services, version: DraftVersion, tmp_path: Path, qtbot: Any
) -> None:
    services.companions.add(
        version.id, MP3, file_name="../../a.mp3", kind=CompanionKind.AUDIO, language="Polski"
    )
    reading = ReadingRobot(laptop, qtbot).open(version.id)
    offered: list[str] = []

    def choose(_: Any, name: str) -> Path:
        offered.append(name)
        return tmp_path / "copy.mp3"

    part_of(reading).choose_place = choose
    reading.press("Other form: Audio, Polski")
    assert reading.sees("The copy is not locked: anyone who uses this computer can open it.")
    assert not (tmp_path / "copy.mp3").exists()
    reading.press("Save a copy")
    assert offered == ["a.mp3"]
    assert (tmp_path / "copy.mp3").read_bytes() == MP3
    assert reading.sees("A copy is saved as “copy.mp3”. It is not locked.")


def test_a_copy_that_cannot_be_written_is_said_plainly(
    laptop: Laptop, services: Services, version: DraftVersion, tmp_path: Path, qtbot: Any
) -> None:
    services.companions.add(version.id, MP3, file_name="a.mp3", kind=CompanionKind.AUDIO)
    reading = ReadingRobot(laptop, qtbot).open(version.id)
    part_of(reading).choose_place = lambda *_: tmp_path / "nowhere" / "copy.mp3"
    reading.press("Other form: Audio")
    reading.press("Save a copy")
    assert reading.sees("“copy.mp3” could not be written there.")


def test_what_only_calls_itself_a_recording_leaves_the_form_filled(
    laptop: Laptop, services: Services, version: DraftVersion, tmp_path: Path, qtbot: Any
) -> None:
    file = tmp_path / "song.mp3"
    file.write_bytes(b"MZ a program")
    page = PageRobot(laptop, qtbot, Place.TO_READ).open()
    to_read = page.page
    assert isinstance(to_read, ToReadPage)
    to_read.choose_companion = lambda _: file
    page.press("More: Topic guide").press("Add another form: Topic guide").pick(
        "Which form it is", "Audio"
    )
    page.write("In which language", "Polski").press("Choose a file").press("Add it")
    assert page.sees("“song.mp3” is not an audio file that can be added.")
    assert field(page.page, "In which language").text() == "Polski"
    assert services.companions.on(version.id) == []
    press(page.page, "Cancel")


def test_a_form_of_an_older_version_says_which_it_was_made_for(
    laptop: Laptop, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    services.companions.add(
        version.id, b"Short words.", file_name="easy.txt", kind=CompanionKind.EASY_READ
    )
    later = services.reviewing.add_version(version.draft, b"New words.", file_name="b.md").value
    reading = ReadingRobot(laptop, qtbot).open(later.id)
    reading.press("Other form: Easy Read (of version 1)")
    assert reading.sees("You are reading: Easy Read (of version 1).")
    assert "Short words." in part_of(reading).form.pane.reader.document().toPlainText()
