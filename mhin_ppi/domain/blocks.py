"""A draft's text as blocks, the one form in which every reader, search and comparison sees it.

A draft version is extracted once; its blocks, written as canonical JSON, are immutable and their
SHA-256 names the version. The draft's text is the blocks' texts joined by a blank line, in NFC.
Every offset in the program counts Unicode code points in that text, from 0, start in, end out.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

BETWEEN_BLOCKS = "\n\n"
BETWEEN_ROWS = "\n"
BETWEEN_CELLS = "\t"


class BlockKind(StrEnum):
    """What a block of text is, for drawing and for screen readers."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FOOTNOTE = "footnote"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Block:
    r"""One heading, paragraph, list item, table, footnote or picture.

    Args:
        kind: What it is.
        text: Its words in NFC, without a trailing newline. For a table the rows are joined by
            ``"\n"`` and the cells by ``"\t"`` (no cell contains either). For an image: its
            alternative text, or "" when the file gives none.
        level: Headings 1 to 6; list items 1 to 9 (nesting); everything else 0.
        page: Page number in the file, from 1; ``None`` where the file has no pages.
        marker: What stands before a list item or footnote ("•", "2.", "b)"); not part of ``text``.
        image: SHA-256 (hex) of the picture's bytes, for images only.
        source: Where in the file it came from (for example ``"p12"`` for the 13th ``w:p`` of a Word
            body), so that comments can be put back into the person's own file.
        header_rows: How many first rows of a table are its headings.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    marker: str = ""
    image: str = ""
    source: str = ""
    header_rows: int = 0

    def rows(self) -> list[list[str]]:
        """Return a table's cells, row by row; for anything else one row of one cell."""
        return [row.split(BETWEEN_CELLS) for row in self.text.split(BETWEEN_ROWS)]

    def to_json(self) -> dict[str, object]:
        """Return the block as plain values, leaving out what has its ordinary value."""
        plain: dict[str, object] = {"kind": self.kind.value, "text": self.text}
        optional = ("level", "page", "marker", "image", "source", "header_rows")
        return plain | {name: getattr(self, name) for name in optional if getattr(self, name)}


def block_from_json(plain: Mapping[str, object]) -> Block:
    """Return the block that :meth:`Block.to_json` wrote."""
    return Block(**{**plain, "kind": BlockKind(str(plain["kind"]))})  # type: ignore[arg-type]


@dataclass(frozen=True)
class DraftText:
    """The whole text of one draft version.

    Args:
        blocks: In reading order.
        images: Picture bytes by SHA-256 (hex); PNG or JPEG only.
        title: What the file calls itself, or "".
        pages: How many pages the file has; ``None`` where it has none.
        notes: Plain sentences about what could not be read ("2 drawings were left out").
    """

    blocks: tuple[Block, ...]
    images: Mapping[str, bytes] = field(default_factory=dict)
    title: str = ""
    pages: int | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """Everything, blocks joined by a blank line; offsets count code points in this."""
        return BETWEEN_BLOCKS.join(block.text for block in self.blocks)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each block starts in :attr:`text`, in code points."""
        found, at = [], 0
        for block in self.blocks:
            found.append(at)
            at += len(block.text) + len(BETWEEN_BLOCKS)
        return tuple(found)

    def block_at(self, offset: int) -> int:
        """Return the index of the block at ``offset`` (the gap after a block belongs to it)."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def to_bytes(self) -> bytes:
        """Return the canonical JSON whose SHA-256 names the version (pictures not included)."""
        body = {
            "v": 1,
            "title": self.title,
            "pages": self.pages,
            "notes": list(self.notes),
            "blocks": [block.to_json() for block in self.blocks],
        }
        return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        """SHA-256 of :meth:`to_bytes`, in hex."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def draft_text_from_bytes(stored: bytes, *, images: Mapping[str, bytes] | None = None) -> DraftText:
    """Return the text that :meth:`DraftText.to_bytes` wrote.

    Args:
        stored: The canonical JSON.
        images: Picture bytes by SHA-256, where they are at hand.
    """
    body = json.loads(stored)
    return DraftText(
        blocks=tuple(block_from_json(plain) for plain in body["blocks"]),
        images=dict(images or {}),
        title=body["title"],
        pages=body["pages"],
        notes=tuple(body["notes"]),
    )


def tidy(text: str) -> str:
    """Return text as a block may hold it: NFC, no control characters but newline and tab."""
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    return unicodedata.normalize("NFC", kept)


def plain_draft(paragraphs: Iterable[str], *, title: str = "") -> DraftText:
    """Return a draft of plain paragraphs, for text typed or pasted by a person."""
    return DraftText(
        blocks=tuple(Block(BlockKind.PARAGRAPH, tidy(words)) for words in paragraphs if words),
        title=title,
    )
