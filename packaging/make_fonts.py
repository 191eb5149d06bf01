"""Build the typeface files in ``resources/fonts`` from the npm packages that carry them.

Kept so that anyone can see, and repeat, what was done to the typeface. It is run by hand in a
throw-away environment with fonttools and brotli, never at start or in the tests::

    npm pack @fontsource/atkinson-hyperlegible-next   # then unpack it
    python packaging/make_fonts.py UNPACKED/package resources/fonts

The Latin and extended Latin parts are merged, and the few signs a protocol needs and the typeface
lacks are drawn from its own shapes: ≥ ≤ ≠ ≈ µ μ → ← ✓. The licence (OFL 1.1, no reserved name)
allows this and asks that it be said; ``FONTLOG.txt`` beside the fonts says it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.pens.basePen import AbstractPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

STYLES = {"400": "Regular", "700": "Bold"}


def polygon(pen: AbstractPen, *points: tuple[float, float]) -> None:
    """Draw one closed outline, clockwise as TrueType fills it."""
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()


def bar(pen: AbstractPen, left: float, right: float, bottom: float, top: float) -> None:
    """Draw a rectangle."""
    polygon(pen, (left, bottom), (left, top), (right, top), (right, bottom))


def thick_line(
    pen: AbstractPen, start: tuple[float, float], end: tuple[float, float], width: float
) -> None:
    """Draw a straight stroke of a given width."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    nx, ny = -dy / length * width / 2, dx / length * width / 2
    polygon(
        pen,
        (start[0] - nx, start[1] - ny),
        (start[0] + nx, start[1] + ny),
        (end[0] + nx, end[1] + ny),
        (end[0] - nx, end[1] - ny),
    )


def add_signs(font: TTFont) -> None:
    """Draw the signs the typeface lacks, from its own greater, equal, u and minus."""
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    bounds = BoundsPen(glyphs)
    glyphs["minus"].draw(bounds)
    stroke = bounds.bounds[3] - bounds.bounds[1]

    def add(name: str, codes: tuple[int, ...], width: int, pen: TTGlyphPen) -> None:
        glyph = pen.glyph()
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        font["glyf"].glyphs[name] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap.update(dict.fromkeys(codes, name))

    for name, code, base in (("lessequal", 0x2264, "less"), ("greaterequal", 0x2265, "greater")):
        pen = TTGlyphPen(glyphs)
        glyphs[base].draw(TransformPen(pen, (1, 0, 0, 1, 0, stroke + 30)))
        bar(pen, 40, glyphs[base].width - 40, 0, stroke)
        add(name, (code,), glyphs[base].width, pen)
    pen = TTGlyphPen(glyphs)
    glyphs["equal"].draw(pen)
    middle = glyphs["equal"].width / 2
    thick_line(pen, (middle - 120, 10), (middle + 120, 497), stroke * 0.85)
    add("notequal", (0x2260,), glyphs["equal"].width, pen)
    pen = TTGlyphPen(glyphs)
    for shift in (-(stroke + 25), stroke + 25):
        glyphs["asciitilde"].draw(TransformPen(pen, (1, 0, 0, 1, 0, shift)))
    add("approxequal", (0x2248,), glyphs["asciitilde"].width, pen)
    pen = TTGlyphPen(glyphs)
    glyphs[names[ord("u")]].draw(pen)
    bar(pen, 72, 72 + stroke + 6, -162, 240)
    add("mu", (0xB5, 0x3BC), glyphs[names[ord("u")]].width, pen)
    height = 248
    for name, code, flip in (("arrowright", 0x2192, 1), ("arrowleft", 0x2190, -1)):
        pen = TTGlyphPen(glyphs)
        turned = TransformPen(pen, (flip, 0, 0, 1, 0 if flip == 1 else 820, 0))
        bar(turned, 60, 740, height - stroke / 2, height + stroke / 2)
        for end in (height + 210, height - 210):
            thick_line(turned, (552, end), (752, height), stroke * 1.05)
        add(name, (code,), 820, pen)
    pen = TTGlyphPen(glyphs)
    thick_line(pen, (90, 300), (282, 60), stroke * 1.1)
    thick_line(pen, (248, 68), (612, 600), stroke * 1.1)
    add("checkmark", (0x2713,), 700, pen)


def build(package: Path, into: Path) -> None:
    """Write one static TrueType file for each style."""
    with tempfile.TemporaryDirectory() as scratch:
        for weight, style in STYLES.items():
            parts = []
            for subset in ("latin", "latin-ext"):
                name = f"atkinson-hyperlegible-next-{subset}-{weight}-normal"
                font = TTFont(package / "files" / f"{name}.woff2")
                font.flavor = None
                if "STAT" in font:
                    del font["STAT"]
                parts.append(str(Path(scratch) / f"{name}.ttf"))
                font.save(parts[-1])
            merged = Merger().merge(parts)
            add_signs(merged)
            merged.save(into / f"AtkinsonHyperlegibleNext-{style}.ttf")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
