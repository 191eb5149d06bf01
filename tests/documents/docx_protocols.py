"""A study protocol as a Word file, as long and as motley as real ones, and threads on it."""

from __future__ import annotations

import io
import random

from mhin_ppi.domain.passages import EmptyPassageError, passage_in
from mhin_ppi.domain.shared_notes import SharedNote
from tests.documents.document_makers import invented_paragraph, invented_sentence
from tests.documents.docx_note_makers import note_on

_LOOKS = ("", "", "", "bold", "italic", "underline")


def a_protocol(pages: int, *, seed: int = 11) -> bytes:
    """Return a protocol of about that many pages: headings, lists, tables, runs of mixed looks."""
    import docx

    chance = random.Random(seed)
    made = docx.Document()
    made.core_properties.title = "A sample protocol"
    made.sections[0].header.paragraphs[0].text = "SAMPLE protocol, version 1.0"
    made.add_heading("A sample protocol", 0)
    for page in range(pages):
        made.add_heading(f"{page + 1} {invented_sentence(chance)[:40]}", 1 + page % 3)
        for _ in range(4):
            _add_mixed(made.add_paragraph(), invented_paragraph(chance), chance)
        for _ in range(3):
            _add_mixed(made.add_paragraph(style="List Bullet"), invented_sentence(chance), chance)
        if page % 3 == 0:
            for row in made.add_table(4, 3, style="Table Grid").rows:
                for cell in row.cells:
                    cell.text = invented_sentence(chance)[:30]
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def _add_mixed(paragraph, words: str, chance: random.Random) -> None:
    """Add words as runs of many looks, cut anywhere, as years of editing leave them."""
    at = 0
    while at < len(words):
        size = chance.randint(1, 60)
        run = paragraph.add_run(words[at : at + size])
        look = chance.choice(_LOOKS)
        if look:
            setattr(run, look, True)
        at += size


def threads_on(
    text: str, count: int, chance: random.Random, *, overlapping: bool = True
) -> list[SharedNote]:
    """Return notes on random ranges, two thirds of them first notes, the rest replies.

    Args:
        text: The draft's text.
        count: How many notes and replies together.
        chance: Where they fall.
        overlapping: Whether ranges may touch each other.
    """
    notes: list[SharedNote] = []
    firsts = 0
    slot = len(text) // count
    while len(notes) < count:
        start = chance.randrange(len(text) - 200) if overlapping else firsts * slot
        try:
            passage = passage_in(text, start, start + chance.randint(5, min(150, slot)))
        except EmptyPassageError:
            continue
        at = len(notes)
        done = at % 4 == 0
        day = f"2026-11-{1 + at % 28:02d}T10:{at % 60:02d}:00+00:00"
        body = f"Question {at}: {invented_sentence(chance)}\nWhat if not?"
        place = passage.start, passage.end
        first = note_on(text, *place, f"n{at}", resolved=done, created=day, body=body)
        notes.append(first)
        firsts += 1
        if at % 2 == 0 and len(notes) < count:
            notes.append(
                SharedNote(f"r{at}", f"Answer {at}: {invented_sentence(chance)}", author="Dr Wu",
                           motivation="replying", created=day, reply_to=first.id, resolved=done)
            )  # fmt: skip
    return notes
