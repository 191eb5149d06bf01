"""Takes the pictures out of a PDF that can be kept as JPEG or made into PNG cheaply.

A picture is placed after the last text that starts on its page. Drawings made of lines are not
pictures to PDFium; a report's charts are therefore left out.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import struct
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mhin_ppi.documents import limits
from mhin_ppi.documents.pictures import picture_kind

if TYPE_CHECKING:
    from pypdfium2 import PdfBitmap, PdfDocument, PdfImage

_HAS_PICTURES = re.compile(rb"/Subtype\s*/Image\b")
_SMALLEST = 40  # pixels either way: less is a rule, a bullet or a logo's edge
_MOST_PIXELS = 4_000_000
_MOST_A_PAGE = 40
_PNG_COLOURS = {"L": 0, "BGR": 2, "BGRA": 6}
_BYTES = {"L": 1, "BGR": 3, "BGRA": 4, "BGRx": 4}


@dataclass(slots=True)
class PdfPictures:
    """What was found.

    Args:
        kept: Picture bytes by SHA-256.
        places: (page from 1, SHA-256), in order; each picture once, since logos repeat.
        left_out: How many could not be kept.
    """

    kept: dict[str, bytes] = field(default_factory=dict)
    places: list[tuple[int, str]] = field(default_factory=list)
    left_out: int = 0

    def take(self, picture: bytes | None, *, page: int) -> None:
        """Keep a picture, unless it is there already or too much."""
        if picture is None:
            return
        digest = hashlib.sha256(picture).hexdigest()
        if digest in self.kept:
            return
        room = limits.PICTURES_BYTES - sum(map(len, self.kept.values()))
        if picture and len(picture) <= min(room, limits.PICTURE_BYTES):
            self.kept[digest] = picture
            self.places.append((page, digest))
        else:
            self.left_out += 1


def has_pictures(untrusted: bytes) -> bool:
    """Say whether there are pictures anywhere in a file, without opening its pages."""
    # Pictures are streams, and a stream's own dictionary is never compressed (ISO 32000-1, 7.5.7).
    return _HAS_PICTURES.search(untrusted) is not None


def read_pictures(document: PdfDocument, untrusted: bytes) -> PdfPictures:
    """Return the pictures of a document; quick where there are none."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    found = PdfPictures()
    if not has_pictures(untrusted):
        return found
    for number in range(1, len(document) + 1):
        # A page that cannot be opened must not cost the others their pictures.
        with contextlib.suppress(pypdfium2.PdfiumError):
            page = document[number - 1]
            images = page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,))
            for _, image in zip(range(_MOST_A_PAGE), images, strict=False):
                found.take(_picture(image), page=number)
            page.close()
    return found


def _picture(image: PdfImage) -> bytes | None:
    """Return a JPEG or PNG, b"" for one that cannot be had, ``None`` for one that is no picture."""
    import pypdfium2

    try:
        return _picture_bytes(image)
    except pypdfium2.PdfiumError:
        return b""


def _picture_bytes(image: PdfImage) -> bytes | None:
    width, height = image.get_px_size()
    if min(width, height) < _SMALLEST:
        return None
    # Other filters may lie around the JPEG; PDFium takes those off and leaves it as it is.
    if image.get_filters()[-1:] == ["DCTDecode"]:
        jpeg = bytes(image.get_data(decode_simple=True))
        return jpeg if picture_kind(jpeg) == "jpeg" else b""
    if width * height > _MOST_PIXELS:
        return b""
    bitmap = image.get_bitmap(render=False)
    try:
        return as_png(bitmap)
    finally:
        bitmap.close()


def as_png(bitmap: PdfBitmap) -> bytes:
    """Return a bitmap as PNG, or b"" for a pixel form we do not write.

    Source: PNG specification, 11.2 (chunks) and 9.2 (filter type 0).
    """
    size = _BYTES.get(bitmap.mode)
    if size is None:
        return b""
    pixels = bytes(bitmap.buffer)
    rows = []
    for at in range(0, bitmap.height * bitmap.stride, bitmap.stride):
        rows.append(b"\x00" + _row(pixels[at : at + bitmap.width * size], bitmap.mode))
    mode = "BGR" if bitmap.mode == "BGRx" else bitmap.mode
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, _PNG_COLOURS[mode], 0, 0, 0)
    packed = zlib.compress(b"".join(rows), 6)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _row(row: bytes, mode: str) -> bytes:
    """Return one row with its colours in the order PNG wants."""
    if mode == "L":
        return row
    size = _BYTES[mode]
    wanted = 4 if mode == "BGRA" else 3
    turned = bytearray(len(row) // size * wanted)
    for place, source in enumerate((2, 1, 0, 3)[:wanted]):
        turned[place::wanted] = row[source::size]
    return bytes(turned)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
