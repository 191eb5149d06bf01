import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage, QTextBlockFormat

from mhin_ppi.domain.blocks import Block, BlockKind, DraftText, plain_draft
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme, theme
from mhin_ppi.ui.widgets.draft_document import column_width
from mhin_ppi.ui.widgets.highlights import Highlight, HighlightIndex, drawn_as
from mhin_ppi.ui.widgets.reader import ReaderView
from mhin_ppi.ui.widgets.reader_pane import ReaderPane

K = BlockKind
pytestmark = pytest.mark.usefixtures("look")


def _png() -> bytes:
    picture, kept = QImage(4, 3, QImage.Format.Format_RGB32), QBuffer()
    picture.fill(Qt.GlobalColor.red)
    kept.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(kept, "PNG")
    return kept.data().data()


PNG = _png()
DRAFT = DraftText(
    blocks=(
        Block(K.HEADING, "1. Why we ask", 1, page=1),
        Block(K.PARAGRAPH, "Sleep matters 😀 to all of us, and the dose is ≤ 10 µg.", page=1),
        Block(K.HEADING, "1.1 Who can join", 2, page=1),
        Block(K.LIST_ITEM, "Anyone over 18", 1, marker="•", page=2),
        Block(K.TABLE, "Visit\tWeek\nFirst\t0", header_rows=1, page=2),
        Block(K.IMAGE, "A chart of visits", image="ab", page=2),
        Block(K.FOOTNOTE, "See the letter.", marker="1", page=2),
        *(
            Block(K.PARAGRAPH, f"Paragraph {n} goes on for a while. " * 8, page=3)
            for n in range(40)
        ),
        Block(K.HEADING, "2. The end", 1, page=4),
    ),
    images={"ab": PNG},
    pages=4,
    title="A draft",
)


@pytest.fixture
def reader(qtbot):
    view = ReaderView()
    view.resize(800, 600)
    view.show()
    view.activateWindow()
    view.show_draft(DRAFT)
    return view


def place(words):
    start = DRAFT.text.index(words)
    return start, start + len(words)


@pytest.mark.parametrize("words", ["matters 😀 to", "≤ 10 µg", "Anyone", "Week", "A chart", "See"])
def test_marked_words_are_told_in_the_drafts_own_offsets(reader, qtbot, words):
    with qtbot.waitSignal(reader.passage_selected) as heard:
        reader.select_passage(*place(words))
    assert tuple(heard.args) == place(words)
    assert reader.textCursor().selectedText() == words


def test_words_can_be_marked_by_keyboard_alone(reader, qtbot):
    reader.setFocus()
    reader.show_passage(*place("Sleep"))
    with qtbot.waitSignals([reader.passage_selected] * 2):
        qtbot.keyClick(reader, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        qtbot.keyClick(
            reader,
            Qt.Key.Key_Right,
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier,
        )
    assert reader.textCursor().selectedText() == "Sleep "
    with qtbot.waitSignal(reader.selection_cleared):
        qtbot.keyClick(reader, Qt.Key.Key_Right)


def test_words_can_be_marked_by_mouse_and_are_told_once(reader, qtbot):
    heard = []
    reader.passage_selected.connect(lambda *range_: heard.append(range_))
    reader.show_passage(*place("Sleep"))
    start = reader.cursorRect().center()
    view = reader.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (20, 60, 120):
        qtbot.mouseMove(view, start + QPoint(step, 0))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start + QPoint(120, 0))
    assert len(heard) == 1
    assert DRAFT.text[slice(*heard[0])].startswith("Sleep")


def test_a_highlight_is_chosen_by_click_or_enter_and_the_inner_one_wins(reader, qtbot):
    outer, inner = place("matters 😀 to all of us"), place("😀 to")
    reader.set_highlights([(*outer, "question", "outer"), (*inner, "unclear", "inner")])
    reader.show_passage(*inner)
    with qtbot.waitSignal(reader.highlight_activated) as heard:
        qtbot.keyClick(reader, Qt.Key.Key_Return)
    assert heard.args == ["inner"]
    reader.show_passage(*outer)
    spot = reader.cursorRect().center() + QPoint(5, 0)
    with qtbot.waitSignal(reader.highlight_activated) as heard:
        qtbot.mouseClick(reader.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert heard.args == ["outer"]


def test_only_highlights_in_view_are_given_to_qt(reader, qapp):
    draft = plain_draft([f"Paragraph {n}. " * 12 for n in range(600)])
    reader.show_draft(draft)
    reader.set_highlights((start, start + 9, "question", "x") for start in draft.starts)
    assert 0 < len(reader.extraSelections()) < 60
    reader.go_to((400, 0))
    shown = {selection.cursor.selectedText() for selection in reader.extraSelections()}
    assert shown == {"Paragraph"}
    blocks = {
        draft.block_at(reader._shown.positions.to_offset(s.cursor.selectionStart()))
        for s in reader.extraSelections()
    }
    assert 400 in blocks
    assert 1 not in blocks


def test_kinds_are_told_apart_without_colour():
    kinds = ("question", "suggestion", "unclear", "barrier", "concern", "facilitator")
    lines = {drawn_as(kind, theme()).underlineStyle() for kind in kinds}
    assert len(lines) == len(kinds)


def test_going_from_mark_to_mark_and_heading_to_heading(reader):
    reader.set_highlights([(*place("Anyone"), "question", "b"), (*place("Sleep"), "unclear", "a")])
    assert [reader.go_to_highlight(1).id for _ in range(2)] == ["a", "b"]
    assert reader.go_to_highlight(1) is None
    assert reader.go_to_highlight(-1).id == "a"
    assert reader.go_to_heading(1).text == "1.1 Who can join"
    assert reader.go_to_heading(1).text == "2. The end"
    assert reader.go_to_heading(1) is None
    assert reader.go_to_heading(-1).level == 2


def test_a_place_is_found_again_after_the_look_and_the_width_change(reader, qapp):
    reader.go_to((25, 40))
    before = reader.position()
    assert before[0] == 25
    apply_theme(qapp, Preferences(look=Look.DARK, text_size=200))
    assert reader.position()[0] == 25
    reader.resize(500, 600)
    qapp.processEvents()
    assert reader.position()[0] == 25


def test_marked_words_stay_marked_when_the_look_changes(reader, qapp):
    reader.select_passage(*place("Week"))
    apply_theme(qapp, Preferences(look=Look.CONTRAST))
    assert reader.marked == place("Week")
    assert reader.textCursor().selectedText() == "Week"


def test_finding_words_minds_neither_case_nor_spaces(reader):
    found = reader.find_all("  sleep   MATTERS ")
    assert [DRAFT.text[slice(*each)] for each in found] == ["Sleep matters"]
    reader.show_found(0)
    assert [s.cursor.selectedText() for s in reader.extraSelections()] == ["Sleep matters"]
    assert reader.find_all(".*") == []
    assert reader.find_all("") == []
    assert reader.extraSelections() == []


def test_the_column_keeps_its_width_and_its_place(reader, qapp):
    reader.resize(1600, 600)
    qapp.processEvents()
    frame = reader.document().rootFrame().frameFormat()
    assert frame.leftMargin() == frame.rightMargin()
    text = reader.viewport().width() - frame.leftMargin() - frame.rightMargin()
    assert text == pytest.approx(column_width(theme()), abs=1)


def test_what_a_block_is_can_be_seen(reader):
    document = reader.document()
    levels = [document.findBlockByNumber(n).blockFormat().headingLevel() for n in range(3)]
    assert levels == [1, 0, 2]
    assert "•\tAnyone over 18" in document.toPlainText()
    tables = [frame for frame in document.rootFrame().childFrames() if hasattr(frame, "cellAt")]
    assert (tables[0].rows(), tables[0].columns()) == (2, 2)
    assert tables[0].format().toTableFormat().headerRowCount() == 1
    wanted = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    assert document.findBlockByNumber(1).blockFormat().lineHeightType() == wanted


def test_pictures_come_from_the_draft_and_nowhere_else(reader, tmp_path):
    assert not reader.loadResource(2, "picture:ab").isNull()
    assert reader.loadResource(2, "picture:cd") is None
    secret = tmp_path / "secret.png"
    secret.write_bytes(PNG)
    assert reader.loadResource(2, f"file://{secret}") is None


def test_words_that_look_like_mark_up_are_words(reader):
    reader.show_draft(plain_draft(["<b>bold</b> <img src='file:///etc/passwd'> &amp;"]))
    assert reader.toPlainText() == "<b>bold</b> <img src='file:///etc/passwd'> &amp;"


def test_screen_readers_get_the_whole_text(reader):
    spoken: QAccessibleInterface = QAccessible.queryAccessibleInterface(reader)
    assert spoken.text(QAccessible.Text.Name) == "Text of the draft"
    assert spoken.textInterface().characterCount() > len(DRAFT.text) - 200


def test_an_empty_draft_can_be_shown(reader):
    reader.show_draft(DraftText(blocks=()))
    assert reader.position() == (0, 0)
    reader.go_to((5, 3))
    assert reader.go_to_heading(1) is None


def test_a_draft_of_150_pages_is_shown_at_once(reader, qapp):
    words = "The research nurse will ask each person about their sleep and how they have been. "
    blocks = []
    for n in range(1000):
        blocks.append(Block(K.PARAGRAPH, words * 6, page=n // 7 + 1))
        if n % 25 == 0:
            blocks.append(Block(K.HEADING, f"Section {n}", 2))
            blocks.append(Block(K.TABLE, "\n".join(["a\tb\tc\td"] * 8), header_rows=1))
    draft = DraftText(tuple(blocks))
    assert len(draft.text.split()) > 90_000
    started = time.perf_counter()
    reader.show_draft(draft)
    qapp.processEvents()
    assert time.perf_counter() - started < 0.5


ranges = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(ranges, max_size=30), ranges)
def test_highlights_between_are_those_that_touch(spans, window):
    index = HighlightIndex(Highlight(*span, "question", str(n)) for n, span in enumerate(spans))
    start, end = window
    expected = {str(n) for n, (first, last) in enumerate(spans) if first < end and last > start}
    assert {each.id for each in index.between(start, end)} == expected


def test_the_pane_leads_by_contents_and_says_the_page(qtbot):
    pane = ReaderPane()
    pane.resize(1100, 700)
    pane.show()
    pane.show_draft(DRAFT)
    assert pane._where.text() == "Page 1 of 4"
    pane._show_contents.click()
    contents = pane._contents
    assert [contents.item(n).text().strip() for n in range(contents.count())] == [
        "1. Why we ask",
        "1.1 Who can join",
        "2. The end",
    ]
    contents.setCurrentRow(2)
    contents.itemActivated.emit(contents.item(2))
    assert pane._where.text() in ("Page 3 of 4", "Page 4 of 4")


def test_a_narrow_pane_shows_contents_in_place_of_the_text(qtbot):
    pane = ReaderPane()
    pane.resize(420, 700)
    pane.show()
    pane.show_draft(DRAFT)
    pane._show_contents.click()
    assert pane._contents.isVisible()
    assert not pane.reader.isVisible()
    pane._contents.itemActivated.emit(pane._contents.item(1))
    assert pane.reader.isVisible()
    assert not pane._contents.isVisible()


def test_finding_in_the_pane_counts_and_goes_round(qtbot):
    pane = ReaderPane()
    pane.resize(900, 700)
    pane.show()
    pane.show_draft(DRAFT)
    pane.find_bar.open()
    qtbot.keyClicks(pane.find_bar._field, "paragraph 1")
    assert pane.find_bar._count.text() == f"{DRAFT.text.count('Paragraph 1')} found"
    qtbot.keyClick(pane.find_bar._field, Qt.Key.Key_Return)
    assert pane.find_bar._count.text().startswith("1 of ")
    pane.find_bar.step(-1)
    total = DRAFT.text.count("Paragraph 1")
    assert pane.find_bar._count.text() == f"{total} of {total}"
    qtbot.keyClick(pane.find_bar._field, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()
    assert pane.reader.extraSelections() == []
