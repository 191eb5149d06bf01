"""A draft for paper with one of everything, invented from end to end."""

from __future__ import annotations

import struct
import zlib
from datetime import date
from hashlib import sha256

from mhin_ppi.app import LaterCatalogues
from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.domain.paper_content import PaperDraft, PassageNote

HEADING, PARAGRAPH, ENTRY = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM
LONG = (
    "People who agree are asked about the calls they had, in a talk of about an hour, at a place "
    "they choose. They can bring somebody. They can stop at any time, and need not say why. "
)


def _chunk(name: bytes, body: bytes) -> bytes:
    checked = name + body
    return struct.pack(">I", len(body)) + checked + struct.pack(">I", zlib.crc32(checked))


def png(width: int = 240, height: int = 120) -> bytes:
    """A striped picture, half of it see-through."""
    row = b"\0" + bytes((30, 90, 140, 255) * (width // 2) + (200, 40, 40, 60) * (width // 2))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = (
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", header),
        _chunk(b"IDAT", zlib.compress(row * height)),
        _chunk(b"IEND", b""),
    )
    return b"".join(parts)


PICTURE = png()
NAME = sha256(PICTURE).hexdigest()
BLOCKS = (
    Block(HEADING, "Calls before appointments", level=1),
    Block(PARAGRAPH, "This study asks whether a call the day before helps people to come."),
    Block(HEADING, "Who can take part", level=3, marker="1.1"),
    Block(PARAGRAPH, LONG * 3),
    Block(ENTRY, "adults who use the service", level=1, marker="•"),
    Block(ENTRY, "people who look after somebody", level=1, marker="•"),
    Block(ENTRY, "partners and parents", level=2, marker="a)"),
    Block(ENTRY, "friends", level=2, marker="b)"),
    Block(ENTRY, "staff", level=1, marker="•"),
    Block(PARAGRAPH, ""),
    Block(
        BlockKind.TABLE,
        "When\tWhat\tHow long\nWeek 1\tA first talk, and the form\t60 minutes\n"
        "Week 6\tA call\t20 minutes",
        header_rows=1,
    ),
    Block(BlockKind.TABLE, "\t".join(f"Measurement {n}" for n in range(1, 10)) + "\n" + "\t" * 8),
    Block(BlockKind.IMAGE, "Two bars, the blue one for calls", image=NAME),
    Block(BlockKind.IMAGE, "", image="0" * 64),
    Block(PARAGRAPH, "Some people describe being held against their will. Café staff — 👍."),
    Block(BlockKind.FOOTNOTE, "As of March.", marker="1"),
    *(Block(PARAGRAPH, f"Paragraph on detail {n}. {LONG}") for n in range(1, 12)),
)
TEXT = DraftText(BLOCKS, images={NAME: PICTURE}, notes=("1 chart was left out.",))


def example_paper(**changes) -> PaperDraft:
    made = {
        "title": "Calls before appointments: a protocol",
        "version": 2,
        "project": "Getting to appointments",
        "board_name": "Riverside board",
        "coordinator": "Ruth Ash, the coordinator",
        "draft": TEXT,
        "contacts": LaterCatalogues().contacts,
        "made_on": date(2026, 3, 2),
        "due_on": date(2026, 3, 20),
        "minutes": 75,
        "content_note": "Being held against one’s will, and being hurt by staff.",
        "passage_notes": (PassageNote("Being held against one’s will.", 14, 15),),
        "guiding_questions": (
            "Would a call the day before have helped you?",
            "Is anything missing about who can take part?",
        ),
    }
    return PaperDraft(**(made | changes))
