"""The quiet timer: off until switched on, shows no count, offers minutes at the end."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from ...domain.drafts import VersionId
from ...services.quiet_timer import minutes_in
from .. import messages
from ..widgets.buttons import button
from ..widgets.highlights import SPOKEN
from .reading_facts import Reading
from .reading_parts import ReadingPart, ReadingPlace

LOOK_EVERY_MS = 5_000
STILL_READING_SECONDS = 180.0
"""A page can be read this long without a key or a movement of the mouse."""
_LONGEST_STEP_SECONDS = 15.0
_TOUCHES = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove),
        *(QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate),
    }
)
_EXPLAINED = (
    "The quiet timer counts while you read here, and shows nothing. When you are done, it offers "
    "you the minutes; you put in what feels right. Nobody else can see it."
)


class TimerPart(ReadingPart):
    """Counts while the reader is in use.

    Args:
        page: The reading page.
        parent: Qt's owner.
    """

    def __init__(self, page: ReadingPlace, *, parent: QObject) -> None:
        super().__init__(page, parent=parent)
        self.clock: Callable[[], float] = time.monotonic
        self._version: VersionId | None = None
        self._seconds = 0.0
        self._looked = self._touched = 0.0
        self.button = button("Quiet timer", icon="clock", kind="quiet")
        self.button.setCheckable(True)
        self.button.setToolTip(_EXPLAINED)
        self.button.setAccessibleDescription(_EXPLAINED)
        self.button.clicked.connect(self._switch)
        page.pane.add_tool(self.button)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def opened(self, reading: Reading) -> None:
        version, timer = reading.version.id, self.page.services.quiet_timer
        self.page.tasks.run(
            lambda: (timer.is_on(), timer.seconds(version)),
            owner=self,
            on_done=lambda found: self._start(version, *found),
        )

    def _start(self, version: VersionId, on: bool, seconds: int) -> None:  # noqa: FBT001
        reading = self.page.reading
        if reading is None or reading.version.id != version or not self.page.is_open:
            return
        self._version, self._seconds = version, float(seconds)
        self.button.setChecked(on)
        self._run(on=on)

    def _run(self, *, on: bool) -> None:
        app = QApplication.instance()
        if app is None:
            return
        app.removeEventFilter(self)
        self._timer.stop()
        if on:
            self._looked = self._touched = self.clock()
            app.installEventFilter(self)
            self._timer.start()

    def left(self) -> None:
        if self._timer.isActive():
            self.look()
            self._run(on=False)
            self._keep()
        self._version = None

    def look(self) -> None:
        """Count the time since the last look, if the reader was in use."""
        now = self.clock()
        step, self._looked = now - self._looked, now
        still_here = now - self._touched < STILL_READING_SECONDS or self._is_read_aloud()
        if still_here and self.page.reader.isVisible() and self.page.reader.isActiveWindow():
            # After the laptop has slept, one step may be hours.
            self._seconds += min(step, _LONGEST_STEP_SECONDS)

    def _is_read_aloud(self) -> bool:
        return bool(self.page.reader.marks.layer(SPOKEN).all)

    def minutes_to_offer(self) -> int:
        if not self._timer.isActive():
            return 0
        self.look()
        return minutes_in(round(self._seconds))

    def given_back(self) -> None:
        self._seconds = 0.0
        self._keep()

    def _switch(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        timer = self.page.services.quiet_timer
        self._seconds = 0.0
        self._run(on=on)
        self.page.tasks.run(lambda: timer.switch(on=on), owner=self)
        if on:
            messages.tell(self, _EXPLAINED)
        else:
            self.page.say("The quiet timer is off. You can still put in minutes when you are done.")

    def _keep(self) -> None:
        version, seconds = self._version, round(self._seconds)
        if version is not None:
            timer = self.page.services.quiet_timer
            self.page.tasks.run(lambda: timer.keep(version, seconds), owner=self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES:
            self._touched = self.clock()
        return False
