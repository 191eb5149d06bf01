"""Receipts as people have them, and as somebody hostile would make them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pikepdf
from PIL import Image, ImageDraw

PLACE = (53.0, 23.0, 1.5)
MAKER = "Secretive Phones Ltd"


def photo(*, turn: int = 1, size: tuple[int, int] = (600, 400), place: bool = True) -> bytes:
    """Return a JPEG as a phone writes it: where it was taken, with what, and which way up.

    The left upper quarter is red, the rest is paper.
    """
    picture = Image.new("RGB", size, (240, 240, 235))
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 2, size[1] // 2), fill=(200, 20, 20))
    exif = Image.Exif()
    exif[0x010F] = MAKER
    exif[0x0112] = turn
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "W", 4: (1.0, 28.0, 0.0)})
    whole = io.BytesIO()
    picture.save(whole, "JPEG", exif=exif, comment=b"at home in Invented Street", quality=90)
    return whole.getvalue()


def png_bomb(*, side: int = 30_000) -> bytes:
    """Return a PNG of a few kilobytes with side x side dots."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 2)
    body = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    chunks = ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in chunks
    )


def pdf(*, pages: int = 1, busy: bool = False, password: str = "") -> bytes:
    """Return a PDF; a busy one runs scripts, carries a file, links, and says who made it."""
    made: Any = pikepdf.new()
    for number in range(pages):
        made.add_blank_page(page_size=(300, 400))
        words = f"BT /F1 12 Tf 20 350 Td (Bus ticket {number}) Tj ET".encode()
        page = made.pages[-1]
        page.Contents = made.make_stream(words)
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F1=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                )
            )
        )
    if busy:
        _make_busy(made)
    whole = io.BytesIO()
    locked = pikepdf.Encryption(owner="o", user=password) if password else False
    made.save(whole, encryption=locked)
    return whole.getvalue()


def _make_busy(made: Any) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('hidden-script')")
    page = made.pages[0]
    made.Root.OpenAction = script
    page.AA = pikepdf.Dictionary(O=script)
    page.Resources.Hidden = script
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://tracked.example")
    page.Annots = made.make_indirect(
        pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=link)])
    )
    made.attachments["diary.txt"] = pikepdf.AttachedFileSpec(made, b"attached-diary")
    with made.open_metadata() as told:
        told["dc:creator"] = ["Invented Author"]
    made.docinfo["/Author"] = "Invented Author"
