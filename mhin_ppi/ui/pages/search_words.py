"""What the search page says about what was found."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.searching import FoundKind
from ...services.search import Found
from ...services.search_hits import Hit
from ..widgets.found_lines import FoundLine
from .words_for import count_words

KIND_HEADINGS = {
    FoundKind.QUESTION: "Questions",
    FoundKind.DRAFT: "Drafts",
    FoundKind.ANSWER: "Answers",
    FoundKind.NOTE: "Notes",
}
_ONE_AND_MANY = {
    FoundKind.QUESTION: ("question", "questions"),
    FoundKind.DRAFT: ("place in drafts", "places in drafts"),
    FoundKind.ANSWER: ("answer", "answers"),
    FoundKind.NOTE: ("note", "notes"),
}
NOTHING_TYPED = (
    "Type what you are looking for. All your words are found together; words in “quotation marks” "
    "are found side by side."
)
NOT_READY = (
    "Some drafts are still being made ready. What is in them appears here as soon as they are."
)


def lines_of(found: Found) -> Iterator[FoundLine]:
    """Yield what was found as lines: a heading for each kind, then its hits."""
    for kind, heading in KIND_HEADINGS.items():
        ours = [hit for hit in found.hits if hit.kind is kind]
        if ours:
            yield FoundLine(f"{heading}, the newest first" if kind in found.more else heading)
            yield from (_line(hit) for hit in ours)


def _line(hit: Hit) -> FoundLine:
    return FoundLine(hit.excerpt, hit.about, hit.marks, quiet=hit.is_kept_back, thing=hit)


def said_of(found: Found) -> str:
    """Return in a sentence or two what was found, and how it differs from what was looked for."""
    if not found.looked_for:
        return NOTHING_TYPED
    if not found.hits:
        return (
            f"Nothing here has {_quoted(found.looked_for)}. "
            "Try fewer words, or only the beginning of a longer one."
        )
    counts = _listed([_count(found, kind) for kind in FoundKind if _number(found, kind)])
    if found.instead:
        only = _quoted(found.instead)
        return f"Nothing has all of {_quoted(found.looked_for)}. With only {only}: {counts}."
    return f"{counts[0].upper()}{counts[1:]}."


def _number(found: Found, kind: FoundKind) -> int:
    return sum(hit.kind is kind for hit in found.hits)


def _count(found: Found, kind: FoundKind) -> str:
    one, many = _ONE_AND_MANY[kind]
    counted = count_words(_number(found, kind), one, many=many)
    return f"more than {counted}" if kind in found.more else counted


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _quoted(words: str) -> str:
    """Return words in quotation marks, unless some of them stand in such marks already."""
    return words if "“" in words else f"“{words}”"
