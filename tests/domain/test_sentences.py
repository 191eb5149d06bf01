"""Drafts as the sentences in which they are read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.blocks import Block, BlockKind, DraftText, plain_draft
from mhin_ppi.domain.sentences import sentences

K = BlockKind


def said(text: str) -> list[str]:
    return [one.said for one in sentences(plain_draft([text]))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We ask. You say no. Why? It helps!", ["We ask.", "You say no.", "Why?", "It helps!"]),
        (
            "Ask Dr. Okafor or Mrs. J. Smith. They know.",
            ["Ask Dr. Okafor or Mrs. J. Smith.", "They know."],
        ),
        ("Some drugs, e.g. Sertraline 2.5 mg, i.e. SSRIs, help.", None),
        (
            "See Fig. 3 and No. 12 on pp. 4. Then stop.",
            ["See Fig. 3 and No. 12 on pp. 4.", "Then stop."],
        ),
        ("So it is (we think). “Yes.” He went.", ["So it is (we think).", "“Yes.”", "He went."]),
        ("As Jones et al. (2019) say… and so on.", None),
        ("It was I. Then we left.", ["It was I.", "Then we left."]),
        ("The visit ends at 5 p.m. on Monday.", None),
    ],
)
def test_a_sentence_ends_where_a_person_would_stop(text, expected):
    assert said(text) == (expected or [text])


def test_each_kind_of_block_is_said_as_what_it_is():
    draft = DraftText(
        (
            Block(K.HEADING, "1. Why we ask. And whom", 1),
            Block(K.LIST_ITEM, "Anyone", 1, marker="•"),
            Block(K.LIST_ITEM, "Over 18", 1, marker="2."),
            Block(K.TABLE, "Visit\tWeek\nFirst\t\n\t", header_rows=1),
            Block(K.IMAGE, "A chart", image="ab"),
            Block(K.IMAGE, "", image="ab"),
            Block(K.FOOTNOTE, "See the letter.", marker="3"),
        )
    )
    spoken = sentences(draft)
    assert [one.said for one in spoken] == [
        "Heading: 1. Why we ask. And whom",
        "Anyone",
        "2. Over 18",
        "Visit; Week",
        "First",
        "Picture: A chart",
        "Note 3: See the letter.",
    ]
    assert draft.text[spoken[3].start : spoken[3].end] == "Visit\tWeek"
    assert draft.text[spoken[4].start : spoken[4].end] == "First\t"


def test_what_is_folded_away_is_not_said():
    draft = plain_draft(["One here. Two there.", "Three."])
    start = draft.text.index("Two")
    assert [one.said for one in sentences(draft, leave_out=[(start, start + 3)])] == [
        "One here.",
        "Three.",
    ]


@given(st.lists(st.text(alphabet="aB .!?\n\t😀é\u0301“”1", max_size=60), max_size=5))
def test_every_word_is_said_once_and_in_order(paragraphs):
    draft = plain_draft(paragraphs)
    spoken = sentences(draft)
    assert "".join("".join(one.said.split()) for one in spoken) == "".join(draft.text.split())
    ends = [0, *(one.end for one in spoken)]
    for one, before in zip(spoken, ends, strict=False):
        assert before <= one.start < one.end <= len(draft.text)
        assert " ".join(draft.text[one.start : one.end].split()) == one.said
