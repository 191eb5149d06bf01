"""England's bank holidays, substitute days among them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def bank_holidays_in_england(years: Iterable[int]) -> frozenset[date]:
    """Return the bank holidays of some years.

    Args:
        years: Which years.

    Source: the PyPI package holidays, which follows https://www.gov.uk/bank-holidays.
    """
    from holidays import country_holidays  # read late: it is not needed to open a board

    return frozenset(country_holidays("GB", subdiv="ENG", years=list(years)))
