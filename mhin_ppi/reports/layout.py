"""The parts of a report, each giving strips and the elements they belong to.

A :class:`Layout` is filled from top to bottom and finished once. Every text it takes is drawn as it
is: there is no markup, so no words can change the layout, name a file or break a tag.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .file_facts import FileFacts
from .pages import (
    MARGIN,
    TEXT_WIDTH,
    Bookmark,
    Box,
    Panel,
    Picture,
    Strip,
    Words,
    break_into_pages,
)
from .painting import paint
from .tagging import Element, TagTree, write_tags
from .typefaces import Typefaces, tidy
from .typesetting import (
    ACCENT,
    BODY,
    INK,
    LABEL,
    RULE,
    SMALL,
    SOFT,
    Style,
    set_lines,
)

HEADINGS = {
    1: Style(size=18, leading=23, bold=True, colour=ACCENT, after=7),
    2: Style(size=13.5, leading=18, bold=True, colour=INK, after=5),
    3: Style(size=11.5, leading=16, bold=True, colour=INK, after=2),
}
ABOVE_HEADING = {1: 20.0, 2: 15.0, 3: 4.0}
CONTENTS = {
    1: Style(size=10.5, leading=17, bold=True, after=0),
    2: Style(size=10.5, leading=16, after=0),
}
ASIDE = Style(size=10, leading=16, bold=True, colour=ACCENT, after=0)
INDENT = 13.0
# A shaded box of up to this height, in points, stays on one page.
UNCUT_BOX = 250.0
# Below this many lines a paragraph is not cut in two.
FEW_LINES = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where text goes: under which element, how far in, on which backgrounds.

    Args:
        parent: The element that new ones are added to.
        x: Left edge, in points from the left of the page.
        width: In points.
        panels: Backgrounds behind it.
    """

    parent: Element
    x: float = MARGIN
    width: float = TEXT_WIDTH
    panels: tuple[Panel, ...] = ()


def baseline(style: Style) -> float:
    """Return how far below a line's top its baseline lies, so that letters sit in the middle."""
    return style.leading / 2 + style.size * 0.34


def text_strips(
    text: str, style: Style, element: Element, place: Place, faces: Typefaces
) -> list[Strip]:
    """Return one strip for each line; first two and last two lines stay together."""
    lines = set_lines(text, style, place.width, faces)
    drop = baseline(style)
    strips = [
        Strip(style.leading, [Words(element, place.x, drop, line, style)], panels=place.panels)
        for line in lines
    ]
    for index, strip in enumerate(strips[:-1]):
        strip.with_next = len(strips) < FEW_LINES or index in {0, len(strips) - 2}
    return strips


class Layout:
    """A report under way.

    Args:
        faces: The typeface.
    """

    def __init__(self, faces: Typefaces) -> None:
        self.faces = faces
        self.tree = TagTree()
        self.strips: list[Strip] = []
        self.bookmarks: list[Bookmark] = []
        self._contents: tuple[int, Element] | None = None

    @property
    def page_wide(self) -> Place:
        """The full column, directly in the document."""
        return Place(self.tree.document)

    def heading(self, words: str, level: int, *, listed: str = "", aside: str = "") -> Bookmark:
        """Set a heading of level 1 to 3 (the title alone stands above them).

        Args:
            words: As they are drawn.
            level: 1 for a section.
            listed: How it reads in the outline and the contents, if otherwise.
            aside: A few words at the right end of its first line, part of the heading.

        Returns:
            Where it will stand; it is listed in the contents unless ``in_contents`` is unset.
        """
        # A heading right below another one must not let it stand alone at the foot of a page.
        self.space(ABOVE_HEADING[level], with_next=bool(self.strips) and self.strips[-1].with_next)
        element = self.tree.document.add(f"H{level + 1}")
        place, style = self.page_wide, HEADINGS[level]
        end = set_lines(aside, ASIDE, TEXT_WIDTH / 2, self.faces)[0] if aside else None
        if end:
            place = replace(place, width=TEXT_WIDTH - end.width - INDENT)
        strips = text_strips(words, style, element, place, self.faces)
        if end:
            x = MARGIN + TEXT_WIDTH - end.width
            strips[0].words.append(Words(element, x, baseline(style), end, ASIDE))
        for strip in strips:
            strip.with_next = True
        named = " ".join(tidy(listed or words).split()) or "(no words)"
        bookmark = Bookmark(named, level, in_contents=level < 3)
        strips[0].bookmark = bookmark
        self.bookmarks.append(bookmark)
        self.strips.extend(strips)
        self.space(style.after, with_next=True)
        return bookmark

    def rule(self) -> None:
        """Draw a thin line across the column, kept with what follows."""
        line = Box(MARGIN, 5, TEXT_WIDTH, 0.8, RULE)
        self.strips.append(Strip(10, boxes=[line], is_space=True, with_next=True))

    def paragraph(
        self, text: str, style: Style = BODY, *, place: Place | None = None, with_next: bool = False
    ) -> None:
        """Set a paragraph.

        Args:
            text: Anything; the person's own line ends are kept.
            style: How it looks.
            place: Where; the full column if not given.
            with_next: Whether its end stays on one page with what follows.
        """
        place = place or self.page_wide
        self.set_text(text, style, place.parent.add("P"), place, with_next=with_next)
        self.space(style.after, panels=place.panels, with_next=with_next)

    def labelled(
        self, label: str, text: str, *, style: Style = BODY, with_next: bool = False
    ) -> None:
        """Set a small heading-like label and the paragraph it belongs to."""
        self.paragraph(label, LABEL, with_next=True)
        self.paragraph(text, style, with_next=with_next)

    def quote(self, text: str, *, bar: str = ACCENT, fill: str = "", style: Style = BODY) -> None:
        """Set somebody's words with a line down their left side.

        Args:
            text: The words.
            bar: Colour of the line.
            fill: Background, or "" for none.
            style: How they look.
        """
        panel = Panel(MARGIN, TEXT_WIDTH, fill=fill, bar=bar)
        outer = self.tree.document.add("BlockQuote")
        place = Place(outer, MARGIN + INDENT, TEXT_WIDTH - 2 * INDENT, (panel,))
        padding = 5.0 if fill else 1.0
        self.space(padding, panels=place.panels, with_next=True)
        self.set_text(text, style, outer.add("P"), place)
        self.strips[-1].with_next = True
        self.space(padding, panels=place.panels)
        self.space(style.after)

    def callout(self, heading: str, paragraphs: Sequence[str]) -> None:
        """Set a shaded box with a bold first line."""
        panel = Panel(MARGIN, TEXT_WIDTH, fill=SOFT)
        outer = self.tree.document.add("Sect")
        start = len(self.strips)
        place = Place(outer, MARGIN + INDENT, TEXT_WIDTH - 2 * INDENT, (panel,))
        self.space(8, panels=place.panels, with_next=True)
        self.paragraph(heading, replace(BODY, bold=True, after=3), place=place, with_next=True)
        for index, text in enumerate(paragraphs):
            last = index == len(paragraphs) - 1
            style = replace(BODY, after=0.0 if last else 5.0)
            self.set_text(text, style, outer.add("P"), place, with_next=last)
            if not last:
                self.space(style.after, panels=place.panels)
        self.space(9, panels=place.panels)
        box = self.strips[start:]
        if sum(strip.height for strip in box) < UNCUT_BOX:
            for strip in box[:-1]:
                strip.with_next = True
        self.space(10)

    def bullets(self, texts: Sequence[str], style: Style = BODY) -> None:
        """Set a list; each entry hangs behind a round point."""
        listing = self.tree.document.add("L")
        point = set_lines("•", style, INDENT, self.faces)[0]
        for index, text in enumerate(texts):
            entry = listing.add("LI")
            label, body = entry.add("Lbl"), entry.add("LBody")
            place = Place(body, MARGIN + INDENT, TEXT_WIDTH - INDENT)
            strips = text_strips(text, style, body, place, self.faces)
            strips[0].words.insert(0, Words(label, MARGIN + 2, baseline(style), point, style))
            # Neither the first nor the last entry stands alone on a page.
            joined = len(texts) > 1 and index in {0, len(texts) - 2}
            strips[-1].with_next = joined
            self.strips.extend(strips)
            self.space(3, with_next=joined)
        self.space(style.after)

    def figure(self, drawing: Any, alt: str) -> None:  # noqa: ANN401 - reportlab has no types
        """Set a drawing, which readers aloud hear as ``alt``."""
        element = self.tree.document.add("Figure", alt=tidy(alt))
        self.strips.append(
            Strip(drawing.height, picture=Picture(element, drawing, MARGIN), with_next=True)
        )
        self.space(6)

    def contents(self, words: str) -> None:
        """Leave the place where the list of headings goes, under a heading of its own."""
        place = self.page_wide
        self.set_text(words, HEADINGS[2], place.parent.add("H2"), place, with_next=True)
        self.space(4, with_next=True)
        self._contents = (len(self.strips), self.tree.document.add("TOC"))

    def set_text(
        self, text: str, style: Style, element: Element, place: Place, *, with_next: bool = False
    ) -> None:
        """Set the lines of a text under an element that the caller made, with no space below."""
        strips = text_strips(text, style, element, place, self.faces)
        strips[-1].with_next = with_next
        self.strips.extend(strips)

    def space(
        self, height: float, *, panels: tuple[Panel, ...] = (), with_next: bool = False
    ) -> None:
        """Leave a gap, dropped at the top of a page."""
        self.strips.append(Strip(height, is_space=True, panels=panels, with_next=with_next))

    def small(self, text: str) -> None:
        """Set a line of small, muted text."""
        self.paragraph(text, SMALL)

    def _contents_strips(self, contents: Element) -> list[Strip]:
        """Return one strip for each listed heading, each a link with its page number."""
        strips = []
        for bookmark in self.bookmarks:
            if not bookmark.in_contents:
                continue
            style = CONTENTS[bookmark.level]
            indent = INDENT * (bookmark.level - 1)
            link = contents.add("TOCI").add("Reference").add("Link")
            lines = set_lines(bookmark.words, style, TEXT_WIDTH - indent - 40, self.faces)
            for index, line in enumerate(lines):
                words = Words(link, MARGIN + indent, baseline(style), line, style, to=bookmark)
                strips.append(Strip(style.leading, [words], with_next=index < len(lines) - 1))
            right = MARGIN + TEXT_WIDTH
            strips[-1].words.append(
                replace(
                    words, x=right, line=replace(line, runs=()), to=None, shows_page_of=bookmark
                )
            )
        return strips

    def new_page(self) -> None:
        """Let what comes next begin a page."""
        self.strips.append(Strip(0, is_space=True, starts_page=True))

    def finish(
        self,
        facts: FileFacts,
        *,
        footer: str,
        after_page: Callable[[int, int], None],
        foot: Style = SMALL,
    ) -> bytes:
        """Return the finished, tagged file.

        Args:
            facts: Title, author, subject and date.
            footer: At the left of every page's foot.
            after_page: Called with the number of pages drawn, and of all; may raise to stop.
            foot: How the footer looks.
        """
        if self._contents:
            at, element = self._contents
            self.strips[at:at] = self._contents_strips(element)
        pages = break_into_pages(self.strips)
        untagged = paint(
            pages, self.faces, self.tree, footer=footer, after_page=after_page, foot=foot
        )
        return write_tags(untagged, self.tree, facts)
