"""How long opening a 150-page draft takes, against a library's reading of the same file.

The floors: for Word, mammoth turning it into HTML; for PDF, pypdfium2 extracting the bare text of
each page, with no paragraphs, headings or lists. Ours includes starting the child process. Both
take turns in the same run; the medians are compared.
"""

from __future__ import annotations

import io
import random
import statistics
import time
from collections.abc import Callable

from mhin_ppi.documents.reading import FileReader

PAGES = 150
ROUNDS = 5
WORDS = (
    "the study team will ask people about carer support dose visits results because questions "
    "matter and sharing implementation understanding accessibility responsibilities"
).split()


def _paragraph(chance: random.Random, count: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + "."


def word_file(pages: int = PAGES) -> bytes:
    """Return a Word file of about so many pages, with headings, lists and tables."""
    import docx

    chance = random.Random(1)
    made = docx.Document()
    for page in range(pages):
        made.add_heading(f"Section {page + 1}", 1 + page % 3)
        for _ in range(6):
            made.add_paragraph(_paragraph(chance, 80))
        for style in ("List Bullet", "List Bullet", "List Number"):
            made.add_paragraph(_paragraph(chance, 12), style=style)
        if page % 5 == 0:
            for row in made.add_table(4, 3).rows:
                for cell in row.cells:
                    cell.text = _paragraph(chance, 3)
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def pdf_file(pages: int = PAGES) -> bytes:
    """Return a PDF of so many pages, with headings, lists and running heads."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    chance = random.Random(1)
    looks = getSampleStyleSheet()
    story: list[object] = []
    for page in range(pages):
        story.append(Paragraph(f"Section {page + 1}", looks["Heading1"]))
        for _ in range(6):
            story.append(Paragraph(_paragraph(chance, 70), looks["BodyText"]))
        for _ in range(3):
            story.append(Paragraph(_paragraph(chance, 12), looks["Bullet"], bulletText="•"))
        story.append(PageBreak())

    def edges(canvas, document):
        canvas.drawString(72, 20, f"SAMPLE protocol, page {document.page}")

    whole = io.BytesIO()
    SimpleDocTemplate(whole).build(story, onFirstPage=edges, onLaterPages=edges)
    return whole.getvalue()


def _ours(untrusted: bytes, name: str) -> Callable[[], None]:
    def read() -> None:
        found = FileReader().read(untrusted, file_name=name)
        assert len(found.blocks) > PAGES * 8

    return read


def _mammoth(untrusted: bytes) -> Callable[[], None]:
    import mammoth

    def read() -> None:
        mammoth.convert_to_html(io.BytesIO(untrusted))

    return read


def _bare_text(untrusted: bytes) -> Callable[[], None]:
    import pypdfium2

    def read() -> None:
        document = pypdfium2.PdfDocument(untrusted)
        for page in document:
            text_page = page.get_textpage()
            text_page.get_text_range()
            text_page.close()
            page.close()
        document.close()

    return read


def _medians(ours: Callable[[], None], floor: Callable[[], None]) -> tuple[float, float]:
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for work, seconds in zip((ours, floor), taken, strict=True):
            started = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - started)
    return statistics.median(taken[0]), statistics.median(taken[1])


def measure() -> list[tuple[str, float, float, str]]:
    """Return (what, our seconds, the floor's seconds, what the floor is) for each comparison."""
    word, pdf = word_file(), pdf_file()
    return [
        (
            f"opening a {PAGES}-page Word file",
            *_medians(_ours(word, "draft.docx"), _mammoth(word)),
            "mammoth",
        ),
        (
            f"opening a {PAGES}-page PDF",
            *_medians(_ours(pdf, "draft.pdf"), _bare_text(pdf)),
            "bare text by pypdfium2",
        ),
    ]


def main() -> None:
    """Print each comparison on a line."""
    for what, ours, floor, name in measure():
        print(f"{what}: {ours:.3f} s, {ours / floor:.2f} x {name} ({floor:.3f} s)")


if __name__ == "__main__":
    main()
