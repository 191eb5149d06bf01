"""Adapters for files about money; what each needs is loaded when it is first wanted. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .domain.accounts import FormKind
    from .domain.claim_form_fields import FormFields
    from .domain.finance_rows import FinanceSheet
    from .domain.money_papers import MoneyPaper
    from .domain.paid_table import Table
    from .services.ports import Progress, StopWanted

_ZIP = b"PK\x03\x04"


class LaterReceipts:
    """Looks into receipts (see ``services.payment_ports.ReceiptFiles``)."""

    def read(self, path: Path) -> bytes:
        """Return a file's bytes; a large one is not read at all."""
        from .documents.receipts import receipt_bytes

        return receipt_bytes(path)

    def clean(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> tuple[str, bytes]:
        """Return what a receipt is, and its bytes without what they remember."""
        from .documents.receipts import clean_receipt

        return clean_receipt(
            untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
        )


class LaterFinance:
    """Writes and reads files for finance (see ``services.payment_ports.FinanceFiles``)."""

    def write_csv(self, sheet: FinanceSheet) -> bytes:
        """Return rows as comma-separated values."""
        from .exchange.finance_csv import write_csv

        return write_csv(sheet)

    def write_xlsx(self, sheet: FinanceSheet) -> bytes:
        """Return rows as an Excel workbook."""
        from .exchange.finance_xlsx import write_xlsx

        return write_xlsx(sheet)

    def form_fields(self, untrusted: bytes, *, file_name: str) -> tuple[FormKind, FormFields]:
        """Return the names in an organisation's form; a process of its own opens it."""
        from .documents.forms import form_fields

        return form_fields(untrusted, file_name=file_name)

    def fill_form(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        once: Mapping[str, str],
        lines: Sequence[Mapping[str, str]],
    ) -> bytes:
        """Return an organisation's form filled in by a process of its own."""
        from .documents.forms import fill_form

        return fill_form(untrusted, file_name=file_name, once=once, lines=lines)

    def write_paper(self, paper: MoneyPaper) -> bytes:
        """Return a paper about money as a tagged PDF."""
        from .reports.maker import ReportMaker
        from .resource_files import resource

        return ReportMaker(resource("fonts")).money_pdf(paper)

    def read_table(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> Table:
        """Return the table in a file; a workbook is opened by a process of its own."""
        if untrusted.startswith(_ZIP):
            from .documents.tables import read_table

            return read_table(
                untrusted, file_name=file_name, progress=progress, stop_wanted=stop_wanted
            )
        from .exchange.finance_csv import read_csv

        return read_csv(untrusted, file_name=file_name)
