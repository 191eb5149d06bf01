"""People write anything; a report draws it as it is and never breaks."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.charts import Bar, ChartData
from mhin_ppi.domain.report_content import ImpactLine, ImpactReport, QuestionLine, SummaryNumber
from mhin_ppi.reports.maker import ReportMaker
from mhin_ppi.reports.pages import BOTTOM, MARGIN, PAGE_WIDTH, TOP
from mhin_ppi.reports.typefaces import tidy
from tests.reports.pdf_reading import FONTS, read_pdf, squeezed

MAKER = ReportMaker(FONTS)
DAY = date(2026, 12, 4)
nasty = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="<>&/;#[]()\\%{}\n\t \u00a0\u00ad", max_size=40),
    st.text(alphabet="שלוםمرحبا🙂👩🏽‍🔬日本Ωж\u0301\u202e\u200d\ufe0f\x00\ud800", max_size=30),
    st.sampled_from(["", " ", "\n\n\n", "x" * 400, "w" * 3 + "\n" * 50, "<b>a</b> &amp; <img/>"]),
)


def report(words: str) -> ImpactReport:
    impact = ImpactLine(words, words, words, words, words, words, words, DAY, (words,))
    line = QuestionLine(
        reference=words or "Q1",
        body=words,
        credited_as=words,
        kind=words,
        asked_on=DAY,
        fate_words=words,
        project=words,
        site=words,
        draft_title=words,
        version_label=words,
        page=3,
        passage_quote=words,
        considered_before=words,
        response_words=words,
        response_reason=words,
        decided_on=DAY,
        change_before=words,
        change_after=words,
        impacts=(impact,),
        told_on=DAY,
        asker_reply=words,
        record_ids=(words,),
    )
    return ImpactReport(
        title=words or "A report",
        board_name=words,
        period_words=words,
        made_on=DAY,
        covers=(words,),
        projects=(words,),
        summary_numbers=(SummaryNumber(words, words),),
        charts=(ChartData(words, (Bar(words, 3), Bar(words, 0))),),
        questions=(line,),
        limits=(words,),
        sources=(words,),
    )


@given(words=nasty)
@settings(max_examples=60)
def test_anything_typed_gives_a_sound_and_fully_tagged_file(words: str) -> None:
    body = MAKER.impact_pdf(report(words))
    with pikepdf.open(BytesIO(body)) as pdf:
        assert pdf.check_pdf_syntax() == []
    read = read_pdf(body)
    assert read.untagged == []
    if tidy(words).strip():
        visible = "".join(tidy(words).split())
        said = "".join(read.all("BlockQuote")[0].text().split())
        assert said == visible


@pytest.mark.parametrize(
    "words",
    [
        "<b>bold?</b> & <font size=90>huge</font> &lt; <para/>",
        "\\(paren\\) %comment >> EMC BT /P <</MCID 0>> BDC",
        "${title} {0} %s [link](file:///etc/passwd)",
    ],
)
def test_markup_is_drawn_as_it_was_typed(words: str) -> None:
    text = squeezed(read_pdf(MAKER.impact_pdf(report(words))).document.text())
    assert text.count(words) >= 10


def test_ten_thousand_characters_run_over_pages_in_every_place() -> None:
    words = "This is one of many short sentences that go on. " * 210
    read = read_pdf(MAKER.impact_pdf(report(words)))
    said = squeezed(read.document.text())
    assert said.count(squeezed(words)) >= 8
    assert read.untagged == []


def test_one_endless_word_is_cut_at_the_edge_and_read_as_one() -> None:
    read = read_pdf(MAKER.impact_pdf(report("antidis" * 1430)))
    assert read.all("BlockQuote")[0].text() == "antidis" * 1430


def test_nothing_is_drawn_outside_the_column() -> None:
    body = MAKER.impact_pdf(report("Wide words and " + "M" * 300 + " more. " * 100))
    with pypdfium2.PdfDocument(body) as pdf:
        for page in pdf:
            text = page.get_textpage()
            for index, character in enumerate(text.get_text_range(0, text.count_chars())):
                if character.isspace():
                    continue
                left, bottom, right, top = text.get_charbox(index)
                assert MARGIN - 2 <= left <= right <= PAGE_WIDTH - MARGIN + 2
                assert BOTTOM - 34 <= bottom <= top <= TOP + 2


def test_other_scripts_are_described_and_kept_as_replacement_text() -> None:
    words = "She said مرحبا and 🙂 to me"
    body = MAKER.impact_pdf(report(words))
    assert squeezed(read_pdf(body).all("BlockQuote")[0].text()) == words
    with pypdfium2.PdfDocument(body) as pdf:
        drawn = squeezed(" ".join(page.get_textpage().get_text_range() for page in pdf))
    for shown in ("[Arabic script: 5 letters]", "[slightly smiling face]"):
        assert shown in drawn
    assert read_pdf(MAKER.impact_pdf(replace(report("x"), title="🙂"))).all("H1")[0].text() == "🙂"
