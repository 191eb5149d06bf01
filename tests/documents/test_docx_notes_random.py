"""Whatever a Word file is made of: notes stand on their words, come back equal, alter nothing."""

from __future__ import annotations

import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.documents.docx_parts import open_docx
from mhin_ppi.documents.docx_trace import TracedText
from mhin_ppi.documents.packages import open_word
from mhin_ppi.documents.traced_words import traced, traced_line
from mhin_ppi.documents.words import clean, one_line
from mhin_ppi.domain.passages import EmptyPassageError, passage_in
from mhin_ppi.domain.shared_notes import SharedNote
from tests.documents.docx_note_makers import (
    bare,
    got,
    marked,
    note_on,
    parts_of,
    put,
    random_file,
    silent,
    some_words,
    text_of,
    words_of,
)

CHANGED = ("word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml")
SEEDS = st.integers(0, 2**32)
any_text = st.one_of(SEEDS.map(lambda seed: some_words(random.Random(seed))), st.text(max_size=30))


@given(any_text)
@settings(max_examples=400, deadline=None)
def test_tidying_with_places_is_tidying(raw: str) -> None:
    for plain, kept in ((clean, traced), (one_line, traced_line)):
        text, places = kept(raw)
        assert text == plain(raw)
        assert len(places) == len(text)
        assert places == sorted(places)
        for letter, (start, end) in zip(text, places, strict=True):
            assert 0 <= start < end <= len(raw)
            if not letter.isspace():
                assert letter in clean(raw[start:end])


@given(SEEDS)
@settings(max_examples=150, deadline=None)
def test_the_traced_text_is_the_readers_text(seed: int) -> None:
    untrusted = random_file(random.Random(seed))
    opened = open_docx(open_word(untrusted, file_name="a.docx"))
    traced_text = TracedText(opened, report=silent)
    assert traced_text.text == text_of(untrusted).text
    for index, text in enumerate(traced_text.texts):
        assert len(traced_text.letters(index)) == len(text)


def some_notes(text: str, chance: random.Random) -> list[SharedNote]:
    """Return threads on random ranges of a text, which may overlap and cross paragraphs."""
    notes: list[SharedNote] = []
    for at in range(chance.randint(1, 6)):
        start, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        while start and unicodedata.combining(text[start : start + 1] or " "):
            start -= 1  # nobody marks half a letter
        while unicodedata.combining(text[end : end + 1] or " "):
            end += 1
        try:
            passage = passage_in(text, start, end)
        except EmptyPassageError:
            continue
        done = chance.random() < 0.3
        first = note_on(text, passage.start, passage.end, f"n{at}", resolved=done)
        notes.append(first)
        for count in range(chance.choice([0, 0, 1, 2])):
            above = notes[-1].id if count else first.id
            notes.append(
                SharedNote(f"r{at}.{count}", f"Reply\n\n{count}\tend", author="Réka שרה",
                           motivation="replying", created="2026-11-28T09:30:00.25+01:00",
                           reply_to=above, resolved=done)
            )  # fmt: skip
    chance.shuffle(notes)
    return notes


def first_of(note: SharedNote, notes: dict[str, SharedNote]) -> SharedNote:
    return first_of(notes[note.reply_to], notes) if note.reply_to else note


@given(SEEDS)
@settings(max_examples=150, deadline=None)
def test_notes_stand_on_their_words_and_come_back_equal(seed: int) -> None:
    chance = random.Random(seed)
    untrusted = random_file(chance)
    text = text_of(untrusted).text
    notes = some_notes(text, chance)
    made, written = put(untrusted, notes)
    assert sorted(written.placed) == list(range(len(notes)))
    assert (written.without_place, written.beside, written.already_there) == ([], [], [])
    assert words_of(made) == words_of(untrusted)
    assert text_of(made).text == text
    by_id = {note.id: note for note in notes}
    quotes = sorted(bare(first_of(note, by_id).quote) for note in notes)
    assert sorted(bare(words) for words in marked(made).values()) == quotes
    assert sorted(got(made), key=lambda note: note.id) == sorted(notes, key=lambda note: note.id)
    kept = {name: body for name, body in parts_of(untrusted).items() if name not in CHANGED}
    assert {name: parts_of(made)[name] for name in kept} == kept
    assert put(untrusted, notes)[0] == made
    again, written = put(made, notes)
    assert again == made
    assert written.already_there == list(range(len(notes)))
