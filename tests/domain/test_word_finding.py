"""The board's words are found where they stand, whole, in their plurals, and nowhere else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.word_finding import WordFinder

WORDS = st.text("abcdeé -'\u0301😀CBT", min_size=0, max_size=40)


def found(terms: list[str], text: str) -> list[str]:
    return [text[one.start : one.end] for one in WordFinder(terms).find(text)]


def test_whole_words_only_whatever_their_capitals():
    assert found(["arm"], "Arm, harm, arms and army: the ARM’s arm.") == [
        "Arm", "arms", "ARM’s", "arm",
    ]  # fmt: skip


def test_plurals_are_found_both_ways():
    text = "Two studies, one study; boxes; one box; the processes, a process; a crisis."
    assert found(["study", "boxes", "process", "crisis"], text) == [
        *("studies", "study", "boxes", "box", "processes", "process", "crisis"),
    ]


def test_a_longer_term_wins_and_none_overlap():
    text = "A low-intensity intervention is an intervention."
    assert found(["intervention", "low-intensity intervention"], text) == [
        "low-intensity intervention",
        "intervention",
    ]


def test_a_term_goes_on_over_a_line_break():
    assert found(["lost to follow-up"], "Some were lost\nto follow-up.") == ["lost\nto follow-up"]


def test_an_abbreviation_is_found_in_capitals_only():
    assert found(["IT", "RCT"], "If it helps, ask IT. Two RCTs say it.") == ["IT", "RCTs"]


def test_offsets_count_code_points():
    text = "😀é́ — the cohort 👩🏽‍🔬"
    (one,) = WordFinder(["cohort"]).find(text)
    assert text[one.start : one.end] == "cohort"


def test_nothing_to_look_for_finds_nothing():
    assert WordFinder([]).find("anything") == []
    assert WordFinder(["—", ""]).find("— anything") == []


@given(st.lists(WORDS, max_size=5), WORDS)
def test_what_is_found_stands_there_in_order_and_apart(terms, text):
    places = WordFinder(terms).find(text)
    end = 0
    for one in places:
        assert end <= one.start < one.end <= len(text)
        assert re.search(r"\w", text[one.start : one.end])
        assert one.term in terms
        end = one.end


@given(st.sampled_from(["cohort", "placebo", "treatment arm"]), WORDS, WORDS)
def test_a_listed_word_between_spaces_is_always_found(term, before, after):
    assert term in found([term], f"{before}. {term} .{after}")
