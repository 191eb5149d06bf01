"""The messages between the parent and the child that reads a foreign file.

The parent asks once: four lengths of four bytes (big-endian), then the file's name, the name of
the job, the job's arguments (JSON) and the file. The job "read" is answered with blocks; any other
with JSON, and perhaps a file before it.

A message is one letter, a length of four bytes (big-endian), and that many bytes. The child may
have been taken over by the file it reads, so the parent trusts neither lengths nor contents.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.domain.blocks import Block, BlockKind, DraftText

REQUEST = struct.Struct(">IIII")
HEAD = struct.Struct(">cI")
COUNTS = struct.Struct(">II")

READ = "read"

FILE = b"F"
ANSWER = b"A"
PROGRESS = b"P"
PICTURE = b"I"
BLOCKS = b"B"
FACTS = b"T"
REFUSED = b"R"
SIZES = b"S"
PIXELS = b"X"

BLOCKS_AT_ONCE = 400
"""Enough to be quick, few enough that no message is huge."""

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Reading:
    """What a parser has found; it becomes a :class:`DraftText` in the parent.

    Args:
        blocks: In reading order.
        pictures: Picture bytes by SHA-256 (hex).
        title: What the file calls itself.
        pages: How many pages, where the file says so.
        notes: Plain sentences about what was left out.
    """

    blocks: list[Block] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    title: str = ""
    pages: int | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Request:
    """What the child is asked to do.

    Args:
        untrusted: The foreign file.
        file_name: What it is called.
        job: What is to be done with it.
        arguments: Of the job, by name; plain JSON values.
    """

    untrusted: bytes
    file_name: str
    job: str = READ
    arguments: Mapping[str, Any] = field(default_factory=dict)

    def head(self) -> bytes:
        """Return all that goes before the file's bytes."""
        parts = [self.file_name.encode("utf-8", "replace"), self.job.encode("ascii")]
        parts.append(_json(self.arguments))
        return REQUEST.pack(*map(len, parts), len(self.untrusted)) + b"".join(parts)


def receive(stream: BinaryIO) -> Request | None:
    """Return what the parent asks; ``None`` when it has gone."""
    head = stream.read(REQUEST.size)
    if len(head) != REQUEST.size:
        return None
    *sizes, size = REQUEST.unpack(head)
    name, job, arguments = (stream.read(part) for part in sizes)
    untrusted = stream.read(size)
    if len(untrusted) != size:
        return None
    return Request(
        untrusted, name.decode("utf-8", "replace"), job.decode("ascii"), json.loads(arguments)
    )


def send(stream: BinaryIO, letter: bytes, body: bytes) -> None:
    """Write one message and push it out."""
    stream.write(HEAD.pack(letter, len(body)))
    stream.write(body)
    stream.flush()


def send_reading(stream: BinaryIO, reading: Reading) -> None:
    """Write everything a parser found, the closing facts last."""
    for picture in reading.pictures.values():
        send(stream, PICTURE, picture)
    for start in range(0, len(reading.blocks), BLOCKS_AT_ONCE):
        some = reading.blocks[start : start + BLOCKS_AT_ONCE]
        send(stream, BLOCKS, _json([block.to_json() for block in some]))
    facts = {"title": reading.title, "pages": reading.pages, "notes": reading.notes}
    send(stream, FACTS, _json(facts))


def send_answer(stream: BinaryIO, answer: object, *, file: bytes = b"") -> None:
    """Write the answer to a job other than reading: a file, where there is one, then plain JSON."""
    if file:
        send(stream, FILE, file)
    send(stream, ANSWER, _json(answer))


def _json(value: object) -> bytes:
    # Half a character, which JavaScript programs can leave behind, must not stop the rest.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def draft_text(
    untrusted_blocks: Iterable[bytes], untrusted_facts: bytes, *, pictures: dict[str, bytes]
) -> DraftText:
    """Return the child's answer as a draft, checked field by field.

    Args:
        untrusted_blocks: The bodies of the BLOCKS messages.
        untrusted_facts: The body of the FACTS message.
        pictures: By SHA-256, as worked out in the parent.

    Raises:
        Refusal: The answer is not of the agreed shape.
    """
    try:
        blocks = [_block(plain) for body in untrusted_blocks for plain in json.loads(body)]
        facts = json.loads(untrusted_facts)
        pages = facts["pages"]
        return DraftText(
            blocks=tuple(b for b in blocks if not b.image or b.image in pictures),
            images=pictures,
            title=str(facts["title"]),
            pages=None if pages is None else int(pages),
            notes=tuple(str(note) for note in facts["notes"]),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as cause:
        raise Refusal(Why.CRASHED) from cause


def _block(plain: dict[str, object]) -> Block:
    words = {name: str(plain.get(name, "")) for name in ("text", "marker", "image", "source")}
    level, page, header_rows = (plain.get(name) for name in ("level", "page", "header_rows"))
    return Block(
        BlockKind(str(plain["kind"])),
        words["text"],
        level=min(9, max(0, int(str(level or 0)))),
        page=None if page is None else int(str(page)),
        marker=words["marker"],
        image=words["image"],
        source=words["source"],
        header_rows=max(0, int(str(header_rows or 0))),
    )
