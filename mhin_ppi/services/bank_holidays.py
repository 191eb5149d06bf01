"""England's bank holidays, substitute days among them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date


def bank_holidays_in_england(years: Iterable[int]) -> frozenset[date]:
    """Return the bank holidays of some years.

    Args:
        years: Which; days proclaimed once (a coronation) are among them as far as the library's
            release knows them, and later ones are not.

    Source: the ``holidays`` library, which follows https://www.gov.uk/bank-holidays.
    """
    from holidays import country_holidays  # read late: it is not needed to open a board

    return frozenset(country_holidays("GB", subdiv="ENG", years=list(years)))


def edition() -> str:
    """Return which release of the list this is: what was kept from another is worked out anew."""
    from importlib.metadata import version

    return version("holidays")
