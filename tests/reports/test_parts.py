from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mhin_ppi.domain import british
from mhin_ppi.domain.charts import Bar, ChartData, tally
from mhin_ppi.domain.report_content import ImpactReport
from mhin_ppi.reports.charts import bar_chart, to_svg
from mhin_ppi.reports.file_facts import FileFacts
from mhin_ppi.reports.layout import Layout
from mhin_ppi.reports.maker import ReportMaker
from mhin_ppi.reports.pages import BOTTOM, TOP, Strip, break_into_pages
from mhin_ppi.reports.tables import Column, add_table
from mhin_ppi.reports.typefaces import Typefaces, described, tidy
from mhin_ppi.reports.typesetting import BODY, set_lines
from tests.reports.pdf_reading import FONTS, read_pdf, squeezed

FACES = Typefaces(FONTS)
FACTS = FileFacts("A title", "A board", "A year", date(2026, 12, 4))
CHART = ChartData(
    "What happened", (Bar("Changed", 12), Bar("Not changed <because> & why", 3), Bar("Waiting", 0))
)
strips = st.lists(
    st.builds(
        Strip,
        height=st.floats(1, TOP - BOTTOM),
        with_next=st.booleans(),
        is_space=st.booleans(),
    ),
    max_size=60,
)


def finished(layout: Layout) -> bytes:
    return layout.finish(FACTS, footer="A foot", after_page=lambda done, of: None)


@given(strips=strips)
def test_every_strip_is_placed_once_in_order_and_within_the_page(strips: list[Strip]) -> None:
    pages = break_into_pages(strips)
    placed = [placed for page in pages for placed in page]
    assert [id(one.strip) for one in placed if not one.strip.is_space] == [
        id(strip) for strip in strips if not strip.is_space
    ]
    for page in pages:
        at = TOP
        for one in page:
            assert one.top == pytest.approx(at)
            at -= one.strip.height
            assert at >= BOTTOM - 1e-6 or one.strip.is_space


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    filler = [Strip(20.0) for _ in range(int((TOP - BOTTOM) // 20) - 1)]
    heading, text = Strip(20.0, with_next=True), Strip(20.0)
    pages = break_into_pages([*filler, heading, text])
    assert [one.strip for one in pages[1]] == [heading, text]


@pytest.mark.parametrize("filler", range(0, 700, 47))
def test_no_page_ends_with_a_heading(filler: int) -> None:
    layout = Layout(FACES)
    layout.space(1)
    layout.strips.append(Strip(float(filler + 1)))
    layout.heading("A section", 1)
    layout.paragraph("One line that belongs to what follows.", with_next=True)
    layout.heading("Inside it", 2)
    layout.rule()
    layout.heading("Deep inside", 3)
    layout.quote("Somebody said this. " * 20)
    pages = break_into_pages(layout.strips)
    for page in pages[:-1]:
        last = [one.strip for one in page if not one.strip.is_space][-1]
        assert last.bookmark is None
        assert not last.with_next


def test_table_headings_come_again_on_every_page_but_are_read_once() -> None:
    layout = Layout(FACES)
    columns = (Column("Person", names_row=True), Column("Hours", right=True))
    add_table(layout, columns, [(f"Row {n}", str(n)) for n in range(200)])
    read = read_pdf(finished(layout))
    assert read.pages > 3
    assert [cell.text() for cell in read.all("TH")].count("Person") == 1
    assert all("Person " in furniture for furniture in read.artifacts[1:])
    assert [row.children[0].text() for row in read.all("TR")[1:]] == [
        f"Row {n}" for n in range(200)
    ]


def test_a_row_with_a_missing_cell_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        add_table(Layout(FACES), (Column("A"), Column("B")), [("only one",)])


def test_lists_have_labels_and_bodies() -> None:
    layout = Layout(FACES)
    layout.bullets(["First", "Second <li>"])
    entries = read_pdf(finished(layout)).all("LI")
    assert [[child.kind for child in entry.children] for entry in entries] == [["Lbl", "LBody"]] * 2
    assert [entry.children[1].text() for entry in entries] == ["First", "Second <li>"]


@given(text=st.text(alphabet="abc wxyzM\n<é—", max_size=300), width=st.floats(30, 500))
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = set_lines(text, BODY, width, FACES)
    assert all(line.width <= width + 1e-6 for line in lines)
    joined = "".join(
        "".join(run.text for run in line.runs) + ("" if line.cuts_word else " ") for line in lines
    )
    assert joined.split() == tidy(text).split()


@given(text=st.text(max_size=60))
def test_what_was_written_can_always_be_had_back(text: str) -> None:
    lines = set_lines(text, BODY, 300, FACES)
    back = "".join(
        "".join(run.text if run.actual is None else run.actual for run in line.runs)
        + ("" if line.cuts_word else " ")
        for line in lines
    )
    assert back.split() == tidy(text).replace("\n", " ").split()


def test_only_letters_of_the_typeface_are_drawn() -> None:
    text = "a😀b Ω ж שלום مرحبا 日本語 ∑ \ue000 é ŵ ł"
    for line in set_lines(text, BODY, 400, FACES):
        for run in line.runs:
            assert set(run.text) <= set(FACES.regular.widths)


@pytest.mark.parametrize(
    ("stretch", "words"),
    [
        ("😀", "[grinning face]"),
        ("مرحبا", "[Arabic script: 5 letters]"),
        ("日", "[Chinese script: 1 letter]"),
        ("\ue000", "[unknown sign U+E000]"),
        ("\u0489", "[accents: 1]"),
    ],
)
def test_what_cannot_be_drawn_is_described(stretch: str, words: str) -> None:
    assert described(stretch).replace("\u00a0", " ") == words


def test_direction_marks_cannot_change_how_a_line_reads() -> None:
    assert tidy("pay \u202e05£\u202c now\r\nor\u2028later\x00") == "pay 05£ now\nor\nlater"


def test_bars_begin_at_nought_and_keep_their_proportions() -> None:
    shapes = bar_chart(CHART, FACES, width=470).contents
    bars = [shape for shape in shapes if type(shape).__name__ == "Rect"]
    assert len(bars) == 2
    assert bars[0].x == bars[1].x
    assert bars[0].width / bars[1].width == pytest.approx(4)
    texts = [shape.text for shape in shapes if type(shape).__name__ == "String"]
    assert {"12", "3", "0", "Changed"} <= set(texts)


def test_a_chart_of_nothing_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="at least one bar"):
        bar_chart(ChartData("Empty", ()), FACES, width=400)
    with pytest.raises(ValueError, match="less than nothing"):
        Bar("minus", -1)


def test_a_chart_of_many_bars_goes_on_to_the_same_scale() -> None:
    bars = tuple(Bar(f"Place {number}", 40 - number) for number in range(40))
    report = ImpactReport(
        "R", "B", "P", date(2026, 12, 4), charts=(ChartData("Places", bars, "question"),)
    )
    read = read_pdf(ReportMaker(FONTS).impact_pdf(report))
    assert len(read.all("Figure")) == 2
    assert "Place 39 1." in read.all("Figure")[-1].alt
    part = ChartData("Places", bars[20:])
    wide = [
        max(shape.width for shape in drawing.contents if type(shape).__name__ == "Rect")
        for drawing in (
            bar_chart(part, FACES, width=400, longest=40),
            bar_chart(part, FACES, width=400),
        )
    ]
    assert wide[0] / wide[1] == pytest.approx(20 / 40)


def test_labels_of_any_length_stay_left_of_the_bars() -> None:
    chart = ChartData("Long", (Bar("label " * 100, 5), Bar("M" * 500, 2), Bar("", 1)))
    for shape in bar_chart(chart, FACES, width=400).contents:
        if type(shape).__name__ == "String":
            assert 0 <= shape.x <= 400


def test_the_screen_gets_the_same_chart_without_clip_paths() -> None:
    svg = ReportMaker(FONTS).draw_chart(CHART, width=480).svg
    root = etree.fromstring(svg.encode())
    tags = [element.tag.rsplit("}")[-1] for element in root.iter()]
    assert "clipPath" not in tags
    assert "clip-path" not in svg
    assert tags.count("rect") == 2
    words = [element.text for element in root.iter() if element.tag.endswith("text")]
    assert "Changed" in words
    described_as = [element.text for element in root.iter() if element.tag.endswith("desc")]
    assert described_as == [CHART.in_words()]
    assert "Atkinson Hyperlegible Next" in svg
    assert FACES.regular.font not in svg
    assert to_svg(bar_chart(CHART, FACES, width=480), FACES, CHART) == svg


def test_a_chart_in_words_counts_everything() -> None:
    assert CHART.in_words() == (
        "Bar chart. What happened. 15 questions in all: Changed 12; "
        "Not changed <because> & why 3; Waiting 0."
    )
    assert "1 question in all" in ChartData("One", (Bar("a", 1),)).in_words()


def test_a_tally_keeps_the_records_behind_each_bar() -> None:
    bars = tally([("b", ("1", "2")), ("a", ("3",)), ("b", ("4",))])
    assert bars == (Bar("b", 2, ("1", "2", "4")), Bar("a", 1, ("3",)))


@given(pence=st.integers(-(10**9), 10**9))
def test_money_reads_back_to_the_penny(pence: int) -> None:
    digits = british.money(pence).replace("£", "").replace(",", "").replace(".", "")
    assert int(digits.replace("−", "-")) == pence


@given(minutes=st.integers(0, 10**6))
def test_time_reads_back_to_the_minute(minutes: int) -> None:
    said = british.time_given(minutes).replace(",", "")
    hours, _, rest = said.partition(" h")
    back = int(said.removesuffix(" min")) if not _ else int(hours) * 60 + int(rest or 0)
    assert back == minutes


def test_dates_are_british() -> None:
    assert british.day(date(2026, 12, 4)) == "4\u00a0December 2026"
    assert british.counted(1, "question") == "1 question"
    assert squeezed(british.counted(2500, "reply", "replies")) == "2,500 replies"
