"""What our comments look like as PDF annotations, for the side that writes and the one that reads.

Source: ISO 32000-1, 12.5.6.2 (markup annotations), 12.5.6.3 (states), 12.5.6.10 (highlights).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from mhin_ppi.domain.shared_notes import SharedNote

KINDS = {
    "questioning": "Question",
    "commenting": "Comment",
    "replying": "Reply",
    "assessing": "Assessment",
    "editing": "Suggestion",
    "highlighting": "Highlight",
}
"""What a note's motivation is called in the list of comments of a PDF program."""

BETWEEN_TAGS = " · "

NO_PLACE_KEY = "/XXMHINNoPlace"
"""Marks our notes that stand on no words. Names in XX are private by ISO 32000-1, Annex E."""

STATE_MODEL, DONE = "Review", "Completed"
"""How Acrobat says that a comment is finished with (its menu *Set Status*, *Completed*)."""

_NOT_FOUND = "These words were not found on the pages: “{quote}”"
_NOT_FOUND_AGAIN = re.compile(r"\n\nThese words were not found on the pages: “(.*)”\Z", re.DOTALL)
_DATE = re.compile(
    r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?"
)
_ON_PAGE = re.compile(r"(.+)#page-\d{1,4}\Z", re.DOTALL)


def name_of(note: SharedNote) -> str:
    """Return a note's id, or one made from its words where it has none."""
    if note.id:
        return note.id
    return derived_name(note.author, note.created, note.body, note.quote, note.reply_to)


def derived_name(*parts: object) -> str:
    """Return a name that is the same whenever the parts are the same."""
    told = "\x1f".join(map(str, parts)).encode("utf-8", "replace")
    return f"urn:sha256:{hashlib.sha256(told).hexdigest()}"


def name_on_page(name: str, page: int) -> str:
    """Return the name of the part of a highlight that goes on on another page."""
    return f"{name}#page-{page}"


def name_without_page(name: str) -> str | None:
    """Return the name of the highlight that another goes on from, or ``None``."""
    found = _ON_PAGE.match(name)
    return found[1] if found else None


def goes_on_from(page: int) -> str:
    """Return what the part of a highlight says that goes on from another page."""
    return f"This passage begins on page {page}, where the comment is."


def subject_of(note: SharedNote) -> str:
    """Return a note's kind and tags as one line.

    >>> subject_of(SharedNote("", "Why?", motivation="questioning", tags=("dose",)))
    'Question · dose'
    """
    tags = [tag.replace(BETWEEN_TAGS, " ") for tag in note.tags]
    return BETWEEN_TAGS.join([KINDS.get(note.motivation, "Comment"), *tags])


def motivation_and_tags(subject: str) -> tuple[str, tuple[str, ...]] | None:
    """Return what :func:`subject_of` wrote; ``None`` for the subject of another program."""
    kind, *tags = subject.split(BETWEEN_TAGS)
    named = {words: motivation for motivation, words in KINDS.items()}
    return (named[kind], tuple(tags)) if kind in named else None


def words_of(note: SharedNote, *, placed: bool) -> str:
    """Return what a comment says; one whose words were not found says which they were."""
    if placed or not note.quote:
        return note.body
    return f"{note.body}\n\n{_NOT_FOUND.format(quote=note.quote)}"


def body_and_quote(words: str) -> tuple[str, str]:
    """Return the body and the quote that :func:`words_of` put together."""
    found = _NOT_FOUND_AGAIN.search(words)
    return (words[: found.start()], found[1]) if found else (words, "")


def pdf_date(instant: str) -> str:
    """Return an instant as PDF writes it, in UTC; "" for what is no instant.

    >>> pdf_date("2026-11-23T11:00:00+01:00")
    'D:20261123100000Z'
    """
    try:
        told = datetime.fromisoformat(instant)
        return (
            (told if told.tzinfo else told.replace(tzinfo=UTC))
            .astimezone(UTC)
            .strftime("D:%Y%m%d%H%M%SZ")
        )
    except (ValueError, OverflowError):
        return ""


def instant_of(pdf_date: str) -> str:
    """Return a PDF date as an ISO 8601 instant in UTC; "" for what is no date.

    >>> instant_of("D:20261123110000+01'00'")
    '2026-11-23T10:00:00Z'
    """
    found = _DATE.match(pdf_date)
    if not found:
        return ""
    year, month, day, hour, minute, second = (
        int(part or default) for part, default in zip(found.groups()[:6], "011000", strict=True)
    )
    away = timedelta(hours=int(found[9] or 0), minutes=int(found[10] or 0))
    try:
        zone = timezone(-away if found[8] == "-" else away)
        told = datetime(year, month, day, hour, minute, second, tzinfo=zone)
        return told.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        return ""


def parents_first(notes: Sequence[SharedNote]) -> list[tuple[int, int | None]]:
    """Return notes as pairs of their index and their parent's, every parent before its replies.

    A reply to a note that is not there, or that answers itself in a circle, has no parent.
    """
    at = {note.id: index for index, note in reversed(list(enumerate(notes))) if note.id}
    parents = [at.get(note.reply_to) if note.reply_to else None for note in notes]
    placed: dict[int, int | None] = {}
    for index in range(len(notes)):
        line: list[int] = []
        here: int | None = index
        while here is not None and here not in placed and here not in line:
            line.append(here)
            here = parents[here]
        if here is not None and here in line:
            parents[here] = None  # the circle is cut where it was entered
            line = line[: line.index(here) + 1]
        for one in reversed(line):
            placed.setdefault(one, parents[one])
    return list(placed.items())
