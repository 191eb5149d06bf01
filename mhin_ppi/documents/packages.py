"""Tells Word, PowerPoint and OpenDocument apart inside a zip, and turns the rest away."""

from __future__ import annotations

import io

from mhin_ppi.documents import frames
from mhin_ppi.documents.kinds import FileKind, file_kind
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.zip_guard import Archive

CONTENT_TYPES = "[Content_Types].xml"
# What slides may be: .pptx, .ppsx (opens as a show) and .potx (a template).
_SLIDES = tuple(
    f"presentationml.{form}.main+xml".encode() for form in ("presentation", "slideshow", "template")
)
_MACRO_PARTS = ("vbaproject.bin", "vbadata.xml")
_MACRO_FOLDERS = ("Basic/", "Scripts/")
_TRICKS = tuple(
    mark.encode(form)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for form in ("utf-8", "utf-16-le", "utf-16-be")
)


def read_package(untrusted: bytes, *, report: frames.Progress) -> frames.Reading:
    """Return what a .docx, .pptx or .odt holds.

    Raises:
        Refusal: It is none of them, or carries macros, a password or a trick.
    """
    archive = Archive(untrusted)
    if CONTENT_TYPES in archive.names:
        return _read_office(archive, report=report)
    mimetype = archive.read("mimetype", limit=1024).strip()
    if mimetype.startswith(b"application/vnd.oasis.opendocument.text"):
        return _read_open_document(archive, report=report)
    sheet = mimetype.startswith(b"application/vnd.oasis.opendocument")
    raise Refusal(Why.SHEET_OR_SLIDES if sheet else Why.UNKNOWN)


def _read_office(archive: Archive, *, report: frames.Progress) -> frames.Reading:
    kinds = _kinds_in(archive)
    if any(form in kinds for form in _SLIDES):
        from mhin_ppi.documents.pptx import read_pptx

        return read_pptx(archive, report=report)
    if b"wordprocessingml" not in kinds:
        office = b"spreadsheetml" in kinds or b"presentationml" in kinds
        raise Refusal(Why.SHEET_OR_SLIDES if office else Why.UNKNOWN)
    from mhin_ppi.documents.docx import read_docx

    return read_docx(archive, report=report)


def _kinds_in(archive: Archive) -> bytes:
    """Return what an Office file says its parts are, in lower case.

    Raises:
        Refusal: It carries macros.
    """
    kinds = archive.read(CONTENT_TYPES, limit=1024 * 1024).lower()
    last_names = {name.rsplit("/", 1)[-1].lower() for name in archive.names}
    if b"macroenabled" in kinds or last_names.intersection(_MACRO_PARTS):
        raise Refusal(Why.MACROS)
    return kinds


def open_word(untrusted: bytes, *, file_name: str) -> Archive:
    """Return the zip of a Word file.

    Raises:
        Refusal: It is something else, or damaged, locked, carries macros or a trick.
    """
    if file_kind(untrusted, file_name=file_name) is not FileKind.ZIP:
        raise Refusal(Why.NOT_WORD)
    archive = Archive(untrusted)
    kinds = _kinds_in(archive)
    if b"wordprocessingml" not in kinds or any(form in kinds for form in _SLIDES):
        raise Refusal(Why.NOT_WORD)
    return archive


def is_sheet(untrusted: bytes, *, file_name: str) -> bool:
    """Say whether a file is an Excel workbook.

    Raises:
        Refusal: It is damaged, locked, carries macros or a trick.
    """
    if file_kind(untrusted, file_name=file_name) is not FileKind.ZIP:
        return False
    return b"spreadsheetml" in _kinds_in(Archive(untrusted))


def open_sheet(untrusted: bytes, *, file_name: str) -> io.BytesIO:
    """Return an Excel workbook as a stream, once every part of it has been weighed.

    What reads workbooks opens the zip by itself, so each part is inflated here first, with a limit,
    and none may declare a DTD or entities.

    Raises:
        Refusal: It is something else, or damaged, locked, carries macros or a trick.
    """
    if not is_sheet(untrusted, file_name=file_name):
        raise Refusal(Why.NOT_ANSWERS)
    archive = Archive(untrusted)
    for name in archive.names:
        part = archive.read(name)
        if any(trick in part for trick in _TRICKS):
            raise Refusal(Why.XML_TRICK)
    return io.BytesIO(untrusted)


def _read_open_document(archive: Archive, *, report: frames.Progress) -> frames.Reading:
    from mhin_ppi.documents.odt import read_odt

    if b"encryption-data" in archive.read("META-INF/manifest.xml", limit=4 * 1024 * 1024):
        raise Refusal(Why.PASSWORD)
    if any(name.startswith(_MACRO_FOLDERS) for name in archive.names):
        raise Refusal(Why.MACROS)
    return read_odt(archive, report=report)
