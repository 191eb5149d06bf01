"""What people say about an activity afterwards, from both sides.

The four scales are those of the Cube (Gibson, Welsman and Britten 2017, doi:10.1111/hex.12486), in
our own words. They are never averaged over people and never ranked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NewType
from uuid import UUID

from ..errors import InputError
from .drafts import RoundId
from .fields import link, words
from .meetings import MeetingId
from .people import PersonId
from .projects import ProjectId

ReflectionId = NewType("ReflectionId", UUID)
SCALE_ENDS = (
    ("My voice was weak", "My voice was strong"),
    ("There was one way to take part", "There were many ways to take part"),
    ("It was about what the organisation cares about", "It was about what the public cares about"),
    ("The organisation did not want to change", "The organisation was ready to change"),
)
"""The two ends of each of the four scales, in order (Cube; wording ours)."""
SCALE_TOP = 100
LEFT_OUT = -1
"""Stands for a scale on which somebody did not want to place themselves."""


@dataclass(frozen=True, slots=True)
class Reflection:
    """One person's short look back at one activity.

    Args:
        id: Made on the person's laptop.
        person: Who looks back.
        meeting: The meeting it is about.
        round: The request to read it is about.
        project: The project it is about.
        on: The day.
        from_team: Whether it is the research team's side.
        went_well: What went well.
        did_not: What did not.
        to_change: What to change next time.
        scales: Where they put themselves on the four scales, 0 to 100 each, ``LEFT_OUT`` for one
            that they left out; empty when they left out all.
        comments: What they say about the scales; "" when nothing.
        said_by: Who said it, in words, when they are not on the board.
        shared: Whether the whole board may read it; otherwise the coordinators only.
    """

    id: ReflectionId
    person: PersonId = link()
    meeting: MeetingId | None = link(default=None)
    round: RoundId | None = link(default=None)
    project: ProjectId | None = link(default=None)
    on: date = date.min
    from_team: bool = False
    went_well: str = words("")
    did_not: str = words("")
    to_change: str = words("")
    scales: tuple[int, ...] = ()
    comments: str = words("")
    said_by: str = words("")
    shared: bool = False


def check_scales(scales: Sequence[int]) -> tuple[int, ...]:
    """Return where somebody put themselves on the four scales; empty when they left out all.

    Args:
        scales: 0 to ``SCALE_TOP`` for each, or ``LEFT_OUT``; or none at all.

    Raises:
        InputError: There are not four, or one lies outside its scale.
    """
    placed = tuple(scales)
    if all(place == LEFT_OUT for place in placed):
        return ()
    if len(placed) != len(SCALE_ENDS) or any(
        place != LEFT_OUT and not 0 <= place <= SCALE_TOP for place in placed
    ):
        raise InputError(
            f"There are {len(SCALE_ENDS)} scales, each from 0 to {SCALE_TOP}.",
            next_step="Place yourself on each, or leave it out.",
        )
    return placed
