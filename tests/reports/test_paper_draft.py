"""A draft on paper: everything of it in reading order, tagged, and nothing cut off."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.annotations import KIND_WORDS
from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.domain.paper import paragraph_numbers
from mhin_ppi.domain.paper_content import PassageNote
from mhin_ppi.errors import Stopped
from mhin_ppi.reports.maker import ReportMaker
from mhin_ppi.reports.paper_draft import MAY_STOP
from tests.reports.example_paper import PICTURE, TEXT, example_paper
from tests.reports.pdf_reading import FONTS, Node, ReadPdf, read_pdf

MAKER = ReportMaker(FONTS)
BOTH = pytest.mark.parametrize("large", [False, True], ids=["plain", "large"])


@cache
def drawn(*, large: bool = False) -> bytes:
    return MAKER.paper_pdf(example_paper(large_print=large))


@cache
def read(*, large: bool = False) -> ReadPdf:
    return read_pdf(drawn(large=large))


def flat(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def said(node: Node) -> str:
    """All that is read aloud, element after element."""
    return flat(" ".join(each.words for each in node.walk()))


@BOTH
def test_every_word_of_the_draft_is_there_in_order_each_after_its_number(large: bool) -> None:
    text = said(read(large=large).document)
    at = text.index("The draft 1.")
    numbers = paragraph_numbers(TEXT)
    for index, block in enumerate(TEXT.blocks):
        number = numbers.number_of(index)
        if number is None:
            continue
        at = text.index(f"{number}.", at)
        for cell in re.split(r"[\t\n]", block.text):
            at = text.index(flat(cell), at)


@BOTH
def test_nothing_lies_outside_the_tags_and_headings_skip_no_level(large: bool) -> None:
    file = read(large=large)
    assert file.untagged == []
    levels = [int(n.kind[1]) for n in file.document.walk() if re.fullmatch("H[1-6]", n.kind)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_what_it_touches_on_comes_before_any_word_of_the_draft() -> None:
    content = example_paper()
    text = said(read().document)
    note, stop = text.index(content.content_note), text.index(MAY_STOP)
    assert note < stop < text.index("Samaritans: Call 116 123") < text.index("The draft 1.")
    passage = text.index("Before you read the next part")
    assert (
        passage < text.index("It ends with paragraph 14.") < text.index("13. Some people describe")
    )
    assert text.index("12. Picture: Two bars") < passage


def test_without_a_note_one_may_stop_all_the_same() -> None:
    bare = example_paper(
        content_note="", passage_notes=(), guiding_questions=(), due_on=None, minutes=0
    )
    text = said(read_pdf(MAKER.paper_pdf(bare)).document)
    assert "No content note has been written" in text
    assert MAY_STOP in text
    assert "What the team would like to hear about" not in text
    assert "reply by" not in text
    assert "how long" not in text


def test_the_cover_says_who_what_and_by_when() -> None:
    text = said(read().document)
    for wanted in (
        "Version 2",
        "Project: Getting to appointments",
        "Who coordinates: Ruth Ash",
        "Please reply by: 20 March 2026",
        "1 hour and 15 minutes",
    ):
        assert wanted in text


def test_the_table_has_headings_and_the_wide_one_is_set_row_by_row() -> None:
    tables = read().all("Table")
    assert len(tables) == 1
    heads = [node for node in tables[0].walk() if node.kind == "TH"]
    assert [(said(node), node.scope) for node in heads] == [
        ("When", "Column"),
        ("What", "Column"),
        ("How long", "Column"),
    ]
    assert "Row 1 Measurement 1 Measurement 2" in said(read().document)


def test_headings_and_notes_keep_the_numbers_they_have_in_the_draft() -> None:
    text = said(read().document)
    assert "3. 1.1 Who can take part" in text
    assert "14. 1 As of March." in text


def test_lists_nest_as_in_the_draft() -> None:
    (outer, *_) = [node for node in read().all("L") if "adults" in node.text()]
    assert [child.kind for child in outer.children] == ["LI", "LI", "LI"]
    inner = [node for node in outer.walk() if node.kind == "L" and node is not outer]
    assert len(inner) == 1
    assert "partners" in inner[0].text()
    assert "staff" not in inner[0].text()


def test_pictures_have_their_words_and_lost_ones_are_told() -> None:
    (figure,) = read().all("Figure")
    assert figure.alt == "Two bars, the blue one for calls"
    text = said(read().document)
    assert "A picture, not described in the file. (It could not be printed.)" in text
    assert "1 chart was left out." in text
    with pikepdf.open(BytesIO(drawn())) as pdf:
        assert [len(page.get_images()) for page in pdf.pages].count(1) == 1


@pytest.mark.parametrize("spoilt", [PICTURE[:60], b"\x89PNG\r\n\x1a\n", b"no picture at all"])
def test_a_spoilt_picture_leaves_its_words(spoilt: bytes) -> None:
    draft = DraftText((Block(BlockKind.IMAGE, "A map", image="x"),), images={"x": spoilt})
    text = said(read_pdf(MAKER.paper_pdf(example_paper(draft=draft))).document)
    assert "1. Picture: A map (It could not be printed.)" in text


@BOTH
def test_each_slip_has_all_it_needs_on_one_page(large: bool) -> None:
    content = example_paper(large_print=large)
    file = read(large=large)
    slips = [n for n in file.all("Sect") if said(n).startswith("Slip ")]
    assert len(slips) == content.slips
    for slip in slips:
        words = said(slip)
        for wanted in ("About paragraph no.", "Just the coordinator", "My name", "Do not show"):
            assert wanted in words
        for kind in KIND_WORDS.values():
            assert kind in words
    with pikepdf.open(BytesIO(drawn(large=large))) as pdf:
        for element in pdf.Root.StructTreeRoot.K[0].K:
            if element.S == "/Sect":
                assert len(_pages_of(element)) == 1


def _pages_of(element) -> set[tuple[int, int]]:
    found = set()
    for kid in element.K:
        found |= {kid.Pg.objgen} if kid.get("/Type") == "/MCR" else _pages_of(kid)
    return found


@BOTH
def test_letters_are_large_enough_and_black(large: bool) -> None:
    least = 16 if large else 12
    with pikepdf.open(BytesIO(drawn(large=large))) as pdf:
        sizes, colours = set(), set()
        for page in pdf.pages:
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    sizes.add(float(operands[1]))
                if str(operator) == "rg":
                    colours.add(tuple(round(float(part), 2) for part in operands))
    assert min(sizes) >= least
    assert {colour for colour in colours if colour != (0, 0, 0)} <= {(0.84, 0.85, 0.88), (1, 1, 1)}


def test_every_page_says_which_of_how_many() -> None:
    file = read()
    for number, words in enumerate(file.artifacts, start=1):
        assert any(f"Page {number} of {file.pages}" in part for part in words)


def test_the_same_content_gives_the_same_bytes_and_stopping_stops() -> None:
    assert MAKER.paper_pdf(example_paper()) == drawn()
    seen: list[tuple[int, int]] = []
    with pytest.raises(Stopped):
        MAKER.paper_pdf(
            example_paper(),
            progress=lambda *steps: seen.append(steps),
            stop_wanted=lambda: len(seen) > 5,
        )
    assert seen == sorted(seen)


def test_a_draft_without_words_is_said_plainly() -> None:
    file = read_pdf(MAKER.paper_pdf(example_paper(draft=DraftText(()), passage_notes=())))
    assert "This draft has no words." in said(file.document)


words = st.text(alphabet="ab é\u05d0👍\n-", max_size=60)
tables = st.lists(st.lists(words.map(lambda w: w.replace("\n", "")), min_size=1, max_size=5))
some_blocks = st.one_of(
    st.builds(
        Block,
        st.sampled_from([BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM]),
        words,
        level=st.integers(0, 9),
    ),
    st.builds(
        lambda rows, head: Block(
            BlockKind.TABLE, "\n".join("\t".join(row) for row in rows), header_rows=head
        ),
        tables,
        st.integers(0, 3),
    ),
)


@settings(max_examples=25)
@given(st.lists(some_blocks, max_size=8), st.booleans())
def test_any_blocks_can_be_set(blocks: list[Block], large: bool) -> None:
    content = replace(
        example_paper(large_print=large, slips=1, passage_notes=(PassageNote("A note.", 0, 9),)),
        draft=DraftText(tuple(blocks)),
        made_on=date(2026, 3, 2),
    )
    file = read_pdf(MAKER.paper_pdf(content))
    assert file.untagged == []
    assert f"{paragraph_numbers(content.draft).last + 1}. " not in _draft_of(file)


def _draft_of(file: ReadPdf) -> str:
    text = said(file.document)
    return text[text.rindex("The draft") : text.rindex("Reply slips Every")]
