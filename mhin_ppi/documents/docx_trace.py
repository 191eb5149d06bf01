"""Where in a Word file's XML each character of a draft's text stands, and the way back.

The text is read by the ordinary walk (``docx.py``), so that it can never differ from the text a
board marked; only each paragraph's words are swapped for a token on the way. Filling the words in
again, and tidying them step by step with their places kept, tells where every character came from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from mhin_ppi.documents.docx import read_opened
from mhin_ppi.documents.docx_parts import OpenDocx
from mhin_ppi.documents.docx_runs import RunReader, Words
from mhin_ppi.documents.frames import Progress
from mhin_ppi.documents.traced_words import Traced, traced, traced_line
from mhin_ppi.documents.words import clean
from mhin_ppi.domain.blocks import (
    BETWEEN_BLOCKS,
    BETWEEN_CELLS,
    BETWEEN_ROWS,
    Block,
    BlockKind,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIRST = 0x100000  # plane 16 is for private use, and no document uses it
_BASE = 0x8000


@dataclass(frozen=True, slots=True)
class Letter:
    """One character of the text, or several that became one, in the XML.

    Args:
        first: The ``w:t`` it begins in, or the sign that stands for it.
        start: Where it begins in that element's words.
        last: Where it ends: the same, unless its parts stand in two elements.
        end: One past its end in that element's words.
    """

    first: _Element
    start: int
    last: _Element
    end: int


class _TokenReader(RunReader):
    """Reads as ever, but says a token where there are words, and keeps the words."""

    def __init__(
        self,
        note_marker: Callable[[str, str], str],
        *,
        rendered_breaks: bool,
        kept: list[Words],
    ) -> None:
        super().__init__(note_marker, rendered_breaks=rendered_breaks)
        self._kept = kept

    @override
    def read(self, paragraph: _Element) -> Words:
        words = super().read(paragraph)
        if clean(words.text):
            high, low = divmod(len(self._kept), _BASE)
            self._kept.append(words)
            words = Words(
                words.pieces,
                words.starts_after_breaks,
                words.breaks,
                words.drawings,
                chr(_FIRST + high) + chr(_FIRST + low),
            )
        return words


@dataclass(slots=True)
class _Raw:
    """Words that are not yet tidied, made of pieces of XML and of what the walk put between."""

    text: str = ""
    starts: list[int] = field(default_factory=list)
    elements: list[_Element | None] = field(default_factory=list)

    def add(self, said: str, element: _Element | None) -> None:
        self.starts.append(len(self.text))
        self.elements.append(element)
        self.text += said

    def piece_at(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1


class Letters:
    """The letters of one block, each made only when it is asked for."""

    def __init__(self) -> None:
        self._places: list[tuple[_Raw, int, int] | None] = []

    def __len__(self) -> int:
        return len(self._places)

    def add(self, raw: _Raw, tidied: Traced) -> None:
        """Add the letters that tidying leaves of some words."""
        self._places += [(raw, start, end) for start, end in tidied(raw.text)[1]]

    def add_gap(self) -> None:
        """Add a character that stands for nothing in the XML."""
        self._places.append(None)

    def element(self, at: int) -> _Element | None:
        """Return what a character begins in; ``None`` for one that the walk put there."""
        place = self._places[at]
        return None if place is None else place[0].elements[place[0].piece_at(place[1])]

    def letter(self, at: int) -> Letter | None:
        """Return where a character stands; ``None`` for one that the walk put there."""
        place = self._places[at]
        if place is None:
            return None
        raw, start, end = place
        one, other = raw.piece_at(start), raw.piece_at(end - 1)
        first, last = raw.elements[one], raw.elements[other]
        if first is None or last is None:
            return None
        return Letter(first, start - raw.starts[one], last, end - raw.starts[other])


class TracedText:
    """A Word file's text, and where each of its characters stands.

    Args:
        opened: The file.
        report: Called with paragraphs done and the total.
    """

    def __init__(self, opened: OpenDocx, *, report: Progress) -> None:
        self._kept: list[Words] = []

        def token_reader(
            note_marker: Callable[[str, str], str], *, rendered_breaks: bool
        ) -> RunReader:
            return _TokenReader(note_marker, rendered_breaks=rendered_breaks, kept=self._kept)

        blocks = read_opened(opened, report=report, read_runs=token_reader).blocks
        spelt = [(block, self._text(block)) for block in blocks]
        kept = [(block, text) for block, text in spelt if text or block.image]
        self.blocks = [block for block, _ in kept]
        self.texts = [text for _, text in kept]
        self._letters: dict[int, Letters] = {}

    @cached_property
    def text(self) -> str:
        """The same text as the reader's ``DraftText.text`` for this file."""
        return BETWEEN_BLOCKS.join(self.texts)

    @cached_property
    def starts(self) -> list[int]:
        """Where each block starts in :attr:`text`, in code points."""
        found, at = [], 0
        for text in self.texts:
            found.append(at)
            at += len(text) + len(BETWEEN_BLOCKS)
        return found

    def block_at(self, offset: int) -> int:
        """Return the index of the block at ``offset`` (the gap after a block belongs to it)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def elements(self, index: int) -> list[_Element]:
        """Return the pieces of XML that one block's words come from, in order.

        Args:
            index: Of the block.
        """
        block = self.blocks[index]
        pieces = [] if block.kind is BlockKind.IMAGE else self._raw(block.text).elements
        return [element for element in pieces if element is not None]

    def letters(self, index: int) -> Letters:
        """Return the letters of one block, one for each character of its text.

        Args:
            index: Of the block.
        """
        if index not in self._letters:
            self._letters[index] = self._traced(self.blocks[index])
        return self._letters[index]

    def _text(self, block: Block) -> str:
        def said(literal: str) -> str:
            return self._raw(literal).text

        if block.kind is BlockKind.IMAGE:
            return block.text  # a description: none of its letters is a token
        if block.kind is BlockKind.TABLE:
            return BETWEEN_ROWS.join(
                BETWEEN_CELLS.join(" ".join(clean(said(cell)).split()) for cell in row)
                for row in block.rows()
            )
        return clean(said(block.text))

    def _traced(self, block: Block) -> Letters:
        found = Letters()
        if block.kind is BlockKind.IMAGE:
            for _ in block.text:
                found.add_gap()
            return found
        if block.kind is not BlockKind.TABLE:
            found.add(self._raw(block.text), traced)
            return found
        for row_number, row in enumerate(block.rows()):
            for cell_number, cell in enumerate(row):
                if row_number or cell_number:
                    found.add_gap()
                found.add(self._raw(cell), traced_line)
        return found

    def _raw(self, literal: str) -> _Raw:
        raw, at = _Raw(), 0
        while at < len(literal):
            words = self._words(literal[at : at + 2])
            if words is None:
                raw.add(literal[at], None)
                at += 1
                continue
            for element, said in words.pieces:
                raw.add(said, element)
            at += 2
        return raw

    def _words(self, token: str) -> Words | None:
        """Return the words a token stands for; ``None`` for ordinary letters."""
        if len(token) < 2 or ord(token[0]) < _FIRST or ord(token[1]) < _FIRST:
            return None
        index = (ord(token[0]) - _FIRST) * _BASE + ord(token[1]) - _FIRST
        return self._kept[index] if index < len(self._kept) else None
