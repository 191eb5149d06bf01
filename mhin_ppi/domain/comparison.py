"""Two versions as one text to read: what stayed, what came, what went, what moved.

It stands on the same alignment that carries people's notes, so that both tell the same story. Every
character of the old version and every character of the new one is in exactly one piece: each
version can be rebuilt from the comparison.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .alignment import Alignment
from .weaving import Piece, PieceKind, Span, woven


class ChangeKind(StrEnum):
    """What one change is, as a reader would count it."""

    REWORDED = "reworded"
    ADDED = "added"
    TAKEN_OUT = "taken_out"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class TextChange:
    """One change: pieces that stand next to one another.

    Args:
        kind: What it is.
        first: Number of its first piece.
        last: One past the number of its last piece.
        old: The old text it covers; empty (start = end) at the place where something was added.
        new: The new text it covers; empty at the place where something was taken out.
        move: Which moved passage it is, where it is one.
    """

    kind: ChangeKind
    first: int
    last: int
    old: Span
    new: Span
    move: int | None = None


class Comparison:
    """Two versions laid into one another.

    Args:
        alignment: Which sentence and word became which.
    """

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self.old_text, self.new_text = alignment.old.text, alignment.new.text

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Every piece, in the order of the new text; what went stands where it stood before."""
        return tuple(woven(self._alignment))

    @cached_property
    def changes(self) -> tuple[TextChange, ...]:
        """Every change, in order."""
        found, first = [], 0
        for at in range(1, len(self.pieces) + 1):
            if at == len(self.pieces) or _parts(self.pieces[at - 1], self.pieces[at]):
                if self.pieces[first].kind is not PieceKind.SAME:
                    found.append(self._change(first, at))
                first = at
        return tuple(found)

    @cached_property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind; a moved passage counts once."""
        counts: Counter[ChangeKind] = Counter(change.kind for change in self.changes)
        moves = {piece.move for piece in self.pieces if piece.move is not None}
        return {kind: counts[kind] for kind in ChangeKind} | {ChangeKind.MOVED: len(moves)}

    def other_end(self, move: int, *, seen: int) -> int | None:
        """Return the number of the piece that shows a moved passage in its other place.

        Args:
            move: Which moved passage.
            seen: The number of a piece of it, in the place that is in view.
        """
        kind = self.pieces[seen].kind
        ends = (PieceKind.MOVED_HERE, PieceKind.MOVED_AWAY)
        wanted = ends[1] if kind is ends[0] else ends[0]
        return self._ends.get((move, wanted))

    def words_of(self, piece: Piece) -> str:
        """Return a piece's text: as it is now where it stands in the new version."""
        if piece.new is not None:
            return self.new_text[slice(*piece.new)]
        return self.old_text[slice(*piece.old)] if piece.old is not None else ""

    def touching(self, start: int, end: int) -> list[int]:
        """Return the numbers of the changes that touch a range of the old text."""
        return [
            number
            for number, change in enumerate(self.changes)
            if change.old[0] < end
            and change.old[1] > start
            or (change.old[0] == change.old[1] and start < change.old[0] < end)
        ]

    @cached_property
    def _ends(self) -> Mapping[tuple[int, PieceKind], int]:
        found: dict[tuple[int, PieceKind], int] = {}
        for number, piece in enumerate(self.pieces):
            if piece.move is not None:
                found.setdefault((piece.move, piece.kind), number)
        return found

    def _change(self, first: int, last: int) -> TextChange:
        pieces = self.pieces[first:last]
        kinds = {piece.kind for piece in pieces}
        move = next((piece.move for piece in pieces if piece.move is not None), None)
        if move is not None:
            kind = ChangeKind.MOVED
        elif kinds == {PieceKind.ADDED}:
            kind = ChangeKind.ADDED
        elif kinds == {PieceKind.TAKEN_OUT}:
            kind = ChangeKind.TAKEN_OUT
        else:
            kind = ChangeKind.REWORDED
        return TextChange(
            kind=kind,
            first=first,
            last=last,
            old=_cover([p.old for p in pieces], otherwise=self._place(first, old=True)),
            new=_cover([p.new for p in pieces], otherwise=self._place(first, old=False)),
            move=move,
        )

    def _place(self, number: int, *, old: bool) -> int:
        """Return where a version stands just before a piece."""
        for piece in reversed(self.pieces[:number]):
            span = piece.old if old else piece.new
            if span is not None:
                return span[1]
        return 0


def _parts(before: Piece, after: Piece) -> bool:
    """Return whether one change (or what is the same) ends between two pieces."""
    if PieceKind.SAME in (before.kind, after.kind):
        return True
    replaced = before.kind is PieceKind.TAKEN_OUT and after.kind is PieceKind.ADDED
    return before.move != after.move or (before.breaks and not replaced)


def _cover(spans: Sequence[Span | None], *, otherwise: int) -> Span:
    there = [span for span in spans if span is not None]
    return (there[0][0], there[-1][1]) if there else (otherwise, otherwise)
