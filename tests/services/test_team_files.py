"""The board's notes in the team's own files, and what the team answers in them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import docx
import pypdf
import pytest

from mhin_ppi.domain.annotations import Annotation, AnnotationKind, Visibility
from mhin_ppi.domain.drafts import DraftVersion
from mhin_ppi.domain.people import Credit
from mhin_ppi.errors import InputError, NotAllowedError, UnsupportedError
from mhin_ppi.services.boards import Services
from tests.services.laptops import Pair, make_boards, make_pair

PARAGRAPHS = (
    "Appointments are confirmed by text message the day before.",
    "Seclusion is used as a last resort. Café staff — 👍 — will be asked.",
    "A £20 voucher is given at the end of a completed interview.",
)


def word_file(*paragraphs: str) -> bytes:
    made = docx.Document()
    made.add_heading("Draft protocol", 1)
    for words in paragraphs:
        made.add_paragraph(words)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def pdf_file(*paragraphs: str) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    kept = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    SimpleDocTemplate(kept).build([Paragraph(words, style) for words in paragraphs])
    return kept.getvalue()


@pytest.fixture
def pair(tmp_path) -> Iterator[Pair]:
    made = make_pair(make_boards(tmp_path, real_reader=True), tmp_path)
    yield made
    made.close()


def add(pair: Pair, content: bytes, name: str) -> DraftVersion:
    made = pair.ruth.reviewing.add_draft(
        content, file_name=name, project=pair.project, title=f"A draft from {name}"
    ).value
    pair.exchange()
    return made


def note(
    services: Services, version: DraftVersion, words: str, body: str, **more: Any
) -> Annotation:
    text = services.reviewing.text_of(version.id).text
    span = (text.index(words), text.index(words) + len(words)) if words else None
    kind = more.pop("kind", AnnotationKind.QUESTION)
    made = services.annotations.annotate(version.id, kind=kind, body=body, span=span, **more)
    return made.value.annotation


@pytest.fixture
def noted(pair: Pair) -> DraftVersion:
    """Amber asks three things, of different reach; Ruth answers one."""
    version = add(pair, word_file(*PARAGRAPHS), "protocol.docx")
    asked = note(pair.amber, version, "text message", "Is that safe in a shared house?")
    note(
        pair.amber,
        version,
        "Seclusion",
        "SECRET-FOR-RUTH",
        visibility=Visibility.COORDINATOR,
    )
    note(pair.amber, version, "voucher", "SECRET-OF-MINE", visibility=Visibility.ONLY_ME)
    note(pair.amber, version, "", "The whole reads well.", kind=AnnotationKind.WORKS)
    pair.exchange()
    pair.ruth.annotations.annotate(
        version.id, kind=AnnotationKind.WORKS, body="Good point.", reply_to=asked.id
    )
    return version


def test_what_leaves_is_named_as_chosen_and_what_is_kept_back_stays(
    pair: Pair, noted: DraftVersion
) -> None:
    leaving = pair.ruth.team_files.leaving(noted.id)
    assert [one.body for one in leaving.notes if not one.reply_to] == [
        "What works: The whole reads well.",
        "Question: Is that safe in a shared house?",
    ]
    assert leaving.kept_back == 1  # what Amber keeps to herself is not known here
    assert not any("Amber" in one.author for one in leaving.notes)
    pair.amber.people.choose_credit(pair.amber_id, credit=Credit.FULL_NAME)
    pair.exchange()
    named = pair.ruth.team_files.leaving(noted.id)
    assert "Amber Fictional" in {one.author for one in named.notes}


def test_an_only_me_note_never_leaves_even_from_its_writers_laptop(
    pair: Pair, tmp_path, noted: DraftVersion
) -> None:
    mine = note(pair.ruth, noted, "voucher", "RUTHS-OWN", visibility=Visibility.ONLY_ME)
    pair.ruth.annotations.annotate(
        noted.id, kind=AnnotationKind.WORKS, body="RUTHS-REPLY", reply_to=mine.id
    )
    leaving = pair.ruth.team_files.leaving(noted.id)
    made = pair.ruth.team_files.into(leaving, word_file(*PARAGRAPHS), file_name="theirs.docx").file
    written = pair.ruth.team_files.as_annotations(leaving)
    found = pair.boards.note_files.find_in(
        made, file_name="a.docx", text=pair.ruth.reviewing.text_of(noted.id)
    )
    said = " ".join(one.body for one in found) + written.decode()
    for secret in ("SECRET-FOR-RUTH", "SECRET-OF-MINE", "RUTHS-OWN", "RUTHS-REPLY"):
        assert secret not in said


def test_only_a_coordinator_sends_and_takes_in(pair: Pair, noted: DraftVersion) -> None:
    with pytest.raises(NotAllowedError):
        pair.amber.team_files.leaving(noted.id)
    with pytest.raises(NotAllowedError):
        pair.amber.team_answers.here(noted.id)


def test_comments_stand_on_their_words_in_the_teams_word_file(
    pair: Pair, noted: DraftVersion
) -> None:
    leaving = pair.ruth.team_files.leaving(noted.id)
    own, name = pair.ruth.team_files.original(noted.id)
    made = pair.ruth.team_files.into(leaving, own, file_name=name)
    assert made.lost_words == ()
    comments = {one.text: one for one in docx.Document(io.BytesIO(made.file)).comments}
    assert set(comments) == {
        "What works: The whole reads well.",
        "Question: Is that safe in a shared house?",
        "Good point.",
    }


def test_a_later_copy_of_the_file_gets_the_notes_where_the_words_went(
    pair: Pair, noted: DraftVersion
) -> None:
    later = word_file("A new first paragraph about the study.", *reversed(PARAGRAPHS))
    leaving = pair.ruth.team_files.leaving(noted.id)
    made = pair.ruth.team_files.into(leaving, later, file_name="later.docx")
    text = pair.boards.reader.read(later, file_name="later.docx")
    found = pair.boards.note_files.find_in(made.file, file_name="later.docx", text=text)
    asked = next(one for one in found if "shared house" in one.body)
    assert asked.quote == "text message"
    assert asked.span is not None
    assert text.text[slice(*asked.span)] == "text message"


def test_words_that_the_teams_copy_lost_are_quoted_at_the_start(
    pair: Pair, noted: DraftVersion
) -> None:
    cut = word_file(*PARAGRAPHS[1:])
    leaving = pair.ruth.team_files.leaving(noted.id)
    made = pair.ruth.team_files.into(leaving, cut, file_name="cut.docx")
    assert [one.quote for one in made.lost_words] == ["text message"]
    assert any("text message" in one.text for one in docx.Document(io.BytesIO(made.file)).comments)


def test_another_document_is_refused_and_nothing_is_placed(pair: Pair, noted: DraftVersion) -> None:
    other = word_file(*["Stir the flour into the butter.", "Bake for an hour until golden."] * 9)
    with pytest.raises(InputError, match="does not look like a copy"):
        pair.ruth.team_files.into(
            pair.ruth.team_files.leaving(noted.id), other, file_name="cake.docx"
        )
    with pytest.raises(InputError, match="does not look like a copy"):
        pair.ruth.team_answers.check(
            pair.ruth.team_answers.here(noted.id), other, file_name="cake.docx"
        )


def test_with_nothing_to_send_it_says_so(pair: Pair) -> None:
    version = add(pair, word_file(*PARAGRAPHS), "empty.docx")
    with pytest.raises(InputError, match="no notes"):
        pair.ruth.team_files.into(
            pair.ruth.team_files.leaving(version.id), b"", file_name="empty.docx"
        )


def test_a_text_file_takes_no_notes(pair: Pair, noted: DraftVersion) -> None:
    leaving = pair.ruth.team_files.leaving(noted.id)
    with pytest.raises(UnsupportedError):
        pair.ruth.team_files.into(leaving, "\n\n".join(PARAGRAPHS).encode(), file_name="plain.txt")


def answered(pair: Pair, version: DraftVersion) -> bytes:
    """The team answers one note, closes it, and writes two remarks of its own."""
    from dataclasses import replace

    from mhin_ppi.domain.shared_notes import SharedNote

    leaving = pair.ruth.team_files.leaving(version.id)
    own, name = pair.ruth.team_files.original(version.id)
    text = pair.boards.reader.read(own, file_name=name)
    asked = next(one for one in leaving.notes if "shared house" in one.body)
    at = text.text.index("completed interview")
    theirs = [
        SharedNote(
            id="urn:theirs:1",
            body="We will ask each person first.",
            author="Dr Invented",
            created="2026-03-09T10:00:00",
            motivation="replying",
            reply_to=asked.id,
        ),
        SharedNote(
            id="urn:theirs:2",
            body="Should this be for partly completed ones too?",
            author="Dr Invented",
            quote="completed interview",
            span=(at, at + len("completed interview")),
        ),
    ]
    ours = [replace(one, resolved=True) if one.id == asked.id else one for one in leaving.notes]
    return pair.boards.note_files.put_in(own, [*ours, *theirs], file_name=name, text=text).file


def test_answers_come_back_beside_the_notes_they_answer(pair: Pair, noted: DraftVersion) -> None:
    came = pair.ruth.team_answers.check(
        pair.ruth.team_answers.here(noted.id), answered(pair, noted), file_name="back.docx"
    )
    assert (len(came.replies), len(came.remarks), len(came.closed)) == (1, 1, 1)
    before = len(pair.ruth.annotations.on(noted.id))
    assert pair.ruth.team_answers.take_in(came).value == 2
    notes = [one.annotation for one in pair.ruth.annotations.on(noted.id)]
    assert len(notes) == before + 2
    asked = next(one for one in notes if one.body == "Is that safe in a shared house?")
    reply = next(one for one in notes if one.body == "We will ask each person first.")
    remark = next(one for one in notes if one.body.startswith("Should this be"))
    assert asked.resolved
    assert (reply.reply_to, reply.written_by) == (asked.id, "Dr Invented")
    assert isinstance(reply.made_at, datetime)
    assert remark.passage is not None
    assert remark.passage.quote == "completed interview"
    pair.exchange()
    assert len(pair.amber.annotations.on(noted.id)) == before + 2 + 1  # and her own private one


def test_the_same_file_again_adds_nothing(pair: Pair, noted: DraftVersion) -> None:
    file = answered(pair, noted)
    here = pair.ruth.team_answers.here
    pair.ruth.team_answers.take_in(
        pair.ruth.team_answers.check(here(noted.id), file, file_name="back.docx")
    )
    again = pair.ruth.team_answers.check(here(noted.id), file, file_name="back.docx")
    assert again.is_nothing
    assert again.known == 5
    assert pair.ruth.team_answers.take_in(again).value == 0


def test_nobodys_question_is_raised_by_the_teams_remark(pair: Pair, noted: DraftVersion) -> None:
    before = len(pair.ruth.questions.register())
    came = pair.ruth.team_answers.check(
        pair.ruth.team_answers.here(noted.id), answered(pair, noted), file_name="back.docx"
    )
    pair.ruth.team_answers.take_in(came)
    assert len(pair.ruth.questions.register()) == before


def test_a_very_long_answer_is_kept_whole(pair: Pair, noted: DraftVersion) -> None:
    from mhin_ppi.domain.shared_notes import SharedNote

    words = "A long answer. " * 3000
    own, name = pair.ruth.team_files.original(noted.id)
    text = pair.boards.reader.read(own, file_name=name)
    long = SharedNote(id="urn:theirs:long", body=words, author="Dr Invented")
    file = pair.boards.note_files.put_in(own, [long], file_name=name, text=text).file
    came = pair.ruth.team_answers.check(pair.ruth.team_answers.here(noted.id), file, file_name=name)
    pair.ruth.team_answers.take_in(came)
    kept = [
        one.annotation.body
        for one in pair.ruth.annotations.on(noted.id)
        if one.annotation.written_by == "Dr Invented"
    ]
    assert len(kept) > 1
    assert " ".join(kept).split() == words.split()


def test_a_pdf_takes_the_notes_and_gives_the_answers_back(pair: Pair) -> None:
    plain = [words.replace("👍 — ", "") for words in PARAGRAPHS]
    version = add(pair, pdf_file(*plain), "protocol.pdf")
    note(pair.amber, version, "text message", "Is that safe in a shared house?")
    pair.exchange()
    leaving = pair.ruth.team_files.leaving(version.id)
    own, name = pair.ruth.team_files.original(version.id)
    made = pair.ruth.team_files.into(leaving, own, file_name=name)
    marks = [
        mark.get_object()
        for page in pypdf.PdfReader(io.BytesIO(made.file)).pages
        for mark in page.get("/Annots", [])
    ]
    said = [str(mark.get("/Contents", "")) for mark in marks]
    assert any("Is that safe in a shared house?" in words for words in said)
    back = pair.ruth.team_answers.check(
        pair.ruth.team_answers.here(version.id), made.file, file_name=name
    )
    assert back.is_nothing
    assert back.known == 1


def test_annotations_alone_are_written_and_taken_in(pair: Pair, noted: DraftVersion) -> None:
    leaving = pair.ruth.team_files.leaving(noted.id)
    written = json.loads(pair.ruth.team_files.as_annotations(leaving))
    asked = next(one for one in leaving.notes if "shared house" in one.body)
    written["items"].append(
        {
            "id": "urn:theirs:9",
            "type": "Annotation",
            "motivation": "replying",
            "body": {"type": "TextualBody", "value": "Yes, we will ask."},
            "target": asked.id,
        }
    )
    came = pair.ruth.team_answers.check(
        pair.ruth.team_answers.here(noted.id),
        json.dumps(written).encode(),
        file_name="back.jsonld",
    )
    assert [one.body for one in came.replies] == ["Yes, we will ask."]


def test_words_taken_back_do_not_come_back_in_with_the_teams_file(
    pair: Pair, noted: DraftVersion
) -> None:
    file = answered(pair, noted)
    asked = next(
        one.annotation
        for one in pair.amber.annotations.on(noted.id)
        if "shared house" in one.annotation.body
    )
    pair.amber.annotations.take_back(asked.id)
    pair.exchange()
    came = pair.ruth.team_answers.check(
        pair.ruth.team_answers.here(noted.id), file, file_name="back.docx"
    )
    pair.ruth.team_answers.take_in(came)
    said = [one.annotation.body for one in pair.ruth.annotations.on(noted.id)]
    assert not any("shared house" in words for words in said)
    assert "We will ask each person first." in said


def test_an_old_file_does_not_open_again_what_was_closed_here(
    pair: Pair, noted: DraftVersion
) -> None:
    leaving = pair.ruth.team_files.leaving(noted.id)
    own, name = pair.ruth.team_files.original(noted.id)
    sent = pair.ruth.team_files.into(leaving, own, file_name=name).file
    asked = next(one for one in pair.ruth.annotations.on(noted.id) if one.question)
    pair.ruth.annotations.resolve(asked.annotation.id)
    came = pair.ruth.team_answers.check(pair.ruth.team_answers.here(noted.id), sent, file_name=name)
    assert came.is_nothing


def test_tagging_what_the_team_wrote_raises_no_question(pair: Pair, noted: DraftVersion) -> None:
    came = pair.ruth.team_answers.check(
        pair.ruth.team_answers.here(noted.id), answered(pair, noted), file_name="back.docx"
    )
    pair.ruth.team_answers.take_in(came)
    before = len(pair.ruth.questions.register())
    theirs = next(
        one.annotation
        for one in pair.ruth.annotations.on(noted.id)
        if one.annotation.written_by and one.annotation.reply_to is None
    )
    pair.ruth.annotations.tag(theirs.id, ["money"])
    pair.ruth.annotations.resolve(theirs.id)
    assert len(pair.ruth.questions.register()) == before


def test_who_is_not_named_in_a_question_is_not_named_in_their_reply(
    pair: Pair, noted: DraftVersion
) -> None:
    pair.amber.people.choose_credit(pair.amber_id, credit=Credit.FULL_NAME)
    asked = note(pair.amber, noted, "interview", "Who sees it?", credit=Credit.NOT_NAMED)
    pair.amber.annotations.reply(asked.id, body="I mean the recording.")
    pair.exchange()
    leaving = pair.ruth.team_files.leaving(noted.id)
    names = {
        one.author
        for one in leaving.notes
        if one.body.endswith(("Who sees it?", "I mean the recording."))
    }
    assert len(names) == 1
    assert "Amber Fictional" not in names
