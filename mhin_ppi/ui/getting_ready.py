"""Makes ready, while a coordinator rests, the page that takes longest: the list of all questions.

On a board of twenty thousand questions reading them and making the page takes nearly half a second.
Whoever has looked at Home for a moment finds it there when they go to it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from .pages.page import Place
from .tasks import Tasks

if TYPE_CHECKING:
    from .board_view import BoardView

LOOK_EVERY_MS = 500
RESTED_SECONDS = 1.0
"""For so long nobody has touched anything: making the page is not felt then."""


class GettingReady(QObject):
    """Has an open board make its list of questions ready, once, at a good time.

    Args:
        tasks: What is under way beside the window.
        view: Gives the open board, or ``None``.
        untouched: For how many seconds nobody has touched the laptop.
        parent: Qt's owner.
    """

    def __init__(
        self,
        tasks: Tasks,
        *,
        view: Callable[[], BoardView | None],
        untouched: Callable[[], float],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tasks, self._view, self._untouched = tasks, view, untouched
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Make it ready, if a coordinator's board is open and this is a good time."""
        view = self._view()
        if view is None or not view.board.coordinates:
            return
        if self._untouched() >= RESTED_SECONDS and not self._tasks.busy:
            view.make_ready(Place.QUESTIONS)

    def stop(self) -> None:
        """Make nothing ready any more."""
        self._timer.stop()
