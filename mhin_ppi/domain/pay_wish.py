"""When and how a person would like to be paid. Nobody is asked for a reason, nor for bank details.

Source: ``PRODUCT.md``, Nobody is nudged about money.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class PayWhen(StrEnum):
    """When somebody would like to be paid."""

    SOON = "soon"
    MONTHLY = "monthly"
    DATE = "date"


class PayBy(StrEnum):
    """How somebody would like to be paid. All of these count as income (``DOMAIN.md`` 4.2)."""

    BANK = "bank"
    VOUCHER = "voucher"
    PREPAID_CARD = "prepaid_card"


@dataclass(frozen=True, slots=True)
class PayWish:
    """When and how.

    Args:
        when: Soon, with others at the end of the month, or on or after a day.
        on: That day; only for ``PayWhen.DATE``.
        by: How.
    """

    when: PayWhen = PayWhen.SOON
    on: date | None = None
    by: PayBy = PayBy.BANK

    def to_json(self) -> dict[str, str]:
        """Return plain values for a ledger entry."""
        plain = {"pay_when": self.when.value, "pay_by": self.by.value}
        if self.when is PayWhen.DATE and self.on is not None:
            plain["pay_on"] = self.on.isoformat()
        return plain


def wish_from(data: Mapping[str, Any]) -> PayWish:
    """Return the wish in a ledger entry's data; the usual one where it says nothing readable.

    Boards of earlier versions wrote a sentence, or a bare day, under "pay_when".
    """
    said = str(data.get("pay_when", ""))
    by = _one_of(PayBy, str(data.get("pay_by", ""))) or PayBy.BANK
    on = _day(str(data.get("pay_on", ""))) or _day(said)
    if on is not None:
        return PayWish(PayWhen.DATE, on, by)
    when = _one_of(PayWhen, said)
    if when is None:
        when = PayWhen.MONTHLY if "end of the month" in said else PayWhen.SOON
    return PayWish(PayWhen.SOON if when is PayWhen.DATE else when, None, by)


def _one_of(kind: type[Any], plain: str) -> Any:  # noqa: ANN401 - one of the two enums
    try:
        return kind(plain)
    except ValueError:
        return None


def _day(plain: str) -> date | None:
    try:
        return date.fromisoformat(plain)
    except ValueError:
        return None
