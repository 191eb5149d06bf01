"""Word files that want to do harm through their comments, and a child that was taken over."""

from __future__ import annotations

import io
import json
import struct
import sys
import zipfile

import pytest

from mhin_ppi.documents import launch, limits
from mhin_ppi.documents.docx_notes import notes_in_docx, notes_into_docx
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.zip_copy import rewritten
from mhin_ppi.domain.shared_notes import SharedNote
from mhin_ppi.errors import UnreadableError, UnsupportedError
from tests.documents.document_makers import W_NAMES, docx, p, png, zipped
from tests.documents.docx_note_makers import comments_part, got, note_at, parts_of, put, text_of

HELLO = docx(p("Hello board"))


def with_comments(part: str, body: str = "") -> bytes:
    return docx(
        body or p("Hello board"),
        parts={"word/comments.xml": part},
        related={"c": ("comments", "comments.xml")},
    )


def test_entities_in_the_comments_are_refused():
    trick = '<!DOCTYPE x [<!ENTITY a "ha">]>' + comments_part((0, "A", "0000000A", "x"))
    with pytest.raises(UnsupportedError, match="instructions inside"):
        notes_in_docx(with_comments(trick), file_name="a.docx")


def test_more_comments_than_anyone_writes_are_refused():
    one = '<w:comment w:id="0"><w:p/></w:comment>'
    part = f"<w:comments {W_NAMES}>{one * (limits.NOTES + 1)}</w:comments>"
    with pytest.raises(UnsupportedError, match="more than 20,000 comments"):
        notes_in_docx(with_comments(part), file_name="a.docx")


def test_comments_without_numbers_words_or_paragraphs_come_in_and_go_out():
    part = f'<w:comments {W_NAMES}><w:comment/><w:comment w:id="x"/><w:comment w:id="x"/>'
    part += '<w:comment w:id="999999999999"><w:p/></w:comment></w:comments>'
    untrusted = with_comments(part)
    theirs = got(untrusted)
    assert {note.body for note in theirs} == {""}
    reply = SharedNote("r", "Yes", motivation="replying", reply_to=theirs[0].id)
    changed, written = put(untrusted, [reply, note_at(text_of(untrusted), "board", "n")])
    assert sorted(written.placed) == [0, 1]
    assert {"r", "n"} <= {note.id for note in got(changed)}


def test_a_card_that_names_our_notes_for_their_comments_is_only_a_name():
    made = parts_of(put(HELLO, [note_at(text_of(HELLO), "board", "n1")])[0])
    card = made["customXml/item1.xml"]
    made["customXml/item1.xml"] = card.replace(b'id="n1"', b'id="n1" extra="x" whole="quoted"')
    (back,) = got(zipped(made))
    assert (back.id, back.body, back.quote) == ("n1", "About n1", "")


# ------------------------------------------------------------------------------- the zip


def test_parts_that_stay_are_copied_bit_for_bit_however_they_were_packed():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, how in (
            ("stored", zipfile.ZIP_STORED),
            ("deflated", zipfile.ZIP_DEFLATED),
            ("tiny.bz2", zipfile.ZIP_BZIP2),
            ("Grüße/😀.png", zipfile.ZIP_DEFLATED),
        ):
            archive.writestr(name, png(60, 60), compress_type=how)
        with archive.open(zipfile.ZipInfo("streamed", (2024, 5, 6, 7, 8, 10)), "w") as part:
            part.write(b"some")
    untrusted = whole.getvalue()
    parts = zipfile.ZipFile(io.BytesIO(untrusted)).infolist()
    new = b"".join(rewritten(untrusted, parts, {"stored": b"new", "later": b"last"}))
    archive = zipfile.ZipFile(io.BytesIO(new))
    assert archive.testzip() is None
    assert archive.namelist() == [*(part.filename for part in parts), "later"]
    assert archive.read("stored") == b"new"
    assert archive.read("streamed") == b"some"
    assert archive.getinfo("streamed").date_time == (2024, 5, 6, 7, 8, 10)
    for name in ("deflated", "tiny.bz2", "Grüße/😀.png"):
        assert archive.read(name) == png(60, 60)


@pytest.mark.parametrize("change", ["lies on another", "points past the end", "points nowhere"])
def test_a_directory_that_does_not_fit_the_file_is_refused(change):
    parts = zipfile.ZipFile(io.BytesIO(HELLO)).infolist()
    last = parts[-1]
    if change == "lies on another":
        parts = [last] * 50
    else:
        last.header_offset = len(HELLO) if change == "points past the end" else 7
    with pytest.raises(Refusal) as caught:
        b"".join(rewritten(HELLO, parts, {}))
    assert caught.value.why is Why.DAMAGED


# ------------------------------------------------------------------------------- the child

CHEAT = """
import struct, sys
sys.stdin.buffer.read(16)
body = {body!r}
sys.stdout.buffer.write(struct.pack(">cI", b"A", len(body)) + body)
sys.stdout.buffer.flush()
"""


def cheat(monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    """Let the child be one that was taken over and answers as it likes."""
    code = CHEAT.format(body=json.dumps(answer).encode())
    monkeypatch.setattr(launch, "child_command", lambda: [sys.executable, "-I", "-c", code])


LISTS = {"placed": [0], "without_place": [], "already_there": [], "beside": []}


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        LISTS,  # as it should be, but without a file
        LISTS | {"placed": [7]},
        LISTS | {"placed": [-1]},
        LISTS | {"placed": []},
        LISTS | {"already_there": [0]},
        LISTS | {"placed": [], "without_place": [0], "beside": [0]},
        LISTS | {"placed": "0x"},
    ],
)
def test_a_child_that_was_taken_over_cannot_misplace_notes(monkeypatch, answer):
    draft = text_of(HELLO)
    cheat(monkeypatch, answer)
    with pytest.raises(UnreadableError, match="could not be read"):
        notes_into_docx(HELLO, draft, [SharedNote("n", "b")], file_name="a.docx")


@pytest.mark.parametrize("answer", [None, 7, ["x"], [{"span": [3]}], [{"span": [5, 2]}], [None]])
def test_a_child_that_was_taken_over_cannot_make_up_shapes(monkeypatch, answer):
    cheat(monkeypatch, answer)
    with pytest.raises(UnreadableError, match="could not be read"):
        notes_in_docx(HELLO, file_name="a.docx")


def test_a_file_that_lies_about_its_size_is_refused():
    whole = bytearray(with_comments(comments_part((0, "A", "", "x" * 400))))
    size = len(comments_part((0, "A", "", "x" * 400)))
    for at in range(len(whole) - 4):
        if whole[at : at + 4] == struct.pack("<I", size):
            whole[at : at + 4] = struct.pack("<I", 5)
    with pytest.raises(UnreadableError):
        notes_in_docx(bytes(whole), file_name="a.docx")
