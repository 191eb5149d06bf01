"""How words of the draft are quoted beside it."""

from __future__ import annotations

from collections.abc import Sequence

from ...domain.passages import Passage


def within(passage: Passage, spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether any words of a passage are in one of these parts (code points)."""
    return any(passage.start < end and passage.end > start for start, end in spans)


def short(quote: str, *, longest: int = 90) -> str:
    """Return a quote on one line, cut after so many characters."""
    words = " ".join(quote.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"
