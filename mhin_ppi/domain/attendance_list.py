"""Who was in a Teams or Zoom meeting, as its file tells it: names and minutes, nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Attended:
    """One name in the list; somebody who left and came back is one.

    Args:
        name: As the file has it.
        other_name: The name before it was changed in the meeting, where the file tells it.
        email: As the file has it, or ""; it is only used to find the person, and never kept.
        minutes: How long in all, as far as the file tells.
        by_phone: Whether they dialled in.
    """

    name: str
    other_name: str = ""
    email: str = ""
    minutes: int | None = None
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class DaysTold:
    """The days a file tells, for each order in which day and month may be written.

    Args:
        day_first: The first day if the day comes first; ``None`` when it cannot.
        month_first: The same if the month comes first.
    """

    day_first: date | None = None
    month_first: date | None = None

    @property
    def is_sure(self) -> bool:
        """Whether both orders cannot be meant: one is impossible, or they are the same day."""
        return None in (self.day_first, self.month_first) or self.day_first == self.month_first

    @property
    def day(self) -> date | None:
        """The day, where it is sure."""
        return (self.day_first or self.month_first) if self.is_sure else None


@dataclass(frozen=True, slots=True)
class AttendanceList:
    """A file's whole list.

    Args:
        source: Whose file it is ("Teams", "Zoom").
        people: The names, in the order of the file.
        days: Which day it tells of.
    """

    source: str
    people: tuple[Attended, ...]
    days: DaysTold = DaysTold()
