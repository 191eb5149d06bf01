"""One request to read, as its coordinator follows it: what was asked, who is back, two actions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ...services.rounds import Standing
from ..theme import theme
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, muted
from .round_words import people_words, standing_words


class RoundRow(QWidget):
    """A request under its draft.

    Args:
        standing: The request, and who has given it back.
        today: The day it is.

    Signals:
        wanted: ("change" or "close", standing) what the coordinator wants to do.
    """

    wanted = Signal(str, object)

    def __init__(self, standing: Standing, *, today: date) -> None:
        super().__init__()
        self._standing = standing
        words = standing_words(standing, today=today)
        self.setAccessibleName(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme().space(1), 0, 0)
        column.setSpacing(theme().px(0.2))
        column.addWidget(WrapLabel(words))
        column.addWidget(muted(people_words(standing)))
        row = FlowRow(self._button("Change what is asked", "change"))
        if standing.awaited:
            row.add(self._button("Stop waiting for the others", "close"))
        column.addWidget(row)

    def _button(self, words: str, action: str) -> QPushButton:
        made = button(
            words, kind="quiet", on_press=lambda: self.wanted.emit(action, self._standing)
        )
        made.setAccessibleDescription(self.accessibleName())
        return made


def worth_showing(standings: Iterable[Standing]) -> list[Standing]:
    """Return the requests of one draft that somebody has not given back, and the newest."""
    every = sorted(standings, key=lambda one: str(one.request.opened_on), reverse=True)
    return [one for order, one in enumerate(every) if one.awaited or not order]
