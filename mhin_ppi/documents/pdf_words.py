"""Mends what typesetting did to words: hyphens at line ends, ligatures, dotted contents lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

LINE_END_HYPHENS = "\x02\ufffe"
"""What PDFium gives for a hyphen that ends a line, depending on how it is asked."""

# Old TeX fonts hold ligatures at the places of control characters and do not say so.
_LIGATURES = str.maketrans(
    {
        "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl",
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    }
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[-‐'’][^\W_]+)*")
_LAST_WORD = re.compile(r"[^\W_]+(?:[-‐'’][^\W_]+)*$")
_FIRST_WORD = re.compile(r"[^\W_]+(?:[-‐'’][^\W_]+)*")
_LEADER = re.compile(r"(?:\s?[.…·_]){4,}\s*")
_DOTS = re.compile(r"[.…·_] ?[.…·_]")
_PAGE_AT_END = re.compile(r"(?:\d{1,4}|[ivxlc]{1,7})$", re.IGNORECASE)


def mend_ligatures(text: str) -> str:
    r"""Return text with ligatures written out.

    >>> mend_ligatures("e\x1ecient \ufb01eld")
    'efficient field'
    """
    return text if text.isascii() and text.isprintable() else text.translate(_LIGATURES)


class Vocabulary:
    """The document's own words, which decide whether a hyphen at a line end is part of a word.

    Args:
        lines: Texts of lines; the words at either end are left out, since they may be halves.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: set[str] = set()
        for line in lines:
            self._known.update(word.lower() for word in _WORD.findall(line)[1:-1])

    def __contains__(self, word: str) -> bool:
        return word.lower() in self._known

    def join(self, first: str, second: str) -> str:
        """Return two lines joined, the first of which ended in a hyphen (not part of it).

        >>> words = Vocabulary(["the quality-of-life of a randomised trial was"])
        >>> words.join("the quality-of", "life"), words.join("a rando", "mised trial")
        ('the quality-of-life', 'a randomised trial')
        """
        before, after = _LAST_WORD.search(first), _FIRST_WORD.match(second)
        if before is None or after is None:
            return f"{first}-{second}"
        whole, parted = before[0] + after[0], f"{before[0]}-{after[0]}"
        if whole not in self and (parted in self or _keeps_hyphen(before[0], after[0])):
            return f"{first}-{second}"
        return first + second


def _keeps_hyphen(before: str, after: str) -> bool:
    """Say whether a hyphen looks meant, where the document's own words do not tell."""
    # "self-", "COVID-19", "Anglo-Saxon", "quality-of-": typesetters do not break words like that.
    return (
        "-" in before
        or not after[0].islower()
        or before[-1].isdigit()
        or before.isupper()
        or before.lower() in {"self", "non", "well", "co", "ex", "e", "follow", "long", "short"}
    )


def contents_line(text: str) -> str | None:
    r"""Return a contents line with its dots taken out, or ``None`` for any other line.

    >>> contents_line("2.1 Aims . . . . . . . . . 14")
    '2.1 Aims\t14'
    """
    if not text[-1:].isalnum() or not _DOTS.search(text):
        return None  # quickly: nearly every line ends here
    found = list(_LEADER.finditer(text))
    if not found or not _PAGE_AT_END.fullmatch(text[found[-1].end() :].strip()):
        return None
    title = _LEADER.sub(" ", text[: found[-1].start()]).strip()
    return f"{title}\t{text[found[-1].end() :].strip()}" if title else None
