"""Finds the notes of earlier versions in a later one, beside the window, until all are known."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from ...domain.drafts import VersionId
from ...errors import Stopped
from ...services.boards import Services
from ...services.carried import Job, work_out
from ...services.carried_notes import Places
from ..tasks import Progress, StopWanted, Task, Tasks

T = TypeVar("T")


class Finding(QObject):
    """One search at a time; the board is read and written in the store's lane only.

    Args:
        services: The open board.
        tasks: Runs the work.
        parent: Qt's owner.

    Signals:
        begun: There is something to work out; it may take some seconds.
        progressed: How much of the present step is done, in per cent.
        found: Every place is known now.
        stopped: The person has stopped it.
    """

    begun = Signal()
    progressed = Signal(int)
    found = Signal()
    stopped = Signal()

    def __init__(self, services: Services, tasks: Tasks, *, parent: QObject) -> None:
        super().__init__(parent)
        self._carrying, self._tasks = services.carried, tasks
        self._task: Task | None = None
        self._version: VersionId | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether places are being worked out."""
        return self._task is not None

    def start(self, version: VersionId) -> None:
        """Find the notes of earlier versions in this one."""
        self.forget()
        self._version = version
        self._tasks.run(
            lambda: self._carrying.next_job(version),
            owner=self,
            on_done=partial(self._go_on, version),
        )

    def stop(self) -> None:
        """Stop; what is known by now is kept."""
        if self._task is not None:
            self._task.stop()

    def forget(self) -> None:
        """Stop, and tell nobody."""
        self.stop()
        self._task, self._version = None, None

    def _go_on(self, version: VersionId, job: Job | None) -> None:
        if version != self._version:
            return
        if job is None:
            self.found.emit()
            return
        self.begun.emit()
        task = self._task = self._tasks.run_long(
            partial(watched, lambda watch: work_out(job, watch=watch)),
            owner=self,
            on_done=partial(self._keep, version, job),
            on_progress=self._say,
            on_end=lambda: self._ended(task),
        )

    def _say(self, done: int, total: int) -> None:
        if self._task is not None and total:
            self.progressed.emit(100 * done // total)

    def _keep(self, version: VersionId, job: Job, places: Places) -> None:
        self._task = None
        self._tasks.run(
            lambda: self._carrying.keep(job, places),
            owner=self,
            on_done=lambda _: self.start(version) if version == self._version else None,
        )

    def _ended(self, task: Task) -> None:
        if task is self._task:
            self._task = None
            self.stopped.emit()


def watched(
    work: Callable[[Callable[[int, int], None]], T], progress: Progress, stop: StopWanted
) -> T:
    """Run work that tells how far it is, so that it shows and can be stopped.

    Args:
        work: Called with what it is to tell (done, total).
        progress: As in ``Tasks.run_long``.
        stop: As in ``Tasks.run_long``.

    Raises:
        Stopped: The person pressed Stop.
    """

    def watch(done: int, total: int) -> None:
        if stop():
            raise Stopped
        progress(done, total)

    return work(watch)
