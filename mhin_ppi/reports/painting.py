"""Drawing filled pages through reportlab, each element's words marked as it goes.

On a page, backgrounds and rules come first, as artifacts, which screen readers skip. Then every
element's lines in one marked sequence each, in the order in which the elements begin, so that even
a reader that ignores tags meets the cells of a table one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from .pages import (
    BOTTOM,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_WIDTH,
    Bookmark,
    Page,
    Panel,
    Photo,
    Picture,
    Words,
)
from .tagging import Element, Link, TagTree
from .typefaces import Typefaces
from .typesetting import RULE, SMALL, Line, Style, first_line

if TYPE_CHECKING:
    from reportlab.lib.colors import Color
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.textobject import PDFTextObject

FOOTER_DROP = 26.0
PANEL_CORNER = 4.0
BAR_WIDTH = 3.0
EDGE_WIDTH = 1.2
# How far a line reaches above its baseline, for the box around a link.
ASCENT = 0.8
_ONLY_A_FONT = re.compile(r"BT /F\d+ [\d.]+ Tf [\d.]+ TL ET")

Ink = list[tuple[float, Words | Picture]]


def paint(
    pages: Sequence[Page],
    faces: Typefaces,
    tree: TagTree,
    *,
    footer: str,
    after_page: Callable[[int, int], None],
    foot: Style = SMALL,
) -> bytes:
    """Return the pages as a PDF file that still lacks its structure tree.

    Args:
        pages: Filled, with the places of headings known.
        faces: The typeface.
        tree: Gets a mark for each sequence drawn, and the links.
        footer: Drawn at the left of every page's foot, for the eye only.
        after_page: Called with the number of pages drawn so far, and of all; may raise to stop.
        foot: How the footer looks.
    """
    from reportlab.pdfgen.canvas import Canvas

    file = BytesIO()
    canvas = Canvas(
        file,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=0,
        invariant=1,
        # Without this reportlab names Helvetica on every page, a font that is not in the file.
        initialFontName=faces.regular.font,
        pdfVersion=(1, 7),
    )
    painter = _Painter(canvas, faces, tree, foot)
    for index, page in enumerate(pages):
        painter.page(index, page, footer=footer, of=len(pages))
        canvas.showPage()
        after_page(index + 1, len(pages))
    canvas.showOutline()
    canvas.save()
    return file.getvalue()


class _Painter:
    """Draws one page after the other on one canvas."""

    def __init__(self, canvas: Canvas, faces: Typefaces, tree: TagTree, foot: Style) -> None:
        self.canvas, self.faces, self.tree, self.foot = canvas, faces, tree, foot
        self._outline_level = -1
        self._colours: dict[str, Color] = {}

    def page(self, index: int, page: Page, *, footer: str, of: int) -> None:
        """Draw one page; ``index`` counts from 0."""
        self._write("/Artifact BMC")
        self._panels(page)
        self._boxes(page)
        self._write("EMC")
        tagged: dict[Element, Ink] = {}
        untagged: Ink = []
        for placed in page:
            strip = placed.strip
            if strip.bookmark and not placed.again:
                self._bookmark(strip.bookmark)
            for words in strip.words:
                ink = untagged
                if words.element is not None and not placed.again:
                    ink = tagged.setdefault(words.element, [])
                ink.append((placed.top, words))
            if strip.picture:
                tagged.setdefault(strip.picture.element, []).append((placed.top, strip.picture))
        for element, ink in tagged.items():
            self._element(index, element, ink)
        self._furniture(untagged, footer, f"Page {index + 1} of {of}")

    def _element(self, index: int, element: Element, ink: Ink) -> None:
        number = self.tree.mark(index, element)
        self._write(f"/{element.kind} <</MCID {number}>> BDC")
        lines = [(top, drawn) for top, drawn in ink if isinstance(drawn, Words)]
        if lines:
            self._text(lines)
        for top, drawn in ink:
            if isinstance(drawn, Picture):
                self._picture(top, drawn)
        self._write("EMC")
        for top, words in lines:
            self._link(index, top, words, element)

    def _text(self, lines: Sequence[tuple[float, Words]]) -> None:
        """Draw lines in one text object, with the space between them that reading aloud needs."""
        text = self.canvas.beginText()
        colour = ""
        last = len(lines) - 1
        for place, (top, words) in enumerate(lines):
            style, line = words.style, words.line
            if style.colour != colour:
                colour = style.colour
                text.setFillColor(self._colour(colour))
            x = words.x
            if words.shows_page_of:
                line = self._page_number(words)
                x -= line.width
            text.setTextOrigin(x, top - words.drop)
            # At the foot of a page, too, where the element goes on overleaf.
            space = not line.cuts_word and (place < last or not line.is_last)
            self._line(text, line, words, space=space)
        self.canvas.drawText(text)

    def _line(self, text: PDFTextObject, line: Line, words: Words, *, space: bool) -> None:
        style = words.style
        plain = self.faces.weight(bold=style.bold).font
        runs = line.runs
        for run in runs[:-1] if runs else ():
            self._run(text, run.text, run.font, style.size, run.actual)
        tail = " " if space else ""
        if runs and runs[-1].font == plain and runs[-1].actual is None:
            self._run(text, runs[-1].text + tail, plain, style.size, None)
            return
        if runs:
            self._run(text, runs[-1].text, runs[-1].font, style.size, runs[-1].actual)
        if tail:
            self._run(text, tail, plain, style.size, None)

    @staticmethod
    def _run(text: PDFTextObject, words: str, font: str, size: float, actual: str | None) -> None:
        text.setFont(font, size)
        if actual is None:
            text.textOut(words)
            return
        spoken = ("\ufeff" + actual).encode("utf-16-be").hex().upper()
        text._code.append(f"/Span <</ActualText <{spoken}>>> BDC")  # noqa: SLF001 - no public way
        text.textOut(words)
        text._code.append("EMC")  # noqa: SLF001

    def _picture(self, top: float, picture: Picture) -> None:
        from reportlab.graphics import renderPDF

        drawing = picture.drawing
        bottom = top - drawing.height
        picture.element.box = (picture.x, bottom, picture.x + drawing.width, top)
        if isinstance(drawing, Photo):
            from reportlab.lib.utils import ImageReader

            self.canvas.drawImage(
                ImageReader(drawing.image), picture.x, bottom, drawing.width, drawing.height
            )
            return
        code = self.canvas._code  # noqa: SLF001 - no public way
        start = len(code)
        renderPDF.draw(drawing, self.canvas, picture.x, bottom)
        # It begins by choosing Helvetica, a font that is not in the file, and draws nothing in it.
        code[start:] = [written for written in code[start:] if not _ONLY_A_FONT.fullmatch(written)]

    def _link(self, index: int, top: float, words: Words, element: Element) -> None:
        if not words.to:
            return
        baseline = top - words.drop
        size = words.style.size
        box = (words.x, baseline - size * 0.3, MARGIN + TEXT_WIDTH, baseline + size * ASCENT)
        spoken = f"{words.to.words}, page {words.to.page + 1}"
        self.tree.link(Link(index, box, words.to.page, words.to.top, spoken), element)

    def _bookmark(self, bookmark: Bookmark) -> None:
        key = f"heading-{bookmark.page}-{bookmark.top:.1f}"
        self.canvas.bookmarkPage(key, fit="XYZ", left=0, top=bookmark.top)
        # The outline may go one level deeper at a time, no more.
        level = min(bookmark.level - 1, self._outline_level + 1)
        self._outline_level = level
        self.canvas.addOutlineEntry(bookmark.words, key, level=level, closed=level > 0)

    def _page_number(self, words: Words) -> Line:
        assert words.shows_page_of is not None  # noqa: S101 - both callers have looked
        number = str(words.shows_page_of.page + 1)
        return first_line(number, words.style, TEXT_WIDTH, self.faces)

    def _furniture(self, untagged: Ink, footer: str, number: str) -> None:
        """Draw the foot of the page and repeated headings, which readers aloud skip."""
        self._write("/Artifact BMC")
        if untagged:
            self._text([(top, drawn) for top, drawn in untagged if isinstance(drawn, Words)])
        base, foot = BOTTOM - FOOTER_DROP, self.foot
        self._fill(MARGIN, base + foot.leading + 0.5, TEXT_WIDTH, 0.6, RULE)
        right = first_line(number, foot, TEXT_WIDTH, self.faces)
        left = first_line(footer, foot, TEXT_WIDTH - right.width - 20, self.faces)
        at_right = MARGIN + TEXT_WIDTH - right.width
        self._text([(base, Words(None, MARGIN, 0, left, foot))])
        self._text([(base, Words(None, at_right, 0, right, foot))])
        self._write("EMC")

    def _panels(self, page: Page) -> None:
        reach: dict[Panel, tuple[float, float]] = {}
        for placed in page:
            for panel in placed.strip.panels:
                top, _ = reach.get(panel, (placed.top, 0.0))
                reach[panel] = (top, placed.top - placed.strip.height)
        for panel, (top, bottom) in reach.items():
            height = top - bottom
            if panel.fill:
                self.canvas.setFillColor(self._colour(panel.fill))
                self.canvas.roundRect(
                    panel.x, bottom, panel.width, height, PANEL_CORNER, stroke=0, fill=1
                )
            if panel.edge:
                self.canvas.setStrokeColor(self._colour(panel.edge))
                self.canvas.setLineWidth(EDGE_WIDTH)
                self.canvas.roundRect(
                    panel.x, bottom, panel.width, height, PANEL_CORNER, stroke=1, fill=0
                )
            if panel.bar:
                self._fill(panel.x, bottom, BAR_WIDTH, height, panel.bar)

    def _boxes(self, page: Page) -> None:
        for placed in page:
            for box in placed.strip.boxes:
                self._fill(
                    box.x, placed.top - box.drop - box.height, box.width, box.height, box.colour
                )

    def _fill(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        self.canvas.setFillColor(self._colour(colour))
        self.canvas.rect(x, y, width, height, stroke=0, fill=1)

    def _colour(self, name: str) -> Color:
        """Return a colour that reportlab need not work out again for every line of text."""
        from reportlab.lib.colors import HexColor

        if name not in self._colours:
            self._colours[name] = HexColor(name)
        return self._colours[name]

    def _write(self, operators: str) -> None:
        self.canvas._code.append(operators)  # noqa: SLF001 - reportlab has no call for marked content
