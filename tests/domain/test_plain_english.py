"""What a draft may make a reader stumble over, and what it does not say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.drafts import DraftKind
from mhin_ppi.domain.plain_english import check_draft, hard_words_in, left_out, parse_plain_english
from mhin_ppi.errors import InputError
from mhin_ppi.resource_files import resource


@pytest.fixture(scope="module")
def lists():
    return parse_plain_english(
        resource("catalogues", "plain_english.toml").read_text(encoding="utf-8")
    )


def terms(text, lists, known=()):
    return [(word.term, word.count) for word in hard_words_in(text, lists=lists, known=known)]


def test_hard_words_are_counted_the_commonest_first(lists):
    text = "The cohort has a placebo. Cohorts grow."
    assert terms(text, lists) == [("cohort", 2), ("placebo", 1)]
    word = hard_words_in(text, lists=lists, known=())[0]
    assert text[slice(*word.span)] == "cohort"
    assert word.instead


def test_what_is_on_the_boards_own_list_is_not_named_again(lists):
    assert terms("A cohort, a placebo.", lists, known=["Cohort"]) == [("placebo", 1)]


def test_an_abbreviation_counts_unless_the_draft_writes_it_out(lists):
    assert terms("We use PCREF. PCREF is new.", lists) == [("PCREF", 2)]
    assert terms("Cognitive behavioural therapy (CBT) helps. CBT is short.", lists) == []
    assert terms("CBT (cognitive behavioural therapy) helps.", lists) == []
    assert terms("Randomised controlled trials (RCTs) and an RCT.", lists) == [("randomised", 1)]
    assert terms("The NHS in the UK, by your GP.", lists) == []


def test_a_heading_in_capitals_is_not_full_of_abbreviations(lists):
    assert terms("WHO CAN TAKE PART\n\nAnyone can.", lists) == []


def test_what_is_left_out_depends_on_the_kind_of_draft(lists):
    said = "You can withdraw at any time. Your information is confidential. Travel costs are paid."
    missing = {topic.code for topic in left_out(said, DraftKind.INFORMATION_SHEET, lists)}
    assert missing == {"risk", "contact", "support", "results"}
    assert left_out(said, DraftKind.OTHER, lists) == ()


def test_a_sheet_that_says_everything_leaves_nothing_out(lists):
    text = " ".join(
        next(iter(topic.signs)) + "."
        for topic in lists.topics
        if DraftKind.INFORMATION_SHEET in topic.kinds
    )
    assert left_out(text, DraftKind.INFORMATION_SHEET, lists) == ()


@given(st.text(max_size=300))
def test_any_text_can_be_checked(text):
    lists = parse_plain_english(
        '[meta]\nsource = "s"\n[[word]]\nterm = "arm"\ninstead = "group"\n'
        '[[topic]]\nid = "pay"\nwords = "Pay"\nsigns = ["paid"]\nfor = ["protocol"]\n'
    )
    found = check_draft(text, kind=DraftKind.PROTOCOL, lists=lists, known=[])
    for word in found.hard_words:
        assert text[slice(*word.span)]


@pytest.mark.parametrize(
    "amiss",
    [
        "[meta",
        '[meta]\nsource = "s"\n',
        '[meta]\nsource = "s"\n[[word]]\nterm = "a"\n[[topic]]\nid = "p"\nwords = "w"\n',
    ],
)
def test_a_damaged_list_is_refused_in_plain_words(amiss):
    with pytest.raises(InputError, match="list of hard words"):
        parse_plain_english(amiss)
