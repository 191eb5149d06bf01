"""The real window, driven from inside, telling line by line what it has typed; then it is killed.

Run as ``python -m tests.stories.killed_while_writing HOME VERSION REPLY_TO OTHER``. It writes on
two drafts: an unfinished note and an unfinished reply on the first, a note on the second.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from uuid import UUID

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.ui.application import make_window
from mhin_ppi.ui.open_board import opened
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.start.flow import Makers
from tests.robots.laptop import PASSWORD, field, make_boards

FIRST, REPLY, OTHER = "Could the visit be shor", "We asked that in No", "Who pays the bu"


def main(home: Path, version: str, note: str, other: str) -> None:
    running = QApplication(sys.argv[:1])
    boards = make_boards(home)
    services = boards.open(home / "b", passphrase=PASSWORD)
    window = make_window(running, Makers(lambda: boards, lambda folder, **_: None, home / "s"))
    window.show()
    window.begin()
    while window.start_flow is None:
        QTest.qWait(20)
    window.start_flow.opened.emit(opened(services, label="Board"))

    def settle() -> None:
        """Wait until nothing has been under way for a while: one piece of work begins another."""
        until, quiet = time.monotonic() + 60, 0
        while quiet < 10 and time.monotonic() < until:
            QTest.qWait(20)
            quiet = 0 if window.tasks.busy else quiet + 1

    def read(text: str) -> ReadingPage:
        window.view.go(Place.READING, VersionId(UUID(text)))
        settle()
        page = window.view.page
        assert isinstance(page, ReadingPage)
        return page

    page = read(version)
    page.ask(AnnotationKind.CONCERN)
    QTest.keyClicks(field(page.margin, "Your words"), FIRST)
    page.acts.act("reply", page.margin.chosen.note(note))
    settle()
    QTest.keyClicks(field(page.margin, "Your words"), REPLY)
    page = read(other)
    page.ask()
    box = field(page.margin, "Your words")
    for letter in OTHER:
        # Never still for as long as the page waits: it must keep the words all the same.
        QTest.keyClicks(box, letter)
        QTest.qWait(90)
    # A second after the last letter everything is promised to be kept.
    QTest.qWait(1000)
    settle()  # on a busy machine the store may be a little behind
    os.write(1, b"written\n")
    while True:
        for letter in " and more":
            QTest.keyClicks(box, letter)
            QTest.qWait(90)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:5])
