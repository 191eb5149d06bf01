"""Adapters for files about money; what each needs is loaded when it is first wanted. No Qt."""

from __future__ import annotations


class LaterReceipts:
    """Looks into receipts (see ``services.payment_ports.ReceiptFiles``)."""


class LaterFinance:
    """Writes and reads files for finance (see ``services.payment_ports.FinanceFiles``)."""
