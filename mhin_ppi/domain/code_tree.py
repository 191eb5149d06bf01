"""The codebook as a tree, and what merging and retiring do to it.

Codes are never deleted and what they coded is never recoded: a code that is *merged* is retired and
stands under the code it became, and whatever it coded counts as that one; a code that is *retired*
stands under none, is offered no more, and keeps what it coded. Both can be undone.

Two laptops may each move a code so that together they make a ring; every laptop breaks such a ring
at the same place, so that no code is ever lost from sight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ..errors import InputError
from .codebook import Code, CodeId

LONGEST_NAME = 80
"""Characters in a code's name: longer is a definition."""
MOST_CODES = 2_000
"""In one codebook; real ones have fewer than 200."""
COLOURS = (
    *("#1D5E8A", "#B45309", "#1E6B3A", "#8A2C6B", "#5B4B9A", "#A33B2E"),
    *("#0F6E70", "#6B5A10", "#3E5C1F", "#7A3E10", "#44546A", "#9A2F56"),
)
"""Offered in turn to new codes; each can be read on a light page (4.5 : 1 or better)."""


class CodeTree:
    """The codes of a board, or of one project, as a tree.

    Args:
        codes: In any order.
    """

    def __init__(self, codes: Iterable[Code]) -> None:
        self.by_id: Mapping[CodeId, Code] = {code.id: code for code in codes}

    @cached_property
    def parents(self) -> Mapping[CodeId, CodeId]:
        """The code that each stands under; a missing parent, or a ring's last link, is left out."""
        found: dict[CodeId, CodeId] = {}
        for code in sorted(self.by_id.values(), key=lambda code: str(code.id)):
            if code.parent not in self.by_id or code.parent is None:
                continue
            at: CodeId | None = code.parent
            while at is not None and at != code.id:
                at = found.get(at)
            if at is None:
                found[code.id] = code.parent
        return found

    @cached_property
    def _children(self) -> Mapping[CodeId | None, list[Code]]:
        found: dict[CodeId | None, list[Code]] = {}
        for code in sorted(self.by_id.values(), key=lambda code: (code.name.casefold(), code.id)):
            found.setdefault(self.parents.get(code.id), []).append(code)
        return found

    def walk(self) -> Iterator[tuple[Code, int]]:
        """Yield the codes that are offered, each with its depth from 0, as a page shows them."""
        waiting = [(code, 0) for code in reversed(self._children.get(None, []))]
        while waiting:
            code, depth = waiting.pop()
            if not code.retired:
                yield code, depth
            below = reversed(self._children.get(code.id, []))
            waiting += [(child, depth + (not code.retired)) for child in below]

    def retired(self) -> list[Code]:
        """Return the codes that are offered no more, merged ones left out, by name."""
        gone = [code for code, _ in self._everything() if code.retired]
        return [code for code in gone if self.stands_for(code.id) == code.id]

    def merged_into(self, code: CodeId) -> list[Code]:
        """Return the codes that have become this one, by name."""
        return [
            each
            for each, _ in self._everything()
            if each.retired and each.id != code and self.stands_for(each.id) == code
        ]

    def _everything(self) -> Iterator[tuple[Code, int]]:
        for code in sorted(self.by_id.values(), key=lambda code: (code.name.casefold(), code.id)):
            yield code, 0

    def stands_for(self, code: CodeId) -> CodeId:
        """Return the code that whatever this one coded counts as: itself, or what it became."""
        at = code
        while at in self.by_id and self.by_id[at].retired and at in self.parents:
            at = self.parents[at]
        return at

    def path(self, code: CodeId) -> tuple[Code, ...]:
        """Return the codes from the top down to this one."""
        found: list[Code] = []
        at: CodeId | None = code
        while at is not None and at in self.by_id:
            found.append(self.by_id[at])
            at = self.parents.get(at)
        return tuple(reversed(found))

    def below(self, code: CodeId) -> frozenset[CodeId]:
        """Return this code and every code under it."""
        found, waiting = {code}, [code]
        while waiting:
            for child in self._children.get(waiting.pop(), []):
                found.add(child.id)
                waiting.append(child.id)
        return frozenset(found)

    def check_move(self, code: CodeId, under: CodeId | None) -> None:
        """Check that a code may stand under another.

        Raises:
            InputError: It would stand under itself, or the other is offered no more.
        """
        if under is None:
            return
        if under in self.below(code):
            raise InputError(
                "A code cannot stand under itself, or under one of its own codes.",
                next_step="Choose another code to put it under.",
            )
        if under not in self.by_id or self.by_id[under].retired:
            raise InputError(
                "The code it should stand under is not offered any more.",
                next_step="Choose another one.",
            )

    def checked_name(self, name: str, *, under: CodeId | None, but: CodeId | None = None) -> str:
        """Return a name without needless spaces, if it can be used there.

        Args:
            name: As it was typed.
            under: The code it will stand under.
            but: The code that has the name already, when one is renamed.

        Raises:
            InputError: It is empty, too long, or taken by a neighbour.
        """
        tidy = " ".join(name.split())
        if not tidy:
            raise InputError("The code has no name.", next_step="Write a name of a few words.")
        if len(tidy) > LONGEST_NAME:
            raise InputError(
                f"The name is {len(tidy)} characters long; {LONGEST_NAME} fit.",
                next_step="Keep the name short, and write the rest as its definition.",
            )
        for code in self._children.get(under, []):
            if code.id != but and not code.retired and code.name.casefold() == tidy.casefold():
                raise InputError(
                    f"There is a code “{code.name}” here already.",
                    next_step="Use that one, or choose another name.",
                )
        return tidy

    def next_colour(self) -> str:
        """Return the colour that the fewest codes have."""
        used = [code.colour.upper() for code in self.by_id.values()]
        return min(COLOURS, key=lambda colour: used.count(colour))
