"""Grids: counts in rows and columns, each number written in its cell.

A cell that counts something is filled and ruled in full; one that counts nothing is ruled in dashes
with a nought in it. So the grid reads the same in grey, and what is empty is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..domain.charts import ChartColours, GridData, Zone
from .charts import LABEL_GAP, ON_PAPER, add_text, short_lines
from .typefaces import Typefaces
from .typesetting import Style

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

ROW_TEXT = Style(size=9, leading=11)
HEAD_TEXT = Style(size=8.5, leading=10.5)
COUNT_TEXT = Style(size=10, leading=12, bold=True)
NOUGHT_TEXT = Style(size=10, leading=12)
LABEL_SHARE = 0.28
CELL_HEIGHT = 21.0
CELL_GAP = 3.0
HEAD_GAP = 5.0
MOST_SIDEWAYS = 96.0
# Of one drawing, in points, so that a page holds it with its heading.
MOST_HEIGHT = 540.0
DASHES = (2, 2)


@dataclass(frozen=True, slots=True)
class _Measure:
    """Sizes of a grid, in points.

    Args:
        labels: Room for what each row is.
        cell: Width of a cell, with the gap to the next.
        sideways: Whether the heads of columns are turned, since a word would not fit.
        head: Height of the heads.
        rows: Height of each row, with the gap to the next.
    """

    labels: float
    cell: float
    sideways: bool
    head: float
    rows: tuple[float, ...]

    @property
    def height(self) -> float:
        return self.head + sum(self.rows)


def grid_chart(
    grid: GridData, faces: Typefaces, *, width: float, colours: ChartColours = ON_PAPER
) -> Drawing:
    """Return the grid as a reportlab drawing.

    Args:
        grid: At least one row and one column.
        faces: The typeface.
        width: In points; the height follows from the rows.
        colours: Of cells and text.

    Raises:
        ValueError: There is nothing to draw.
    """
    from reportlab.graphics.shapes import Drawing

    if not grid.rows or not grid.columns:
        raise ValueError("a grid needs at least one row and one column")
    measure = _measure(grid, faces, width)
    drawing = Drawing(width, measure.height)
    for at, name in enumerate(grid.columns):
        _add_head(drawing, name, at, measure, faces, colours)
    for zone in _zones(grid, measure):
        _add_cell(drawing, zone, faces, colours)
    top = measure.height - measure.head
    for name, row in zip(grid.rows, measure.rows, strict=True):
        lines = short_lines(name, measure.labels - LABEL_GAP, ROW_TEXT, faces)
        middle = top - (row - CELL_GAP) / 2
        first = middle + (len(lines) - 1) * ROW_TEXT.leading / 2 - ROW_TEXT.size * 0.34
        for number, (text, _) in enumerate(lines):
            at_point = (measure.labels - LABEL_GAP, first - number * ROW_TEXT.leading)
            add_text(drawing, text, at_point, ROW_TEXT, faces, colours, anchor="end")
        top -= row
    return drawing


def grid_zones(grid: GridData, faces: Typefaces, *, width: float) -> tuple[Zone, ...]:
    """Return where each cell stands, row by row.

    Args:
        grid: As it was drawn.
        faces: The typeface it was drawn with.
        width: In points, as it was drawn.
    """
    measure = _measure(grid, faces, width)
    return tuple(
        replace(zone, top=measure.height - zone.top - zone.height) for zone in _zones(grid, measure)
    )


def grid_pages(grid: GridData, faces: Typefaces, *, width: float) -> list[GridData]:
    """Return the grid in parts that each fit on a page; most often in one.

    Args:
        grid: At least one row.
        faces: The typeface.
        width: In points, as it will be drawn.
    """
    measure = _measure(grid, faces, width)
    parts: list[list[int]] = [[]]
    height = measure.head
    for at, row in enumerate(measure.rows):
        if parts[-1] and height + row > MOST_HEIGHT:
            parts.append([])
            height = measure.head
        parts[-1].append(at)
        height += row
    if len(parts) == 1:
        return [grid]
    return [
        replace(
            grid,
            rows=tuple(grid.rows[at] for at in part),
            cells=tuple(grid.cells[at] for at in part),
        )
        for part in parts
    ]


def _measure(grid: GridData, faces: Typefaces, width: float) -> _Measure:
    labels = width * LABEL_SHARE
    cell = (width - labels) / max(len(grid.columns), 1)
    plain = [faces.regular.plain(name) for name in grid.columns]
    room = cell - CELL_GAP - 2
    words = (faces.regular.width(word) for name in plain for word in name.split())
    sideways = max(words, default=0.0) * HEAD_TEXT.size > room
    if sideways:
        longest = max(faces.regular.width(name) for name in plain) * HEAD_TEXT.size
        head = min(longest, MOST_SIDEWAYS) + HEAD_GAP
    else:
        lines = max(len(short_lines(n, room, HEAD_TEXT, faces)) for n in grid.columns)
        head = lines * HEAD_TEXT.leading + HEAD_GAP
    rows = tuple(
        max(
            CELL_HEIGHT,
            len(short_lines(name, labels - LABEL_GAP, ROW_TEXT, faces)) * ROW_TEXT.leading,
        )
        + CELL_GAP
        for name in grid.rows
    )
    return _Measure(labels, cell, sideways, head, rows)


def _zones(grid: GridData, measure: _Measure) -> list[Zone]:
    """Return the cells with ``top`` counted from below, as reportlab counts: their lower edge."""
    zones = []
    top = measure.height - measure.head
    for row, height in zip(grid.cells, measure.rows, strict=True):
        for at, bar in enumerate(row):
            left = measure.labels + at * measure.cell
            bottom = top - height + CELL_GAP
            zones.append(Zone(left, bottom, measure.cell - CELL_GAP, height - CELL_GAP, bar))
        top -= height
    return zones


def _add_cell(drawing: Drawing, zone: Zone, faces: Typefaces, colours: ChartColours) -> None:
    from reportlab.graphics.shapes import Rect
    from reportlab.lib.colors import HexColor

    full = zone.bar.count > 0
    drawing.add(
        Rect(
            *(zone.left, zone.top, zone.width, zone.height),
            fillColor=HexColor(colours.soft) if full else None,
            strokeColor=HexColor(colours.bar if full else colours.line),
            strokeWidth=1.2 if full else 0.7,
            strokeDashArray=None if full else list(DASHES),
        )
    )
    style = COUNT_TEXT if full else NOUGHT_TEXT
    text = f"{zone.bar.count:,}"
    at = (zone.left + zone.width / 2, zone.top + zone.height / 2 - style.size * 0.34)
    add_text(drawing, text, at, style, faces, colours, anchor="middle")


def _add_head(  # noqa: PLR0913 - where a word stands and how it looks
    drawing: Drawing,
    name: str,
    at: int,
    measure: _Measure,
    faces: Typefaces,
    colours: ChartColours,
) -> None:
    left = measure.labels + at * measure.cell
    room = measure.cell - CELL_GAP
    bottom = measure.height - measure.head + HEAD_GAP
    if not measure.sideways:
        lines = short_lines(name, room - 2, HEAD_TEXT, faces)
        for number, (text, _) in enumerate(lines):
            at_point = (left + room / 2, bottom + (len(lines) - 1 - number) * HEAD_TEXT.leading + 1)
            add_text(drawing, text, at_point, HEAD_TEXT, faces, colours, anchor="middle")
        return
    _add_sideways(drawing, name, (left + room / 2, bottom), faces, colours)


def _add_sideways(
    drawing: Drawing,
    name: str,
    foot: tuple[float, float],
    faces: Typefaces,
    colours: ChartColours,
) -> None:
    """Add a head that is read from below, in one line or two."""
    from reportlab.graphics.shapes import Group, String
    from reportlab.lib.colors import HexColor

    lines = short_lines(name, MOST_SIDEWAYS, HEAD_TEXT, faces)
    across = foot[0] + HEAD_TEXT.size * 0.34 - (len(lines) - 1) * HEAD_TEXT.leading / 2
    for number, (text, _) in enumerate(lines):
        turned = Group(
            String(
                *(0, 0, text),
                fontName=faces.regular.font,
                fontSize=HEAD_TEXT.size,
                fillColor=HexColor(colours.text),
            )
        )
        turned.translate(across + number * HEAD_TEXT.leading, foot[1])
        turned.rotate(90)
        drawing.add(turned)
