"""Names in the XML of a Word or PowerPoint file, and the look-ups every part of the walk needs.

Source: ECMA-376 part 1 (WordprocessingML, PresentationML, DrawingML).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
CID = "{http://schemas.microsoft.com/office/word/2016/wordml/cid}"
CEX = "{http://schemas.microsoft.com/office/word/2018/wordml/cex}"
_LOOSE = {
    _STRICT + b"wordprocessingml/main": W[1:-1].encode(),
    _STRICT + b"presentationml/main": P[1:-1].encode(),
    _STRICT + b"officeDocument/relationships": R[1:-1].encode(),
    _STRICT + b"drawingml/main": A[1:-1].encode(),
    _STRICT + b"drawingml/wordprocessingDrawing": WP[1:-1].encode(),
    _STRICT + b"officeDocument/math": M[1:-1].encode(),
}


def same_names(untrusted: bytes) -> bytes:
    """Return the XML with the names of the strict form replaced by the usual ones."""
    if _STRICT in untrusted:
        for strict, usual in _LOOSE.items():
            untrusted = untrusted.replace(strict, usual)
    return untrusted


def value(parent: _Element | None, name: str) -> str | None:
    """Return ``w:val`` of the child with this name; ``None`` without such a child or value."""
    if parent is None:
        return None
    found = parent.find(W + name)
    return None if found is None else found.get(W + "val")


def number(text: str | None, *, otherwise: int) -> int:
    """Return a whole number, or ``otherwise`` for anything that is not one.

    >>> number("3", otherwise=0), number("three", otherwise=0), number(None, otherwise=7)
    (3, 0, 7)
    """
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise


def switched_on(parent: _Element | None, name: str) -> bool:
    """Say whether an on/off property is there and not switched off (ECMA-376, 17.17.4)."""
    if parent is None:
        return False
    found = parent.find(W + name)
    return found is not None and found.get(W + "val", "true") not in ("false", "0", "off")


def as_written(original: bytes, usual: bytes) -> bytes:
    """Return XML with the names of the strict form again, where the original had them.

    Args:
        original: The part as it was, or another part of the same file.
        usual: The new part, with the usual names.
    """
    if _STRICT in original:
        for strict, name in _LOOSE.items():
            usual = usual.replace(name, strict)
    return usual
