"""Time by two clocks, so that what other programs do is told apart from what ours does."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds by the clock on the wall, and of the processor (all threads of ours together)."""

    wall: float
    processor: float


def spent(work: Callable[[], object]) -> Spent:
    """Return what a piece of work takes."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - processor)


@dataclass
class Taken:
    """What each turn took, ours and the floor."""

    ours: list[Spent] = field(default_factory=list)
    floor: list[Spent] = field(default_factory=list)

    def rows(
        self, name: str, floor: str, *, of: Callable[[list[float]], float] = statistics.median
    ) -> Iterator[tuple[str, float, float, str]]:
        """Yield a row of the table for each clock.

        Args:
            name: What was done.
            floor: What the floor is.
            of: Makes one number of those of all turns.
        """
        for place, clock in enumerate(Spent._fields):
            ours, least = ([one[place] for one in turns] for turns in (self.ours, self.floor))
            yield f"{name}, {clock}", of(ours), of(least), floor
