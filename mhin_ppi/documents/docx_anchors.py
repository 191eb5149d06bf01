"""Where in a Word file's XML the words of a note begin and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import W, number
from mhin_ppi.documents.docx_places import DRAWN, Cuts, drawn_around, place_of
from mhin_ppi.documents.docx_trace import Letter, TracedText

if TYPE_CHECKING:
    from lxml.etree import _Element

_NOTES = (W + "footnote", W + "endnote")


@dataclass(frozen=True, slots=True)
class Spot:
    """One end of a passage.

    Args:
        element: The ``w:t`` or sign.
        offset: Where in its words.
        place: The run, or other whole thing, that marks can stand beside.
    """

    element: _Element
    offset: int
    place: _Element


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment's marks go.

    Args:
        start: Before this.
        end: After this.
        beside: Whether they only stand beside the words, at a footnote's mark or a drawing.
    """

    start: Spot
    end: Spot
    beside: bool = False

    def put(self, cuts: Cuts, starts: list[_Element], ends: list[_Element]) -> None:
        """Put marks at both ends."""
        if self.beside:
            cuts.beside(self.start.place, starts, ends)
            return
        cuts.start(self.start.element, self.start.offset, self.start.place, starts)
        cuts.end(self.end.element, self.end.offset, self.end.place, ends)


class Anchors:
    """Finds where the words of notes stand.

    Args:
        body: The ``w:body``.
        traced: Its text.
    """

    def __init__(self, body: _Element, traced: TracedText) -> None:
        self._body, self._traced = body, traced
        self._references = {
            (element.tag.removesuffix("Reference"), element.get(W + "id", "")): element
            for element in body.iter(*(f"{tag}Reference" for tag in _NOTES))
        }

    def of(self, start: int, end: int) -> Anchor | None:
        """Return where a range of the text stands.

        Args:
            start: First character, code points.
            end: One past the last.

        Returns:
            ``None`` where no comment can stand near it.
        """
        first = self._spot(self._letters(start, end), at_end=False)
        last = self._spot(self._letters(start, end, backwards=True), at_end=True)
        if first is not None and last is not None:
            return Anchor(first, last)
        for element in self._near(start, end):
            place = place_of(element)
            if place is not None:
                spot = Spot(element, 0, place)
                return Anchor(spot, spot, beside=True)
        return None

    def front(self) -> _Element | None:
        """Return the first paragraph that can hold a comment on the whole text."""
        for paragraph in self._body.iter(W + "p"):
            if not drawn_around(paragraph) and place_of(_within(paragraph)) is not None:
                return paragraph
        return None

    def _letters(self, start: int, end: int, *, backwards: bool = False) -> Iterator[Letter]:
        blocks = range(self._traced.block_at(start), self._traced.block_at(end - 1) + 1)
        for index in reversed(blocks) if backwards else blocks:
            at = self._traced.starts[index]
            letters = self._traced.letters(index)
            within = range(max(0, start - at), min(end - at, len(letters)))
            for place in reversed(within) if backwards else within:
                letter = letters.letter(place)
                if letter is not None:
                    yield letter

    def _spot(self, letters: Iterable[Letter], *, at_end: bool) -> Spot | None:
        tried: dict[_Element, _Element | None] = {}
        for letter in letters:
            element = letter.last if at_end else letter.first
            if element not in tried:
                outside = drawn_around(element) or _note_around(element) is not None
                tried[element] = None if outside else place_of(element)
            place = tried[element]
            if place is not None:
                return Spot(element, letter.end if at_end else letter.start, place)
        return None

    def _near(self, start: int, end: int) -> Iterator[_Element]:
        """Yield what stands for words that no comment can stand on."""
        for letter in self._letters(start, end):
            note = _note_around(letter.first)
            if note is None:
                yield letter.first
            elif note in self._references:
                yield self._references[note]
        source = self._traced.blocks[self._traced.block_at(start)].source
        wanted = number(source.removeprefix("p") or None, otherwise=-1)
        for at, paragraph in enumerate(self._body.iter(W + "p")):
            if at == wanted:  # a picture: its words are not in the text, but it stands somewhere
                yield from paragraph.iter(*DRAWN)


def _note_around(element: _Element) -> tuple[str, str] | None:
    for up in element.iterancestors(*_NOTES):
        return str(up.tag), up.get(W + "id", "")
    return None


def _within(paragraph: _Element) -> _Element:
    """Return something directly within a paragraph, there or not, to ask for its place."""
    from lxml import etree

    if len(paragraph):
        return paragraph[0]
    return etree.SubElement(paragraph, W + "pPr")
