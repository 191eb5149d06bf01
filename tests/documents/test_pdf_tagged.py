"""Tagged PDF files: read by their structure when it accounts for the text, else by their looks."""

from __future__ import annotations

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from mhin_ppi.documents.child import parse
from mhin_ppi.documents.frames import Reading
from mhin_ppi.domain.blocks import BlockKind


class Tagger:
    """Writes a tagged PDF by hand: words with marks, and a structure tree over them."""

    def __init__(self) -> None:
        self.pdf = pikepdf.new()
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
        self.font = self.pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        )
        self.marks: list[list[pikepdf.Object]] = []

    def page(self) -> None:
        self.pdf.add_blank_page(page_size=(595, 842))
        page = self.pdf.pages[-1]
        page.Resources = Dictionary(Font=Dictionary(F=self.font))
        page.StructParents = len(self.marks)
        self.marks.append([])
        self.content = b""
        self.y = 780

    def element(self, kind: str, parent: pikepdf.Object | None = None, **more: object):
        parent = self.root if parent is None else parent
        made = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=parent, K=Array(), **more)
        )
        parent.K.append(made)
        return made

    def words(self, element: pikepdf.Object | None, *lines: str) -> None:
        """Write lines on the page, marked as belonging to the element (or to none)."""
        mark = len(self.marks[-1])
        if element is not None:
            element.K.append(mark)
            element.Pg = self.pdf.pages[-1].obj
            self.marks[-1].append(element)
            self.content += f"/P <</MCID {mark}>> BDC\n".encode()
        else:
            self.content += b"/Artifact BMC\n"
        for line in lines:
            self.content += f"BT /F 11 Tf 72 {self.y} Td ({line}) Tj ET\n".encode()
            self.y -= 14
        self.content += b"EMC\n"
        self.pdf.pages[-1].Contents = self.pdf.make_stream(self.content)

    def whole(self) -> bytes:
        numbers = Array()
        for at, marks in enumerate(self.marks):
            numbers.extend([at, Array(marks)])
        self.root.ParentTree = Dictionary(Nums=numbers)
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)
        out = io.BytesIO()
        self.pdf.save(out)
        return out.getvalue()


def read(untrusted: bytes) -> Reading:
    return parse(untrusted, file_name="draft.pdf", report=lambda done, total: None)


def a_document() -> Tagger:
    made = Tagger()
    made.page()
    document = made.element("Document")
    made.words(None, "Running head of the sample")
    made.words(made.element("H1", document), "Aims of the study")
    made.words(made.element("P", document), "We ask people about the rando-", "mised trial they")
    made.words(made.element("H2", document), "Who takes part")
    items = made.element("L", document)
    for marker, words in (("a.", "Adults who live near"), ("b.", "Their carers as well")):
        item = made.element("LI", items)
        made.words(made.element("Lbl", item), marker)
        made.words(made.element("LBody", item), words)
    table = made.element("Table", document)
    for kind, cells in (("TH", ("Visit", "When")), ("TD", ("First", "in May"))):
        row = made.element("TR", table)
        for words in cells:
            made.words(made.element("P", made.element(kind, row)), words)
    paragraph = made.element("P", document)
    made.words(paragraph, "Everyone is paid for their time")
    note = made.element("Note", paragraph)
    made.words(made.element("Lbl", note), "1")
    made.words(note, "At the rate of the year.")
    made.element("Figure", document, Alt=String("A map of the two sites"))
    made.words(made.element("P", document), "This goes on to the next")
    made.page()
    made.words(made.element("P", document), "page and ends there.")
    return made


def test_structure_is_taken_from_the_tags():
    found = read(a_document().whole())
    assert [(b.kind.value, b.level, b.marker, b.text, b.page) for b in found.blocks] == [
        ("heading", 1, "", "Aims of the study", 1),
        ("paragraph", 0, "", "We ask people about the randomised trial they", 1),
        ("heading", 2, "", "Who takes part", 1),
        ("list_item", 1, "a.", "Adults who live near", 1),
        ("list_item", 1, "b.", "Their carers as well", 1),
        ("table", 0, "", "Visit\tWhen\nFirst\tin May", 1),
        ("paragraph", 0, "", "Everyone is paid for their time", 1),
        ("paragraph", 0, "", "This goes on to the next page and ends there.", 1),
        ("footnote", 0, "1", "At the rate of the year.", 1),
    ]
    assert found.blocks[5].header_rows == 1


def test_contents_lines_lose_their_dots_here_too():
    made = Tagger()
    made.page()
    contents = made.element("TOC", made.element("Document"))
    made.words(made.element("TOCI", contents), "1 Aims ................ 3")
    assert [block.text for block in read(made.whole()).blocks] == ["1 Aims\t3"]


def test_tags_that_leave_most_of_the_text_out_are_not_trusted():
    made = Tagger()
    made.page()
    made.words(made.element("H1", made.element("Document")), "A title")
    made.words(None, *(f"Line {n} of text that no tag is about, and so it" for n in range(20)))
    found = read(made.whole())
    assert "Line 19 of text that no tag is about" in found.blocks[-1].text


@pytest.mark.parametrize("damage", ["loop", "twice"])
def test_a_tree_that_bites_its_tail_is_survived(damage):
    made = a_document()
    document = made.root.K[0]
    if damage == "loop":
        document.K[0].K.append(document)
    else:
        for _ in range(50):
            document.K.append(document.K[1])
    found = read(made.whole())
    texts = [block.text for block in found.blocks]
    assert sum("randomised trial" in text for text in texts) == 1
    assert {block.kind for block in found.blocks} >= {BlockKind.HEADING, BlockKind.PARAGRAPH}
