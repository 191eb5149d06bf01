"""Slides: title first, then as people read them, with notes, and with what is not shown told."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.documents import limits
from mhin_ppi.documents.child import parse
from mhin_ppi.documents.docx_names import P
from mhin_ppi.documents.frames import Reading
from mhin_ppi.documents.reading import FileReader
from mhin_ppi.errors import UnreadableError, UnsupportedError
from tests.documents.document_makers import png, zipped
from tests.documents.slide_makers import (
    WITH_MACROS,
    Slide,
    box,
    frame,
    group,
    paragraph,
    picture,
    pptx,
    table,
)

MM = 36_000  # EMU


def read(untrusted: bytes) -> Reading:
    return parse(untrusted, file_name="a.pptx", report=lambda done, total: None)


def plainly(untrusted: bytes) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.marker, b.text) for b in read(untrusted).blocks]


def words(untrusted: bytes) -> list[str]:
    return [block.text for block in read(untrusted).blocks]


def test_a_slide_is_its_title_and_its_bullets_with_levels() -> None:
    body = box(
        "Calls help",
        paragraph("at work", level=1),
        paragraph("No bullet here", inner="<a:buNone/>"),
        place="body",
        index="1",
    )
    deck = pptx(body + box("What we found", place="title"))
    assert plainly(deck) == [
        ("heading", 1, "Slide 1:", "What we found"),
        ("list_item", 1, "•", "Calls help"),
        ("list_item", 2, "–", "at work"),
        ("paragraph", 0, "", "No bullet here"),
    ]


def test_numbers_are_counted_and_text_boxes_have_no_bullets() -> None:
    numbered = '<a:buAutoNum type="{}"/>'
    shape = box(
        paragraph("One", inner=numbered.format("arabicPeriod")),
        paragraph("inner", level=1, inner=numbered.format("alphaLcParenBoth")),
        paragraph("Two", inner=numbered.format("arabicPeriod")),
        paragraph("inner again", level=1, inner=numbered.format("alphaLcParenBoth")),
        paragraph("Five", inner='<a:buAutoNum type="romanUcParenR" startAt="5"/>'),
        paragraph("Arrow", inner='<a:buChar char="&#xF0E0;"/>'),
        paragraph("Square", inner='<a:buChar char="§"/>'),
        paragraph("Letter of Wingdings", inner='<a:buChar char="v"/>'),
        "A plain text box",
    )
    found = [(marker, text) for _, _, marker, text in plainly(pptx(shape))[1:]]
    assert found == [
        ("1.", "One"),
        ("(a)", "inner"),
        ("2.", "Two"),
        ("(a)", "inner again"),
        ("V)", "Five"),
        ("•", "Arrow"),
        ("§", "Square"),
        ("•", "Letter of Wingdings"),
        ("", "A plain text box"),
    ]


def test_bullets_are_taken_from_the_shape_then_the_layout_then_the_master() -> None:
    none, dash = "<a:lvl1pPr><a:buNone/></a:lvl1pPr>", '<a:lvl1pPr><a:buChar char="-"/></a:lvl1pPr>'
    layout = box("Click", place="body", index="1", style=none) + box("x", place="body", index="2")
    shapes = (
        box("from the layout", place="body", index="1", at=(0, 0))
        + box("from the master", place="body", index="2", at=(0, 50 * MM))
        + box("its own", place="body", index="1", at=(0, 90 * MM), style=dash)
    )
    assert [(m, t) for _, _, m, t in plainly(pptx(shapes, layout=layout))[1:]] == [
        ("", "from the layout"),
        ("•", "from the master"),
        ("-", "its own"),
    ]


def test_shapes_are_read_from_the_top_down_and_from_left_to_right() -> None:
    shapes = (
        box("right", at=(120 * MM, 52 * MM))
        + box("below", at=(0, 100 * MM))
        + box("left", at=(5 * MM, 55 * MM))
        + box("Subtitle", place="subTitle", at=(0, 150 * MM))
        + box("Title", place="ctrTitle", at=(0, 170 * MM))
        + box("top", at=(80 * MM, 20 * MM))
    )
    assert words(pptx(shapes)) == ["Title", "Subtitle", "top", "left", "right", "below"]


def test_a_place_that_is_not_stated_is_the_layouts() -> None:
    layout = box("x", place="body", index="1", at=(0, 90 * MM)) + box(
        "y", place="body", index="2", at=(0, 30 * MM)
    )
    shapes = box("lower", place="body", index="1") + box("upper", place="body", index="2")
    assert words(pptx(shapes, layout=layout))[1:] == ["upper", "lower"]


def test_a_group_stays_together_also_inside_another() -> None:
    inner = group(box("b2", at=(0, 70 * MM)), box("b1", at=(0, 60 * MM)), at=(0, 25 * MM))
    shapes = (
        box("after", at=(0, 90 * MM))
        + group(inner, box("a", at=(0, 0)), at=(0, 40 * MM))
        + box("before", at=(0, 10 * MM))
    )
    assert words(pptx(shapes))[1:] == ["before", "a", "b1", "b2", "after"]


def test_of_alternatives_one_is_read() -> None:
    either = (
        f"<mc:AlternateContent><mc:Choice>{box('new')}</mc:Choice><mc:Fallback>{box('old')}"
        "</mc:Fallback></mc:AlternateContent>"
    )
    assert words(pptx(either))[1:] == ["new"]


def test_tables_keep_rows_cells_and_headings() -> None:
    made = table(["When", "What"], ["Week 1", "A talk\nof an hour"], ["^", "A call"], ["All", "<"])
    (block,) = [b for b in read(pptx(box("Plan", place="title") + made)).blocks if b.header_rows]
    assert block.rows() == [
        ["When", "What"],
        ["Week 1", "A talk of an hour"],
        ["", "A call"],
        ["All", ""],
    ]
    assert block.header_rows == 1
    assert block.page == 1
    plain = read(pptx(table(["a", "b"], first=False))).blocks[-1]
    assert plain.header_rows == 0


def test_notes_follow_their_slide_and_say_what_they_are() -> None:
    deck = pptx(Slide(box("One", place="title"), notes="Say hello."), box("Two", place="title"))
    assert plainly(deck) == [
        ("heading", 1, "Slide 1:", "One"),
        ("footnote", 0, "Speaker notes:", "Say hello."),
        ("heading", 1, "Slide 2:", "Two"),
    ]
    assert [block.page for block in read(deck).blocks] == [1, 1, 2]


def test_hidden_slides_are_left_out_and_told_and_numbers_stay() -> None:
    deck = pptx(
        box("One", place="title"),
        Slide(box("Secret", place="title"), notes="Secret too.", hidden=True),
        box("Three", place="title"),
    )
    reading = read(deck)
    assert [(b.page, b.text) for b in reading.blocks] == [(1, "One"), (3, "Three")]
    assert reading.notes == ["1 hidden slide is left out: slide 2."]
    assert reading.pages == 3


def test_the_order_is_that_of_the_show_not_of_the_files() -> None:
    deck = pptx(*(box(name, place="title") for name in ("a", "b", "c")), order=(3, 1, 2))
    assert [(b.page, b.text) for b in read(deck).blocks] == [(1, "c"), (2, "a"), (3, "b")]


def test_pictures_come_with_their_words_and_those_that_cannot_are_counted() -> None:
    decoration = '<dec:decorative val="1"/>'
    shapes = (
        picture("i1", alt="Two people talking", at=(0, 20 * MM))
        + picture("i2", alt="A drawing in another form")
        + picture("i1", inner=decoration)
        + picture("i1", use="<a:videoFile/>", at=(0, 60 * MM))
        + box("Pictures", place="title")
    )
    related = {"i1": ("image", "../media/1.png"), "i2": ("image", "../media/2.emf")}
    parts = {"ppt/media/1.png": png(), "ppt/media/2.emf": b"\x01\x00\x00\x00"}
    reading = read(pptx(Slide(shapes, related=related), parts=parts))
    digest = hashlib.sha256(png()).hexdigest()
    assert [(b.text, b.image) for b in reading.blocks if b.image] == [
        ("Two people talking", digest),
        ("", digest),
    ]
    assert set(reading.pictures) == {digest}
    assert reading.notes == [
        "1 film, sound or embedded file is not shown here: slide 1.",
        "1 picture or drawing is not shown here.",
    ]


def test_charts_and_diagrams_are_told_with_their_slides() -> None:
    chart = frame("chart")
    deck = pptx(box("One", place="title") + chart + frame("diagram"), chart + chart + box("Two"))
    assert read(deck).notes == [
        "3 charts are not shown here: slides 1 and 2.",
        "1 diagram is not shown here: slide 1.",
    ]


def test_running_heads_are_left_out_and_breaks_and_fields_kept() -> None:
    broken = "<a:p><a:r><a:t>One</a:t></a:r><a:br/><a:fld><a:t>2026</a:t></a:fld></a:p>"
    shapes = "".join(box("x", place=kind) for kind in ("dt", "ftr", "sldNum")) + box(broken)
    assert words(pptx(shapes)) == ["Slide 1", "One\n2026"]


def test_the_strict_form_is_read_the_same() -> None:
    usual = pptx(box("Title", place="title") + box("Words"))
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for usually, strict in (
        (P[1:-1], "presentationml/main"),
        ("http://schemas.openxmlformats.org/drawingml/2006/main", "drawingml/main"),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "officeDocument/relationships",
        ),
    ):
        named = f"http://purl.oclc.org/ooxml/{strict}".encode()
        parts = {name: body.replace(usually.encode(), named) for name, body in parts.items()}
    assert plainly(zipped(parts)) == plainly(usual)


def test_the_files_own_title_is_kept_unless_it_is_nobodys() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></c>'
    for stated, kept in (("Findings", "Findings"), ("PowerPoint Presentation", "")):
        parts = {"docProps/core.xml": core.format(stated)}
        assert read(pptx(box("x"), parts=parts)).title == kept


def _cut(untrusted: bytes) -> bytes:
    return untrusted[: len(untrusted) // 2]


def _bomb() -> bytes:
    return pptx("<p:sp/>" * (80 * limits.MIB // 7))


ENTITIES = '<!DOCTYPE p:sld [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
REFUSED = {
    "no text": (lambda: pptx(picture("i")), UnreadableError, "no words"),
    "no slides": (pptx, UnreadableError, "no words"),
    "all hidden": (lambda: pptx(Slide(box("x"), hidden=True)), UnreadableError, "no words"),
    "cut short": (lambda: _cut(pptx(box("x"))), UnreadableError, "part of the file is missing"),
    "broken xml": (lambda: pptx("<p:sp><p:txBody>"), UnreadableError, "is damaged"),
    "no list": (
        lambda: pptx(box("x"), parts={"ppt/presentation.xml": "<x/>"}),
        UnreadableError,
        "is damaged",
    ),
    "bomb": (_bomb, UnsupportedError, "unpacks to something enormous"),
    "entities": (lambda: pptx(box("&b;"), before=ENTITIES), UnsupportedError, "instructions"),
    "macros": (lambda: pptx(box("x"), kind=WITH_MACROS), UnsupportedError, "carries macros"),
    "macros by part": (
        lambda: pptx(box("x"), parts={"ppt/vbaProject.bin": b"x"}),
        UnsupportedError,
        "carries macros",
    ),
    "too many": (
        lambda: pptx(box("x"), order=(1,) * (limits.PAGES + 1)),
        UnsupportedError,
        "more than 2,000 pages",
    ),
    "deep groups": (
        lambda: pptx("<p:grpSp>" * 3000 + "</p:grpSp>" * 3000),
        UnreadableError,
        "is damaged",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_read_is_said_plainly(case: str) -> None:
    make, kind, said = REFUSED[case]
    with pytest.raises(kind) as refused:
        FileReader().read(make(), file_name="talk.pptx")
    assert said in refused.value.what_happened
    assert "talk.pptx" in refused.value.what_happened


def test_a_slide_that_is_not_there_is_told_and_one_listed_twice_is_read_once() -> None:
    reading = read(pptx(box("One", place="title"), order=(1, 1, 7)))
    assert [block.text for block in reading.blocks] == ["One"]
    assert reading.notes == ["2 slides are missing from the file: slides 2 and 3."]


def test_through_the_child_all_is_the_same() -> None:
    deck = pptx(Slide(box("One", place="title") + box("Words"), notes="Notes."))
    text = FileReader().read(deck, file_name="talk.pptx")
    assert list(text.blocks) == read(deck).blocks
    assert text.pages == 1


places = st.sampled_from([None, "title", "body", "subTitle", "ftr"])
spots = st.none() | st.tuples(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
boxes = st.builds(
    lambda said, place, at, level: box(paragraph(said, level=level), place=place, at=at),
    st.text(alphabet="ab é👍", max_size=6),
    places,
    spots,
    st.integers(0, 12),
)
shapes = st.recursive(
    boxes,
    lambda inner: st.lists(inner, max_size=3).map(lambda some: group(*some, at=(0, 0))),
    max_leaves=8,
)


@settings(max_examples=40)
@given(st.lists(st.lists(shapes, max_size=5).map("".join), max_size=4))
def test_no_word_is_lost_or_said_twice(slides: list[str]) -> None:
    marked = box("here", at=(0, 0))
    deck = pptx(*(one + marked for one in slides), marked)
    reading = read(deck)
    assert [block.text for block in reading.blocks].count("here") == len(slides) + 1
    pages = [block.page for block in reading.blocks]
    assert pages == sorted(pages)
    assert all(0 <= block.level <= 9 for block in reading.blocks)
