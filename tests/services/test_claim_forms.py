"""The organisation's own claim form: names found and filled in, and everything else as it was."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Picture

from mhin_ppi.domain.accounts import FormKind
from mhin_ppi.domain.claim_form_fields import FIELDS
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.errors import InputError, NotAllowedError, UnreadableError, UnsupportedError
from tests.robots.spreadsheets import SPREADSHEETS, shown_by_libreoffice

EVIL = "=HYPERLINK(1)"


def spent(name: str, pence: int) -> ClaimLine:
    on = date(2026, 3, 1)
    return ClaimLine(LineKind.EXPENSE, on, name, pence, id=name, category="public_transport")


@pytest.fixture
def claim(pair):
    made = pair.amber.claims.submit([spent("Bus", 480), spent(EVIL, 2200)]).value
    pair.exchange()
    return made


@pytest.fixture
def word_form(tmp_path):
    """A Word form as people make them: names cut into runs, a table, a header, a control."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "The Trust: {{reference}}"
    paragraph = document.add_paragraph("Name: ")
    for piece in ("{", "{per", "son", "}", "}", ", thank you"):
        paragraph.add_run(piece).bold = piece == "son"
    document.add_paragraph("Cost centre {{cost centre}}, total {{total}} on {{date}}")
    table = document.add_table(rows=3, cols=3)
    for at, words in enumerate(("Day", "What for", "Amount")):
        table.cell(0, at).text = words
    for at, name in enumerate(("line.day", "line.what", "line.amount")):
        table.cell(1, at).text = f"{{{{{name}}}}}"
    table.cell(2, 1).text = "Total"
    table.cell(2, 2).text = "{{total}}"
    file = tmp_path / "form.docx"
    document.save(file)
    return file


@pytest.fixture
def excel_form(tmp_path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Claim"
    page["A1"], page["B1"] = "Name", "{{person}}"
    page["A2"] = "Ref"
    for at, name in enumerate(("line.day", "line.what", "line.amount"), start=1):
        cell = page.cell(4, at, f"{{{{{name}}}}}")
        cell.font = Font(bold=True)
    page["A5"], page["C5"] = "Total", "{{total}}"
    page["A6"], page["C6"] = "=1+1", "=SUM(C4:C4)+C5"
    Picture.new("RGB", (4, 4)).save(tmp_path / "a.png")
    page.add_image(Image(str(tmp_path / "a.png")), "F1")
    page.merge_cells("A7:C7")
    page["A7"] = "Signed"
    book.defined_names["reference"] = DefinedName("reference", attr_text="Claim!$B$2")
    file = tmp_path / "form.xlsx"
    book.save(file)
    return file


def test_a_word_form_is_filled_in_and_keeps_the_rest(pair, claim, word_form):
    forms = pair.ruth.payments.forms
    fields = forms.look_into(word_form)
    assert set(fields.found) == {
        *("person", "reference", "total", "date", "line.day", "line.what", "line.amount"),
    }
    assert fields.unknown == ("cost centre",)
    assert set(fields.unused) == set(FIELDS) - set(fields.found)
    kept = forms.keep(word_form, name=" The Trust ").value
    assert (kept.name, kept.kind, forms.kept()) == ("The Trust", FormKind.DOCX, [kept])

    whole = forms.fill(kept.id, claim.id)
    document = docx.Document(io.BytesIO(whole))
    assert document.sections[0].header.paragraphs[0].text == f"The Trust: {reference_of(claim.id)}"
    words = [paragraph.text for paragraph in document.paragraphs]
    assert "Name: Amber Fictional, thank you" in words
    assert any("Cost centre {{cost centre}}, total £26.80 on 2" in one for one in words)
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[1:] for row in rows] == [
        ["What for", "Amount"],
        ["Bus", "£4.80"],
        [EVIL, "£22.00"],
        ["Total", "£26.80"],
    ]
    before, after = zipfile.ZipFile(word_form), zipfile.ZipFile(io.BytesIO(whole))
    assert before.namelist() == after.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert sorted(changed) == ["word/document.xml", "word/header1.xml"]


def test_an_excel_form_is_filled_in_and_no_words_become_a_formula(pair, claim, excel_form):
    forms = pair.ruth.payments.forms
    kept = forms.keep(excel_form, name="The Trust").value
    assert kept.kind is FormKind.XLSX
    page = openpyxl.load_workbook(io.BytesIO(forms.fill(kept.id, claim.id)))["Claim"]
    assert page["B1"].value == "Amber Fictional"
    assert page["B2"].value == reference_of(claim.id)
    assert [page.cell(row, 2).value for row in (4, 5)] == ["Bus", EVIL]
    assert page["B5"].data_type == "s"
    assert [page.cell(row, 3).value for row in (4, 5, 6)] == [4.8, 22, 26.8]
    assert page["C7"].value == "=SUM(C4:C5)+C6"
    assert page["A4"].font.bold
    assert page["A5"].font.bold
    assert page["A7"].value == "=1+1"
    assert [str(one) for one in page.merged_cells.ranges] == ["A8:C8"]
    before = zipfile.ZipFile(excel_form)
    after = zipfile.ZipFile(io.BytesIO(forms.fill(kept.id, claim.id)))
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert sorted(changed) == ["xl/workbook.xml", "xl/worksheets/sheet1.xml"]
    assert "xl/media/image1.png" in after.namelist()


def test_files_that_cannot_be_filled_in_are_refused_and_say_why(pair, tmp_path, word_form):
    forms = pair.ruth.payments.forms
    empty = docx.Document()
    empty.add_paragraph("Nothing to fill in.")
    empty.save(tmp_path / "empty.docx")
    (tmp_path / "broken.docx").write_bytes(word_form.read_bytes()[:900])
    (tmp_path / "words.docx").write_text("{{person}}")
    macros = tmp_path / "macros.docx"
    shutil.copy(word_form, macros)
    with zipfile.ZipFile(macros, "a") as whole:
        whole.writestr("word/vbaProject.bin", b"x")
    for name, refusal in (
        ("empty.docx", InputError),
        ("broken.docx", (UnreadableError, UnsupportedError)),
        ("words.docx", (UnreadableError, UnsupportedError)),
        ("macros.docx", UnsupportedError),
        ("nowhere.docx", InputError),
    ):
        with pytest.raises(refusal) as said:
            forms.keep(tmp_path / name, name="The Trust")
        assert name in str(said.value)
    with (tmp_path / "huge.docx").open("wb") as huge:
        huge.truncate(500 * 1024 * 1024)
    with pytest.raises(UnsupportedError):
        forms.keep(tmp_path / "huge.docx", name="The Trust")
    with pytest.raises(InputError):
        forms.keep(word_form, name=" ")
    assert forms.kept() == []
    with pytest.raises(NotAllowedError):
        pair.amber.payments.forms.kept()


def test_what_reckons_with_the_lines_of_an_excel_form_follows_them(pair, claim, tmp_path):
    """A summary on another page shows the total, and each line is reckoned from its own row."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Claim"
    page["A4"], page["C4"] = "{{line.what}}", "{{line.amount}}"
    page["D4"], page["E4"] = "=C4*2", "=D4"
    page.merge_cells("A4:B4")
    page["C5"] = "=SUM(C4:C4)"
    page.print_area = "A1:E9"
    page.conditional_formatting.add("C4", FormulaRule(formula=["C4>$C$5"], font=Font(bold=True)))
    book.create_sheet("Summary")["A1"] = "=Claim!C5+A2"
    book.defined_names["grand"] = DefinedName("grand", attr_text="Claim!$C$5")
    Picture.new("RGB", (4, 4)).save(tmp_path / "a.png")
    page.add_image(Image(str(tmp_path / "a.png")), "A8")
    file = tmp_path / "form.xlsx"
    book.save(file)
    forms = pair.ruth.payments.forms
    filled = openpyxl.load_workbook(
        io.BytesIO(forms.fill(forms.keep(file, name="The Trust").value.id, claim.id))
    )
    page = filled["Claim"]
    assert [page.cell(row, 4).value for row in (4, 5)] == ["=C4*2", "=C5*2"]
    assert [page.cell(row, 5).value for row in (4, 5)] == ["=D4", "=D5"]
    assert page["C6"].value == "=SUM(C4:C5)"
    assert sorted(str(one) for one in page.merged_cells.ranges) == ["A4:B4", "A5:B5"]
    assert page.print_area == "'Claim'!$A$1:$E$10"
    assert filled["Summary"]["A1"].value == "=Claim!C6+A2"
    assert filled.defined_names["grand"].attr_text == "Claim!$C$6"
    (rule,) = page.conditional_formatting
    assert (str(rule.sqref), rule.rules[0].formula) == ("C4:C5", ["C4>$C$6"])
    assert page._images[0].anchor._from.row == 8


def test_a_list_of_formulas_that_is_no_longer_so_is_left_out(pair, claim, tmp_path):
    """Excel makes the list anew; one that names cells without formulas is a damaged file to it."""
    book = openpyxl.Workbook()
    page = book.active
    page["A1"], page["B1"], page["A2"] = "{{line.amount}}", "=A1*2", "=SUM(A1:A1)"
    plain = io.BytesIO()
    book.save(plain)
    file, named = tmp_path / "form.xlsx", "xl/calcChain.xml"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    chain = f'<calcChain xmlns="{main}"><c r="B1" i="1"/><c r="A2" i="1"/></calcChain>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    told = {
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/{named}" ContentType="application/vnd.openxmlformats-'
            'officedocument.spreadsheetml.calcChain+xml"/></Types>',
        ),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{office}/calcChain" Target="calcChain.xml"/>'
            "</Relationships>",
        ),
    }
    with zipfile.ZipFile(plain) as empty, zipfile.ZipFile(file, "w") as made:
        for name in empty.namelist():
            made.writestr(name, empty.read(name).decode().replace(*told.get(name, ("", ""))))
        made.writestr(named, chain)
    forms = pair.ruth.payments.forms
    whole = io.BytesIO(forms.fill(forms.keep(file, name="The Trust").value.id, claim.id))
    with zipfile.ZipFile(whole) as filled:
        assert named not in filled.namelist()
        for name in told:
            assert b"calcChain" not in filled.read(name)
            assert b"worksheets/sheet1.xml" in filled.read(name)
    assert openpyxl.load_workbook(whole).active["B2"].value == "=A2*2"


def test_what_formulas_had_come_to_in_the_empty_form_is_not_shown_in_the_filled_one(
    pair, claim, tmp_path
):
    file = tmp_path / "form.xlsx"
    book = xlsxwriter.Workbook(file)
    page = book.add_worksheet("Claim")
    page.write_string("A1", "{{total}}")
    page.write_formula("A2", "=A1*1", None, 0)
    book.add_worksheet("Summary").write_formula("A1", "=Claim!A1", None, 0)
    book.close()
    forms = pair.ruth.payments.forms
    whole = forms.fill(forms.keep(file, name="The Trust").value.id, claim.id)
    assert openpyxl.load_workbook(io.BytesIO(whole))["Claim"]["A1"].value == 26.8
    shown = openpyxl.load_workbook(io.BytesIO(whole), data_only=True)
    assert shown["Claim"]["A2"].value is None
    assert shown["Summary"]["A1"].value is None


def control(parent, name: str, *, hint: str = "", tied: bool = False):
    """Put a content control into a paragraph, as Word makes them."""
    made = OxmlElement("w:sdt")
    known = OxmlElement("w:sdtPr")
    for kind, words in (("w:tag", name), ("w:id", "7")):
        element = OxmlElement(kind)
        element.set(qn("w:val"), words)
        known.append(element)
    if hint:
        known.append(OxmlElement("w:showingPlcHdr"))
    if tied:
        known.append(OxmlElement("w:dataBinding"))
    content = OxmlElement("w:sdtContent")
    if hint:
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = hint
        run.append(text)
        content.append(run)
    made.append(known)
    made.append(content)
    parent._p.append(made)


def test_controls_of_a_word_form_are_filled_in_and_stay_filled_in(pair, claim, tmp_path):
    document = docx.Document()
    control(document.add_paragraph("Name: "), "person", hint="Click to type", tied=True)
    control(document.add_paragraph("Total: "), "total")
    document.add_paragraph("{{line.time}}")
    table = document.add_table(rows=1, cols=2)
    for cell, name in zip(table.rows[0].cells, ("line.what", "line.amount"), strict=True):
        control(cell.paragraphs[0], name, hint="…")
    file = tmp_path / "controls.docx"
    document.save(file)
    forms = pair.ruth.payments.forms
    fields = forms.look_into(file)
    assert set(fields.found) == {"person", "total", "line.what", "line.amount"}
    assert fields.unknown == ("line.time (not in a row of a table)",)
    whole = forms.fill(forms.keep(file, name="The Trust").value.id, claim.id)
    body = docx.Document(io.BytesIO(whole)).element.body
    words = ["".join(t.text for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p"))]
    assert words[:2] == ["Name: Amber Fictional", "Total: £26.80"]
    assert words[3:] == ["Bus", "£4.80", EVIL, "£22.00"]
    for gone in ("w:showingPlcHdr", "w:dataBinding"):
        assert not list(body.iter(qn(gone)))
    assert len(list(body.iter(qn("w:id")))) == 4


def test_words_that_no_office_file_can_hold_do_not_stop_the_filling(pair, word_form, excel_form):
    made = pair.amber.claims.submit([spent("Bus\x0bto\x01 \ufffeHull\n\u202eback", 480)]).value
    pair.exchange()
    forms = pair.ruth.payments.forms
    kept = [forms.keep(file, name=file.name).value for file in (word_form, excel_form)]
    word, excel = (forms.fill(one.id, made.id) for one in kept)
    assert docx.Document(io.BytesIO(word)).tables[0].cell(1, 1).text == "Busto Hull back"
    assert openpyxl.load_workbook(io.BytesIO(excel))["Claim"]["B4"].value == "Busto Hull back"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_shows_the_filled_word_form(pair, claim, word_form, tmp_path):
    forms = pair.ruth.payments.forms
    kept = forms.keep(word_form, name="The Trust").value
    (tmp_path / "filled.docx").write_bytes(forms.fill(kept.id, claim.id))
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "txt:Text", "--outdir", tmp_path, "filled.docx"],
        cwd=tmp_path,
        check=True,
        timeout=240,
    )
    words = (tmp_path / "filled.txt").read_text(encoding="utf-8-sig")
    assert "Amber Fictional" in words
    assert "£26.80" in words


@pytest.mark.slow
@pytest.mark.skipif(not SPREADSHEETS, reason="LibreOffice is not here, or without Calc")
def test_libreoffice_works_out_the_filled_excel_form(pair, claim, excel_form, tmp_path):
    forms = pair.ruth.payments.forms
    kept = forms.keep(excel_form, name="The Trust").value
    (rows,) = shown_by_libreoffice(forms.fill(kept.id, claim.id), tmp_path).values()
    assert rows[0][:2] == ["Name", "Amber Fictional"]
    assert rows[1][:2] == ["Ref", reference_of(claim.id)]
    assert [row[1:3] for row in rows[3:5]] == [["Bus", "4.8"], [EVIL, "22"]]
    assert rows[5][2] == "26.8"
    assert rows[6][0] == "2"
    assert rows[6][2] == "53.6", "the sum of the copied rows, and the total"
