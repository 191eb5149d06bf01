"""Threads of notes: replies, closing, tags, who sees what, and every step undone."""

from __future__ import annotations

from functools import partial

import pytest

from mhin_ppi.domain.annotations import Annotation, AnnotationKind, Visibility
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.questions import QuestionState
from mhin_ppi.domain.responses import Decision
from mhin_ppi.domain.spaces import BOARD
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError
from mhin_ppi.services.note_history import NoteAct, NoteHistory
from mhin_ppi.services.notes_kept import all_unfinished, keep_view, kept_view

WORDS = "Could the message be read by somebody else?"
QUESTION = AnnotationKind.QUESTION


def ask(pair, services=None, **given):
    wanted = {"kind": QUESTION, "body": WORDS, "span": pair.span("text message")}
    return (services or pair.amber).annotations.annotate(pair.version, **(wanted | given)).value


def seen(pair, services):
    return {noted.annotation.body for noted in services.annotations.on(pair.version)}


def on(services, identity):
    state = services.annotations.state(identity)
    return None if state is None else state.note


def answer(pair, question):
    pair.ruth.questions.respond(question, decision=Decision.WILL_CHANGE, body="We will.")


def shipped(services, space=BOARD):
    return str(services.desk.store.ship(spaces=[space]))


def test_a_reply_reaches_those_who_see_the_note_and_raises_no_question(pair):
    noted = ask(pair)
    pair.to_ruth()
    reply = pair.ruth.annotations.reply(noted.annotation.id, body="Good point.").value
    pair.to_amber()
    assert reply.question is None
    assert seen(pair, pair.amber) == {WORDS, "Good point."}
    assert on(pair.amber, reply.annotation.id).reply_to == noted.annotation.id
    assert len(pair.amber.questions.register()) == 1


def test_a_reply_to_the_coordinator_only_is_for_those_two_whoever_writes_it(pair):
    noted = ask(pair, visibility=Visibility.COORDINATOR)
    pair.to_ruth()
    reply = pair.ruth.annotations.reply(noted.annotation.id, body="Between us.").value.annotation
    assert reply.visibility is Visibility.COORDINATOR
    pair.to_amber()
    assert "Between us." in seen(pair, pair.amber)
    pair.ruth.annotations.change(reply.id, body="Between us two.", visibility=Visibility.BOARD)
    pair.to_amber()
    assert "Between us two." in seen(pair, pair.amber)
    again = pair.amber.annotations.reply(reply.id, body="Thanks.").value.annotation
    assert again.visibility is Visibility.COORDINATOR
    for words in ("Between us", "Thanks."):
        assert words not in shipped(pair.ruth)
        assert words not in shipped(pair.amber)
    pair.ruth.annotations.take_back(reply.id)
    pair.to_amber()
    assert seen(pair, pair.amber) == {WORDS, "Thanks."}


def test_a_reply_may_be_for_oneself(pair):
    noted = ask(pair)
    pair.amber.annotations.reply(
        noted.annotation.id, body="remember this", visibility=Visibility.ONLY_ME
    )
    pair.to_ruth()
    assert seen(pair, pair.ruth) == {WORDS}


def test_nobody_answers_what_was_taken_back(pair):
    noted = ask(pair)
    pair.amber.annotations.take_back(noted.annotation.id)
    with pytest.raises(NotFoundError):
        pair.amber.annotations.reply(noted.annotation.id, body="Late")


def test_author_and_coordinator_close_a_thread_and_open_it_again(pair):
    mine, theirs = ask(pair).annotation.id, ask(pair, pair.ruth).annotation.id
    pair.exchange()
    with pytest.raises(NotAllowedError):
        pair.amber.annotations.resolve(theirs)
    pair.ruth.annotations.resolve(mine)
    pair.to_amber()
    assert on(pair.amber, mine).resolved
    pair.amber.annotations.resolve(mine, resolved=False)
    pair.to_ruth()
    assert not on(pair.ruth, mine).resolved


def test_a_thread_for_the_coordinator_is_closed_where_both_see_it(pair):
    noted = ask(pair, visibility=Visibility.COORDINATOR)
    pair.to_ruth()
    pair.ruth.annotations.resolve(noted.annotation.id)
    pair.to_amber()
    assert on(pair.amber, noted.annotation.id).resolved


def test_tags_are_short_each_once_and_only_of_those_who_may(pair):
    mine, theirs = ask(pair).annotation.id, ask(pair, pair.ruth).annotation.id
    pair.exchange()
    tagged = pair.amber.annotations.tag(mine, [" Cost ", "cost", "young  people"]).value
    assert tagged.tags == ("Cost", "young people")
    with pytest.raises(NotAllowedError):
        pair.amber.annotations.tag(theirs, ["cost"])
    with pytest.raises(InputError):
        pair.amber.annotations.tag(mine, ["x" * 41])
    with pytest.raises(InputError):
        pair.amber.annotations.tag(mine, [str(number) for number in range(21)])
    pair.to_ruth()
    pair.ruth.annotations.tag(mine, [])
    pair.to_amber()
    assert on(pair.amber, mine).tags == ()


def test_a_note_about_a_section_says_so(pair):
    noted = ask(pair, span=pair.span("Draft protocol"), of_section=True)
    pair.to_ruth()
    (there,) = pair.ruth.annotations.on(pair.version)
    assert there.annotation.of_section
    assert there.annotation.passage.quote == "Draft protocol"
    assert noted.question is not None
    assert not ask(pair, span=None, of_section=True).annotation.of_section


def test_who_sees_a_note_can_be_narrowed_and_widened_again(pair):
    noted = ask(pair)
    note, question = noted.annotation.id, noted.question.id
    pair.to_ruth()
    change = pair.amber.annotations.change
    change(note, visibility=Visibility.COORDINATOR)
    assert WORDS not in shipped(pair.amber)
    pair.to_ruth()
    assert seen(pair, pair.ruth) == {WORDS}
    assert pair.ruth.questions.story(question).question.visibility is Visibility.COORDINATOR
    assert pair.ruth.questions.story(question).question.body == WORDS
    change(note, visibility=Visibility.ONLY_ME)
    pair.to_ruth()
    assert seen(pair, pair.ruth) == set()
    assert seen(pair, pair.amber) == {WORDS}
    assert pair.amber.questions.story(question).fate.state is QuestionState.WITHDRAWN
    change(note, visibility=Visibility.BOARD)
    pair.to_ruth()
    (there,) = pair.ruth.annotations.on(pair.version)
    assert there.annotation.body == WORDS
    assert there.question.id != question
    assert pair.agree()
    assert pair.amber.verify() == pair.ruth.verify() == []


def test_a_note_is_not_hidden_from_those_who_see_a_reply(pair):
    noted = ask(pair)
    pair.to_ruth()
    pair.ruth.annotations.reply(noted.annotation.id, body="Good point.")
    pair.to_amber()
    with pytest.raises(NotAllowedError, match="replies that more people can see"):
        pair.amber.annotations.change(noted.annotation.id, visibility=Visibility.COORDINATOR)


def test_another_kind_changes_whether_an_answer_is_owed(pair):
    noted = ask(pair)
    pair.amber.annotations.change(noted.annotation.id, kind=AnnotationKind.WORKS)
    (now,) = pair.amber.annotations.on(pair.version)
    assert now.question is None
    assert pair.amber.questions.owed() == []
    pair.amber.annotations.change(noted.annotation.id, kind=AnnotationKind.CONCERN)
    (now,) = pair.amber.annotations.on(pair.version)
    assert now.question.kind is AnnotationKind.CONCERN


@pytest.fixture
def history(pair):
    return NoteHistory(pair.amber.annotations)


def wrote(pair, history, **given):
    wanted = {"kind": QUESTION, "body": WORDS, "span": pair.span("text message")}
    annotate = pair.amber.annotations.annotate
    return history.do(NoteAct.WRITE, lambda: annotate(pair.version, **(wanted | given))).value.note


def test_taken_back_and_undone_the_whole_note_is_there_again_with_its_replies(pair, history):
    note = wrote(
        pair,
        history,
        visibility=Visibility.COORDINATOR,
        tags=["cost"],
        credit=Credit.FULL_NAME,
        site=pair.amber.people.sites()[0].id,
        span=pair.span("Draft protocol"),
        of_section=True,
    )
    pair.to_ruth()
    reply = pair.ruth.annotations.reply(note, body="Good point.").value.annotation.id
    pair.ruth.annotations.resolve(note)
    pair.to_amber()
    before = pair.amber.annotations.state(note)
    take_back = pair.amber.annotations.take_back
    history.do(NoteAct.TAKE_BACK, lambda: take_back(note), note=note)
    pair.to_ruth()
    assert seen(pair, pair.ruth) == {"Good point."}
    entries = len(pair.amber.desk.store.entries())

    assert history.undo().value.act is NoteAct.TAKE_BACK
    assert len(pair.amber.desk.store.entries()) > entries
    assert pair.amber.annotations.state(note) == before
    assert on(pair.amber, reply).reply_to == note
    pair.to_ruth()
    assert pair.ruth.annotations.state(note) == before
    (asked,) = [q for q in pair.ruth.questions.owed() if q.annotation]
    assert (asked.question.body, asked.asked_by) == (WORDS, "Amber Fictional")
    history.redo()
    pair.to_ruth()
    assert pair.ruth.annotations.state(note) is None
    history.undo()
    assert pair.amber.annotations.state(note) == before
    assert pair.amber.verify() == []


def test_every_step_is_undone_in_turn_and_done_again(pair, history):
    amber = pair.amber.annotations
    note = wrote(pair, history)
    history.do(NoteAct.CHANGE, lambda: amber.change(note, body="Is it safe?"), note=note)
    history.do(NoteAct.CHANGE, lambda: amber.change(note, kind=AnnotationKind.CONCERN), note=note)
    history.do(
        NoteAct.CHANGE,
        lambda: amber.change(note, visibility=Visibility.COORDINATOR),
        note=note,
    )
    history.do(NoteAct.TAG, lambda: amber.tag(note, ["cost"]), note=note)
    history.do(NoteAct.RESOLVE, lambda: amber.resolve(note), note=note)
    reply = history.do(NoteAct.REPLY, lambda: amber.reply(note, body="And more.")).value.note
    states = [amber.state(note)]
    assert history.undo().value.act is NoteAct.REPLY
    assert on(pair.amber, reply) is None
    while history.can_undo:
        history.undo()
        states.append(amber.state(note))
    assert states[-1] is None
    first = states[-2].note
    assert (first.body, first.kind, first.tags) == (WORDS, QUESTION, ())
    assert (first.visibility, first.resolved) == (Visibility.BOARD, False)
    for state in reversed(states[:-1]):
        history.redo()
        assert amber.state(note) == state
    history.redo()
    assert on(pair.amber, reply).body == "And more."
    assert not history.can_redo
    assert history.redo() is None
    assert pair.amber.verify() == []


def test_what_was_answered_meanwhile_says_that_it_stays(pair, history):
    note = wrote(pair, history)
    amber = pair.amber.annotations
    history.do(NoteAct.CHANGE, lambda: amber.change(note, body="Is it safe?"), note=note)
    pair.to_ruth()
    answer(pair, pair.ruth.annotations.on(pair.version)[0].question.id)
    pair.to_amber()
    with pytest.raises(NotAllowedError, match="answered"):
        history.undo()
    with pytest.raises(NotAllowedError, match="has answered this note"):
        history.undo()
    assert on(pair.amber, note).body == "Is it safe?"
    assert not history.can_undo
    assert not history.can_redo


def test_an_undo_leaves_alone_what_others_changed_since(pair, history):
    note = wrote(pair, history)
    amber = pair.amber.annotations
    history.do(NoteAct.TAG, lambda: amber.tag(note, ["cost"]), note=note)
    pair.to_ruth()
    pair.ruth.annotations.resolve(note)
    pair.to_amber()
    history.undo()
    assert on(pair.amber, note).resolved
    assert on(pair.amber, note).tags == ()
    history.redo()
    pair.to_ruth()
    pair.ruth.annotations.tag(note, ["money"])
    pair.to_amber()
    with pytest.raises(NotAllowedError, match="changed again"):
        history.undo()
    assert on(pair.amber, note).tags == ("money",)


def test_something_new_forgets_what_was_undone(pair, history):
    wrote(pair, history)
    history.undo()
    wrote(pair, history, body="Another")
    assert not history.can_redo


def test_several_notes_may_be_unfinished_each_on_its_own(pair):
    keep, kept = pair.amber.annotations.keep_unfinished, partial(all_unfinished, pair.amber.desk)
    keep(pair.version, body="a new note")
    keep(pair.version, "reply:1", body="a reply")
    keep(pair.version, "change:2", body="other words")
    assert {slot: each["body"] for slot, each in kept(pair.version).items()} == {
        "": "a new note",
        "reply:1": "a reply",
        "change:2": "other words",
    }
    keep(pair.version, "reply:1")
    assert set(kept(pair.version)) == {"", "change:2"}


def test_how_notes_are_looked_at_is_remembered_on_this_laptop_only(pair):
    draft = pair.amber.reviewing.version(pair.version)[1].id
    before = len(pair.amber.desk.store.entries())
    keep_view(pair.amber.desk, draft, kind="concern")
    assert kept_view(pair.amber.desk, draft) == {"kind": "concern"}
    assert kept_view(pair.ruth.desk, draft) == {}
    keep_view(pair.amber.desk, draft)
    assert kept_view(pair.amber.desk, draft) == {}
    assert len(pair.amber.desk.store.entries()) == before


def test_notes_from_the_teams_file_keep_the_name_the_file_gives(pair):
    """They are written by the code that reads the file; the board shows them as they are."""
    with pair.ruth.desk.store.unit_of_work() as work:
        from mhin_ppi.services.desk import keep

        kept = keep(
            work,
            Annotation(
                id=pair.ruth.desk.new_id(),
                version=pair.version,
                author=pair.ruth.desk.store.person,
                body="From Word.",
                written_by="Dr Lee",
                made_at=pair.ruth.desk.now(),
            ),
        )
        work.commit()
    pair.to_amber()
    assert on(pair.amber, kept.id).written_by == "Dr Lee"
    pair.ruth.annotations.take_back(kept.id)
    pair.to_amber()
    assert on(pair.amber, kept.id) is None
