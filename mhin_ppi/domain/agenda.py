"""An agenda against the clock: when each point begins, and whether it all fits with breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .meeting_parts import AgendaItem

LONG_STRETCH_MINUTES = 75
"""From how long without a break it is pointed out. Our own choice: no guidance names a figure."""


@dataclass(frozen=True, slots=True)
class TimedItem:
    """One point with its time.

    Args:
        item: The point.
        starts_at: When it begins (aware, UTC); ``None`` while the meeting has no day.
        ends_at: When it ends.
    """

    item: AgendaItem
    starts_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class AgendaSum:
    """What an agenda comes to.

    Args:
        minutes: All points and breaks together.
        length: How long the meeting is, in minutes.
        stretch: The longest time without a break, in minutes.
    """

    minutes: int
    length: int
    stretch: int

    @property
    def over(self) -> int:
        """By how many minutes the points are longer than the meeting; below 0: time is left."""
        return self.minutes - self.length

    @property
    def needs_break(self) -> bool:
        """Whether people would sit for long without a break."""
        return self.stretch >= LONG_STRETCH_MINUTES


def title_of(item: AgendaItem) -> str:
    """Return what a point is called; of a break it is said that it is one ("Break: Tea")."""
    is_said = not item.is_break or item.title.casefold().startswith("break")
    return item.title if is_said else f"Break: {item.title}"


def timed(items: Sequence[AgendaItem], *, starts_at: datetime | None) -> list[TimedItem]:
    """Return the points of an agenda, in order, each with the time it begins and ends.

    Args:
        items: The points, in any order.
        starts_at: When the meeting begins (aware). Minutes are added to the instant, so that
            a clock change in the middle neither adds nor takes an hour.
    """
    found, at = [], starts_at
    for item in in_order(items):
        until = at + timedelta(minutes=item.minutes) if at else None
        found.append(TimedItem(item, at, until))
        at = until
    return found


def in_order(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """Return points in the order of their places; the id decides between two of one place."""
    return sorted(items, key=lambda item: (item.place, str(item.id)))


def sum_of(items: Sequence[AgendaItem], *, length: int) -> AgendaSum:
    """Return what the points of an agenda come to.

    Args:
        items: The points, in any order.
        length: How long the meeting is, in minutes.
    """
    longest = since = 0
    for item in in_order(items):
        since = 0 if item.is_break else since + item.minutes
        longest = max(longest, since)
    return AgendaSum(sum(item.minutes for item in items), length, longest)


def now_at(items: Sequence[TimedItem], *, now: datetime) -> TimedItem | None:
    """Return the point whose time it is, or ``None`` before the first and after the last."""
    for each in items:
        if each.starts_at and each.ends_at and each.starts_at <= now < each.ends_at:
            return each
    return None
