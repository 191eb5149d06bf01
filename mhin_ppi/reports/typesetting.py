"""Words into lines.

Greedy, ragged right and without hyphens: easiest to read for most people, and the same words always
break in the same places. Widths are in points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .typefaces import Run, Typeface, Typefaces, Word, tidy

INK = "#1B2430"
MUTED = "#566171"
ACCENT = "#1D5E8A"
SOFT = "#E3EEF6"
PALE = "#F6F7F9"
RULE = "#D5DAE1"


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks.

    Args:
        size: In points.
        leading: From one baseline to the next, in points.
        bold: The heavier weight.
        colour: As ``#RRGGBB``.
        after: Space below, in points.
    """

    size: float = 10.5
    leading: float = 15.5
    bold: bool = False
    colour: str = INK
    after: float = 7.0


BODY = Style()
SMALL = Style(size=9, leading=12.5, colour=MUTED, after=4)
LABEL = Style(size=9, leading=12.5, bold=True, colour=MUTED, after=1)
TABLE_CELL = Style(size=9.5, leading=13, after=0)


@dataclass(frozen=True, slots=True)
class Line:
    """One set line.

    Args:
        runs: What is drawn, spaces included.
        width: In points.
        cuts_word: Whether the next line goes on with the same word. Everywhere else a space belongs
            between two lines, or the last word read aloud runs into the next.
        is_last: Whether the text ends here.
    """

    runs: tuple[Run, ...]
    width: float
    cuts_word: bool = False
    is_last: bool = False


def set_lines(text: str, style: Style, width: float, faces: Typefaces) -> list[Line]:
    """Break text into lines no wider than ``width``.

    Args:
        text: Anything; line ends are kept, markup means nothing.
        style: Size and weight.
        width: In points; under two ems counts as two ems.
        faces: The typeface.

    Returns:
        At least one line; a blank line of the person's is a line without runs.
    """
    lines = list(_lines(text, style, width, faces))
    lines[-1] = replace(lines[-1], is_last=True)
    return lines


def first_line(text: str, style: Style, width: float, faces: Typefaces) -> Line:
    """Return the first of :func:`set_lines`, without setting the others."""
    lines = _lines(text, style, width, faces)
    first = next(lines)
    return first if next(lines, None) is not None else replace(first, is_last=True)


def _lines(text: str, style: Style, width: float, faces: Typefaces) -> Iterator[Line]:
    face = faces.weight(bold=style.bold)
    room = max(width / style.size, 2.0)
    for paragraph in tidy(text).strip("\n").split("\n"):
        yield from _break(paragraph, face, room, style.size)


def _break(paragraph: str, face: Typeface, room: float, size: float) -> Iterator[Line]:
    """Yield one paragraph's lines; ``room`` is in ems."""
    line: list[Word] = []
    used = 0.0
    for text in paragraph.split(" "):
        if not text:
            continue
        word = face.word(text)
        if line and used + face.space + word.width > room:
            yield _line(line, used, size, face)
            line, used = [], 0.0
        if word.width > room:
            pieces = _pieces(word, face, room)
            word = next(pieces)
            for piece in pieces:
                yield replace(_line([word], word.width, size, face), cuts_word=True)
                word = piece
        used += word.width + (face.space if line else 0.0)
        line.append(word)
    yield _line(line, used, size, face)


def _pieces(word: Word, face: Typeface, room: float) -> Iterator[Word]:
    """Cut a word that is wider than the column; at least one piece comes back."""
    runs: list[Run] = []
    used = 0.0
    for run in word.runs:
        text, actual, widths = "", run.actual, face.widths_in(run.font)
        for character in run.text:
            wide = widths[character]
            if (runs or text) and used + wide > room:
                if text:
                    runs.append(Run(text, run.font, actual))
                    # The true characters belong to the first piece only, or they are read twice.
                    actual = "" if actual is not None else None
                yield Word(tuple(runs), used)
                runs, text, used = [], "", 0.0
            text += character
            used += wide
        if text:
            runs.append(Run(text, run.font, actual))
    yield Word(tuple(runs), used)


def _line(words: list[Word], used: float, size: float, face: Typeface) -> Line:
    """Join words with spaces, neighbours in one font into one run."""
    if all(len(word.runs) == 1 and word.runs[0].font == face.font for word in words) and all(
        word.runs[0].actual is None for word in words
    ):
        text = " ".join([word.runs[0].text for word in words])
        return Line((Run(text, face.font),) if text else (), used * size)
    return Line(_joined(words, face), used * size)


def _joined(words: list[Word], face: Typeface) -> tuple[Run, ...]:
    """Join words of several fonts; the slow way, for the few lines that need it."""
    runs: list[Run] = []
    for index, word in enumerate(words):
        for place, run in enumerate(word.runs):
            space = " " if index and not place else ""
            before = runs[-1] if runs else None
            if before and before.actual is None and run.actual is None and before.font == run.font:
                runs[-1] = Run(before.text + space + run.text, run.font)
                continue
            if space and before:
                if before.actual is None and before.font == face.font:
                    runs[-1] = Run(before.text + space, before.font)
                else:
                    runs.append(Run(space, face.font))
            runs.append(run)
    return tuple(runs)
