"""The parts of a slide in the order in which people read them.

First the title, then the subtitle, then from the top down and from left to right. A place that a
slide does not state is that of its layout, or of the layout's master. The parts of a group stay
together. Source: ECMA-376 part 1, 19.3.1 (shapes, placeholders) and 19.7.10 (their types).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import MC, A, P, number

if TYPE_CHECKING:
    from lxml.etree import _Element

_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
# Said on every slide, like the running heads of a page.
_FURNITURE = ("dt", "ftr", "hdr", "sldNum")
_FIRST = {"title": 0, "ctrTitle": 0, "subTitle": 1}
_SHAPES = {P + name for name in ("sp", "pic", "graphicFrame", "grpSp")}
# Shapes whose upper edges are nearer than this stand side by side: about 6 mm, in EMU.
_SAME_ROW = 216_000
_ROWS_FROM_TOP = 2
# A master has one place for each of these; what a slide calls otherwise is a body.
_ON_MASTER = {"title": "title", "ctrTitle": "title"}


@dataclass(frozen=True, eq=False, slots=True)
class Shape:
    """One part of a slide.

    Args:
        element: As it stands in the file.
        place: The type of its placeholder ("title", "body" …), or "" for none.
        top: Upper edge, in EMU.
        left: Left edge, in EMU.
    """

    element: _Element
    place: str = ""
    top: int = 0
    left: int = 0

    @property
    def text(self) -> _Element | None:
        """Its paragraphs."""
        return self.element.find(P + "txBody")

    @property
    def table(self) -> _Element | None:
        """The table in it."""
        return next(self.element.iter(A + "tbl"), None)

    @property
    def graphic(self) -> str:
        """What a frame holds, as one word: "table", "chart", "diagram", "ole"; "" for no frame."""
        data = self.element.find(f"{A}graphic/{A}graphicData")
        if data is not None:
            return data.get("uri", "").rsplit("/", 1)[-1] or "other"
        properties = self.element.find(f"{P}nvPicPr/{P}nvPr")
        films = (A + "videoFile", A + "audioFile", A + "wavAudioFile", A + "quickTimeFile")
        found = [] if properties is None else [c for c in properties if c.tag in films]
        return "film" if found else ""

    @property
    def blips(self) -> list[_Element]:
        """Its pictures, without those that the file calls decoration."""
        if next(self.element.iter(_DECORATIVE), None) is not None:
            return []
        fill = self.element.find(f"{P}blipFill/{A}blip")
        fills = self.element.findall(f"{P}spPr/{A}blipFill/{A}blip")
        return fills if fill is None else [fill, *fills]

    @property
    def description(self) -> str:
        """Its alternative text, or ""."""
        named = next(self.element.iter(P + "cNvPr"), None)
        return "" if named is None else named.get("descr") or named.get("title") or ""


@dataclass(slots=True)
class Layers:
    """What lies below a slide: its layout, and the master of that.

    Args:
        layout: Root of the layout, where there is one.
        master: Root of the master, where there is one.
    """

    layout: _Element | None
    master: _Element | None
    _below: dict[tuple[str, str], list[_Element]] = field(default_factory=dict)

    def below(self, shape: _Element) -> list[_Element]:
        """Return the placeholders that a shape takes after, the nearest first."""
        mark = _mark(shape)
        if mark is None:
            return []
        kind, index = _kind(mark), mark.get("idx", "")
        if (kind, index) not in self._below:
            self._below[kind, index] = [*self._on_layout(kind, index), *self._on_master(kind)]
        return self._below[kind, index]

    def _on_layout(self, kind: str, index: str) -> list[_Element]:
        marks = [] if self.layout is None else list(self.layout.iter(P + "ph"))
        same = [m for m in marks if index and m.get("idx", "") == index]
        same = same or [m for m in marks if _kind(m) == kind]
        return [shape for mark in same[:1] if (shape := _owner(mark)) is not None]

    def _on_master(self, kind: str) -> list[_Element]:
        wanted = _ON_MASTER.get(kind, "body")
        marks = [] if self.master is None else list(self.master.iter(P + "ph"))
        same = [m for m in marks if _kind(m) == wanted]
        return [shape for mark in same[:1] if (shape := _owner(mark)) is not None]

    def styles(self, kind: str) -> _Element | None:
        """Return the master's text styles for a placeholder's type; "" for a plain text box."""
        styles = None if self.master is None else self.master.find(P + "txStyles")
        if styles is None:
            return None
        name = {"": "otherStyle", "title": "titleStyle", "ctrTitle": "titleStyle"}
        return styles.find(P + name.get(kind, "bodyStyle"))


def shapes_of(tree: _Element, layers: Layers) -> list[Shape]:
    """Return the shapes of a slide in reading order, without dates, footers and slide numbers.

    Args:
        tree: The slide's ``p:spTree``, or a group.
        layers: What lies below it.
    """
    found = [_placed(element, layers) for element in _elements(tree)]
    wanted = [shape for shape in found if shape.place not in _FURNITURE]
    ordered: list[Shape] = []
    for shape in _in_order(wanted):
        if shape.element.tag == P + "grpSp":
            ordered.extend(shapes_of(shape.element, layers))
        else:
            ordered.append(shape)
    return ordered


def _elements(tree: _Element) -> Iterator[_Element]:
    """Yield shapes; of alternatives the first that holds any."""
    for child in tree:
        if child.tag in _SHAPES:
            yield child
        elif child.tag == MC + "AlternateContent":
            for choice in child:
                inside = list(_elements(choice))
                if inside:
                    yield from inside
                    break


def _placed(element: _Element, layers: Layers) -> Shape:
    mark = _mark(element)
    kind = "" if mark is None else _kind(mark)
    for one in (element, *layers.below(element)):
        for at in (
            f"{P}spPr/{A}xfrm/{A}off",
            f"{P}grpSpPr/{A}xfrm/{A}off",
            f"{P}xfrm/{A}off",
        ):
            place = one.find(at)
            if place is not None:
                top, left = number(place.get("y"), otherwise=0), number(place.get("x"), otherwise=0)
                return Shape(element, kind, top, left)
    return Shape(element, kind)


def _in_order(shapes: list[Shape]) -> list[Shape]:
    """Sort by row, then from left to right; shapes in one place keep the file's order."""
    rows: dict[int, tuple[int, int]] = {}
    row, row_top = _ROWS_FROM_TOP, None
    for at, shape in sorted(enumerate(shapes), key=lambda pair: pair[1].top):
        if row_top is None or shape.top - row_top > _SAME_ROW:
            row, row_top = row + 1, shape.top
        rows[at] = (_FIRST.get(shape.place, row), shape.left)
    return [shapes[at] for at in sorted(range(len(shapes)), key=lambda at: rows[at])]


def _mark(shape: _Element) -> _Element | None:
    """Return the mark that makes a shape a placeholder."""
    for name in ("nvSpPr", "nvPicPr", "nvGraphicFramePr"):
        found = shape.find(f"{P}{name}/{P}nvPr/{P}ph")
        if found is not None:
            return found
    return None


def _kind(mark: _Element) -> str:
    return mark.get("type", "obj")


def _owner(mark: _Element) -> _Element | None:
    up = mark.getparent()
    while up is not None and up.tag not in _SHAPES:
        up = up.getparent()
    return up
