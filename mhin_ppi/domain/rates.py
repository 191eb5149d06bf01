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


def rate_in_force(rates: Iterable[Rate], *, on: date, minutes: int) -> Rate | None:
    """Return the rate that pays for a task of this size on that day.

    The smallest size that covers the minutes is taken; beyond the largest, the largest. Of two
    rates of one size the later one counts: a new rate never rewrites an old day.

    Args:
        rates: All rates of one scheme.
        on: The day of the task.
        minutes: How long it took.
    """
    current: dict[int, Rate] = {}
    for rate in sorted(rates, key=lambda r: r.valid_from):
        if rate.valid_from <= on and rate.minutes:
            current[rate.minutes] = rate
    for size in sorted(current):
        if minutes <= size:
            return current[size]
    return current[max(current)] if current else None
