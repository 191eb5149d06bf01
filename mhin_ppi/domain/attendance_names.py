"""Names in a list of who was there, found among the people of the board. Nothing is guessed.

A name that is the same counts; a name that is close is offered, and a person decides.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .attendance_list import AttendanceList, Attended
from .people import Person

CLOSE = 0.72
"""From which likeness (0 to 1, of difflib) a name is offered."""
_ASIDE = re.compile(r"\((?:guest|external|unverified|host|co-host|me|she|he|they)[^)]*\)", re.I)
_NOT_LETTERS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class NameFound:
    """One name of a list, and the person it is.

    Args:
        attended: The name.
        person: Who it is, or may be; ``None`` when nobody's name is close.
        is_sure: Whether the name, or the address, is the same and nobody else has it.
    """

    attended: Attended
    person: Person | None = None
    is_sure: bool = False


def find_names(attended: AttendanceList, people: Sequence[Person]) -> list[NameFound]:
    """Return every name of a list with the person it is, or may be.

    Args:
        attended: The list.
        people: Everyone on the board.
    """
    return [_find(one, people) for one in attended.people]


def plain_name(name: str) -> str:
    """Return a name for comparing: no accents, capitals, points or asides; "Okafor, Ruth" turned.

    >>> plain_name("OKAFOR,  Ruth (Guest)"), plain_name("Zoë O'Néill")
    ('ruth okafor', 'zoe o neill')
    """
    bare = _ASIDE.sub(" ", name)
    last, comma, first = bare.partition(",")
    turned = f"{first} {last}" if comma and "," not in first else bare
    split = unicodedata.normalize("NFKD", turned)
    letters = "".join(each for each in split if not unicodedata.combining(each))
    return _NOT_LETTERS.sub(" ", letters).strip().casefold()


def _find(attended: Attended, people: Sequence[Person]) -> NameFound:
    if attended.email:
        wanted = attended.email.casefold()
        found = [p for p in people if wanted in p.contact.casefold().split()]
        if len(found) == 1:
            return NameFound(attended, found[0], is_sure=True)
    names = [plain for name in (attended.name, attended.other_name) if (plain := plain_name(name))]
    if attended.by_phone or not names:
        return NameFound(attended)
    same = [person for person in people if plain_name(person.name) in names]
    if same:
        return NameFound(attended, same[0], is_sure=len(same) == 1)
    likely = [(max(_likeness(name, person) for name in names), person) for person in people]
    best = max(likely, key=lambda pair: pair[0], default=(0.0, None))
    return NameFound(attended, best[1] if best[0] >= CLOSE else None)


def _likeness(name: str, person: Person) -> float:
    theirs = plain_name(person.name)
    if not theirs:
        return 0.0
    # "Amina", "Amina K": a first name alone is as good as close, and no more than that.
    first = name.split()[0] == theirs.split()[0]
    return max(CLOSE if first else 0.0, SequenceMatcher(None, name, theirs).ratio())
