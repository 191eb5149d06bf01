"""Finance's list of what was paid: checked first, in words, and only then noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.british import day, money
from ...domain.paid_list import COLUMN_WORDS, FINDING_WORDS, Checked, Finding, Table
from ..models.table_model import Column as TableColumn
from ..models.table_model import TableModel
from ..tasks import Tasks
from ..theme import theme
from ..widgets.form_rows import FormRow
from ..widgets.labels import WrapLabel, muted
from ..widgets.table_view import TableView
from .form import Form, Pick
from .framed_page import Column
from .words_for import count_words

if TYPE_CHECKING:
    from ...services.boards import Services
    from ...services.finance_office import PaidCheck

ChooseFile = Callable[[QWidget], Path | None]
_TABLE_ROWS = 10


def choose_paid_list(parent: QWidget) -> Path | None:
    """Ask for the file with the computer's own dialog."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, "Finance's list of what was paid", "", "Lists (*.csv *.xlsx *.txt);;All files (*)"
    )
    return Path(chosen) if chosen else None


class PaidListForm(Form):
    """What each row of a list is, before anything is noted.

    Args:
        services: The open board.
        tasks: Runs the comparing and the noting.
        table: The list.
        names: Returns what a person is called.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        table: Table,
        names: Callable[[Checked], str],
    ) -> None:
        super().__init__("Finance's list", tasks=tasks, save_words="Note as paid")
        self._services, self._table, self._names = services, table, names
        self.check: PaidCheck | None = None
        choices = [
            ("Not in this list", None),
            *((one, at) for at, one in enumerate(table.headings)),
        ]
        self.columns = {name: Pick(choices) for name in COLUMN_WORDS}
        self._choosers = Column(
            *(FormRow(words, self.columns[name]) for name, words in COLUMN_WORDS.items())
        )
        for chooser in self.columns.values():
            chooser.currentIndexChanged.connect(lambda _: self._compare(guess=False))
        self.put(self._choosers)
        self.told = WrapLabel(role="large")
        self.put(self.told)
        self.rows = TableView("What each row is")
        self.put(self.rows)
        self.put(muted("Nothing is noted until you press the button, and only what is equal then."))
        self.save_button.setEnabled(False)
        self._compare(guess=True)

    def _compare(self, *, guess: bool) -> None:
        chosen = {name: pick.value() for name, pick in self.columns.items()}
        columns = None if guess else {k: v for k, v in chosen.items() if v is not None}
        office, table = self._services.payments.office, self._table
        self.notice.hide()
        self.tasks.run(
            lambda: office.check_list(table, columns),
            owner=self,
            on_done=self._show,
            on_problem=self.say_problem,
        )

    def _show(self, check: PaidCheck) -> None:
        self.check = check
        for name, pick in self.columns.items():
            pick.blockSignals(True)
            pick.choose(check.columns.get(name))
            pick.blockSignals(False)
        counts = Counter(one.finding for one in check.rows)
        parts = [f"{FINDING_WORDS[kind]}: {counts[kind]}" for kind in Finding if counts[kind]]
        self.told.setText(". ".join(parts) + "." if parts else "The list is empty.")
        equal = len(check.equal)
        self.save_button.setText(f"Note {count_words(equal, 'claim')} as paid")
        self.save_button.setEnabled(equal > 0)
        columns: list[TableColumn[Checked]] = [
            TableColumn("Row", lambda one: str(one.where or ""), sort_key=lambda one: one.where),
            TableColumn("Reference", lambda one: one.reference),
            TableColumn("Who", self._names),
            TableColumn("Paid", lambda one: money(one.pence) if one.pence else "", figures=True),
            TableColumn("Day", lambda one: day(one.on) if one.on else ""),
            TableColumn("What it is", _what),
        ]
        self.rows.show_rows(TableModel(columns, check.rows))
        shown = min(len(check.rows), _TABLE_ROWS) + 2
        self.rows.setMinimumHeight(theme().px(1.9 * shown))

    def save(self) -> None:
        """Note what is equal."""
        check, office = self.check, self._services.payments.office
        if check is not None and check.equal:
            self.run(lambda: office.note_paid(check))


def _what(one: Checked) -> str:
    words = FINDING_WORDS[one.finding]
    return f"{words}. {one.words}" if one.words else words
