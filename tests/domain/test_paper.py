"""Numbers for paper: plain, stable, there and back, and forgiving of how people write them."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.blocks import Block, BlockKind, DraftText
from mhin_ppi.domain.paper import (
    PaperNumbers,
    numbers_from,
    paragraph_numbers,
    range_words,
)
from mhin_ppi.errors import InputError

KINDS = (
    *(BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM),
    *(BlockKind.TABLE, BlockKind.FOOTNOTE, BlockKind.IMAGE),
)
words = st.text(alphabet="ab é👍\u0301\u05d0", max_size=12)
blocks = st.builds(Block, st.sampled_from(KINDS), words)
drafts = st.lists(blocks, max_size=12).map(lambda made: DraftText(tuple(made)))


def of(count: int) -> PaperNumbers:
    made = tuple(Block(BlockKind.PARAGRAPH, f"Paragraph {n}.") for n in range(1, count + 1))
    return paragraph_numbers(DraftText(made))


@given(drafts)
def test_numbers_run_from_one_and_only_blocks_without_words_have_none(draft: DraftText) -> None:
    numbers = paragraph_numbers(draft)
    given_out = [numbers.number_of(index) for index in range(len(draft.blocks))]
    assert [n for n in given_out if n is not None] == list(range(1, numbers.last + 1))
    for block, number in zip(draft.blocks, given_out, strict=True):
        assert (number is not None) == bool(block.text.strip())


@given(drafts)
def test_a_number_leads_to_its_blocks_own_words_and_back(draft: DraftText) -> None:
    numbers = paragraph_numbers(draft)
    for number in range(1, numbers.last + 1):
        start, end = numbers.span((number, number))
        assert draft.text[start:end] == draft.blocks[numbers.blocks[number - 1]].text
        assert numbers.number_at(start) == numbers.number_at(end - 1) == number


@given(drafts, st.data())
def test_a_range_covers_every_block_between_its_ends(draft: DraftText, data: st.DataObject) -> None:
    numbers = paragraph_numbers(draft)
    if not numbers.last:
        with pytest.raises(InputError, match="no numbered paragraphs"):
            numbers_from("1", numbers)
        return
    first = data.draw(st.integers(1, numbers.last))
    last = data.draw(st.integers(first, numbers.last))
    assert numbers_from(f"{first}-{last}", numbers) == ((first, last),)
    covered = numbers.words((first, last))
    for number in range(first, last + 1):
        assert numbers.words((number, number)) in covered


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 4)), min_size=1, max_size=6))
def test_what_is_written_out_is_read_back_the_same(spans: list[tuple[int, int]]) -> None:
    numbers = of(44)
    written = ", ".join(f"{start}–{start + more}" for start, more in spans)
    read = numbers_from(written, numbers)
    assert numbers_from(range_words(read), numbers) == read
    wanted = {n for start, more in spans for n in range(start, start + more + 1)}
    assert {n for first, last in read for n in range(first, last + 1)} == wanted
    assert all(before[1] + 1 < after[0] for before, after in zip(read, read[1:], strict=False))


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_anything_typed_is_read_or_refused(written: str) -> None:
    numbers = of(20)
    with contextlib.suppress(InputError):
        assert all(1 <= first <= last <= 20 for first, last in numbers_from(written, numbers))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("12", ((12, 12),)),
        (" 12. ", ((12, 12),)),
        ("no. 12", ((12, 12),)),
        ("No 12", ((12, 12),)),
        ("Para. 12", ((12, 12),)),
        ("paragraphs 12 and 14", ((12, 12), (14, 14))),
        ("#12", ((12, 12),)),
        ("(12)", ((12, 12),)),
        ("12-14", ((12, 14),)),
        ("12 – 14", ((12, 14),)),
        ("12 to 14", ((12, 14),)),
        ("14-12", ((12, 14),)),
        ("3, 5", ((3, 3), (5, 5))),
        ("3,5 & 9", ((3, 3), (5, 5), (9, 9))),
        ("3 5", ((3, 3), (5, 5))),
        ("5, 3, 4", ((3, 5),)),
        ("2-6, 4-9", ((2, 9),)),
        ("", ()),
        ("the whole draft", ()),
        ("General", ()),
        ("all", ()),
    ],
)
def test_people_write_numbers_in_many_ways(written: str, read: object) -> None:
    assert numbers_from(written, of(20)) == read


@pytest.mark.parametrize("written", ["99", "0", "15-30", "3, 21"])
def test_a_number_that_is_not_there_is_named_with_those_that_are(written: str) -> None:
    with pytest.raises(InputError) as refused:
        numbers_from(written, of(20))
    assert "There is no paragraph" in refused.value.in_full()
    assert "from 1 to 20" in refused.value.in_full()


@pytest.mark.parametrize("written", ["page two", "12-", "1.5", "٣", "-4", "twelve"])
def test_what_is_no_number_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(InputError, match="is not a paragraph number") as refused:
        numbers_from(written, of(20))
    assert "12-14" in refused.value.next_step
