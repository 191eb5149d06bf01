from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdf
import pytest
from pdfua import validate

from mhin_ppi.domain.report_content import (
    ImpactReport,
    InvolvementTotals,
    QuestionLine,
    SummaryNumber,
    UnwelcomeEffects,
)
from mhin_ppi.errors import ReportError, Stopped
from mhin_ppi.reports import impact_questions, impact_report
from mhin_ppi.reports.impact_report import impact_charts
from mhin_ppi.reports.maker import ReportMaker
from tests.reports.example_report import example_report
from tests.reports.pdf_reading import FONTS, ReadPdf, read_pdf, squeezed

MAKER = ReportMaker(FONTS)
CONTENT = example_report(12)


@pytest.fixture(scope="module")
def body() -> bytes:
    return MAKER.impact_pdf(CONTENT)


@pytest.fixture(scope="module")
def read(body: bytes) -> ReadPdf:
    return read_pdf(body)


def small(**parts: object) -> ImpactReport:
    plain = ImpactReport("A report", "A board", "2026", date(2026, 12, 4))
    return replace(plain, **parts)  # type: ignore[arg-type]


def question(**parts: object) -> QuestionLine:
    plain = QuestionLine("Q1", "Why?", "Jon", "question", date(2026, 4, 1), "Changed")
    return replace(plain, **parts)  # type: ignore[arg-type]


def all_text(content: ImpactReport) -> str:
    return squeezed(read_pdf(MAKER.impact_pdf(content)).document.text())


def test_headings_lead_in_order_and_skip_no_level(read: ReadPdf) -> None:
    levels = [int(node.kind[1]) for node in read.document.walk() if node.kind[0] == "H"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    sections = [node.text() for node in read.all("H2")]
    assert sections == [
        "Contents",
        "What this report covers",
        "Key figures",
        "The questions at a glance",
        "You said, we did",
        "Effects nobody wanted, and no effect",
        "Time and payments",
        "How to read this report",
        "The charts as tables",
        "Record index",
    ]


def test_every_word_is_tagged_or_page_furniture(read: ReadPdf) -> None:
    assert read.untagged == []
    for number, furniture in enumerate(read.artifacts, start=1):
        assert f"Page {number} of {read.pages}" in furniture


def test_tables_have_rows_of_headed_cells(read: ReadPdf) -> None:
    tables = read.all("Table")
    assert len(tables) > 10
    for table in tables:
        assert {row.kind for row in table.children} == {"TR"}
        first, *rest = table.children
        assert {(cell.kind, cell.scope) for cell in first.children} == {("TH", "Column")}
        assert rest
        for row in rest:
            assert len(row.children) == len(first.children)
            assert all(cell.kind == "TD" or cell.scope == "Row" for cell in row.children)


def test_every_question_is_there_with_its_whole_fate(read: ReadPdf) -> None:
    text = squeezed(read.document.text())
    for line in CONTENT.questions:
        for words in (
            f"{line.reference} · {line.kind}",
            line.body,
            line.credited_as,
            line.passage_quote,
            line.change_before,
            line.change_after,
            line.asker_reply,
            *(impact.what_changed for impact in line.impacts),
            *(impact.contributor_view or "" for impact in line.impacts),
            *(impact.team_view or "" for impact in line.impacts),
            *line.record_ids,
        ):
            assert squeezed(words) in text


def test_another_library_reads_the_same_words(body: bytes) -> None:
    text = squeezed(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(body)).pages))
    for line in CONTENT.questions:
        assert squeezed(line.body) in text
        assert line.credited_as in text


def test_lines_broken_by_us_keep_the_space_between_words(read: ReadPdf) -> None:
    paragraphs = [squeezed(node.text()) for node in read.all("P")]
    assert squeezed(CONTENT.covers[0]) in paragraphs


def test_charts_are_figures_described_in_words(read: ReadPdf) -> None:
    alts = [figure.alt for figure in read.all("Figure")]
    assert alts == [chart.in_words() for chart in impact_charts(CONTENT)]
    assert "Changed 4" in alts[0]


def test_charts_come_again_as_tables(read: ReadPdf) -> None:
    rows = [[cell.text() for cell in row.children] for row in read.all("TR")]
    for chart in impact_charts(CONTENT):
        for bar in chart.bars:
            assert [bar.label, str(bar.count)] in rows


def test_contents_lead_to_the_pages_they_name(body: bytes, read: ReadPdf) -> None:
    links = [node for node in read.all("Link") if node.links]
    assert len(links) > 10
    with pikepdf.open(BytesIO(body)) as pdf:
        pages = [page.objgen for page in pdf.pages]
        boxes = [annotation for page in pdf.pages for annotation in page.obj.get("/Annots", [])]
        for annotation in boxes:
            words, number = str(annotation.Contents).rsplit(", page ", 1)
            at = pages.index(annotation.Dest[0].objgen)
            assert at + 1 == int(number)
            assert words in squeezed(pypdf.PdfReader(BytesIO(body)).pages[at].extract_text())
    for node in links:
        assert squeezed(node.text()) == node.links[0].replace(", page ", " ")


def test_the_outline_names_sections_projects_and_questions(body: bytes) -> None:
    with pikepdf.open(BytesIO(body)) as pdf, pdf.open_outline() as outline:
        sections = {entry.title: entry for entry in outline.root}
        projects = sections["You said, we did"].children
        assert [entry.title for entry in projects] == [CONTENT.questions[0].project]
        assert projects[0].children[0].title.startswith("Q1 Interviews at nine")


def test_the_file_says_what_it_is(body: bytes) -> None:
    with pikepdf.open(BytesIO(body)) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo["/Title"] == "What our questions changed, The Lantern Advisory Board"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == pdf.docinfo["/Title"]
        assert all(page.obj.Tabs == "/S" for page in pdf.pages)
        assert pdf.check_pdf_syntax() == []


def test_every_font_is_in_the_file(body: bytes) -> None:
    with pikepdf.open(BytesIO(body)) as pdf:
        for page in pdf.pages:
            for font in page.obj.Resources.Font.values():
                assert "/FontFile2" in font.FontDescriptor
                assert "/ToUnicode" in font


def test_the_accessibility_checker_finds_nothing(body: bytes, tmp_path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(body)
    report = validate(str(file))
    assert list(report.findings) == []


def test_the_same_content_gives_the_same_bytes(body: bytes) -> None:
    assert ReportMaker(FONTS).impact_pdf(CONTENT) == body
    assert MAKER.impact_pdf(replace(CONTENT, made_on=date(2026, 12, 5))) != body


def test_two_reports_drawn_at_once_do_not_mix(body: bytes) -> None:
    other = replace(CONTENT, title="Another report")
    alone = MAKER.impact_pdf(other)
    with ThreadPoolExecutor(2) as pool:
        drawn = list(pool.map(ReportMaker(FONTS).impact_pdf, [CONTENT, other] * 3))
    assert drawn == [body, alone] * 3


def test_what_is_missing_is_said(read: ReadPdf) -> None:
    text = squeezed(read.document.text())
    for words in (
        impact_questions.NO_ANSWER,
        impact_questions.NOT_LOOKED,
        impact_questions.NONE_FOUND,
        impact_questions.NOT_TOLD,
        impact_questions.NOT_RECORDED,
    ):
        assert words in text


def test_words_taken_back_leave_the_number_and_no_words() -> None:
    text = all_text(small(questions=(question(body=""),)))
    assert "Q1 · question" in text
    assert impact_questions.TAKEN_BACK in text


@pytest.mark.parametrize(
    ("unwelcome", "said", "unsaid"),
    [
        (UnwelcomeEffects(), impact_report.NOT_LOOKED_AT_ALL, impact_report.NONE_WERE_FOUND),
        (
            UnwelcomeEffects(looked_for=True),
            impact_report.NONE_WERE_FOUND,
            impact_report.NOT_LOOKED_AT_ALL,
        ),
        (
            UnwelcomeEffects(looked_for=True, found=("It hurt.",)),
            "It hurt.",
            impact_report.NONE_WERE_FOUND,
        ),
    ],
)
def test_nobody_looked_is_told_apart_from_none_found(
    unwelcome: UnwelcomeEffects, said: str, unsaid: str
) -> None:
    text = all_text(small(unwelcome=unwelcome))
    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("old words", "new words", "What changed in the draft Before After old words new words"),
        ("old words", "", "Before After old words (this passage was taken out)"),
        ("", "The training changed.", "What changed The training changed."),
    ],
)
def test_a_change_shows_old_and_new_or_what_there_is(before: str, after: str, said: str) -> None:
    body = MAKER.impact_pdf(small(questions=(question(change_before=before, change_after=after),)))
    texts = [node.words for node in read_pdf(body).document.walk() if node.words]
    assert said in squeezed(" ".join(texts))


def test_an_empty_board_still_gives_a_report() -> None:
    text = all_text(small())
    assert "No questions were raised in this period." in text
    assert "Time and payments" not in text
    assert "Record index" not in text


def test_time_and_money_add_up(read: ReadPdf) -> None:
    rows = [[cell.text() for cell in row.children] for row in read.all("TR")]
    assert ["Reading drafts", "120 h 30"] in rows
    assert ["All time", "312 h"] in rows
    assert ["All payments", "£7,842.50"] in rows
    empty = all_text(small(involvement=InvolvementTotals()))
    assert "No time or payment was recorded in this period." in empty


def test_every_number_leads_back_to_its_questions_and_records(read: ReadPdf) -> None:
    rows = {row.children[0].text(): squeezed(row.children[1].text()) for row in read.all("TR")}
    everything = ", ".join(line.reference for line in CONTENT.questions)
    assert rows["12 questions raised"] == everything
    assert rows["What happened to the questions: Changed"] == "Q3, Q6, Q9, Q12"
    assert CONTENT.involvement is not None
    meetings = CONTENT.involvement.minutes[1]
    assert rows["Time: Meetings and workshops"] == ", ".join(meetings.record_ids)


def test_key_figures_read_as_number_and_label(read: ReadPdf) -> None:
    first = read.all("LBody")[3]
    assert squeezed(first.text()) == "12 questions raised"
    wide = SummaryNumber("people", "fewer than 5 of the people")
    assert "fewer than 5 of the people" in all_text(small(summary_numbers=(wide,)))


def test_progress_only_grows_and_ends_at_the_end() -> None:
    steps: list[tuple[int, int]] = []
    MAKER.impact_pdf(CONTENT, progress=lambda done, total: steps.append((done, total)))
    done = [step for step, _ in steps]
    assert done == sorted(done)
    assert steps[-1] == (100, 100)
    assert len(set(done)) > 12


@pytest.mark.parametrize("after", [0, 5, 14])
def test_stop_ends_it_at_once(after: int) -> None:
    asked: list[int] = []

    def stop_wanted() -> bool:
        asked.append(1)
        return len(asked) > after

    with pytest.raises(Stopped):
        MAKER.impact_pdf(CONTENT, stop_wanted=stop_wanted)
    assert len(asked) == after + 1


def test_missing_letters_are_said_plainly(tmp_path) -> None:
    with pytest.raises(ReportError) as caught:
        ReportMaker(tmp_path / "nowhere").impact_pdf(CONTENT)
    assert "AtkinsonHyperlegibleNext-Regular.ttf" in caught.value.what_happened
    damaged = tmp_path / "AtkinsonHyperlegibleNext-Regular.ttf"
    damaged.write_bytes(b"not a font at all")
    with pytest.raises(ReportError):
        ReportMaker(tmp_path).impact_pdf(CONTENT)
