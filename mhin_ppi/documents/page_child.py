"""The process that draws the pages of one foreign PDF, for as long as somebody looks at them.

Like ``child.py`` it has no keys, no board and little memory, and it writes no file. It gets the
file, says how large the pages are, and then answers one request after another: this page, so many
pixels wide. Asking a living child costs a few milliseconds; starting one for each page would cost
a fifth of a second and read the whole file again. PDFium is not safe to use from several threads:
here there is only one. When its input closes, it ends.
"""

from __future__ import annotations

import ctypes
import math
import struct
import sys
from typing import TYPE_CHECKING, BinaryIO

from mhin_ppi.documents import frames, limits
from mhin_ppi.documents.child import tie_hands
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.domain.page_pictures import A4, PageSize

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

WANTED = struct.Struct(">II")
"""A request: the page (from 0), and how many pixels wide."""

SIZE = struct.Struct(">dd")
"""One page of the first answer: width and height in points."""

DRAWN = struct.Struct(">II6d")
"""What comes before the pixels of a page: width, height, and the six numbers of its turn."""

_BYTES_PER_PIXEL = 4
_FINE = 64  # PDFium tells places in whole pixels: it is asked on a grid that much finer
_FAR = 1000.0  # points
_LONGEST_SIDE = 14_400.0  # points: 200 inches, the most that PDF allows (ISO 32000-1, annex C)


def main() -> None:
    """Read one PDF from standard input, then draw its pages as they are asked for."""
    sys.dont_write_bytecode = True
    tie_hands()
    answers = sys.stdout.buffer
    # Whatever a library prints must not be mistaken for a message.
    sys.stdout = sys.stderr
    try:
        _serve(sys.stdin.buffer, answers)
    except Refusal as refusal:
        _refuse(answers, refusal.why)
    except (MemoryError, RecursionError):
        _refuse(answers, Why.MEMORY)
    except BrokenPipeError:
        sys.exit(1)


def _serve(requests: BinaryIO, answers: BinaryIO) -> None:
    from mhin_ppi.documents.pdf import open_pdf

    request = frames.receive(requests)
    if request is None:
        return  # the parent has gone
    document = open_pdf(request.untrusted)
    sizes = [_size(document, page) for page in range(len(document))]
    frames.send(answers, frames.SIZES, b"".join(SIZE.pack(s.width, s.height) for s in sizes))
    while len(wanted := requests.read(WANTED.size)) == WANTED.size:
        page, width = WANTED.unpack(wanted)
        try:
            drawn = _draw(document, page, fitting(sizes[page], width=width))
        except Refusal as refusal:
            # One bad page must not cost the others.
            _refuse(answers, refusal.why)
            continue
        frames.send(answers, frames.PIXELS, drawn)


def fitting(size: PageSize, *, width: int) -> tuple[int, int]:
    """Return the width and height in pixels to draw a page at.

    Args:
        size: The page's size.
        width: What is asked for; a page that would be too large is drawn smaller.
    """
    ratio = size.height / size.width
    most = math.isqrt(int(limits.PAGE_PIXELS / ratio))
    wide = max(1, min(width, most))
    return wide, max(1, min(round(wide * ratio), limits.PAGE_PIXELS // wide))


def sensible(width: float, height: float) -> PageSize:
    """Return a page's size, or A4 where the numbers make no sense."""
    sides = (width, height)
    usable = all(math.isfinite(side) and 1 <= side <= _LONGEST_SIDE for side in sides)
    return PageSize(width, height) if usable else A4


def _size(document: PdfDocument, page: int) -> PageSize:
    import pypdfium2

    try:
        return sensible(*document.get_page_size(page))
    except pypdfium2.PdfiumError:
        return A4


def _draw(document: PdfDocument, number: int, size: tuple[int, int]) -> bytes:
    import pypdfium2
    import pypdfium2.raw as pdfium

    width, height = size
    try:
        page = document[number]
    except pypdfium2.PdfiumError as cause:
        raise Refusal(Why.DAMAGED) from cause
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGRx)
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, pdfium.FPDF_ANNOT)
        rows = bytes(bitmap.buffer)
        kept = width * _BYTES_PER_PIXEL
        if bitmap.stride != kept:
            starts = range(0, bitmap.stride * height, bitmap.stride)
            rows = b"".join(rows[start : start + kept] for start in starts)
        return DRAWN.pack(width, height, *_turn(page)) + rows
    finally:
        bitmap.close()
        page.close()


def _turn(page: PdfPage) -> tuple[float, ...]:
    """Return the six numbers by which places of the file become places on the page."""
    import pypdfium2.raw as pdfium

    size = [round(side * _FINE) for side in page.get_size()]
    x, y = ctypes.c_int(), ctypes.c_int()
    seen = []
    for place in ((0.0, 0.0), (_FAR, 0.0), (0.0, _FAR)):
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, *place, x, y)
        seen.append((x.value / _FINE, y.value / _FINE))
    (e, f), right, up = seen
    across = ((right[0] - e) / _FAR, (right[1] - f) / _FAR)
    return (*across, (up[0] - e) / _FAR, (up[1] - f) / _FAR, e, f)


def _refuse(answers: BinaryIO, why: Why) -> None:
    frames.send(answers, frames.REFUSED, why.value.encode())


if __name__ == "__main__":
    main()
