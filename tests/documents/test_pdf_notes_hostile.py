"""PDFs that must not be changed, and comments nobody should write: refused plainly, or survived."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import pikepdf
import pytest

from mhin_ppi.documents import limits
from mhin_ppi.documents.pdf_notes import notes_in_pdf, notes_into_pdf
from mhin_ppi.domain.shared_notes import SharedNote
from mhin_ppi.errors import DocumentError, Stopped, UnreadableError, UnsupportedError
from tests.documents.document_makers import docx, p
from tests.documents.pdf_note_makers import (
    annotated,
    changed,
    made_draft,
    many_notes,
    mark,
    note_on_words,
    small_draft,
)


def signed(pdf: pikepdf.Pdf) -> None:
    signature = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Sig, ByteRange=[0, 1, 2, 3], Contents=b"x")
    )
    field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature1")
    field.Kids = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(V=signature))])
    pdf.Root.AcroForm = pikepdf.Dictionary(
        SigFlags=3, Fields=pikepdf.Array([pdf.make_indirect(field)])
    )


def with_an_empty_signature_field(pdf: pikepdf.Pdf) -> None:
    field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature1"))
    pdf.Root.AcroForm = pikepdf.Dictionary(SigFlags=1, Fields=pikepdf.Array([field]))


def test_a_signed_file_is_left_as_it_is_and_the_report_offered() -> None:
    untrusted, draft = small_draft()
    note = note_on_words(draft, "nurse")
    with pytest.raises(UnsupportedError, match="carries a signature") as refused:
        notes_into_pdf(changed(untrusted, signed), draft, [note], file_name="a.pdf")
    assert "report" in refused.value.next_step
    waiting = changed(untrusted, with_an_empty_signature_field)
    assert notes_into_pdf(waiting, draft, [note], file_name="a.pdf").placed == (note,)


def test_a_protected_file_is_left_as_it_is_but_its_comments_are_read() -> None:
    untrusted, draft = small_draft()
    theirs = annotated(untrusted, mark("Highlight", 72, 748, 130, 760, Contents="Which one?"))
    locked = changed(theirs, lambda pdf: None, encryption=pikepdf.Encryption(user="", owner="o"))
    with pytest.raises(UnsupportedError, match="protected against changes"):
        notes_into_pdf(locked, draft, [note_on_words(draft, "nurse")], file_name="a.pdf")
    (note,) = notes_in_pdf(locked, draft, file_name="a.pdf")
    assert (note.body, note.quote) == ("Which one?", "The nurse")


@pytest.mark.parametrize(
    ("spoil", "error", "said"),
    [
        (lambda whole: b"", UnreadableError, "is empty"),
        (lambda whole: whole[: len(whole) // 2], UnreadableError, "stops before its end"),
        (lambda whole: b"%PDF-1.7\nno\n%%EOF", UnreadableError, "damaged"),
        (lambda whole: docx(p("Words.")), UnsupportedError, "not a PDF"),
        (
            lambda whole: changed(
                whole, lambda pdf: None, encryption=pikepdf.Encryption(user="s", owner="s")
            ),
            UnreadableError,
            "locked with a password",
        ),
    ],
    ids=["empty", "cut short", "damaged", "word", "password"],
)
def test_what_cannot_be_opened_is_refused_plainly_both_ways(spoil, error, said) -> None:
    untrusted, draft = small_draft()
    spoilt = spoil(untrusted)
    with pytest.raises(error, match=said):
        notes_into_pdf(spoilt, draft, [note_on_words(draft, "nurse")], file_name="a.pdf")
    with pytest.raises(error, match=said):
        notes_in_pdf(spoilt, draft, file_name="a.pdf")


def test_bytes_spoilt_anywhere_never_crash_the_parent() -> None:
    untrusted, draft = small_draft()
    theirs = annotated(untrusted, mark("Highlight", 72, 748, 130, 760, Contents="Which one?"))
    note = note_on_words(draft, "nurse")
    refused = 0
    for at in range(60, len(theirs) - 20, len(theirs) // 8):
        spoilt = theirs[:at] + b"\xff<<[(" + theirs[at + 5 :]
        try:
            notes_in_pdf(spoilt, draft, file_name="a.pdf")
            notes_into_pdf(spoilt, draft, [note], file_name="a.pdf")
        except DocumentError:
            refused += 1
    assert refused < 8  # most damage is mended


@pytest.mark.parametrize(
    "quads",
    [
        [],
        [1e12] * 8,
        [0.000001, -1e9, 3, 4, 5, 6, 7, 8],
        [1, 2, 3],
        [72, 748, 130, 748, 72, 760, 130],
        ["a"] * 8,
        [0] * 80_000,
        [pikepdf.Dictionary(A=1)] * 8,
    ],
    ids=["none", "huge", "negative", "three", "seven", "words", "many", "objects"],
)
def test_absurd_places_leave_the_comment_and_its_rectangle(quads) -> None:
    untrusted, draft = small_draft()
    one = mark("Highlight", 72, 748, 130, 760, Contents="Which one?") | {"/QuadPoints": quads}
    (note,) = notes_in_pdf(annotated(untrusted, one), draft, file_name="a.pdf")
    assert (note.body, note.quote) == ("Which one?", "The nurse")


def test_a_comment_with_nothing_sensible_in_it_is_still_a_comment() -> None:
    untrusted, draft = small_draft()
    odd = {"/Subtype": pikepdf.Name.Highlight, "/Contents": 7, "/T": [1], "/M": "yesterday"}
    odd |= {"/Rect": [1, 2], "/NM": pikepdf.Name.X, "/State": "?", "/RT": "R"}
    note, plain = notes_in_pdf(
        annotated(untrusted, odd | {"/State": None}, {"/Subtype": pikepdf.Name.Text}),
        draft,
        file_name="a.pdf",
    )
    assert (note.body, note.author, note.created, note.span) == ("", "", "", None)
    assert note.id.startswith("urn:sha256:")
    assert plain.id != note.id


def test_a_huge_comment_is_cut_and_control_characters_are_dropped() -> None:
    untrusted, draft = small_draft()
    one = mark("Highlight", 72, 748, 130, 760, Contents="\x00a\x1b\r\nb" + "y" * 3_000_000)
    (note,) = notes_in_pdf(annotated(untrusted, one), draft, file_name="a.pdf")
    assert note.body.startswith("a\nbyy")
    assert limits.NOTE_CHARACTERS - 10 < len(note.body) <= limits.NOTE_CHARACTERS


def test_comments_that_answer_each_other_in_a_circle_are_all_read() -> None:
    untrusted, draft = small_draft()
    theirs = annotated(
        untrusted,
        mark("Text", 72, 748, 90, 760, Contents="one", IRT=2),
        mark("Text", 72, 748, 90, 760, Contents="two", IRT=0),
        mark("Text", 72, 748, 90, 760, Contents="three", IRT=1),
        mark("Text", 72, 748, 90, 760, Contents="itself", IRT=3),
        mark("Text", 72, 748, 90, 760, State="Completed", StateModel="Review", IRT=5),
        mark("Text", 72, 748, 90, 760, State="Completed", StateModel="Review", IRT=4),
    )
    notes = notes_in_pdf(theirs, draft, file_name="a.pdf")
    assert sorted(note.body for note in notes) == ["itself", "one", "three", "two"]
    parents = {note.id: note.reply_to for note in notes}
    for start in parents:
        here, steps = start, 0
        while here:
            here, steps = parents[here], steps + 1
            assert steps <= len(notes)


def test_two_comments_of_one_name_stay_two() -> None:
    untrusted, draft = small_draft()
    one = mark("Text", 72, 748, 90, 760, Contents="one", NM="same")
    notes = notes_in_pdf(annotated(untrusted, one, one), draft, file_name="a.pdf")
    assert [note.id for note in notes] == ["same", "same#2"]


def test_two_thousand_notes_go_in_and_come_out() -> None:
    untrusted, draft = made_draft()
    notes = many_notes(draft, 1_600)
    assert len(notes) == 2_000
    began = time.monotonic()
    told = notes_into_pdf(untrusted, draft, notes, file_name="a.pdf")
    back = notes_in_pdf(told.file, draft, file_name="a.pdf")
    assert time.monotonic() - began < 60
    assert {note.id: replace(note, page=None) for note in back} == {n.id: n for n in notes}


def test_more_comments_than_can_be_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from mhin_ppi.documents.pdf_annotations import marks_in
    from mhin_ppi.documents.refusals import Refusal

    monkeypatch.setattr(limits, "NOTES", 1)  # the true number takes a minute to write
    untrusted, _ = small_draft()
    two = annotated(untrusted, mark("Text", 1, 1, 2, 2), mark("Text", 1, 1, 2, 2))
    with pytest.raises(Refusal, match="many_notes"):
        marks_in(pikepdf.open(io.BytesIO(two)))


def test_stop_is_heard() -> None:
    untrusted, draft = made_draft()
    for work in (
        lambda: notes_in_pdf(untrusted, draft, file_name="a.pdf", stop_wanted=lambda: True),
        lambda: notes_into_pdf(untrusted, draft, [], file_name="a.pdf", stop_wanted=lambda: True),
    ):
        with pytest.raises(Stopped):
            work()


def test_words_no_file_can_hold_are_written_as_far_as_they_go() -> None:
    untrusted, draft = small_draft()
    note = SharedNote("urn:a", "half \ud83d a smile", author="A\x00", tags=("a · b",))
    told = notes_into_pdf(untrusted, draft, [note], file_name="a.pdf")
    (back,) = notes_in_pdf(told.file, draft, file_name="a.pdf")
    assert back.body == "half ? a smile"
    assert (back.author, back.tags) == ("A", ("a b",))
