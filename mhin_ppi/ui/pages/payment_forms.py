"""Forms of the page of payments: a question about lines, a payment, a file for finance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from ...domain.accounts import Batch, FinanceLayout
from ...domain.british import money
from ...domain.claim_reference import reference_of
from ...domain.claims import Claim, ClaimId
from ...services.claim_deciding import PaidNote
from ..tasks import Tasks
from ..widgets.labels import WrapLabel, muted
from .form import Choice, Day, Form, Pick, WordsBox
from .ticks import Ticks
from .whole_file import write_whole

if TYPE_CHECKING:
    from ...services.boards import Services

ChoosePlace = Callable[[QWidget, str], Path | None]
CSV, EXCEL = "csv", "xlsx"
_KINDS = (
    ("An Excel workbook, with totals and how to read it", EXCEL),
    ("CSV, for a finance program", CSV),
)


def choose_finance_place(parent: QWidget, name: str) -> Path | None:
    """Ask where to write the file with the computer's own dialog."""
    chosen, _ = QFileDialog.getSaveFileName(parent, "Where to write the file for finance", name)
    return Path(chosen) if chosen else None


class AskLinesForm(Form):
    """A question about some lines of a claim; the rest is approved.

    Args:
        services: The open board.
        tasks: Runs the saving.
        claim: Which claim.
    """

    def __init__(self, services: Services, tasks: Tasks, claim: Claim) -> None:
        super().__init__(
            f"Ask about a claim of {money(claim.asked_pence)}",
            tasks=tasks,
            save_words="Ask, and approve the rest",
        )
        self._services, self._claim = services, claim
        choices = [
            (f"{line.what}: {money(line.pence)}", place) for place, line in enumerate(claim.lines)
        ]
        self.lines = Ticks(choices, name="What you would like to ask about")
        self.lines_row = self.ask("What you would like to ask about", self.lines)
        self.reason = WordsBox(lines=2)
        self.reason_row = self.ask(
            "Your question", self.reason, help_text="The person will read it."
        )

    def save(self) -> None:
        """Ask about the ticked lines, and approve the rest."""
        places, said = self.lines.values(), self.reason.words()
        self.lines_row.set_problem("" if places else "Tick at least one line.")
        self.reason_row.set_problem("" if said else "Write a sentence: the person will read it.")
        if places and said:
            deciding, claim = self._services.payments.deciding, self._claim.id
            self.run(lambda: deciding.ask_about_lines(claim, places, reason=said))


class PaidForm(Form):
    """That finance paid one claim: which day, and what finance calls it.

    Args:
        services: The open board.
        tasks: Runs the saving.
        claim: Which claim.
        before: Another claim in which something in it was paid already.
    """

    def __init__(
        self, services: Services, tasks: Tasks, claim: Claim, *, before: Claim | None = None
    ) -> None:
        super().__init__(
            f"Finance paid {money(claim.owed_pence)}", tasks=tasks, save_words="Note as paid"
        )
        self._services, self._claim = services, claim
        self.on = Day(services.desk.today())
        self.ask("Which day", self.on)
        self.number = QLineEdit()
        self.ask("What finance calls the payment", self.number, help_text="If they said.")
        self.again = QCheckBox("Finance says they paid it a second time")
        if before is not None:
            told = f"Something in this claim was paid already, in {reference_of(before.id)}."
            self.put(WrapLabel(f"{told} Ask finance before you note it.", role="attention"))
            self.put(self.again)

    def save(self) -> None:
        """Note it."""
        deciding = self._services.payments.deciding
        again = self.again.isChecked()
        note = PaidNote(self._claim.id, self.on.value(), self.number.text(), a_second_time=again)
        self.run(lambda: deciding.note_paid([note]))


class FinanceFileForm(Form):
    """A batch in a file for finance: which kind, and in which columns.

    Args:
        services: The open board.
        tasks: Runs what takes time.
        batch: Which batch.
        claims: What is in it.
        layouts: Columns that were kept.
        choose_place: Asks where to write.

    Signals:
        saved: What a person is told.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        batch: Batch,
        claims: Sequence[ClaimId],
        layouts: Sequence[FinanceLayout],
        choose_place: ChoosePlace = choose_finance_place,
    ) -> None:
        super().__init__(
            f"Batch {batch.number} for finance", tasks=tasks, save_words="Write the file"
        )
        self._services, self._batch, self._claims = services, batch, list(claims)
        self._choose_place = choose_place
        self.kind = Choice(_KINDS, name="Which file", chosen=EXCEL)
        self.ask("Which file", self.kind)
        columns: list[tuple[str, object]] = [("The usual columns", None)]
        columns += [(one.name, one) for one in reversed(layouts)]
        self.layout_chosen = Pick(columns, chosen=layouts[-1] if layouts else None)
        self.ask("Which columns", self.layout_chosen)
        self.put(
            muted(
                "Names, amounts and references are in it, and no bank details. Send it the way "
                "your organisation sends such files."
            )
        )

    def save(self) -> None:
        """Ask where, then write."""
        kind: str = self.kind.value()
        place = self._choose_place(self, f"Payments batch {self._batch.number}.{kind}")
        if place is None:
            return
        office, claims, layout = self._services.payments.office, self._claims, self.layout_value()

        def work() -> str:
            sheet = office.sheet(claims, layout=layout)
            content = office.csv(sheet) if kind == CSV else office.xlsx(sheet)
            write_whole(place, content, what="The file for finance")
            return f"Written to {place}: {len(sheet.rows)} lines, {money(sheet.total_pence)}."

        self.run(work)

    def layout_value(self) -> FinanceLayout | None:
        """Return the columns that are chosen; ``None`` for the usual ones."""
        chosen: FinanceLayout | None = self.layout_chosen.value()
        return chosen
