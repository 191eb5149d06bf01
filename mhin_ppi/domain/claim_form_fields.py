"""The names that an organisation's own claim form can use: written in its file as ``{{name}}``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .british import day, money, time_given
from .claim_lines import ClaimLine
from .claim_reference import reference_of
from .claims import Claim
from .expenses import category_of

FIELDS: Mapping[str, str] = {
    "person": "Who claims",
    "reference": "The claim's reference",
    "board": "The board",
    "date": "The day the form is filled in",
    "total": "The sum of the lines",
    "line.day": "A line: the day",
    "line.what": "A line: what for",
    "line.project": "A line: the project",
    "line.category": "A line: the kind of expense, or time",
    "line.time": "A line: the time given",
    "line.amount": "A line: the amount",
}
"""Every name, and what it stands for. A row with a name that begins with "line." is repeated."""

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_. ]{0,60}?)\s*\}\}")
LINE = "line."


@dataclass(frozen=True, slots=True)
class FormFields:
    """What an organisation's form asks for.

    Args:
        found: Names that are known, each once, in the order of the file.
        unknown: Names that nobody here knows: they stay as they are.
    """

    found: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """Names that the form does not use."""
        return tuple(name for name in FIELDS if name not in self.found)


def fields_among(names: Iterable[str]) -> FormFields:
    """Part the names in a file into known ones and others."""
    every = tuple(dict.fromkeys(names))
    return FormFields(
        found=tuple(name for name in every if name in FIELDS),
        unknown=tuple(name for name in every if name not in FIELDS),
    )


def filled_in(
    claim: Claim,
    *,
    name: str,
    board_name: str,
    projects: Mapping[str, str],
    today: date,
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return what goes into a form: once, and for each line.

    Args:
        claim: Which claim.
        name: Whose.
        board_name: The board.
        projects: Titles, by id as text.
        today: The day it is.
    """
    once = {
        "person": name,
        "reference": reference_of(claim.id),
        "board": board_name,
        "date": day(today),
        "total": money(claim.asked_pence),
    }
    return once, [_line(line, projects) for line in claim.lines]


def _line(line: ClaimLine, projects: Mapping[str, str]) -> dict[str, str]:
    return {
        "line.day": day(line.on),
        "line.what": line.what,
        "line.project": projects.get(line.project, ""),
        "line.category": category_of(line.category).words if line.category else "Time",
        "line.time": time_given(line.minutes) if line.minutes else "",
        "line.amount": money(line.pence),
    }
