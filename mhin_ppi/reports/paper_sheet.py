"""The parts of a sheet for paper: larger letters, black on white, numbers in the margin, lines.

Plain sheets are set in 12 points and large print in 18. Nothing is said by colour or in grey, so
that any printer and copier will do.

Source: UKAAF, Creating clear print and large print documents (G017): 12 points at least, large
print 16 to 18, left aligned, no words in italics or capitals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .layout import Layout, Place, baseline, text_strips
from .pages import MARGIN, TEXT_WIDTH, Bookmark, Box, Panel, Strip, Words
from .tagging import Element
from .typefaces import Run, tidy
from .typesetting import Line, Style, set_lines

BLACK = "#000000"
LINE_WIDTH = 0.8
TICK_WIDTH = 1.2
BOX_PADDING = 10.0
DEEPEST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large everything is, in points.

    Args:
        body: Running text.
        title: The draft's name on the cover.
        headings: From the largest.
        foot: The line at the foot of each page.
        gutter: Room for the numbers, left of the draft's words.
        writing: From one line to write on to the next.
    """

    body: Style
    title: Style
    headings: tuple[Style, Style, Style]
    foot: Style
    gutter: float
    writing: float

    @property
    def strong(self) -> Style:
        """Running text in the heavier weight."""
        return replace(self.body, bold=True)

    @property
    def indent(self) -> float:
        """How far in a list's words stand."""
        return self.body.size * 1.5

    @property
    def tick(self) -> float:
        """Side of a box to tick."""
        return self.body.size * 0.95

    @property
    def tick_room(self) -> float:
        """From a box to tick to its words."""
        return self.tick * 1.6


def _sizes(body: float, headings: tuple[float, float, float], *, foot: float) -> Sizes:
    large, middle, small = (
        Style(size, size * 1.3, bold=True, colour=BLACK, after=size * 0.4) for size in headings
    )
    return Sizes(
        body=Style(body, round(body * 1.45, 1), colour=BLACK, after=body * 0.75),
        title=Style(headings[0] * 1.5, headings[0] * 1.9, bold=True, colour=BLACK, after=body),
        headings=(large, middle, small),
        foot=Style(foot, foot * 1.25, colour=BLACK, after=0),
        gutter=body * 2.6,
        writing=body * 0.7 + 15,
    )


PLAIN_PRINT = _sizes(12, (18, 15, 13), foot=12)
LARGE_PRINT = _sizes(18, (25, 21, 19), foot=16)


class PaperSheet:
    """A sheet under way: a layout, and how large everything is.

    Args:
        layout: A new one.
        large_print: Letters of 18 points instead of 12.
    """

    def __init__(self, layout: Layout, *, large_print: bool) -> None:
        self.layout = layout
        self.sizes = LARGE_PRINT if large_print else PLAIN_PRINT
        self._depth = 0

    @property
    def wide(self) -> Place:
        """The full column, directly in the document."""
        return self.layout.page_wide

    @property
    def beside_numbers(self) -> Place:
        """The column of the draft's words, right of their numbers."""
        gutter = self.sizes.gutter
        return replace(self.wide, x=MARGIN + gutter, width=TEXT_WIDTH - gutter)

    def section(self, words: str) -> None:
        """Begin a new page with the heading of a section."""
        self.layout.new_page()
        self._heading(words, 0, self.wide, tag="H2", listed_at=1)
        self._depth = 2

    def heading(self, words: str, level: int, *, number: int | None) -> None:
        """Set one of the draft's own headings; no level is left out on the way down."""
        self._depth = min(2 + level, self._depth + 1, DEEPEST_HEADING)
        size, tag = min(level, 3) - 1, f"H{self._depth}"
        listed_at = min(self._depth - 1, 3)
        self._heading(words, size, self.beside_numbers, tag=tag, listed_at=listed_at, number=number)

    def sub_heading(self, words: str, *, level: int = 3) -> None:
        """Set a heading below a section's, or on the cover as ``level`` 2 below the title."""
        self._heading(words, 1, self.wide, tag=f"H{level}", listed_at=level - 1)

    def _heading(
        self,
        words: str,
        size: int,
        place: Place,
        *,
        tag: str,
        listed_at: int,
        number: int | None = None,
    ) -> None:
        style = self.sizes.headings[size]
        self.layout.space(style.size * 0.8)
        element = self.wide.parent.add(tag)
        bookmark = Bookmark(" ".join(tidy(words).split()) or "(no words)", listed_at)
        strips = self.text(words, style, element, place, number=number)
        for strip in strips:
            strip.with_next = True
        strips[0].bookmark = bookmark
        self.layout.bookmarks.append(bookmark)
        self.layout.space(style.after, with_next=True)

    def paragraph(
        self,
        text: str,
        style: Style | None = None,
        *,
        place: Place | None = None,
        number: int | None = None,
        with_next: bool = False,
    ) -> None:
        """Set a paragraph, with its number in the margin where it has one."""
        place, style = place or self.wide, style or self.sizes.body
        strips = self.text(text, style, place.parent.add("P"), place, number=number)
        strips[-1].with_next = with_next
        self.layout.space(style.after, panels=place.panels, with_next=with_next)

    def text(
        self, text: str, style: Style, element: Element, place: Place, *, number: int | None = None
    ) -> list[Strip]:
        """Set lines under an element, and return their strips."""
        strips = text_strips(text, style, element, place, self.layout.faces)
        if number is not None:
            strips[0].words.insert(0, self.number(number, element, baseline(style), x=place.x))
        self.layout.strips.extend(strips)
        return strips

    def number(self, number: int, element: Element, drop: float, *, x: float) -> Words:
        """Return a number, ending a little left of ``x``; read aloud and copied as "3."."""
        style = self.sizes.strong
        face = self.layout.faces.bold
        wide = face.width(str(number)) * style.size
        line = Line((Run(str(number), face.font, actual=f"{number}."),), wide)
        at = MARGIN + self.sizes.gutter - self.sizes.body.size * 0.8
        return Words(element, max(min(at, x) - wide, MARGIN / 2), drop, line, style)

    def boxed(self, texts: Sequence[tuple[str, Style]], *, place: Place | None = None) -> None:
        """Set paragraphs in a box with a line around it, kept with what follows."""
        place = place or self.wide
        outer = place.parent.add("Sect")
        inside = self.open_box(outer, place)
        for text, style in texts:
            strips = self.text(text, style, outer.add("P"), inside)
            strips[-1].with_next = True
            self.layout.space(style.size * 0.3, panels=inside.panels, with_next=True)
        self.layout.space(BOX_PADDING * 0.6, panels=inside.panels, with_next=True)
        self.layout.space(self.sizes.body.after, with_next=True)

    def open_box(self, outer: Element, place: Place) -> Place:
        """Begin a box with a line around it, and return the place inside."""
        panel = Panel(place.x, place.width, edge=BLACK)
        inside = Place(
            outer, place.x + BOX_PADDING * 1.2, place.width - BOX_PADDING * 2.4, (panel,)
        )
        # Not a space: at the top of a page too, the line keeps away from the words.
        self.layout.strips.append(Strip(BOX_PADDING, panels=(panel,), with_next=True))
        return inside

    def lines(self, count: int, *, place: Place | None = None, with_next: bool = False) -> None:
        """Leave lines to write on; readers aloud skip them."""
        place = place or self.wide
        height = self.sizes.writing
        for index in range(count):
            rule = Box(place.x, height - LINE_WIDTH, place.width, LINE_WIDTH, BLACK)
            joined = with_next or index < count - 1
            self.layout.strips.append(
                Strip(height, boxes=[rule], panels=place.panels, with_next=joined)
            )
        self.layout.space(self.sizes.body.size * 0.4, panels=place.panels, with_next=with_next)

    def blank(self, words: str, *, after: str = "", tick: bool = False, place: Place) -> None:
        """Set a few words followed by a line to write on, and perhaps words after it.

        Args:
            words: What is to be written.
            after: Words at the right end, or "".
            tick: Whether those have a box to tick before them.
            place: Where.
        """
        style, faces = self.sizes.body, self.layout.faces
        height, gap = self.sizes.writing, style.size * 0.5
        drop = height - style.size * 0.35
        element = place.parent.add("P")
        before = replace(set_lines(words, style, place.width, faces)[0], is_last=not after)
        strip = Strip(height, [Words(element, place.x, drop, before, style)], panels=place.panels)
        start, end = place.x + before.width + gap, place.x + place.width
        if after:
            last = set_lines(after, style, place.width, faces)[0]
            end -= last.width
            strip.words.append(Words(element, end, drop, last, style))
            if tick:
                end -= self.sizes.tick_room
                strip.boxes.extend(_square(end, drop - self.sizes.tick * 0.88, self.sizes.tick))
            end -= gap
        strip.boxes.append(Box(start, height - LINE_WIDTH, end - start, LINE_WIDTH, BLACK))
        strip.with_next = True
        self.layout.strips.append(strip)

    def ticks(self, choices: Sequence[str], *, place: Place, columns: int) -> None:
        """Set boxes to tick, in rows, each before its words."""
        style, faces = self.sizes.body, self.layout.faces
        listing = place.parent.add("L")
        side, room = self.sizes.tick, self.sizes.tick_room
        width = place.width / columns
        for start in range(0, len(choices), columns):
            strip = Strip(style.leading * 1.15, panels=place.panels, with_next=True)
            drop = baseline(style) + style.leading * 0.08
            for column, words in enumerate(choices[start : start + columns]):
                x = place.x + column * width
                body = listing.add("LI").add("LBody")
                line = set_lines(words, style, width - room, faces)[0]
                strip.words.append(Words(body, x + room, drop, line, style))
                strip.boxes.extend(_square(x, drop - side * 0.88, side))
            self.layout.strips.append(strip)
        self.layout.space(style.size * 0.3, panels=place.panels, with_next=True)


def _square(x: float, drop: float, side: float) -> list[Box]:
    """Return the four sides of a box to tick."""
    thin = TICK_WIDTH
    return [
        Box(x, drop, side, thin, BLACK),
        Box(x, drop + side - thin, side, thin, BLACK),
        Box(x, drop, thin, side, BLACK),
        Box(x + side - thin, drop, thin, side, BLACK),
    ]
