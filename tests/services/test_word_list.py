"""The board's word list: anyone proposes; the proposer or a coordinator changes."""

from __future__ import annotations

import pytest

from mhin_ppi.domain.plain_english import parse_plain_english
from mhin_ppi.errors import InputError, NotAllowedError
from mhin_ppi.resource_files import resource


def test_whoever_proposed_a_word_can_explain_it_better_and_take_it_off(pair):
    word = pair.amber.words.propose("cognitions", meaning="Thoughts").value
    better = pair.amber.words.change(word.id, meaning=" Thoughts, and more ", instead="thoughts")
    assert (better.value.meaning, better.value.instead) == ("Thoughts, and more", "thoughts")
    pair.amber.words.take_off(word.id)
    assert pair.amber.words.all() == []
    assert pair.amber.words.propose("cognitions", meaning="Thoughts").value.term == "cognitions"


def test_a_word_needs_a_meaning_when_it_is_changed_too(pair):
    word = pair.amber.words.propose("cognitions", meaning="Thoughts").value
    with pytest.raises(InputError):
        pair.amber.words.change(word.id, meaning=" ")
    assert pair.amber.words.all() == [word]


def test_a_coordinator_changes_any_word_and_others_only_their_own(pair):
    theirs = pair.amber.words.propose("cognitions", meaning="Thoughts").value
    pair.exchange()
    pair.ruth.words.change(theirs.id, meaning="What a person thinks")
    ruths = pair.ruth.words.propose("arm", meaning="Group").value
    pair.exchange()
    assert [w.meaning for w in pair.amber.words.all()] == ["Group", "What a person thinks"]
    with pytest.raises(NotAllowedError):
        pair.amber.words.change(ruths.id, meaning="Limb")
    with pytest.raises(NotAllowedError):
        pair.amber.words.take_off(ruths.id)


def test_a_draft_is_checked_beside_the_list_as_it_stands(pair):
    lists = parse_plain_english(
        resource("catalogues", "plain_english.toml").read_text(encoding="utf-8")
    )
    check = pair.ruth.words.check(pair.version, lists=lists)
    assert "payment" not in {t.code for t in check.left_out}
    assert {"risk", "data"} <= {t.code for t in check.left_out}
