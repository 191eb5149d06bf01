import threading
from dataclasses import dataclass, field

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from mhin_ppi.errors import InputError, Stopped
from mhin_ppi.ui.tasks import Tasks


@dataclass
class Told:
    problems: list = field(default_factory=list)
    bugs: list = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    value: str
    entries: tuple = ()


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def tasks(qapp, told):
    made = Tasks(
        on_problem=lambda _, problem: told.problems.append(problem),
        on_bug=lambda _, fault: told.bugs.append(fault),
    )
    yield made
    made.close()


def test_work_runs_beside_the_window_and_comes_back_on_its_thread(tasks, qtbot, qapp):
    seen = []
    owner = QObject()
    tasks.run(
        lambda: QThread.currentThread() is qapp.thread(),
        owner=owner,
        on_done=lambda beside: seen.append((beside, QThread.currentThread() is qapp.thread())),
        on_end=lambda: seen.append("end"),
    )
    assert tasks.busy
    qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
    assert seen == [(False, True), "end"]


def test_the_store_does_one_thing_after_another(tasks, qtbot):
    order, owner = [], QObject()
    hold = threading.Event()
    tasks.run(lambda: (hold.wait(5), order.append("first")), owner=owner)
    tasks.run(lambda: order.append("second"), owner=owner)
    side = []
    tasks.run(lambda: side.append("side"), owner=owner, lane="side", on_end=hold.set)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
    assert order == ["first", "second"]
    assert side == ["side"]


def test_a_change_of_the_board_is_told_to_all_even_when_the_asker_is_gone(tasks, qtbot):
    owner = QObject()
    done = []
    hold = threading.Event()

    def write():
        hold.wait(5)
        return Written("x", entries=("entry",))

    tasks.run(write, owner=owner, on_done=done.append)
    shiboken6.delete(owner)
    with qtbot.waitSignal(tasks.board_changed) as heard:
        hold.set()
    assert heard.args == [("entry",)]
    assert done == []


def test_work_that_wrote_nothing_tells_nobody(tasks, qtbot):
    heard, owner = [], QObject()
    tasks.board_changed.connect(heard.append)
    tasks.run(lambda: Written("x"), owner=owner)
    tasks.run(lambda: "plain", owner=owner)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
    assert heard == []


def _raising(fault):
    def work():
        raise fault

    return work


def test_problems_go_to_the_asker_or_to_the_usual_message(tasks, told, qtbot):
    first, second, owner, mine = InputError("a"), InputError("b"), QObject(), []
    tasks.run(_raising(first), owner=owner, on_problem=mine.append)
    tasks.run(_raising(second), owner=owner)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
    assert (mine, told.problems, told.bugs) == ([first], [second], [])


def test_a_fault_of_ours_goes_to_the_one_hook_and_the_end_is_still_told(tasks, told, qtbot):
    fault, owner, ended = ZeroDivisionError(), QObject(), []
    tasks.run(_raising(fault), owner=owner, on_problem=ended.append, on_end=lambda: ended.append(1))
    qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
    assert (told.bugs, ended) == ([fault], [1])


def test_long_work_tells_how_far_it_is_and_can_be_stopped(tasks, told, qtbot):
    owner, steps, ended = QObject(), [], []
    under_way = threading.Event()

    def work(progress, stop_wanted):
        for done in range(1, 100_000):
            progress(done, 100_000)
            under_way.set()
            if stop_wanted():
                raise Stopped
            threading.Event().wait(0.001)
        return "finished"

    task = tasks.run_long(
        work,
        owner=owner,
        on_done=ended.append,
        on_progress=lambda done, total: steps.append((done, total)),
        on_end=lambda: ended.append("end"),
    )
    qtbot.waitUntil(lambda: len(steps) >= 2, timeout=60_000)
    task.stop()
    qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
    assert ended == ["end"]
    assert steps == sorted(steps)
    assert steps[0][1] == 100_000
    assert told == Told()


def test_closing_finishes_what_the_store_has_begun_and_tells_nobody(qapp, told):
    made = Tasks(on_problem=lambda *_: None, on_bug=lambda *_: None)
    written, done, owner = [], [], QObject()
    started = threading.Event()

    def write():
        started.set()
        threading.Event().wait(0.05)
        written.append(1)

    made.run(write, owner=owner, on_done=done.append)
    made.run(lambda: written.append(2), owner=owner)
    started.wait(5)
    made.close()
    assert written == [1, 2]
    qapp.processEvents()
    assert done == []
    made.run(lambda: written.append(3), owner=owner)
    assert written == [1, 2]


def test_busy_is_told_when_it_begins_and_ends(tasks, qtbot):
    heard, owner = [], QObject()
    tasks.busy_changed.connect(heard.append)
    tasks.run(lambda: 1, owner=owner)
    tasks.run(lambda: 2, owner=owner)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=60_000)
    assert heard == [True, False]
