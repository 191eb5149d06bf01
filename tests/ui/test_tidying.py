"""Python looks through everything for rubbish while a person rests, and not before."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject

from mhin_ppi.ui.messages import show_bug, show_problem
from mhin_ppi.ui.tasks import Tasks
from mhin_ppi.ui.tidying import ENOUGH_NEW, RESTED_SECONDS, Tidying


class Circle:
    """Something that only a look at everything finds: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def rest(qtbot: Any) -> Iterator[tuple[Tidying, Tasks, list[float]]]:
    owner, untouched = QObject(), [0.0]
    tasks = Tasks(on_problem=show_problem, on_bug=show_bug, parent=owner)
    tidying = Tidying(tasks, untouched=lambda: untouched[0], parent=owner)
    yield tidying, tasks, untouched
    tidying.stop()
    tasks.close()


def _old_circle() -> weakref.ref[Circle]:
    """Return a circle that nobody holds and that counts as old, after enough of what is new."""
    circle = Circle()
    seen = weakref.ref(circle)
    gc.collect()
    del circle
    for _ in range(ENOUGH_NEW + 1):
        gc.collect(1)
    return seen


def test_rubbish_is_looked_for_once_a_person_rests(
    rest: tuple[Tidying, Tasks, list[float]],
) -> None:
    tidying, _, untouched = rest
    seen = _old_circle()
    tidying.look()
    assert seen() is not None, "somebody was typing"
    untouched[0] = RESTED_SECONDS
    tidying.look()
    assert seen() is None


def test_rubbish_waits_while_work_is_under_way(
    rest: tuple[Tidying, Tasks, list[float]], qtbot: Any
) -> None:
    tidying, tasks, untouched = rest
    untouched[0] = RESTED_SECONDS
    seen = _old_circle()
    tasks.run(lambda: None, owner=tidying)
    tidying.look()
    assert seen() is not None
    qtbot.waitUntil(lambda: not tasks.busy)
    tidying.look()
    assert seen() is None


def test_python_is_left_as_it_was() -> None:
    before = gc.get_threshold(), sys.getswitchinterval()
    owner = QObject()
    tasks = Tasks(on_problem=show_problem, on_bug=show_bug, parent=owner)
    tidying = Tidying(tasks, untouched=lambda: 0.0, parent=owner)
    assert gc.get_threshold()[2] > before[0][2]
    assert gc.get_threshold()[:2] == before[0][:2]
    tidying.stop()
    tasks.close()
    assert (gc.get_threshold(), sys.getswitchinterval()) == before
