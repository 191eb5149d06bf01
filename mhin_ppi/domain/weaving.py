"""The sentences of two versions laid into one another, piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from .alignment import Alignment
from .text_parts import TextParts

Span = tuple[int, int]
FEWEST_KEPT_LETTERS = 4
"""Fewer kept letters than this between two changes are shown as changed, to be readable."""


class PieceKind(StrEnum):
    """What became of a piece of text."""

    SAME = "same"
    ADDED = "added"
    TAKEN_OUT = "taken_out"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that shares one fate.

    Args:
        kind: What became of it.
        old: Start and end in the old text; ``None`` when it stands in the new one only.
        new: Start and end in the new text; ``None`` when it stood in the old one only.
        move: Which moved passage it belongs to, from 0; ``None`` when it was not moved.
        breaks: Whether a paragraph ends after it.
    """

    kind: PieceKind
    old: Span | None
    new: Span | None
    move: int | None = None
    breaks: bool = False


def woven(alignment: Alignment) -> Iterator[Piece]:
    """Yield every piece of two versions, neighbours that are alike made one.

    Args:
        alignment: Which sentence and word became which.
    """
    return _joined(_Weaver(alignment).pieces())


class _Weaver:
    """Lays the sentences of two versions into one another, one unit after the next."""

    def __init__(self, alignment: Alignment) -> None:
        self._alignment = alignment
        self._old, self._new = alignment.old, alignment.new
        self._moves = self._numbered_moves()
        self._came_from = {alignment.pairs[i].new: i for i in self._moves}

    def pieces(self) -> Iterator[Piece]:
        pairs, order = self._alignment.pairs, sorted(self._alignment.in_order)
        if not self._old.sentences:
            yield from _alone(PieceKind.TAKEN_OUT, self._old.text, old=True)
        if not self._new.sentences:
            yield from _alone(PieceKind.ADDED, self._new.text, old=False)
        i = j = 0
        for old in [*order, len(self._old.sentences)]:
            new = pairs[old].new if old < len(self._old.sentences) else len(self._new.sentences)
            for gone in range(i, old):
                yield from self._gone(gone)
            for come in range(j, new):
                yield from self._come(come)
            if old < len(self._old.sentences):
                goes_on = old + 1 < len(self._old.sentences) and old + 1 not in (
                    self._alignment.in_order
                )
                yield from self._both(old, new, before_gone=goes_on)
            i, j = old + 1, new + 1

    def _numbered_moves(self) -> Mapping[int, int]:
        """Return which moved passage each moved sentence of the old version belongs to."""
        pairs, numbers = self._alignment.pairs, {}
        number, before = -1, None
        for i in sorted(set(pairs) - self._alignment.in_order):
            if before is None or (i, pairs[i].new) != (before + 1, pairs[before].new + 1):
                number += 1
            numbers[i], before = number, i
        return numbers

    def _gone(self, sentence: int) -> Iterator[Piece]:
        """Yield a sentence that is no longer in this place."""
        start, end = _extent(self._old, sentence)
        tail = self._old.text[self._old.words[_last(self._old, sentence)][1] : end]
        breaks = "\n" in tail or end == len(self._old.text)
        move = self._moves.get(sentence)
        if move is None:
            yield Piece(PieceKind.TAKEN_OUT, (start, end), None, breaks=breaks)
            return
        spans = [
            (kind, old) for kind, old, _ in self._runs(sentence) if kind is not PieceKind.ADDED
        ]
        for kind, span in spans:
            moved = kind is PieceKind.SAME
            made = PieceKind.MOVED_AWAY if moved else PieceKind.TAKEN_OUT
            yield Piece(made, span, None, move=move, breaks=breaks and span[1] == end)

    def _come(self, sentence: int) -> Iterator[Piece]:
        """Yield a sentence that was not in this place before."""
        start, end = _extent(self._new, sentence)
        breaks = "\n" in self._new.text[self._new.words[_last(self._new, sentence)][1] : end]
        origin = self._came_from.get(sentence)
        if origin is None:
            yield Piece(PieceKind.ADDED, None, (start, end), breaks=breaks)
            return
        for kind, _, span in self._runs(origin):
            if kind is not PieceKind.TAKEN_OUT:
                made = PieceKind.MOVED_HERE if kind is PieceKind.SAME else PieceKind.ADDED
                last = breaks and span[1] == end
                yield Piece(made, None, span, move=self._moves[origin], breaks=last)

    def _both(self, sentence: int, there: int, *, before_gone: bool) -> Iterator[Piece]:
        """Yield a sentence that kept its place, word by word where it was reworded."""
        old_end, new_end = _extent(self._old, sentence)[1], _extent(self._new, there)[1]
        old_tail = self._old.text[self._old.words[_last(self._old, sentence)][1] : old_end]
        new_tail = self._new.text[self._new.words[_last(self._new, there)][1] : new_end]
        breaks = "\n" in new_tail or (before_gone and "\n" in old_tail)
        runs = list(self._runs(sentence))
        for number, (kind, old, new) in enumerate(runs, start=1):
            yield Piece(
                kind,
                old if kind is not PieceKind.ADDED else None,
                new if kind is not PieceKind.TAKEN_OUT else None,
                breaks=breaks and number == len(runs),
            )

    def _runs(self, sentence: int) -> Iterator[tuple[PieceKind, Span, Span]]:
        """Yield a paired sentence as kept and changed runs, with their place in both texts."""
        there = self._alignment.pairs[sentence].new
        words = sorted(self._alignment.words_of(sentence).items())
        old, new = self._old, self._new
        first, last = old.sentences[sentence]
        new_first, new_last = new.sentences[there]
        edges = _Edges(old, sentence, new, there)
        at, new_at = first, new_first
        for begin, new_begin, length in _readable(words, old, (last, new_last)):
            yield from edges.changed(at, begin, new_at, new_begin)
            at, new_at = begin + length, new_begin + length
            if length:
                yield PieceKind.SAME, edges.old(begin, at), edges.new(new_begin, new_at)


class _Edges:
    """Where runs of words of a sentence begin and end in the text, the spaces after them included.

    Args:
        old: The old version.
        sentence: A sentence of it.
        new: The new version.
        there: The sentence it became.
    """

    def __init__(self, old: TextParts, sentence: int, new: TextParts, there: int) -> None:
        self._old, self._new = old, new
        self._old_ends = (old.sentences[sentence], _extent(old, sentence))
        self._new_ends = (new.sentences[there], _extent(new, there))

    def old(self, first: int, last: int) -> Span:
        """Return the old text of some words."""
        return _edge(self._old, first, *self._old_ends), _edge(self._old, last, *self._old_ends)

    def new(self, first: int, last: int) -> Span:
        """Return the new text of some words."""
        return _edge(self._new, first, *self._new_ends), _edge(self._new, last, *self._new_ends)

    def changed(
        self, at: int, to: int, new_at: int, new_to: int
    ) -> Iterator[tuple[PieceKind, Span, Span]]:
        """Yield what went, then what came, between two kept runs."""
        old, new = self.old(at, to), self.new(new_at, new_to)
        if to > at:
            yield PieceKind.TAKEN_OUT, old, (new[0], new[0])
        if new_to > new_at:
            yield PieceKind.ADDED, (old[1], old[1]), new


def _edge(parts: TextParts, word: int, words: tuple[int, int], extent: Span) -> int:
    """Return where the text of a word begins; the sentence's own ends for its first and last."""
    if word <= words[0]:
        return extent[0]
    return extent[1] if word >= words[1] else parts.starts[word]


def _readable(
    words: Sequence[tuple[int, int]], old: TextParts, ends: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    """Yield kept runs (old word, new word, how many), without crumbs; an empty one at the end.

    Args:
        words: Kept words, old and new.
        old: The old version.
        ends: One past the last word of the old and of the new sentence.
    """
    runs: list[list[int]] = []
    for a, b in words:
        if runs and (a, b) == (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]):
            runs[-1][2] += 1
        else:
            runs.append([a, b, 1])
    for number, (a, b, length) in enumerate(runs):
        outer = number == 0 or number == len(runs) - 1
        letters = sum(len(w) for w in old.forms[a : a + length] if w[0].isalnum())
        if outer or letters >= FEWEST_KEPT_LETTERS:
            yield a, b, length
    yield *ends, 0


def _extent(parts: TextParts, sentence: int) -> Span:
    """Return a sentence's text with the spaces after it; the first one has those before it too."""
    first, last = parts.sentences[sentence]
    start = parts.starts[first] if sentence else 0
    end = parts.starts[last] if last < len(parts.starts) else len(parts.text)
    return start, end


def _last(parts: TextParts, sentence: int) -> int:
    return parts.sentences[sentence][1] - 1


def _alone(kind: PieceKind, text: str, *, old: bool) -> Iterator[Piece]:
    """Yield a text without a single word as one piece, unless it is empty."""
    if text:
        span = (0, len(text))
        yield Piece(kind, span if old else None, None if old else span)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield pieces with equal neighbours made one, within a paragraph."""
    held: Piece | None = None
    for piece in pieces:
        alike = held is not None and (held.kind, held.move) == (piece.kind, piece.move)
        if held is not None and alike and not held.breaks:
            held = replace(
                held,
                old=_with(held.old, piece.old),
                new=_with(held.new, piece.new),
                breaks=piece.breaks,
            )
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _with(one: Span | None, next_one: Span | None) -> Span | None:
    return one if next_one is None else next_one if one is None else (one[0], next_one[1])
