"""Plain text: finds the encoding, then the paragraphs and lists."""

from __future__ import annotations

import codecs
import re

from mhin_ppi.documents.frames import Progress, Reading
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import clean
from mhin_ppi.domain.blocks import Block, BlockKind

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*•–]|\d{1,3}[.)]|[a-z][.)])[ \t]+(?=\S)")
_NOT_WRITTEN = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_EMPTY_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MOST_CONTROLS = 0.01  # stray ones happen; a binary file has many
_WRAPPED_FROM = 50  # characters; shorter lines (addresses, verse) keep their breaks


def decode(untrusted: bytes) -> str:
    """Return the text, trying UTF-8, UTF-16 and the Windows encoding, in that order.

    Raises:
        Refusal: It is not text.
    """
    for mark, encoding in _MARKS:
        if untrusted.startswith(mark):
            return _strictly(untrusted, encoding)
    if b"\x00" in untrusted:
        return _strictly(untrusted, _which_utf16(untrusted))
    try:
        text = untrusted.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(untrusted, "cp1252")
    if len(_NOT_WRITTEN.findall(text)) > _MOST_CONTROLS * len(text):
        raise Refusal(Why.UNKNOWN)
    return text


def _strictly(untrusted: bytes, encoding: str) -> str:
    try:
        return untrusted.decode(encoding)
    except UnicodeDecodeError as cause:
        raise Refusal(Why.UNKNOWN) from cause


def _which_utf16(untrusted: bytes) -> str:
    # In Latin text every second byte is zero: the first of each pair when it is big-endian.
    first, second = untrusted[0::2].count(0), untrusted[1::2].count(0)
    if max(first, second) < len(untrusted) // 5 or min(first, second) > max(first, second) // 4:
        raise Refusal(Why.UNKNOWN)
    return "utf-16-be" if first > second else "utf-16-le"


def read_plain(untrusted: bytes, *, report: Progress) -> Reading:
    """Return the paragraphs of a plain text file; form feeds count as pages.

    Raises:
        Refusal: It is not text.
    """
    text = decode(untrusted).replace("\r\n", "\n").replace("\r", "\n").strip("\f\n ")
    sheets = text.split("\f")
    reading = Reading(pages=len(sheets) if len(sheets) > 1 else None)
    for number, sheet in enumerate(sheets, start=1):
        page = number if len(sheets) > 1 else None
        for piece in _pieces(sheet):
            _add_piece(reading, piece, page)
        report(number, len(sheets))
    return reading


def _pieces(sheet: str) -> list[str]:
    pieces = _EMPTY_LINES.split(sheet)
    if len(pieces) == 1 and max(map(len, sheet.split("\n"))) > 2 * _WRAPPED_FROM:
        return sheet.split("\n")  # one long line for each paragraph
    return pieces


def _add_piece(reading: Reading, piece: str, page: int | None) -> None:
    indents: list[int] = []
    lines: list[str] = []
    block = Block(BlockKind.PARAGRAPH, "", page=page)

    def close() -> None:
        if words := clean(_unwrapped(lines)):
            reading.blocks.append(
                Block(block.kind, words, level=block.level, page=page, marker=block.marker)
            )
        lines.clear()

    for line in piece.split("\n"):
        found = _ITEM.match(line)
        if found:
            close()
            level = _level(indents, len(found["indent"].expandtabs(4)))
            marker = "•" if found["marker"] in "-*•–" else found["marker"]
            block = Block(BlockKind.LIST_ITEM, "", level=level, marker=marker)
            line = line[found.end() :]
        lines.append(line)
    close()


def _level(indents: list[int], indent: int) -> int:
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return min(9, len(indents))


def _unwrapped(lines: list[str]) -> str:
    """Join lines that were only broken to fit a width; keep breaks a person made."""
    longest = max((len(line.strip()) for line in lines[:-1]), default=0)
    wrapped = longest >= _WRAPPED_FROM and all(
        len(line.strip()) > longest * 0.6 for line in lines[:-1]
    )
    return (" " if wrapped else "\n").join(line.strip() for line in lines)
