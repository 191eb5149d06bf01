"""How long 200 comments take into a Word file of 50 pages, and out of it again.

The floor: python-docx opening the same file and saving it, with nothing done to it. Ours includes
starting the child process. All take turns in the same run; the medians are compared.
"""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Callable

from benchmarks.reading import word_file
from mhin_ppi.documents.docx_notes import notes_in_docx, notes_into_docx
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.domain.passages import passage_in
from mhin_ppi.domain.shared_notes import SharedNote

PAGES = 50
NOTES = 200
ROUNDS = 5


def some_notes(text: str) -> list[SharedNote]:
    """Return first notes on random passages, every other one with a reply."""
    chance = random.Random(2)
    notes: list[SharedNote] = []
    while len(notes) < NOTES:
        start = chance.randrange(len(text) - 200)
        place = passage_in(text, start, start + chance.randint(10, 150))
        at = len(notes)
        notes.append(
            SharedNote(
                f"n{at}", "Could you say how?\nAnd when?", place.quote, place.prefix, place.suffix,
                span=(place.start, place.end), author="Board member 7",
                created="2026-11-27T10:00:00+00:00", resolved=at % 5 == 0,
            )
        )  # fmt: skip
        if len(notes) < NOTES and at % 4 == 0:
            notes.append(SharedNote(f"r{at}", "We will.", author="Dr Wu", reply_to=f"n{at}"))
    return notes


def opened_and_saved(untrusted: bytes) -> None:
    """Do the least that any change of a Word file takes."""
    import docx

    docx.Document(io.BytesIO(untrusted)).save(io.BytesIO())


def measure() -> list[tuple[str, float, float, str]]:
    """Return ours and the floor, in seconds, both ways."""
    untrusted = word_file(PAGES)
    draft = FileReader().read(untrusted, file_name="draft.docx")
    notes = some_notes(draft.text)
    done = notes_into_docx(untrusted, draft, notes, file_name="draft.docx")
    works: dict[str, Callable[[], object]] = {
        "out": lambda: notes_into_docx(untrusted, draft, notes, file_name="draft.docx"),
        "in": lambda: notes_in_docx(done.file, file_name="draft.docx"),
        "floor": lambda: opened_and_saved(untrusted),
    }
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            started = time.perf_counter()
            work()
            took[name].append(time.perf_counter() - started)
    middle = {name: statistics.median(seconds) for name, seconds in took.items()}
    least = "python-docx opening and saving the file"
    return [
        (
            f"{NOTES} comments into a Word file of {PAGES} pages",
            middle["out"],
            middle["floor"],
            least,
        ),
        (f"{NOTES} comments out of it", middle["in"], middle["floor"], least),
    ]
