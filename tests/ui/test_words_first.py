"""The first words of a draft are painted before its notes are even asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from mhin_ppi.ui.pages import notes_read
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.widgets.once_painted import OncePainted
from tests.robots.laptop import PASSWORD, Laptop, make_boards

DRAFT = "# Who can take part\n\n" + "Children whose parents can come.\n\n" * 900


class Paints(QObject):
    """Writes down when the words of a draft are painted."""

    def __init__(self, page: ReadingPage, told: list[str]) -> None:
        super().__init__(page)
        self._page, self._told = page, told
        page.reader.viewport().installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._page.is_open:
            self._told.append("words")
        return False


def test_notes_are_asked_for_once_the_words_are_painted(
    tmp_path: Path, qtbot: Any, look: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    project = services.people.add_project("A study").value
    version = services.reviewing.add_draft(
        DRAFT.encode(), file_name="p.md", project=project.id, title="Draft"
    ).value
    told: list[str] = []
    read_notes = notes_read.read_notes

    def noted(*given: Any, **more: Any) -> Any:
        told.append("notes")
        return read_notes(*given, **more)

    monkeypatch.setattr(notes_read, "read_notes", noted)
    laptop = Laptop(services)
    page = laptop.put(ReadingPage)
    assert isinstance(page, ReadingPage)
    watch = Paints(page, told)
    laptop.show()
    laptop.go(Place.READING, version.id)
    qtbot.waitUntil(lambda: "notes" in told, timeout=20_000)
    assert told[0] == "words"
    watch.deleteLater()
    laptop.close_board()


def test_what_is_never_painted_is_not_waited_for_for_ever(qtbot: Any) -> None:
    unseen = QWidget()
    qtbot.addWidget(unseen)
    once = OncePainted(unseen)
    with qtbot.waitSignal(once.painted, timeout=20_000):
        once.start()
    once.start()
    once.stop()
    with qtbot.assertNotEmitted(once.painted, wait=1200):
        pass
