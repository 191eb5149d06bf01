"""Two hundred comments in a long Word file, saved again by LibreOffice (needs `soffice`)."""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mhin_ppi.documents.docx_notes import notes_in_docx, notes_into_docx
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.shared_notes import SharedNote
from tests.documents.document_makers import zipped
from tests.documents.docx_note_makers import bare, got, marked, parts_of, put, text_of
from tests.documents.docx_protocols import a_protocol, threads_on

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")


@pytest.fixture(name="resaved")
def _resaved(tmp_path: Path) -> Callable[..., bytes]:
    def convert(untrusted: bytes, ending: str = "docx", form: str = "") -> bytes:
        path = tmp_path / "in" / "draft.docx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(untrusted)
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
             "--convert-to", form or ending, "--outdir", str(tmp_path / "out"), str(path)],
            check=True, capture_output=True, timeout=200,
        )  # fmt: skip
        return (tmp_path / "out" / f"draft.{ending}").read_bytes()

    return convert


def plain(note: SharedNote) -> tuple[str, ...]:
    """Return what must survive any program: words, author, state, and what it answers."""
    body = " ".join(note.body.split())
    return note.id, body, note.author, note.created, str(note.resolved), note.reply_to


def test_two_hundred_comments_in_fifty_pages():
    untrusted = a_protocol(50)
    draft = FileReader().read(untrusted, file_name="protocol.docx")
    notes = threads_on(draft.text, 200, random.Random(3))
    started = time.monotonic()
    done = notes_into_docx(untrusted, draft, notes, file_name="protocol.docx")
    assert time.monotonic() - started < 20  # about one second on an idle laptop
    assert len(done.placed) == len(notes)
    assert done.beside == ()
    assert sorted(
        notes_in_docx(done.file, file_name="protocol.docx"), key=lambda n: n.id
    ) == sorted(notes, key=lambda n: n.id)
    quotes = {note.id: note.quote for note in notes}
    inside = sorted(bare(words) for words in marked(done.file).values())
    assert inside == sorted(bare(quotes[note.reply_to or note.id]) for note in notes)
    assert FileReader().read(done.file, file_name="protocol.docx").text == draft.text


@pytest.mark.slow
@needs_office
def test_libreoffice_keeps_our_comments_and_the_card_gives_back_the_threads(resaved):
    untrusted = a_protocol(50)
    draft = text_of(untrusted)
    notes = threads_on(draft.text, 200, random.Random(3))
    back = got(resaved(put(untrusted, notes)[0]))
    assert sorted(map(plain, back)) == sorted(map(plain, notes))
    quotes = {note.id: note.quote for note in notes}
    for note in back:
        if "\t" in quotes[note.id]:  # LibreOffice narrows a range over table cells to the last one
            last = re.split(r"[\t\n]", quotes[note.id])[-1]
            assert bare(last) in bare(note.quote)
        else:
            assert bare(note.quote) == bare(quotes[note.id])


@pytest.mark.slow
@needs_office
def test_libreoffice_keeps_as_much_of_a_thread_as_of_a_control_file(resaved):
    """Comments nobody's card knows, as Word writes them: what LibreOffice keeps, we read."""
    untrusted = a_protocol(4)
    notes = threads_on(text_of(untrusted).text, 24, random.Random(5), overlapping=False)
    parts = parts_of(put(untrusted, notes)[0])
    control = zipped({n: body for n, body in parts.items() if not n.startswith("customXml/")})
    before, after = got(control), got(resaved(control))

    def told(some: list[SharedNote]) -> list[tuple[str, ...]]:
        bodies = {note.id: note.body for note in some}
        return sorted(
            (" ".join(n.body.split()), n.author, n.created, str(n.resolved),
             bodies.get(n.reply_to, ""))
            for n in some
        )  # fmt: skip

    assert sum(bool(note.reply_to) for note in before) >= 6
    assert told(after) == told(before)


@pytest.mark.slow
@needs_office
def test_libreoffice_shows_every_comment_on_paper(resaved):
    untrusted = a_protocol(6)
    notes = threads_on(text_of(untrusted).text, 30, random.Random(4))
    export = 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}'
    import pypdf

    made = put(untrusted, notes)[0]
    pdf = pypdf.PdfReader(io.BytesIO(resaved(made, ending="pdf", form=export)))
    said = [
        str(one.get_object().get("/Contents", ""))
        for page in pdf.pages
        for one in page.get("/Annots", [])
        if one.get_object()["/Subtype"] == "/Text"
    ]
    assert sorted(re.sub(r"\s+", " ", words) for words in said) == sorted(
        " ".join(note.body.split()) for note in notes
    )
