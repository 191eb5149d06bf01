"""PDFs with comments in them, and notes for drafts, as tests need them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pikepdf

from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.blocks import DraftText
from mhin_ppi.domain.passages import passage_in
from mhin_ppi.domain.shared_notes import SharedNote
from tests.documents.document_makers import typeset

WHEN = "2026-11-23T10:00:00Z"
SENTENCE = "The nurse will ring you within a week of joining the study."


@cache
def made_draft(*, columns: int = 1, parts: int = 4) -> tuple[bytes, DraftText]:
    """Return a PDF and the draft read from it."""
    untrusted = typeset(parts, columns=columns, justified=columns == 2)[0]
    return untrusted, FileReader().read(untrusted, file_name="draft.pdf")


@cache
def small_draft() -> tuple[bytes, DraftText]:
    """Return a PDF of one page with three lines of words, and its draft."""
    from reportlab.pdfgen.canvas import Canvas

    whole = io.BytesIO()
    canvas = Canvas(whole, pagesize=(595, 842), invariant=True)
    for y, words in (
        (750, SENTENCE),
        (700, "A second paragraph."),
        (650, "A third one stands."),
        (600, "--fast -- and -x-"),
    ):
        canvas.drawString(72, y, words)
    canvas.save()
    return whole.getvalue(), FileReader().read(whole.getvalue(), file_name="small.pdf")


def note_on(draft: DraftText, start: int, end: int, *, id: str = "urn:a", **more) -> SharedNote:
    """Return a note on part of a draft."""
    passage = passage_in(draft.text, start, end)
    return SharedNote(
        id,
        more.pop("body", "Why is this so?"),
        quote=passage.quote,
        prefix=passage.prefix,
        suffix=passage.suffix,
        span=(passage.start, passage.end),
        author=more.pop("author", "Ama"),
        created=WHEN,
        **more,
    )


def note_on_words(draft: DraftText, words: str, **more) -> SharedNote:
    """Return a note on words that stand in a draft."""
    start = draft.text.index(words)
    return note_on(draft, start, start + len(words), **more)


def whole_words(text: str, start: int, length: int) -> tuple[int, int]:
    """Return a range of about so many characters that starts and ends with a word."""
    end = start + length
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def many_notes(draft: DraftText, count: int, *, seed: int = 1) -> list[SharedNote]:
    """Return notes on passages of whole words, some answered, tagged or resolved."""
    chance = random.Random(seed)
    notes: list[SharedNote] = []
    for at in range(count):
        length = chance.randint(4, 300)
        start, end = whole_words(draft.text, chance.randrange(len(draft.text) - length - 1), length)
        kind = chance.choice(["questioning", "commenting", "editing", "assessing"])
        note = note_on(
            draft,
            start,
            end,
            id=f"urn:note:{at}",
            body=f"Why is this so, {at}? \U0001f600 e\u0301",
            motivation=kind,
            tags=("dose", "carers") if at % 3 == 0 else (),
            resolved=at % 5 == 0,
        )
        notes.append(note)
        if at % 4 == 0:
            answer = SharedNote(f"urn:answer:{at}", "Because.", author="Ben", created=WHEN)
            notes.append(replace(answer, reply_to=note.id, motivation="replying"))
    return notes


def changed(untrusted: bytes, change: Callable[[pikepdf.Pdf], None], **saving) -> bytes:
    """Return a PDF changed by hand."""
    pdf = pikepdf.open(io.BytesIO(untrusted))
    change(pdf)
    whole = io.BytesIO()
    pdf.save(whole, **saving)
    return whole.getvalue()


def annotated(untrusted: bytes, *annotations: dict[str, object], page: int = 0) -> bytes:
    """Return a PDF with annotations as another program might write them.

    An annotation's ``/IRT`` may be the place of another in the list.
    """

    def add(pdf: pikepdf.Pdf) -> None:
        made = []
        for one in annotations:
            plain = {key: value for key, value in one.items() if key != "/IRT"}
            made.append(pdf.make_indirect(pikepdf.Dictionary({"/Type": _ANNOT, **plain})))
        for one, own in zip(annotations, made, strict=True):
            if "/IRT" in one:
                own["/IRT"] = made[int(str(one["/IRT"]))]
        pdf.pages[page].obj["/Annots"] = pikepdf.Array(made)

    return changed(untrusted, add)


_ANNOT = pikepdf.Name.Annot


def mark(subtype: str, x0: float, y0: float, x1: float, y1: float, **more) -> dict[str, object]:
    """Return an annotation over a rectangle, with quads in the standard's own order."""
    return {
        "/Subtype": pikepdf.Name(f"/{subtype}"),
        "/Rect": [x0, y0, x1, y1],
        "/QuadPoints": [x0, y0, x1, y0, x1, y1, x0, y1],
        **{f"/{key}": value for key, value in more.items()},
    }
