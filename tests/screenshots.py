"""Saves a picture of every page in every look, for people to look at: no test compares pictures.

``python -m tests.screenshots [PLACE ...]`` builds the sample board in a temporary folder, opens it
as a board member and as the coordinator, and writes ``screenshots/*.png``. The place "long" is a
draft of 300 pages with 5,000 notes. Works with a screen, with Xvfb, and with
``QT_QPA_PLATFORM=offscreen``.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.long_draft import PASSWORD, fill, long_draft
from benchmarks.long_draft import boards as long_boards
from benchmarks.reader import open_page, wait
from mhin_ppi import app as maker
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.domain.earnings import Limit, PeriodKind
from mhin_ppi.domain.meetings import MeetingId
from mhin_ppi.domain.questions import QuestionId
from mhin_ppi.services.boards import Services
from mhin_ppi.services.sample_board import SampleBoard
from mhin_ppi.ui.application import make_window
from mhin_ppi.ui.main_window import MainWindow
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.registry import COORDINATOR_PLACES, MEMBER_PLACES
from mhin_ppi.ui.preferences import Look, Preferences, Surface
from mhin_ppi.ui.start.flow import Makers
from mhin_ppi.ui.theme import apply_theme

FOLDER = Path(__file__).parents[1] / "screenshots"
LOOKS = {
    "light": (Preferences(look=Look.LIGHT), (1366, 768)),
    "dark": (Preferences(look=Look.DARK), (1366, 768)),
    "contrast": (Preferences(look=Look.CONTRAST), (1366, 768)),
    "200": (Preferences(look=Look.LIGHT, text_size=200), (1366, 768)),
    "300": (Preferences(look=Look.LIGHT, text_size=300), (1366, 768)),
    "narrow": (Preferences(look=Look.LIGHT), (640, 800)),
}
CREAM = {"cream": (Preferences(look=Look.LIGHT, surface=Surface.CREAM), (1366, 768))}
ON_PAPER = (Place.READING, Place.COMPARE)
"""Pages that show a draft: for these the paper can be cream."""
ALSO = (
    *(Place.READING, Place.COMPARE, Place.STORY, Place.PICTURES, Place.REFLECTIONS),
    *(Place.MEETING, Place.SEARCH, Place.BREAK, Place.LOOK, Place.SETTINGS, Place.PRIVATE),
)
COORDINATORS_ONLY = (
    *(Place.OWED, Place.THEME, Place.CODES, Place.SHARED_SCREEN, Place.RATES, Place.BUDGETS),
)
MOST_SECONDS = 180.0


def main(wanted: list[str]) -> None:
    """Save the pictures of the places named, or of all."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as kept:
        os.environ["XDG_CONFIG_HOME"] = kept
        running = QApplication(sys.argv[:1])
        home = Path(kept)
        boards = maker.boards(home / "boards")
        sample = maker.sample_board(home / "sample")
        makers = Makers(lambda: boards, lambda folder, **_: sample, home / "sample")
        window = make_window(running, makers)
        window.show()
        if not wanted or "start" in wanted:
            window.begin()
            settle(window, lambda: window.start_flow is not None)
            for look in LOOKS:
                save(window, "start", look)
        members = (*MEMBER_PLACES, Place.QUESTIONS)  # reached from "My questions"
        coordinators = dict.fromkeys((*COORDINATOR_PLACES, *COORDINATORS_ONLY))
        for side, places in (("member", members), ("coordinator", tuple(coordinators))):
            open_side(window, sample, coordinator=side == "coordinator")
            for place in [p for p in (*places, *ALSO) if not wanted or p in wanted]:
                show(window, place)
                for look in (*LOOKS, *(CREAM if place in ON_PAPER else ())):
                    save(window, f"{side}-{place.value}", look)
        window.close()
        if not wanted or "long" in wanted:
            save_long_draft(home)


def open_side(window: MainWindow, sample: SampleBoard, *, coordinator: bool) -> None:
    """Open one side of the sample board in the window."""
    window.begin(sample=True)
    settle(window, lambda: window.view is not None)
    if coordinator:
        assert window.view is not None
        window.view.other_side_wanted.emit()
        settle(window, lambda: window.view is not None and window.view.board.coordinates)


def show(window: MainWindow, place: Place) -> None:
    """Show a place, with the richest record where it needs one."""
    view = window.view
    assert view is not None
    records: dict[Place, Callable[[Services], object]] = {
        Place.READING: fullest_version,
        Place.COMPARE: two_versions,
        Place.STORY: fullest_story,
        Place.MEETING: newest_meeting,
        Place.SHARED_SCREEN: newest_meeting,
        Place.SEARCH: lambda _: "interview",
        Place.PRIVATE: a_limit,
    }
    find = records.get(place)
    view.go(place, find(view.board.services) if find else None)
    settle(window, lambda: True)
    page = view.page
    if isinstance(page, QuestionsPage) and page.register is not None:
        page.register.table.choose_row(0)
        settle(window, lambda: True)
    if isinstance(page, ReadingPage):
        page.read_on()  # past the content note
        settle(window, lambda: True)
        page.reader.go_to_highlight(1)
        QTest.qWait(500)  # the cards in the margin are drawn a few at a time


def save_long_draft(home: Path) -> None:
    """Save pictures of the reader with 300 pages and 5,000 notes."""
    services, _ = long_boards(home / "long").start(
        home / "long" / "board", board_name="Long", person_name="Ruth Example", passphrase=PASSWORD
    )
    version = fill(services, long_draft())
    page, tasks, _ = open_page(services, version)
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    for look in ("light", "dark", "200"):
        preferences, size = LOOKS[look]
        apply_theme(running, preferences)
        page.resize(*size)
        page.reader.go_to((900, 0))
        wait(lambda: not tasks.busy)
        QTest.qWait(500)
        page.grab().save(str(FOLDER / f"long-draft-{look}.png"))
    tasks.close()
    page.close()
    services.close()


def two_versions(services: Services) -> tuple[VersionId, VersionId]:
    """Return the first two versions of the draft whose first has the most notes."""
    several = [one for one in services.reviewing.shelf() if len(one.versions) > 1]
    noted = max(several, key=lambda one: len(services.annotations.on(one.versions[0].id)))
    return noted.versions[0].id, noted.versions[1].id


def fullest_version(services: Services) -> VersionId:
    """Return the version of a draft with the most notes on it."""
    shelf = services.reviewing.shelf()
    versions = [version.id for one in shelf for version in one.versions]
    return max(versions, key=lambda version: len(services.annotations.on(version)))


def fullest_story(services: Services) -> QuestionId:
    """Return the question to which most has happened."""
    stories = [story for story in services.questions.mine() or services.questions.register()]
    return max(stories, key=lambda story: len(story.fate.taken) + len(story.impacts)).question.id


def newest_meeting(services: Services) -> MeetingId:
    """Return the meeting that is last in time."""
    return services.meetings.all()[-1].id


def a_limit(services: Services) -> None:
    """Give the private view something to show."""
    services.payments.private.keep_limit(Limit(PeriodKind.WEEK, 18_350))


def save(window: MainWindow, name: str, look: str) -> None:
    """Save a picture of the window as it is, in a look."""
    preferences, size = (LOOKS | CREAM)[look]
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    apply_theme(running, preferences)
    window.setMinimumSize(0, 0)
    window.resize(*size)
    settle(window, lambda: True)
    window.grab().save(str(FOLDER / f"{name}-{look}.png"))


def settle(window: MainWindow, ready: Callable[[], bool]) -> None:
    """Wait until nothing is under way and everything is laid out."""
    until = time.monotonic() + MOST_SECONDS
    quiet = 0
    while quiet < 3 or not ready():
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        quiet = 0 if window.tasks.busy else quiet + 1
        if time.monotonic() > until:
            raise TimeoutError("the window does not come to rest")
        time.sleep(0.01)


if __name__ == "__main__":
    main(sys.argv[1:])
