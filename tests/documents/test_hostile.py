"""Files that are damaged, locked, enormous or meant to harm: a plain sentence each, and quickly."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from mhin_ppi.documents import limits
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.errors import DocumentError, UnreadableError, UnsupportedError
from tests.documents.document_makers import docx, down, drawn, odt, p, png, typeset, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
ENTITIES = (
    '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def lying_bomb() -> bytes:
    """Return a .docx whose directory says that its text is small, though it unpacks to 80 MiB."""
    huge = "<w:p/>" * (80 * limits.MIB // 6)
    whole = bytearray(docx(huge))
    wanted = b"word/document.xml"
    size = len(zipfile.ZipFile(io.BytesIO(bytes(whole))).read(wanted.decode()))
    for at in range(len(whole) - 4):
        if whole[at : at + 4] == struct.pack("<I", size):
            whole[at : at + 4] = struct.pack("<I", 5000)
    return bytes(whole)


def plain_bomb() -> bytes:
    return docx("<w:p/>" * (80 * limits.MIB // 6))


def overlong_total() -> bytes:
    part = bytes(7 * limits.MIB)
    return docx(p("Hello"), parts={f"word/media/{n}.png": part for n in range(80)})


def locked_pdf() -> bytes:
    import pikepdf

    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(down(["Hello there, board"])))) as pdf:
        pdf.save(whole, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return whole.getvalue()


def scanned_pdf() -> bytes:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    whole = io.BytesIO()
    canvas = Canvas(whole)
    for _ in range(3):
        canvas.drawImage(ImageReader(Image.effect_noise((300, 400), 60)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return whole.getvalue()


def many_pages() -> bytes:
    import pikepdf

    whole = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(10_000):
            pdf.add_blank_page()
        pdf.save(whole, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return whole.getvalue()


def deep_xml() -> bytes:
    return docx("<w:sdt><w:sdtContent>" * 3000 + p("x") + "</w:sdtContent></w:sdt>" * 3000)


def spoilt_part() -> bytes:
    whole = bytearray(docx(p("Hello " * 400)))
    at = whole.find(b"word/document.xml") + 60
    whole[at : at + 12] = b"\xff" * 12
    return bytes(whole)


def flagged_as_locked() -> bytes:
    whole = bytearray(docx(p("Hello")))
    central = whole.find(b"PK\x01\x02")
    while central != -1:
        whole[central + 8] |= 1
        central = whole.find(b"PK\x01\x02", central + 4)
    return bytes(whole)


MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
LOCKED_ODT = "<manifest><encryption-data/></manifest>"

CATALOGUE = {
    "nothing": (lambda: b"", UnreadableError, "is empty"),
    "only spaces": (lambda: b" \n\n\t", UnreadableError, "is empty"),
    "no words": (lambda: docx(p()), UnreadableError, "no words"),
    "broken zip": (lambda: spoilt_part(), UnreadableError, "is damaged"),
    "broken xml": (lambda: docx("<w:p><w:r>"), UnreadableError, "is damaged"),
    "half a docx": (lambda: docx(p("x " * 900))[:600], UnreadableError, "part of the file is miss"),
    "half a pdf": (lambda: typeset(1)[0][:2000], UnreadableError, "part of the file is missing"),
    "broken pdf": (lambda: b"%PDF-1.7\n" + b"x" * 900 + b"\n%%EOF", UnreadableError, "is damaged"),
    "locked pdf": (locked_pdf, UnreadableError, "locked with a password"),
    "locked docx": (
        lambda: OLE + "EncryptedPackage".encode("utf-16-le") + bytes(512),
        UnreadableError,
        "locked with a password",
    ),
    "locked zip": (flagged_as_locked, UnreadableError, "locked with a password"),
    "locked odt": (
        lambda: odt("<text:p>x</text:p>", manifest=LOCKED_ODT),
        UnreadableError,
        "locked with a password",
    ),
    "scan": (scanned_pdf, UnreadableError, "is a scan"),
    "bomb": (plain_bomb, UnsupportedError, "unpacks to something enormous"),
    "lying bomb": (lying_bomb, DocumentError, ""),
    "many large parts": (overlong_total, UnsupportedError, "unpacks to something enormous"),
    "many parts": (
        lambda: docx(p("x"), parts={f"x/{n}": b"" for n in range(10_001)}),
        UnsupportedError,
        "unpacks to something enormous",
    ),
    "entity bomb": (
        lambda: docx(p("&c;"), before=ENTITIES.replace("lolz", "w:document")),
        UnsupportedError,
        "instructions inside",
    ),
    "entity from outside": (
        lambda: docx(p("&a;"), before=OUTSIDE),
        UnsupportedError,
        "instructions inside",
    ),
    "entity bomb in odt": (
        lambda: odt("<text:p>&c;</text:p>", before=ENTITIES),
        UnsupportedError,
        "instructions inside",
    ),
    "macros by kind": (lambda: docx(p("x"), kind=MACROS), UnsupportedError, "carries macros"),
    "macros by part": (
        lambda: docx(p("x"), parts={"word/vbaProject.bin": b"x"}),
        UnsupportedError,
        "carries macros",
    ),
    "macros in odt": (
        lambda: odt("<text:p>x</text:p>", parts={"Basic/Standard/Module1.xml": "<x/>"}),
        UnsupportedError,
        "carries macros",
    ),
    "10,000 pages": (many_pages, UnsupportedError, "more than 2,000 pages"),
    "deep xml": (deep_xml, UnreadableError, "is damaged"),
    "windows program": (lambda: b"MZ\x90\x00" + bytes(600), UnsupportedError, "is a program"),
    "linux program": (lambda: b"\x7fELF" + bytes(600), UnsupportedError, "is a program"),
    "script": (lambda: b"#!/bin/sh\nrm -rf ~\n", UnsupportedError, "is a program"),
    "old word": (
        lambda: OLE + "WordDocument".encode("utf-16-le") + bytes(512),
        UnsupportedError,
        "old Word format",
    ),
    "spreadsheet": (lambda: docx(p("x"), kind=SHEET), UnsupportedError, "a spreadsheet"),
    "picture": (png, UnsupportedError, "not a kind of file"),
    "other zip": (lambda: zipped({"a.txt": "hello"}), UnsupportedError, "not a kind of file"),
    "noise": (lambda: bytes(range(256)) * 40, UnsupportedError, "not a kind of file"),
}


@pytest.mark.parametrize("case", CATALOGUE)
def test_a_plain_sentence_each(case):
    make, kind, words = CATALOGUE[case]
    untrusted = make()
    started = time.monotonic()
    with pytest.raises(kind) as caught:
        FileReader().read(untrusted, file_name="My draft.docx")
    assert time.monotonic() - started < 10
    assert words in caught.value.what_happened
    assert "My draft.docx" in caught.value.what_happened
    assert caught.value.what_is_safe == "Nothing has been changed."
    assert caught.value.next_step.startswith("You can ")
    for unkind in ("error", "invalid", "user", "please", "exception"):
        assert unkind not in caught.value.in_full().lower()


def test_a_name_cannot_be_used_to_climb_out():
    parts = {"../../etc/evil": b"x", "C:\\evil": b"x", "/word/evil.xml": b"<x/>"}
    related = {"i": ("image", "../../../../etc/passwd"), "s": ("styles", "/../../styles.xml")}
    found = FileReader().read(docx(p("Hello"), parts=parts, related=related), file_name="a.docx")
    assert found.text == "Hello"


def test_a_file_name_cannot_break_the_sentence():
    with pytest.raises(UnreadableError) as caught:
        FileReader().read(b"", file_name="{x}\n\x1b[31m" + "a" * 500)
    assert "\n" not in caught.value.what_happened
    assert "\x1b" not in caught.value.what_happened
    assert len(caught.value.what_happened) < 200


def test_the_name_does_not_decide_what_a_file_is():
    found = FileReader().read(drawn(down(["Hello there, board"])), file_name="notes.txt")
    assert found.pages == 1
    assert found.text == "Hello there, board"
