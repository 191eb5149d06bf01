"""The pages of a PDF as pictures, and the process that draws them."""

from __future__ import annotations

import os
import signal
import struct
import sys
import threading
import time
from pathlib import Path

import pytest

from mhin_ppi.documents import launch, limits, page_pictures
from mhin_ppi.documents.page_child import fitting, sensible
from mhin_ppi.documents.page_pictures import PdfPages
from mhin_ppi.domain.page_pictures import A4, PageSize
from mhin_ppi.errors import DocumentError, Stopped, UnreadableError, UnsupportedError
from tests.documents.document_makers import docx, down, drawn, p, typeset

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split())


@pytest.fixture
def pages():
    opened = PdfPages().open(drawn(down(["First"]), down(["Second"])), file_name="a.pdf")
    yield opened
    opened.close()


def dark(picture) -> list[tuple[int, int]]:
    """Return the pixels (x, y) that are nearly black."""
    rows = [
        (at // 4 % picture.width, at // 4 // picture.width)
        for at in range(0, len(picture.pixels), 4)
        if max(picture.pixels[at : at + 3]) < 80
    ]
    assert rows
    return rows


def test_a_page_is_drawn_at_the_width_asked_for_with_its_words_where_they_stand(pages):
    assert [(round(s.width), round(s.height)) for s in pages.sizes] == [(595, 842)] * 2
    picture = pages.picture(0, width=595)
    assert (picture.width, picture.height) == (595, 842)
    assert len(picture.pixels) == 595 * 842 * 4
    # Drawn 72 points from the left, 720 from the bottom.
    ink = dark(picture)
    assert 70 <= min(x for x, _ in ink) <= 76
    assert 842 - 732 <= min(y for _, y in ink) <= max(y for _, y in ink) <= 842 - 716
    assert pages.picture(1, width=300).width == 300
    assert pages.picture(1, width=595).pixels != picture.pixels


def test_a_turned_and_cut_page_tells_how_its_places_are_seen():
    import io

    import pikepdf

    whole = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(down(["First"])))) as made:
        made.pages[0].CropBox = [50, 60, 595, 842]
        made.pages[0].Rotate = 90
        made.save(whole)
    opened = PdfPages().open(whole.getvalue(), file_name="a.pdf")
    assert [(round(s.width), round(s.height)) for s in opened.sizes] == [(782, 545)]
    picture = opened.picture(0, width=782)
    opened.close()
    # The words stand 72 to 95 points from the left and 720 to 730 from the bottom of the file.
    seen = [picture.turn.seen(72, 720), picture.turn.seen(95, 730)]
    ink = dark(picture)
    for axis in (0, 1):
        low, high = sorted(place[axis] for place in seen)
        assert low - 4 <= min(each[axis] for each in ink) <= max(each[axis] for each in ink)
        assert max(each[axis] for each in ink) <= high + 4
    assert picture.turn.in_file(*picture.turn.seen(72, 720)) == pytest.approx((72, 720))


def test_one_child_draws_every_page_and_ends_when_closed():
    before = children()
    opened = PdfPages().open(typeset(4)[0], file_name="a.pdf")
    during = children() - before
    assert len(during) == 1
    for page in range(len(opened.sizes)):
        opened.picture(page, width=200)
    assert children() - before == during
    opened.close()
    opened.close()
    assert children() == before
    with pytest.raises(Stopped):
        opened.picture(0, width=200)


@pytest.mark.parametrize(
    ("untrusted", "said"),
    [(b"%PDF-1.7 nothing", "part of the file is missing"), (docx(p("x")), "is not a PDF")],
)
def test_what_is_no_pdf_is_refused_and_leaves_no_process(untrusted, said):
    before = children()
    with pytest.raises(DocumentError, match=said):
        PdfPages().open(untrusted, file_name="a.pdf")
    assert children() == before


def test_too_large_a_file_starts_nothing(monkeypatch):
    monkeypatch.setattr(limits, "FILE_BYTES", 10)
    with pytest.raises(UnsupportedError, match="larger than"):
        PdfPages().open(drawn(down(["x"])), file_name="a.pdf")


def test_stop_is_heard_and_a_late_answer_is_never_taken_for_the_next():
    before = children()
    with pytest.raises(Stopped):
        PdfPages().open(typeset(20)[0], file_name="a.pdf", stop_wanted=lambda: True)
    assert children() == before
    opened = PdfPages().open(drawn(down(["x"])), file_name="a.pdf")
    with pytest.raises(Stopped):
        opened.picture(0, width=2000, stop_wanted=lambda: True)
    with pytest.raises(Stopped):
        opened.picture(0, width=100)
    opened.close()
    assert children() == before


@POSIX
def test_closing_frees_whoever_waits_for_a_page(pages):
    os.kill(pages._child.pid, signal.SIGSTOP)
    ended: list[type[BaseException]] = []

    def wait() -> None:
        try:
            pages.picture(0, width=100)
        except Stopped as stopped:
            ended.append(type(stopped))

    waiting = threading.Thread(target=wait)
    waiting.start()
    time.sleep(0.2)
    started = time.monotonic()
    pages.close()
    waiting.join(2)
    assert ended == [Stopped]
    assert time.monotonic() - started < 1


@POSIX
def test_a_child_that_dies_or_falls_silent_is_told_of():
    opened = PdfPages(silent_seconds=3).open(drawn(down(["x"])), file_name="Draft.pdf")
    os.kill(opened._child.pid, signal.SIGSTOP)
    with pytest.raises(UnreadableError, match="got no further"):
        opened.picture(0, width=100)
    opened.close()
    opened = PdfPages().open(drawn(down(["x"])), file_name="Draft.pdf")
    os.kill(opened._child.pid, signal.SIGKILL)
    with pytest.raises(UnreadableError, match=r"Draft\.pdf"):
        opened.picture(0, width=100)
    opened.close()


CHEAT = """
import struct, sys
sys.stdin.buffer.read(8)
out = sys.stdout.buffer
{body}
out.flush()
sys.stdin.buffer.read()
"""


@pytest.mark.parametrize(
    "body",
    [
        "out.write(b'nonsense')",
        "out.write(struct.pack('>cI', b'S', 0))",
        "out.write(struct.pack('>cI', b'S', 15) + bytes(15))",
        "out.write(struct.pack('>cI', b'X', 0))",
        "out.write(struct.pack('>cI', b'R', 4) + b'what')",
    ],
)
def test_a_child_that_was_taken_over_cannot_say_just_anything(monkeypatch, body):
    command = [sys.executable, "-I", "-c", CHEAT.format(body=body)]
    monkeypatch.setattr(page_pictures, "pages_command", lambda: command)
    with pytest.raises(UnreadableError):
        PdfPages(silent_seconds=3).open(b"x", file_name="a.pdf")


def test_a_picture_of_another_size_is_not_taken(monkeypatch):
    body = """
out.write(struct.pack('>cI', b'S', 16) + struct.pack('>dd', float('nan'), -1))
out.flush()
out.write(struct.pack('>cI', b'X', 60) + struct.pack('>II6d', 1, 1, 1, 0, 0, 1, 0, 0) + bytes(4))
"""
    command = [sys.executable, "-I", "-c", CHEAT.format(body=body)]
    monkeypatch.setattr(page_pictures, "pages_command", lambda: command)
    opened = PdfPages().open(b"x", file_name="a.pdf")
    assert opened.sizes == (A4,)
    with pytest.raises(UnreadableError):
        opened.picture(0, width=100)
    opened.close()


def test_a_packaged_program_calls_itself_for_pages_too(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert launch.pages_command() == [sys.executable, launch.PAGES_FLAG]


def test_sizes_that_make_no_sense_become_a4_and_pictures_stay_within_the_limit():
    assert sensible(float("inf"), 5) == sensible(0, 0) == sensible(1e9, 10) == A4
    assert sensible(200, 100) == PageSize(200, 100)
    for size, width in ((PageSize(1, 14400), 100_000), (PageSize(14400, 1), 10**6), (A4, 10**9)):
        wide, high = fitting(size, width=width)
        assert 1 <= wide * high <= limits.PAGE_PIXELS
    assert fitting(A4, width=595) == (595, 842)


def test_a_request_is_eight_bytes_whatever_the_machine():
    assert page_pictures.WANTED.size == struct.calcsize(">II") == 8
