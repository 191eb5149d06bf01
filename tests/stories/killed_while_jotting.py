"""The real window on the screen to share, driven from inside; then it is killed.

Run as ``python -m tests.stories.killed_while_jotting HOME MEETING``.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from mhin_ppi.domain.meetings import MeetingId
from mhin_ppi.ui.application import make_window
from mhin_ppi.ui.open_board import opened
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.start.flow import Makers
from tests.robots.laptop import PASSWORD, field, make_boards

KEPT = ("Who pays for the bus?", "Why is the room so cold? 🥶")
BEGUN = "And could we"


def main(home: Path, meeting: str) -> None:
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
        until, quiet = time.monotonic() + 60, 0
        while quiet < 10 and time.monotonic() < until:
            QTest.qWait(20)
            quiet = 0 if window.tasks.busy else quiet + 1

    assert window.view is not None
    window.view.go(Place.SHARED_SCREEN, MeetingId(UUID(meeting)))
    settle()
    box = field(window, "Write a question down")
    for words in KEPT:
        box.insertPlainText(words)
        QTest.keyClick(box, Qt.Key.Key_Return)
    QTest.keyClicks(box, BEGUN)
    QTest.qWait(1000)
    settle()
    os.write(1, b"written\n")
    while True:
        QTest.qWait(1000)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
