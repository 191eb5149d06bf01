"""What stands around the lines of the register: names by id, the board's promise, the day."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from ..domain.people import Credit, Person, credited_as, nobody_named
from ..domain.projects import Project, Site
from ..domain.promises import Promise
from ..domain.questions import QuestionState

_LONG_AGO = date(1990, 1, 1)
"""Before any question here was asked."""
_DATE = len("2026-11-28")


@dataclass(frozen=True)
class Around:
    """What stands around every row: names by id (as text), the promise, the day.

    Args:
        people: Everyone on the board.
        projects: Projects.
        sites: Places.
        themes: Titles of themes.
        stages: What each stage of research is called.
        supports: How many others would ask a question too.
        member_word: What a member is called.
        me: Who is at the laptop.
        promise: The board's promise.
        now: The instant of reading.
        folded: Names and tags in lower case, for rows that have the same ones.
    """

    people: Mapping[str, Person]
    projects: Mapping[str, Project]
    sites: Mapping[str, Site]
    themes: Mapping[str, str]
    stages: Mapping[str, str]
    supports: Mapping[str, int]
    member_word: str
    me: str
    promise: Promise
    now: datetime
    _named: dict[tuple[str, Any], str] = field(default_factory=dict)
    folded: dict[tuple[Any, ...], str] = field(default_factory=dict)
    _late_before: dict[str, str] = field(default_factory=dict)
    _days_to: dict[str, int] = field(default_factory=dict)

    def asker(self, person: str, credit: str | None) -> str:
        """Return the name under which an asker appears."""
        key = (person, credit)
        if key not in self._named:
            found = self.people.get(person)
            choice = Credit(credit) if credit else None
            self._named[key] = (
                credited_as(found, choice=choice, member_word=self.member_word)
                if found
                else nobody_named(self.member_word)
            )
        return self._named[key]

    def days_since(self, at: str) -> int:
        """Return how many whole days have gone by since an instant (ISO text, UTC).

        Days are looked up by the date, and whether the last one is whole by the time in text: for
        20,000 rows that takes a third of reading instants.
        """
        day = at[:_DATE]
        if day not in self._days_to:
            self._days_to[day] = (self._today - date.fromisoformat(day)).days
        return self._days_to[day] - (at[_DATE:] > self._time)

    @cached_property
    def _today(self) -> date:
        return self.now.astimezone(UTC).date()

    @cached_property
    def _time(self) -> str:
        # To the microsecond always: the times it is compared with have three figures.
        return self.now.astimezone(UTC).isoformat(timespec="microseconds")[_DATE:]

    def is_overdue(self, state: str, asked_at: str) -> bool:
        """Return whether a question asked at an instant (ISO text) has waited too long."""
        # ISO text in UTC is in the order of time.
        return asked_at < self.late_before(state)

    def late_before(self, state: str) -> str:
        """Return the instant (ISO text, UTC) before which a question in a state is overdue.

        "" where it never is.
        """
        if state not in self._late_before:
            self._late_before[state] = self._limit(QuestionState(state))
        return self._late_before[state]

    def _limit(self, state: QuestionState) -> str:
        """Return the instant (ISO text, UTC) before which a question in a state waits too long.

        The later something was asked, the later it is due, so that one day divides them all.
        """
        today = self.now.astimezone().date()
        if self.promise.due_on(state, today) is None:
            return ""
        days = range(_LONG_AGO.toordinal(), today.toordinal() + 1)
        kept = bisect_left(
            days,
            x=True,
            key=lambda day: not self.promise.is_overdue(state, date.fromordinal(day), today=today),
        )
        begins = datetime.combine(_LONG_AGO + timedelta(days=kept), time()).astimezone(UTC)
        return begins.replace(tzinfo=None).isoformat()
