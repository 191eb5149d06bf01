"""What the head of the register says, and what its filters offer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from .register_around import Around
from .register_fates import Standing
from .register_rows import FIELDS, OWED_STATES, RegisterRow

_ASKER, _RAISED, _TO_BOARD = (1 + FIELDS.index(n) for n in ("asker", "raised_at", "to_board"))


@dataclass(frozen=True)
class Counts:
    """Numbers of a whole register.

    Args:
        overdue: How many have waited longer than promised.
        owed: How many members' questions still wait for an answer.
        askers_owed: From how many people those are.
    """

    overdue: int
    owed: int
    askers_owed: int


def counts_of(
    plain: Iterable[tuple[Any, ...]], standing: Iterable[Standing], around: Around
) -> Counts:
    """Count a register in one look: what its rows say one by one takes five times as long.

    Args:
        plain: Each question's columns, ``id`` and then ``FIELDS``.
        standing: Where each of them is.
        around: What stands around all of them.
    """
    late_before = {state: around.late_before(state) for state in OWED_STATES}
    askers: list[str] = []
    overdue = 0
    for columns, stands in zip(plain, standing, strict=True):
        if stands[0] in late_before:
            if not columns[_TO_BOARD]:
                askers.append(columns[_ASKER])
            if "" < (stands[2] or columns[_RAISED] or "") < late_before[stands[0]]:
                overdue += 1
    return Counts(overdue=overdue, owed=len(askers), askers_owed=len(set(askers)))


@dataclass(frozen=True)
class Offered:
    """What the filters of a register offer, each word once and in order.

    Args:
        holders: Everyone who has a question now, by name.
        tags: Every tag in use.
        themes: Every theme in use.
    """

    holders: tuple[str, ...]
    tags: tuple[str, ...]
    themes: tuple[str, ...]


def offered_by(rows: Sequence[RegisterRow]) -> Offered:
    """Return what the filters of a register with these rows offer."""
    return Offered(
        holders=_in_order(row.holder for row in _one_of_each(rows, "holder", "to_board")),
        tags=_in_order(tag for row in _one_of_each(rows, "tags") for tag in row.tags),
        themes=_in_order(row.theme for row in _one_of_each(rows, "theme")),
    )


def _one_of_each(rows: Iterable[RegisterRow], *fields: str) -> Iterable[RegisterRow]:
    """Return a row for each value that some columns have: most of 20,000 say what others say."""
    of = itemgetter(*(1 + FIELDS.index(field) for field in fields))
    return {of(row.plain): row for row in rows}.values()


def _in_order(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if word}, key=str.casefold))
