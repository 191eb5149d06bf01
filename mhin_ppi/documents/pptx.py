"""Slides (.pptx) as text: slide after slide, each in the order in which its parts are read.

A slide begins with its title as a heading; ``Block.page`` is the number PowerPoint shows for it.
Speaker notes follow their slide as a footnote. Hidden slides are left out, as they are in a show,
and told; so are charts and diagrams. Source: ECMA-376 part 1, 19 (PresentationML).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mhin_ppi.documents import limits
from mhin_ppi.documents.docx_names import P, R
from mhin_ppi.documents.docx_parts import (
    Pictures,
    document_title,
    main_part,
    part_root,
    relations,
)
from mhin_ppi.documents.frames import Progress, Reading
from mhin_ppi.documents.pptx_shapes import Layers, Shape, shapes_of
from mhin_ppi.documents.pptx_text import list_blocks, plain_text, table_block
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import clean, one_line
from mhin_ppi.documents.zip_guard import Archive
from mhin_ppi.domain.blocks import Block, BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

SPEAKER_NOTES = "Speaker notes:"
MOST_NAMED = 12
HERE = "not shown here"
_USUAL = "ppt/presentation.xml"
_TITLES = ("title", "ctrTitle")
# What PowerPoint calls every file until somebody gives it a name.
_NO_TITLE = ("PowerPoint Presentation", "PowerPoint-Präsentation")


def read_pptx(archive: Archive, *, report: Progress) -> Reading:
    """Return what a set of slides holds.

    Raises:
        Refusal: A part is missing or damaged, or is a trick; there are too many slides, or no words
            on any of them.
    """
    name = main_part(archive, usual=_USUAL)
    root = part_root(archive, name)
    listed = None if root is None else root.find(P + "sldIdLst")
    if root is None or root.tag != P + "presentation":
        raise Refusal(Why.DAMAGED)
    related = relations(archive, name)
    slides = [] if listed is None else listed.findall(P + "sldId")
    if len(slides) > limits.PAGES:
        raise Refusal(Why.PAGES)
    show = _Show(archive)
    for number, slide in enumerate(slides, start=1):
        show.slide(related.get(slide.get(R + "id", ""), ("", ""))[1], number)
        report(number, len(slides))
    if not show.has_words:
        raise Refusal(Why.NO_TEXT)
    title = document_title(archive)
    show.reading.title = "" if title in _NO_TITLE else title
    show.reading.pages = len(slides)
    show.reading.pictures = show.pictures.kept
    show.reading.notes = show.left_out.sentences() + show.pictures.notes()
    return show.reading


@dataclass(slots=True)
class _LeftOut:
    """What is told because it is not shown, by the numbers of the slides it is on."""

    hidden: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    charts: list[int] = field(default_factory=list)
    diagrams: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """Return a plain sentence for each sort of thing."""
        sorts = (
            (self.hidden, "hidden slide", "hidden slides", "left out"),
            (self.missing, "slide", "slides", "missing from the file"),
            (self.charts, "chart", "charts", HERE),
            (self.diagrams, "diagram", "diagrams", HERE),
            (self.others, "film, sound or embedded file", "films, sounds or embedded files", HERE),
        )
        return [
            f"1 {one} is {how}: slide {on[0]}."
            if len(on) == 1
            else f"{len(on)} {several} are {how}: {_slides(on)}."
            for on, one, several, how in sorts
            if on
        ]


def _slides(numbers: Iterable[int]) -> str:
    """Return "slide 3", "slides 3, 5 and 7", or the first of very many."""
    named = [str(number) for number in dict.fromkeys(numbers)]
    if len(named) == 1:
        return f"slide {named[0]}"
    if len(named) > MOST_NAMED:
        return f"slides {', '.join(named[:MOST_NAMED])} and others"
    return f"slides {', '.join(named[:-1])} and {named[-1]}"


class _Show:
    """One pass over all slides."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._layers: dict[str, Layers] = {}
        self._seen: set[str] = set()
        self.pictures = Pictures(archive, {})
        self.left_out = _LeftOut()
        self.reading = Reading()
        self.has_words = False

    def slide(self, name: str, number: int) -> None:
        """Read one slide and its notes; a part that is listed twice is read once."""
        root = part_root(self._archive, name) if name not in self._seen else None
        self._seen.add(name)
        if root is None:
            self.left_out.missing.append(number)
            return
        if root.get("show") in ("0", "false"):
            self.left_out.hidden.append(number)
            return
        related = relations(self._archive, name)
        tree = root.find(f"{P}cSld/{P}spTree")
        layers = self._layers_of(related)
        shapes = [] if tree is None else shapes_of(tree, layers)
        _Slide(self, related, layers, number).read(shapes)
        self._notes(related, number)

    def keep(self, block: Block) -> None:
        """Take a block in, unless there is nothing in it."""
        if block.text or block.image:
            self.reading.blocks.append(block)
            self.has_words = self.has_words or bool(block.text)

    def name_slide(self, number: int) -> None:
        """Head a slide that has no title; such a heading is not one of the file's words."""
        block = Block(BlockKind.HEADING, f"Slide {number}", level=1, page=number)
        self.reading.blocks.append(block)

    def _layers_of(self, related: dict[str, tuple[str, str]]) -> Layers:
        layout = next((part for kind, part in related.values() if kind == "slideLayout"), "")
        if layout not in self._layers:
            below = relations(self._archive, layout) if layout else {}
            master = next((part for kind, part in below.values() if kind == "slideMaster"), "")
            self._layers[layout] = Layers(
                part_root(self._archive, layout), part_root(self._archive, master)
            )
        return self._layers[layout]

    def _notes(self, related: dict[str, tuple[str, str]], number: int) -> None:
        name = next((part for kind, part in related.values() if kind == "notesSlide"), "")
        root = part_root(self._archive, name)
        tree = None if root is None else root.find(f"{P}cSld/{P}spTree")
        shapes = [] if tree is None else shapes_of(tree, Layers(None, None))
        words = [plain_text(shape.text) for shape in shapes if shape.place == "body"]
        text = clean("\n".join(filter(None, words)))
        self.keep(Block(BlockKind.FOOTNOTE, text, page=number, marker=SPEAKER_NOTES))


class _Slide:
    """One slide, whose shapes come in reading order."""

    def __init__(
        self, show: _Show, related: dict[str, tuple[str, str]], layers: Layers, number: int
    ) -> None:
        self._show, self._related, self._layers, self._number = show, related, layers, number

    def read(self, shapes: list[Shape]) -> None:
        """Read the title, then everything else."""
        titles = [shape for shape in shapes if shape.place in _TITLES]
        words = one_line(" ".join(plain_text(shape.text) for shape in titles))
        if words:
            marker = f"Slide {self._number}:"
            heading = Block(BlockKind.HEADING, words, level=1, page=self._number, marker=marker)
            self._show.keep(heading)
        elif shapes:
            self._show.name_slide(self._number)
        for shape in shapes:
            if shape not in titles:
                self._shape(shape)

    def _shape(self, shape: Shape) -> None:
        for blip in shape.blips:
            self._picture(blip, shape)
        if shape.table is not None:
            self._show.keep(table_block(shape.table, page=self._number))
        for block in list_blocks(shape, self._layers, page=self._number):
            self._show.keep(block)
        out = self._show.left_out
        if shape.graphic == "table" or not shape.graphic:
            return
        sort = {"chart": out.charts, "chartex": out.charts, "diagram": out.diagrams}
        sort.get(shape.graphic, out.others).append(self._number)

    def _picture(self, blip: _Element, shape: Shape) -> None:
        digest = self._show.pictures.keep(self._related.get(blip.get(R + "embed", ""), ("", ""))[1])
        if digest:
            words = one_line(shape.description)
            self._show.keep(Block(BlockKind.IMAGE, words, page=self._number, image=digest))
        else:
            self._show.pictures.left_out += 1
