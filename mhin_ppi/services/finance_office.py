"""To finance and back: files of what is to be paid, and lists of what was paid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..domain.accounts import Batch, FinanceLayout, FinanceLayoutId
from ..domain.claims import Claim, ClaimId
from ..domain.finance_rows import FinanceSheet, Known, check_layout, finance_sheet
from ..domain.paid_days import DayOrder, order_of
from ..domain.paid_list import Checked, Finding, check_list
from ..domain.paid_table import DAY, Table, check_sure, guess_columns, with_headings
from ..domain.people import Person
from ..domain.projects import Project
from ..errors import InputError, UnsupportedError
from .claim_deciding import PAYING, Deciding, PaidNote
from .claim_steps import same_time
from .claims_reading import all_claims
from .desk import Desk, alter, keep
from .outcome import Outcome
from .payment_ports import FinanceFiles
from .ports import Progress, StopWanted, UnitOfWork

LARGEST_LIST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class PaidCheck:
    """A list of finance's, looked through. Nothing has been noted yet.

    Args:
        table: As it is in the file.
        columns: Which column was taken for what.
        rows: What each row is, then the claims with finance that are not in it.
        order: How days like 06/03/2026 were read.
        order_settled: Whether a row of the list settles that; else it was taken on trust.
        unsure_day: Such a day of the list that can be read in two ways; "" where there is none.
    """

    table: Table
    columns: Mapping[str, int]
    rows: tuple[Checked, ...]
    order: DayOrder = DayOrder.DAY_FIRST
    order_settled: bool = False
    unsure_day: str = ""

    @property
    def equal(self) -> tuple[Checked, ...]:
        """The rows that can be noted as paid."""
        return tuple(one for one in self.rows if one.finding is Finding.EQUAL)


@dataclass(frozen=True)
class FinanceOffice:
    """What goes to finance and what comes back."""

    desk: Desk
    files: FinanceFiles

    def sheet(
        self, claims: Iterable[ClaimId], *, layout: FinanceLayout | None = None
    ) -> FinanceSheet:
        """Return the rows for some claims, with totals.

        Raises:
            NotAllowedError: Only those who pay make them.
        """
        wanted = set(claims)
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            found = [one for one in all_claims(work) if one.id in wanted]
            return finance_sheet(found, self._known(work), layout=layout, made_at=self.desk.now())

    def csv(self, sheet: FinanceSheet) -> bytes:
        """Return rows as a CSV file."""
        return self.files.write_csv(sheet)

    def xlsx(self, sheet: FinanceSheet) -> bytes:
        """Return rows as an Excel workbook."""
        return self.files.write_xlsx(sheet)

    def layouts(self) -> list[FinanceLayout]:
        """Return the columns that were kept, oldest first."""
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            return work.find(FinanceLayout)

    def keep_layout(
        self, name: str, fields: Sequence[str], headings: Sequence[str]
    ) -> Outcome[FinanceLayout]:
        """Keep the columns that a finance office wants; the same name replaces what was kept.

        Raises:
            NotAllowedError: Only those who pay keep them.
            InputError: Columns that finance could not work with.
        """
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            made = FinanceLayout(
                id=FinanceLayoutId(self.desk.new_id()),
                name=name.strip(),
                fields=tuple(fields),
                headings=tuple(one.strip() for one in headings),
            )
            check_layout(made)
            old = next((one for one in work.find(FinanceLayout) if one.name == made.name), None)
            if old is not None:
                made = alter(work, old, fields=made.fields, headings=made.headings)
            else:
                keep(work, made)
            return Outcome(made, work.commit())

    def open_list(
        self,
        file: Path,
        *,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> Table:
        """Read a list of what was paid.

        Raises:
            InputError: The file is not there.
            UnreadableError: It holds no list.
            UnsupportedError: It is too large, or carries macros.
        """
        try:
            size = file.stat().st_size
            if size > LARGEST_LIST_BYTES:
                raise UnsupportedError(
                    f"“{file.name}” is larger than a list of payments can be (10 MB).",
                    what_is_safe="Nothing was noted.",
                    next_step="Ask finance for the list of this batch alone.",
                )
            untrusted = file.read_bytes()
        except OSError as cause:
            raise InputError(
                f"“{file.name}” could not be opened.",
                what_is_safe="Nothing was noted.",
                next_step="Look whether it is still there, then choose it again.",
            ) from cause
        table = self.files.read_table(
            untrusted, file_name=file.name, progress=progress, stop_wanted=stop_wanted
        )
        return with_headings(table)

    def check_list(
        self,
        table: Table,
        columns: Mapping[str, int] | None = None,
        *,
        order: DayOrder = DayOrder.DAY_FIRST,
    ) -> PaidCheck:
        """Compare a list with what is with finance; nothing is noted.

        Args:
            table: The list.
            columns: Which column holds what; guessed from plain headings for ``None``.
            order: Which comes first in days like 06/03/2026, where no row of the list settles it.

        Raises:
            NotAllowedError: Only those who pay compare.
            InputError: The columns will not do, or nobody chose between two of one heading.
        """
        if columns is None:
            check_sure(table.headings)
        chosen = dict(guess_columns(table.headings) if columns is None else columns)
        at = chosen.get(DAY)
        days = [] if at is None else [cells[at] for _, cells in table.rows if at < len(cells)]
        settled, unsure = order_of(days)
        with self.desk.store.unit_of_work() as work:
            self._require(work)
            rows = check_list(
                table,
                chosen,
                all_claims(work),
                today=self.desk.today(),
                order=settled or order,
                same=same_time(work),
            )
        return PaidCheck(table, chosen, tuple(rows), settled or order, settled is not None, unsure)

    def note_paid(self, check: PaidCheck) -> Outcome[tuple[Claim, ...]]:
        """Note as paid what is equal in a checked list, all in one action.

        Raises:
            NotAllowedError: Something changed since it was checked.
            InputError: Nothing in it is equal.
        """
        today = self.desk.today()
        notes = [
            PaidNote(one.claim.id, one.on or today, one.number)
            for one in check.equal
            if one.claim is not None
        ]
        return Deciding(self.desk).note_paid(notes)

    def _require(self, work: UnitOfWork) -> None:
        self.desk.require(work, *PAYING, doing="send claims to finance")

    def _known(self, work: UnitOfWork) -> Known:
        return Known(
            names={one.id: one.name for one in work.find(Person)},
            titles={str(one.id): one.title for one in work.find(Project)},
            batches={str(one.id): one.number for one in work.find(Batch)},
            starts_in=self.desk.board(work).year_month,
        )
