"""Receipts: what they show is kept, what they remember is not, and nothing hostile is opened."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from mhin_ppi.documents import frames, limits
from mhin_ppi.documents.receipt_in import receipt
from mhin_ppi.documents.receipts import clean_receipt, receipt_bytes
from mhin_ppi.documents.refusals import Refusal, Why, as_error
from mhin_ppi.errors import UnreadableError, UnsupportedError
from tests.documents.document_makers import png
from tests.documents.receipt_makers import MAKER, pdf, photo, png_bomb


def cleaned(untrusted: bytes, name: str = "receipt.jpg") -> tuple[str, bytes]:
    return clean_receipt(untrusted, file_name=name)


def here(untrusted: bytes) -> Any:
    """Do the child's job in this process: quick enough for many tries."""
    return receipt(frames.Request(untrusted, "x"), lambda done, total: None)


def why_not(untrusted: bytes) -> Why:
    with pytest.raises(Refusal) as caught:
        here(untrusted)
    return caught.value.why


def said(why: Why) -> str:
    return as_error(why, file_name="receipt.jpg").in_full()


def test_a_photograph_forgets_where_it_was_taken_and_with_what():
    before = photo()
    assert Image.open(io.BytesIO(before)).getexif().get_ifd(0x8825)
    assert MAKER.encode() in before
    media, after = cleaned(before)
    assert media == "image/jpeg"
    opened = Image.open(io.BytesIO(after))
    assert not opened.getexif()
    assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not any(word in after for word in (b"Exif", MAKER.encode(), b"Invented Street"))


# Where the red quarter is seen once the photograph is turned as Exif says (2.32, 4.6.4).
@pytest.mark.parametrize(
    ("turn", "red"),
    [(1, "lu"), (2, "ru"), (3, "rd"), (4, "ld"), (5, "lu"), (6, "ru"), (7, "rd"), (8, "ld")],
)
def test_a_photograph_is_the_right_way_up_though_it_no_longer_says_so(turn, red):
    opened = Image.open(io.BytesIO(here(photo(turn=turn))[1]))
    wide, high = opened.size
    assert (wide, high) == ((400, 600) if turn > 4 else (600, 400))
    places = {
        "lu": (10, 10),
        "ru": (wide - 9, 10),
        "ld": (10, high - 9),
        "rd": (wide - 9, high - 9),
    }
    reds = [name for name, at in places.items() if opened.getpixel(at)[1] < 100]
    assert reds == [red]


def test_a_large_photograph_is_kept_smaller_and_a_small_one_as_it_is():
    assert Image.open(io.BytesIO(here(photo(size=(6000, 3000)))[1])).size == (2400, 1200)
    assert Image.open(io.BytesIO(here(photo(size=(300, 200)))[1])).size == (300, 200)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_sort_of_png_becomes_a_photograph(mode):
    whole = io.BytesIO()
    Image.new("L", (50, 40), 255).convert(mode).save(whole, "PNG")
    opened = Image.open(io.BytesIO(here(whole.getvalue())[1]))
    assert (opened.format, opened.size) == ("JPEG", (50, 40))


def test_what_is_see_through_becomes_paper_not_black():
    whole = io.BytesIO()
    Image.new("RGBA", (50, 40), (0, 0, 0, 0)).save(whole, "PNG")
    assert Image.open(io.BytesIO(here(whole.getvalue())[1])).getpixel((5, 5)) == (255, 255, 255)


def test_a_pdf_keeps_its_pages_and_nothing_beside_them():
    before = pdf(pages=3, busy=True)
    media, after = cleaned(before, "ticket.pdf")
    assert media == "application/pdf"
    opened: Any = pikepdf.open(io.BytesIO(after))
    assert len(opened.pages) == 3
    assert b"Bus ticket 2" in opened.pages[2].Contents.read_bytes()
    assert set(opened.Root.keys()) == {"/Type", "/Pages"}
    assert len(opened.attachments) == 0
    plain = b"".join(repr(one).encode() for one in opened.objects) + after
    for word in (b"hidden-script", b"attached-diary", b"tracked.example", b"Invented Author"):
        assert word not in plain


@pytest.mark.parametrize(
    ("untrusted", "why"),
    [
        (b"", Why.EMPTY),
        (b"MZ" + bytes(600), Why.PROGRAM),
        (b"\x7fELF" + bytes(600), Why.PROGRAM),
        (b"#!/bin/sh\necho", Why.PROGRAM),
        (b"GIF89a" + bytes(40), Why.NOT_RECEIPT),
        (b"words", Why.NOT_RECEIPT),
        (b"\0\0\0\x18ftypheic" + bytes(40), Why.HEIC),
        (photo()[:300], Why.DAMAGED),
        (png()[:40], Why.DAMAGED),
        (b"%PDF-1.7 nothing else", Why.DAMAGED),
        (pdf(password="secret"), Why.PASSWORD),
        (pdf(pages=21), Why.RECEIPT_PAGES),
    ],
)
def test_what_is_no_receipt_is_refused(untrusted, why):
    assert why_not(untrusted) is why


def test_a_receipt_of_twenty_pages_is_taken():
    assert here(pdf(pages=20))[0] == {"media": "application/pdf"}


def test_a_small_png_that_unpacks_to_nine_hundred_million_dots_is_not_unpacked():
    bomb = png_bomb()
    assert len(bomb) < 200_000
    with pytest.raises(UnsupportedError, match="more than 60 million dots"):
        cleaned(bomb, "bomb.png")


def test_a_jpeg_that_says_two_sizes_is_believed_in_neither():
    whole = photo(place=False)
    frame = whole.index(b"\xff\xc0")
    length = int.from_bytes(whole[frame + 2 : frame + 4], "big") + 2
    huge = bytearray(whole[frame : frame + length])
    huge[5:9] = (9000).to_bytes(2, "big") + (9000).to_bytes(2, "big")
    assert why_not(whole[: frame + length] + bytes(huge) + whole[frame + length :]) in (
        Why.RECEIPT_PIXELS,
        Why.DAMAGED,
    )


def test_half_a_gigabyte_is_refused_by_its_size_without_being_read(tmp_path, monkeypatch):
    large = tmp_path / "huge.jpg"
    with large.open("wb") as file:
        file.truncate(500 * 1024 * 1024)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("it was opened")

    monkeypatch.setattr(Path, "open", never)
    with pytest.raises(UnsupportedError, match="“huge.jpg” is larger than 15 MB"):
        receipt_bytes(large)


def test_a_device_without_end_and_a_file_that_is_not_there(tmp_path):
    if os.name == "posix":
        with pytest.raises(UnsupportedError, match="larger than 15 MB"):
            receipt_bytes(Path("/dev/zero"))
    with pytest.raises(UnreadableError, match="could not be opened"):
        receipt_bytes(tmp_path / "gone.jpg")


def test_bytes_that_are_pasted_have_the_same_limit():
    with pytest.raises(UnsupportedError, match="larger than 15 MB"):
        cleaned(bytes(limits.RECEIPT_BYTES + 1))


def test_every_refusal_says_what_can_be_done():
    assert "save or export it as JPEG" in said(Why.HEIC)
    assert "20 pages" in said(Why.RECEIPT_PAGES)
    assert "JPEG or PNG" in said(Why.NOT_RECEIPT)


@pytest.mark.parametrize("at", [34, 38])
def test_a_photograph_whose_own_notes_are_spoilt_is_taken_all_the_same(at):
    whole = bytearray(photo())
    assert bytes(whole[24:30]) == b"Exif\0\0"
    whole[3], whole[at] = 0, 1
    answer, file = here(bytes(whole))
    assert answer["media"] == "image/jpeg"
    assert file


@settings(max_examples=60)
@given(st.data())
def test_spoilt_receipts_are_taken_or_refused_and_never_crash(data):
    whole = bytearray(data.draw(st.sampled_from([photo(), png(), pdf(busy=True)])))
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    try:
        answer, file = here(bytes(whole))
    except Refusal:
        return
    assert answer["media"] in ("image/jpeg", "application/pdf")
    assert file
