"""A range of words in one draft version, held so that it can be found again in the next."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError

CONTEXT_CHARACTERS = 128
"""Characters kept on each side. W3C peers keep 10 to 32; 128 finds repeated wording again."""


class EmptyPassageError(InputError):
    """No characters are covered."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A range of words in one draft version.

    Args:
        start: First character, in Unicode code points from 0.
        end: One past the last character; ``start < end``.
        quote: The words themselves, so that the passage can be found again in the next version.
        prefix: Up to 128 characters before it.
        suffix: Up to 128 characters after it.

    Raises:
        EmptyPassageError: No characters are covered.

    Source: W3C Web Annotation Data Model, 4.2 (text position and text quote selectors).
    """

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or not self.quote.strip():
            raise EmptyPassageError(
                "No words are marked.", next_step="Mark the words you mean, then try again."
            )


def passage_in(text: str, start: int, end: int) -> Passage:
    """Return the passage covering ``text[start:end]`` without the spaces at its ends.

    Args:
        text: A draft version's whole text.
        start: First character, code points from 0.
        end: One past the last.

    Raises:
        EmptyPassageError: The range holds no words, or lies outside the text.
    """
    start, end = max(0, start), min(end, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Passage(
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT_CHARACTERS) : start],
        suffix=text[end : end + CONTEXT_CHARACTERS],
    )
