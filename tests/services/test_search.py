"""What a search finds, under which names, and what it keeps back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.responses import Decision
from mhin_ppi.domain.searching import FoundKind, excerpt, marks_in, nearest, terms_of, written
from mhin_ppi.services.boards import Services
from mhin_ppi.services.search_hits import Hit
from tests.robots.laptop import PASSWORD, exchange, make_boards, member_of

FIRST = "# For you\n\nCome to the clinic six times.\n\nWe pay your fare.\n"
SECOND = "# For you\n\nCome to the clinic, or join from home.\n\nWe pay your fare.\n"


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def member(coordinator: Services, tmp_path: Path) -> Iterator[Services]:
    boards = make_boards(tmp_path)
    opened = member_of(boards, coordinator, tmp_path / "amina", name="Amina Khan")
    yield opened
    opened.close()


def shown(hits: list[Hit]) -> list[tuple[FoundKind, str, str]]:
    return [(hit.kind, hit.excerpt, hit.about) for hit in hits]


def test_questions_answers_and_notes_under_the_names_people_chose(
    coordinator: Services, member: Services
):
    project = coordinator.people.add_project("CBT", team="the CBT team", sites=[]).value
    version = coordinator.reviewing.add_draft(
        FIRST.encode(), file_name="v1.md", project=project.id, title="Clinic sheet"
    ).value
    exchange(coordinator, member)
    asked = member.annotations.annotate(
        version.id, kind=AnnotationKind.QUESTION, body="Which clinic?", span=(0, 7)
    ).value.question
    member.annotations.annotate(
        version.id,
        kind=AnnotationKind.CONCERN,
        body="The clinic frightens me",
        credit=Credit.NOT_NAMED,
    )
    member.annotations.annotate(
        version.id,
        kind=AnnotationKind.WORKS,
        body="Good that the clinic is named",
        visibility=Visibility.ONLY_ME,
    )
    exchange(coordinator, member)
    assert asked is not None
    coordinator.questions.respond(
        asked.id, decision=Decision.WILL_NOT_CHANGE, body="The one in Hull.", reason="One clinic."
    )
    exchange(coordinator, member)

    question, draft, answer, note = FoundKind
    assert shown(coordinator.search.find("clinic")) == [
        (question, "The clinic frightens me", "A board member · Concern · CBT"),
        (question, "Which clinic?", "Amina · Question · CBT"),
        (draft, "Clinic sheet", "Draft · CBT"),
        (draft, "Come to the clinic six times.", "Clinic sheet, version 1"),
        (answer, "The one in Hull. One clinic.", "the CBT team · Will not change"),
    ]
    mine = member.search.find("clinic", kinds=[question, note])
    assert [(kind, about) for kind, _, about in shown(mine)] == [
        (question, "You · Concern · CBT"),
        (question, "You · Question · CBT"),
        (note, "You · What works · Clinic sheet, version 1"),
    ]
    assert coordinator.search.each_word("Hull").said == {"hull": {str(asked.id)}}
    assert coordinator.search.each_word("").said == {}

    member.annotations.take_back(asked.annotation) if asked.annotation else None
    assert "Which clinic?" not in [words for _, words, _ in shown(member.search.find("clinic"))]
    exchange(coordinator, member)
    found = coordinator.search.find("clinic", kinds=[question, answer])
    assert [hit.excerpt for hit in found] == ["The clinic frightens me"]


def test_a_draft_is_found_in_its_newest_version_that_has_the_words(coordinator: Services):
    project = coordinator.people.add_project("CBT", team="the CBT team", sites=[]).value
    first = coordinator.reviewing.add_draft(
        FIRST.encode(), file_name="v1.md", project=project.id, title="A sheet"
    ).value
    second = coordinator.reviewing.add_version(
        first.draft, SECOND.encode(), file_name="v2.md"
    ).value
    (clinic,) = coordinator.search.find("clinic")
    assert (clinic.version, clinic.about) == (second.id, "A sheet, version 2")
    (six,) = coordinator.search.find("six")
    assert (six.version, six.about) == (first.id, "A sheet, version 1")
    text = coordinator.reviewing.text_of(first.id).text
    assert six.span is not None
    assert text[slice(*six.span)] == "six"

    coordinator.reviewing.ask_to_read(
        second.id, invited=[coordinator.desk.store.person], content_note="journeys"
    )
    (fare,) = coordinator.search.find("fare")
    assert (fare.excerpt, fare.is_kept_back, fare.marks) == (
        "This draft touches on: journeys",
        True,
        (),
    )


def test_nothing_found_and_more_found_than_is_shown(coordinator: Services):
    for number in range(4):
        coordinator.questions.raise_question(f"Who pays for bus {number}?")
    found = coordinator.search.look_for("bus", limit=3)
    assert len(found.hits) == 3
    assert found.more == {FoundKind.QUESTION}
    found = coordinator.search.look_for("bus zebra")
    assert (found.instead, len(found.hits)) == ("bus", 4)
    assert coordinator.search.look_for("zebra lion").hits == ()
    assert coordinator.search.look_for(" ?! ").looked_for == ""
    assert coordinator.search.find("") == []


# ---------------------------------------------------------------- words alone


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("carer", [("carer", True)]),
        ("to", [("to", False)]),
        ('"come to" cl', [("come to", False), ("cl", False)]),
        ("“come to the", [("come to the", True)]),
        ("e-mail", [("e-mail", True)]),
        ("?! -", []),
        ("a\0b\ud800c", [("a", False), ("b", False), ("c", False)]),
        ("bus bus", [("bus", True)]),
    ],
)
def test_what_is_typed_is_taken_apart(typed: str, understood: list[tuple[str, bool]]):
    assert [(term.words, term.begins) for term in terms_of(typed)] == understood


def test_a_hundred_thousand_characters_are_no_trouble():
    assert len(terms_of("word" * 25_000)) == 1
    assert len(terms_of(" ".join(f"word{n}" for n in range(20_000)))) == 32


def test_words_are_marked_whatever_their_case_and_accents():
    text = "The café: CAFES, scafe – cafe\u0301, come  to"
    marked = [text[a:b] for a, b in marks_in(text, terms_of('cafe "come to"'))]
    assert marked == ["café", "CAFES", "cafe\u0301", "come  to"]


def test_an_excerpt_is_cut_between_words_around_the_first_that_was_found():
    text = " ".join(f"word{n}" for n in range(200)) + " needle " + "more " * 100
    cut = excerpt(text, terms_of("needle"))
    assert cut.words.startswith("… word")
    assert cut.words.endswith("more …")
    assert len(cut.words) < 210
    assert [cut.words[a:b] for a, b in cut.marks] == ["needle"]
    assert text[cut.start : cut.end] == "needle"
    assert excerpt("x" * 1_000, terms_of("nowhere")).marks == ()


def test_the_nearest_leaves_out_the_last_word_first():
    tried = [written(terms) for terms in nearest(terms_of("one two three"))]
    assert tried == ["one two", "one three", "two three", "one", "two", "three"]
    assert list(nearest(terms_of("one"))) == []
