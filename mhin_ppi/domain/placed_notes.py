"""What became of notes that were put into a person's own file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """A person's file with notes in it, and which notes could not stand where they belong.

    Args:
        file: The new file's bytes.
        whole: Ids of notes whose words were not found in the file; they are in it as comments on
            the whole of it, with the words quoted.
        beside: Ids of notes on words where the file takes no comments (footnotes, text boxes,
            pictures); they stand at the mark or the drawing instead.
        already: Ids of notes that were in the file before and were left as they are.
    """

    file: bytes
    whole: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
