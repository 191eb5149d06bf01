"""Work that waits until a widget has really been painted, so that words come first.

A timer without delay is no such promise: with a window system between, the paint may well come
after it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

NEVER_PAINTED_MS = 1000
"""After this long the work is done anyhow: a window that is covered or minimised is not painted."""


class OncePainted(QObject):
    """Tells when a widget was painted next.

    Args:
        watched: What is painted; for a scrolling view, its viewport. Its owner.

    Attributes:
        waits: Whether it has been started and has not told yet.

    Signals:
        painted: It has been painted since :meth:`start`, or cannot be seen.
    """

    painted = Signal()

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.waits = False
        self._after = QTimer(self, singleShot=True, interval=0)
        self._after.timeout.connect(self._tell)
        self._at_last = QTimer(self, singleShot=True, interval=NEVER_PAINTED_MS)
        self._at_last.timeout.connect(self._tell)
        watched.installEventFilter(self)

    def start(self) -> None:
        """Wait for the next time it is painted."""
        self.waits = True
        self._at_last.start()

    def stop(self) -> None:
        """Wait no longer."""
        self.waits = False
        self._after.stop()
        self._at_last.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The filter comes before the painting; the timer comes after it.
        if self.waits and event.type() == QEvent.Type.Paint:
            self._after.start()
        return False

    def _tell(self) -> None:
        if self.waits:
            self.stop()
            self.painted.emit()
