r"""The repairs of ``words.py`` once more, this time keeping where each character came from.

``words.clean`` is what every reader uses, because it is fast; here each step also carries, for
every character, the range of the untidied text that it stands for. A test holds the two together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from mhin_ppi.documents.words import AROUND_BREAKS, NOT_TEXT, SPACES

Places = list[tuple[int, int]]
Traced = Callable[[str], tuple[str, Places]]

_ANY_SPACES = re.compile(r"\s+")


def traced(raw: str) -> tuple[str, Places]:
    r"""Return what ``words.clean`` returns, and for each character its range in ``raw``.

    >>> traced(" a  e\u0301")
    ('a é', [(1, 2), (2, 4), (4, 6)])
    """
    text, places = raw, [(at, at + 1) for at in range(len(raw))]
    text, places = _replaced(NOT_TEXT, "", text, places)
    text, places = _replaced(SPACES, " ", text, places)
    text, places = _replaced(AROUND_BREAKS, "\n", text, places)
    return _composed(*_stripped(text, places))


def traced_line(raw: str) -> tuple[str, Places]:
    """Return what ``words.one_line`` returns, and for each character its range in ``raw``."""
    return _stripped(*_replaced(_ANY_SPACES, " ", *traced(raw)))


def _replaced(pattern: re.Pattern[str], sign: str, text: str, places: Places) -> tuple[str, Places]:
    """Put one sign, or none, in the place of everything that fits the pattern."""
    said: list[str] = []
    kept: Places = []
    done = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        said += [text[done:start], sign]
        kept += places[done:start]
        if sign:
            kept.append((places[start][0], places[end - 1][1]))
        done = end
    return "".join(said) + text[done:], kept + places[done:]


def _stripped(text: str, places: Places) -> tuple[str, Places]:
    start = len(text) - len(text.lstrip())
    end = max(start, len(text.rstrip()))
    return text[start:end], places[start:end]


def _composed(text: str, places: Places) -> tuple[str, Places]:
    if unicodedata.is_normalized("NFC", text):
        return text, places
    said: list[str] = []
    kept: Places = []
    for start, end in _clusters(text):
        cluster, composed = text[start:end], unicodedata.normalize("NFC", text[start:end])
        said.append(composed)
        if composed == cluster:
            kept += places[start:end]
        else:
            kept += [(places[start][0], places[end - 1][1])] * len(composed)
    return "".join(said), kept


def _clusters(text: str) -> list[tuple[int, int]]:
    """Return ranges that can be normalised each by itself."""
    found: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(text)):
        letter = text[at]
        if letter.isascii() or (
            not unicodedata.combining(letter) and _apart(text[start:at], letter)
        ):
            found.append((start, at))
            start = at
    if text:
        found.append((start, len(text)))
    return found


def _apart(before: str, letter: str) -> bool:
    """Say whether a letter leaves what stands before it as it is (Hangul and others do not)."""
    both = unicodedata.normalize("NFC", before + letter)
    return both == unicodedata.normalize("NFC", before) + unicodedata.normalize("NFC", letter)
