"""Parts of a draft folded away: offsets hold, and folding in place equals building anew."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor

from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.ui.theme import theme
from mhin_ppi.ui.widgets.draft_document import build
from mhin_ppi.ui.widgets.folds import Fold, Folds, lay_over
from mhin_ppi.ui.widgets.refolding import refold
from tests.ui.test_text_positions import BLOCKS

K = BlockKind
SPANS = st.lists(st.tuples(st.integers(0, 90), st.integers(1, 40)), max_size=4)


def folds_from(draft: DraftText, spans: list[tuple[int, int]], opened: set[str]) -> Folds:
    wanted = [
        Fold(start, start + length, f"part {n}", (str(n),))
        for n, (start, length) in enumerate(spans)
    ]
    return lay_over(draft, wanted, opened=frozenset(opened))


def selected(shown, first: int, last: int) -> str:
    cursor = QTextCursor(shown.document)
    cursor.setPosition(first)
    cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def after_fold(text: str, at: int, gone: set[int]) -> bool:
    """Return whether a space stands between a folded part and the words that follow it."""
    while text[at] == " " and at > 0:
        at -= 1
        if at in gone:
            return True
    return False


def hidden(folds: Folds) -> set[int]:
    return {at for fold in folds.closed for at in range(fold.start, fold.end)}


@given(BLOCKS, SPANS, st.sets(st.sampled_from("0123")))
def test_folds_are_in_order_apart_and_inside_the_text(qapp, blocks, spans, opened):
    draft = DraftText(tuple(blocks))
    folds = folds_from(draft, spans, opened)
    ends = [0]
    for fold in folds.all:
        assert ends[-1] <= fold.start < fold.end <= len(draft.text)
        ends.append(fold.end)
        for block, start in zip(draft.blocks, draft.starts, strict=True):
            stop = start + len(block.text)
            if block.kind in (K.TABLE, K.IMAGE) and fold.start < stop and start < fold.end:
                assert (fold.start <= start, stop <= fold.end) == (True, True)


@given(BLOCKS, SPANS, st.sets(st.sampled_from("0123")))
@settings(max_examples=60)
def test_every_offset_converts_and_no_folded_word_is_in_the_document(qapp, blocks, spans, opened):
    draft = DraftText(tuple(blocks))
    folds = folds_from(draft, spans, opened)
    shown = build(draft, theme(), folds)
    gone = hidden(folds)
    for at, sign in enumerate(draft.text):
        position = shown.positions.to_position(at)
        inside = any(
            s <= at < s + len(b.text) for b, s in zip(draft.blocks, draft.starts, strict=1)
        )
        if at in gone:
            (fold,) = [one for one in folds.closed if one.start <= at < one.end]
            box = shown.document.findBlock(position).text()
            assert f"This part touches on: {fold.words}." in box
            assert (
                shown.positions.range_to_positions(at, at + 1)[0]
                == (shown.positions.range_to_positions(at, at + 1)[1])
            ), "nothing of it can be drawn"
        elif inside and sign not in "\n\t" and not after_fold(draft.text, at, gone):
            assert shown.positions.to_offset(position) == at or at + 1 in gone or at - 1 in gone
            first, last = shown.positions.range_to_positions(at, at + 1)
            assert selected(shown, first, last) == sign
            assert shown.positions.range_to_offsets(first, last) == (at, at + 1)


@given(BLOCKS, SPANS, st.lists(st.sampled_from("0123"), min_size=1, max_size=4))
@settings(max_examples=80)
def test_folding_in_place_equals_building_anew(qapp, blocks, spans, toggles):
    draft = DraftText(tuple(blocks))
    folds = folds_from(draft, spans, set())
    shown = build(draft, theme(), folds)
    for one in toggles:
        opened = set(folds.opened) ^ {one}
        folds = folds_from(draft, spans, opened)
        shown = refold(shown, theme(), folds)
        anew = build(draft, theme(), folds)
        assert shown.document.toRawText() == anew.document.toRawText()
        assert shown.positions.runs == anew.positions.runs
        assert shown.block_positions == anew.block_positions
        assert shown.headings == anew.headings


@given(BLOCKS, SPANS)
@settings(max_examples=40)
def test_a_content_note_that_comes_or_goes_while_reading_folds_only_its_part(qapp, blocks, spans):
    draft = DraftText(tuple(blocks))
    shown = build(draft, theme())
    folds = folds_from(draft, spans, set())
    shown = refold(shown, theme(), folds)
    assert shown.document.toRawText() == build(draft, theme(), folds).document.toRawText()
    shown = refold(shown, theme(), Folds())
    assert shown.document.toRawText() == build(draft, theme()).document.toRawText()


def test_notes_on_one_passage_become_one_part_that_names_both():
    draft = DraftText((Block(K.PARAGRAPH, "One two three four five."),))
    folds = lay_over(
        draft,
        [Fold(4, 13, "racism", ("a",)), Fold(8, 18, "restraint", ("b",), changeable=True)],
        opened=frozenset({"a"}),
    )
    (fold,) = folds.all
    assert (fold.start, fold.end, fold.words) == (4, 18, "racism; restraint")
    assert fold.changeable
    assert folds.closed == (fold,), "a note nobody has opened folds it again"
    assert folds.with_open(fold, on=True).closed == ()


@pytest.mark.slow
def test_opening_a_part_of_300_pages_takes_no_time_a_person_would_notice(qapp):
    words = "The team will ask people about it. " * 9
    draft = DraftText(tuple(Block(K.PARAGRAPH, words) for _ in range(2400)))
    middle = draft.starts[1200]
    folds = lay_over(
        draft, [Fold(middle + 20, middle + 900, "self-harm", ("n",))], opened=frozenset()
    )
    shown = build(draft, theme(), folds)
    assert shown.document.size().height() > 1000
    took = []
    for on in (True, False) * 5:
        folds = folds.with_open(folds.all[0], on=on)
        begun = time.perf_counter()
        shown = refold(shown, theme(), folds)
        assert shown.document.size().height() > 1000
        took.append(time.perf_counter() - begun)
    assert sorted(took)[len(took) // 2] < 0.1
