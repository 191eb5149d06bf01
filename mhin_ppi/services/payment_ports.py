"""What services need of files about money, as small Protocols. Adapters fit them by shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ..domain.catalogue_entries import Rates


class PublishedRates(Protocol):
    """The fixed list of payment rates."""

    @property
    def rates(self) -> Rates:
        """Payment rates, choices and expenses as guidance has them."""


class ReceiptFiles(Protocol):
    """Looks into photographs and PDFs of receipts, in a process of its own."""


class FinanceFiles(Protocol):
    """Writes what goes to finance and to a person, and reads what finance sends back."""
