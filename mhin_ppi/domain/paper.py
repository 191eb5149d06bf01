"""Numbers for paper: what stands in a printed draft's margin, and what a person writes on a slip.

Every block with words has a plain number, from 1, in reading order: headings, paragraphs, list
entries, tables, footnotes and described pictures alike, so that nobody has to know which of them
count. A version's text never changes, so neither do its numbers.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..errors import InputError
from .blocks import DraftText

Range = tuple[int, int]
"""First and last number, both included."""

LETTERS = 26
LONGEST_WRITTEN = 200
"""Characters looked at of what a person typed as numbers."""
_WHOLE = frozenset({"", "whole", "all", "general", "everything", "none", "draft"})
# Before a number people write what it is: "para. 12", "No 12", "¶12", "#12".
_WHAT_IT_IS = re.compile(
    r"\b(?:paragraphs?|paras?|para|pars?|numbers?|nos?|nr|table|heading|picture|the|about)\b\.?"
    r"|[#¶§()\[\]№]",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"^(?:QUESTION\b|Q\b)\.?")
_UP_TO = re.compile(r"\s*(?:[-‐‑‒–—−]+|\bto\b|\bup to\b|\buntil\b|\bthrough\b)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;/&+]|\band\b|\s)\s*", re.IGNORECASE)
_PIECE = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?", re.ASCII)


@dataclass(frozen=True)
class PaperNumbers:
    """The numbers of one draft version.

    Args:
        draft: Its text.
    """

    draft: DraftText

    @cached_property
    def blocks(self) -> tuple[int, ...]:
        """The index of each numbered block: number 1 is the first of these."""
        return tuple(at for at, block in enumerate(self.draft.blocks) if block.text.strip())

    @property
    def last(self) -> int:
        """The highest number; 0 for a draft without words."""
        return len(self.blocks)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        return {block: number for number, block in enumerate(self.blocks, start=1)}

    def number_of(self, block: int) -> int | None:
        """Return the number of the block with that index; ``None`` for one without words."""
        return self._numbers.get(block)

    def number_at(self, offset: int) -> int | None:
        """Return the number of the paragraph at an offset, or of the last one before it.

        Args:
            offset: In the draft's text, in code points from 0.
        """
        before = bisect_right(self.blocks, self.draft.block_at(offset))
        return before or None

    def span(self, numbers: Range) -> tuple[int, int]:
        """Return the part of the text that a range of numbers covers, in code points.

        Args:
            numbers: First and last.

        Raises:
            InputError: A number is not in this draft.
        """
        first, last = numbers
        if not 1 <= first <= last <= self.last:
            raise _not_there(last if 1 <= first <= self.last else first, self.last)
        start_block, end_block = self.blocks[first - 1], self.blocks[last - 1]
        starts = self.draft.starts
        return starts[start_block], starts[end_block] + len(self.draft.blocks[end_block].text)

    def words(self, numbers: Range) -> str:
        """Return the words that a range of numbers covers.

        Raises:
            InputError: A number is not in this draft.
        """
        start, end = self.span(numbers)
        return self.draft.text[start:end].strip()


def paragraph_numbers(draft: DraftText) -> PaperNumbers:
    """Return the numbers that a draft's blocks have on paper."""
    return PaperNumbers(draft)


def numbers_from(written: str, numbers: PaperNumbers) -> tuple[Range, ...]:
    """Return what a person wrote after "About paragraph no.", as ranges in ascending order.

    Numbers next to each other become one range. Nothing written means the whole draft, as do
    "whole" and "general".

    Args:
        written: "12", "no. 12", "12-14", "12 to 14", "3, 5 and 9", or nothing.
        numbers: Those of the draft.

    Returns:
        No ranges for the whole draft.

    Raises:
        InputError: It is no number, or not one of this draft's.
    """
    asked = written.strip()[:LONGEST_WRITTEN]
    plain = _WHAT_IT_IS.sub(" ", asked).strip(" .")
    plain = re.sub(r"^whole\s+", "", plain.casefold())
    if plain in _WHOLE:
        return ()
    found: list[Range] = []
    for piece in _BETWEEN.split(_UP_TO.sub("-", plain)):
        if not piece:
            continue
        read = _PIECE.fullmatch(piece)
        if read is None:
            raise InputError(
                f"“{asked}” is not a paragraph number.",
                next_step="Type a number from the margin, such as 12, 12-14 or 3, 5.",
            )
        first, last = int(read.group(1)), int(read.group(2) or read.group(1))
        found.append((min(first, last), max(first, last)))
    for span in found:
        numbers.span(span)
    return _joined(found)


def question_letter(number: int) -> str:
    """Return what a guiding question is called on paper, so that no number means two things.

    Args:
        number: From 1.

    >>> question_letter(2), question_letter(30)
    ('B', 'Q30')
    """
    return chr(ord("A") + number - 1) if number <= LETTERS else f"Q{number}"


def question_from(written: str, *, count: int) -> int | None:
    """Return the guiding question that a person names by its letter; ``None`` for anything else.

    Args:
        written: "A", "question a", "Q. B".
        count: How many guiding questions there are.

    >>> question_from("question b", count=2), question_from("C", count=2)
    (2, None)
    """
    plain = written.strip().upper()
    named = {question_letter(number): number for number in range(1, count + 1)}
    return named.get(plain) or named.get(_QUESTION.sub("", plain).strip(" ."))


def _joined(found: Sequence[Range]) -> tuple[Range, ...]:
    """Put ranges in order and make one of those that touch."""
    joined: list[Range] = []
    for first, last in sorted(found):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def range_words(ranges: Sequence[Range]) -> str:
    """Return ranges as people write them.

    >>> range_words([(3, 3), (5, 5), (9, 11)])
    '3, 5 and 9–11'
    """
    parts = [str(first) if first == last else f"{first}–{last}" for first, last in ranges]
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _not_there(number: int, last: int) -> InputError:
    if not last:
        return InputError("This draft has no numbered paragraphs.", next_step="Leave it empty.")
    return InputError(
        f"There is no paragraph {number} in this draft.",
        next_step=f"Its numbers go from 1 to {last}. Look at the margin again.",
    )
