"""Cards that come a few at a time: none that is there already is painted too low meanwhile."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from mhin_ppi.ui.pages.framed_page import FIRST_AT_ONCE, Column
from mhin_ppi.ui.widgets.cards import Card
from mhin_ppi.ui.widgets.labels import WrapLabel
from mhin_ppi.ui.widgets.page_frame import PageFrame

CARDS = 30


class Watched(Card):
    painted: int = 0
    cut_off: int = 0

    def __init__(self) -> None:
        super().__init__()
        for _ in range(4):
            self.add(WrapLabel("Who tells the families when this list changes?"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        Watched.painted += 1
        Watched.cut_off += self.height() < self.heightForWidth(self.width())
        super().paintEvent(event)


def test_no_card_is_painted_too_low_while_more_come(qtbot: Any, look: None) -> None:
    frame, column = PageFrame("My questions"), Column()
    frame.set_content(column)
    frame.resize(900, 700)
    qtbot.addWidget(frame)
    column.show_gradually([Watched] * CARDS)
    frame.show()
    qtbot.waitUntil(lambda: len(column.all()) == CARDS, timeout=60_000)
    QApplication.processEvents()
    assert Watched.painted > FIRST_AT_ONCE
    assert Watched.cut_off == 0
