"""Spaces: who a log entry is for. A space is an audience, and has its own graph.

Source: ``SECURITY_DESIGN.md`` 6.
"""

from __future__ import annotations

from typing import Any, NewType

from .accounts import Batch, Cost, FinanceLayout, FormTemplate, PeriodClose
from .annotations import Annotation, Visibility
from .codebook import Coding, Memo, ParticipantQuote
from .drafts import ReviewReturn
from .involvement import Involvement
from .meeting_parts import Invitation
from .people import Board, Device, Person, PersonId
from .placements import Placement
from .questions import Question
from .rates import Budget
from .receipts import Receipt
from .reflections import Reflection
from .register import SavedView

Space = NewType("Space", str)

ADMIN = Space("admin")
BOARD = Space("board")
MONEY = Space("money")


def person_space(person: PersonId) -> Space:
    """Return the space that a person shares with the coordinators only."""
    return Space(f"person:{person}")


def own_space(person: PersonId) -> Space:
    """Return the space of a person's own laptops: what is kept to *only me*."""
    return Space(f"own:{person}")


def _for_visibility(visibility: Visibility, person: PersonId) -> Space:
    if visibility is Visibility.ONLY_ME:
        return own_space(person)
    return person_space(person) if visibility is Visibility.COORDINATOR else BOARD


def space_of(noun: Any) -> Space:  # noqa: ANN401 - any noun of this room
    """Return the space in which a noun's facts are recorded.

    Args:
        noun: Any noun of the domain.
    """
    match noun:
        case Board() | Person() | Device():
            return ADMIN
        case (
            Annotation(visibility=visibility, author=author)
            | Placement(visibility=visibility, author=author)
        ):
            return _for_visibility(visibility, author)
        case Question(visibility=visibility, asker=asker):
            return _for_visibility(visibility, asker)
        case SavedView(person=person):
            return own_space(person)
        case Reflection(shared=True):
            return BOARD
        case (
            Involvement(person=person)
            | ReviewReturn(person=person)
            | Invitation(person=person)
            | Reflection(person=person)
            | Receipt(person=person)
        ):
            return person_space(person)
        case Coding(coder=person) | Memo(author=person) | ParticipantQuote(kept_by=person):
            return person_space(person)
        case Budget() | Batch() | Cost() | PeriodClose() | FinanceLayout() | FormTemplate():
            return MONEY
        case _:
            return BOARD
