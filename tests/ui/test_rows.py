"""Rows of a table as they are drawn: the ring around the row that the keyboard is on."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mhin_ppi.ui.models.table_model import Column, SortingModel
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme, theme
from mhin_ppi.ui.widgets.rows_view import RowsView

pytestmark = pytest.mark.usefixtures("look")
ROWS = [f"row {number}" for number in range(40)]


class Drawn(RowsView):
    """Rows that tell what was drawn."""

    def __init__(self) -> None:
        super().__init__("Rows")
        self.lines: SortingModel[str] = SortingModel(
            [Column("Words", str), Column("Figures", lambda row: row[4:], figures=True)], ROWS
        )
        self.setModel(self.lines)

    def ringed(self, row: int) -> list[bool]:
        """Return of each column whether the ring is drawn above and below it in a row."""
        picture: QImage = self.grab().toImage()
        scale = picture.devicePixelRatio()
        corner = self.viewport().mapTo(self, self.viewport().rect().topLeft())
        top, colour = self.rowViewportPosition(row), theme().colour("focus")
        found = []
        for column in range(self.lines.columnCount()):
            middle = self.columnViewportPosition(column) + self.columnWidth(column) // 2
            lines = [
                *range(top, top + theme().ring),
                *range(top + self.rowHeight(row) - theme().ring, top + self.rowHeight(row)),
            ]
            found.append(
                all(
                    picture.pixelColor(
                        int((corner.x() + middle) * scale), int((corner.y() + y) * scale)
                    )
                    == colour
                    for y in lines
                )
            )
        return found


@pytest.fixture
def rows(qtbot: Any) -> Drawn:
    view = Drawn()
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus, timeout=60_000)
    return view


@pytest.mark.parametrize(("look", "size"), [(Look.LIGHT, 100), (Look.CONTRAST, 200)])
def test_a_ring_stands_around_the_whole_row_the_keyboard_is_on(
    rows: Drawn, qapp: QApplication, look: Look, size: int
) -> None:
    apply_theme(qapp, Preferences(look=look, text_size=size))
    rows.choose_row(1)
    assert rows.ringed(1) == [True, True]
    assert rows.ringed(2) == [False, False]
    rows.choose_row(39)
    assert rows.ringed(39) == [True, True]
    rows.clearFocus()
    assert rows.ringed(39) == [False, False]


def test_the_ring_goes_with_the_keyboard_where_the_marked_rows_stay(
    rows: Drawn, qtbot: Any
) -> None:
    rows.choose_row(1)
    qtbot.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert rows.marked() == ["row 1"]
    assert rows.ringed(1) == [False, False]
    assert rows.ringed(2) == [True, True]


def test_figures_take_the_font_of_the_look_in_use(rows: Drawn, qapp: QApplication) -> None:
    cell = rows.lines.index(0, 1)
    for size in (100, 200, 100):
        apply_theme(qapp, Preferences(text_size=size))
        assert cell.data(Qt.ItemDataRole.FontRole) == theme().figures()
    assert rows.lines.index(0, 0).data(Qt.ItemDataRole.FontRole) is None
