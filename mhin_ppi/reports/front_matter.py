"""The first things a person sees: the report's name on its band, and the key figures on cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .layout import Layout, baseline
from .pages import (
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TEXT_WIDTH,
    TOP,
    Box,
    Panel,
    Strip,
    Words,
)
from .tagging import Element
from .typesetting import ACCENT, INK, PALE, Style, set_lines

WHITE = "#FFFFFF"
TITLE = Style(size=25, leading=31, bold=True, colour=WHITE, after=0)
TITLE_NOTE = Style(size=11, leading=16, colour=WHITE, after=0)
FIGURE_VALUE = Style(size=20, leading=25, bold=True, colour=ACCENT, after=0)
FIGURE_LABEL = Style(size=9, leading=12, colour=INK, after=0)
CARD_GAP = 9.0
CARD_PADDING = 9.0
# So many figures stand better in rows of three than of four.
IN_ROWS_OF_THREE = {3, 5, 6, 9}
# White words need the whole band behind them: a longer title is set in ink on paper.
MOST_BAND_LINES = 12
# A longer label would make a card taller than it is wide: then figures are set as a list.
MOST_CARD_LINES = 7


def add_title_block(layout: Layout, title: str, notes: Sequence[tuple[str, str]]) -> None:
    """Set the report's name on a band across the top of the first page.

    Args:
        layout: The report, still empty.
        title: The name of the report; the only first-level heading.
        notes: What stands above ("above") and below ("below") it, in order.
    """
    start = len(layout.strips)
    place = layout.page_wide
    lines = len(set_lines(title, TITLE, TEXT_WIDTH, layout.faces))
    lines += sum(len(set_lines(text, TITLE_NOTE, TEXT_WIDTH, layout.faces)) for _, text in notes)
    on_band = lines <= MOST_BAND_LINES
    colour = WHITE if on_band else INK
    note_style = replace(TITLE_NOTE, colour=colour)
    for where, text in notes:
        if where == "above":
            layout.set_text(text, note_style, place.parent.add("P"), place)
    layout.space(3)
    layout.set_text(title, replace(TITLE, colour=colour), place.parent.add("H1"), place)
    layout.space(5)
    for where, text in notes:
        if where == "below":
            layout.set_text(text, note_style, place.parent.add("P"), place)
    if on_band:
        _band(layout.strips[start:])
    layout.space(34)


def _band(strips: Sequence[Strip]) -> None:
    """Shade the paper from its upper edge down to below the last of these strips."""
    above = PAGE_HEIGHT - TOP
    height = above + sum(strip.height for strip in strips) + 18
    # A strip that is never dropped carries the whole band.
    first = next(strip for strip in strips if not strip.is_space)
    first.boxes.append(Box(0, -above, PAGE_WIDTH, height, ACCENT))


def add_key_figures(layout: Layout, figures: Sequence[tuple[str, str]]) -> None:
    """Set numbers on cards, up to four in a row; as a list where they are too long for cards.

    Args:
        layout: The report.
        figures: The number as it reads, and what it counts.
    """
    in_row = 3 if len(figures) in IN_ROWS_OF_THREE else 4
    width = (TEXT_WIDTH - (in_row - 1) * CARD_GAP) / in_row
    if any(_card_lines(layout, *figure, width=width) > MOST_CARD_LINES for figure in figures):
        layout.bullets([f"{value} {label}" for value, label in figures])
        return
    listing = layout.tree.document.add("L")
    for start in range(0, len(figures), in_row):
        layout.strips.append(_cards(layout, figures[start : start + in_row], listing, width=width))
        layout.space(CARD_GAP)
    layout.space(6)


def _card_lines(layout: Layout, value: str, label: str, *, width: float) -> int:
    room = width - 2 * CARD_PADDING
    texts = ((value, FIGURE_VALUE), (label, FIGURE_LABEL))
    return sum(len(set_lines(text, style, room, layout.faces)) for text, style in texts)


def _cards(
    layout: Layout, figures: Sequence[tuple[str, str]], listing: Element, *, width: float
) -> Strip:
    """Return one row of cards, each as wide as those of a full row, so that rows line up."""
    row = Strip(0)
    panels = []
    for index, (value, label) in enumerate(figures):
        x = MARGIN + index * (width + CARD_GAP)
        body = listing.add("LI").add("LBody")
        drop = CARD_PADDING
        value_style = FIGURE_VALUE
        if layout.faces.bold.word(value).width * value_style.size > width - 2 * CARD_PADDING:
            value_style = replace(FIGURE_VALUE, size=13, leading=17)
        for text, style in ((value, value_style), (label, FIGURE_LABEL)):
            for line in set_lines(text, style, width - 2 * CARD_PADDING, layout.faces):
                words = Words(body, x + CARD_PADDING, drop + baseline(style), line, style)
                row.words.append(words)
                drop += style.leading
        row.height = max(row.height, drop + CARD_PADDING)
        panels.append(Panel(x, width, fill=PALE, bar=ACCENT))
    row.panels = tuple(panels)
    return row
