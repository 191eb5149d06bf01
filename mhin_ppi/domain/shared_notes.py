"""A note as it travels between programs: plain words, a quote, and perhaps a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .passages import CONTEXT_CHARACTERS


@dataclass(frozen=True, slots=True)
class SharedNote:
    """One note in a file from, or for, another program.

    Args:
        id: As the file names it; "" when it does not.
        body: The words, as plain text.
        quote: The words of the draft it is about; "" for the whole draft.
        prefix: Words before them.
        suffix: Words after them.
        span: Start and end in the draft's text, in code points, where the file tells.
        author: Who wrote it, as they are to be named.
        created: When, as the file says it (ISO 8601).
        motivation: What the note does ("commenting", "questioning", "replying" …).
        reply_to: Id of the note it answers.
        tags: Short labels.
        state: What became of it when it was carried to another version, or "".
        resolved: Whether the thread is finished with.
        page: Page of the file it stands on, from 1, where the file has pages and says so.
    """

    id: str
    body: str
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    span: tuple[int, int] | None = None
    author: str = ""
    created: str = ""
    motivation: str = "commenting"
    reply_to: str = ""
    tags: tuple[str, ...] = ()
    state: str = ""
    resolved: bool = False
    page: int | None = None


def find_note(note: SharedNote, text: str) -> tuple[int, int] | None:
    """Return where a note's quote stands in a text, in code points.

    The place the file tells is believed when the quote stands there, counted in code points or in
    the UTF-16 units of JavaScript programs; otherwise the quote is looked for, and of several
    places the one whose surroundings fit best is taken.

    Args:
        note: The note.
        text: The draft's text.

    Returns:
        ``None`` when the note is about the whole draft, or its quote does not stand there.
    """
    if note.span is not None:
        for start, end in (note.span, _from_utf16(note.span, text)):
            if 0 <= start < end <= len(text) and note.quote in ("", text[start:end]):
                return start, end
    if not note.quote.strip():
        return None
    words = (re.escape(word) for word in note.quote.split())
    places = [found.span() for found in re.finditer(r"\s+".join(words), text)]
    return max(places, key=lambda place: _fit(note, text, *place), default=None)


def _from_utf16(span: tuple[int, int], text: str) -> tuple[int, int]:
    """Return a range counted in UTF-16 units as code points."""
    start, end = span
    encoded = text.encode("utf-16-le")
    if not 0 <= start <= end <= len(encoded) // 2:
        return -1, -1
    before = encoded[: 2 * start].decode("utf-16-le", errors="replace")
    within = encoded[2 * start : 2 * end].decode("utf-16-le", errors="replace")
    return len(before), len(before) + len(within)


def _fit(note: SharedNote, text: str, start: int, end: int) -> tuple[int, int]:
    """Return how many characters around a place are as the note remembers them, and nearness."""
    before, after = text[max(0, start - CONTEXT_CHARACTERS) : start], text[end:]
    same = _common(before[::-1], note.prefix[::-1]) + _common(after, note.suffix)
    return same, -abs(start - note.span[0]) if note.span else 0


def _common(one: str, other: str) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
