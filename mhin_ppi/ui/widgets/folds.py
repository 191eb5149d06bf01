"""Which parts of a draft are folded away: joined, widened and cut into what each block shows.

Pure reckoning in the draft's own offsets; how it looks is ``draft_document``'s part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mhin_ppi.domain.blocks import BlockKind, DraftText

_WHOLE = (BlockKind.TABLE, BlockKind.IMAGE)


@dataclass(frozen=True, slots=True, order=True)
class Fold:
    """A part of a draft that starts folded.

    Args:
        start: First code point.
        end: One past the last.
        words: What the part touches on.
        ids: Of the content notes it comes from.
        changeable: Whether the person at the laptop may change one of these notes.
    """

    start: int
    end: int
    words: str
    ids: tuple[str, ...] = ()
    changeable: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """What one block shows next: words, the box of a fold, or the way to fold a part again.

    Args:
        start: First code point of the words.
        end: One past the last; equal to ``start`` when there are no words.
        box: The fold whose box stands here, if one does.
        ending: The open part that ends here, if one does.
    """

    start: int
    end: int
    box: Fold | None = None
    ending: Fold | None = None


@dataclass(frozen=True, slots=True)
class Folds:
    """The folds of one draft: in order, apart from each other, and which of them are open.

    Args:
        all: From the first to the last.
        opened: Ids of the content notes whose parts were opened.
    """

    all: tuple[Fold, ...] = ()
    opened: frozenset[str] = frozenset()

    def is_open(self, fold: Fold) -> bool:
        """Return whether a part is open: every note on it was."""
        return set(fold.ids) <= self.opened

    @property
    def closed(self) -> tuple[Fold, ...]:
        """The parts that are folded away now."""
        return tuple(fold for fold in self.all if not self.is_open(fold))

    def hiding(self, start: int, end: int) -> list[Fold]:
        """Return the parts, folded away now, that hold any of these words."""
        return [fold for fold in self.touching(start, end) if not self.is_open(fold)]

    def with_open(self, fold: Fold, *, on: bool) -> Folds:
        """Return the folds with one part opened or folded again."""
        ids = frozenset(fold.ids)
        return replace(self, opened=self.opened | ids if on else self.opened - ids)

    def touching(self, start: int, end: int) -> list[Fold]:
        """Return the folds that share a code point with a range, or lie around an empty one."""
        if start == end:
            return [fold for fold in self.all if fold.start <= start and end <= fold.end]
        return [fold for fold in self.all if fold.start < end and start < fold.end]

    def pieces(self, start: int, end: int) -> list[Piece]:
        """Return what a block of these offsets shows, in order; nothing where it is folded away."""
        touching = self.touching(start, end)
        if start == end:
            return _of_empty(start, [fold for fold in touching if not self.is_open(fold)])
        found, at = [], start
        for fold in touching:
            if self.is_open(fold):
                if fold.end <= end:
                    found.append(Piece(at, fold.end, ending=fold))
                    at = fold.end
                continue
            if fold.start > at:
                found.append(Piece(at, fold.start))
            if fold.start >= start:
                found.append(Piece(fold.start, fold.start, box=fold))
            at = min(fold.end, end)
        if at < end:
            found.append(Piece(at, end))
        return found


def _of_empty(start: int, hiding: list[Fold]) -> list[Piece]:
    return [] if hiding else [Piece(start, start)]


def lay_over(draft: DraftText, wanted: Iterable[Fold], *, opened: frozenset[str]) -> Folds:
    """Return folds fit for a draft.

    A table or a picture is folded whole, since half of one tells nothing. Parts that overlap become
    one. What lies outside the text, or holds no words, is left out.

    Args:
        draft: The draft.
        wanted: The folds, in any order.
        opened: Ids of the content notes whose parts are open.
    """
    laid: list[Fold] = []
    fitted = (_fitted(draft, fold) for fold in wanted)
    for fold in sorted(fold for fold in fitted if fold is not None):
        if laid and fold.start < laid[-1].end:
            laid[-1] = _joined(laid[-1], fold)
        else:
            laid.append(fold)
    return Folds(tuple(laid), opened)


def _fitted(draft: DraftText, fold: Fold) -> Fold | None:
    start, end = max(0, fold.start), min(fold.end, len(draft.text))
    while start < end and draft.text[start].isspace():
        start += 1
    while start < end and draft.text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    first, last = draft.block_at(start), draft.block_at(end - 1)
    if draft.blocks[first].kind in _WHOLE:
        start = draft.starts[first]
    if draft.blocks[last].kind in _WHOLE:
        end = max(end, draft.starts[last] + len(draft.blocks[last].text))
    return replace(fold, start=start, end=end)


def _joined(one: Fold, other: Fold) -> Fold:
    said = [one.words, *([other.words] if other.words not in one.words.split("; ") else [])]
    return Fold(
        one.start,
        max(one.end, other.end),
        "; ".join(words for words in said if words),
        (*one.ids, *(each for each in other.ids if each not in one.ids)),
        one.changeable or other.changeable,
    )
