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
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Picture

from mhin_ppi.domain.accounts import FormKind
from mhin_ppi.domain.claim_form_fields import FIELDS
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.errors import InputError, NotAllowedError, UnreadableError, UnsupportedError

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
