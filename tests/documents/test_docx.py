"""Word files: what a person sees on the page is what is read."""

from __future__ import annotations

import io

import pytest

from mhin_ppi.documents.child import parse
from mhin_ppi.domain.blocks import Block, BlockKind
from tests.documents.document_makers import docx, p, png, w_part


def blocks_of(untrusted: bytes) -> list[Block]:
    return parse(untrusted, file_name="draft.docx", report=lambda done, total: None).blocks


def texts_of(untrusted: bytes) -> list[str]:
    return [block.text for block in blocks_of(untrusted)]


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def field_char(step: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>'


def test_deleted_words_are_gone_and_inserted_ones_are_there():
    body = p(
        "We ",
        inner='<w:del w:id="1"><w:r><w:delText>will not </w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{run("will ")}</w:ins><w:moveFrom w:id="3">{run("gone ")}</w:moveFrom>'
        f'<w:moveTo w:id="4">{run("pay everyone.")}</w:moveTo>',
    )
    assert texts_of(docx(body)) == ["We will pay everyone."]


def test_a_paragraph_whose_end_was_deleted_runs_on_into_the_next():
    deleted_end = '<w:rPr><w:del w:id="1"/></w:rPr>'
    body = p("Visits happen ", properties=deleted_end) + p("at home.") + p("New.")
    assert texts_of(docx(body)) == ["Visits happen at home.", "New."]


def test_fields_show_their_result_and_not_their_code():
    simple = f'<w:fldSimple w:instr="REF x">{run("Table 2")}</w:fldSimple>'
    inner = (
        field_char("begin")
        + "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>"
        + field_char("begin")
        + run("hidden code")
        + field_char("end")
        + field_char("separate")
        + run("14")
        + field_char("end")
        + run(" and ")
        + simple
    )
    assert texts_of(docx(p("See page ", inner=inner))) == ["See page 14 and Table 2"]


def test_a_field_left_open_hides_nothing_that_follows():
    broken = p("Before", inner=field_char("begin") + run("code"))
    assert texts_of(docx(broken + p("After"))) == ["Before", "After"]


def test_links_signs_and_hidden_text():
    inner = (
        f'<w:hyperlink r:id="x">{run("our page")}</w:hyperlink><w:r><w:tab/><w:t>to</w:t></w:r>'
        "<w:r><w:t>day</w:t><w:br/><w:t>self</w:t><w:noBreakHyphen/><w:t>help</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>"
        '<w:r><w:rPr><w:vanish w:val="false"/></w:rPr><w:t> shown </w:t></w:r>'
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    )
    assert texts_of(docx(p("Read ", inner=inner))) == [
        "Read our page\ttoday\nself\N{NON-BREAKING HYPHEN}help shown ☑"
    ]


STYLES = w_part(
    "styles",
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/>'
    '<w:basedOn w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="House"><w:name w:val="House heading"/>'
    '<w:basedOn w:val="berschrift2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Outlined"><w:name w:val="Outlined"/>'
    '<w:pPr><w:outlineLvl w:val="3"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Titre 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/>'
    "</w:style>",
)


@pytest.mark.parametrize(
    ("style", "level"),
    [("berschrift2", 2), ("House", 2), ("Outlined", 4), ("Titre", 1), ("Normal", 0), ("Loop", 0),
     ("NotThere", 0)],
)  # fmt: skip
def test_headings_by_style_chain_and_language(style, level):
    body = p("Aims", properties=f'<w:pStyle w:val="{style}"/>')
    (block,) = blocks_of(docx(body, parts={"word/styles.xml": STYLES}))
    assert (block.kind is BlockKind.HEADING, block.level) == (bool(level), level)


def test_a_paragraphs_own_outline_level_goes_before_its_style():
    body = p("Aims", properties='<w:pStyle w:val="House"/><w:outlineLvl w:val="9"/>')
    (block,) = blocks_of(docx(body, parts={"word/styles.xml": STYLES}))
    assert block.kind is BlockKind.PARAGRAPH


def level(number: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


NUMBERING = w_part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0">'
    + level(0, "decimal", "%1.")
    + level(1, "lowerLetter", "%1%2)")
    + level(2, "lowerRoman", "(%3)")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="1">'
    + level(0, "bullet", "\uf0b7")
    + "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>',
)


def item(text: str, list_number: int, depth: int = 0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_number}"/></w:numPr>'
    return p(text, properties=numbering)


def test_list_numbers_are_worked_out():
    body = (
        item("a", 1) + item("b", 1) + item("c", 1, 1) + item("d", 1, 1) + item("e", 1, 2)
        + item("f", 1) + item("g", 1, 1) + item("h", 2) + item("i", 2) + item("j", 3)
        + item("none", 0) + item("unknown", 44)
    )  # fmt: skip
    found = blocks_of(docx(body, parts={"word/numbering.xml": NUMBERING}))
    assert [(b.marker, b.level) for b in found[:10]] == [
        ("1.", 1), ("2.", 1), ("2a)", 2), ("2b)", 2), ("(i)", 3), ("3.", 1), ("3a)", 2),
        ("7.", 1), ("8.", 1), ("•", 1),
    ]  # fmt: skip
    assert {b.kind for b in found[:10]} == {BlockKind.LIST_ITEM}
    assert {b.kind for b in found[10:]} == {BlockKind.PARAGRAPH}


def cell(text: str, how: str = "") -> str:
    return f"<w:tc>{f'<w:tcPr>{how}</w:tcPr>' if how else ''}{p(text)}</w:tc>"


def row(*cells: str, how: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{how}</w:trPr>' if how else ''}{''.join(cells)}</w:tr>"


def test_tables_with_merged_cells_headings_and_tables_within():
    inner = f"<w:tbl>{row(cell('x'), cell('y'))}{row(cell('z'), cell('w'))}</w:tbl>"
    body = (
        "<w:tbl>"
        + row(cell("Visit"), cell("When", '<w:gridSpan w:val="2"/>'), how="<w:tblHeader/>")
        + row(cell("First", '<w:vMerge w:val="restart"/>'), cell("May"), cell("At\thome"))
        + row(cell("again", "<w:vMerge/>"), cell("June"), f"<w:tc>{p('See')}{inner}{p()}</w:tc>")
        + "</w:tbl>"
        + p("After")
    )
    table, after = blocks_of(docx(body))
    assert table.kind is BlockKind.TABLE
    assert table.header_rows == 1
    assert table.rows() == [
        ["Visit", "When", ""],
        ["First", "May", "At home"],
        ["", "June", "See x, y; z, w"],
    ]
    assert after.source == "p13"


def test_a_box_around_text_is_not_a_table():
    inside = p("Key point") + p("Say so.")
    body = f"<w:tbl>{row(f'<w:tc>{inside}</w:tc>')}</w:tbl>"
    assert [b.kind for b in blocks_of(docx(body))] == [BlockKind.PARAGRAPH] * 2


def test_sources_count_every_paragraph_of_the_body_in_order():
    from lxml import etree

    body = p("One") + p() + f"<w:tbl>{row(cell('a'), cell('b'))}{row(cell('c'), cell('d'))}</w:tbl>"
    body += p("Two") + "<w:sdt><w:sdtContent>" + p("Three") + "</w:sdtContent></w:sdt>"
    untrusted = docx(body)
    import zipfile

    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(untrusted)).read("word/document.xml"))
    paragraphs = list(root.find(f"{w}body").iter(f"{w}p"))
    for block in blocks_of(untrusted):
        there = "".join(paragraphs[int(block.source[1:])].itertext())
        assert block.text.startswith(there)
        assert there


def test_footnotes_and_endnotes_come_last_with_readable_markers():
    def note(kind: str, one: int, words: str) -> str:
        inner = f"<w:r><w:{kind}Ref/></w:r>{run(words)}"
        return f'<w:{kind} w:id="{one}">{p(inner=inner)}</w:{kind}>'

    def reference(kind: str, one: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{one}"/></w:r>'

    body = p("Paid", inner=reference("footnote", 5) + run(" monthly") + reference("endnote", 2))
    body += p("And", inner=reference("footnote", 4))
    parts = {
        "word/footnotes.xml": w_part(
            "footnotes", note("footnote", 4, "By bank.") + note("footnote", 5, "At £25.")
        ),
        "word/endnotes.xml": w_part("endnotes", note("endnote", 2, "See the policy.")),
    }
    found = blocks_of(docx(body, parts=parts))
    assert [b.text for b in found] == [
        "Paid[1] monthly[i]", "And[2]", "At £25.", "See the policy.", "By bank.",
    ]  # fmt: skip
    assert [b.marker for b in found[2:]] == ["1", "i", "2"]
    assert {b.kind for b in found[2:]} == {BlockKind.FOOTNOTE}


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    inner = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>"
        f"{box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}"
        "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    reading = parse(
        docx(p("Beside", inner=inner)), file_name="a.docx", report=lambda done, total: None
    )
    assert [b.text for b in reading.blocks] == ["Beside", "In the box"]
    assert reading.notes == []


def test_pictures_are_kept_as_they_are_and_others_are_named():
    def drawing(relation: str, said: str) -> str:
        return (
            f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{said}"/>'
            f'<a:blip r:embed="{relation}"/></wp:inline></w:drawing></w:r>'
        )

    body = p("See", inner=drawing("i1", "A map of Hull") + drawing("i2", "A chart"))
    picture = png()
    untrusted = docx(
        body,
        parts={"word/media/1.png": picture, "word/media/2.emf": b"\x01\x00\x00\x00"},
        related={"i1": ("image", "media/1.png"), "i2": ("image", "media/2.emf")},
    )
    reading = parse(untrusted, file_name="a.docx", report=lambda done, total: None)
    words, image = reading.blocks
    assert (words.text, image.kind, image.text) == ("See", BlockKind.IMAGE, "A map of Hull")
    assert reading.pictures == {image.image: picture}
    assert reading.notes == ["1 picture or drawing is not shown here."]


def test_pages_as_word_last_broke_them():
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = p("One") + p(inner=rendered + run("Two")) + p("Long", inner=rendered + run("er"))
    body += p("Four", inner='<w:r><w:br w:type="page"/></w:r>') + p(inner=rendered + run("Five"))
    reading = parse(docx(body), file_name="a.docx", report=lambda done, total: None)
    assert [(b.text, b.page) for b in reading.blocks] == [
        ("One", 1), ("Two", 2), ("Longer", 2), ("Four", 3), ("Five", 4),
    ]  # fmt: skip
    assert reading.pages == 4


def test_pages_as_a_person_broke_them_or_none_at_all():
    made = p("One", inner='<w:r><w:br w:type="page"/></w:r>') + p("Two")
    made += p("Three", properties="<w:pageBreakBefore/>")
    assert [b.page for b in blocks_of(docx(made))] == [1, 2, 3]
    assert [b.page for b in blocks_of(docx(p("One") + p("Two")))] == [None, None]


def test_every_script_survives():
    words = "שלום עולם · مرحبا · 😀👩🏽‍🔬 · e\u0301lan · नमस्ते"
    assert texts_of(docx(p(words))) == [words.replace("e\u0301", "é")]


def test_a_file_by_python_docx():
    import docx as python_docx

    made = python_docx.Document()
    made.core_properties.title = "Draft protocol"
    made.sections[0].header.paragraphs[0].text = "Running head"
    made.add_heading("Protocol", 0)
    made.add_heading("Aims", 2)
    made.add_paragraph("First aim", style="List Number")
    made.add_paragraph("Second aim", style="List Number")
    made.add_paragraph("A point", style="List Bullet")
    whole = io.BytesIO()
    made.save(whole)
    reading = parse(whole.getvalue(), file_name="a.docx", report=lambda done, total: None)
    assert reading.title == "Draft protocol"
    assert [(b.kind.value, b.level, b.marker, b.text) for b in reading.blocks] == [
        ("heading", 1, "", "Protocol"),
        ("heading", 2, "", "Aims"),
        ("list_item", 1, "1.", "First aim"),
        ("list_item", 1, "2.", "Second aim"),
        ("list_item", 1, "•", "A point"),
    ]


def test_the_strict_form_is_read_alike():
    strict = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main":
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    }  # fmt: skip
    import zipfile

    from tests.documents.document_makers import zipped

    archive = zipfile.ZipFile(io.BytesIO(docx(p("Strictly"))))
    parts = {name: archive.read(name) for name in archive.namelist()}
    for usual, other in strict.items():
        parts["word/document.xml"] = parts["word/document.xml"].replace(usual, other)
    assert texts_of(zipped(parts)) == ["Strictly"]
