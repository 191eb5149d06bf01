"""Answer sheets: written, filled in by a team with its own programs, and read back in."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date

import docx
import openpyxl
import pytest

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.answer_sheet import AnswerSheet, code_of
from mhin_ppi.domain.questions import QuestionState, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.errors import DocumentError, InputError, NotAllowedError
from mhin_ppi.services.answer_sheets import LeavingSheet
from mhin_ppi.services.sheet_rows import SheetCheck, Standing
from tests.services.laptops import Pair

ASKED = ("Is a text safe?", "=SUM(1,2) is what?", "Who is told?", "Why a voucher?", "Too late?")
HEADS = ("Decision", "Answer", "Reason", "Who decided", "Date")
FIRST = ("Will change", "It will carry no name.", "", "Dr Invented", date(2026, 3, 2))
NOTHING = LeavingSheet(AnswerSheet("Nothing", "Test board", date(2026, 3, 2), ()), 0)
SECOND = ("will not change", "It stays.", "The law asks for it.", "", None)


def ask(pair: Pair) -> list:
    """Raise five questions, and one that is for the coordinator only."""
    made = []
    for number, words in enumerate(ASKED):
        span = pair.span("by text message") if not number else None
        noted = pair.amber.annotations.annotate(
            pair.version, kind=AnnotationKind.QUESTION, body=words, span=span
        )
        made.append(noted.value.question.id)
    pair.amber.questions.raise_question("In private?", visibility=Visibility.COORDINATOR)
    pair.to_ruth()
    return made


def filled_excel(written: bytes, fill: dict, *, order=None, twice: str = "") -> bytes:
    """Fill a workbook in as a person does in a spreadsheet, perhaps with its rows moved."""
    book = openpyxl.load_workbook(io.BytesIO(written))
    page = book["Answers"]
    head = [cell.value for cell in page[1]]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    for row in rows:
        for name, words in zip(HEADS, fill.get(row[head.index("Code")], ()), strict=False):
            row[head.index(name)] = words
    if twice:
        rows += [row for row in rows if row[head.index("Code")] == twice]
    if order is not None:
        rows = [rows[at] for at in order]
    for at, row in enumerate([*rows, *[[None] * len(head)] * 9], start=2):
        for column, value in enumerate(row, start=1):
            page.cell(at, column).value = value
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def filled_word(written: bytes, fill: dict, *, backwards: bool = False) -> bytes:
    made = docx.Document(io.BytesIO(written))
    for table in made.tables:
        cells = {row.cells[0].text: row.cells[1] for row in table.rows}
        for name, words in zip(HEADS, fill.get(cells["Code"].text, ()), strict=False):
            for control in cells[name]._tc.iter(docx.oxml.ns.qn("w:sdt")):
                for text in control.iter(docx.oxml.ns.qn("w:t")):
                    text.text = words
            if name != "Decision":
                shown = words.strftime("%d/%m/%Y") if isinstance(words, date) else words
                cells[name].text = shown or ""
    if backwards:
        body = made.element.body
        for table in [one._tbl for one in made.tables]:
            body.insert(0, table)
    whole = io.BytesIO()
    made.save(whole)
    return whole.getvalue()


def leaving(pair: Pair) -> LeavingSheet:
    return pair.ruth.answering.sheets.leaving(project=pair.project)


def check(pair: Pair, file: bytes, name: str) -> SheetCheck:
    sheets = pair.ruth.answering.sheets
    return sheets.check(sheets.read(file, file_name=name))


def test_a_sheet_holds_what_may_leave_and_nothing_else(pair: Pair):
    questions = ask(pair)
    going = leaving(pair)
    assert [row.asked for row in going.sheet.rows] == list(ASKED)
    assert going.kept_back == 0, "that one is about no project"
    assert pair.ruth.answering.sheets.leaving().kept_back == 1
    assert going.sheet.rows[0].passage == "“by text message” (Draft protocol, version 1)"
    assert {row.asked_by for row in going.sheet.rows} == {"A board member"}
    excel = pair.ruth.answering.sheets.write(going, as_word=False)
    page = openpyxl.load_workbook(io.BytesIO(excel))["Answers"]
    cells = {cell.value: cell for row in page.iter_rows() for cell in row}
    assert cells["'=SUM(1,2) is what?"].data_type == "s"
    assert not any(cell.data_type == "f" for cell in cells.values())
    lists = [one.formula1 for one in page.data_validations.dataValidation if one.type == "list"]
    assert lists == ['"Will change,Already covered,Will not change,Needs discussion"']
    word = pair.ruth.answering.sheets.write(going, as_word=True)
    with zipfile.ZipFile(io.BytesIO(word)) as parts:
        body = parts.read("word/document.xml").decode()
    assert "Amber" not in body
    assert body.count("<w:dropDownList>") == len(ASKED)
    pair.ruth.questions.respond(questions[0], decision=Decision.WILL_CHANGE, body="Yes.")
    assert len(leaving(pair).sheet.rows) == 4, "what is answered does not go again"
    with pytest.raises(NotAllowedError):
        pair.amber.answering.sheets.leaving()
    with pytest.raises(InputError):
        pair.ruth.answering.sheets.write(NOTHING, as_word=True)


def test_words_that_no_cell_holds_are_not_cut_in_silence(pair: Pair):
    words = "Who is told? " * 8_000
    question = pair.ruth.questions.raise_question(
        words, project=pair.project, on_behalf_of=pair.kim
    ).value
    sheets = pair.ruth.answering.sheets
    written = sheets.write(leaving(pair), as_word=False)
    shown = openpyxl.load_workbook(io.BytesIO(written))["Answers"]["B2"].value
    assert shown.endswith("The coordinator can send it as a Word file.]")
    whole = docx.Document(io.BytesIO(sheets.write(leaving(pair), as_word=True)))
    assert words.strip() in whole.tables[0].rows[1].cells[1].text
    back = filled_excel(written, {code_of(question.id): FIRST})
    assert [row.asked for row in check(pair, back, "back.xlsx").to_record] == [question.body]


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_answers_are_shown_first_then_recorded_once(pair: Pair, form: str):
    one, two, *_ = ask(pair)
    written = pair.ruth.answering.sheets.write(leaving(pair), as_word=form == "docx")
    fill = {code_of(one): FIRST, code_of(two): SECOND}
    if form == "docx":
        back = filled_word(written, fill, backwards=True)
    else:
        back = filled_excel(written, fill, order=(4, 1, 0))
    found = check(pair, back, f"back.{form}")
    assert [row.asked for row in found.of(Standing.NEW)] == [ASKED[1], ASKED[0]]
    assert len(found.of(Standing.EMPTY)) == (3 if form == "docx" else 1)
    assert found.of(Standing.UNCLEAR, Standing.CHANGED, Standing.KNOWN) == ()
    story = pair.ruth.questions.story
    assert story(one).response is None, "nothing is recorded by looking"

    assert pair.ruth.answering.sheets.record(found).value == 2
    first, second = story(one).response, story(two).response
    assert (first.decision, first.body) == (Decision.WILL_CHANGE, "It will carry no name.")
    assert (first.decided_by, first.decided_on) == ("Dr Invented", date(2026, 3, 2))
    assert (second.reason, second.decided_by) == ("The law asks for it.", "the team")
    assert second.decided_on == pair.ruth.desk.today()
    assert story(two).fate.state is QuestionState.NOT_CHANGED

    again = check(pair, back, f"back.{form}")
    assert len(again.of(Standing.KNOWN)) == 2
    assert pair.ruth.answering.sheets.record(again).value == 0
    assert pair.ruth.answering.sheets.record(found).value == 0, "nor is what was checked before"
    assert len(story(one).responses) == len(story(two).responses) == 1


def test_a_changed_answer_is_shown_as_one_and_the_earlier_is_kept(pair: Pair):
    one, *_ = ask(pair)
    written = pair.ruth.answering.sheets.write(leaving(pair), as_word=False)
    sheets, code = pair.ruth.answering.sheets, code_of(one)
    old = filled_excel(written, {code: FIRST})
    sheets.record(check(pair, old, "a.xlsx"))
    new = filled_excel(written, {code: ("Already covered", "Page 3 says so.", "", "", None)})
    found = check(pair, new, "b.xlsx")
    assert [row.standing for row in found.to_record] == [Standing.CHANGED]
    sheets.record(found)
    assert [r.body for r in pair.ruth.questions.story(one).responses] == [
        "It will carry no name.",
        "Page 3 says so.",
    ]
    assert check(pair, old, "a.xlsx").to_record == (), "an old sheet does not undo a newer answer"


def test_what_is_not_clear_is_named_and_left_out(pair: Pair):
    questions = ask(pair)
    codes = [code_of(question) for question in questions]
    pair.amber.questions.take_step(questions[4], StepKind.WITHDRAW)
    written = pair.ruth.answering.sheets.write(leaving(pair), as_word=False)
    pair.to_ruth()
    fill = {
        codes[0]: ("Perhaps", "We will see.", "", "", None),
        codes[1]: ("Will not change", "No.", "", "", None),
        codes[2]: ("Will change", "Yes.", "", "", "3/4/26"),
        codes[3]: ("Will change", "", "", "", None),
        codes[4]: ("Will change", "Yes.", "", "", None),
    }
    found = check(pair, filled_excel(written, fill), "a.xlsx")
    assert [row.why for row in found.of(Standing.UNCLEAR)] == [
        "“Perhaps” is not one of the four decisions: Will change, Already covered, Will not "
        "change, Needs discussion.",
        "“Will not change” needs a reason.",
        "“3/4/26” is not a day that can be told for sure: write it like 3/4/2026.",
        "There is a decision but no answer for the person who asked.",
        "This question is “Taken back” already.",
    ]
    assert [row.row.where for row in found.rows] == [f"row {n}" for n in range(2, 7)]
    assert found.to_record == ()

    fill = {codes[0]: FIRST, codes[1]: ("Will change", "Y", "", "", date(2026, 12, 1))}
    twice = filled_excel(written, fill, twice=codes[0])
    found = check(pair, twice, "a.xlsx")
    assert [row.asked for row in found.of(Standing.NEW)] == [ASKED[0]], "one row, copied"
    assert found.of(Standing.UNCLEAR)[0].why == "The day of the decision has not come yet."
    early = {codes[1]: ("Will change", "Y", "", "", date(2026, 2, 1))}
    found = check(pair, filled_excel(written, early), "a.xlsx")
    assert found.of(Standing.UNCLEAR)[0].why.endswith("is before the question was asked.")
    before = {codes[1]: ("Already covered", "Page 3.", "", "", date(2025, 2, 1))}
    found = check(pair, filled_excel(written, before), "a.xlsx")
    assert pair.ruth.answering.sheets.record(found).value == 1, "covered since long before"
    assert pair.ruth.questions.story(questions[1]).response.decided_on == date(2025, 2, 1)
    book = openpyxl.load_workbook(io.BytesIO(twice))
    book["Answers"].cell(7, 6).value = "Something else."
    book["Answers"].cell(3, 10).value = "ABCD-ABCD-ABCD"
    book["Answers"].cell(4, 10).value = "question 3"
    book["Answers"].cell(4, 6).value = "Words."
    whole = io.BytesIO()
    book.save(whole)
    found = check(pair, whole.getvalue(), "a.xlsx")
    assert {row.why for row in found.of(Standing.UNCLEAR)} == {
        "There are two rows with this code, and they say different things.",
        "No question on this board has this code.",
        "“question 3” is not a question's code.",
    }
    assert found.to_record == ()


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_an_answer_goes_to_nobody_elses_question_when_columns_were_sorted_apart(
    pair: Pair, form: str
):
    one, two, three, *_ = ask(pair)
    written = pair.ruth.answering.sheets.write(leaving(pair), as_word=form == "docx")
    fill = {code_of(each): FIRST for each in (one, two, three)}
    whole = io.BytesIO()
    if form == "docx":
        made = docx.Document(io.BytesIO(filled_word(written, fill)))
        first, second = (table.rows[0].cells[1] for table in made.tables[:2])
        first.text, second.text = second.text, first.text
        made.tables[2].rows[1].cells[1].text = "Who is told, and when?"
        made.save(whole)
    else:
        book = openpyxl.load_workbook(io.BytesIO(filled_excel(written, fill)))
        codes = [book["Answers"].cell(row, 10) for row in (2, 3)]
        codes[0].value, codes[1].value = codes[1].value, codes[0].value
        book["Answers"].cell(4, 2).value = "Who is told, and when?"
        book.save(whole)
    found = check(pair, whole.getvalue(), f"back.{form}")
    assert [row.why for row in found.of(Standing.UNCLEAR)] == [
        "The words beside this code are those of another question.",
    ] * 2
    assert [row.story.question.id for row in found.to_record] == [three], "words put right"
    assert pair.ruth.answering.sheets.record(found).value == 1


def test_other_files_are_refused_in_words(pair: Pair):
    read = pair.ruth.answering.sheets.read
    book = openpyxl.Workbook()
    book.active["A1"] = "Sales"
    whole = io.BytesIO()
    book.save(whole)
    for file, name, said in (
        (whole.getvalue(), "sales.xlsx", "is not an answer sheet"),
        (whole.getvalue()[:900], "half.xlsx", "part of the file is missing"),
        (b"Just text", "a.txt", "is not"),
        (_with_entity(whole.getvalue()), "trick.xlsx", "so it was not opened"),
    ):
        with pytest.raises(DocumentError, match=said):
            read(file, file_name=name)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_sheet_saved_by_libreoffice_says_the_same(pair: Pair, form: str, tmp_path):
    one, two, *_ = ask(pair)
    written = pair.ruth.answering.sheets.write(leaving(pair), as_word=form == "docx")
    fill = {code_of(one): FIRST, code_of(two): SECOND}
    filled = (filled_word if form == "docx" else filled_excel)(written, fill)
    (tmp_path / f"back.{form}").write_bytes(filled)
    done = subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", form, "--outdir", str(tmp_path / "saved"), str(tmp_path / f"back.{form}")],
        check=True, capture_output=True, timeout=200, text=True,
    )  # fmt: skip
    if form == "xlsx" and "could not be loaded" in done.stderr + done.stdout:
        pytest.skip("LibreOffice is here without Calc")
    saved = (tmp_path / "saved" / f"back.{form}").read_bytes()
    assert saved != filled
    before, after = (check(pair, file, f"a.{form}") for file in (filled, saved))
    assert after.rows == before.rows
    assert len(after.to_record) == 2


def _with_entity(workbook: bytes) -> bytes:
    """Return a workbook whose strings declare an entity."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(whole, "w") as new:
        for part in old.infolist():
            held = old.read(part)
            if part.filename == "xl/workbook.xml":
                held = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + held
            new.writestr(part.filename, held)
    return whole.getvalue()
