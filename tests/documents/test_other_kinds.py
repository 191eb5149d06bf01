"""OpenDocument, Markdown and plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.documents.child import parse
from mhin_ppi.documents.frames import Reading
from mhin_ppi.documents.refusals import Refusal, Why
from mhin_ppi.documents.words import clean
from mhin_ppi.domain.blocks import tidy
from tests.documents.document_makers import odt, png


def read(untrusted: bytes, name: str) -> Reading:
    return parse(untrusted, file_name=name, report=lambda done, total: None)


def plainly(reading: Reading) -> list[tuple[str, int, str, str]]:
    return [(b.kind.value, b.level, b.marker, b.text) for b in reading.blocks]


LISTS = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" '
    'style:num-format="1" style:num-suffix="."/><text:list-level-style-number text:level="2" '
    'style:num-format="a" style:num-prefix="(" style:num-suffix=")"/></text:list-style>'
    '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="–"/></text:list-style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
)


def test_opendocument_headings_lists_notes_and_deletions():
    body = (
        '<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p text:style-name="P1">A draft</text:p>'
        '<text:h text:outline-level="2">Aims</text:h>'
        "<text:p>Two\n   spaces<text:s text:c=\"2\"/>and<text:line-break/>a break<text:note "
        'text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        "<text:p>Said below.</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>a comment</text:p></office:annotation>.</text:p>"
        '<text:list text:style-name="L1"><text:list-item><text:p>One</text:p><text:list>'
        "<text:list-item><text:p>Inner</text:p></text:list-item></text:list></text:list-item>"
        "<text:list-item><text:p>Two</text:p><text:p>more of two</text:p></text:list-item>"
        '</text:list><text:list text:style-name="L2"><text:list-item><text:p>Dash</text:p>'
        "</text:list-item></text:list>"
    )  # fmt: skip
    reading = read(odt(body, styles=LISTS, meta="<dc:title>Draft</dc:title>"), "a.odt")
    assert reading.title == "Draft"
    assert plainly(reading) == [
        ("heading", 1, "", "A draft"),
        ("heading", 2, "", "Aims"),
        ("paragraph", 0, "", "Two spaces and\na break[1]."),
        ("list_item", 1, "1.", "One"),
        ("list_item", 2, "(a)", "Inner"),
        ("list_item", 1, "2.", "Two"),
        ("paragraph", 0, "", "more of two"),
        ("list_item", 1, "–", "Dash"),
        ("footnote", 0, "1", "Said below."),
    ]


def test_opendocument_tables_pictures_and_pages():
    cells = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cells.format("Visit") + cells.format("When")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>All <text:span>of</text:span>'
        " it</text:p></table:table-cell><table:covered-table-cell/></table:table-row>"
        "</table:table><text:p>See<draw:frame><draw:image xlink:href=\"Pictures/1.png\"/>"
        "<svg:desc>A map</svg:desc></draw:frame></text:p><text:soft-page-break/>"
        "<text:p>Next</text:p>"
    )  # fmt: skip
    meta = '<meta:document-statistic meta:page-count="{}"/>'
    parts = {"Pictures/1.png": png()}
    reading = read(odt(body, meta=meta.format(2), parts=parts), "a.odt")
    assert plainly(reading) == [
        ("table", 0, "", "Visit\tWhen\nAll of it\t"),
        ("paragraph", 0, "", "See"),
        ("image", 0, "", "A map"),
        ("paragraph", 0, "", "Next"),
    ]
    assert reading.blocks[0].header_rows == 1
    assert [b.page for b in reading.blocks] == [1, 1, 1, 2]
    assert list(reading.pictures.values()) == [png()]
    # The program that wrote it had laid out two of its nine pages: its breaks mean nothing.
    reading = read(odt(body, meta=meta.format(9), parts=parts), "a.odt")
    assert {b.page for b in reading.blocks} == {None}


def test_markdown():
    text = """---
title: "Draft topic guide"
---
# Aims

We *ask* **people** about `dose` and [care](http://x.y)[^1].
Wrapped line.

1. First
2. Second
   - Inner

   more of second

| Visit | When |
|---|---|
| First | May \\| June |

> Said by a member

![A map](map.png)

<div>Kept words</div>

    code
[^1]: A note
"""
    reading = read(text.encode(), "guide.md")
    assert reading.title == "Draft topic guide"
    assert plainly(reading) == [
        ("heading", 1, "", "Aims"),
        ("paragraph", 0, "", "We ask people about dose and care[1]. Wrapped line."),
        ("list_item", 1, "1.", "First"),
        ("list_item", 1, "2.", "Second"),
        ("list_item", 2, "•", "Inner"),
        ("paragraph", 0, "", "more of second"),
        ("table", 0, "", "Visit\tWhen\nFirst\tMay | June"),
        ("paragraph", 0, "", "Said by a member"),
        ("paragraph", 0, "", "A map"),
        ("paragraph", 0, "", "Kept words"),
        ("paragraph", 0, "", "code"),
        ("footnote", 0, "1", "A note"),
    ]
    assert reading.notes == ["Pictures that the file points to are not shown here."]
    assert reading.blocks[6].header_rows == 1


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings_of_plain_text(encoding):
    text = "Café – “quoted” for £25, and so on.\r\n\r\nSecond paragraph"
    reading = read(text.encode(encoding), "notes.txt")
    assert [b.text for b in reading.blocks] == [
        "Café – “quoted” for £25, and so on.", "Second paragraph",
    ]  # fmt: skip


def test_plain_paragraphs_lists_breaks_and_pages():
    text = (
        "This line was broken by the program to fit a width of about\n"
        "seventy letters, and so it goes on as one paragraph here.\n\n"
        "Board office\n1 High Street\nHull\n\n"
        "- One\n    - Inner\n- Two\n1) Three\n\fOn page two"
    )
    reading = read(text.encode(), "notes.txt")
    assert [(b.text, b.level, b.marker, b.page) for b in reading.blocks] == [
        ("This line was broken by the program to fit a width of about seventy letters, and so it "
         "goes on as one paragraph here.", 0, "", 1),
        ("Board office\n1 High Street\nHull", 0, "", 1),
        ("One", 1, "•", 1),
        ("Inner", 2, "•", 1),
        ("Two", 1, "•", 1),
        ("Three", 1, "1)", 1),
        ("On page two", 0, "", 2),
    ]  # fmt: skip
    assert reading.pages == 2


def test_one_long_line_for_each_paragraph():
    text = "\n".join("word " * 40 for _ in range(3))
    assert len(read(text.encode(), "notes.txt").blocks) == 3


@given(st.text(max_size=200))
def test_cleaned_text_is_as_a_block_may_hold_it(text):
    found = clean(text)
    assert tidy(found) == found
    assert found == clean(found)
    found.encode()


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.docx", "a.pdf"]))
def test_any_bytes_give_text_or_a_reason(untrusted, name):
    try:
        reading = read(untrusted, name)
    except Refusal as refusal:
        reading = None
        why = refusal.why
    assert why in Why if reading is None else all(tidy(b.text) == b.text for b in reading.blocks)
