"""Notes as W3C Web Annotations: ours come back equal, others' are understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from mhin_ppi.cli import commands
from mhin_ppi.domain.shared_notes import SharedNote, find_note
from mhin_ppi.errors import UnreadableError
from mhin_ppi.exchange.web_annotation import read_notes, write_notes
from mhin_ppi.services.carrying import carry_notes

TEXT = "I felt 😀 first. Then the nurse rang. The nurse rang again."
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
notes = st.builds(
    SharedNote,
    id=st.uuids().map(lambda one: one.urn),
    body=words,
    quote=words,
    prefix=words,
    suffix=words,
    span=st.none() | st.tuples(st.integers(0, 9), st.integers(10, 99)),
    author=words,
    created=st.just("2026-11-23T10:00:00Z"),
    tags=st.lists(st.text("abc", min_size=1, max_size=4), max_size=3).map(tuple),
    state=st.sampled_from(["", "moved", "removed"]),
).filter(lambda note: bool(note.quote) or not (note.prefix or note.suffix))


@given(st.lists(notes, min_size=1, max_size=5))
def test_what_is_written_is_read_back_equal(some: list[SharedNote]) -> None:
    assert read_notes(write_notes(some, source="ab" * 32), file_name="n.jsonld") == some


def test_a_note_of_hypothesis_is_understood() -> None:
    plain = {
        "rows": [
            {
                "id": "abc",
                "user": "acct:someone@example.org",
                "text": "Which nurse?",
                "target": [
                    {
                        "source": "https://example.org",
                        "selector": [
                            {"type": "RangeSelector", "startContainer": "/p[1]"},
                            {"type": "TextPositionSelector", "start": 26, "end": 31},
                            {"type": "TextQuoteSelector", "exact": "nurse", "prefix": "the "},
                        ],
                    }
                ],
            }
        ]
    }
    (note,) = read_notes(json.dumps(plain).encode(), file_name="h.json")
    assert (note.body, note.quote) == ("Which nurse?", "nurse")
    found = find_note(note, TEXT)
    assert found is not None
    assert TEXT[slice(*found)] == "nurse"


def test_offsets_counted_in_utf16_units_are_put_right() -> None:
    at = TEXT.index("nurse")
    note = SharedNote(id="a", body="?", quote="nurse", span=(at + 1, at + 6))
    assert find_note(note, TEXT) == (at, at + 5)


def test_of_two_equal_quotes_the_surroundings_decide() -> None:
    note = SharedNote(id="a", body="?", quote="nurse rang", prefix="The ", suffix=" again")
    found = find_note(note, TEXT)
    assert found is not None
    assert found[0] == TEXT.rindex("nurse rang")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"3", b'{"items": 3}', b'{"first": {}}', b"\xff\xfe", b"[[[]]]"]
)
def test_what_is_no_file_of_notes_is_refused_plainly(content: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"“n\.jsonld”"):
        read_notes(content, file_name="n.jsonld")


def test_no_note_is_left_out_when_carried() -> None:
    some = [
        SharedNote(id="1", body="a", quote="Then the nurse rang."),
        SharedNote(id="2", body="b", quote="I felt 😀 first."),
        SharedNote(id="3", body="c", quote="never stood here"),
        SharedNote(id="4", body="d"),
    ]
    carried = carry_notes(TEXT, "Then the nurse rang. The nurse rang again.", some)
    assert [note.id for note in carried.notes] == ["1", "2", "3", "4"]
    assert [note.state for note in carried.notes] == [
        "same_place",
        "removed",
        "not_in_old_text",
        "whole_draft",
    ]
    assert carried.notes[1].quote == "I felt 😀 first."


def test_the_command_carries_comments_between_files(tmp_path: Path) -> None:
    old, new, out = tmp_path / "v1.md", tmp_path / "v2.md", tmp_path / "out.jsonld"
    old.write_text("# Plan\n\nThe nurse will ring you within a week of joining the study.\n")
    new.write_text("# Plan\n\nHi.\n\nThe nurse will ring you in the week of joining the study.\n")
    given_in = tmp_path / "in.jsonld"
    note = SharedNote(id="urn:a", body="Which?", quote="ring you within a week of joining")
    given_in.write_bytes(write_notes([note], source="00" * 32))
    ran = CliRunner().invoke(
        commands, ["carry", str(old), str(new), str(given_in), "--out", str(out)]
    )
    assert ran.exit_code == 0, ran.output
    assert "wording changed: 1" in ran.output
    (back,) = read_notes(out.read_bytes(), file_name="out")
    assert back.quote == "ring you in the week of joining"
    assert back.state == "wording_changed"
    text = new.read_text()
    assert back.quote in text
