"""What a change of rates will owe for what was claimed already, told before it is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from ...domain.british import money
from ..tasks import Tasks
from ..widgets.labels import WrapLabel

if TYPE_CHECKING:
    from ...services.rate_rises import Owed

_PAUSE_MS = 250
"""How long nothing is typed before it is reckoned."""

Reckon = Callable[[], "Owed"]


class RiseTold(WrapLabel):
    """A sentence that says how much more is owed, to whom.

    Args:
        tasks: Runs the reckoning.
        wanted: Returns what reckons with what is in the form now; ``None`` where nothing can be.
    """

    def __init__(self, tasks: Tasks, wanted: Callable[[], Reckon | None]) -> None:
        super().__init__(role="attention")
        self._tasks, self._wanted, self._asked = tasks, wanted, 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._reckon)
        self.hide()

    def look_again(self, *_: object) -> None:
        """Reckon anew, once nothing is typed for a moment."""
        self._asked += 1
        self._pause.start()

    def _reckon(self) -> None:
        reckon, asked = self._wanted(), self._asked
        if reckon is None:
            self._tell([], asked)
        else:
            self._tasks.run(reckon, owner=self, on_done=lambda owed: self._tell(owed, asked))

    def _tell(self, owed: Owed, asked: int) -> None:
        if asked == self._asked:  # else something was typed since
            self.setText(owed_words(owed, begun="With it"))
            self.setVisible(bool(owed))


def owed_words(owed: Owed, *, begun: str) -> str:
    """Return in a sentence how much more is owed, to whom; "" for nothing.

    Args:
        owed: People and pence.
        begun: How the sentence begins.
    """
    if not owed:
        return ""
    whole = money(sum(pence for _, pence in owed))
    each = ", ".join(f"{person.name} {money(pence)}" for person, pence in owed)
    return f"{begun}, {whole} more is owed for what was claimed already: {each}."
