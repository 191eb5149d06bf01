"""Other forms beside a draft: what is added, what is refused, and what comes back out."""

from __future__ import annotations

import pytest

from mhin_ppi.domain.companions import CompanionKind
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError
from mhin_ppi.services import companions

EASY, OTHER, AUDIO = CompanionKind.EASY_READ, CompanionKind.TRANSLATION, CompanionKind.AUDIO
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\x00" * 64


def add(pair, content=b"Short words.", *, name="easy.txt", kind=EASY, language=""):
    return pair.ruth.companions.add(
        pair.version, content, file_name=name, kind=kind, language=language
    ).value


def carry_files(pair):
    pair.to_amber()
    for blob in pair.amber.desk.store.missing_blobs():
        with pair.ruth.desk.store.unit_of_work() as have:
            content = have.blob(blob)
        with pair.amber.desk.store.unit_of_work() as want:
            want.keep_blob(content)
            want.commit()


def test_words_are_read_and_come_to_every_laptop(pair):
    add(pair, MP3, name="a.mp3", kind=AUDIO)
    polish = add(pair, "Krótkie słowa.".encode(), name="pl.txt", kind=OTHER, language=" Polski ")
    add(pair)
    carry_files(pair)
    found = pair.amber.companions.on(pair.version)
    assert [(one.kind, one.language) for one in found] == [
        (EASY, ""),
        (OTHER, "Polski"),
        (AUDIO, ""),
    ]
    assert pair.amber.companions.text_of(polish.id).text == "Krótkie słowa."
    assert pair.amber.companions.file_of(found[-1].id) == ("a.mp3", MP3)
    assert pair.amber.desk.store.missing_blobs() == []


def test_a_recording_has_no_words_to_show(pair):
    made = add(pair, MP3, name="a.mp3", kind=AUDIO)
    with pytest.raises(NotFoundError) as refused:
        pair.ruth.companions.text_of(made.id)
    assert refused.value.next_step


@pytest.mark.parametrize(
    "head",
    [
        MP3,
        b"\xff\xfb\x90\x00",
        b"RIFF\x24\x00\x00\x00WAVEfmt ",
        b"OggS\x00\x02",
        b"fLaC\x00\x00",
        b"\x00\x00\x00\x20ftypM4A \x00",
    ],
)
def test_known_kinds_of_audio_are_known_by_their_content(pair, head):
    assert add(pair, head, name="no ending", kind=AUDIO).text is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program",
        b"\x7fELF\x02",
        b"#!/bin/sh\necho",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"RIFF\x24\x00\x00\x00AVI LIST",
        b"\x00\x00\x00\x20ftypqt  ",
        b"\xff\xd8\xff\xe0 a picture",
        b"<html><script>",
    ],
)
def test_what_only_calls_itself_audio_is_refused_and_nothing_changes(pair, content):
    before = pair.ruth.desk.store.digest(*pair.shared)
    with pytest.raises(InputError) as refused:
        add(pair, content, name="song.mp3", kind=AUDIO)
    assert "song.mp3" in refused.value.what_happened
    assert refused.value.next_step
    assert pair.ruth.desk.store.digest(*pair.shared) == before


def test_a_recording_that_is_too_large_to_travel_is_refused(pair, monkeypatch):
    monkeypatch.setattr(companions, "LARGEST_AUDIO_BYTES", 80)
    assert add(pair, MP3 + b"\x00" * (80 - len(MP3)), name="a.mp3", kind=AUDIO)
    with pytest.raises(InputError, match="larger than 100 MB"):
        add(pair, MP3 + b"\x00" * 80, name="a.mp3", kind=AUDIO)


def test_a_translation_names_its_language(pair):
    with pytest.raises(InputError):
        add(pair, kind=OTHER, language="  ")
    assert pair.ruth.companions.on(pair.version) == []


def test_only_a_coordinator_adds_or_takes_away(pair):
    made = add(pair)
    carry_files(pair)
    with pytest.raises(NotAllowedError):
        pair.amber.companions.add(pair.version, b"Words", file_name="w.txt", kind=EASY)
    with pytest.raises(NotAllowedError):
        pair.amber.companions.take_away(made.id)
    pair.ruth.companions.take_away(made.id)
    pair.to_amber()
    assert pair.amber.companions.on(pair.version) == []


def test_a_form_of_an_older_version_is_offered_until_the_new_one_has_its_own(pair):
    easy = add(pair)
    draft = pair.ruth.reviewing.version(pair.version)[1]
    newer = pair.ruth.reviewing.add_version(draft.id, b"Other words.", file_name="b.txt").value.id
    assert pair.ruth.companions.on(newer) == []
    assert pair.ruth.companions.of_earlier(newer) == [(easy, 1)]
    assert pair.ruth.companions.of_earlier(pair.version) == []
    pair.ruth.companions.add(newer, b"Short.", file_name="e.txt", kind=EASY)
    assert pair.ruth.companions.of_earlier(newer) == []
