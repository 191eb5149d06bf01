"""Finance's list of what was paid: checked first, in words, and only then noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ...domain.british import day, money
from ...domain.paid_days import DayOrder, day_from
from ...domain.paid_list import FINDING_WORDS, Checked, Finding
from ...domain.paid_table import (
    COLUMN_WORDS,
    Table,
    check_sure,
    column_names,
    guess_columns,
)
from ...errors import InputError
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
_ORDERS = (
    (DayOrder.DAY_FIRST, "the day first, as in Britain"),
    (DayOrder.MONTH_FIRST, "the month first"),
)


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
        choices: list[tuple[str, object]] = [
            ("Not in this list", None),
            *((one, at) for at, one in enumerate(column_names(table.headings))),
        ]
        guessed = guess_columns(table.headings)
        self.columns = {name: Pick(choices, chosen=guessed.get(name)) for name in COLUMN_WORDS}
        self._chosen: set[str] = set()
        self._choosers = Column(
            *(FormRow(words, self.columns[name]) for name, words in COLUMN_WORDS.items())
        )
        for name, chooser in self.columns.items():
            chooser.currentIndexChanged.connect(lambda _, name=name: self._choose(name))
        self.put(self._choosers)
        self.order = Pick([])
        self.order_row = self.ask("How days in numbers are read", self.order)
        self.order_row.hide()
        self.order.currentIndexChanged.connect(lambda _: self._compare())
        self.told = WrapLabel(role="large")
        self.put(self.told)
        self.rows = TableView("What each row is")
        self.put(self.rows)
        self.put(muted("Nothing is noted until you press the button, and only what is equal then."))
        self.save_button.setEnabled(False)
        self._compare()

    def _choose(self, name: str) -> None:
        self._chosen.add(name)
        self._compare()

    def _compare(self) -> None:
        """Compare by the columns that are chosen, once nothing is left to be asked."""
        self.save_button.setEnabled(False)
        try:
            check_sure(self._table.headings, chosen=self._chosen)
        except InputError as problem:
            self.say_problem(problem)
            return
        chosen = {name: pick.value() for name, pick in self.columns.items()}
        columns = {name: at for name, at in chosen.items() if at is not None}
        office, table = self._services.payments.office, self._table
        self.notice.hide()
        order = self.order.value() or DayOrder.DAY_FIRST
        self.tasks.run(
            lambda: office.check_list(table, columns, order=order),
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
        self._show_order(check)
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

    def _show_order(self, check: PaidCheck) -> None:
        """Say how a day like 03/06/2026 was read, and let it be read the other way."""
        open_to_doubt = bool(check.unsure_day) and not check.order_settled
        self.order_row.setVisible(open_to_doubt)
        if not open_to_doubt:
            return
        self.order.blockSignals(True)  # noqa: FBT003 - Qt's own name
        choices = [
            (f"{check.unsure_day} is {day(day_from(check.unsure_day, one))}, {words}", one)
            for one, words in _ORDERS
        ]
        self.order.offer(choices, chosen=check.order)
        self.order.blockSignals(False)  # noqa: FBT003 - Qt's own name

    def save(self) -> None:
        """Note what is equal."""
        check, office = self.check, self._services.payments.office
        if check is not None and check.equal:
            self.run(lambda: office.note_paid(check))


def _what(one: Checked) -> str:
    words = FINDING_WORDS[one.finding]
    return f"{words}. {one.words}" if one.words else words
