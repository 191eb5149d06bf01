"""What is decided over all the groups of a PDF at once: tables, contents lists and levels.

The groups come from ``pdf_lines.py``, which looks at one line after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from mhin_ppi.documents.pdf_page import Line
from mhin_ppi.domain.blocks import BlockKind

_HEADING_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?[ \t]")
_CHAPTER_LISTED = re.compile(r"(.*\S)\s+(\d{1,4})")
_CONTENTS_LINES = 5  # on one page: fewer may be anything
_SAME_INDENT = 3.0  # points


@dataclass(slots=True)
class Group:
    """Lines that belong together.

    Args:
        lines: In order; never empty.
        kind: What they are.
        marker: What stands before a list item or footnote.
        text: Their words joined, hyphens mended.
        level: Of headings and list items.
    """

    lines: list[Line]
    kind: BlockKind = BlockKind.PARAGRAPH
    marker: str = ""
    text: str = ""
    level: int = 0

    @property
    def page(self) -> int:
        """The page on which it starts."""
        return self.lines[0].page


def finished(groups: list[Group]) -> list[Group]:
    """Return the groups with rows put together and the levels of headings and lists worked out."""
    groups = _rows_to_tables(groups)
    _contents_without_dots(groups)
    _heading_levels(groups)
    _list_levels(groups)
    return groups


def _rows_to_tables(groups: list[Group]) -> list[Group]:
    """Put consecutive rows of cells together; one row alone stays a paragraph."""
    kept: list[Group] = []
    for group in groups:
        row = len(group.lines[0].cells) > 1 and group.kind is BlockKind.PARAGRAPH
        before = kept[-1] if kept else None
        if row and before is not None and len(before.lines[-1].cells) > 1:
            before.text += f"\n{group.text}"
            before.lines.extend(group.lines)
            before.kind = BlockKind.TABLE
        else:
            kept.append(group)
    return kept


def _contents_without_dots(groups: list[Group]) -> None:
    """Take chapters in a table of contents, often bold and without dots, for what they are."""
    listed = Counter(group.page for group in groups if "\t" in group.text)
    for group in groups:
        found = _CHAPTER_LISTED.fullmatch(group.text)
        if found and group.kind is BlockKind.HEADING and listed[group.page] >= _CONTENTS_LINES:
            group.kind = BlockKind.PARAGRAPH
            group.text = f"{found[1]}\t{found[2]}"


def _heading_levels(groups: list[Group]) -> None:
    headings = [group for group in groups if group.kind is BlockKind.HEADING]
    looks = sorted({_look(group) for group in headings}, reverse=True)
    ranks = {look: rank for rank, look in enumerate(looks, start=1)}
    shallowest: dict[int, int] = {}
    for group in headings:
        if depth := _depth(group):
            rank = ranks[_look(group)]
            shallowest[rank] = min(depth, shallowest.get(rank, depth))
    for group in headings:
        rank = ranks[_look(group)]
        # "2" and "2.1" set in the same letters are still two levels.
        deeper = max(0, _depth(group) - shallowest.get(rank, 0)) if _depth(group) else 0
        group.level = min(6, rank + deeper)


def _look(group: Group) -> tuple[float, bool]:
    return round(group.lines[0].size * 2) / 2, group.lines[0].bold


def _depth(group: Group) -> int:
    found = _HEADING_NUMBER.match(group.text)
    return found[1].count(".") + 1 if found else 0


def _list_levels(groups: list[Group]) -> None:
    indents: list[float] = []
    for group in groups:
        if group.kind is not BlockKind.LIST_ITEM:
            indents.clear()
            continue
        x0 = group.lines[0].x0
        while indents and x0 < indents[-1] - _SAME_INDENT:
            indents.pop()
        if not indents or x0 > indents[-1] + _SAME_INDENT:
            indents.append(x0)
        group.level = min(9, len(indents))
