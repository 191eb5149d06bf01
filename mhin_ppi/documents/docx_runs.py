"""The words of one Word paragraph: what is shown, without codes, deletions or hidden text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from mhin_ppi.documents.docx_names import MC, M, W, switched_on

if TYPE_CHECKING:
    from lxml.etree import _Element

# Deleted or moved away, or instructions rather than words.
_SKIPPED = {
    W + name
    for name in (
        "del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "rt",
        "fldData", "softHyphen", "annotationRef", "footnoteRef", "endnoteRef",
    )
}  # fmt: skip
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
}
# The boxes and ticks of forms, from Wingdings ([MS-OE376] gives them as F000 + the font's code).
_SYMBOLS = {
    "F0A8": "☐", "F06F": "☐", "F071": "☐", "F0FE": "☑", "F0FD": "☒", "F0FC": "✓", "F0FB": "✗",
    "F0B7": "•", "F0A7": "▪", "F0E0": "→", "F0B3": "≥", "F0A3": "≤", "F0B1": "±", "F06D": "µ",
}  # fmt: skip


@dataclass(slots=True)
class Words:
    """What one paragraph holds.

    Args:
        pieces: What it is made of, in order: the element (a ``w:t``, a ``w:tab`` …) and its words.
        starts_after_breaks: Page breaks before its first visible character.
        breaks: Page breaks in all of it.
        drawings: Elements that may hold pictures or text boxes, in order.
        text: The words of all pieces, not yet tidied.
    """

    pieces: list[tuple[_Element, str]] = field(default_factory=list)
    starts_after_breaks: int = 0
    breaks: int = 0
    drawings: list[_Element] = field(default_factory=list)
    text: str = ""


class RunReader:
    """Reads paragraphs one after the other; a field may begin in one and end in another.

    Args:
        note_marker: Given "footnote" or "endnote" and its id, returns the marker to show.
        rendered_breaks: Whether the file keeps where Word last broke its pages; otherwise only
            breaks made by a person count.
    """

    def __init__(self, note_marker: Callable[[str, str], str], *, rendered_breaks: bool) -> None:
        self._note_marker = note_marker
        self._rendered_breaks = rendered_breaks
        self._fields: list[bool] = []  # for each open field: are we past its code?

    def read(self, paragraph: _Element) -> Words:
        """Return the words of one ``w:p``."""
        words = Words()
        self._walk(paragraph, words)
        words.text = "".join(said for _, said in words.pieces)
        # A code never runs on into the next paragraph; one left open would hide all that follows.
        self._fields = [shown for shown in self._fields if shown]
        return words

    def _walk(self, parent: _Element, words: Words) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                if not switched_on(child.find(W + "rPr"), "vanish"):
                    self._walk(child, words)
            elif tag in (W + "t", M + "t"):
                if all(self._fields):
                    words.pieces.append((child, child.text or ""))
            elif tag == MC + "AlternateContent":
                self._walk(_chosen(child), words)
            elif tag in (W + "drawing", W + "pict", W + "object"):
                words.drawings.append(child)
            elif tag not in _SKIPPED and not self._special(child, words):
                self._walk(child, words)

    def _special(self, child: _Element, words: Words) -> bool:
        """Take the elements that are neither words nor mere wrapping; say whether it was one."""
        tag = child.tag
        if tag in _SIGNS:
            words.pieces.append((child, _SIGNS[tag]))
        elif tag in (W + "br", W + "lastRenderedPageBreak"):
            self._break(child, words)
        elif tag == W + "fldChar":
            self._field(child.get(W + "fldCharType"))
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            kind = "footnote" if tag == W + "footnoteReference" else "endnote"
            marker = self._note_marker(kind, child.get(W + "id", ""))
            words.pieces.append((child, f"[{marker}]"))
        elif tag == W + "sym":
            sign = _SYMBOLS.get(child.get(W + "char", "").upper(), "")
            words.pieces.append((child, sign))
        else:
            return False
        return True

    def _break(self, child: _Element, words: Words) -> None:
        rendered = child.tag == W + "lastRenderedPageBreak"
        if rendered or child.get(W + "type") == "page":
            if rendered == self._rendered_breaks:
                words.breaks += 1
                if not any(said.strip() for _, said in words.pieces):
                    words.starts_after_breaks += 1
        elif child.get(W + "type") != "column":
            words.pieces.append((child, "\n"))

    def _field(self, step: str | None) -> None:
        if step == "begin":
            self._fields.append(False)
        elif step == "separate" and self._fields:
            self._fields[-1] = True
        elif step == "end" and self._fields:
            self._fields.pop()


class RunReaderMaker(Protocol):
    """Whatever makes a :class:`RunReader`: the class itself, or a maker of one that does more."""

    def __call__(
        self, note_marker: Callable[[str, str], str], *, rendered_breaks: bool
    ) -> RunReader:
        """Return a reader; see :class:`RunReader` for what it is given."""
        ...


def _chosen(alternate: _Element) -> _Element:
    """Return the first form of something that is written twice, for new and for old programs."""
    choice = alternate.find(MC + "Choice")
    return choice if choice is not None else alternate
