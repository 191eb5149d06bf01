"""Which words of the text the comments of a Word file stand on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import W
from mhin_ppi.documents.docx_trace import TracedText
from mhin_ppi.domain.passages import CONTEXT_CHARACTERS, EmptyPassageError, passage_in

if TYPE_CHECKING:
    from lxml.etree import _Element

_START, _END, _POINT = (
    W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference")
)
_GONE = (W + "t", W + "delText")
LAST = 1 << 62


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment stands.

    Args:
        span: Its words in the text, code points; ``None`` for the whole text.
        quote: The words; those that were deleted, where it stands on such.
        prefix: Words before.
        suffix: Words after.
        marked: The same as ``span`` where the comment itself marks words; ``None`` for one that was
            put at a point and is taken to be about that paragraph.
    """

    span: tuple[int, int] | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    marked: tuple[int, int] | None = None


class Ranges:
    """Finds the words of each comment.

    Args:
        body: The ``w:body``.
        traced: Its text.
    """

    nowhere = Place()

    def __init__(self, body: _Element, traced: TracedText) -> None:
        self._traced = traced
        self._everything = list(body.iter())  # keeps each element the same object
        self._order = {element: at for at, element in enumerate(self._everything)}
        self._starts, self._ends, self._points = (
            {element.get(W + "id", ""): self._order[element] for element in body.iter(tag)}
            for tag in (_START, _END, _POINT)
        )
        self._known_orders: dict[int, list[int]] = {}
        blocks = []
        pieces: list[int] = []
        for index in range(len(traced.blocks)):
            orders = [self._order[e] for e in traced.elements(index) if e in self._order]
            pieces += orders
            if orders:
                blocks.append((min(orders), max(orders), index))
        self._pieces = sorted(pieces)
        self._blocks = sorted(blocks)
        self._firsts = [first for first, _, _ in self._blocks]
        self._furthest = list(accumulate((last for _, last, _ in self._blocks), max))

    def order(self, number: str) -> int:
        """Return where a comment stands among the others; the absent ones come last."""
        return self._points.get(number, self._starts.get(number, LAST))

    def pieces_before(self, number: str) -> int:
        """Return how many pieces of text stand before a comment's point."""
        return bisect_left(self._pieces, self.order(number))

    def place_of(self, number: str) -> Place:
        """Return where a comment stands."""
        start = self._starts.get(number)
        end = self._ends.get(number, self._points.get(number))
        if start is not None and end is not None:
            span = self._span(start, end)
            if span is not None:
                return self._place(*span, marked=True)
            if gone := self._gone(start, end):
                return self._around(start, gone)
        point = self._points.get(number, start)
        if point is None or not self.pieces_before(number):
            return self.nowhere  # at the very start: about all of it
        return self._paragraph(point)

    def _paragraph(self, point: int) -> Place:
        paragraph = next(self._everything[point].iterancestors(W + "p"), None)
        if paragraph is None:
            return self.nowhere
        first = self._order[paragraph]
        last = first + sum(1 for _ in paragraph.iter())
        span = self._span(first, last)
        return self.nowhere if span is None else self._place(*span)

    def _span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last of the text that stands between two places in the XML."""
        found: list[tuple[int, int]] = []
        low = bisect_left(self._furthest, start)
        for first, last, index in self._blocks[low : bisect_right(self._firsts, end)]:
            at = self._traced.starts[index]
            if start < first and last < end:
                found.append((at, at + len(self._traced.texts[index])))
            elif start < last and first < end:
                within = [
                    at + place
                    for place, order in enumerate(self._orders(index))
                    if start < order < end
                ]
                if within:
                    found.append((within[0], within[-1] + 1))
        if not found:
            return None
        return min(one for one, _ in found), max(one for _, one in found)

    def _orders(self, index: int) -> list[int]:
        """Return, for each character of a block, where what it stands in comes in the XML."""
        if index not in self._known_orders:
            letters = self._traced.letters(index)
            elements = (letters.element(at) for at in range(len(letters)))
            self._known_orders[index] = [
                -1 if element is None else self._order.get(element, -1) for element in elements
            ]
        return self._known_orders[index]

    def _place(self, start: int, end: int, *, marked: bool = False) -> Place:
        try:
            passage = passage_in(self._traced.text, start, end)
        except EmptyPassageError:
            return self.nowhere
        span = passage.start, passage.end
        return Place(span, passage.quote, passage.prefix, passage.suffix, span if marked else None)

    def _gone(self, start: int, end: int) -> str:
        some = self._everything[start:end]
        return " ".join("".join(one.text or "" for one in some if one.tag in _GONE).split())

    def _around(self, point: int, quote: str) -> Place:
        """Return the place of words that are gone: none, but what stands around them is known."""
        at = 0
        high = bisect_right(self._firsts, point)
        for _, _, index in self._blocks[:high][-1:]:
            before = sum(order < point for order in self._orders(index))
            at = self._traced.starts[index] + before
        text = self._traced.text
        return Place(
            quote=quote,
            prefix=text[max(0, at - CONTEXT_CHARACTERS) : at],
            suffix=text[at : at + CONTEXT_CHARACTERS],
        )
