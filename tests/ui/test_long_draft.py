"""A long draft with many notes: what is handed to Qt stays few, however many there are."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from benchmarks.long_draft import PASSWORD, boards, fill, long_draft
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.widgets.reader import ReaderView
from tests.robots.laptop import Laptop

pytestmark = pytest.mark.usefixtures("look")
NOTES = 400
MOST_IN_VIEW = 60


@pytest.fixture
def laptop(qtbot, tmp_path):
    every = boards(tmp_path)
    services, _ = every.start(
        every.new_folder(), board_name="B", person_name="Amber", passphrase=PASSWORD
    )
    made = Laptop(services)
    made.put(ReadingPage)
    made.show()
    yield made
    made.close_board()


def test_only_the_marks_in_view_are_handed_to_qt(laptop, qtbot):
    version = fill(laptop.services, long_draft(pages=30, blocks=200), notes=NOTES)
    laptop.go(Place.READING, version)
    page = laptop.page(Place.READING)
    assert isinstance(page, ReadingPage)
    qtbot.waitUntil(lambda: len(page.reader.marks.layer("notes").all) == NOTES, timeout=20_000)
    bar, seen = page.reader.verticalScrollBar(), 0
    for step in range(11):
        bar.setValue(bar.maximum() * step // 10)
        QApplication.processEvents()
        seen = max(seen, len(page.reader.extraSelections()))
    assert 0 < seen < MOST_IN_VIEW


def test_the_words_are_there_before_the_notes_are_read(laptop, qtbot):
    version = fill(laptop.services, long_draft(pages=30, blocks=200), notes=NOTES)
    laptop.go(Place.READING, version)
    page = laptop.page(Place.READING)
    qtbot.waitUntil(lambda: page.is_open, timeout=20_000)
    assert page.reader.draft.text
    assert page.reader.marks.layer("notes").all == []
    qtbot.waitUntil(lambda: len(page.reader.marks.layer("notes").all) == NOTES, timeout=20_000)


def test_any_place_is_reached_though_qt_has_not_laid_the_whole_out_yet(qtbot):
    reader, draft = ReaderView(), long_draft(pages=60, blocks=400)
    reader.resize(800, 600)
    reader.show_draft(draft)
    reader.show()
    reader.go_to((200, 0))
    assert reader.position() == (200, 0)
    reader.go_to((len(draft.blocks) - 1, 0))
    assert reader.shows(draft.starts[-1], draft.starts[-1] + 5)
    QApplication.processEvents()
    whole = reader.document().size().height() - reader.viewport().height()
    assert reader.verticalScrollBar().value() <= whole + 1


def test_the_first_words_are_painted_before_the_last_ones_are_written(qtbot):
    reader, draft = ReaderView(), long_draft(pages=60, blocks=400)
    qtbot.addWidget(reader)
    reader.resize(800, 600)
    reader.show()
    reader.show_draft(draft)
    beginning = reader.document().characterCount()
    assert beginning < len(draft.text) / 4
    bottom = reader.viewport().rect().bottomRight()
    # More is there than any screen shows: nothing that is painted now will move.
    assert reader.cursorForPosition(bottom).position() < beginning / 3
    QApplication.sendPostedEvents()
    assert reader.document().characterCount() == beginning
    at = reader.position()
    qtbot.waitUntil(
        lambda: reader.document().characterCount() > len(draft.text) * 0.95, timeout=60_000
    )
    assert reader.position() == at
    assert reader.verticalScrollBar().value() == 0


@pytest.mark.parametrize("ask", ["find", "go", "mark"])
def test_whoever_asks_for_a_later_place_at_once_gets_it(qtbot, ask):
    reader, draft = ReaderView(), long_draft(pages=60, blocks=400)
    qtbot.addWidget(reader)
    reader.show_draft(draft)
    start = draft.starts[-2]
    if ask == "find":
        assert reader.find_all(draft.blocks[-2].text[:40])
    elif ask == "go":
        reader.go_to((len(draft.blocks) - 1, 0))
    else:
        reader.select_passage(start, start + 10)
        assert reader.marked == (start, start + 10)
    assert reader.document().characterCount() > len(draft.text) * 0.95
