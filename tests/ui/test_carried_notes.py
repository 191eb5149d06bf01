"""A reader of version 2 sees the notes of version 1, and says where the doubtful ones stand now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from mhin_ppi.ui.widgets.difference_text import DifferenceText
from tests.robots.laptop import PASSWORD, Laptop, buttons_seen, make_boards, nameless, press
from tests.robots.reading_robot import ReadingRobot

V1 = """Appointments are confirmed by text message the day before.

Every session is one hour long and is held at the clinic near you.

A £20 voucher is given at the end of a completed interview.

The recordings are kept on a locked computer at the university.
"""
V2 = """This is a plainer sheet.

The recordings are kept on a locked computer at the university.

Appointments are confirmed by text message the day before.

A £40 voucher is given at the end of a completed interview.
"""
V2_TO_CHECK = V2 + "\nEvery session is now one hour long and is held at a clinic near you.\n"


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
def first(services: Services) -> DraftVersion:
    project = services.people.add_project("A study", sites=["Hull"]).value
    made = services.reviewing.add_draft(
        V1.encode(), file_name="sheet.md", project=project.id, title="Information sheet"
    ).value
    text = services.reviewing.text_of(made.id).text
    for words, body in (
        ("text message", "Or a letter?"),
        ("one hour long", "Can it be shorter?"),
        ("£20 voucher is given", "Why so little?"),
        ("locked computer", "Who has the key?"),
    ):
        at = text.index(words)
        services.annotations.annotate(
            made.id, kind=AnnotationKind.QUESTION, body=body, span=(at, at + len(words))
        )
    services.annotations.annotate(made.id, kind=AnnotationKind.CONCERN, body="It is long.")
    return made


def add(services: Services, first: DraftVersion, text: str) -> DraftVersion:
    return services.reviewing.add_version(first.draft, text.encode(), file_name="v2.md").value


@pytest.fixture
def reading(laptop: Laptop, services: Services, first: DraftVersion, qtbot: Any) -> ReadingRobot:
    return ReadingRobot(laptop, qtbot).open(add(services, first, V2).id)


@pytest.fixture
def checking(laptop: Laptop, services: Services, first: DraftVersion, qtbot: Any) -> ReadingRobot:
    return ReadingRobot(laptop, qtbot).open(add(services, first, V2_TO_CHECK).id)


def test_earlier_notes_stand_in_the_margin_and_in_the_words_with_their_state(
    reading: ReadingRobot,
) -> None:
    notes = " ".join(reading.notes())
    assert "From version 1 · same place" in notes
    assert "From version 1 · moved" in notes
    assert "From version 1 · wording changed" in notes
    assert {"text message", "locked computer"} <= set(reading.highlighted())
    assert "voucher is given" in reading.highlighted()


def test_every_earlier_note_is_there_and_those_whose_part_is_gone_come_last(
    reading: ReadingRobot,
) -> None:
    notes = reading.notes()
    bodies = ["Or a letter?", "Can it be shorter?", "Why so little?", "Who has the key?"]
    assert all(body in notes for body in (*bodies, "It is long."))
    heading = notes.index("The part these were about is gone")
    assert notes.index("Can it be shorter?") > heading
    assert "“one hour long”" in notes[heading:]
    assert all(notes.index(b) < heading for b in bodies if b != "Can it be shorter?")


def test_a_click_on_an_earlier_note_shows_its_words_in_this_version(
    reading: ReadingRobot,
) -> None:
    card = next(c for c in reading.page.margin.cards.values() if "key" in c.note.note.body)
    card.wanted.emit("show", card.note)
    marked = reading.page.reader.marked
    assert marked is not None
    assert reading.page.reader.draft.text[slice(*marked)] == "locked computer"


def test_a_doubtful_note_is_offered_and_confirmed_and_undone(
    checking: ReadingRobot, services: Services
) -> None:
    checking.press("Check 1 note")
    panel = checking.page.margin.panel
    seen = " ".join(checking.notes()) + " ".join(
        label.text() for label in panel.findChildren(type(checking.page.frame._title))
    )
    assert "Possibly here?" in seen
    checking.press("It is here")

    version = checking.page.reading.version.id
    told = {n.note.body: n for n in services.carried.complete(version).notes}
    assert told["Can it be shorter?"].decision is not None
    assert "Check 1 note" not in buttons_seen(checking.page)
    checking.press("Undo")
    assert "Check 1 note" in buttons_seen(checking.page)


def test_the_words_are_marked_when_it_is_somewhere_else(
    checking: ReadingRobot, services: Services
) -> None:
    checking.press("Check 1 note").press("It is somewhere else")
    assert checking.sees("Mark the words in the draft")
    reader = checking.page.reader
    at = reader.draft.text.index("a clinic near you")
    reader.select_passage(at, at + len("a clinic near you"))
    checking.press("It is somewhere else")
    assert "a clinic near you" in checking.highlighted()


def test_by_keys_alone_it_is_gone_or_left_for_later(
    checking: ReadingRobot, services: Services, qtbot: Any
) -> None:
    checking.press("Check 1 note")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    checking.laptop.settle(qtbot)
    assert "1 note left for later." in checking.laptop.said
    checking.press("Check 1 note")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    checking.laptop.settle(qtbot)
    version = checking.page.reading.version.id
    told = {n.note.body: n for n in services.carried.complete(version).notes}
    assert told["Can it be shorter?"].span is None
    assert told["Can it be shorter?"].decision is not None


def test_everything_in_the_panel_has_a_name_and_is_reached_by_tab(checking: ReadingRobot) -> None:
    checking.press("Check 1 note")
    assert nameless(checking.page) == []


def test_another_document_places_nothing(
    laptop: Laptop, services: Services, first: DraftVersion, qtbot: Any
) -> None:
    other = add(services, first, "Stir the flour into the butter.\n\nBake until golden.\n")
    reading = ReadingRobot(laptop, qtbot).open(other.id)
    assert reading.highlighted() == []
    assert "The part these were about is gone" in reading.notes()


def test_leaving_in_the_middle_of_checking_is_safe(checking: ReadingRobot, qtbot: Any) -> None:
    checking.press("Check 1 note")
    press(checking.page.margin, "Close")
    checking.laptop.settle(qtbot)
    assert checking.page.margin.panel.all() == []


def test_the_check_of_a_note_shows_no_words_that_are_folded_until_they_are_asked_for(
    laptop: Laptop, services: Services, first: DraftVersion, qtbot: Any
) -> None:
    second = add(services, first, V2_TO_CHECK)
    at = services.reviewing.text_of(second.id).text.index("Every session is now")
    services.content_notes.add(second.id, span=(at, at + 40), body="waiting")
    checking = ReadingRobot(laptop, qtbot).open(second.id).press("Check 1 note")
    panel = checking.page.margin.panel
    assert panel.findChildren(DifferenceText) == []
    assert checking.sees("This part touches on: waiting.")
    assert nameless(checking.page) == []
    press(panel, "Read it")
    checking.laptop.settle(qtbot)
    said = " ".join(each.words() for each in panel.findChildren(DifferenceText))
    assert "one hour long" in said
    assert checking.page.reader.folded_spans() == []


def test_a_note_whose_part_is_gone_quotes_nothing_that_was_folded(
    laptop: Laptop, services: Services, first: DraftVersion, qtbot: Any
) -> None:
    at = services.reviewing.text_of(first.id).text.index("Every session")
    services.content_notes.add(first.id, span=(at, at + 40), body="waiting")
    reading = ReadingRobot(laptop, qtbot).open(add(services, first, V2).id)
    if not reading.page.is_open:
        reading.press("Read on")
    notes = " ".join(reading.notes())
    assert "Can it be shorter?" in notes
    assert "On words in a part that was folded." in notes
    assert "one hour long" not in notes
