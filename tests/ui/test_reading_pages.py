"""The pages of a PDF beside the reader: opened when wished, each showing the other's place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.reading_pages import PagesPart
from mhin_ppi.ui.widgets.page_view import PageView
from tests.documents.document_makers import typeset
from tests.robots.laptop import PASSWORD, Laptop, make_boards, sees

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def laptop(qtbot, tmp_path):
    boards = make_boards(tmp_path)
    services, _ = boards.start(
        boards.new_folder(), board_name="B", person_name="Ruth", passphrase=PASSWORD
    )
    made = Laptop(services)
    made.put(ReadingPage)
    made.resize(1500, 900)
    made.show()
    yield made
    made.close_board()


def add(laptop: Laptop, untrusted: bytes, name: str):
    services = laptop.services
    project = services.people.add_project("A study", team="the team", sites=[]).value
    return services.reviewing.add_draft(
        untrusted, file_name=name, project=project.id, title="Draft"
    ).value


class Reading:
    """What a person has before them: the page, its button, and the pages once they are shown."""

    def __init__(self, laptop: Laptop, qtbot) -> None:
        self.laptop, self.qtbot = laptop, qtbot
        page = laptop.page(Place.READING)
        assert isinstance(page, ReadingPage)
        self.page = page
        self.part = next(part for part in page.parts if isinstance(part, PagesPart))

    def open(self, version) -> Reading:
        self.laptop.go(Place.READING, version)
        self.laptop.settle(self.qtbot)
        return self

    def press(self) -> Reading:
        self.qtbot.mouseClick(self.part.button, Qt.MouseButton.LeftButton)
        return self.wait()

    def wait(self) -> Reading:
        for _ in range(4):
            self.laptop.settle(self.qtbot)
        return self

    @property
    def view(self) -> PageView:
        return self.page.findChildren(PageView)[0]

    def click(self, box) -> None:
        at = self.view._column.box(box).center() - self.view._seen().topLeft()
        self.qtbot.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())


@pytest.fixture
def pdf():
    return typeset(6)[0]


def test_words_and_pages_show_each_others_places(laptop, qtbot, pdf):
    version = add(laptop, pdf, "Draft.pdf")
    text = laptop.services.reviewing.text_of(version.id)
    block = next(b for b in range(len(text.blocks)) if text.blocks[b].page == 3)
    start = text.starts[block] + 5
    laptop.services.annotations.annotate(
        version.id, kind=AnnotationKind.UNCLEAR, body="Why?", span=(start, start + 20)
    )
    reading = Reading(laptop, qtbot).open(version.id).press()
    view, reader = reading.view, reading.page.reader
    assert view.isVisible()
    assert reader.isVisible()
    assert view.kept_pictures > 0
    # The reader's words are shown on their page …
    reader.select_passage(start, start + 20)
    boxes = reading.part._boxes(start, start + 20)
    assert {box.page for box in boxes} == {2}
    assert 2 in view._in_view()
    reading.wait()
    # … a click on the pages goes to the words, and one on a mark to its note.
    elsewhere = text.starts[block + 1] + 3
    reading.click(reading.part._boxes(elsewhere, elsewhere + 1)[0])
    assert abs(reader.caret() - elsewhere) <= 1
    with qtbot.waitSignal(reader.highlight_activated):
        reading.click(boxes[0])


def test_it_is_remembered_and_ends_when_the_draft_is_left(laptop, qtbot, pdf):
    version = add(laptop, pdf, "Draft.pdf")
    reading = Reading(laptop, qtbot).open(version.id).press()
    pages = reading.part._pages
    child = pages._child
    reading.page.leave()
    assert child.poll() is not None
    assert not reading.part.button.isChecked()
    reading.open(version.id).wait()
    assert reading.part.button.isChecked()
    assert reading.view.isVisible()
    reading.press()
    assert not reading.view.isVisible()
    assert reading.page.reader.hasFocus()
    reading.page.leave()
    reading.open(version.id).wait()
    assert not reading.part.button.isChecked()


def test_in_a_narrow_window_the_pages_take_the_readers_place_with_a_way_back(laptop, qtbot, pdf):
    version = add(laptop, pdf, "Draft.pdf")
    laptop.resize(620, 800)
    reading = Reading(laptop, qtbot).open(version.id).press()
    assert reading.view.isVisible()
    assert not reading.page.reader.isVisible()
    qtbot.mouseClick(reading.part._pane.back, Qt.MouseButton.LeftButton)
    assert reading.page.reader.isVisible()
    assert not reading.view.isVisible()


def test_a_draft_without_fixed_pages_has_no_such_button(laptop, qtbot):
    version = add(laptop, b"Only words.\n\nAnd more.", "draft.txt")
    reading = Reading(laptop, qtbot).open(version.id)
    assert reading.part.button.isHidden()


def test_a_pdf_that_can_no_longer_be_opened_is_said_plainly(laptop, qtbot, pdf):
    words = FileReader().read(pdf, file_name="a.pdf")
    services = laptop.services
    project = services.people.add_project("A study", team="the team", sites=[]).value
    version = services.reviewing.add_draft(
        b"%PDF-1.7 cut", file_name="cut.pdf", project=project.id, title="D", text=words
    ).value
    reading = Reading(laptop, qtbot).open(version.id).press()
    assert not reading.part.button.isChecked()
    assert reading.page.reader.isVisible()
    assert sees(reading.page, "“cut.pdf” stops before its end")


def test_pages_that_hold_folded_words_are_shown_only_when_they_are_asked_for(laptop, qtbot, pdf):
    version = add(laptop, pdf, "Draft.pdf")
    services = laptop.services
    services.pages.want(wanted=True)
    services.content_notes.add(version.id, span=(10, 40), body="restraint")
    reading = Reading(laptop, qtbot).open(version.id).wait()
    assert not reading.part.button.isChecked(), "it does not open by itself"
    reading.press()
    pane = reading.part._pane
    assert sees(pane, "These pages hold a part that touches on: restraint.")
    assert not pane.view.isVisible()
    assert pane.show_button.hasFocus() or not laptop.isActiveWindow()
    qtbot.keyClick(pane.show_button, Qt.Key.Key_Space)
    reading.wait()
    assert pane.view.isVisible()
    assert pane.view.kept_pictures > 0
    # A content note that comes later covers them again.
    services.content_notes.add(version.id, span=(200, 240), body="loss")
    reading.page.reload()
    reading.wait()
    assert not pane.view.isVisible()
    assert sees(pane, "touches on: loss.")
