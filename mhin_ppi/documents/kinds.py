"""What a file is, told by its first bytes and its parts rather than by its name.

A name decides only between Markdown and plain text, which look the same inside.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from mhin_ppi.documents.refusals import Refusal, Why


class FileKind(StrEnum):
    """The kinds of file that can be read; a zip is looked into to tell which it is."""

    ZIP = "zip"
    PDF = "pdf"
    MARKDOWN = "markdown"
    PLAIN = "plain"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
_OTHER = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf",
    b"Rar!", b"{\\rtf", b"%!PS", b"SQLite format 3", b"OggS", b"ID3", b"\x00\x00\x01\x00",
    b"II*\x00", b"MM\x00*",
)  # fmt: skip
_MARKDOWN_ENDINGS = {".md", ".markdown", ".mdown", ".mkd"}
_PDF_HEAD_WITHIN = 1024  # PDF readers look for the header in the first kilobyte.


def file_kind(untrusted: bytes, *, file_name: str) -> FileKind:
    """Return what kind of file the bytes are.

    Raises:
        Refusal: It is empty, a program, an old or locked Office file, or nothing we read.
    """
    if not untrusted.strip(b"\x00 \t\r\n"):
        raise Refusal(Why.EMPTY if not untrusted.strip() else Why.DAMAGED)
    if b"%PDF-" in untrusted[:_PDF_HEAD_WITHIN]:
        return FileKind.PDF
    if untrusted.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return FileKind.ZIP
    if untrusted.startswith(_OLE):
        raise Refusal(_why_not_ole(untrusted))
    if is_program(untrusted):
        raise Refusal(Why.PROGRAM)
    if untrusted.startswith(_OTHER):
        raise Refusal(Why.UNKNOWN)
    markdown = PurePath(file_name).suffix.lower() in _MARKDOWN_ENDINGS
    return FileKind.MARKDOWN if markdown else FileKind.PLAIN


def is_program(untrusted: bytes) -> bool:
    """Say whether the bytes begin as a program does."""
    if not untrusted.startswith(_PROGRAMS):
        return False
    # "MZ" can begin a person's note; a program also has zero bytes in its header.
    return not untrusted.startswith(b"MZ") or b"\x00" in untrusted[:512]


def _why_not_ole(untrusted: bytes) -> Why:
    # Names in the directory of a compound file are UTF-16 ([MS-CFB] 2.6.1); a locked .docx is one
    # with the streams EncryptionInfo and EncryptedPackage ([MS-OFFCRYPTO] 2.3.4).
    for name, why in (("EncryptedPackage", Why.PASSWORD), ("WordDocument", Why.OLD_WORD)):
        if name.encode("utf-16-le") in untrusted:
            return why
    if any(n.encode("utf-16-le") in untrusted for n in ("Workbook", "PowerPoint Document")):
        return Why.SHEET_OR_SLIDES
    return Why.UNKNOWN
