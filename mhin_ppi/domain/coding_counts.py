"""How often each code was used: by place, and by what sort of words it stands in.

Counts describe the log: passages, not people's worth. Where people are counted, fewer than five
are never told, and no count of people is split by place, so that none can be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .attribution import FEWEST
from .code_tree import CodeTree
from .codebook import CodeId
from .projects import SiteId

DRAFT, QUOTE = "draft", "quote"
"""The sorts of words that are not a member's note; a note's sort is its kind."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One coding, as counting sees it.

    Args:
        code: The code it was given.
        sort: ``DRAFT``, ``QUOTE``, or the value of a note's kind.
        site: The place the words concern, where it is known.
        speaker: Whose words they are; ``None`` for a draft's own.
    """

    code: CodeId
    sort: str
    site: SiteId | None = None
    speaker: object | None = None


@dataclass(frozen=True, slots=True)
class CodeCount:
    """What is counted for one code, or in all.

    Args:
        passages: How many passages.
        by_cell: How many by (place, sort).
        people: How many different people the words are of, in words; "" where they are nobody's.
    """

    passages: int = 0
    by_cell: Mapping[tuple[SiteId | None, str], int] = field(default_factory=dict)
    people: str = ""

    def at(self, site: SiteId | None, *, sort: str | None = None) -> int:
        """Return how many passages concern a place, of one sort or of all."""
        cells = self.by_cell.items()
        return sum(n for (where, what), n in cells if where == site and sort in (None, what))

    def of(self, sort: str | None) -> int:
        """Return how many passages are of a sort, or of all."""
        return sum(n for (_, what), n in self.by_cell.items() if sort in (None, what))


@dataclass(frozen=True, slots=True)
class Counts:
    """Every code's counts.

    Args:
        by_code: Of each code by itself, codes that became it included; codes never used are not in.
        total: Over all codes.
    """

    by_code: Mapping[CodeId, CodeCount]
    total: CodeCount

    def of(self, code: CodeId) -> CodeCount:
        """Return one code's counts, all nought where it was never used."""
        return self.by_code.get(code, CodeCount())

    @property
    def sites(self) -> set[SiteId | None]:
        """The places that any passage concerns."""
        return {site for site, _ in self.total.by_cell}

    @property
    def sorts(self) -> set[str]:
        """The sorts of words in which anything was coded."""
        return {sort for _, sort in self.total.by_cell}


def count_codings(codings: Iterable[Counted], tree: CodeTree) -> Counts:
    """Count passages by code, place and sort.

    Args:
        codings: What was coded and may be counted.
        tree: The codebook: what merged codes coded counts as what they became.
    """
    found: dict[CodeId, list[Counted]] = {}
    everything = list(codings)
    for coding in everything:
        found.setdefault(tree.stands_for(coding.code), []).append(coding)
    return Counts({code: _count(some) for code, some in found.items()}, _count(everything))


def _count(codings: list[Counted]) -> CodeCount:
    cells: dict[tuple[SiteId | None, str], int] = {}
    for coding in codings:
        cell = (coding.site, coding.sort)
        cells[cell] = cells.get(cell, 0) + 1
    speakers = {coding.speaker for coding in codings if coding.speaker is not None}
    return CodeCount(len(codings), cells, people_words(len(speakers)))


def people_words(number: int) -> str:
    """Return a count of people in words that give no small number away ("" for none).

    >>> people_words(3), people_words(12)
    ('fewer than 5', '12')
    """
    if not number:
        return ""
    return str(number) if number >= FEWEST else f"fewer than {FEWEST}"
