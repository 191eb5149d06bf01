"""Has Python look through everything for rubbish while nobody is at work, not in mid-sentence.

Python does so by itself whenever much has been made. With a long draft and thousands of notes
open one such look takes up to a third of a second, and no key is heard meanwhile (measured).
Looking through what is new costs nothing worth naming, and stays as it is.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from .tasks import Tasks

LOOK_EVERY_MS = 2_000
RESTED_SECONDS = 6.0
"""For so long nobody has touched anything: a pause in typing, or reading a paragraph."""
ENOUGH_NEW = 30
"""So many looks at what is new (Python's own, one after some 7,000 things made) before a whole one.

Fewer would make the laptop work for nothing; more would let memory grow by some 20 MB."""
_NEVER = 1_000_000
SWITCH_SECONDS = 0.0002
"""For how long work beside the window may keep Python to itself while the window wants it.

Python's own 5 ms are felt: making one screenful of cards asks for it some hundreds of times. With
1 ms the window stood still for 250 ms beside a search for hard words, with this for 100 (measured);
the search took no longer.
"""


class Tidying(QObject):
    """Looks for rubbish when a person rests, and lets the window take its turn sooner.

    It changes how Python works for the whole program, so there is one, made by what starts it.

    Args:
        tasks: What is under way beside the window.
        untouched: For how many seconds nobody has touched the laptop.
        parent: Qt's owner.
    """

    def __init__(self, tasks: Tasks, *, untouched: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._untouched = tasks, untouched
        self._before = (gc.get_threshold(), sys.getswitchinterval())
        new, newer, _ = gc.get_threshold()
        gc.set_threshold(new, newer, _NEVER)
        sys.setswitchinterval(SWITCH_SECONDS)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look through everything, if this is a good time and there is enough to look through."""
        rested = self._untouched() >= RESTED_SECONDS
        if rested and not self._tasks.busy and gc.get_count()[2] >= ENOUGH_NEW:
            gc.collect()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        thresholds, switch = self._before
        gc.set_threshold(*thresholds)
        sys.setswitchinterval(switch)
