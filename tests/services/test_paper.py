"""A draft on paper, and what comes back on paper, on a real board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mhin_ppi.app import LaterWriter
from mhin_ppi.domain.annotations import AnnotationKind, Visibility, guiding_tag
from mhin_ppi.domain.content_notes import ContentNote, ContentNoteId
from mhin_ppi.domain.passages import passage_in
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.questions import Question
from mhin_ppi.errors import InputError, NotAllowedError
from mhin_ppi.services.desk import Desk, keep
from mhin_ppi.services.paper import Paper
from tests.services.laptops import TEXT, Pair


def entered(pair: Pair, numbers: str, **changes: object):
    asked = {
        "number_words": numbers,
        "kind": AnnotationKind.QUESTION,
        "body": "Whose £20?",
        "person": pair.kim,
    }
    return pair.ruth.paper.enter_reply(pair.version, **(asked | changes)).value


def test_a_reply_stands_on_the_words_of_its_number_under_the_persons_name(pair: Pair) -> None:
    noted = entered(pair, "para. 4")
    assert noted.annotation.passage.quote == TEXT[3]
    assert noted.annotation.author == pair.kim
    assert noted.annotation.typed_by == pair.ruth.people.me().id
    assert noted.question.asker == pair.kim
    pair.to_amber()
    (seen,) = pair.amber.annotations.on(pair.version)
    assert seen.annotation == noted.annotation


def test_a_range_is_one_passage_and_several_numbers_are_one_question(pair: Pair) -> None:
    both = entered(pair, "2-3").annotation
    assert both.passage.quote == f"{TEXT[1]}\n\n{TEXT[2]}"
    assert both.tags == ()
    apart = entered(pair, "4 and 1").annotation
    assert apart.passage.quote == TEXT[0]
    assert apart.tags == ("also paragraph 4",)
    assert len(pair.ruth.questions.register()) == 2


def test_no_number_is_the_whole_draft_and_only_the_coordinator_may_see_it(pair: Pair) -> None:
    noted = entered(pair, " ", visibility=Visibility.COORDINATOR, kind=AnnotationKind.WORKS)
    assert noted.annotation.passage is None
    assert noted.question is None
    pair.to_amber()
    assert pair.amber.annotations.on(pair.version) == []


def test_an_answer_to_a_guiding_question_is_told_apart_by_its_letter(pair: Pair) -> None:
    with pytest.raises(InputError):
        entered(pair, "B")
    pair.ruth.reviewing.ask_to_read(
        pair.version, invited=[pair.kim], guiding_questions=["Enough?", "Missing?"]
    )
    noted = entered(pair, "question b")
    assert noted.annotation.tags == (guiding_tag(2),)
    assert noted.annotation.passage is None
    with pytest.raises(InputError):
        entered(pair, "C")


def test_not_named_on_the_slip_is_not_named_anywhere(pair: Pair) -> None:
    pair.ruth.people.choose_credit(pair.kim, credit=Credit.FULL_NAME)
    assert entered(pair, "4", credit=Credit.NOT_NAMED).question.credit is Credit.NOT_NAMED
    assert pair.ruth.questions.register()[0].asked_by == "A board member"


@pytest.mark.parametrize(
    ("numbers", "body"), [("9", "Why?"), ("four", "Why?"), ("4", "  "), ("2-9", "Why?")]
)
def test_what_cannot_be_kept_leaves_nothing(pair: Pair, numbers: str, body: str) -> None:
    with pytest.raises(InputError):
        entered(pair, numbers, body=body)
    with pair.ruth.desk.store.unit_of_work() as work:
        assert work.count(Question) == 0
    assert pair.ruth.annotations.on(pair.version) == []


def test_only_a_coordinator_types_in_for_others(pair: Pair) -> None:
    with pytest.raises(NotAllowedError):
        pair.amber.paper.enter_reply(
            pair.version,
            number_words="1",
            kind=AnnotationKind.QUESTION,
            body="Why?",
            person=pair.kim,
        )


def test_what_works_keeps_the_choice_not_to_be_named_too(pair: Pair) -> None:
    pair.ruth.people.choose_credit(pair.kim, credit=Credit.FULL_NAME)
    made = pair.ruth.paper.enter_reply(
        pair.version,
        number_words="2",
        kind=AnnotationKind.WORKS,
        body="Good.",
        person=pair.kim,
        credit=Credit.NOT_NAMED,
    ).value
    assert (made.question, made.annotation.credit) == (None, Credit.NOT_NAMED)
    assert pair.ruth.annotations.names([made.annotation]) == {made.annotation.id: "A board member"}


def test_paper_says_what_the_newest_request_asks(pair: Pair) -> None:
    bare = pair.ruth.paper.content(pair.version)
    assert (bare.due_on, bare.minutes, bare.guiding_questions) == (None, 0, ())
    for minutes in (30, 45):
        pair.ruth.reviewing.ask_to_read(
            pair.version,
            invited=[pair.kim],
            due_on=date(2026, 4, 1),
            minutes=minutes,
            guiding_questions=["What is missing?"],
            content_note="Being held.",
        )
    content = pair.ruth.paper.content(pair.version, large_print=True)
    assert (content.due_on, content.minutes) == (date(2026, 4, 1), 45)
    assert content.guiding_questions == ("What is missing?",)
    assert content.content_note == "Being held."
    assert content.coordinator == "Ruth Sampleworth, the coordinator"
    assert content.project == "A study"
    assert content.large_print
    assert any(contact.name == "Samaritans" for contact in content.contacts.contacts)


def test_content_notes_stand_before_their_passages(pair: Pair) -> None:
    desk = pair.ruth.desk
    text = "\n\n".join(TEXT)
    start, _ = pair.span("Seclusion")
    with desk.store.unit_of_work() as work:
        for span, words in ((pair.span("£20"), ""), ((start, len(text) - 3), "Seclusion.")):
            note = ContentNote(
                id=ContentNoteId(desk.new_id()),
                version=pair.version,
                passage=passage_in(text, *span),
                body=words,
            )
            keep(work, note)
        work.commit()
    notes = pair.ruth.paper.content(pair.version).passage_notes
    assert [(note.first, note.last) for note in notes] == [(2, 3), (3, 3)]
    assert notes[0].words == "Seclusion."
    assert "hard to read" in notes[1].words


def test_the_sheet_is_a_pdf_of_that_version(pair: Pair) -> None:
    desk: Desk = replace(pair.ruth.desk, writer=LaterWriter())
    paper = Paper(desk, pair.ruth.catalogues)
    drawn = {large: paper.sheet(pair.version, large_print=large) for large in (False, True)}
    assert all(sheet.startswith(b"%PDF-1.7") for sheet in drawn.values())
    assert drawn[False] != drawn[True]
