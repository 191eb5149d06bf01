"""What services need of files about money, as small Protocols. Adapters fit them by shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ..domain.accounts import FormKind
    from ..domain.catalogue_entries import Rates
    from ..domain.claim_form_fields import FormFields
    from ..domain.finance_rows import FinanceSheet
    from ..domain.money_papers import MoneyPaper
    from ..domain.paid_table import Table
    from .ports import Progress, StopWanted


class PublishedRates(Protocol):
    """The fixed list of payment rates."""

    @property
    def rates(self) -> Rates:
        """Payment rates, choices and expenses as guidance has them."""


class ReceiptFiles(Protocol):
    """Looks into photographs and PDFs of receipts, in a process of its own."""

    def read(self, path: Path) -> bytes:
        """Return a file's bytes; its size is asked for first.

        Raises:
            UnreadableError: It is not there, or may not be read.
            UnsupportedError: It is too large.
        """

    def clean(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> tuple[str, bytes]:
        """Return what a receipt is ("image/jpeg" or "application/pdf") and its cleaned bytes.

        Raises:
            UnreadableError: It is damaged or locked.
            UnsupportedError: It is neither a photograph nor a PDF, or beyond a limit.
            Stopped: ``stop_wanted`` said yes.
        """


class FinanceFiles(Protocol):
    """Writes what goes to finance, and reads what finance sends back."""

    def write_csv(self, sheet: FinanceSheet) -> bytes:
        """Return rows as comma-separated values."""

    def write_xlsx(self, sheet: FinanceSheet) -> bytes:
        """Return rows as an Excel workbook."""

    def form_fields(self, untrusted: bytes, *, file_name: str) -> tuple[FormKind, FormFields]:
        """Return what sort of file an organisation's form is, and the names in it.

        Raises:
            UnreadableError: It is damaged or locked.
            UnsupportedError: It is neither Word nor Excel, or cannot be filled in whole.
        """

    def fill_form(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        once: Mapping[str, str],
        lines: Sequence[Mapping[str, str]],
    ) -> bytes:
        """Return an organisation's form filled in; names that are not given stay.

        Raises:
            UnreadableError: It is damaged or locked.
            UnsupportedError: It is neither Word nor Excel, or cannot be filled in whole.
        """

    def write_paper(self, paper: MoneyPaper) -> bytes:
        """Return a paper about money as a tagged PDF.

        Raises:
            ReportError: It could not be drawn.
        """

    def read_table(
        self,
        untrusted: bytes,
        *,
        file_name: str,
        progress: Progress | None = None,
        stop_wanted: StopWanted | None = None,
    ) -> Table:
        """Return the table in a CSV file or an Excel workbook.

        Raises:
            UnreadableError: It is damaged, or holds no table.
            UnsupportedError: It is too large, or carries macros.
        """
