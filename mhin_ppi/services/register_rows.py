"""One line of the register, decoded only where it is looked at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import count, repeat
from typing import Any, NamedTuple
from uuid import UUID

from ..domain.annotations import AnnotationKind
from ..domain.feedback_debt import THE_TEAM
from ..domain.people import Person
from ..domain.projects import Project, Site
from ..domain.questions import Considered, QuestionId, QuestionState
from .register_around import Around
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
_OWED = frozenset(QuestionState) - {
    *(QuestionState.FED_BACK, QuestionState.CLOSED, QuestionState.WITHDRAWN)
}
OWED_STATES = frozenset(state.value for state in _OWED)
"""Values of the states in which somebody waits: the asker for the team, or the team for us."""
_STATES = {state.value: state for state in QuestionState}


class _Parts(NamedTuple):
    number: int
    plain: tuple[Any, ...]
    standing: Standing
    around: Around


class RegisterRow(_Parts):
    """A question as the register lists it. Two rows of the same question are equal.

    A tuple underneath: twenty thousand of them are made in a sixth of the time of other objects.

    Args:
        number: Its place among all questions here by the day it was asked, from 1. It is for
            talking about the list; the id is what every laptop knows.
        plain: The question's columns, ``id`` and then ``FIELDS``.
        standing: Where it is.
        around: What stands around every row.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RegisterRow) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def key(self) -> str:
        """The question's id, as text."""
        return str(self.plain[0])

    @property
    def question(self) -> QuestionId:
        """The question's id."""
        return QuestionId(UUID(self.plain[0]))

    @property
    def asker_key(self) -> str:
        """Id of who asked, as text."""
        return str(self.plain[1])

    @property
    def is_mine(self) -> bool:
        """Whether the person at this laptop asked it of the team."""
        return bool(self.plain[1] == self.around.me) and not self.to_board

    @property
    def body(self) -> str:
        """The asker's words, whole; "" when they were taken back."""
        return self.plain[2] or ""

    @property
    def words(self) -> str:
        """The first line of the asker's words."""
        return self.body.strip().partition("\n")[0]

    @property
    def kind(self) -> AnnotationKind:
        """What sort of question it is."""
        return AnnotationKind(self.plain[3])

    @property
    def project(self) -> Project | None:
        """The project it is about."""
        return self.around.projects.get(self.plain[4])

    @property
    def site(self) -> Site | None:
        """The place it concerns."""
        return self.around.sites.get(self.plain[5])

    @property
    def raised_at(self) -> datetime | None:
        """When it was asked."""
        return datetime.fromisoformat(self.plain[6]) if self.plain[6] else None

    @property
    def since(self) -> datetime | None:
        """Since when it is in its state."""
        return datetime.fromisoformat(self.standing[1]) if self.standing[1] else (self.raised_at)

    @property
    def days(self) -> int:
        """Whole days in this state."""
        since = self.standing[1] or self.plain[_RAISED]
        return self.around.days_since(since) if since else 0

    @property
    def state(self) -> QuestionState:
        """Where it is."""
        # A look-up takes a sixth of the time of making the enum from its text, 20,000 times.
        return _STATES[self.standing[0]]

    @property
    def is_raised(self) -> bool:
        """Whether nobody has acknowledged it yet."""
        return bool(self.standing[0] == QuestionState.RAISED.value)

    @property
    def is_owed(self) -> bool:
        """Whether somebody waits: the asker for the team or, the other way, the team for us."""
        return self.standing[0] in OWED_STATES

    @property
    def asked_by(self) -> str:
        """Who asks, as others may see it."""
        if self.to_board:
            return self.plain[13] or THE_TEAM
        return self.around.asker(self.plain[1], self.plain[14])

    @property
    def holder(self) -> str:
        """Who has it now, in words."""
        return self.plain[7] or ("the board" if self.to_board else NOBODY)

    @property
    def assigned(self) -> Person | None:
        """The coordinator who looks after it."""
        return self.around.people.get(self.plain[11])

    @property
    def theme(self) -> str:
        """What it has in common with similar questions, in words, or ""."""
        return self.around.themes.get(self.plain[8], self.plain[8] or "")

    @property
    def tags(self) -> tuple[str, ...]:
        """Short labels."""
        return _listed(self.plain[9])

    @property
    def stage(self) -> str:
        """Code of the research stage, or ""."""
        return self.plain[10] or ""

    @property
    def stage_words(self) -> str:
        """What the research stage is called, or ""."""
        return self.around.stages.get(self.stage, self.stage)

    @property
    def frames(self) -> tuple[str, ...]:
        """Codes of the frames it was put in."""
        return _listed(self.plain[16])

    @property
    def considered(self) -> Considered | None:
        """Whether the team had thought of it before."""
        return Considered(self.plain[15]) if self.plain[15] else None

    @property
    def to_board(self) -> bool:
        """Whether the research team asks it of the board."""
        return bool(self.plain[12])

    @property
    def supports(self) -> int:
        """How many others would ask this too. For reading: nothing is ever ordered by it."""
        return self.around.supports.get(self.key, 0)

    @property
    def is_overdue(self) -> bool:
        """Whether it has waited longer than the board promises."""
        start = self.standing[2] or self.plain[6]
        return bool(start and self.is_owed) and self.around.is_overdue(self.standing[0], start)

    def named(self) -> str:
        """Return the names and tags that words are looked for in, without regard to capitals."""
        columns, kept = self.plain, self.around.folded
        key = (*columns[_ASKER:_BODY], *columns[_PROJECT:_RAISED], *columns[_HOLDER:_STAGE])
        key += columns[_TO_BOARD:_CONSIDERED]
        if key not in kept:
            # A holder that was written, not "the coordinator" where nothing was.
            parts = [self.asked_by, columns[_HOLDER] or "", self.theme, *self.tags]
            parts += [self.project.title if self.project else ""]
            parts += [self.site.name if self.site else ""]
            kept[key] = "\n".join(parts).casefold()
        return kept[key]


def rows_of(
    plain: Sequence[tuple[Any, ...]], standing: Iterable[Standing], around: Around
) -> list[RegisterRow]:
    """Return a row for each question, numbered from 1 in the order given.

    Args:
        plain: Each question's columns, ``id`` and then ``FIELDS``.
        standing: Where each of them is.
        around: What stands around every row.
    """
    return list(map(RegisterRow._make, zip(count(1), plain, standing, repeat(around))))


# What is asked of twenty thousand rows at once looks at their parts: a property takes five times
# as long as its answer.


def owed_rows(rows: Iterable[RegisterRow]) -> list[RegisterRow]:
    """Return the rows of which ``is_owed`` is true."""
    return [row for row in rows if row.standing[0] in OWED_STATES]


def raised_rows(rows: Iterable[RegisterRow]) -> list[RegisterRow]:
    """Return the rows of which ``is_raised`` is true."""
    raised = QuestionState.RAISED.value
    return [row for row in rows if row.standing[0] == raised]


def _listed(plain: str | None) -> tuple[str, ...]:
    return tuple(json.loads(plain)) if plain and plain != "[]" else ()
