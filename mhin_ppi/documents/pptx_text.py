"""The words of a shape: paragraphs and list entries with their levels, and tables.

Whether a paragraph has a bullet is rarely said by itself: it follows from the shape, the layout,
the master, and the master's styles, in that order. Source: ECMA-376 part 1, 21.1.2 (text).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import A, P, number
from mhin_ppi.documents.docx_numbering import formatted
from mhin_ppi.documents.pptx_shapes import Layers, Shape
from mhin_ppi.documents.words import clean, one_line
from mhin_ppi.domain.blocks import BETWEEN_CELLS, BETWEEN_ROWS, Block, BlockKind

if TYPE_CHECKING:
    from lxml.etree import _Element

BULLET = "•"
DEEPEST = 9
_BULLETS = {A + name for name in ("buNone", "buChar", "buAutoNum", "buBlip")}
_FORMS = {
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
_AROUND = {"ParenBoth": ("(", ")"), "ParenR": ("", ")"), "Period": ("", "."), "Plain": ("", "")}
# Letters of Wingdings and Symbol, which draw arrows and ticks where other typefaces have letters.
_PRIVATE = range(0xE000, 0xF900)
_BULLET_LENGTH = 3


def plain_text(body: _Element | None) -> str:
    """Return the paragraphs of a ``p:txBody`` (or a cell's), one a line."""
    if body is None:
        return ""
    return "\n".join(filter(None, (clean(_words(p)) for p in body.findall(A + "p"))))


def _words(paragraph: _Element) -> str:
    parts: list[str] = []
    for child in paragraph:
        if child.tag in (A + "r", A + "fld"):
            parts.append(child.findtext(A + "t") or "")
        elif child.tag == A + "br":
            parts.append("\n")
        elif child.tag not in (A + "pPr", A + "endParaRPr"):
            # Formulas and whatever later versions put around words.
            parts.extend(text for one in child.iter() if (text := one.text or "").strip())
    return "".join(parts)


def list_blocks(shape: Shape, layers: Layers, *, page: int) -> Iterator[Block]:
    """Yield a block for each paragraph of a shape that holds words.

    Args:
        shape: The shape.
        layers: What lies below its slide.
        page: The slide's number.
    """
    body = shape.text
    if body is None:
        return
    sources = _sources(shape, layers)
    counts = _Counts()
    for paragraph in body.findall(A + "p"):
        text = clean(_words(paragraph))
        properties = paragraph.find(A + "pPr")
        stated = None if properties is None else properties.get("lvl")
        level = min(max(number(stated, otherwise=0), 0), DEEPEST - 1)
        if not text:
            continue
        marker = counts.marker(_bullet(properties, sources, level), level)
        if marker:
            yield Block(BlockKind.LIST_ITEM, text, level=level + 1, page=page, marker=marker)
        else:
            yield Block(BlockKind.PARAGRAPH, text, page=page)


def _sources(shape: Shape, layers: Layers) -> list[_Element]:
    """Return the lists of level styles that a shape's paragraphs take after, the nearest first."""
    found = [
        one.find(f"{P}txBody/{A}lstStyle") for one in (shape.element, *layers.below(shape.element))
    ]
    found.append(layers.styles(shape.place))
    return [one for one in found if one is not None]


def _bullet(properties: _Element | None, sources: list[_Element], level: int) -> _Element | None:
    """Return the nearest element that says whether there is a bullet, and which."""
    nearest = [] if properties is None else [properties]
    nearest += [s for one in sources if (s := one.find(f"{A}lvl{level + 1}pPr")) is not None]
    for one in nearest:
        for child in one:
            if child.tag in _BULLETS:
                return child
    return None


@dataclass(slots=True)
class _Counts:
    """Counts the entries of numbered lists in one shape."""

    _at: dict[int, tuple[str, int]] = field(default_factory=dict)

    def marker(self, bullet: _Element | None, level: int) -> str:
        """Return what stands before the paragraph; "" for no bullet."""
        for deeper in [one for one in self._at if one > level]:
            del self._at[deeper]
        if bullet is None or bullet.tag != A + "buAutoNum":
            self._at.pop(level, None)
        if bullet is None or bullet.tag == A + "buNone":
            return ""
        if bullet.tag == A + "buAutoNum":
            return self._number(bullet, level)
        character = one_line(bullet.get("char", ""))[:_BULLET_LENGTH]
        drawn = character and not any(ord(c) in _PRIVATE for c in character)
        # A letter as a bullet is a sign of a typeface such as Wingdings.
        return character if drawn and not character.isalnum() else BULLET

    def _number(self, bullet: _Element, level: int) -> str:
        form = bullet.get("type", "arabicPeriod")
        before, count = self._at.get(level, ("", 0))
        start = min(max(number(bullet.get("startAt"), otherwise=1), 1), 32_767)
        count = count + 1 if before == form else start
        self._at[level] = (form, count)
        how = next((made for name, made in _FORMS.items() if form.startswith(name)), "decimal")
        around = next((pair for end, pair in _AROUND.items() if form.endswith(end)), ("", "."))
        return f"{around[0]}{formatted(count, how)}{around[1]}"


def table_block(table: _Element, *, page: int) -> Block:
    """Return a table; cells that are covered by a neighbour are empty."""
    rows = [
        [
            ""
            if "1" in (cell.get("hMerge"), cell.get("vMerge"))
            else one_line(plain_text(cell.find(A + "txBody")))
            for cell in row.findall(A + "tc")
        ]
        for row in table.findall(A + "tr")
    ]
    width = max(map(len, rows), default=0)
    if not any(any(row) for row in rows):
        return Block(BlockKind.TABLE, "", page=page)
    padded = (row + [""] * (width - len(row)) for row in rows)
    properties = table.find(A + "tblPr")
    first = None if properties is None else properties.get("firstRow")
    text = BETWEEN_ROWS.join(BETWEEN_CELLS.join(row) for row in padded)
    return Block(BlockKind.TABLE, text, page=page, header_rows=int(first in ("1", "true")))
