"""One line of the register, decoded only where it is looked at."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from ..domain.annotations import AnnotationKind
from ..domain.feedback_debt import THE_TEAM
from ..domain.people import Credit, Person, credited_as, nobody_named
from ..domain.projects import Project, Site
from ..domain.promises import Promise
from ..domain.questions import Considered, QuestionId, QuestionState
from .register_fates import Standing

FIELDS = (
    *("asker", "body", "kind", "project", "site", "raised_at", "holder", "theme", "tags"),
    *("stage", "assigned", "to_board", "asked_by", "credit", "considered", "frames"),
)
"""What is read of each question, in the order the row takes it."""

_ASKER, _BODY, _PROJECT, _RAISED, _HOLDER, _STAGE, _TO_BOARD, _CONSIDERED = (
    1 + FIELDS.index(name)
    for name in (
        *("asker", "body", "project", "raised_at", "holder", "stage", "to_board", "considered"),
    )
)

NOBODY = "the coordinator"
_LONG_AGO = date(1990, 1, 1)
"""Before any question here was asked."""
_OWED = frozenset(QuestionState) - {
    *(QuestionState.FED_BACK, QuestionState.CLOSED, QuestionState.WITHDRAWN)
}
_OWED_VALUES = frozenset(state.value for state in _OWED)
_STATES = {state.value: state for state in QuestionState}


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

    def is_overdue(self, state: str, asked_at: str) -> bool:
        """Return whether a question asked at an instant (ISO text) has waited too long."""
        if state not in self._late_before:
            self._late_before[state] = self._limit(QuestionState(state))
        # ISO text in UTC is in the order of time.
        return asked_at < self._late_before[state]

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


class RegisterRow:
    """A question as the register lists it. Two rows of the same question are equal.

    Args:
        number: Its place among all questions here by the day it was asked, from 1. It is for
            talking about the list; the id is what every laptop knows.
        plain: The question's columns, ``id`` and then ``FIELDS``.
        standing: Where it is.
        around: What stands around every row.
    """

    __slots__ = ("_around", "_plain", "_standing", "number")

    def __init__(
        self, number: int, plain: tuple[Any, ...], standing: Standing, around: Around
    ) -> None:
        self.number = number
        self._plain, self._standing, self._around = plain, standing, around

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RegisterRow) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def key(self) -> str:
        """The question's id, as text."""
        return str(self._plain[0])

    @property
    def question(self) -> QuestionId:
        """The question's id."""
        return QuestionId(UUID(self._plain[0]))

    @property
    def asker_key(self) -> str:
        """Id of who asked, as text."""
        return str(self._plain[1])

    @property
    def is_mine(self) -> bool:
        """Whether the person at this laptop asked it of the team."""
        return bool(self._plain[1] == self._around.me) and not self.to_board

    @property
    def body(self) -> str:
        """The asker's words, whole; "" when they were taken back."""
        return self._plain[2] or ""

    @property
    def words(self) -> str:
        """The first line of the asker's words."""
        return self.body.strip().partition("\n")[0]

    @property
    def kind(self) -> AnnotationKind:
        """What sort of question it is."""
        return AnnotationKind(self._plain[3])

    @property
    def project(self) -> Project | None:
        """The project it is about."""
        return self._around.projects.get(self._plain[4])

    @property
    def site(self) -> Site | None:
        """The place it concerns."""
        return self._around.sites.get(self._plain[5])

    @property
    def raised_at(self) -> datetime | None:
        """When it was asked."""
        return datetime.fromisoformat(self._plain[6]) if self._plain[6] else None

    @property
    def since(self) -> datetime | None:
        """Since when it is in its state."""
        return datetime.fromisoformat(self._standing[1]) if self._standing[1] else (self.raised_at)

    @property
    def days(self) -> int:
        """Whole days in this state."""
        since = self.since
        return (self._around.now - since).days if since else 0

    @property
    def state(self) -> QuestionState:
        """Where it is."""
        # A look-up takes a sixth of the time of making the enum from its text, 20,000 times.
        return _STATES[self._standing[0]]

    @property
    def is_raised(self) -> bool:
        """Whether nobody has acknowledged it yet."""
        return bool(self._standing[0] == QuestionState.RAISED.value)

    @property
    def is_owed(self) -> bool:
        """Whether somebody waits: the asker for the team or, the other way, the team for us."""
        return self._standing[0] in _OWED_VALUES

    @property
    def asked_by(self) -> str:
        """Who asks, as others may see it."""
        if self.to_board:
            return self._plain[13] or THE_TEAM
        return self._around.asker(self._plain[1], self._plain[14])

    @property
    def holder(self) -> str:
        """Who has it now, in words."""
        return self._plain[7] or ("the board" if self.to_board else NOBODY)

    @property
    def assigned(self) -> Person | None:
        """The coordinator who looks after it."""
        return self._around.people.get(self._plain[11])

    @property
    def theme(self) -> str:
        """What it has in common with similar questions, in words, or ""."""
        return self._around.themes.get(self._plain[8], self._plain[8] or "")

    @property
    def tags(self) -> tuple[str, ...]:
        """Short labels."""
        return _listed(self._plain[9])

    @property
    def stage(self) -> str:
        """Code of the research stage, or ""."""
        return self._plain[10] or ""

    @property
    def stage_words(self) -> str:
        """What the research stage is called, or ""."""
        return self._around.stages.get(self.stage, self.stage)

    @property
    def frames(self) -> tuple[str, ...]:
        """Codes of the frames it was put in."""
        return _listed(self._plain[16])

    @property
    def considered(self) -> Considered | None:
        """Whether the team had thought of it before."""
        return Considered(self._plain[15]) if self._plain[15] else None

    @property
    def to_board(self) -> bool:
        """Whether the research team asks it of the board."""
        return bool(self._plain[12])

    @property
    def supports(self) -> int:
        """How many others would ask this too. For reading: nothing is ever ordered by it."""
        return self._around.supports.get(self.key, 0)

    @property
    def is_overdue(self) -> bool:
        """Whether it has waited longer than the board promises."""
        start = self._standing[2] or self._plain[6]
        return bool(start and self.is_owed) and self._around.is_overdue(self._standing[0], start)

    def named(self) -> str:
        """Return the names and tags that words are looked for in, without regard to capitals."""
        columns, kept = self._plain, self._around.folded
        key = (*columns[_ASKER:_BODY], *columns[_PROJECT:_RAISED], *columns[_HOLDER:_STAGE])
        key += columns[_TO_BOARD:_CONSIDERED]
        if key not in kept:
            # A holder that was written, not "the coordinator" where nothing was.
            parts = [self.asked_by, columns[_HOLDER] or "", self.theme, *self.tags]
            parts += [self.project.title if self.project else ""]
            parts += [self.site.name if self.site else ""]
            kept[key] = "\n".join(parts).casefold()
        return kept[key]


def _listed(plain: str | None) -> tuple[str, ...]:
    return tuple(json.loads(plain)) if plain and plain != "[]" else ()
