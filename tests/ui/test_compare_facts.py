"""What the comparison shows and folds: nothing is lost by it, and hostile text is only text."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.blocks import DraftText, plain_draft
from mhin_ppi.domain.drafts import Draft, DraftId, DraftVersion, VersionId
from mhin_ppi.domain.people import Person, PersonId
from mhin_ppi.domain.projects import ProjectId
from mhin_ppi.domain.weaving import PieceKind
from mhin_ppi.errors import Stopped
from mhin_ppi.ui.pages.compare_facts import (
    Both,
    Compared,
    change_words,
    compare,
    counts_words,
    enough_for,
    fold_with,
    shown,
)
from mhin_ppi.ui.widgets.difference_text import DifferenceText
from mhin_ppi.ui.widgets.folds import Fold

SPANS = st.lists(st.tuples(st.integers(0, 500), st.integers(1, 60)), max_size=2)
PARAGRAPHS = [f"Paragraph {n} says something of its own, number {n * 7}." for n in range(40)]


def both_of(old: DraftText, new: DraftText) -> Both:
    draft = Draft(DraftId(uuid4()), project=ProjectId(uuid4()), title="A sheet")
    first, second = (DraftVersion(VersionId(uuid4()), draft=draft.id, number=n) for n in (1, 2))
    me = Person(PersonId(uuid4()), name="Ruth Okafor")
    return Both(draft, first, second, (first, second), old, new, me)


def compared(old: list[str], new: list[str]) -> Compared:
    return compare(both_of(plain_draft(old), plain_draft(new)))


def test_everything_is_shown_once_when_nothing_is_folded():
    rng = random.Random(3)
    new = [line.replace("says", "tells") if rng.random() < 0.2 else line for line in PARAGRAPHS]
    new[5:5] = ["Something new."]
    made = compared(PARAGRAPHS, [*new[20:], *new[:18]])
    folds = {int(p.link[5:]) for p in shown(made) if p.link.startswith("fold:")}
    assert folds
    pieces = [p for p in shown(made, unfolded=folds) if p.kind is not None]
    words = [made.comparison.words_of(piece) for piece in made.comparison.pieces]
    assert [p.text for p in pieces] == words


def test_a_folded_change_is_found_by_its_stretch():
    new = [
        line.replace("says", "tells") if n in (3, 30) else line for n, line in enumerate(PARAGRAPHS)
    ]
    made = compared(PARAGRAPHS, new)
    assert fold_with(made, 1, only=[0]) is not None
    assert fold_with(made, 1, only=None) is None
    hidden = " ".join(p.text for p in shown(made, only=[0]))
    assert "Paragraph 30" not in hidden
    opened = shown(made, only=[0], unfolded={fold_with(made, 1, only=[0]) or 0})
    assert any("Paragraph 30" in p.text for p in opened)


def test_many_changes_come_a_part_at_a_time():
    new = [line.replace("says", "tells") for line in PARAGRAPHS]
    made = compared(PARAGRAPHS, new)
    few = shown(made, most=10)
    assert few[-1].link == "more"
    assert few[0].text.startswith("Paragraph 0")
    assert shown(made, most=1_000)[-1].link != "more"
    enough = shown(made, most=enough_for(made, 25, None))
    assert any(piece.change == 25 for piece in enough)


def test_counts_and_changes_are_said_in_words():
    made = compared(["We pay £10 for a session."], ["We pay £25 for a session."])
    assert counts_words(made.comparison) == "1 part reworded."
    assert change_words(made.comparison, 0) == "Change 1 of 1. Taken out: 10. Added: 25"
    same = compared(PARAGRAPHS, PARAGRAPHS)
    assert counts_words(same.comparison) == "No words have changed."


def test_a_very_long_addition_is_cut_in_the_middle_and_says_so():
    long = " ".join(f"word{n}" for n in range(9_000))
    made = compared(PARAGRAPHS, [*PARAGRAPHS, long])
    texts = [p.text for p in shown(made) if p.kind is PieceKind.ADDED]
    assert any("characters more" in text for text in texts)


def test_stopping_ends_the_comparison():
    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        compare(both_of(plain_draft(PARAGRAPHS), plain_draft(PARAGRAPHS[3:])), watch=stop)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("يمكنكم الانسحاب في أي وقت. شكرا.", "يمكنكم التوقف في أي وقت. شكرا."),
        ("Good 😀 or hard 👩‍👩‍👧 today, say.", "Good 😟 or hard 👩‍👩‍👧 today, then."),
        ("您可以随时退出研究。", "您可以随时离开研究。"),
        ("The m̃bo̧ is here.", "The m̃bo̧ was here."),
        ("<b>bold</b> is a tag.", "<b>bold</b> is <i>not</i> a tag."),
    ],
)
def test_other_scripts_signs_and_tags_are_shown_as_they_stand(old: str, new: str, qtbot, look):
    made = compared([old], [new])
    text = DifferenceText("What changed")
    qtbot.addWidget(text)
    pieces = shown(made)
    text.show_pieces(pieces)
    words = "".join(p.text for p in pieces if p.kind is not PieceKind.TAKEN_OUT)
    assert words.strip() == new
    for piece in pieces:
        assert piece.text.strip() in text.words()


@pytest.mark.slow
def test_two_million_characters_are_compared_within_half_a_minute(qtbot, look):
    rng = random.Random(5)
    words = "care team clinic week phone letter family visit time plan risk nurse".split()
    old = [" ".join(rng.choices(words, k=60)) + f" number {n}." for n in range(6_000)]
    new = [line.replace("nurse", "doctor") if rng.random() < 0.2 else line for line in old]
    made = compared(old, [*new[3_000:], *new[:2_900]])
    assert len(made.both.old_text.text) > 2_000_000
    text = DifferenceText("What changed")
    qtbot.addWidget(text)
    text.show_pieces(shown(made))
    assert "moved away" in text.words()
    assert "Show more changes" in text.words()


@settings(max_examples=40)
@given(st.integers(0, 10_000), SPANS, SPANS)
def test_no_word_of_a_folded_part_is_shown_in_either_version(seed, old_spans, new_spans):
    chance = random.Random(seed)
    old = [" ".join(f"w{n}x{m}" for m in range(8)) + "." for n in range(12)]
    new = []
    for line in old:
        words = [f"{w}new" if chance.random() < 0.15 else w for w in line.split()]
        new.append(" ".join(w for w in words if chance.random() < 0.95) or "Nothing.")
    both = both_of(plain_draft(old), plain_draft(new))
    folds = {
        "old_folds": tuple(Fold(a, a + n, "it", (f"o{a}",)) for a, n in old_spans),
        "new_folds": tuple(Fold(a, a + n, "it", (f"n{a}",)) for a, n in new_spans),
    }
    made = compare(replace(both, **folds))
    unfolded = range(100)
    seen = {w for piece in shown(made, unfolded=unfolded) for w in piece.text.split()}
    kept = made.kept_back(frozenset())
    for text, side in ((both.old_text, kept.old), (both.new_text, kept.new)):
        for word in re.finditer(r"\S+", text.text):
            # A word that is cut in two by the edge of a fold is no word of it.
            inside = any(f.start <= word.start() and word.end() <= f.end for f in side.closed)
            assert not (inside and word.group() in seen), word.group()
    every = frozenset(id_ for side in folds.values() for fold in side for id_ in fold.ids)
    again = shown(made, unfolded=unfolded, opened=every)
    assert again == shown(compare(both), unfolded=unfolded)
