"""The screen to share: what a whole meeting may see, and nothing else; what is jotted is kept."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from mhin_ppi.domain.meetings import Meeting
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.open_board import opened
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.shared_screen_page import SharedScreenPage
from tests.robots.laptop import PASSWORD, field, nameless
from tests.robots.window_robot import WindowRobot
from tests.stories.killed_while_jotting import BEGUN, KEPT

ROOT = Path(__file__).parents[2]
SECRETS = (
    "Ruth",
    "Amina",
    "Okafor",
    "Khan",
    "Large print",
    "secret question",
    "Our board",
    "minute taker",
)


def board_in(robot_home: Path, boards: Any) -> tuple[Services, Meeting]:
    services, _ = boards.start(
        robot_home / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    amina = services.people.add_person("Amina Khan").value
    services.questions.raise_question("A secret question", on_behalf_of=amina.id)
    meeting = services.meetings.arrange(
        "Reading day",
        starts_at=services.desk.now() - timedelta(minutes=25),
        minutes=60,
        ways_of_working="One person speaks at a time.",
        pays="£25 an hour",
        pay_pence=2500,
    ).value
    parts = services.meeting_parts
    for title, minutes in (("Welcome", 20), ("The consent form", 30), ("Next steps", 10)):
        parts.agendas.add(meeting.id, title, minutes=minutes, lead="minute taker")
    parts.invitations.invite(meeting.id, [amina.id])
    parts.invitations.say_needs(meeting.id, "Large print", on_behalf_of=amina.id)
    named = parts.jottings.jot(meeting.id, "What about parking?").value
    parts.jottings.give_name(named.id, amina.id)
    return services, meeting


@pytest.fixture
def robot(qtbot: Any, tmp_path: Path, look: None) -> Iterator[WindowRobot]:
    made = WindowRobot(qtbot, tmp_path / "boards")
    yield made
    made.close()


def everything_seen(window: QWidget) -> str:
    """All words on the window, hidden tips and names for screen readers included."""
    told = [window.windowTitle()]
    for each in window.findChildren(QWidget):
        if each.isVisibleTo(window):
            told += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
            told += (
                [each.text()] if isinstance(each, QAbstractButton) or hasattr(each, "text") else []
            )
    return "\n".join(str(one) for one in told)


def test_a_meeting_sees_its_agenda_and_its_questions_and_nothing_else(
    robot: WindowRobot, qtbot: Any
) -> None:
    robot.begin()
    services, meeting = board_in(robot.home, robot.boards)
    assert robot.window.start_flow is not None
    robot.window.start_flow.opened.emit(opened(services, label="Board 1"))
    robot.settle().go(Place.MEETING, meeting.id)
    assert robot.sees("Amina Khan needs: Large print")
    robot.press("Show the screen to share")

    page = robot.page
    assert isinstance(page, SharedScreenPage)
    for words in (
        *("Reading day", "Now: ", "The consent form", "How we work together"),
        *("One person speaks at a time.", "£25.00 · £25 an hour", "1.  What about parking?"),
    ):
        assert robot.sees(words), words
    now = next(text for text in robot.texts() if "Now:" in text)
    assert "The consent form" in now
    seen = everything_seen(robot.window)
    assert [word for word in SECRETS if word in seen] == []
    assert {"Home", "Help and support", "Lock", "Take a break"} & robot.buttons() == set()
    assert nameless(robot.window) == []
    _jot(robot, qtbot, services, meeting)

    # Nothing said elsewhere comes up on it.
    assert robot.window.view is not None
    robot.window.view.say("Amina Khan sent a file")
    assert not robot.sees("Amina Khan sent a file")
    robot.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert robot.place is Place.SHARED_SCREEN
    robot.press("Next point")
    assert "Next steps" in next(text for text in robot.texts() if "Now:" in text)
    robot.key(Qt.Key.Key_Escape)
    assert robot.place is Place.MEETING
    assert robot.sees("3 questions have no name yet.")
    assert {"Home", "Lock"} <= robot.buttons()
    robot.press("Show the screen to share").press("Leave this screen (Esc)")
    assert robot.place is Place.MEETING


def _jot(robot: WindowRobot, qtbot: Any, services: Services, meeting: Meeting) -> None:
    box = field(robot.window, "Write a question down")
    assert box.hasFocus()
    for words in ("Who pays for the bus?", "Will there be tea?"):
        qtbot.keyClicks(box, words)
        qtbot.keyClick(box, Qt.Key.Key_Return)  # and the next at once
    qtbot.keyClick(box, Qt.Key.Key_Return)  # nothing is written: nothing is kept
    qtbot.keyClicks(box, "Two")
    qtbot.keyClick(box, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(box, "lines?")
    robot.key(Qt.Key.Key_Return)
    kept = [one.body for one in services.meeting_parts.jottings.of(meeting.id)]
    assert kept == [
        *("What about parking?", "Who pays for the bus?", "Will there be tea?", "Two\nlines?"),
    ]
    assert box.toPlainText() == ""
    assert box.hasFocus()
    assert robot.sees("4.  Two\nlines?")


def test_a_question_that_cannot_be_kept_stays_in_the_box(robot: WindowRobot, qtbot: Any) -> None:
    robot.begin()
    services, meeting = board_in(robot.home, robot.boards)
    assert robot.window.start_flow is not None
    robot.window.start_flow.opened.emit(opened(services, label="Board 1"))
    robot.settle().go(Place.SHARED_SCREEN, meeting.id)
    box = field(robot.window, "Write a question down")
    long = "Why? " * 5_000
    box.setPlainText(long)
    robot.key(Qt.Key.Key_Return)
    assert robot.sees("That is longer than 20,000 letters.")
    assert box.toPlainText() == long.strip()
    assert len(services.meeting_parts.jottings.of(meeting.id)) == 1


def test_what_was_jotted_outlives_a_kill(tmp_path: Path) -> None:
    from tests.robots.laptop import make_boards

    boards = make_boards(tmp_path)
    services, meeting = board_in(tmp_path, boards)
    services.close()
    command = [sys.executable, "-m", "tests.stories.killed_while_jotting", str(tmp_path)]
    with subprocess.Popen(
        [*command, str(meeting.id)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        told = running.stdout.readline()
        running.send_signal(signal.SIGKILL)
        assert running.wait(30) == -signal.SIGKILL
    assert told == "written\n"
    again = boards.open(tmp_path / "b", passphrase=PASSWORD)
    jottings = again.meeting_parts.jottings
    assert [one.body for one in jottings.of(meeting.id)] == ["What about parking?", *KEPT]
    assert jottings.begun(meeting.id) == BEGUN
    assert again.verify() == []
    again.close()
