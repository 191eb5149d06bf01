"""Works out the numbers and bullets of OpenDocument lists, which the text itself does not hold.

Source: OpenDocument 1.3 part 3, 5.3 (lists) and 16.30 (list styles).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mhin_ppi.documents.docx_numbering import formatted

if TYPE_CHECKING:
    from lxml.etree import _Element

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FORMS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}
_KNOWN_BULLETS = {"–", "—", "-", "▪", "◦", "‣", "○", "■", "□", "➢", "✓"}


@dataclass(slots=True)
class _Open:
    style: str
    counts: dict[int, int] = field(default_factory=dict)


class Lists:
    """Counts through the lists of one text.

    Args:
        roots: Of ``content.xml`` and ``styles.xml``; the first that names a style decides.
    """

    def __init__(self, roots: list[_Element]) -> None:
        self._levels: dict[tuple[str, int], _Element] = {}
        for root in roots:
            for style in root.iter(TEXT + "list-style"):
                for level in style:
                    depth = level.get(TEXT + "level", "")
                    if depth.isdecimal():
                        key = (style.get(STYLE + "name", ""), int(depth))
                        self._levels.setdefault(key, level)
        self._finished: dict[str, dict[int, int]] = {}  # counts by list id, for those that go on
        self._outer = _Open("")
        self._depth = 0
        self._id = ""

    def open(self, element: _Element) -> None:
        """A list begins, perhaps inside another one."""
        self._depth += 1
        if self._depth == 1:
            self._outer = _Open(element.get(TEXT + "style-name", ""))
            goes_on = element.get(TEXT + "continue-list") or (
                self._id if element.get(TEXT + "continue-numbering") == "true" else ""
            )
            self._outer.counts = dict(self._finished.get(goes_on, {}))
            self._id = element.get("{http://www.w3.org/XML/1998/namespace}id", "last")
        else:
            self._outer.counts.pop(self._depth, None)

    def close(self) -> None:
        """A list ends."""
        if self._depth == 1:
            self._finished[self._id] = self._outer.counts
        self._depth -= 1

    def marker(self, item: _Element) -> str:
        """Return what stands before the next item of the list that is open."""
        level = self._levels.get((self._outer.style, self._depth))
        if level is None or level.tag != TEXT + "list-level-style-number":
            return _bullet(level)
        counts = self._outer.counts
        stated = item.get(TEXT + "start-value") or level.get(TEXT + "start-value") or "1"
        first = int(stated) if stated.isdecimal() and len(stated) < 7 else 1
        restarts = item.get(TEXT + "start-value") is not None or self._depth not in counts
        counts[self._depth] = first if restarts else counts[self._depth] + 1
        shown = level.get(TEXT + "display-levels", "1")
        above = int(shown) if shown.isdecimal() and len(shown) < 3 else 1
        numbers = [self._number(depth) for depth in range(self._depth - above + 1, self._depth + 1)]
        return (
            level.get(STYLE + "num-prefix", "")
            + ".".join(filter(None, numbers))
            + level.get(STYLE + "num-suffix", "")
        ).strip()

    def _number(self, depth: int) -> str:
        level = self._levels.get((self._outer.style, depth))
        form = "" if level is None else _FORMS.get(level.get(STYLE + "num-format", ""), "")
        return formatted(self._outer.counts.get(depth, 1), form) if form else ""


def _bullet(level: _Element | None) -> str:
    given = "•" if level is None else level.get(TEXT + "bullet-char", "•")
    return given if given in _KNOWN_BULLETS else "•"
