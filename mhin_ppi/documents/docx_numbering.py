"""Works out the numbers and bullets that Word shows before paragraphs but does not store in them.

Source: ECMA-376 part 1, 17.9. Lists that share one abstract definition go on counting together,
unless an override restarts them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import W, number, value

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 4000


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)


def formatted(count: int, form: str) -> str:
    """Return a count as Word would write it.

    >>> formatted(4, "lowerRoman"), formatted(28, "upperLetter"), formatted(7, "decimalZero")
    ('iv', 'BB', '07')
    """
    if form in ("lowerLetter", "upperLetter") and count > 0:
        # After z comes aa, then bb (ECMA-376, 17.18.59), not ab as in a spreadsheet.
        letters = chr(ord("a") + (count - 1) % 26) * min(9, (count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < count < _LARGEST_ROMAN:
        return _roman(count).upper() if form == "upperRoman" else _roman(count)
    if form == "decimalZero":
        return f"{count:02d}"
    return "" if form == "none" else str(count)


def _roman(count: int) -> str:
    written = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            written += letters
            count -= worth
    return written


class Numbering:
    """Counts through a document; ask for each paragraph once, in order."""

    def __init__(self, root: _Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract = {e.get(W + "abstractNumId", ""): e for e in root.findall(W + "abstractNum")}
        for num in root.findall(W + "num"):
            self._lists[num.get(W + "numId", "")] = _read_list(num, abstract)

    def marker(self, list_number: str, level: int) -> str | None:
        """Return what stands before the next paragraph of a list, or ``None`` if it is no list."""
        lst = self._lists.get(list_number)
        if lst is None:
            return None
        level = min(max(level, 0), LEVELS - 1)
        shape = lst.levels.get(level, _Level())
        counts = self._counts.setdefault(lst.abstract, {})
        self._step(lst, counts, level)
        if shape.form == "bullet":
            return _bullet(shape.text)
        return self._written(lst, counts, shape)

    @staticmethod
    def _step(lst: _List, counts: dict[int, int], level: int) -> None:
        first = level in lst.starts and level not in lst.used
        start = lst.starts.get(level, lst.levels.get(level, _Level()).start)
        counts[level] = start if first or level not in counts else counts[level] + 1
        lst.used.add(level)
        for deeper in [one for one in counts if one > level]:
            restart = lst.levels.get(deeper, _Level()).restart
            # 0 means never; otherwise any level up to that one (counted from 1) restarts it.
            if restart is None or (restart and level < restart):
                del counts[deeper]

    @staticmethod
    def _written(lst: _List, counts: dict[int, int], shape: _Level) -> str:
        def put(found: re.Match[str]) -> str:
            level = int(found[1]) - 1
            other = lst.levels.get(level, _Level())
            form = "decimal" if shape.legal and other.form != "none" else other.form
            return formatted(counts.get(level, other.start), form)

        return _PLACE.sub(put, shape.text).strip()


def _bullet(text: str) -> str:
    # Symbol fonts put their bullets in the private use area; "o" is Courier New's circle.
    known = text.strip()
    return known if known in {"–", "—", "-", "▪", "◦", "‣", "○", "■", "□", "➢", "✓", "*"} else "•"


def _read_list(num: _Element, abstract: dict[str, _Element]) -> _List:
    abstract_id = value(num, "abstractNumId") or ""
    definition: _Element | None = abstract.get(abstract_id)
    link = value(definition, "numStyleLink")
    if link is not None:  # the levels are kept by the definition that owns the list style
        owners = [e for e in abstract.values() if value(e, "styleLink") == link]
        definition = owners[0] if owners else definition
    levels: dict[int, _Level] = {}
    for element in [] if definition is None else definition.findall(W + "lvl"):
        levels[number(element.get(W + "ilvl"), otherwise=0)] = _read_level(element)
    lst = _List(abstract_id, levels)
    for override in num.findall(W + "lvlOverride"):
        level = number(override.get(W + "ilvl"), otherwise=0)
        own = override.find(W + "lvl")
        if own is not None:
            lst.levels[level] = _read_level(own)
        start = value(override, "startOverride")
        if start is not None:
            lst.starts[level] = number(start, otherwise=1)
    return lst


def _read_level(element: _Element) -> _Level:
    restart = value(element, "lvlRestart")
    return _Level(
        start=number(value(element, "start"), otherwise=1),
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        restart=None if restart is None else number(restart, otherwise=0),
        legal=element.find(W + "isLgl") is not None,
    )
