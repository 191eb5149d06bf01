"""Tells PNG and JPEG by their bytes, and how many pixels they would take up once opened.

A picture of a few kilobytes can claim a billion pixels; showing it would freeze the window.
"""

from __future__ import annotations

import struct

from mhin_ppi.documents import limits

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_LENGTH = struct.Struct(">H")
# Frames of every kind (ISO 10918-1, table B.1); C4, C8 and CC are other things.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def picture_kind(untrusted: bytes) -> str:
    """Return "png" or "jpeg", or "" for anything else and for pictures beyond all measure."""
    kind, dots = measured(untrusted)
    return kind if 0 < dots <= limits.PICTURE_PIXELS else ""


def measured(untrusted: bytes) -> tuple[str, int]:
    """Return "png", "jpeg" or "", and how many pixels the picture says it has."""
    kind = "png" if untrusted.startswith(_PNG) else ""
    kind = "jpeg" if untrusted.startswith(_JPEG) else kind
    if not kind:
        return "", 0
    width, height = _png_size(untrusted) if kind == "png" else _jpeg_size(untrusted)
    return kind, width * height


def _png_size(untrusted: bytes) -> tuple[int, int]:
    # The first chunk is always the header: length, name, width, height.
    if len(untrusted) < 24 or untrusted[12:16] != b"IHDR":
        return 0, 0
    width, height = struct.unpack_from(">II", untrusted, 16)
    return width, height


def _jpeg_size(untrusted: bytes) -> tuple[int, int]:
    """Walk the segments to the first frame header, which holds height and width."""
    at = 2
    while at + 9 <= len(untrusted) and untrusted[at] == 0xFF:
        marker = untrusted[at + 1]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", untrusted, at + 5)
            return width, height
        if marker == 0xFF:  # a filling byte
            at += 1
        else:
            (length,) = _LENGTH.unpack_from(untrusted, at + 2)
            at += 2 + max(2, length)
    return 0, 0
