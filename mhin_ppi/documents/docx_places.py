"""Where in a Word paragraph a comment's marks may stand, and the cutting of runs to put them there.

A mark stands between runs. Where a passage begins or ends within a run, the run is cut in two with
the same looks; where it begins within something that must stay whole (a formula, a drawing, a
field that a form fills), the marks stand around that. Source: ECMA-376 part 1, 17.13.4.
"""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_names import M, W

if TYPE_CHECKING:
    from lxml.etree import _Element

_OPEN = {
    W + name
    for name in (
        "p", "hyperlink", "ins", "moveTo", "sdtContent", "smartTag", "customXml", "fldSimple",
        "dir", "bdo",
    )
}  # fmt: skip
DRAWN = {W + "drawing", W + "pict", W + "object"}
_WHOLE = {M + "oMath", M + "oMathPara", W + "ruby", *DRAWN}
# Content controls whose words Word fills in again by itself, and marks in them would be lost.
_FILLED = ("dataBinding", "text", "dropDownList", "comboBox", "date")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"


def drawn_around(element: _Element) -> bool:
    """Say whether an element stands in a drawing (a text box), where Word takes no comments."""
    return any(up.tag in DRAWN for up in element.iterancestors())


def place_of(element: _Element) -> _Element | None:
    """Return the run or other thing that an element stands in and that marks can stand beside.

    Returns:
        ``None`` where no marks can stand near it.
    """
    place = element
    for up in element.iterancestors():
        if up.tag in _WHOLE or _is_filled(up):
            place = up
    while (parent := place.getparent()) is not None:
        if parent.tag in _OPEN and _within_paragraph(parent):
            return place
        place = parent
    return None


def _is_filled(element: _Element) -> bool:
    if element.tag != W + "sdt":
        return False
    properties = element.find(W + "sdtPr")
    return properties is not None and any(properties.find(W + n) is not None for n in _FILLED)


def _within_paragraph(element: _Element) -> bool:
    return element.tag == W + "p" or any(up.tag == W + "p" for up in element.iterancestors())


class Cuts:
    """Collects where marks go, then cuts each run once and puts them all in."""

    def __init__(self) -> None:
        self._before: dict[_Element, list[_Element]] = defaultdict(list)
        self._after: dict[_Element, list[_Element]] = defaultdict(list)
        self._within: dict[_Element, dict[tuple[int, int], _Marks]] = defaultdict(dict)

    def start(self, element: _Element, offset: int, place: _Element, marks: list[_Element]) -> None:
        """Put marks before a character.

        Args:
            element: The ``w:t`` or sign it stands in.
            offset: Where in its words.
            place: What :func:`place_of` says of the element.
            marks: In order.
        """
        cut = _cut(element, offset, place)
        if cut is None or _nothing_before(place, cut):
            self._before[place] += marks
        else:
            self._marks(place, cut).starts += marks

    def end(self, element: _Element, offset: int, place: _Element, marks: list[_Element]) -> None:
        """Put marks after a character; ``offset`` is one past it."""
        cut = _cut(element, offset, place)
        if cut is None or cut[0] >= len(place):
            self._after[place] += marks
        else:
            self._marks(place, cut).ends += marks

    def beside(self, place: _Element, starts: list[_Element], ends: list[_Element]) -> None:
        """Put marks around a run or another whole thing."""
        self._before[place] += starts
        self._after[place] += ends

    def _marks(self, run: _Element, cut: tuple[int, int]) -> _Marks:
        return self._within[run].setdefault(cut, _Marks())

    def make(self) -> None:
        """Cut the runs and put every mark in its place."""
        for place, marks in self._before.items():
            for mark in marks:
                place.addprevious(mark)
        for place, marks in self._after.items():
            for mark in reversed(marks):
                put_after(place, mark)
        for run, cuts in self._within.items():
            for cut in sorted(cuts, reverse=True):
                rest = _cut_off(run, *cut)
                for one in reversed([*cuts[cut].ends, *cuts[cut].starts, rest]):
                    put_after(run, one)


class _Marks:
    """The marks that go into one cut: what ends there, then what starts there."""

    def __init__(self) -> None:
        self.ends: list[_Element] = []
        self.starts: list[_Element] = []


def _cut(element: _Element, offset: int, place: _Element) -> tuple[int, int] | None:
    """Return where to cut a run, as (child, character), or ``None`` where it stays whole."""
    if place.tag != W + "r" or element.getparent() is not place:
        return None
    child = place.index(element)
    if element.tag != W + "t":
        return (child + 1, 0) if offset else (child, 0)
    if offset >= len(element.text or ""):
        return child + 1, 0
    return child, offset


def _nothing_before(run: _Element, cut: tuple[int, int]) -> bool:
    child, offset = cut
    return not offset and all(before.tag == W + "rPr" for before in list(run)[:child])


def _cut_off(run: _Element, child: int, offset: int) -> _Element:
    """Take everything from the cut on off a run; return it as a run that looks the same."""
    from lxml import etree

    rest = etree.Element(W + "r", nsmap={"w": W[1:-1]})
    for name, said in run.attrib.items():
        rest.set(name, said)
    looks = run.find(W + "rPr")
    if looks is not None:
        rest.append(deepcopy(looks))
    moved = list(run)[child:]
    if offset:
        words, said = moved.pop(0), run[child].text or ""
        second = deepcopy(words)
        words.text, second.text = said[:offset], said[offset:]
        for half in (words, second):
            half.set(_PRESERVE, "preserve")
        rest.append(second)
    rest.extend(moved)
    return rest


def put_after(element: _Element, new: _Element) -> None:
    """Put one element after another, leaving what stands between elements where it was."""
    tail, element.tail = element.tail, None
    element.addnext(new)
    element.tail = tail
