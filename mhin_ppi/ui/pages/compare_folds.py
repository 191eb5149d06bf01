"""What of a comparison is folded away: words with a content note, in either version.

Words are hidden on the safe side: a change of which any word is folded in one of the versions is
hidden whole, since what was put in the place of such words, or what they replaced, tells of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ...domain.comparison import Comparison
from ...domain.weaving import Piece, PieceKind
from ..widgets.folds import Fold, Folds

READ = "read:"
"""Begins the link of a folded part; the ids of its content notes follow."""


@dataclass(frozen=True)
class KeptBack:
    """Which words of a comparison are not shown until a person asks.

    Args:
        comparison: What changed.
        old: The folds of the older version.
        new: The folds of the newer one.
    """

    comparison: Comparison
    old: Folds = Folds()
    new: Folds = Folds()

    @cached_property
    def hiding(self) -> Sequence[tuple[Fold, ...]]:
        """The folded parts that hide each piece, by its number."""
        pieces = self.comparison.pieces
        if not self.old.closed and not self.new.closed:
            return [()] * len(pieces)
        found = list(self._each(pieces))
        groups = [range(change.first, change.last) for change in self.comparison.changes]
        moves: dict[int, list[int]] = {}
        for number, piece in enumerate(pieces):
            if piece.move is not None:
                moves.setdefault(piece.move, []).append(number)
        for numbers in (*groups, *moves.values(), *groups):
            together = tuple(dict.fromkeys(fold for n in numbers for fold in found[n]))
            for number in numbers:
                found[number] = together
        return found

    def _each(self, pieces: Sequence[Piece]) -> Iterator[tuple[Fold, ...]]:
        old_at = new_at = 0
        for piece in pieces:
            old, new = piece.old or (old_at, old_at), piece.new or (new_at, new_at)
            old_at, new_at = old[1], new[1]
            touching = [*self.new.hiding(*new), *self.old.hiding(*old)]
            # Words that came or went at the very edge of a part belong to it as much as to others.
            yield tuple(dict.fromkeys(touching))

    def of_change(self, number: int) -> tuple[Fold, ...]:
        """Return the folded parts that hide a change."""
        return self.hiding[self.comparison.changes[number].first]

    def hides_now(self, span: tuple[int, int]) -> bool:
        """Return whether any words of the newer version in a range are folded away."""
        return bool(self.new.hiding(*span))

    def cut(self, number: int) -> Iterator[tuple[str, Fold | None]]:
        """Yield what is shown of one piece, in order: words, or the part that hides them."""
        piece = self.comparison.pieces[number]
        words, hiding = self.comparison.words_of(piece), self.hiding[number]
        parts = self._parts(piece)
        if parts is None:
            for fold in hiding:
                yield "", fold
            return
        at = 0
        for start, end, fold in parts:
            if start > at:
                yield words[at:start], None
            yield "", fold
            at = max(at, end)
        if at < len(words):
            yield words[at:], None

    def _parts(self, piece: Piece) -> list[tuple[int, int, Fold]] | None:
        """Return what is folded of words that stayed the same; ``None`` when all of it is.

        Offsets count in the piece, where both versions have the same letters.
        """
        if piece.kind is not PieceKind.SAME or piece.old is None or piece.new is None:
            return None
        length = piece.new[1] - piece.new[0]
        here, there = self.new.hiding(*piece.new), self.old.hiding(*piece.old)
        if there and piece.old[1] - piece.old[0] != length:
            return None
        found = [
            (max(0, fold.start - side[0]), min(length, fold.end - side[0]), fold)
            for folds, side in ((here, piece.new), (there, piece.old))
            for fold in folds
        ]
        return sorted(found)


def fold_words(fold: Fold) -> str:
    """Return what stands in the place of words that are folded away."""
    return f"This part touches on: {fold.words.rstrip('.')}. Read it"


def read_link(fold: Fold) -> str:
    """Return the link that asks for a part's words."""
    return READ + ",".join(fold.ids)


def ids_in(link: str) -> frozenset[str]:
    """Return the ids of content notes in such a link."""
    return frozenset(link.removeprefix(READ).split(","))
