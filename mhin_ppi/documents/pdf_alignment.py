"""Finds where each letter of a draft's text stands among the characters of a PDF's pages.

The draft's text was made from those characters: columns put in order, running heads and list
markers taken away, hyphens mended, ligatures written out, footnotes moved to the end. Nothing of
that was kept, and a draft may have been read by an older release; so the two are compared anew,
letter by letter, without spaces and hyphens. What differs is left without a place.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mhin_ppi.documents.pdf_words import mend_ligatures

NOWHERE = -1

_OLD_LIGATURES = "\x1b\x1c\x1d\x1e\x1f"  # four of them count as spaces in Unicode
HYPHENS = frozenset("-\u2010\u2011\u2012\ufffe\x02")
"""Characters that are passed over when letters are compared: many are only there to part words."""

_LEFT_OUT = HYPHENS | {"\u00ad", "\ufeff"}
_PIECES = ((32, 6_000), (16, 6_000), (8, 3_000), (4, 400))
"""How long a piece is looked for, and how many letters ahead; a short one stands in many places."""
_SHORTEST = _PIECES[-1][0]
_NEARLY_ALL = 0.8
_LONGEST_SKIP = 8
_SHIFT = 6


@dataclass(slots=True)
class Letters:
    """Letters without spaces and hyphens, each with the place it was taken from.

    Args:
        text: The letters, in NFKD, ligatures written out.
        places: Where each stood; several letters may come from one place.
        first: 1 for each letter with a space or line end before it.
    """

    text: str = ""
    places: array[int] = field(default_factory=lambda: array("l"))
    first: bytearray = field(default_factory=bytearray)


def letters_of(text: str, *, at: int = 0) -> Letters:
    """Return the letters of a text.

    Args:
        text: Any text.
        at: The place of its first character.
    """
    found = Letters()
    kept: list[str] = []
    starts = 1
    for place, character in enumerate(text, start=at):
        if character in _LEFT_OUT:
            continue
        if character.isspace() and character not in _OLD_LIGATURES:
            starts = 1
            continue
        if character.isascii() and character.isprintable():
            plain = character
        else:
            plain = _plain(character)
        for one in plain:
            kept.append(one)
            found.places.append(place)
            found.first.append(starts)
            starts = 0
    found.text = "".join(kept)
    return found


def _plain(character: str) -> str:
    written_out = unicodedata.normalize("NFKD", mend_ligatures(character))
    return "".join(c for c in written_out if c.isprintable() and not c.isspace())


@dataclass(slots=True)
class Stream:
    """The letters of all pages in the order in which they were drawn.

    Args:
        letters: With ``places`` counted in all the document's characters.
        pages: Where each page's letters start, and one past the last.
    """

    letters: Letters
    pages: list[int]
    taken: bytearray = field(default_factory=bytearray)

    def page_of(self, at: int) -> int:
        """Return the page (from 1) of a letter."""
        return bisect_right(self.pages, at)

    def after(self, place: int) -> int:
        """Return the first letter taken from beyond a place in the document."""
        return bisect_right(self.letters.places, place)

    def span(self, page: int, *, pages: int = 1) -> tuple[int, int]:
        """Return where some pages' letters start and end."""
        first = min(max(1, page), len(self.pages) - 1)
        return self.pages[first - 1], self.pages[min(first - 1 + pages, len(self.pages) - 1)]


def stream_of(texts: Iterable[str], keep: Iterable[Sequence[tuple[int, int]]] | None) -> Stream:
    """Return the letters of all pages.

    Args:
        texts: The characters of each page.
        keep: For each page the ranges of characters to be looked at; all where ``None``.
    """
    stream, parts, at = Stream(Letters(), [0]), [], 0
    ranges = iter(keep) if keep is not None else None
    for text in texts:
        wanted = [(0, len(text))] if ranges is None else next(ranges)
        for start, end in wanted:
            found = letters_of(text[start:end], at=at + start)
            parts.append(found.text)
            stream.letters.places.extend(found.places)
            stream.letters.first.extend(found.first)
        at += len(text)
        stream.pages.append(len(stream.letters.places))
    stream.letters.text = "".join(parts)
    stream.taken = bytearray(len(stream.letters.text))
    return stream


def find_block(block: Letters, stream: Stream, *, page: int, after: int) -> list[tuple[int, int]]:
    """Return where each letter of a block stands, as pairs (place in draft, place in the PDF).

    Args:
        block: The block's letters.
        stream: The pages' letters; those found are marked as taken.
        page: Where the block starts, from 1.
        after: The letter after which it is looked for first, since blocks follow each other.
    """
    start, end = stream.span(page)
    pieces = _whole(block, stream, range(max(start, min(after, end)), end))
    pieces = pieces or _whole(block, stream, range(start, end))
    if not pieces:
        pieces = _in_pieces(block, stream, start=start, at=max(start, after))
    found: list[tuple[int, int]] = []
    for own, there, count in pieces:
        stream.taken[there : there + count] = b"\x01" * count
        found += zip(
            block.places[own : own + count],
            stream.letters.places[there : there + count],
            strict=True,
        )
    return found


def is_nearly_all(found: Sequence[tuple[int, int]], block: Letters) -> bool:
    """Say whether so much of a block was found that looking further would be pointless."""
    return len(found) >= _NEARLY_ALL * len(block.text)


def _find(stream: Stream, words: str, start: int, end: int) -> int:
    """Return where letters stand that no other block has taken, or ``NOWHERE``."""
    at = stream.letters.text.find(words, start, end)
    while at != NOWHERE and stream.taken[at]:
        at = stream.letters.text.find(words, at + 1, end)
    return at


def _whole(block: Letters, stream: Stream, where: range) -> list[tuple[int, int, int]]:
    if not block.text:
        return []
    at = _find(stream, block.text, where.start, where.stop)
    return [] if at == NOWHERE else [(0, at, len(block.text))]


def _in_pieces(
    block: Letters, stream: Stream, *, start: int, at: int
) -> list[tuple[int, int, int]]:
    """Return the pieces of a block that is parted by a page end, a column or another order."""
    pieces: list[tuple[int, int, int]] = []
    own, skip = 0, 1
    while own < len(block.text):
        there = _next_piece(block, own, stream, start=start, at=at)
        if there == NOWHERE:
            own, skip = own + skip, min(_LONGEST_SKIP, skip + 1)
            continue
        skip = 1
        own, there = _shifted(pieces, block, stream, own=own, there=there)
        count = _alike(block.text, own, stream, there)
        pieces.append((own, there, count))
        own, at = own + count, there + count
    return pieces


def _next_piece(block: Letters, own: int, stream: Stream, *, start: int, at: int) -> int:
    left = len(block.text) - own
    for size, ahead in _PIECES:
        if left < size and size > _SHORTEST:
            continue
        if left < size:
            return _find_last(block, own, stream, at)
        words = block.text[own : own + size]
        there = _find(stream, words, at, at + ahead)
        if there == NOWHERE and size > _SHORTEST:
            there = _find(stream, words, start, at)
        if there != NOWHERE:
            return there
    return NOWHERE


def _find_last(block: Letters, own: int, stream: Stream, at: int) -> int:
    """Return where the last letters of a block stand; so few must be whole words, or the next."""
    words, first = block.text[own:], stream.letters.first
    there = _find(stream, words, at, at + _PIECES[-1][1])
    while there != NOWHERE and there != at:
        behind = there + len(words)
        if block.first[own] and first[there] and (behind == len(first) or first[behind]):
            break
        there = _find(stream, words, there + 1, at + _PIECES[-1][1])
    return there


def _shifted(
    pieces: list[tuple[int, int, int]], block: Letters, stream: Stream, *, own: int, there: int
) -> tuple[int, int]:
    """Return where a piece starts, taking letters back that the one before matched by chance."""
    if not pieces:
        return own, there
    before_own, before_there, before_count = pieces[-1]
    if before_own + before_count != own:
        return own, there
    for back in range(min(_SHIFT, before_count - 1, there) + 1):
        if back and block.text[own - back] != stream.letters.text[there - back]:
            break
        if stream.letters.first[there - back] and block.first[own - back]:
            pieces[-1] = (before_own, before_there, before_count - back)
            return own - back, there - back
    return own, there


def _alike(text: str, own: int, stream: Stream, there: int) -> int:
    other = stream.letters.text
    most = min(len(text) - own, len(other) - there)
    count = 0
    while count < most and text[own + count] == other[there + count]:
        if stream.taken[there + count]:
            break
        count += 1
    return max(1, count)
