"""What a Word paragraph style means: a heading and its level, a list, or a contents line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import W, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

BODY_LEVEL = 9  # w:outlineLvl 9 says "not a heading" (ECMA-376, 17.3.1.20)
DEEPEST_HEADING = 6
_DEEPEST_CHAIN = 20  # styles based on styles; Word allows about ten

# Word itself keeps "heading 1" whatever the language of its screens; other programs write the name
# their user sees. These are the words for "heading" in the languages such files come in.
_HEADING_WORDS = (
    "heading|überschrift|titre|título|titulo|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis"
    "|заголовок|başlık|pealkiri|virsraksts|antraštė|címsor|tiêu đề|标题|標題|見出し|제목|pennawd"
)
_HEADING_NAME = re.compile(rf"(?:{_HEADING_WORDS})\s*(\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph gets from its style.

    Args:
        level: 1 to 6 for a heading, otherwise 0.
        list_number: ``w:numId``, or "" (and "0" for "no list").
        list_level: ``w:ilvl``.
        contents: Whether it is a line of the table of contents.
    """

    level: int = 0
    list_number: str = ""
    list_level: int = 0
    contents: bool = False


class Styles:
    """The styles of one file, each worked out along its chain of ``w:basedOn``."""

    def __init__(self, root: _Element | None) -> None:
        found = [] if root is None else root.findall(W + "style")
        self._elements = {style.get(W + "styleId", ""): style for style in found}
        self._default = next(
            (
                style.get(W + "styleId", "")
                for style in found
                if style.get(W + "type") == "paragraph"
                and style.get(W + "default") in ("1", "true")
            ),
            "",
        )
        self._known: dict[str, Style] = {}

    def of(self, paragraph_properties: _Element | None) -> Style:
        """Return what the paragraph's style gives it."""
        style_id = value(paragraph_properties, "pStyle") or self._default
        if style_id not in self._known:
            self._known[style_id] = self._work_out(style_id)
        return self._known[style_id]

    def _chain(self, style_id: str) -> list[_Element]:
        chain: list[_Element] = []
        while style_id in self._elements and len(chain) < _DEEPEST_CHAIN:
            style = self._elements[style_id]
            if style in chain:
                break
            chain.append(style)
            style_id = value(style, "basedOn") or ""
        return chain

    def _work_out(self, style_id: str) -> Style:
        chain = self._chain(style_id)
        name = (value(chain[0], "name") or style_id).strip() if chain else style_id
        list_number, list_level = _list_of(chain)
        return Style(
            level=_heading_level(chain, style_id),
            list_number=list_number,
            list_level=list_level,
            contents=bool(re.match(r"(?i)toc\s*\d", name)),
        )


def _heading_level(chain: list[_Element], style_id: str) -> int:
    for style in chain:
        outline = value(style.find(W + "pPr"), "outlineLvl")
        if outline is not None:
            return as_heading(number(outline, otherwise=BODY_LEVEL))
        name = (value(style, "name") or "").strip()
        if name.lower() == "title":
            return 1
        if named := _HEADING_NAME.fullmatch(name):
            return as_heading(int(named[1]) - 1)
    named = _HEADING_NAME.fullmatch(style_id) if not chain else None
    return as_heading(int(named[1]) - 1) if named else 0


def as_heading(outline: int) -> int:
    """Return a heading's level for Word's outline level (0 for body text).

    >>> [as_heading(level) for level in (0, 5, 8, 9)]
    [1, 6, 6, 0]
    """
    return min(outline + 1, DEEPEST_HEADING) if 0 <= outline < BODY_LEVEL else 0


def _list_of(chain: list[_Element]) -> tuple[str, int]:
    for style in chain:
        properties = style.find(W + "pPr")
        numbering = None if properties is None else properties.find(W + "numPr")
        if numbering is not None:
            level = number(value(numbering, "ilvl"), otherwise=0)
            return value(numbering, "numId") or "", level
    return "", 0
