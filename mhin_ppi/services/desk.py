"""What every activity works with: the open board, the clock, and who is at the laptop."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ..domain.catalogue_entries import ImpactTaxonomy
from ..domain.facts import changes
from ..domain.people import Board, Person, PersonId, Role
from ..domain.spaces import Space, space_of
from ..errors import NotAllowedError
from .file_ports import DraftReader, ReportWriter
from .ports import Clock, Ids, Noun, Store, UnitOfWork

COORDINATING = (Role.COORDINATOR,)
APPROVING = (Role.COORDINATOR, Role.APPROVER, Role.PAYMENTS_OFFICER)


@dataclass(frozen=True)
class Desk:
    """One open board and the tools that every service needs.

    Args:
        store: The open board.
        clock: Tells the time.
        ids: Makes identities.
        reader: Turns files into text.
        writer: Draws reports.
        taxonomy: Kinds, stages and evidence of impact.
    """

    store: Store
    clock: Clock
    ids: Ids
    reader: DraftReader
    writer: ReportWriter
    taxonomy: ImpactTaxonomy

    def now(self) -> datetime:
        """Return the present instant (UTC), to the millisecond the store keeps."""
        instant = self.clock.now()
        return instant.replace(microsecond=instant.microsecond // 1000 * 1000)

    def today(self) -> date:
        """Return the day it is where the laptop stands."""
        return self.clock.now().astimezone().date()

    def new_id(self) -> UUID:
        """Return a fresh identity."""
        return self.ids.new()

    def me(self, work: UnitOfWork) -> Person:
        """Return the person whose laptop this is."""
        return work.get(Person, self.store.person)

    def board(self, work: UnitOfWork) -> Board:
        """Return the board."""
        return work.find(Board)[0]

    def require(self, work: UnitOfWork, *roles: Role, doing: str) -> Person:
        """Return the person at the laptop if they hold one of the roles.

        Args:
            work: The unit of work.
            roles: Any of these will do.
            doing: What is wanted, in words that follow "only a coordinator can".

        Raises:
            NotAllowedError: They hold none of them.
        """
        person = self.me(work)
        if not person.has(*roles):
            raise NotAllowedError(
                f"Only a {roles[0].value.replace('_', ' ')} can {doing}.",
                next_step="Ask your coordinator to do this.",
            )
        return person

    def author(self, work: UnitOfWork, on_behalf_of: PersonId | None) -> PersonId:
        """Return whose words are being recorded.

        Args:
            work: The unit of work.
            on_behalf_of: The person who said or wrote them elsewhere; ``None`` for oneself.

        Raises:
            NotAllowedError: Only a coordinator types in for others.
        """
        if on_behalf_of is None or on_behalf_of == self.store.person:
            return self.store.person
        self.require(work, *COORDINATING, doing="type in for somebody else")
        return work.get(Person, on_behalf_of).id

    def typed_by(self, author: PersonId) -> PersonId | None:
        """Return who typed, when it was not the author."""
        return None if author == self.store.person else self.store.person


def coordinators(work: UnitOfWork) -> frozenset[PersonId]:
    """Return everyone who coordinates the board."""
    return holders(work, COORDINATING)


def holders(work: UnitOfWork, roles: Iterable[Role]) -> frozenset[PersonId]:
    """Return everyone who holds one of the roles."""
    wanted = tuple(roles)
    return frozenset(person.id for person in work.find(Person) if person.has(*wanted))


def speaks_for_all(work: UnitOfWork) -> PersonId:
    """Return the coordinator who asks for the whole group: who was on the board first.

    The same on every laptop, so that two that make the group's question make one.
    """
    coordinating = [person for person in work.find(Person) if person.has(*COORDINATING)]
    return next((one.id for one in coordinating if not one.left_on), coordinating[0].id)


def keep(
    work: UnitOfWork, new: Noun, *, old: Noun | None = None, space: Space | None = None
) -> Noun:
    """Record a noun, or what changed in it, and return it.

    Args:
        work: The unit of work.
        new: As it should be.
        old: As it was; ``None`` when it is new.
        space: The audience, when it is not the noun's usual one.
    """
    work.record(space or space_of(new), changes(old, new))
    return new


def alter(work: UnitOfWork, old: Noun, **fields: Any) -> Noun:  # noqa: ANN401 - any field
    """Record new values of some fields of a noun, and return it as it now is."""
    new: Noun = dataclasses.replace(old, **fields)  # type: ignore[type-var]
    return keep(work, new, old=old)
