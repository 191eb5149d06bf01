"""The lines of one PDF page, with where they stand and how large and heavy their letters are.

PDFium keeps the order in which the text was drawn, which for both columns and pages is nearly
always the order in which it is read. Glyph boxes are too tight to measure gaps between lines, so
baselines come from the origins of characters. Only a few characters of each line are measured:
each call into the library costs as much as extracting a word.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from mhin_ppi.documents.pdf_words import LINE_END_HYPHENS, mend_ligatures

_LINE = re.compile(f"[^\r\n{LINE_END_HYPHENS}]+[{LINE_END_HYPHENS}]?")
_BOLD_FROM = 600
_BOLD_NAME = re.compile(rb"(?i)bold|black|heavy|semib|demi|cmbx|sfbx")
_NAME_BYTES = 128
_UPRIGHT = 0.1  # radians; text turned further is a watermark or the label of an axis
_WIDE = 0.48  # em a character: a line wider than this on average may have gaps in it
_ALIKE = 0.7  # the narrowest space of a justified line against its widest
_STRETCHED = 4.0  # em: no space of a justified line is wider
_CELL_GAP = 1.6  # em: wider than any space between words, narrower than a gutter


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text on a page; lengths are in points, from the bottom left corner.

    Args:
        text: Its words; cells of a table row are separated by tabs.
        x0: Where it starts.
        x1: Where it ends.
        y: Its baseline.
        size: The height of its letters, nominally.
        bold: Whether all of it is bold.
        page: From 1.
        hyphen: Whether it ends in a hyphen that may only have been put there to break the line.
        cells: Where each part of a row of cells starts; one place for an ordinary line.
        ends: Where each part ends.
        characters: The range of PDFium's characters it was made from.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    page: int
    hyphen: bool = False
    cells: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()
    characters: tuple[int, int] = (0, 0)


class PageText:
    """Characters of one page and what they look like.

    Args:
        raw_text_page: PDFium's text page; the caller keeps it open.
        page: From 1.
    """

    def __init__(self, raw_text_page: Any, *, page: int) -> None:  # noqa: ANN401 - a C handle
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._text_page = raw_text_page
        self._page = page
        self._first, self._second = ctypes.c_double(), ctypes.c_double()
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(_NAME_BYTES)
        self._flags = ctypes.c_int()
        self.text = self._characters()

    def _characters(self) -> str:
        """Return the page's text, one character for each of PDFium's."""
        count = self._pdfium.FPDFText_CountChars(self._text_page)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 2))()
        written = self._pdfium.FPDFText_GetText(self._text_page, 0, count, buffer)
        text = bytes(memoryview(buffer)[: max(0, written - 1)]).decode("utf-16-le", "replace")
        if len(text) == count:
            return text
        # Some characters were left out or need two units: ask for each, so that positions hold.
        code_of = self._pdfium.FPDFText_GetUnicode
        return "".join(chr(code_of(self._text_page, at) or 0xFFFD) for at in range(count))

    def lines(self) -> list[Line]:
        """Return the page's upright lines in the order in which they were drawn."""
        lines: list[Line] = []
        for line in self._pieces():
            if lines and _beside(lines[-1], line):
                lines[-1] = _joined(lines[-1], line)
            else:
                lines.append(line)
        return lines

    def _pieces(self) -> Iterator[Line]:
        for found in _LINE.finditer(self.text):
            start, end = found.start(), found.end()
            hyphen = self.text[end - 1] in LINE_END_HYPHENS
            end -= hyphen
            while end > start and self.text[end - 1].isspace():
                end -= 1
            while start < end and self.text[start].isspace():
                start += 1
            if start < end and (line := self._line(start, end, hyphen=hyphen)):
                yield line

    def _line(self, start: int, end: int, *, hyphen: bool) -> Line | None:
        if self._turned(start):
            return None
        size, bold = self._look(start, end)
        x0, y = self.origin(start)
        x0, x1 = sorted((x0, self._right(end - 1)))  # Hebrew and Arabic begin on the right
        line = Line(
            mend_ligatures(self.text[start:end]),
            x0,
            x1,
            y,
            size,
            bold,
            self._page,
            hyphen,
            (x0,),
            (x1,),
            (start, end),
        )
        if x1 - x0 > _WIDE * size * (end - start) and " " in line.text:
            return self._with_cells(line, start, end)
        return line

    def _turned(self, at: int) -> bool:
        # The angle runs from 0 to 2 pi, so that upright text may be just below a full turn.
        angle = self._pdfium.FPDFText_GetCharAngle(self._text_page, at)
        return bool(_UPRIGHT < angle < 6.283 - _UPRIGHT)

    def origin(self, at: int) -> tuple[float, float]:
        """Return where a character stands on its baseline."""
        self._pdfium.FPDFText_GetCharOrigin(self._text_page, at, self._first, self._second)
        return self._first.value, self._second.value

    def _right(self, at: int) -> float:
        self._pdfium.FPDFText_GetLooseCharBox(self._text_page, at, self._box)
        return float(self._box.right)

    def _look(self, start: int, end: int) -> tuple[float, bool]:
        places = [start, (start + end) // 2, end - 1, (3 * start + end) // 4]
        places = [at - 1 if self.text[at].isspace() else at for at in places]
        bold = all(self._is_bold(at) for at in places)
        first, middle = self._size(places[0]), self._size(places[1])
        if first == middle:
            return first, bold
        # A raised number or a large first letter must not speak for the line.
        sizes = sorted([first, middle, *(self._size(at) for at in places[2:])])
        return sizes[len(sizes) // 2], bold

    def _size(self, at: int) -> float:
        nominal = float(self._pdfium.FPDFText_GetFontSize(self._text_page, at))
        # Many programs set the size to 1 and scale the text instead.
        if self._pdfium.FPDFText_GetMatrix(self._text_page, at, self._matrix):
            nominal *= float(abs(self._matrix.d)) or 1.0
        return round(nominal, 2)

    def _is_bold(self, at: int) -> bool:
        if self._pdfium.FPDFText_GetFontWeight(self._text_page, at) >= _BOLD_FROM:
            return True
        size = self._pdfium.FPDFText_GetFontInfo(
            self._text_page, at, self._name, _NAME_BYTES, self._flags
        )
        return 0 < size <= _NAME_BYTES and _BOLD_NAME.search(self._name.value) is not None

    def _with_cells(self, line: Line, start: int, end: int) -> Line:
        """Return the line with tabs where gaps are too wide for a space."""
        spaces = [at for at in range(start + 1, end - 1) if self.text[at] == " "]
        gaps = {at: self.origin(at + 1)[0] - self._right(at - 1) for at in spaces}
        wide = [at for at in spaces if gaps[at] > _CELL_GAP * line.size]
        if not wide or _justified(list(gaps.values()), line.size):
            return line
        characters = list(self.text[start:end])
        for at in wide:
            characters[at - start] = "\t"
        cells = (line.x0, *(self.origin(at + 1)[0] for at in wide))
        ends = (*(self._right(at - 1) for at in wide), line.x1)
        return replace(line, text=mend_ligatures("".join(characters)), cells=cells, ends=ends)


def _justified(gaps: list[float], size: float) -> bool:
    """Say whether gaps are stretched spaces: all alike, and none as wide as a column apart."""
    alike = len(gaps) > 1 and min(gaps) > _ALIKE * max(gaps)
    return alike and max(gaps) < _STRETCHED * size


def _beside(first: Line, second: Line) -> bool:
    """Say whether a line goes on where the one before it ended, as the next cell of a row does."""
    level = abs(first.y - second.y) < 0.2 * first.size
    return level and not first.hyphen and second.x0 > first.x1 - 0.2 * first.size


def _joined(first: Line, second: Line) -> Line:
    apart = second.x0 - first.x1 > _CELL_GAP * first.size
    return replace(
        first,
        text=f"{first.text}{chr(9) if apart else ' '}{second.text}",
        x1=second.x1,
        bold=first.bold and second.bold,
        hyphen=second.hyphen,
        cells=first.cells + second.cells[0 if apart else 1 :],
        ends=(first.ends if apart else first.ends[:-1]) + second.ends,
        characters=(first.characters[0], second.characters[1]),
    )
