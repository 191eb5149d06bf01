"""Work that must not make the window wait: the only place that starts threads.

Everything that touches the store runs in one lane, one thing after another; drawing reports and
driving the reader of people's files run beside it. Results, problems and progress come back on the
window's own thread, and not at all once the widget that asked is gone.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar, runtime_checkable

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from mhin_ppi.errors import PPIError, Stopped

T = TypeVar("T")
Lane = Literal["store", "side"]
Progress = Callable[[int, int], None]
StopWanted = Callable[[], bool]
_BETWEEN_REPORTS = 0.05


@runtime_checkable
class HasEntries(Protocol):
    """What a service gives back when it has written to the board."""

    @property
    def entries(self) -> Sequence[object]:
        """The log entries it wrote."""


@dataclass(eq=False)
class Task:
    """One piece of work under way.

    Args:
        owner: The widget or object that asked; when it is gone nobody is told.
        on_done: Told the result.
        on_problem: Told a ``PPIError``; without it the program's usual message is shown.
        on_progress: Told how much is done, and of how much.
        on_end: Told last, however it ended.
    """

    owner: QObject
    on_done: Callable[[Any], None] | None = None
    on_problem: Callable[[PPIError], None] | None = None
    on_progress: Progress | None = None
    on_end: Callable[[], None] | None = None
    _stop: threading.Event = field(default_factory=threading.Event)
    _reported: float = 0.0

    def stop(self) -> None:
        """Ask the work to stop; it does so at its next safe place, undoing what was begun."""
        self._stop.set()

    def stop_wanted(self) -> bool:
        """Return whether a person has pressed Stop; asked by the work itself."""
        return self._stop.is_set()


class Tasks(QObject):
    """Runs work beside the window and brings back what came of it.

    Args:
        on_problem: Shows a ``PPIError`` that the asker did not want to show itself: (owner, error).
        on_bug: Told any other exception: our own fault, so it is reported as such: (owner, fault).
        parent: Qt's owner.

    Signals:
        board_changed: The log entries that a piece of work wrote to the board.
        busy_changed: Whether anything is under way, when that changes.
    """

    board_changed = Signal(object)
    busy_changed = Signal(bool)
    _arrived = Signal(object, object, object)
    _progressed = Signal(object, int, int)

    def __init__(
        self,
        *,
        on_problem: Callable[[QObject, PPIError], None],
        on_bug: Callable[[QObject, BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_problem, self._on_bug = on_problem, on_bug
        self._under_way: set[Task] = set()
        self._closed = False
        self._lanes = {
            "store": ThreadPoolExecutor(max_workers=1, thread_name_prefix="store"),
            "side": ThreadPoolExecutor(max_workers=2, thread_name_prefix="side"),
        }
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is under way or its result still to be delivered."""
        return bool(self._under_way)

    def run(
        self,
        work: Callable[[], T],
        *,
        owner: QObject,
        on_done: Callable[[T], None] | None = None,
        on_problem: Callable[[PPIError], None] | None = None,
        on_end: Callable[[], None] | None = None,
        lane: Lane = "store",
    ) -> Task:
        """Run plain blocking work in a lane; see ``Task`` for the arguments."""
        task = Task(owner, on_done, on_problem, None, on_end)
        return self._start(task, lambda: work(), lane=lane)

    def run_long(
        self,
        work: Callable[[Progress, StopWanted], T],
        *,
        owner: QObject,
        on_done: Callable[[T], None] | None = None,
        on_problem: Callable[[PPIError], None] | None = None,
        on_progress: Progress | None = None,
        on_end: Callable[[], None] | None = None,
        lane: Lane = "side",
    ) -> Task:
        """Run work that tells its progress and can be stopped.

        Args:
            work: Called with ``progress(done, total)`` and ``stop_wanted()``; raises ``Stopped``.
            owner: As in ``Task``, like the other arguments.
            on_done: As in ``Task``.
            on_problem: As in ``Task``.
            on_progress: As in ``Task``; at most 20 times a second.
            on_end: As in ``Task``.
            lane: "store" for what touches the board, "side" for the rest.
        """
        task = Task(owner, on_done, on_problem, on_progress, on_end)

        def progress(done: int, total: int) -> None:
            now = time.monotonic()
            if done >= total or now - task._reported >= _BETWEEN_REPORTS:  # noqa: SLF001 - same file
                task._reported = now  # noqa: SLF001
                self._progressed.emit(task, done, total)

        return self._start(task, lambda: work(progress, task.stop_wanted), lane=lane)

    def close(self) -> None:
        """Finish what the store has begun, stop the rest, and start nothing more."""
        self._closed = True
        for task in list(self._under_way):
            task.stop()
        self._lanes["side"].shutdown(wait=True, cancel_futures=True)
        self._lanes["store"].shutdown(wait=True)

    def _start(self, task: Task, work: Callable[[], object], *, lane: Lane) -> Task:
        if self._closed:
            return task
        self._under_way.add(task)
        if len(self._under_way) == 1:
            self.busy_changed.emit(True)
        future = self._lanes[lane].submit(work)
        future.add_done_callback(lambda ended: self._post(task, ended))
        return task

    def _post(self, task: Task, ended: Future[object]) -> None:
        """Hand the result over to the window's thread (this runs in the worker's)."""
        if ended.cancelled() or not shiboken6.isValid(self):
            return
        fault = ended.exception()
        self._arrived.emit(task, None if fault else ended.result(), fault)

    def _tell_progress(self, task: Task, done: int, total: int) -> None:
        if task.on_progress and shiboken6.isValid(task.owner) and not self._closed:
            task.on_progress(done, total)

    def _deliver(self, task: Task, result: object, fault: BaseException | None) -> None:
        self._under_way.discard(task)
        if self._closed:
            return
        wanted = shiboken6.isValid(task.owner)
        try:
            if fault is not None:
                self._tell_fault(task, fault, wanted=wanted)
            elif wanted and task.on_done:
                task.on_done(result)
            if wanted and task.on_end and shiboken6.isValid(task.owner):
                task.on_end()
        finally:
            # The board has changed whether or not the asker still cares or could show it.
            if fault is None and isinstance(result, HasEntries) and result.entries:
                self.board_changed.emit(result.entries)
            if not self._under_way:
                self.busy_changed.emit(False)

    def _tell_fault(self, task: Task, fault: BaseException, *, wanted: bool) -> None:
        owner: QObject = task.owner if wanted else self
        if isinstance(fault, Stopped):
            return
        if not isinstance(fault, PPIError):
            self._on_bug(owner, fault)
        elif wanted and task.on_problem:
            task.on_problem(fault)
        else:
            self._on_problem(owner, fault)
