"""A photograph of a receipt, drawn anew: what it shows stays, what it remembers goes.

A phone writes into a photograph where and when it was taken, and with what. Only the pixels are
taken over, turned the way the phone says they are to be seen, into a file of our own.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mhin_ppi.documents import limits
from mhin_ppi.documents.pictures import measured
from mhin_ppi.documents.refusals import Refusal, Why

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG")
_QUALITY = 82
_WHITE = (255, 255, 255)
_ORIENTATION = 0x0112  # Exif 2.32, 4.6.4
_TURNS = range(2, 9)
_NOT_A_PICTURE = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, ArithmeticError)
_DEEP = ("I", "F", "I;16", "I;16B", "I;16L")  # more than eight bits for each dot
_WITH_CLEAR = ("RGBA", "LA", "PA", "RGBa", "La")


def redrawn(untrusted: bytes) -> bytes:
    """Return a photograph as a JPEG that remembers nothing, at most 2,400 dots either way.

    Raises:
        Refusal: It is too large once opened, damaged, or neither JPEG nor PNG.
    """
    from PIL import Image

    kind, dots = measured(untrusted)
    if not kind:
        raise Refusal(Why.NOT_RECEIPT)
    if dots > limits.RECEIPT_PIXELS:
        raise Refusal(Why.RECEIPT_PIXELS)
    try:
        # What a phone noted may be spoilt, which Pillow warns of: none of it is kept anyhow.
        with _no_warnings(), Image.open(io.BytesIO(untrusted), formats=_FORMATS) as opened:
            if opened.width * opened.height > limits.RECEIPT_PIXELS:
                raise Refusal(Why.RECEIPT_PIXELS)  # it says two sizes
            turn = opened.getexif().get(_ORIENTATION, 1)
            return _as_jpeg(_turned(_smaller(opened), turn))
    except (Image.DecompressionBombError, *_NOT_A_PICTURE) as cause:
        raise Refusal(Why.DAMAGED) from cause


@contextmanager
def _no_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _smaller(opened: Image) -> Image:
    """Return the picture in plain colours and no larger than is kept."""
    longest = limits.RECEIPT_SIDE
    # A JPEG can be opened at a half, a quarter or an eighth, which takes that much less memory.
    opened.draft("RGB", (longest, longest))
    picture: Image = opened
    if picture.mode in _DEEP:
        picture = picture.convert("L")
    elif picture.mode in ("1", "P"):
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    picture.thumbnail((longest, longest))
    if picture.mode not in _WITH_CLEAR:
        return picture.convert("RGB")
    from PIL import Image as Images

    clear = picture.convert("RGBA")
    flat = Images.new("RGB", clear.size, _WHITE)
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat


def _turned(picture: Image, turn: object) -> Image:
    """Return the picture the way up it was taken (Exif 2.32, 4.6.4, Orientation)."""
    from PIL.Image import Transpose

    turns = (
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )
    known = isinstance(turn, int) and turn in _TURNS
    return picture.transpose(turns[int(str(turn)) - 2]) if known else picture


def _as_jpeg(picture: Image) -> bytes:
    from PIL import Image as Images

    # A new picture: what was beside the pixels (Exif, comments, colour profile) stays behind.
    clean = Images.new("RGB", picture.size, _WHITE)
    clean.paste(picture)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
