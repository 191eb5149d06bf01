"""The register as a table: twenty thousand rows, and only what is in sight is put into words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from typing_extensions import override

from ...domain.annotations import KIND_WORDS
from ...domain.questions import STATE_WORDS, QuestionState
from ...services.register_rows import RegisterRow
from ...services.register_support import others_words
from ..models.table_model import Column, SortingModel
from ..theme import theme, theme_changes
from ..widgets.rows_view import RowsView

DAYS = 4
_ORDER = {state: place for place, state in enumerate(QuestionState)}
LATE_WORDS = "overdue"


def row_state_words(row: RegisterRow) -> str:
    """Return what a row's state is called for the person who looks at it."""
    if row.state is QuestionState.FED_BACK and not row.is_mine:
        return "They were told"
    return STATE_WORDS[row.state]


def _tip(row: RegisterRow) -> str:
    parts = [row.body or "Taken back", others_words(row.supports)]
    return "\n\n".join(part for part in parts if part)


COLUMNS: tuple[tuple[Column[RegisterRow], float], ...] = (
    (Column("No.", lambda r: str(r.number), sort_key=lambda r: r.number, figures=True), 3.2),
    (Column("Question", lambda r: " ".join(r.words.split()) or "Taken back", tip=_tip), 11.6),
    (Column("Who asked", lambda r: r.asked_by), 6),
    (Column("State", row_state_words, sort_key=lambda r: _ORDER[r.state]), 5.8),
    (Column("Days", lambda r: str(r.days), sort_key=lambda r: r.days, figures=True), 3.6),
    (
        Column(
            "Promise",
            lambda r: LATE_WORDS if r.is_overdue else "",
            sort_key=lambda r: r.is_overdue,
        ),
        4.6,
    ),
    (Column("Who has it", lambda r: r.holder if r.is_owed else ""), 7),
    (Column("Looks after it", lambda r: r.assigned.name if r.assigned else ""), 7),
    (Column("Kind", lambda r: KIND_WORDS[r.kind]), 5),
    (Column("Project", lambda r: r.project.title if r.project else ""), 8),
    (Column("Place", lambda r: r.site.name if r.site else ""), 6),
    (Column("Tags", lambda r: ", ".join(r.tags)), 6),
    (Column("Stage", lambda r: r.stage_words), 7),
    (Column("Similar questions", lambda r: r.theme), 8),
    # To be read, never to be ranked by.
    (Column("Would ask too", lambda r: others_words(r.supports), sorts=False), 10),
)
"""The columns, and how wide each is at first, in em."""


class RegisterTable(RowsView):
    """Every question as a row.

    Its model is a ``SortingModel``, kept from one reading to the next.
    """

    def __init__(self) -> None:
        super().__init__("Questions")
        self.lines: SortingModel[RegisterRow] = SortingModel([each for each, _ in COLUMNS])
        self.setModel(self.lines)
        across = self.horizontalHeader()
        across.setSortIndicator(DAYS, Qt.SortOrder.DescendingOrder)
        self._sorted_by = (DAYS, Qt.SortOrder.DescendingOrder)
        self.setSortingEnabled(True)
        across.sortIndicatorChanged.connect(self._on_sorted)
        self._widen()
        theme_changes().changed.connect(self._on_theme_changed)

    def ordered(self, rows: Iterable[RegisterRow]) -> list[RegisterRow]:
        """Return rows in the order that the table is in; may be called beside the window."""
        column, order = self._sorted_by
        descending = order == Qt.SortOrder.DescendingOrder
        return self.lines.ordered(rows, column, descending=descending)

    def show_lines(self, rows: Iterable[RegisterRow]) -> None:
        """Show rows that are in order already; what was marked stays marked, if it is there."""
        kept = self.chosen()
        self.blockSignals(True)
        self.lines.set_rows(rows)
        if isinstance(kept, RegisterRow):
            self.choose(kept)
        self.blockSignals(False)
        self.row_chosen.emit(self.chosen())

    @override
    def choose(self, wanted: object) -> bool:
        return isinstance(wanted, RegisterRow) and self.choose_row(self.lines.row_of(wanted))

    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        if self.lines.sorts_by(column):
            self._sorted_by = (column, order)
        elif (column, order) != self._sorted_by:
            self.horizontalHeader().setSortIndicator(*self._sorted_by)

    def _on_theme_changed(self) -> None:
        self._space()
        rows, kept = self.lines.things(), self.chosen()
        # As in ``TableView``: rows that a larger text raised are never lowered but by a reset.
        self.blockSignals(True)
        self.lines.set_rows([])
        self.lines.set_rows(rows)
        self.choose(kept)
        self.blockSignals(False)
        self._widen()

    def _widen(self) -> None:
        for column, (_, ems) in enumerate(COLUMNS):
            self.setColumnWidth(column, theme().px(ems))
