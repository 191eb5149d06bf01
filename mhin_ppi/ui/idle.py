"""Knows when nobody has touched the laptop for a while, or when it has been asleep."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from typing_extensions import override

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
    }
)
_LOOK_EVERY_MS = 5_000
_ASLEEP_SECONDS = 90.0
_SECONDS_PER_MINUTE = 60


class SignsOfUse(QObject):
    """Where parts of the program tell that they are in use though nobody touches the laptop.

    Signals:
        seen: Something is being listened to, for instance.
    """

    seen = Signal()


def signs_of_use() -> SignsOfUse:
    """Return the one place for such signs; there is one for each running program."""
    app = QCoreApplication.instance()
    found = app.findChild(SignsOfUse) if app is not None else None
    return found if isinstance(found, SignsOfUse) else SignsOfUse(app)


class IdleWatch(QObject):
    """Tells when a person has been away.

    Qt does not say that a laptop goes to sleep. The watch looks every five seconds; when it finds
    that far more time has passed by the clock, the laptop slept, and that counts as being away.

    Args:
        parent: Qt's owner.
        clock: Seconds by the clock on the wall, which goes on while the laptop sleeps.

    Signals:
        away: Nobody has touched the laptop for the minutes set, or it has been asleep.
    """

    away = Signal()

    def __init__(self, parent: QObject, *, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._clock = clock
        self._touched = self._looked = clock()
        self._minutes = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        signs_of_use().seen.connect(self._touch)

    def start(self, minutes: int) -> None:
        """Watch from now on, and be away after so many minutes."""
        self._minutes = minutes
        self._touched = self._looked = self._clock()
        if not self._timer.isActive():
            app = QCoreApplication.instance()
            if app is not None:
                app.installEventFilter(self)
            self._timer.start()

    def stop(self) -> None:
        """Stop watching."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self._timer.stop()

    def look(self) -> None:
        """Look at the clock, and tell if the person has been away."""
        now = self._clock()
        asleep = abs(now - self._looked) > _ASLEEP_SECONDS
        self._looked = now
        if asleep or now - self._touched >= self._minutes * _SECONDS_PER_MINUTE:
            self._touched = now
            self.away.emit()

    def seconds_untouched(self) -> float:
        """Return for how long nobody has touched the laptop; while it does not watch, ever more."""
        return abs(self._clock() - self._touched)

    def _touch(self) -> None:
        self._touched = self._clock()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and event.spontaneous():
            self._touch()
        return False
