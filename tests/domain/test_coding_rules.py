"""Coding: the tree of codes, whose word counts, what is shown of a participant, and counts."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.domain.annotations import Annotation, AnnotationId, Visibility
from mhin_ppi.domain.attribution import (
    fresh_codes,
    labels_that_identify,
    may_be_shown,
    shown_as,
)
from mhin_ppi.domain.code_tree import COLOURS, CodeTree
from mhin_ppi.domain.codebook import (
    Attribution,
    Code,
    CodeId,
    Coding,
    CodingConsent,
    CodingId,
    ConsentId,
    ParticipantQuote,
    QuoteId,
)
from mhin_ppi.domain.coded_places import place_only, words_at
from mhin_ppi.domain.coding_consent import has_agreed, may_leave
from mhin_ppi.domain.coding_counts import Counted, count_codings
from mhin_ppi.domain.drafts import VersionId
from mhin_ppi.domain.people import Person, PersonId
from mhin_ppi.domain.projects import ProjectId, SiteId
from mhin_ppi.errors import InputError
from mhin_ppi.ui.tokens import contrast

STUDY, OTHER_STUDY = ProjectId(UUID(int=901)), ProjectId(UUID(int=902))
HULL, LEEDS = SiteId(UUID(int=801)), SiteId(UUID(int=802))


def code_id(number: int) -> CodeId:
    return CodeId(UUID(int=number))


def code(number: int, name: str = "", *, under: int | None = None, retired: bool = False) -> Code:
    parent = None if under is None else code_id(under)
    return Code(code_id(number), name or f"code {number}", parent=parent, retired=retired)


def quote(number: int, **about: Any) -> ParticipantQuote:
    plain = ParticipantQuote(
        QuoteId(UUID(int=number)), PersonId(UUID(int=1)), STUDY, "I just stopped going.",
        consented=True,
    )  # fmt: skip
    return dataclasses.replace(plain, **about)


# ---------------------------------------------------------------- the tree


def test_the_tree_is_walked_by_name_with_depths():
    tree = CodeTree([code(1, "Travel"), code(2, "buses", under=1), code(3, "Access")])
    assert [(c.name, depth) for c, depth in tree.walk()] == [
        ("Access", 0),
        ("Travel", 0),
        ("buses", 1),
    ]


def test_a_code_never_comes_to_stand_under_itself():
    tree = CodeTree([code(1), code(2, under=1), code(3, under=2)])
    for under in (1, 2, 3):
        with pytest.raises(InputError):
            tree.check_move(code_id(1), code_id(under))
    tree.check_move(code_id(3), code_id(1))


def test_a_retired_code_takes_no_others_under_it():
    tree = CodeTree([code(1), code(2, retired=True)])
    with pytest.raises(InputError, match="not offered"):
        tree.check_move(code_id(1), code_id(2))


@settings(max_examples=80)
@given(st.lists(st.integers(0, 8), min_size=1, max_size=8))
def test_whatever_two_laptops_did_every_code_is_seen_once(parents):
    codes = [code(at, under=under) for at, under in enumerate(parents)]
    tree = CodeTree(codes)
    assert sorted(c.id for c, _ in tree.walk()) == sorted(c.id for c in codes)
    assert CodeTree(reversed(codes)).parents == tree.parents
    for each in codes:
        assert tree.path(each.id)[-1] is each


def test_a_merged_code_counts_as_what_it_became_and_a_retired_one_as_itself():
    tree = CodeTree([code(1), code(2, under=1, retired=True), code(3, retired=True)])
    assert tree.stands_for(code_id(2)) == code_id(1)
    assert tree.stands_for(code_id(3)) == code_id(3)
    assert [c.id for c in tree.retired()] == [code_id(3)]
    assert [c.id for c in tree.merged_into(code_id(1))] == [code_id(2)]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "TRAVEL", " travel "])
def test_names_that_cannot_be_used(name):
    tree = CodeTree([code(1, "Travel")])
    with pytest.raises(InputError):
        tree.checked_name(name, under=None)
    assert tree.checked_name("travel", under=code_id(1)) == "travel"


def test_offered_colours_can_be_read_on_a_light_page():
    assert all(contrast(colour, "#FFFFFF") >= 4.5 for colour in COLOURS)
    assert len(set(COLOURS)) == len(COLOURS)


# ---------------------------------------------------------------- consent


def said(number: int, *, agreed: bool, after: int, project: ProjectId = STUDY) -> CodingConsent:
    when = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=after)
    return CodingConsent(ConsentId(UUID(int=number)), PersonId(UUID(int=7)), project, agreed, when)


def test_the_newest_word_counts_and_only_for_its_project():
    person = PersonId(UUID(int=7))
    words = [said(1, agreed=True, after=2), said(2, agreed=False, after=1)]
    assert not has_agreed([], person=person, project=STUDY)
    assert has_agreed(words, person=person, project=STUDY)
    assert not has_agreed(words, person=person, project=OTHER_STUDY)
    assert not has_agreed(words, person=PersonId(UUID(int=8)), project=STUDY)
    words.append(said(3, agreed=False, after=3))
    assert not has_agreed(words, person=person, project=STUDY)


def test_of_two_words_at_one_instant_the_no_counts():
    both = [said(1, agreed=False, after=1), said(2, agreed=True, after=1)]
    assert not has_agreed(both, person=PersonId(UUID(int=7)), project=STUDY)


def test_only_what_the_board_may_see_leaves():
    author = Person(PersonId(UUID(int=7)), "Amber Fictional")
    note = Annotation(AnnotationId(UUID(int=1)), VersionId(UUID(int=2)), author.id, "words")
    assert may_leave(note, author)
    assert not may_leave(note, dataclasses.replace(author, not_quoted=True))
    assert not may_leave(note, None)
    for visibility in (Visibility.ONLY_ME, Visibility.COORDINATOR):
        assert not may_leave(dataclasses.replace(note, visibility=visibility), author)


def test_a_coding_of_a_note_holds_none_of_its_words():
    text = "I was held down 👍 and nobody said why."
    which = CodingId(UUID(int=5))
    place = place_only(text, 6, 17, coding=which)
    coding = Coding(which, code_id(1), PersonId(UUID(int=1)), passage=place)
    assert "held" not in repr(place)
    assert words_at(coding, text) == "held down 👍"
    assert words_at(coding, text + " ") == ""
    assert words_at(coding, "") == ""


# ---------------------------------------------------------------- attribution


def test_nothing_is_shown_unless_somebody_chose_it():
    told = quote(1, participant="IT107", description="a woman", place="Hull", name="Ann Other")
    assert told.attribution is Attribution.NO_LABEL
    assert shown_as(told) == ""
    levels = {
        Attribution.ROLE: "a woman",
        Attribution.ROLE_AND_PLACE: "a woman, Hull",
        Attribution.CODE: "IT107, a woman, Hull",
        Attribution.BY_NAME: "Ann Other",
    }
    for level, words in levels.items():
        assert shown_as(dataclasses.replace(told, attribution=level)) == words


def test_nothing_without_consent_is_shown():
    told = quote(1, description="a carer", attribution=Attribution.ROLE, consented=False)
    assert not may_be_shown(told)
    assert shown_as(told) == ""


def test_code_description_and_place_together_are_warned_of():
    told = quote(
        1, participant="IT107", description="female", place="Hull", attribution=Attribution.CODE
    )
    crowd = [
        quote(10 + n, participant=f"P{n}", description="female", place="Hull") for n in range(30)
    ]
    assert "A code, a description and a place are shown together" in labels_that_identify(
        told, crowd
    )
    assert labels_that_identify(dataclasses.replace(told, place=""), crowd) == ""


def test_a_description_that_few_people_fit_is_warned_of():
    told = quote(1, participant="P1", description="a carer", attribution=Attribution.ROLE)
    same_person = [quote(n, participant="P1", description="A carer") for n in range(2, 9)]
    warned = labels_that_identify(told, [told, *same_person])
    assert "Fewer than 5 people in the quotes kept here fit “a carer”" in warned
    others = [quote(20 + n, participant=f"Q{n}", description="a carer") for n in range(4)]
    assert labels_that_identify(told, [told, *others]) == ""
    elsewhere = [dataclasses.replace(one, project=OTHER_STUDY) for one in others]
    assert "Fewer than 5 people" in labels_that_identify(told, [told, *elsewhere])
    placed = dataclasses.replace(told, place="Hull", attribution=Attribution.ROLE_AND_PLACE)
    assert "“a carer” and “Hull”" in labels_that_identify(placed, others)


def test_a_name_is_always_asked_about():
    told = quote(1, name="Ann Other", attribution=Attribution.BY_NAME)
    assert "only where the person asked" in labels_that_identify(told, [])
    assert labels_that_identify(quote(2, description="a carer"), []) == ""


def test_every_report_has_codes_of_its_own():
    kept = [quote(n, participant=f"IT{n % 4}") for n in range(12)] + [quote(99)]
    one, again = fresh_codes(kept, salt="a"), fresh_codes(kept, salt="a")
    assert one == again
    assert QuoteId(UUID(int=99)) not in one
    for first in kept[:12]:
        for second in kept[:12]:
            assert (one[first.id] == one[second.id]) == (first.participant == second.participant)
    orders = {tuple(fresh_codes(kept, salt=str(n))[q.id] for q in kept[:4]) for n in range(40)}
    assert len(orders) > 10
    told = dataclasses.replace(kept[1], attribution=Attribution.CODE)
    assert shown_as(told, codes=one) == one[told.id]
    assert "IT1" not in shown_as(told, codes=one)


# ---------------------------------------------------------------- counts


def test_counts_by_code_place_and_sort_add_up():
    tree = CodeTree([code(1), code(2), code(3, under=1, retired=True)])
    codings = [
        Counted(code_id(1), "draft"),
        Counted(code_id(1), "question", HULL, "amber"),
        Counted(code_id(3), "question", HULL, "kim"),
        Counted(code_id(2), "quote", LEEDS, "P1"),
    ]
    counts = count_codings(codings, tree)
    one = counts.of(code_id(1))
    assert (one.passages, one.at(HULL), one.at(None), one.at(HULL, sort="draft")) == (3, 2, 1, 0)
    assert counts.of(code_id(3)).passages == 0
    assert counts.total.passages == sum(c.passages for c in counts.by_code.values()) == 4
    assert sum(counts.total.at(site) for site in counts.sites) == 4
    assert counts.sorts == {"draft", "question", "quote"}


def test_small_counts_of_people_are_never_told():
    tree = CodeTree([code(1)])
    for number, words in ((0, ""), (1, "fewer than 5"), (4, "fewer than 5"), (5, "5"), (9, "9")):
        told = [Counted(code_id(1), "question", HULL, f"person {n}") for n in range(number)]
        assert count_codings(told, tree).of(code_id(1)).people == words
