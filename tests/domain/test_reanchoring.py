"""Passages are carried to the next version with an honest state, and never to a wrong place."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.domain.placements import Carried
from mhin_ppi.domain.reanchoring import CarriedPassage, Carrier, carry

PARAGRAPHS = [
    "1. Background",
    "Young people wait a long time for help. Many families are not told why.",
    "2. What will happen",
    "Participants may withdraw from the study at any time without giving a reason. The nurse will "
    "telephone each participant within seven days of enrolment.",
    "Interviews last about one hour. They are recorded if the person agrees.",
    "3. Safety",
    "A distress protocol is followed when a person becomes upset during an interview.",
    "The voucher of £20 is sent by post after the last interview.",
]


def text_of(paragraphs: list[str]) -> str:
    return "\n\n".join(paragraphs)


OLD = text_of(PARAGRAPHS)


def carried(quote: str, new: str, old: str = OLD) -> tuple[CarriedPassage, str]:
    at = old.index(quote)
    (found,) = carry(old, new, [(at, at + len(quote))])
    return found, "" if found.start is None else new[found.start : found.end]


def test_an_unchanged_draft_keeps_every_passage_where_it_was():
    found, words = carried("withdraw from the study", OLD)
    assert (found.state, words) == (Carried.SAME_PLACE, "withdraw from the study")
    assert found.confidence == 1


def test_new_text_before_a_passage_leaves_it_in_the_same_place():
    found, words = carried("recorded if the person agrees", text_of(["A new preface.", OLD]))
    assert (found.state, words) == (Carried.SAME_PLACE, "recorded if the person agrees")


def test_a_change_of_quotes_dashes_capitals_and_spaces_is_no_change_of_wording():
    old = 'They said "yes - always" to the nurse who came to see them.'
    new = "They said “Yes – always”  to the nurse who came to see them."
    found, words = carried('"yes - always"', new, old)
    assert (found.state, words) == (Carried.SAME_PLACE, "Yes – always")


def test_a_paragraph_moved_to_the_end_is_moved():
    moved = [*PARAGRAPHS[:3], *PARAGRAPHS[4:], PARAGRAPHS[3]]
    found, words = carried("telephone each participant", text_of(moved))
    assert (found.state, words) == (Carried.MOVED, "telephone each participant")


def test_a_reworded_sentence_says_so_and_is_found():
    new = OLD.replace("without giving a reason", "and need not say why")
    found, words = carried("withdraw from the study at any time without giving a reason", new)
    assert found.state is Carried.WORDING_CHANGED
    assert words == "withdraw from the study at any time"
    assert 0.5 < found.confidence < 1


def test_a_deleted_sentence_is_removed_even_if_its_words_stand_elsewhere():
    new = OLD.replace(
        " The nurse will telephone each participant within seven days of enrolment.", ""
    )
    new += "\n\nEach participant has a nurse. Seven days of rest follow."
    found, words = carried("telephone each participant within seven days", new)
    assert (found.state, found.start, found.end, words) == (Carried.REMOVED, None, None, "")


def test_of_two_equal_sentences_the_one_that_was_marked_is_followed():
    old = text_of(
        ["Alpha one two three.", "Ask the nurse.", "Beta four five six.", "Ask the nurse."]
    )
    new = text_of(["Beta four five six.", "Ask the nurse."])
    second = old.rindex("Ask the nurse")
    first = old.index("Ask the nurse")
    gone, kept = carry(old, new, [(first, first + 13), (second, second + 13)])
    assert gone.state is Carried.REMOVED
    assert (kept.start, kept.end) == (new.index("Ask the nurse"), new.index("Ask the nurse") + 13)


def test_a_sentence_moved_and_reworded_at_once_is_offered_not_placed():
    line = "The voucher of £20 is sent by post after the last interview."
    start = text_of(PARAGRAPHS[:-1])
    new = text_of(["The voucher of £25 is sent by post soon after the last interview.", start])
    found, _ = carried("voucher of £20 is sent by post", new, text_of([start, line]))
    assert found.start is None or found.state is not Carried.SAME_PLACE
    if found.start is None:
        assert found.perhaps is not None
        assert new[slice(*found.perhaps)].startswith("The voucher of £25")


def test_another_document_says_so_and_places_nothing():
    other = "Stir the flour into the butter. Add milk slowly. Bake for one hour until golden."
    carrier = Carrier(OLD, other)
    assert carrier.is_another_document
    assert carrier.place(OLD.index("The nurse"), OLD.index("enrolment")).state is Carried.REMOVED


@pytest.mark.parametrize("new", ["", " \n\n "])
def test_an_empty_draft_takes_every_passage_away(new: str):
    found, _ = carried("one hour", new)
    assert found.state is Carried.REMOVED


@pytest.mark.parametrize(
    ("old", "quote"),
    [
        ("مرحبا بكم في الدراسة. يمكنكم الانسحاب في أي وقت.", "الانسحاب"),
        ("I felt 😀 then 👩‍👩‍👧 and after that quite well again.", "👩‍👩‍👧 and after"),
        ("The cafe\u0301 was closed when we came to the place.", "cafe\u0301 was"),
        ("Only marks here: ≥ ≤ and nothing else of note at all.", "≥ ≤"),
    ],
)
def test_offsets_hold_in_other_scripts_and_with_signs(old: str, quote: str):
    new = "Something was put before it.\n\n" + old
    found, _ = carried(quote, new, old)
    shift = len(new) - len(old)
    at = old.index(quote) + shift
    assert found.start is not None
    assert found.end is not None
    assert at <= found.start < found.end <= at + len(quote)


words = st.lists(
    st.sampled_from("care team nurse week phone letter family visit time plan risk".split()),
    min_size=3,
    max_size=9,
)
sentences = st.lists(words.map(lambda w: " ".join(w).capitalize() + "."), min_size=1, max_size=25)


@given(sentences, st.data())
def test_a_passage_of_an_unchanged_text_never_moves(lines: list[str], data: st.DataObject):
    text = "\n\n".join(lines)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (found,) = carry(text, text, [(start, end)])
    if text[start:end].strip():
        assert found.start is not None
        assert start <= found.start
        assert found.end is not None
        assert found.end <= end


@given(sentences, sentences, st.randoms(use_true_random=False))
def test_a_place_always_lies_within_the_new_text(
    old: list[str], new: list[str], rng: random.Random
):
    a, b = " ".join(old), " ".join(new)
    spans = [sorted((rng.randrange(len(a)), rng.randrange(1, len(a) + 1))) for _ in range(5)]
    for found in carry(a, b, [(s, max(e, s + 1)) for s, e in spans]):
        assert 0 <= found.confidence <= 1
        if found.start is None:
            assert found.state is Carried.REMOVED
        else:
            assert found.end is not None
            assert 0 <= found.start < found.end <= len(b)


@given(sentences, st.randoms(use_true_random=False))
def test_two_sentences_never_become_one(old: list[str], rng: random.Random):
    new = [line for line in old if rng.random() < 0.7]
    rng.shuffle(new)
    pairs = Carrier(" ".join(old), " ".join(new)).alignment.pairs
    taken = [pair.new for pair in pairs.values()]
    assert len(taken) == len(set(taken))
