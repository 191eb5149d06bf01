"""The board's comments in the researchers' own PDF, and back, as other programs see them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import time
import unicodedata
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdf
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.documents.pdf_marks import parents_first
from mhin_ppi.documents.pdf_notes import notes_in_pdf, notes_into_pdf
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.domain.shared_notes import SharedNote
from tests.documents.pdf_note_makers import (
    WHEN,
    annotated,
    made_draft,
    many_notes,
    mark,
    note_on,
    note_on_words,
    small_draft,
    whole_words,
)
from tests.stories.manuals import make_docx, unpack_pdf

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs poppler-utils")
needs_qpdf = pytest.mark.skipif(not shutil.which("qpdf"), reason="needs qpdf")


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKD", text))


def there_and_back(
    untrusted: bytes, draft: DraftText, notes: list[SharedNote]
) -> dict[str, SharedNote]:
    written = notes_into_pdf(untrusted, draft, notes, file_name="draft.pdf")
    return by_id(notes_in_pdf(written.file, draft, file_name="draft.pdf"))


def by_id(notes: list[SharedNote]) -> dict[str, SharedNote]:
    """Return notes by their ids, without the page, which a note of ours does not know."""
    return {note.id: replace(note, page=None) for note in notes}


@settings(max_examples=5, deadline=None)
@given(
    columns=st.sampled_from([1, 2]),
    places=st.lists(st.tuples(st.floats(0, 0.95), st.integers(1, 800)), min_size=1, max_size=6),
    body=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40),
    tags=st.lists(st.text("abcé", min_size=1, max_size=5), max_size=2).map(tuple),
    resolved=st.booleans(),
)
def test_notes_come_back_equal(columns, places, body, tags, resolved) -> None:
    untrusted, draft = made_draft(columns=columns)
    notes = []
    for at, (place, length) in enumerate(places):
        start = int(place * (len(draft.text) - length))
        start, end = whole_words(draft.text, start, length)
        name = f"urn:{at}"
        notes.append(note_on(draft, start, end, id=name, body=body, tags=tags, resolved=resolved))
        answer = SharedNote(f"{name}:re", body, author="Ben", created=WHEN)
        notes.append(replace(answer, motivation="replying", reply_to=name))
    assert there_and_back(untrusted, draft, notes) == {note.id: note for note in notes}


@pytest.fixture(scope="module")
def manual(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, DraftText]:
    file = unpack_pdf(tmp_path_factory.mktemp("manual"))
    if file is None:
        pytest.skip("debian-policy is not installed")
    return file.read_bytes(), FileReader().read(file.read_bytes(), file_name=file.name)


@pytest.fixture(scope="module")
def written(manual, tmp_path_factory) -> tuple[Path, list[SharedNote]]:
    untrusted, draft = manual
    notes = many_notes(draft, 200)
    began = time.monotonic()
    told = notes_into_pdf(untrusted, draft, notes, file_name="fhs.pdf")
    assert time.monotonic() - began < 30  # about 2 s on a quiet laptop
    assert told.placed == tuple(notes[at] for at, _ in parents_first(notes))
    assert told.without_place == told.already_there == ()
    file = tmp_path_factory.mktemp("written") / "fhs.pdf"
    file.write_bytes(told.file)
    return file, notes


def test_200_notes_on_a_manual_come_back_equal(manual, written) -> None:
    file, notes = written
    back = notes_in_pdf(file.read_bytes(), manual[1], file_name="fhs.pdf")
    assert by_id(back) == by_id(notes)
    assert len(back) == len(notes)
    assert all(note.page for note in back)


@needs_poppler
def test_poppler_and_pypdf_see_the_same_quotes(written) -> None:
    file, notes = written
    words = _poppler_words(file)
    quotes: dict[str, str] = {}
    for number, page in enumerate(pypdf.PdfReader(file).pages):
        height = float(page.mediabox.height)
        for one in page.annotations or ():
            made = one.get_object()
            if made["/Subtype"] == "/Highlight":
                name = str(made["/NM"]).partition("#page-")[0]
                inside = _inside(words[number], made["/QuadPoints"], height)
                quotes[name] = quotes.get(name, "") + inside
    meant = {note.id: bare(note.quote) for note in notes if not note.reply_to}
    assert len(meant) == 200
    assert {name: bare(quotes[name]) for name in meant} == meant


def _poppler_words(file: Path) -> list[list[tuple[str, float, float]]]:
    told = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, check=True)
    plain = re.sub(rb"[\x00-\x08\x0b-\x1f]", b"", told.stdout)
    plain = re.sub(rb"<!DOCTYPE[^>]*>|<title>.*?</title>|<meta[^>]*>", b"", plain, flags=re.DOTALL)
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        [
            (
                word.text or "",
                (float(word.get("xMin")) + float(word.get("xMax"))) / 2,
                (float(word.get("yMin")) + float(word.get("yMax"))) / 2,
            )
            for word in page.iter(f"{space}word")
        ]
        for page in ElementTree.fromstring(plain).iter(f"{space}page")
    ]


def _inside(words, quads, height: float) -> str:
    numbers = [float(one) for one in quads]
    found = ""
    for at in range(0, len(numbers), 8):
        left, top, right, *_, bottom = numbers[at : at + 8]
        found += "".join(
            word for word, x, y in words if left < x < right and bottom < height - y < top
        )
    return found


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_notes_on_a_tagged_file_of_libreoffice_come_back_equal(tmp_path: Path) -> None:
    made = make_docx(tmp_path)
    if made is None:
        pytest.skip("debian-policy is not installed")
    how = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
    home = f"-env:UserInstallation={tmp_path.as_uri()}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", how, "--outdir", str(tmp_path), str(made)],
        check=True,
        capture_output=True,
    )
    untrusted = made.with_suffix(".pdf").read_bytes()
    draft = FileReader().read(untrusted, file_name="fhs.pdf")
    notes = many_notes(draft, 200)
    back = there_and_back(untrusted, draft, notes)
    differ = [note for note in notes if back[note.id] != note]
    assert len(differ) <= 2  # its contents pages hold many lines that read alike


@needs_qpdf
def test_qpdf_has_nothing_to_say(written) -> None:
    told = subprocess.run(["qpdf", "--check", written[0]], capture_output=True, check=False)
    assert told.returncode == 0, told.stdout


def test_pypdf_finds_what_every_comment_needs(written) -> None:
    for page in pypdf.PdfReader(written[0]).pages:
        for one in page.annotations or ():
            made = one.get_object()
            if made["/Subtype"] not in ("/Highlight", "/Text"):
                continue  # the manual's own links
            assert made["/F"] & 4, "it is printed"
            assert made["/T"] in ("Ama", "Ben")
            assert made["/NM"]
            assert made["/M"] == made["/CreationDate"] == "D:20261123100000Z"
            if made["/Subtype"] == "/Highlight":
                assert len(made["/QuadPoints"]) % 8 == 0
                assert len(made["/C"]) == 3
                assert "/Multiply" in str(made["/AP"]["/N"]["/Resources"])
                assert str(made["/Subj"]).split(" · ")[0] in (
                    "Question",
                    "Comment",
                    "Suggestion",
                    "Assessment",
                )
            else:
                assert made["/IRT"]["/NM"]
                assert made["/RT"] == "/R"
            if "/State" in made:
                assert (made["/StateModel"], made["/State"]) == ("Review", "Completed")


def test_the_pages_are_as_they_were(manual, written) -> None:
    before = pikepdf.open(io.BytesIO(manual[0]))
    after = pikepdf.open(written[0])
    for old, new in zip(before.pages, after.pages, strict=True):
        assert _streams(old) == _streams(new)
        kept = [str(one.get("/Subtype")) for one in old.obj.get("/Annots", [])]
        assert [str(one.get("/Subtype")) for one in new.obj.get("/Annots", [])][: len(kept)] == kept
    again = FileReader().read(written[0].read_bytes(), file_name="fhs.pdf")
    assert again.digest == manual[1].digest


def _streams(page: pikepdf.Page) -> list[bytes]:
    contents = page.obj["/Contents"]
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [part.read_raw_bytes() for part in parts]


def test_the_same_notes_give_the_same_bytes() -> None:
    untrusted, draft = made_draft(columns=2)
    notes = many_notes(draft, 10)
    files = {notes_into_pdf(untrusted, draft, notes, file_name="a.pdf").file for _ in range(2)}
    assert len(files) == 1


def test_a_note_without_a_place_stands_on_the_first_page_and_is_told() -> None:
    untrusted, draft = small_draft()
    lost = SharedNote("urn:lost", "Where?", quote="words that\nare not there", author="Ama")
    whole = SharedNote("urn:whole", "All of it is clear.", author="Ama", created=WHEN)
    found = note_on_words(draft, "second")
    told = notes_into_pdf(untrusted, draft, [lost, whole, found], file_name="a.pdf")
    assert told.without_place == (lost, whole)
    assert told.placed == (found,)
    (sticky, *_) = pypdf.PdfReader(io.BytesIO(told.file)).pages[0].annotations
    assert "“words that\nare not there”" in sticky.get_object()["/Contents"]
    back = notes_in_pdf(told.file, draft, file_name="a.pdf")
    assert by_id(back) == by_id([lost, whole, found])
    assert [note.page for note in back] == [None, None, 1]


def test_a_passage_over_a_page_end_is_one_note_again() -> None:
    untrusted, draft = made_draft()
    start = next(s for s, b in zip(draft.starts, draft.blocks, strict=True) if b.page == 2) - 40
    note = note_on(draft, *whole_words(draft.text, start, 90))
    file = notes_into_pdf(untrusted, draft, [note], file_name="a.pdf").file
    parts = [page.annotations or [] for page in pypdf.PdfReader(io.BytesIO(file)).pages[:2]]
    assert [len(one) for one in parts] == [1, 1]
    assert parts[1][0].get_object()["/Contents"].startswith("This passage begins on page 1")
    assert notes_in_pdf(file, draft, file_name="a.pdf") == [replace(note, page=1)]


def test_what_the_file_holds_already_is_not_written_twice() -> None:
    untrusted, draft = small_draft()
    first = note_on_words(draft, "nurse", id="urn:1")
    second = note_on_words(draft, "third", id="urn:2")
    once = notes_into_pdf(untrusted, draft, [first], file_name="a.pdf").file
    twice = notes_into_pdf(once, draft, [first, second], file_name="a.pdf")
    assert (twice.already_there, twice.placed) == ((first,), (second,))
    back = notes_in_pdf(twice.file, draft, file_name="a.pdf")
    assert by_id(back) == by_id([first, second])


def test_the_teams_answers_come_back_to_our_notes() -> None:
    untrusted, draft = small_draft()
    ours = note_on_words(draft, "within a week", id="urn:ours")
    file = notes_into_pdf(untrusted, draft, [ours], file_name="a.pdf").file
    pdf = pikepdf.open(io.BytesIO(file))
    (highlight,) = pdf.pages[0].obj["/Annots"]
    texts = [
        {"/Contents": "We will say five days.", "/NM": "theirs", "/RT": pikepdf.Name.R},
        {"/Contents": "Completed set by Dr Oye", "/StateModel": "Review", "/State": "Completed"},
        {"/Contents": "Accepted set by Cy", "/StateModel": "Review", "/State": "Accepted"},
    ]
    for author, one in zip(("Dr Oye", "Dr Oye", "Cy"), texts, strict=True):
        plain = {"/Subtype": pikepdf.Name.Text, "/Rect": [0, 0, 9, 9], "/T": author, **one}
        made = pikepdf.Dictionary({"/IRT": highlight, "/M": "D:20261125090000+01'00'", **plain})
        pdf.pages[0].obj["/Annots"].append(pdf.make_indirect(made))
    whole = io.BytesIO()
    pdf.save(whole)
    note, answer = notes_in_pdf(whole.getvalue(), draft, file_name="a.pdf")
    assert note == replace(ours, resolved=True, tags=("accepted",), page=1)
    assert (answer.id, answer.reply_to, answer.author) == ("theirs", "urn:ours", "Dr Oye")
    assert (answer.created, answer.motivation) == ("2026-11-25T08:00:00Z", "replying")


def test_marks_of_other_programs_are_understood() -> None:
    untrusted, draft = small_draft()
    theirs = annotated(
        untrusted,
        mark("Underline", 72, 748, 130, 760, Contents="Which one?", T="Dr Oye"),
        mark("Caret", 130, 748, 132, 760, Contents="doctor"),
        mark("StrikeOut", 72, 748, 94, 760, IRT=1, RT=pikepdf.Name.Group),
        mark("Text", 20, 690, 40, 712, Contents="Beside the second."),
        mark("FreeText", 72, 640, 150, 660, Contents="On the third."),
        mark("Squiggly", 72, 648, 110, 660),
        mark("Ink", 300, 300, 400, 400, Contents="A drawing."),
        {"/Subtype": pikepdf.Name.Link, "/Rect": [0, 0, 9, 9]},
    )
    notes = notes_in_pdf(theirs, draft, file_name="a.pdf")
    told = [(note.body, note.quote, note.motivation) for note in notes]
    assert told == [
        ("Which one?", "The nurse", "commenting"),
        ("doctor", "The", "editing"),
        ("Beside the second.", "A second paragraph.", "commenting"),
        ("On the third.", "A third one stands.", "commenting"),
        ("", "A third", "highlighting"),
        ("A drawing.", "", "commenting"),
    ]
    assert all(draft.text[slice(*note.span)] == note.quote for note in notes if note.span)
    assert len({note.id for note in notes}) == len(notes)
    again = notes_in_pdf(theirs, draft, file_name="a.pdf")
    assert [note.id for note in again] == [note.id for note in notes]


def test_comments_in_the_file_of_another_draft_keep_its_words() -> None:
    untrusted, _ = small_draft()
    _, other = made_draft()
    theirs = annotated(untrusted, mark("Highlight", 72, 748, 130, 760, Contents="Which one?"))
    (note,) = notes_in_pdf(theirs, other, file_name="a.pdf")
    assert (note.quote, note.span) == ("The nurse", None)


@pytest.mark.parametrize("words", ["--fast -- and -x-", "fast --", "-x-", "-", "third one"])
def test_hyphens_at_the_ends_of_a_passage_belong_to_it(words: str) -> None:
    untrusted, draft = small_draft()
    note = note_on_words(draft, words)
    assert there_and_back(untrusted, draft, [note])[note.id].quote == words


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(-1, 9)), max_size=10))
def test_every_note_comes_once_and_after_what_it_answers(answers) -> None:
    notes = [
        SharedNote(f"n{own}", "", reply_to=f"n{parent}" if parent >= 0 else "")
        for own, parent in answers
    ]
    order = parents_first(notes)
    assert sorted(at for at, _ in order) == list(range(len(notes)))
    seen: set[int] = set()
    for at, parent in order:
        assert parent is None or parent in seen
        seen.add(at)
