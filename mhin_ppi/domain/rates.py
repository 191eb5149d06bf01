"""What tasks pay, from which day on, and the money set aside for a project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .fields import link, words
from .people import PersonId
from .projects import ProjectId

RateId = NewType("RateId", UUID)
SchemeUseId = NewType("SchemeUseId", UUID)
BudgetId = NewType("BudgetId", UUID)

MINUTES_PER_HOUR = 60
TENTHS_PER_MILE = 10
BOARD_SCHEME = "Board"
"""The scheme of a board that has chosen no other."""


class RateUnit(StrEnum):
    """What a rate is for: one task of a size, an hour, or a mile."""

    TASK = "task"
    HOUR = "hour"
    MILE = "mile"


@dataclass(frozen=True, slots=True)
class Rate:
    """What one size of task, an hour or a mile pays from a day on.

    Never edited: a new rate is a new record.

    Args:
        id: Made on the laptop that added it.
        scheme: The named set it belongs to.
        name: What it pays for.
        pence: How much.
        minutes: About how long such a task takes; 0 when it is not about time.
        valid_from: First day it applies.
        source: Where the figure comes from.
        verified: Whether the figure was checked against its source.
        confirmed_on: The day a coordinator confirmed an unverified figure for use.
        unit: What the amount is for. ``minutes`` is the size of a task; 0 for an hour or a mile.
        band: Code of the size of task or of the vehicle in the rates catalogue, or "".
        checked_on: The day the source was last read.
        confirmed_by: Who confirmed it.
    """

    id: RateId
    scheme: str = ""
    name: str = ""
    pence: int = 0
    minutes: int = 0
    valid_from: date = date.min
    source: str = ""
    verified: bool = False
    confirmed_on: date | None = None
    unit: RateUnit = RateUnit.TASK
    band: str = ""
    checked_on: date | None = None
    confirmed_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class SchemeUse:
    """Which scheme pays from a day on. Never edited: a new choice is a new record.

    Args:
        id: Made on the laptop that chose.
        project: The project it holds for; ``None`` for the whole board.
        scheme: The named set of rates.
        valid_from: First day it applies.
    """

    id: SchemeUseId
    project: ProjectId | None = link(default=None)
    scheme: str = BOARD_SCHEME
    valid_from: date = date.min


@dataclass(frozen=True, slots=True)
class Budget:
    """Money for a project in a financial year.

    Args:
        id: Made on the laptop that added it.
        project: Which project.
        year: The year in which the financial year starts (2026 is 2026/27).
        heading: Heading of the cost guide (``DOMAIN.md`` 4.4).
        pence: How much.
        note: Anything to add, for instance where the money comes from.
    """

    id: BudgetId
    project: ProjectId = link()
    year: int = 2026
    heading: str = words("Payments and rewards")
    pence: int = 0
    note: str = words("")


@dataclass(frozen=True, slots=True)
class Pay:
    """What a piece of time is paid.

    Args:
        rate: The rate that pays it.
        pence: How much.
    """

    rate: Rate
    pence: int


def scheme_name(written: str, rates: Iterable[Rate]) -> str:
    """Return a scheme's name as the board's rates have it; capitals and spaces make no other.

    Args:
        written: The name as somebody wrote it.
        rates: The board's rates.
    """
    name = " ".join(written.split())
    known = (one.scheme for one in rates)
    return next((one for one in known if _folded(one) == _folded(name)), name)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def may_be_used(rate: Rate) -> bool:
    """Return whether a rate may pay anybody: read in its source, or confirmed by a coordinator."""
    return rate.verified or rate.confirmed_on is not None or not rate.source


def scheme_for(uses: Iterable[SchemeUse], *, on: date, project: ProjectId | None) -> str | None:
    """Return the scheme that pays on a day: the project's, else the whole board's.

    Args:
        uses: Every choice of a scheme, in the order recorded: of two for one day the later counts.
        on: The day.
        project: The project, if any.

    Returns:
        ``None`` where nobody has chosen: then every rate of the board counts.
    """
    begun = sorted((one for one in uses if one.valid_from <= on), key=lambda one: one.valid_from)
    for where in dict.fromkeys((project, None)):
        chosen = [one.scheme for one in begun if one.project == where]
        if chosen:
            return chosen[-1]
    return None


def in_force(
    rates: Iterable[Rate],
    *,
    on: date,
    uses: Iterable[SchemeUse] = (),
    project: ProjectId | None = None,
) -> list[Rate]:
    """Return the rates that count on a day: for each size or unit the latest that has begun.

    A new rate never rewrites an old day. Of two that begin on one day the one recorded later
    counts. A figure that nobody has checked or confirmed pays nobody.

    Args:
        rates: Every rate, in the order recorded.
        on: The day.
        uses: Every choice of a scheme, in the order recorded.
        project: The project, if any.
    """
    current: dict[tuple[RateUnit, int, str], Rate] = {}
    for rate in _begun(rates, on=on, uses=uses, project=project):
        if may_be_used(rate):
            band = rate.band if rate.unit is RateUnit.MILE else ""
            current[rate.unit, rate.minutes, band] = rate
    return list(current.values())


def _begun(
    rates: Iterable[Rate], *, on: date, uses: Iterable[SchemeUse], project: ProjectId | None
) -> list[Rate]:
    """Return the rates of the scheme in use that have begun, the latest last."""
    scheme = scheme_for(uses, on=on, project=project)
    found = [one for one in rates if one.valid_from <= on and scheme in (None, one.scheme)]
    return sorted(found, key=lambda one: one.valid_from)


def pay_for(
    rates: Iterable[Rate],
    uses: Iterable[SchemeUse],
    *,
    on: date,
    minutes: int,
    project: ProjectId | None = None,
    lump: bool = False,
) -> Pay | None:
    """Return what time given on a day is paid, or ``None`` where no rate was in force.

    Tasks are paid by their size where the scheme has sizes, else by the hour to the nearest penny,
    half a penny up. A lump of a month's small tasks is paid by the hour where there is such a rate.

    Args:
        rates: Every rate, in the order recorded.
        uses: Every choice of a scheme, in the order recorded.
        on: The day.
        minutes: How long it took.
        project: The project, if any.
        lump: Whether it is a lump of several days.
    """
    begun = _begun(rates, on=on, uses=uses, project=project)
    size = _of_size(begun, minutes)
    hours = [one for one in begun if one.unit is RateUnit.HOUR and may_be_used(one)]
    hour = hours[-1] if hours else None
    if size is not None and not (lump and hour is not None):
        return Pay(size, size.pence)
    return Pay(hour, nearest(minutes * hour.pence, MINUTES_PER_HOUR)) if hour else None


def pay_for_miles(
    rates: Iterable[Rate],
    uses: Iterable[SchemeUse],
    *,
    on: date,
    tenths: int,
    vehicle: str,
    project: ProjectId | None = None,
) -> Pay | None:
    """Return what a journey is paid, to the nearest penny, half a penny up.

    ``None`` where no rate for the vehicle was in force.

    Args:
        rates: Every rate, in the order recorded.
        uses: Every choice of a scheme, in the order recorded.
        on: The day.
        tenths: Tenths of a mile.
        vehicle: Code of the vehicle (``Rate.band``).
        project: The project, if any.
    """
    for rate in in_force(rates, on=on, uses=uses, project=project):
        if rate.unit is RateUnit.MILE and rate.band == vehicle:
            return Pay(rate, nearest(tenths * rate.pence, TENTHS_PER_MILE))
    return None


def nearest(amount: int, parts: int) -> int:
    """Return an amount divided into parts, to the nearest whole, half up.

    >>> nearest(125, 10), nearest(124, 10), nearest(-125, 10)
    (13, 12, -12)
    """
    return (2 * amount + parts) // (2 * parts)


def _of_size(begun: Iterable[Rate], minutes: int) -> Rate | None:
    """Return what pays a task: the smallest size that covers it, beyond the largest the largest.

    A size whose figures nobody has confirmed pays nothing, rather than a smaller one in its place.
    """
    sizes: dict[int, Rate | None] = {}
    for rate in begun:
        if rate.unit is RateUnit.TASK and rate.minutes:
            sizes[rate.minutes] = rate if may_be_used(rate) else sizes.get(rate.minutes)
    if not sizes:
        return None
    covering = [size for size in sizes if minutes <= size]
    return sizes[min(covering)] if covering else sizes[max(sizes)]
