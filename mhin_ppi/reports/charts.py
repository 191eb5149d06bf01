"""Charts: few, large, labelled directly.

Horizontal bars only: labels read as lines of text, every value is written at the end of its bar,
and length alone carries the meaning, so a chart reads the same in grey. Bars begin at nought. One
drawing serves paper and screen (:func:`to_svg`); the words and the table for those who do not see
it come from the same :class:`~mhin_ppi.domain.charts.ChartData`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from ..domain.charts import Bar, ChartColours, ChartData, Picture, Zone
from .typefaces import FAMILY_NAME, Typefaces, tidy
from .typesetting import ACCENT, INK, MUTED, SOFT, Style, set_lines

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

ROW_GAP = 8.0
BAR_HEIGHT = 15.0
LABEL_SHARE = 0.42
LABEL_GAP = 9.0
VALUE_GAP = 6.0
VALUE_ROOM = 34.0
MOST_LABEL_LINES = 3
# Of one drawing, in points, so that a page holds it with its heading.
MOST_HEIGHT = 560.0
LABEL_TEXT = Style(size=9.5, leading=12)
VALUE_TEXT = Style(size=10, leading=12, bold=True)
# A bar of one among thousands must still be seen.
LEAST_BAR = 1.5

_CLIP_DEFINITION = re.compile(r"<clipPath\b.*?</clipPath>", re.DOTALL)
_TITLE = re.compile("<title>.*?</title>")
_DESCRIPTION = re.compile("<desc>.*?</desc>")
_CLIP_USE = re.compile(r"clip-path\s*[:=]\s*(?:\"url\(#[^)]*\)\"|url\(#[^)]*\));?")


ON_PAPER = ChartColours(bar=ACCENT, text=INK, line=MUTED, soft=SOFT)


def bar_chart(
    chart: ChartData,
    faces: Typefaces,
    *,
    width: float,
    colours: ChartColours = ON_PAPER,
    longest: int = 0,
) -> Drawing:
    """Return the chart as a reportlab drawing.

    Args:
        chart: At least one bar.
        faces: The typeface.
        width: In points; the height follows from the bars.
        colours: Of bars and text.
        longest: The count that fills the width, if not the largest of these bars.

    Raises:
        ValueError: There is no bar to draw.
    """
    from reportlab.graphics.shapes import Drawing, Line, Rect
    from reportlab.lib.colors import HexColor

    if not chart.bars:
        raise ValueError("a chart needs at least one bar")
    labels = [_label_lines(bar.label, width, faces) for bar in chart.bars]
    heights = [_row_height(lines) for lines in labels]
    height = sum(heights)
    drawing = Drawing(width, height)
    start = width * LABEL_SHARE
    longest = longest or max(bar.count for bar in chart.bars) or 1
    scale = (width - start - VALUE_ROOM) / longest
    top = height
    for bar, lines, row in zip(chart.bars, labels, heights, strict=True):
        middle = top - row / 2
        long = max(bar.count * scale, LEAST_BAR) if bar.count else 0.0
        if long:
            drawing.add(
                Rect(
                    *(start, middle - BAR_HEIGHT / 2, long, BAR_HEIGHT),
                    fillColor=HexColor(colours.bar),
                    strokeColor=None,
                )
            )
        _add_labels(drawing, lines, start - LABEL_GAP, middle, faces, colours)
        _add_value(drawing, f"{bar.count:,}", start + long + VALUE_GAP, middle, faces, colours)
        top -= row
    line = Line(start, 0, start, height, strokeColor=HexColor(colours.line), strokeWidth=0.8)
    drawing.add(line)
    return drawing


def bar_zones(chart: ChartData, faces: Typefaces, *, width: float) -> tuple[Zone, ...]:
    """Return where each bar stands with its label, in the order of the bars.

    Args:
        chart: As it was drawn.
        faces: The typeface it was drawn with.
        width: In points, as it was drawn.
    """
    zones, top = [], 0.0
    for bar in chart.bars:
        row = _row_height(_label_lines(bar.label, width, faces))
        zones.append(Zone(0.0, top, width, row, bar))
        top += row
    return tuple(zones)


def page_sized(chart: ChartData, faces: Typefaces, *, width: float) -> list[ChartData]:
    """Return the chart in parts that each fit on a page; most often in one.

    Args:
        chart: At least one bar.
        faces: The typeface.
        width: In points, as it will be drawn.
    """
    parts: list[list[Bar]] = [[]]
    height = 0.0
    for bar in chart.bars:
        row = _row_height(_label_lines(bar.label, width, faces))
        if parts[-1] and height + row > MOST_HEIGHT:
            parts.append([])
            height = 0.0
        parts[-1].append(bar)
        height += row
    return [replace(chart, bars=tuple(part)) for part in parts]


def _row_height(lines: list[tuple[str, float]]) -> float:
    return max(BAR_HEIGHT, len(lines) * LABEL_TEXT.leading) + ROW_GAP


def _label_lines(label: str, width: float, faces: Typefaces) -> list[tuple[str, float]]:
    """Return a label's lines with their widths, shortened when there are too many."""
    return short_lines(label, width * LABEL_SHARE - LABEL_GAP, LABEL_TEXT, faces)


def short_lines(label: str, room: float, style: Style, faces: Typefaces) -> list[tuple[str, float]]:
    """Return a label's lines with their widths, shortened when there are too many.

    Args:
        label: What is said.
        room: How wide a line may be, in points.
        style: How it looks; not bold.
        faces: The typeface.
    """
    plain = faces.regular.plain(label) or "(no name)"
    lines = set_lines(plain, style, room, faces)
    texts = [("".join(run.text for run in line.runs), line.width) for line in lines]
    if len(texts) <= MOST_LABEL_LINES:
        return texts
    kept = texts[:MOST_LABEL_LINES]
    shortened = kept[-1][0][:-1].rstrip() + "…"
    kept[-1] = (shortened, faces.regular.width(shortened) * style.size)
    return kept


def _add_labels(
    drawing: Drawing,
    lines: list[tuple[str, float]],
    right: float,
    middle: float,
    faces: Typefaces,
    colours: ChartColours,
) -> None:
    first = middle + (len(lines) - 1) * LABEL_TEXT.leading / 2 - LABEL_TEXT.size * 0.34
    # The screen's own letters are a hair wider or narrower than reckoned: the ends must line up.
    for index, (text, _) in enumerate(lines):
        at = (right, first - index * LABEL_TEXT.leading)
        add_text(drawing, text, at, LABEL_TEXT, faces, colours, anchor="end")


def _add_value(
    drawing: Drawing,
    text: str,
    x: float,
    middle: float,
    faces: Typefaces,
    colours: ChartColours,
) -> None:
    add_text(drawing, text, (x, middle - VALUE_TEXT.size * 0.34), VALUE_TEXT, faces, colours)


def add_text(
    drawing: Drawing,
    text: str,
    at: tuple[float, float],
    style: Style,
    faces: Typefaces,
    colours: ChartColours,
    *,
    anchor: str = "start",
) -> None:
    """Add a line of text to a drawing; the start, middle or end of its baseline is at a point."""
    from reportlab.graphics.shapes import String
    from reportlab.lib.colors import HexColor

    font = faces.weight(bold=style.bold).font
    # reportlab's SVG cuts twice the height of a text down to a whole number: give it one.
    at = (at[0], round(at[1] * 2) / 2)
    drawing.add(
        String(
            *(*at, text),
            fontName=font,
            fontSize=style.size,
            fillColor=HexColor(colours.text),
            textAnchor=anchor,
        )
    )


def to_svg(drawing: Drawing, faces: Typefaces, chart: Picture) -> str:
    """Return a drawing as SVG for the screen.

    reportlab wraps every drawing in a clip path, which Qt's SVG renderer paints solid black, and
    names fonts as it registered them: both are put right here.

    Args:
        drawing: From :func:`bar_chart` or ``chart_grid.grid_chart``.
        faces: The typeface it was made with.
        chart: What it was made from, for its title and description.
    """
    from reportlab.graphics import renderSVG

    svg: str = renderSVG.drawToString(drawing)
    svg = svg[svg.index("<svg") :]
    svg = _CLIP_USE.sub("", _CLIP_DEFINITION.sub("", svg))
    for font, weight in ((faces.regular.font, "normal"), (faces.bold.font, "bold")):
        named = f"font-family: '{FAMILY_NAME}'; font-weight: {weight};"
        svg = svg.replace(f"font-family: {font};", named)
    title, words = escape(tidy(chart.title)), escape(tidy(chart.in_words()))
    svg = _TITLE.sub(lambda _: f"<title>{title}</title>", svg, count=1)
    return _DESCRIPTION.sub(lambda _: f"<desc>{words}</desc>", svg, count=1)
