"""The quiet timer: counts only while the reader is in use, offers, and leaves no trace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.involvement import Involvement
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.reading_page import ReadingPage
from mhin_ppi.ui.pages.reading_timer import TimerPart
from mhin_ppi.ui.pages.to_read_page import ToReadPage
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, press, sees
from tests.robots.reading_robot import ReadingRobot


class Watch:
    """A clock that a test moves on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def services(tmp_path: Path) -> Services:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    return opened


@pytest.fixture
def version(services: Services) -> DraftVersion:
    project = services.people.add_project("Parent-led CBT").value
    version = services.reviewing.add_draft(
        b"Anyone can take part.\n\nIt takes an hour.",
        file_name="sheet.txt",
        project=project.id,
        title="Sheet",
    ).value
    services.reviewing.ask_to_read(version.id, invited=[services.people.me().id])
    return version


@pytest.fixture
def reading(
    services: Services, version: DraftVersion, qtbot: Any, look: None
) -> Iterator[ReadingRobot]:
    laptop = Laptop(services)
    laptop.put(ToReadPage)
    laptop.put(ReadingPage)
    laptop.show()
    yield ReadingRobot(laptop, qtbot).open(version.id)
    laptop.close_board()


def timer_of(reading: ReadingRobot) -> tuple[TimerPart, Watch]:
    (part,) = [one for one in reading.page.parts if isinstance(one, TimerPart)]
    part.clock = watch = Watch()
    return part, watch


def read_for(part: TimerPart, watch: Watch, seconds: int) -> None:
    for _ in range(seconds // 5):
        watch.now += 5
        part.look()


def test_it_is_off_until_it_is_switched_on(reading: ReadingRobot, services: Services) -> None:
    part, watch = timer_of(reading)
    read_for(part, watch, 600)
    assert part.minutes_to_offer() == 0
    assert not services.quiet_timer.is_on()
    reading.press("Quiet timer")
    assert services.quiet_timer.is_on()
    assert part.minutes_to_offer() == 0


def test_it_offers_minutes_and_only_what_is_confirmed_is_kept(
    reading: ReadingRobot, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    part, watch = timer_of(reading)
    reading.press("Quiet timer")
    for _ in range(4):
        qtbot.keyClick(reading.page.reader, Qt.Key.Key_Down)
        read_for(part, watch, 120)
    reading.press("I am done with this")
    assert sees(reading.page.margin, "The quiet timer counted 8 minutes.")
    box = field(reading.page.margin, "Minutes you gave")
    assert box.value() == 8
    box.setValue(15)
    press(reading.page.margin, "I am done with this")
    reading.laptop.settle(qtbot)
    (kept,) = services.time.mine()
    assert kept.minutes == 15
    assert services.quiet_timer.seconds(version.id) == 0


def test_away_from_the_laptop_nothing_counts(reading: ReadingRobot, qtbot: Any) -> None:
    part, watch = timer_of(reading)
    reading.press("Quiet timer")
    qtbot.keyClick(reading.page.reader, Qt.Key.Key_Down)
    read_for(part, watch, 3600)
    assert part.minutes_to_offer() == 3
    watch.now += 8 * 3600  # the laptop slept
    qtbot.keyClick(reading.page.reader, Qt.Key.Key_Down)
    part.look()
    assert part.minutes_to_offer() <= 4


def test_a_review_over_two_sittings_adds_up_and_switching_off_forgets(
    reading: ReadingRobot, services: Services, version: DraftVersion, qtbot: Any
) -> None:
    part, watch = timer_of(reading)
    reading.press("Quiet timer")
    qtbot.keyClick(reading.page.reader, Qt.Key.Key_Down)
    read_for(part, watch, 120)
    reading.laptop.go(Place.TO_READ)
    reading.laptop.settle(qtbot)
    watch.now += 7200
    part.look()
    assert services.quiet_timer.seconds(version.id) == 120
    reading.open(version.id)
    qtbot.keyClick(reading.page.reader, Qt.Key.Key_Down)
    read_for(part, watch, 60)
    assert part.minutes_to_offer() == 3
    reading.press("Quiet timer")
    assert services.quiet_timer.seconds(version.id) == 0
    assert not services.quiet_timer.is_on()
    assert part.minutes_to_offer() == 0


def test_timed_and_typed_minutes_make_the_same_record(
    reading: ReadingRobot, services: Services, qtbot: Any
) -> None:
    part, watch = timer_of(reading)
    reading.press("Quiet timer")
    qtbot.keyClick(reading.page.reader, Qt.Key.Key_Down)
    read_for(part, watch, 120)
    reading.press("I am done with this")
    press(reading.page.margin, "I am done with this")
    reading.laptop.settle(qtbot)
    timed = services.time.mine()[0]
    typed = services.time.log(2, project=timed.project, request=timed.round).value
    for name in Involvement.__dataclass_fields__:
        if name != "id":
            assert getattr(timed, name) == getattr(typed, name), name
    logged = {str(op) for entry in services.desk.store.entries() for op in entry.ops}
    assert not any("quiet" in op or "timed" in op for op in logged)
