"""PDF files without tags, checked against files whose text is known."""

from __future__ import annotations

import gzip
import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.documents.child import parse
from mhin_ppi.documents.frames import Reading
from mhin_ppi.documents.pdf_words import Vocabulary, contents_line, mend_ligatures
from mhin_ppi.domain.blocks import Block, BlockKind
from tests.documents.document_makers import down, drawn, typeset


def read(untrusted: bytes) -> Reading:
    return parse(untrusted, file_name="draft.pdf", report=lambda done, total: None)


def texts(blocks: list[Block], kind: BlockKind) -> list[str]:
    return [block.text for block in blocks if block.kind is kind]


def share(wanted: list[str], found: list[str]) -> float:
    return sum(one in found for one in wanted) / len(wanted)


@pytest.mark.parametrize(
    ("columns", "justified", "exact"),
    [(1, False, 0.97), (1, True, 0.97), (2, False, 0.95), (2, True, 0.95)],
)
def test_against_the_truth(columns, justified, exact):
    untrusted, truth = typeset(12, columns=columns, justified=justified, seed=columns)
    reading = read(untrusted)
    assert texts(reading.blocks, BlockKind.HEADING) == truth.headings
    assert share(truth.paragraphs, texts(reading.blocks, BlockKind.PARAGRAPH)) >= exact
    assert share(truth.items, texts(reading.blocks, BlockKind.LIST_ITEM)) >= exact
    whole = " ".join(block.text for block in reading.blocks)
    # In reading order and unbroken, whatever became of the borders between paragraphs.
    assert share(truth.paragraphs, [one for one in truth.paragraphs if one in whole]) >= 0.99
    assert "SAMPLE protocol" not in whole
    assert "Page 1" not in whole
    assert reading.title == "A sample protocol"


def test_pages_are_where_a_block_starts():
    pages = [down([f"Chapter {n} begins here with words."], top=700) for n in (1, 2)]
    assert [b.page for b in read(drawn(*pages)).blocks] == [1, 2]


def test_hyphens_are_mended_by_the_documents_own_words():
    lines = [
        "The quality-of-life of people in the randomised trial was measured twice a year.",
        "Later we asked about the quality-of-",
        "life of every one of the rando-",
        "mised people, and about self-",
        "help and the neigh-",
        "bourhood they live in.",
    ]
    found = " ".join(block.text for block in read(drawn(down(lines))).blocks)
    assert "the quality-of-life of every one of the randomised people" in found
    assert "about self-help and the neighbourhood they live in." in found


def test_a_paragraph_goes_on_over_a_page_but_not_into_a_heading():
    first = [*down(["This sentence is not at its end when the", "page is, and so it must go on"])]
    second = [
        *down(["where the next page begins. Then it stops.", "Next comes another line here."])
    ]
    found = texts(read(drawn(first, second)).blocks, BlockKind.PARAGRAPH)
    assert found[0].startswith("This sentence is not at its end when the page is, and so it must ")
    assert "go on where the next page begins." in found[0]


def test_running_heads_go_though_their_chapter_changes():
    pages = []
    for number in range(1, 9):
        chapter = "Aims" if number < 7 else "Methods"
        pages.append(
            [(72, 800, f"Chapter {chapter}"), (300, 30, f"{number}")]
            + down([f"Words of the page {'abcdefghi'[number]}.", "And a second line."], top=740)
        )
    found = " ".join(block.text for block in read(drawn(*pages)).blocks)
    assert "Chapter" not in found
    assert not any(block.text.isdigit() for block in read(drawn(*pages)).blocks)
    assert found.count("Words of the page") == 8


def test_contents_lines_lose_their_dots():
    lines = [
        "1 Aims . . . . . . . . . . . . . 3",
        "1.1 Why we ask ............ 14",
        "Appendix ….… ix",
    ]
    found = [b.text for b in read(drawn(down(lines))).blocks]
    assert found[:2] == ["1 Aims\t3", "1.1 Why we ask\t14"]


def test_headings_by_size_and_weight_and_number():
    from reportlab.pdfgen.canvas import Canvas

    whole = io.BytesIO()
    canvas = Canvas(whole)
    y = 780
    for font, size, words in (
        ("Helvetica-Bold", 20, "A draft protocol"),
        ("Helvetica-Bold", 14, "2 Methods"),
        ("Helvetica-Bold", 14, "2.1 Who takes part"),
        ("Helvetica", 10, "Adults who live in the area may take part if they would like to, and"),
        ("Helvetica", 10, "nobody else is asked to come along to the meetings that we hold."),
        ("Helvetica-Bold", 10, "How long it takes"),
        ("Helvetica", 10, "It takes an hour of your time."),
    ):
        canvas.setFont(font, size)
        canvas.drawString(72, y, words)
        y -= 13 if (size, font) == (10, "Helvetica") else 34
    canvas.save()
    found = read(whole.getvalue()).blocks
    headings = [(b.level, b.text) for b in found if b.kind is BlockKind.HEADING]
    assert headings == [
        (1, "A draft protocol"), (2, "2 Methods"), (3, "2.1 Who takes part"),
        (3, "How long it takes"),
    ]  # fmt: skip


def test_footnotes_come_last_and_do_not_cut_the_text():
    from reportlab.pdfgen.canvas import Canvas

    whole = io.BytesIO()
    canvas = Canvas(whole)
    for page, note in (
        (["People are paid for their time and", "for what it costs them to come", "and to go"],
         "1 The rate is set each year."),
        (["home again after the meeting.", "Nobody pays to take part in it."], ""),
    ):  # fmt: skip
        canvas.setFont("Times-Roman", 12)
        for at, line in enumerate(page):
            canvas.drawString(72, 700 - 15 * at, line)
        canvas.setFont("Times-Roman", 9)
        canvas.drawString(72, 90, note)
        canvas.showPage()
    canvas.save()
    found = read(whole.getvalue()).blocks
    assert found[0].text.startswith("People are paid for their time and for what it costs them to")
    assert "and to go home again after the meeting." in found[0].text
    assert (found[-1].kind, found[-1].marker, found[-1].text) == (
        BlockKind.FOOTNOTE, "1", "The rate is set each year.",
    )  # fmt: skip


def test_rows_of_cells_become_a_table():
    rows = [("Activity", "Minutes", "Rate"), ("Reading", "40", "25"), ("Meeting", "90", "25")]
    words = []
    for at, cells in enumerate(rows):
        words += [(72 + 150 * n, 700 - 16 * at, cell) for n, cell in enumerate(cells)]
    (table,) = read(drawn(words)).blocks
    assert table.kind is BlockKind.TABLE
    assert table.rows() == [list(cells) for cells in rows]


def test_columns_that_were_drawn_line_by_line_are_read_one_after_the_other():
    left = [f"Left column, line {n} of the text" for n in range(20)]
    right = [f"Right column, line {n} of it all" for n in range(20)]
    words = [(72.0, 760.0, "A title that stands above both of the columns and right across them")]
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        words += [(72, 720 - 14 * at, one), (320, 720 - 14 * at, other)]
    found = " ".join(block.text for block in read(drawn(words)).blocks)
    assert found.index("A title") < found.index("Left column, line 0")
    assert " ".join(left) in found
    assert " ".join(right) in found
    assert found.index(left[-1]) < found.index(right[0])


def test_pictures_of_a_pdf_are_kept_once():
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    jpeg = io.BytesIO()
    Image.effect_noise((90, 60), 60).convert("RGB").save(jpeg, "JPEG")
    colours = Image.new("RGB", (64, 48), (200, 30, 60))
    whole = io.BytesIO()
    canvas = Canvas(whole)
    for page in range(2):
        canvas.drawString(72, 780, f"Words before the pictures, {'first' if page else 'second'}.")
        jpeg.seek(0)
        canvas.drawImage(ImageReader(jpeg), 72, 500, 180, 120)
        canvas.drawImage(ImageReader(colours), 72, 300, 128, 96)
        canvas.showPage()
    canvas.save()
    reading = read(whole.getvalue())
    images = [block for block in reading.blocks if block.kind is BlockKind.IMAGE]
    assert [image.page for image in images] == [1, 1]
    kept = [Image.open(io.BytesIO(reading.pictures[image.image])) for image in images]
    assert sorted((one.format, one.size) for one in kept) == [
        ("JPEG", (90, 60)), ("PNG", (64, 48)),
    ]  # fmt: skip
    painted = next(one for one in kept if one.format == "PNG")
    assert painted.convert("RGB").getpixel((3, 3)) == (200, 30, 60)


def test_pages_without_words_are_named():
    reading = read(drawn(down(["Hello there, members of the board."]), [], []))
    assert reading.notes == ["Pages 2, 3 hold no words (they may be blank, or pictures of pages)."]
    assert reading.pages == 3


def test_old_ligatures():
    assert mend_ligatures("e\x1ecient \x1celd o\x1bice ﬂow") == "efficient field office flow"


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("COVID", "19 in", "COVID-19 in"),
        ("Anglo", "Saxon", "Anglo-Saxon"),
        ("implemen", "tation", "implementation"),
        ("(", "x", "(-x"),
        ("self", "harm", "self-harm"),
    ],
)
def test_hyphens_the_document_says_nothing_of(first, second, joined):
    assert Vocabulary([]).join(first, second) == joined


@given(st.text(max_size=60), st.text(max_size=60))
def test_joining_loses_no_words(first, second):
    assert Vocabulary([]).join(first, second).replace("-", "") == (first + second).replace("-", "")


@given(st.text(max_size=80))
def test_contents_lines_keep_their_page(line):
    found = contents_line(line)
    assert found is None or line.strip().endswith(found.rsplit("\t", 1)[1])


POLICY = Path("/usr/share/doc/debian-policy")
"""Debian's policy manual (193 pages) and the file system standard (50), from `debian-policy`."""


def manual(name: str) -> Reading:
    return read(gzip.decompress((POLICY / name).read_bytes()))


@pytest.mark.skipif(not POLICY.is_dir(), reason="the Debian package debian-policy is not here")
def test_a_manual_of_193_pages_not_written_for_this_test():
    reading = manual("policy.pdf.gz")
    assert (reading.pages, reading.title) == (193, "Debian Policy Manual")
    headings = {b.text: b for b in reading.blocks if b.kind is BlockKind.HEADING}
    assert headings["5.6.5 Section"].level == headings["5.6 List of fields"].level + 1
    assert headings["5.6.5 Section"].page == 46
    listed = next(b for b in reading.blocks if b.text.startswith("5.6.5 Section\t"))
    assert listed.kind is BlockKind.PARAGRAPH
    kinds = Counter(b.kind for b in reading.blocks)
    assert kinds[BlockKind.LIST_ITEM] > 300
    assert kinds[BlockKind.FOOTNOTE] > 100
    texts_found = [b.text for b in reading.blocks]
    assert not any("Chapter 5. Control files and their fields" in text for text in texts_found)
    # No page numbers; further on, some paragraphs of the manual are a number and no more.
    assert not any(b.text.isdigit() for b in reading.blocks if (b.page or 0) < 160)
    assert all("\ufffe" not in text and "\x02" not in text for text in texts_found)


@pytest.mark.skipif(not POLICY.is_dir(), reason="the Debian package debian-policy is not here")
def test_a_manual_of_50_pages_not_written_for_this_test():
    reading = manual("fhs/fhs-3.0.pdf.gz")
    assert reading.pages == 50
    texts_found = [b.text for b in reading.blocks]
    # Running heads, different on left and right pages and in each chapter.
    assert texts_found.count("The Root Filesystem") == 0
    assert texts_found.count("Filesystem Hierarchy Standard") <= 2
    assert any(text.startswith("3.4.2. Requirements\t") for text in texts_found)
    item = [b for b in reading.blocks if b.kind is BlockKind.FOOTNOTE and b.marker == "12"]
    assert item[0].text == "The usual placement of this binary is /usr/bin/cpp."
