"""Both versions can be rebuilt from their comparison, and it says what a reader would say."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.alignment import Alignment
from mhin_ppi.domain.comparison import ChangeKind, Comparison
from mhin_ppi.domain.text_parts import TextParts
from mhin_ppi.domain.weaving import PieceKind

OLD = (
    "Payment\n\nWe pay £10 for each session by bank transfer.\n\nRisks\n\nSome questions may upset "
    "you. You can leave them out. Blood is taken twice.\n\nContact\n\nWrite to the team at the "
    "address below."
)


def compare(old: str, new: str) -> Comparison:
    return Comparison(Alignment(TextParts(old), TextParts(new)))


def shown(old: str, new: str) -> list[tuple[str, str]]:
    """Each piece that is not the same: its kind and its words."""
    made = compare(old, new)
    pieces = [p for p in made.pieces if p.kind is not PieceKind.SAME]
    return [(p.kind.value, made.words_of(p).strip()) for p in pieces]


def check_whole(old: str, new: str) -> None:
    """Every character of both texts is in exactly one piece, in order."""
    made = compare(old, new)
    for text, spans in (
        (old, sorted(p.old for p in made.pieces if p.old is not None)),
        (new, [p.new for p in made.pieces if p.new is not None]),
    ):
        at = 0
        for start, end in spans:
            assert (start, end > start) == (at, True)
            at = end
        assert at == len(text)
        assert "".join(text[start:end] for start, end in spans) == text


def test_equal_versions_have_no_change():
    made = compare(OLD, OLD)
    assert made.changes == ()
    assert {piece.kind for piece in made.pieces} == {PieceKind.SAME}


def test_a_word_replaced_is_shown_as_a_word_taken_out_and_a_word_added():
    new = OLD.replace("£10", "£25")
    assert shown(OLD, new) == [("taken_out", "10"), ("added", "25")]
    (change,) = compare(OLD, new).changes
    assert change.kind is ChangeKind.REWORDED
    assert (OLD[slice(*change.old)].strip(), new[slice(*change.new)].strip()) == ("10", "25")


def test_a_sentence_taken_out_and_one_added():
    new = OLD.replace(" Blood is taken twice.", "") + " Or phone us on any weekday."
    assert shown(OLD, new) == [
        ("taken_out", "Blood is taken twice."),
        ("added", "Or phone us on any weekday."),
    ]
    counts = compare(OLD, new).counts
    assert (counts[ChangeKind.ADDED], counts[ChangeKind.TAKEN_OUT]) == (1, 1)


def test_a_moved_section_is_shown_as_moved_with_its_other_place():
    payment, rest = OLD.split("\n\nRisks")
    new = "Risks" + rest + "\n\n" + payment
    made = compare(OLD, new)
    kinds = [kind for kind, _ in shown(OLD, new)]
    assert set(kinds) == {"moved_away", "moved_here"}
    assert made.counts[ChangeKind.MOVED] == 1
    away = next(n for n, p in enumerate(made.pieces) if p.kind is PieceKind.MOVED_AWAY)
    here = made.other_end(0, seen=away)
    assert here is not None
    assert made.pieces[here].kind is PieceKind.MOVED_HERE
    assert made.words_of(made.pieces[here]).strip() == made.words_of(made.pieces[away]).strip()
    assert made.other_end(0, seen=here) == away


def test_crumbs_between_two_changes_are_shown_as_changed():
    old = "The nurse who leads the clinic writes to the family in a week."
    new = "The nurse who leads the clinic phones and visits to ask how they are in a week."
    words = [text for _, text in shown(old, new)]
    assert words == ["writes to the family", "phones and visits to ask how they are"]


def test_typography_and_spaces_are_no_change_of_words():
    assert shown('They said "yes" - twice.\n\nGood.', "They said “yes” – twice.  Good.") == []


def test_a_change_knows_the_passages_it_touches():
    new = OLD.replace("£10", "£25").replace(" Blood is taken twice.", "")
    made = compare(OLD, new)
    assert made.touching(OLD.index("We pay"), OLD.index("for each")) == [0]
    assert made.touching(OLD.index("Blood"), OLD.index("Blood") + 5) == [1]
    assert made.touching(OLD.index("Some"), OLD.index("upset")) == []


def test_an_empty_version_and_one_of_spaces():
    assert shown("", "New words.") == [("added", "New words.")]
    assert shown("Old words.", "") == [("taken_out", "Old words.")]
    for old, new in (("", ""), (" \n", "Words."), ("Words.", "\n\n"), ("  ", "\n")):
        check_whole(old, new)


_words = st.sampled_from(
    "care Team nurse week the a to of visit £20 plan 😀 cafe\u0301 您可 ، ( -".split()
)
_gaps = st.sampled_from([" ", " ", " ", ". ", "? ", "\n\n", "\n", "\t", "  "])
_texts = st.lists(st.tuples(_words, _gaps), max_size=40).map(
    lambda parts: "".join(word + gap for word, gap in parts)
)


@settings(max_examples=150)
@given(_texts, _texts)
def test_both_versions_can_be_rebuilt_from_any_comparison(old: str, new: str):
    check_whole(old, new)


@settings(max_examples=60)
@given(st.randoms(use_true_random=False))
def test_both_versions_can_be_rebuilt_after_editing_and_moving(rng: random.Random):
    lines = OLD.split("\n\n") * 2
    edited = [line.replace("you", "we") if rng.random() < 0.3 else line for line in lines]
    edited = [line for line in edited if rng.random() < 0.8]
    rng.shuffle(edited)
    check_whole("\n\n".join(lines), "\n\n".join(edited))


@settings(max_examples=60)
@given(_texts, _texts)
def test_each_change_covers_its_own_pieces_and_no_other(old: str, new: str):
    made = compare(old, new)
    covered = [n for change in made.changes for n in range(change.first, change.last)]
    changed = [n for n, p in enumerate(made.pieces) if p.kind is not PieceKind.SAME]
    assert covered == changed
