"""A draft as the sentences in which it is read aloud, in reading order.

A full stop does not always end a sentence: "e.g.", "Dr." and "2.5 mg" must not make a voice stop.
Tables are said row by row, headings and notes are announced as what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .blocks import BETWEEN_CELLS, BETWEEN_ROWS, Block, BlockKind, DraftText

# What may follow the end of a sentence: an opening quote or bracket, a capital, a figure, or any
# letter of a script that has no capitals.
_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*(?:[^\Wa-zß-öø-ÿ_]))|[。！？]+|\n+")
_LAST_WORD = re.compile(r"[\w.]+$")
_NO_END = frozenset(
    "e.g i.e eg ie cf vs viz al dr mr mrs ms mx prof st rev approx esp tel "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_BEFORE_FIGURES = frozenset("no nos fig figs ref refs p pp ch sec vol para".split())


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence to be said.

    Args:
        start: First code point in the draft's text.
        end: One past the last.
        said: The words for the voice.
    """

    start: int
    end: int
    said: str


def sentences(draft: DraftText, *, leave_out: Iterable[tuple[int, int]] = ()) -> list[Spoken]:
    """Return a draft's sentences in reading order.

    Args:
        draft: What is read.
        leave_out: Ranges of which nothing is said, such as passages that are folded away.
    """
    hidden = list(leave_out)
    return [
        one
        for block, start in zip(draft.blocks, draft.starts, strict=True)
        for one in _of_block(block, start)
        if not any(one.start < end and one.end > first for first, end in hidden)
    ]


def _of_block(block: Block, start: int) -> Iterator[Spoken]:
    if block.kind is BlockKind.TABLE:
        yield from _rows(block, start)
        return
    spans: Sequence[tuple[int, int]] = [(0, len(block.text))]
    if block.kind is not BlockKind.HEADING:
        spans = list(_spans(block.text))
    before = _announced(block)
    for first, last in spans:
        words = " ".join(block.text[first:last].split())
        if words:
            yield Spoken(start + first, start + last, before + words)
            before = ""


def _announced(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return "Heading: "
    if block.kind is BlockKind.IMAGE:
        return "Picture: "
    if block.kind is BlockKind.FOOTNOTE:
        return f"Note {block.marker}: "
    # A bullet is not said; a number or letter is.
    return f"{block.marker} " if any(c.isalnum() for c in block.marker) else ""


def _rows(block: Block, start: int) -> Iterator[Spoken]:
    at = start
    for row in block.text.split(BETWEEN_ROWS):
        cells = [" ".join(cell.split()) for cell in row.split(BETWEEN_CELLS)]
        if any(cells):
            yield Spoken(at, at + len(row), "; ".join(cell for cell in cells if cell))
        at += len(row) + len(BETWEEN_ROWS)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    first = 0
    for found in _END.finditer(text):
        if _goes_on(text, found.start()):
            continue
        last = first + len(text[first : found.end()].rstrip())
        if last > first:
            yield first, last
        first = found.end()
    last = first + len(text[first:].rstrip())
    if last > first:
        yield first, last


def _goes_on(text: str, stop: int) -> bool:
    """Return whether a full stop belongs to the word before it: "Dr. Okafor", "J. Smith"."""
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return False
    word = _LAST_WORD.search(text, max(0, stop - 20), stop)
    if word is None:
        return False
    last = word.group()
    if last.lower() in _BEFORE_FIGURES:
        return text[stop + 1 :].lstrip()[:1].isdigit()
    return last.lower() in _NO_END or (len(last) == 1 and last.isupper() and last != "I")
