"""Who codes: peer researchers and coordinators, for every activity around the codebook."""

from __future__ import annotations

from ..domain.people import Person, Role
from .desk import Desk
from .ports import UnitOfWork

CODING = (Role.PEER_RESEARCHER, Role.COORDINATOR)


def may_code(person: Person) -> bool:
    """Return whether somebody works with codes at all."""
    return person.has(*CODING)


def require_coder(desk: Desk, work: UnitOfWork, *, doing: str) -> Person:
    """Return the person at the laptop if they work with codes.

    Args:
        desk: The open board.
        work: The unit of work.
        doing: What is wanted, in words that follow "can".

    Raises:
        NotAllowedError: They are neither a peer researcher nor a coordinator.
    """
    return desk.require(work, *CODING, doing=doing)
