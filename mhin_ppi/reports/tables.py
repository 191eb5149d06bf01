"""Tables: cells side by side, headings repeated on every page, rows of any length.

A row is cut into slices, one line of every cell in each, so that a cell of ten thousand characters
runs over as many pages as it needs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .layout import Layout, baseline
from .pages import MARGIN, TEXT_WIDTH, Box, Strip, Words
from .tagging import Element
from .typesetting import (
    ACCENT,
    RULE,
    SOFT,
    TABLE_CELL,
    Line,
    Style,
    set_lines,
)

PADDING = 6.0
PADDING_ABOVE = 4.0
RULE_HEIGHT = 0.6
# A table of up to this many lines stays on one page.
UNCUT_TABLE_LINES = 14
# A row of up to this many lines is not cut when a page ends.
UNCUT_LINES = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table stands, and how its words look.

    Args:
        x: Left edge, in points from the left of the page.
        width: In points.
        cell: How cells look; headings are the same in bold.
        head: Background of the headings.
        rule: Colour of the lines between rows.
    """

    x: float = MARGIN
    width: float = TEXT_WIDTH
    cell: Style = TABLE_CELL
    head: str = SOFT
    rule: str = RULE


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Args:
        heading: Its first cell, tagged as the heading of the column.
        share: Its part of the width, against the other columns.
        right: Whether its cells end at the right, as figures do.
        names_row: Whether its cells are headings of their rows.
    """

    heading: str
    share: float = 1.0
    right: bool = False
    names_row: bool = False


def add_table(
    layout: Layout,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    last_is_total: bool = False,
    frame: Frame | None = None,
) -> None:
    """Set a table at the end of the report.

    Args:
        layout: The report.
        columns: At least one.
        rows: As many cells in each as there are columns; "" for an empty cell.
        last_is_total: Whether the last row sums up the others and is set in bold.
        frame: Where and how large; the full column in small letters unless said otherwise. Columns
            without any heading get no row of headings.

    Raises:
        ValueError: A row has more or fewer cells than there are columns.
    """
    frame = frame or Frame()
    table = layout.tree.document.add("Table")
    maker = _RowMaker(layout, columns, frame)
    headings = _headings(maker, table)
    layout.strips.extend(headings)
    body: list[Strip] = []
    for index, cells in enumerate(rows):
        total = last_is_total and index == len(rows) - 1
        style = replace(frame.cell, bold=total)
        strips = maker.row(table, cells, style, head=False)
        for strip in strips:
            strip.repeats = headings
        if total:
            strips[0].boxes.append(Box(frame.x, 0, frame.width, 1.2, ACCENT))
        if last_is_total and index == len(rows) - 2:
            strips[-1].with_next = True
        body.extend(strips)
    if len(body) <= UNCUT_TABLE_LINES:
        for strip in body[:-1]:
            strip.with_next = True
    layout.strips.extend(body)
    layout.space(12)


def _headings(maker: _RowMaker, table: Element) -> list[Strip]:
    """Return the slices of the headings, kept with the first row."""
    columns, frame = maker.columns, maker.frame
    if not any(column.heading for column in columns):
        return []
    style = replace(frame.cell, bold=True)
    headings = maker.row(table, [column.heading for column in columns], style, head=True)
    for strip in headings:
        strip.boxes.insert(0, Box(frame.x, 0, frame.width, strip.height, frame.head))
        strip.with_next = True
    return headings


def _edges(columns: Sequence[Column], frame: Frame) -> list[float]:
    """Return the left edge of each column, and the right edge of the last."""
    whole = sum(column.share for column in columns)
    edges = [frame.x]
    for column in columns:
        edges.append(edges[-1] + frame.width * column.share / whole)
    return edges


class _RowMaker:
    """Makes the strips of one row after the other."""

    def __init__(self, layout: Layout, columns: Sequence[Column], frame: Frame) -> None:
        self.layout, self.columns, self.frame = layout, columns, frame
        self.edges = _edges(columns, frame)

    def row(self, table: Element, cells: Sequence[str], style: Style, *, head: bool) -> list[Strip]:
        """Return the slices of one row."""
        if len(cells) != len(self.columns):
            raise ValueError("a row has as many cells as the table has columns")
        row = table.add("TR")
        slices: list[Strip] = []
        for index, text in enumerate(cells):
            column = self.columns[index]
            cell_style = replace(style, bold=True) if column.names_row and not head else style
            lines = set_lines(text, cell_style, self._room(index), self.layout.faces)
            element = self._cell(row, column, head=head)
            while len(slices) < len(lines):
                slices.append(Strip(style.leading))
            for strip, line in zip(slices, lines, strict=False):
                x = self._left(index, line)
                strip.words.append(Words(element, x, baseline(cell_style), line, cell_style))
        _pad(slices, self.frame)
        for position, strip in enumerate(slices[:-1]):
            ends = position in {0, len(slices) - 2}
            strip.with_next = len(slices) <= UNCUT_LINES or ends
        return slices

    @staticmethod
    def _cell(row: Element, column: Column, *, head: bool) -> Element:
        if head:
            return row.add("TH", scope="Column")
        return row.add("TH", scope="Row") if column.names_row else row.add("TD")

    def _room(self, index: int) -> float:
        return self.edges[index + 1] - self.edges[index] - 2 * PADDING

    def _left(self, index: int, line: Line) -> float:
        if self.columns[index].right:
            return self.edges[index + 1] - PADDING - line.width
        return self.edges[index] + PADDING


def _pad(slices: list[Strip], frame: Frame) -> None:
    """Give the first slice room above, and the last room below and a rule."""
    first, last = slices[0], slices[-1]
    first.height += PADDING_ABOVE
    first.words = [replace(words, drop=words.drop + PADDING_ABOVE) for words in first.words]
    last.height += PADDING_ABOVE
    last.boxes.append(Box(frame.x, last.height - RULE_HEIGHT, frame.width, RULE_HEIGHT, frame.rule))
