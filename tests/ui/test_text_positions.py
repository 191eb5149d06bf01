import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from mhin_ppi.domain.blocks import Block, BlockKind, DraftText, tidy
from mhin_ppi.ui.text_positions import TextPositions, run_of, utf16_length
from mhin_ppi.ui.theme import theme
from mhin_ppi.ui.widgets.draft_document import build

K = BlockKind
# Emoji (two UTF-16 units), joined families, flags, combining marks, right-to-left, odd spaces.
SIGNS = st.sampled_from(
    [
        "a",
        "Z",
        " ",
        "é",
        "e\u0301",
        "😀",
        "👩‍👩‍👧",
        "🇬🇧",
        "𝛼",
        "ש",
        "\u00a0",
        "≥",
        "µ",
        "\ufffc",
        "\u200b",
    ]
)
WORDS = st.lists(SIGNS, max_size=12).map(lambda parts: tidy("".join(parts)))
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
TABLE = st.integers(1, 3).flatmap(
    lambda across: st.lists(
        st.lists(WORDS, min_size=across, max_size=across).map("\t".join), min_size=1, max_size=3
    ).map("\n".join)
)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Block, st.just(K.HEADING), LINES, level=st.integers(1, 6)),
        st.builds(Block, st.just(K.PARAGRAPH), LINES),
        st.builds(
            Block,
            st.sampled_from([K.LIST_ITEM, K.FOOTNOTE]),
            LINES,
            level=st.integers(1, 3),
            marker=st.sampled_from(["•", "2.", "😀)", ""]),
        ),
        st.builds(Block, st.just(K.TABLE), TABLE, header_rows=st.integers(0, 1)),
        st.builds(Block, st.just(K.IMAGE), WORDS),
    ),
    max_size=7,
)


def shown_words(shown, start, end):
    first, last = shown.positions.range_to_positions(start, end)
    cursor = QTextCursor(shown.document)
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


@given(BLOCKS)
def test_every_sign_of_a_draft_is_found_where_it_is_shown(qapp, blocks):
    draft = DraftText(tuple(blocks))
    shown = build(draft, theme())
    for index, block in enumerate(draft.blocks):
        separators = "\t\n" if block.kind is K.TABLE else ""
        for at, sign in enumerate(block.text, draft.starts[index]):
            if sign not in separators:
                expected = "\u2028" if sign == "\n" else sign
                assert shown_words(shown, at, at + 1).replace("\xa0", " ") == expected.replace(
                    "\xa0", " "
                )


@given(BLOCKS, st.data())
def test_there_and_back_again(qapp, blocks, data):
    draft = DraftText(tuple(blocks))
    shown = build(draft, theme())
    size = len(draft.text)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))
    back = shown.positions.range_to_offsets(*shown.positions.range_to_positions(start, end))
    kept = draft.text[start:end].strip("\n\t")
    if back is None:
        # Only what stands between blocks and cells, which Qt's document does not hold.
        assert kept == "" or set(kept) <= set("\n\t")
    else:
        assert start <= back[0] <= back[1] <= end
        assert draft.text[back[0] : back[1]].strip("\n\t") == kept


@given(BLOCKS, st.data())
def test_any_selection_in_qt_is_a_range_of_the_draft(qapp, blocks, data):
    draft = DraftText(tuple(blocks))
    shown = build(draft, theme())
    last = shown.document.characterCount() - 1
    start = data.draw(st.integers(0, last))
    end = data.draw(st.integers(start, last))
    found = shown.positions.range_to_offsets(start, end)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(draft.text)


def test_a_sign_of_two_units_is_taken_whole():
    positions = TextPositions([run_of("a😀b", start=10, position=5)])
    assert [positions.to_position(offset) for offset in range(10, 14)] == [5, 6, 8, 9]
    assert positions.to_offset(7) == 11
    assert positions.range_to_offsets(6, 7) == (11, 12)
    assert positions.range_to_offsets(7, 8) == (11, 12)
    assert positions.range_to_offsets(8, 9) == (12, 13)


def test_a_marker_is_not_part_of_the_draft():
    positions = TextPositions(
        [run_of("one", start=0, position=2), run_of("two", start=5, position=8)]
    )
    assert positions.range_to_offsets(0, 2) is None
    assert positions.range_to_offsets(5, 8) is None
    assert positions.range_to_offsets(0, 20) == (0, 8)
    assert positions.range_to_offsets(4, 9) == (2, 6)


def test_an_empty_draft_has_one_place():
    positions = TextPositions([])
    assert positions.to_offset(3) == positions.to_position(3) == 0
    assert positions.range_to_offsets(0, 3) is None
    assert positions.range_to_positions(0, 3) == (0, 0)


@pytest.mark.parametrize(("text", "units"), [("", 0), ("abc", 3), ("é", 1), ("😀", 2), ("a😀b", 4)])
def test_qt_counts_units(text, units):
    assert utf16_length(text) == units
