"""In which measure a file counts places in a text, found out from the words it names.

The standard counts Unicode code points. Programs also count UTF-16 units, or CR LF as one
character, or give the last character instead of one past it. Most name each selection by its words:
whichever measure makes the most of those words stand where the file says is taken. Without such
words the standard's measure is taken, and nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

_CUT_MARKS = ("…", "...")
_FEWEST_WORDS = 3
"""Characters of a name that is cut short, below which it is no evidence."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A selection as a file states it.

    Args:
        start: As the file counts.
        end: As the file counts.
        name: What the file calls it, often its words.
    """

    start: int
    end: int
    name: str = ""


class Measures:
    """Turns places as a file counts them into code points of its text.

    Args:
        text: The text.
        marked: Every selection in it.
    """

    def __init__(self, text: str, marked: Sequence[Marked]) -> None:
        self._text = text
        self._marked = marked

    @cached_property
    def _wide(self) -> list[int]:
        """Where signs stand that take two UTF-16 units, counted in UTF-16 units."""
        found, units = [], 0
        for sign in self._text:
            units += 1
            if ord(sign) > 0xFFFF:  # noqa: PLR2004 - beyond it UTF-16 needs two units
                found.append(units)
                units += 1
        return found

    @cached_property
    def _line_ends(self) -> list[int]:
        """Where CR LF stand, each counted as one character."""
        places = [at for at in range(len(self._text)) if self._text.startswith("\r\n", at)]
        return [at - order for order, at in enumerate(places)]

    def _as_it_stands(self, place: int) -> int:
        return place

    def _from_utf16(self, place: int) -> int:
        return place - bisect_left(self._wide, place)

    def _from_short_lines(self, place: int) -> int:
        return place + bisect_left(self._line_ends, place)

    def _candidates(self) -> Iterable[tuple[Callable[[int], int], int]]:
        ways: list[Callable[[int], int]] = [self._as_it_stands]
        if self._wide:
            ways.append(self._from_utf16)
        if self._line_ends:
            ways.append(self._from_short_lines)
        return product(ways, (0, 1))

    def places(self, *, ours: bool = False) -> tuple[list[tuple[int, int]], bool]:
        """Return each selection's start and end in code points, and whether the measure is usual.

        A place outside the text is given as it comes; the caller leaves it out.

        Args:
            ours: Whether this program wrote the file, whose measure is known.
        """
        if ours:
            return [(each.start, each.end) for each in self._marked], True
        best, best_fit, usual = [(each.start, each.end) for each in self._marked], -1, True
        for order, (way, more) in enumerate(self._candidates()):
            found = [(way(each.start), way(each.end + more)) for each in self._marked]
            fits = sum(
                _names(each.name, self._text[start:end], exactly=order > 0)
                for each, (start, end) in zip(self._marked, found, strict=True)
                if 0 <= start < end <= len(self._text)
            )
            if fits > max(best_fit, 0 if order else -1):
                best, best_fit, usual = found, fits, order == 0
        return best, usual


def _names(name: str, words: str, *, exactly: bool) -> bool:
    """Return whether a selection's name is its words, perhaps cut short.

    Args:
        name: As the file gives it.
        words: What stands there.
        exactly: Whether spaces at the ends count: without them, one character too early or too
            many would look right too.
    """
    if exactly and (words[:1].isspace() > name[:1].isspace()):
        return False
    if exactly and (words[-1:].isspace() > name[-1:].isspace()):
        return False
    said, here = " ".join(name.split()), " ".join(words.split())
    for mark in _CUT_MARKS:
        if said.endswith(mark):
            begun = said.removesuffix(mark).rstrip()
            return len(begun) >= _FEWEST_WORDS and here.startswith(begun)
    return bool(said) and said == here
