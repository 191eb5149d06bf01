"""People, their roles, and how each wants to be named.

Credit is a rule, not a memory: every screen and report asks :func:`credited_as` and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .fields import link, words

PersonId = NewType("PersonId", UUID)
BoardId = NewType("BoardId", str)
DeviceId = NewType("DeviceId", str)


class Role(StrEnum):
    """What a person may do on a board; one person may hold several."""

    MEMBER = "member"
    PEER_RESEARCHER = "peer_researcher"
    COORDINATOR = "coordinator"
    GUEST = "guest"
    CLINICIAN = "clinician"
    PARTNER = "partner"
    RESEARCHER = "researcher"
    APPROVER = "approver"
    PAYMENTS_OFFICER = "payments_officer"


class Credit(StrEnum):
    """How a person wants to appear; set per person, changeable per contribution."""

    FULL_NAME = "full_name"
    FIRST_NAME = "first_name"
    PSEUDONYM = "pseudonym"
    NOT_NAMED = "not_named"


@dataclass(frozen=True, slots=True)
class Board:
    """The advisory board itself.

    Args:
        id: SHA-256 (hex) of the board's root key: a board cannot be impersonated by its name.
        name: What its people call it.
        founded_on: The day it was started in this program.
        member_word: What a member is called on screen ("board member", "expert by experience").
        acknowledge_days: Promised working days until a question is acknowledged.
        answer_days: Promised working days until it is answered.
        year_month: The month in which a financial year starts, 1 to 12 (4: 1 April).
        payment_weeks: How long finance usually takes, in words that follow "usually".
        root_pk: Public half of the board's root key (Ed25519, hex).
        root_signature: The root key's signature over the founding device's id (hex).
    """

    id: BoardId
    name: str = words()
    founded_on: date = date.min
    member_word: str = "board member"
    acknowledge_days: int = 10
    answer_days: int = 30
    year_month: int = 4
    payment_weeks: str = "4–6 weeks"
    root_pk: str = ""
    root_signature: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone on the board or of the research team.

    Args:
        id: Made on the laptop that added them.
        name: Full name.
        roles: Everything they are on this board.
        pseudonym: A name they chose to appear under; "" when none.
        credit: How they appear unless a contribution says otherwise. Not named is the start: a
            person opts in to being named.
        not_quoted: Their words are never shown in a report.
        contact: Address or telephone, for the coordinator.
        joined_on: First day on the board.
        left_on: Last day, when they have left.
    """

    id: PersonId
    name: str = words()
    roles: tuple[Role, ...] = (Role.MEMBER,)
    pseudonym: str = words("")
    credit: Credit = Credit.NOT_NAMED
    not_quoted: bool = False
    contact: str = words("")
    joined_on: date | None = None
    left_on: date | None = None

    def has(self, *roles: Role) -> bool:
        """Return whether the person holds any of the roles."""
        return any(role in self.roles for role in roles)


@dataclass(frozen=True, slots=True)
class Device:
    """One laptop of one person, as the rest of the board knows it (its certificate).

    Args:
        id: SHA-256 (hex) of the certificate's other fixed fields.
        person: Whose laptop it is; every entry it signs is theirs.
        label: A neutral name ("laptop 1").
        sign_pk: Ed25519 public key, hex.
        age_pk: X25519 public key, hex.
        pq_pk: Post-quantum public key, hex, or "" where the platform has none.
        created: When its keys were made.
        revoked: Whether it may no longer write.
    """

    id: DeviceId
    person: PersonId = link()
    label: str = ""
    sign_pk: str = ""
    age_pk: str = ""
    pq_pk: str = ""
    created: datetime | None = None
    revoked: bool = False


def credited_as(person: Person, *, choice: Credit | None = None, member_word: str) -> str:
    """Return the name under which a contribution appears to others.

    Args:
        person: Who contributed.
        choice: What they chose for this contribution; ``None`` for their usual choice.
        member_word: The board's word for a member, for those who are not named.
    """
    wanted = choice or person.credit
    if wanted is Credit.FULL_NAME:
        return person.name
    if wanted is Credit.FIRST_NAME:
        return person.name.split()[0] if person.name.split() else nobody_named(member_word)
    if wanted is Credit.PSEUDONYM and person.pseudonym:
        return person.pseudonym
    return nobody_named(member_word)


def nobody_named(member_word: str) -> str:
    """Return what stands where no name is shown ("An expert by experience")."""
    article = "An" if member_word[:1].lower() in "aeiou" else "A"
    return f"{article} {member_word}"
