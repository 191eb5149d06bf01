"""Which words of a draft a person has marked on a page; runs in the child process only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mhin_ppi.documents.pdf_alignment import NOWHERE
from mhin_ppi.documents.pdf_places import PdfPlaces
from mhin_ppi.documents.pdf_words import LINE_END_HYPHENS, mend_ligatures
from mhin_ppi.documents.words import one_line
from mhin_ppi.domain.page_words import PageBox

_BETWEEN_WORDS = 6  # characters
_FEW = 4  # times as far away as there are letters: not part of what was marked
_MOST = 0.6  # of what was marked must be words of the draft, or it is another text
_SIDEWAYS = 0.1  # a note in the margin belongs to the line beside it, not to the nearest word
_BAND = 10.0  # points: characters are looked up by their height
_NEAR = 40.0  # points

Span = tuple[int, int]


class SeenWords:
    """Looks at pages with a person's eyes.

    Args:
        places: Where the draft's words stand.
    """

    def __init__(self, places: PdfPlaces) -> None:
        self._places = places
        self.text = places.text
        self._page = 0
        self._middles: list[tuple[float, float]] = []
        self._bands: dict[int, list[int]] = {}

    def _look_at(self, page: int) -> list[tuple[float, float]]:
        """Return the middle of each character of a page; the last page is remembered."""
        if page != self._page:
            self._page = page
            self._middles = [
                ((x0 + x1) / 2, (y0 + y1) / 2)
                for x0, y0, x1, y1 in self._places.character_boxes(page)
            ]
            self._bands = {}
            for at, (_, y) in enumerate(self._middles):
                self._bands.setdefault(int(y // _BAND), []).append(at)
        return self._middles

    def span_in(self, boxes: Sequence[PageBox]) -> tuple[Span | None, str]:
        """Return the range of the draft's text inside rectangles, and the words that stand there.

        Args:
            boxes: Of one mark; they may lie on several pages.

        Returns:
            No range where those are not the draft's words.
        """
        offsets: list[int] = []
        seen: list[str] = []
        for page in sorted({box.page for box in boxes}):
            if not 1 <= page <= len(self._places.page_texts):
                continue
            inside = self._inside(page, [box for box in boxes if box.page == page])
            seen.append(_words(self._places.page_texts[page - 1], inside))
            offsets += (self._places.own(page, at) for at in inside)
        known = _together(sorted(one for one in offsets if one != NOWHERE))
        letters = sum(not c.isspace() for c in "".join(seen))
        words = one_line(" ".join(seen))
        if not known or len(known) < _MOST * letters:
            return None, words
        return (known[0], known[-1] + 1), words

    def _inside(self, page: int, boxes: Iterable[PageBox]) -> list[int]:
        """Return the characters whose middle lies in a box, in order."""
        middles = self._look_at(page)
        inside: set[int] = set()
        for box in boxes:
            for band in range(int(box.y0 // _BAND), int(box.y1 // _BAND) + 1):
                for at in self._bands.get(band, ()):
                    x, y = middles[at]
                    if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
                        inside.add(at)
        return sorted(inside)

    def line_beside(self, box: PageBox) -> Span | None:
        """Return the line of text that a note stands on or beside, as a range of the draft."""
        if not 1 <= box.page <= len(self._places.page_texts):
            return None
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        known = [
            (abs(y - there_y) + _SIDEWAYS * abs(x - there_x), at)
            for at, (there_x, there_y) in enumerate(self._look_at(box.page))
            if self._places.own(box.page, at) != NOWHERE
        ]
        away, at = min(known, default=(_NEAR, 0))
        if away >= _NEAR:
            return None
        text = self._places.page_texts[box.page - 1]
        offsets = [self._places.own(box.page, one) for one in _line_around(text, at)]
        line = _together(sorted(one for one in offsets if one != NOWHERE))
        return (line[0], line[-1] + 1) if line else None


def _together(offsets: list[int]) -> list[int]:
    """Return offsets without those that were put apart by the reading, or found by mistake.

    Marked words follow each other in the draft. A few letters far from the rest are a footnote's
    number, or one of several lines that read alike.
    """
    groups: list[list[int]] = []
    for offset in offsets:
        if groups and offset - groups[-1][-1] <= _BETWEEN_WORDS:
            groups[-1].append(offset)
        else:
            groups.append([offset])
    if not groups:
        return []
    most = max(range(len(groups)), key=lambda at: len(groups[at]))
    kept = groups[most]
    for group in reversed(groups[:most]):
        if _FEW * len(group) < kept[0] - group[-1]:
            break
        kept = group + kept
    for group in groups[most + 1 :]:
        if _FEW * len(group) < group[0] - kept[-1]:
            break
        kept = kept + group
    return kept


def _line_around(text: str, at: int) -> range:
    ends = "\r\n" + LINE_END_HYPHENS
    start, end = at, at
    while start > 0 and text[start - 1] not in ends:
        start -= 1
    while end < len(text) and text[end] not in ends:
        end += 1
    return range(start, end)


def _words(text: str, inside: Sequence[int]) -> str:
    """Return marked characters as words: spaces between lines, hyphens at their ends mended."""
    parts: list[str] = []
    for before, at in zip([-1, *inside], inside, strict=False):
        if parts and at != before + 1 and parts[-1] not in LINE_END_HYPHENS:
            parts.append(" ")
        parts.append(text[at])
    whole = "".join(parts)
    for hyphen in LINE_END_HYPHENS:
        whole = whole.replace(hyphen, "")
    return mend_ligatures(whole)
