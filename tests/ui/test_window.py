"""The window around the pages: keys that work everywhere, locking, hiding, names, width."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QMessageBox, QScrollArea, QWidget

from mhin_ppi.services.laptop import Laptop
from mhin_ppi.ui.idle import IdleWatch
from mhin_ppi.ui.messages import ask
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.registry import COORDINATOR_PLACES, page_class
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme, theme
from mhin_ppi.ui.trail import Trail
from mhin_ppi.ui.window_name import NAMES
from tests.robots.laptop import PASSWORD, make_boards, member_of
from tests.robots.window_robot import WindowRobot

PLACES = [*COORDINATOR_PLACES, Place.BREAK, Place.LOOK, Place.SETTINGS, Place.SEARCH]
HEAVY = (
    *("sqlalchemy", "reportlab", "lxml", "pikepdf", "pypdfium2", "docx", "alembic"),
    *("cryptography", "sqlcipher3", "keyring"),
)


@pytest.fixture
def robot(tmp_path: Path, qtbot: Any, look: None) -> Iterator[WindowRobot]:
    made = WindowRobot(qtbot, tmp_path / "boards").begin()
    made.start_board(name="Hull recovery board", person="Ruth Okafor")
    yield made
    made.close()


# ---------------------------------------------------------------- every page


@pytest.mark.parametrize("place", PLACES)
def test_help_and_a_break_are_one_key_from_every_page_and_the_way_back_too(
    robot: WindowRobot, place: Place
):
    robot.go(place)
    robot.key(Qt.Key.Key_F1)
    assert robot.place is Place.HELP
    assert robot.sees("Samaritans")
    robot.go(place)
    robot.key(Qt.Key.Key_F2)
    assert robot.place is Place.BREAK
    assert robot.sees("Samaritans")
    if place is not Place.BREAK:
        robot.press("Go back to where I was")
        assert robot.place is place


def test_searching_is_one_key_away_and_escape_leads_back(robot: WindowRobot):
    robot.go(Place.TO_READ)
    robot.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert robot.place is Place.SEARCH
    robot.key(Qt.Key.Key_Escape)
    assert robot.place is Place.TO_READ


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name_and_tab_comes_to_it(robot: WindowRobot, place: Place):
    robot.go(place)
    controls = robot.controls()
    unnamed = [each for each in controls if not _heard(each)]
    assert unnamed == [], [f"{type(each).__name__} in {_around(each)}" for each in unnamed]
    reached = robot.walk()
    left_out = [
        each
        for each in robot.controls()
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each not in reached
    ]
    assert left_out == [], [f"{type(each).__name__} “{_heard(each)}”" for each in left_out]


@pytest.mark.parametrize("place", PLACES)
def test_every_page_fits_a_small_screen_at_three_times_the_size(robot: WindowRobot, place: Place):
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, Preferences(look=Look.LIGHT, text_size=300))
    robot.go(place)
    robot.window.resize(1366, 768)
    robot.settle()
    assert (robot.window.width(), robot.window.height()) == (1366, 768)
    assert robot.page.minimumSizeHint().width() <= robot.page.width()
    sideways = [
        each.accessibleName()
        for each in robot.page.findChildren(QScrollArea)
        if each.isVisible() and each.horizontalScrollBar().maximum()
    ]
    assert sideways == [], "nothing has to be moved sideways to be read"


@pytest.mark.parametrize("place", list(Place))
def test_every_place_has_its_page(place: Place):
    assert page_class(place).place is place


def _heard(control: QWidget) -> str:
    words = control.text() if isinstance(control, QAbstractButton) else ""
    return control.accessibleName() or words.strip()


def _around(widget: QWidget) -> str:
    parent = widget.parentWidget()
    return " / ".join(filter(None, (type(parent).__name__, parent and parent.accessibleName())))


# ---------------------------------------------------------------- roles


def test_a_members_menu_is_short(tmp_path: Path, qtbot: Any, look: None):
    boards = make_boards(tmp_path / "boards")
    ours, _ = boards.start(
        tmp_path / "ours", board_name="Our board", person_name="Ruth", passphrase=PASSWORD
    )
    member_of(boards, ours, tmp_path / "boards" / "hers", name="Amber Lee").close()
    ours.close()
    robot = WindowRobot(qtbot, tmp_path / "boards").begin().unlock()
    assert robot.sees("Nothing waits for you.")
    listed = {"Home", "To read", "My questions", "Time and payments", "Meetings", "Help"}
    assert listed <= robot.buttons()
    assert not {"Questions", "Impact", "People", "Reports"} & robot.buttons()
    robot.close()


# ---------------------------------------------------------------- locking and hiding


def test_locking_takes_the_words_away_and_unlocking_brings_the_place_back(robot: WindowRobot):
    robot.go(Place.HELP).go(Place.LOOK)
    services = robot.window.view.board.services if robot.window.view else None
    assert services is not None
    robot.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert robot.window.view is None
    assert not robot.sees("Every change shows at once")
    assert robot.sees("Board 1")
    with pytest.raises(Exception, match=r"."), services.desk.store.unit_of_work():
        pass  # the key is dropped: nothing more can be read through what is left
    robot.unlock()
    assert robot.place is Place.LOOK
    robot.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert robot.place is Place.HELP
    robot.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert robot.place is Place.LOOK


def test_locking_closes_questions_that_stand_open(robot: WindowRobot):
    ask(robot.page, "Withdraw this?", yes="Withdraw it", no="Keep it", on_yes=lambda: None)
    robot.press("Lock")
    boxes = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox)]
    assert not any(box.isVisible() for box in boxes)


def test_the_hide_key_covers_the_content_and_shows_it_again(robot: WindowRobot):
    robot.go(Place.HELP)
    control = Qt.KeyboardModifier.ControlModifier
    robot.key(Qt.Key.Key_H, control)
    assert robot.window.isMinimized()
    assert robot.texts() == ["Paused"]
    robot.window.showNormal()
    robot.key(Qt.Key.Key_H, control)
    assert robot.sees("Samaritans")
    robot.press("Hide")
    robot.window.showNormal()
    robot.press("Go back")
    assert robot.place is Place.HELP
    assert robot.sees("Samaritans")


def test_a_board_that_locks_while_hidden_is_locked_when_shown_again(robot: WindowRobot):
    robot.press("Hide")
    robot.window.lock()
    robot.settle()
    assert robot.texts() == ["Paused"]
    robot.window.showNormal()
    robot.press("Go back")
    assert robot.sees("Locked")
    robot.unlock()
    assert robot.place is Place.HOME


def test_nobody_at_the_laptop_locks_it_and_so_does_sleep(qtbot: Any):
    now = [1_000.0]
    watch = IdleWatch(QApplication.instance(), clock=lambda: now[0])  # type: ignore[arg-type]
    away: list[float] = []
    watch.away.connect(lambda: away.append(now[0]))
    watch.start(15)
    for _ in range(14 * 60 // 5):
        now[0] += 5
        watch.look()
    assert away == []
    for _ in range(70 // 5):
        now[0] += 5
        watch.look()
    assert len(away) == 1
    now[0] += 600
    watch.look()
    assert len(away) == 2, "ten minutes between two looks means that the laptop slept"
    watch.stop()
    watch.deleteLater()


def test_a_touch_keeps_the_board_open(robot: WindowRobot, qtbot: Any):
    now = [1_000.0]
    watch = IdleWatch(robot.window, clock=lambda: now[0])
    away: list[float] = []
    watch.away.connect(lambda: away.append(now[0]))
    watch.start(1)
    for _ in range(5):
        for _ in range(10):
            now[0] += 5
            watch.look()
        qtbot.keyClick(robot.window.windowHandle(), Qt.Key.Key_Shift)
    watch.stop()
    assert away == []


def test_the_time_until_it_locks_is_kept_with_the_board(robot: WindowRobot):
    robot.go(Place.SETTINGS).press("Lock after: 30 minutes")
    robot.press("Lock").unlock()
    assert robot.window.view is not None
    assert robot.window.view.board.idle_minutes == 30
    assert Laptop(robot.window.view.board.services.desk).idle_minutes() == 30


def test_the_password_is_changed_under_settings(robot: WindowRobot):
    robot.go(Place.SETTINGS)
    robot.fill("The password now", PASSWORD).fill("The new one", "quite another password")
    robot.fill("The new one again", "quite another passwodr").press("Change the password")
    assert robot.sees("The two are not the same.")
    robot.fill("The new one again", "quite another password").press("Change the password")
    assert robot.sees("The password is changed.")
    robot.press("Lock").unlock()
    assert robot.window.view is None
    robot.unlock("quite another password")
    assert robot.window.view is not None


# ---------------------------------------------------------------- names, looks, layout


def test_no_title_ever_names_a_board_or_a_person(robot: WindowRobot):
    for place in (Place.HOME, Place.HELP, Place.SETTINGS):
        robot.go(place)
        for window in QApplication.topLevelWidgets():
            title = window.windowTitle()
            assert "Hull" not in title
            assert "Ruth" not in title
    robot.press(f"Name: {NAMES[1]}")
    assert robot.window.windowTitle() == NAMES[1]


def test_the_name_chosen_is_there_the_next_time(robot: WindowRobot, qtbot: Any):
    robot.go(Place.SETTINGS).press(f"Name: {NAMES[2]}")
    robot.close()
    again = WindowRobot(qtbot, robot.home).begin()
    assert again.window.windowTitle() == NAMES[2]
    again.close()


def test_looks_change_at_once_and_are_remembered(robot: WindowRobot, qtbot: Any):
    robot.go(Place.LOOK).press("Larger").press("Colours: Dark")
    assert theme().preferences.text_size == 110
    assert theme().look is Look.DARK
    robot.close()
    WindowRobot(qtbot, robot.home).begin().close()
    assert theme().preferences.text_size == 110
    assert theme().look is Look.DARK


def test_text_grows_by_key_on_every_page(robot: WindowRobot):
    before = theme().preferences.text_size
    robot.key(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert theme().preferences.text_size == before + 10
    robot.key(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert theme().preferences.text_size == before


def test_a_narrow_window_keeps_help_a_break_and_lock_in_sight(robot: WindowRobot):
    robot.window.resize(robot.window.minimumSizeHint().width() + 80, 700)
    robot.settle()
    assert {"Menu", "Help and support", "Take a break", "Lock", "Hide"} <= robot.buttons()
    robot.press("Help and support")
    assert robot.place is Place.HELP


def test_f6_goes_between_the_places_and_the_page(robot: WindowRobot):
    robot.go(Place.HELP).key(Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not robot.page.isAncestorOf(focused)
    robot.key(Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert robot.page.isAncestorOf(focused)


def test_the_trail_goes_back_and_forward_and_forgets_what_lay_ahead():
    trail = Trail()
    trail.go(Place.HELP)
    trail.go(Place.HELP)
    trail.go(Place.BREAK)
    trail.back()
    assert trail.here == (Place.HELP, None)
    trail.back()
    assert trail.here == (Place.HOME, None)
    assert not trail.can_go_back
    trail.forward()
    trail.go(Place.LOOK, 3)
    assert trail.here == (Place.LOOK, 3)
    assert not trail.can_go_forward


# ---------------------------------------------------------------- starting


def test_nothing_heavy_is_read_before_the_first_window_shows(tmp_path: Path):
    code = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from mhin_ppi import app
from mhin_ppi.ui.application import make_window, sample_folder
from mhin_ppi.ui.start.flow import Makers
running = QApplication([])
window = make_window(running, Makers(app.boards, app.sample_board, Path({str(tmp_path)!r})))
window.show()
running.processEvents()
print([name for name in {HEAVY!r} if name in sys.modules])
window.close()
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip().splitlines()[-1] == "[]"
