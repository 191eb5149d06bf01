"""The columns of a file for finance: which, in which order, and what each is called there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from ...domain.accounts import FinanceLayout
from ...domain.finance_rows import FIELDS, MOST_HEADING, USUAL
from ..tasks import Tasks
from ..theme import theme
from ..widgets.buttons import icon_button
from .form import Form
from .framed_page import Column

if TYPE_CHECKING:
    from ...services.boards import Services


class ColumnRow(QWidget):
    """One column: whether it goes, what it is called, and a way to move it forward.

    Args:
        field: What it holds.
        heading: What it is called.
        on: Whether it goes.
    """

    def __init__(self, field: str, heading: str, *, on: bool) -> None:
        super().__init__()
        self.field = field
        self.tick = QCheckBox(FIELDS[field].replace("&", "&&"))
        self.tick.setAccessibleName(f"Column {FIELDS[field]}")
        self.tick.setChecked(on)
        self.heading = QLineEdit(heading)
        self.heading.setMaxLength(MOST_HEADING)
        self.heading.setAccessibleName(f"What finance calls “{FIELDS[field]}”")
        self.earlier = icon_button("Earlier", icon="chevron-up")
        self.earlier.setAccessibleName(f"Put {FIELDS[field]} earlier")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().space(2))
        row.addWidget(self.tick, 1)
        row.addWidget(self.heading, 1)
        row.addWidget(self.earlier)
        self.heading.setEnabled(on)
        self.tick.toggled.connect(self.heading.setEnabled)


class LayoutForm(Form):
    """Columns to keep under a name.

    Args:
        services: The open board.
        tasks: Runs the saving.
        layout: What is shown at first; the usual columns for ``None``.
    """

    def __init__(self, services: Services, tasks: Tasks, layout: FinanceLayout | None) -> None:
        super().__init__("Columns for finance", tasks=tasks, save_words="Keep these columns")
        self._services = services
        self.name = QLineEdit(layout.name if layout else "")
        self.name_row = self.ask(
            "A name to find them by", self.name, help_text="For instance the organisation's name."
        )
        shown = layout.fields if layout else USUAL
        headings = layout.headings if layout else tuple(FIELDS[one] for one in USUAL)
        self.rows = [
            ColumnRow(field, heading, on=True)
            for field, heading in zip(shown, headings, strict=True)
        ]
        self.rows += [
            ColumnRow(field, words, on=False)
            for field, words in FIELDS.items()
            if field not in shown
        ]
        self._column = Column()
        for row in self.rows:
            row.earlier.clicked.connect(lambda _=False, row=row: self.move_up(row))
        self._show()
        self.ask("The columns, from left to right", self._column)

    def move_up(self, row: ColumnRow) -> None:
        """Put a column one place earlier."""
        at = self.rows.index(row)
        if at:
            self.rows[at - 1 : at + 1] = [row, self.rows[at - 1]]
            self._show()
            row.earlier.setFocus()

    def _show(self) -> None:
        self._column.show_only(*self.rows)

    def save(self) -> None:
        """Keep them."""
        name = self.name.text().strip()
        self.name_row.set_problem("" if name else "Write a name.")
        if name:
            office = self._services.payments.office
            on = [row for row in self.rows if row.tick.isChecked()]
            fields = [row.field for row in on]
            headings = [row.heading.text() for row in on]
            self.run(lambda: office.keep_layout(name, fields, headings))
