"""What is not for everybody's eyes stays so: few people at a place, taken back words, warnings."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.people import Credit, Role
from mhin_ppi.domain.questions import StepKind
from mhin_ppi.domain.register import Support, SupportId
from mhin_ppi.domain.responses import Decision
from mhin_ppi.domain.spaces import ADMIN, BOARD
from mhin_ppi.errors import InputError
from mhin_ppi.services.boards import Services
from mhin_ppi.services.desk import keep
from mhin_ppi.services.register_filters import RegisterFilter
from mhin_ppi.services.telling import Telling
from tests.services.laptops import TEXT, Pair
from tests.services.test_meeting_parts import held

WARNED = "Seclusion is used as a last resort."


def test_a_place_about_which_few_people_asked_is_not_named_beside_a_question(pair: Pair):
    ruth = pair.ruth
    project = ruth.people.add_project("Another", team="a team", sites=["Ayr", "Bath", "Crewe"])
    sites = {site.name: site.id for site in ruth.people.sites() if site.project == project.value.id}
    people = [ruth.people.add_person(f"Person {n}").value.id for n in range(7)]
    for place, many in (("Ayr", 5), ("Bath", 6), ("Crewe", 1)):
        for person in people[:many]:
            ruth.questions.raise_question(
                f"About {place}?",
                project=project.value.id,
                site=sites[place],
                on_behalf_of=person,
            )
    report = ruth.reporting.impact_report()
    (chart,) = [c for c in report.charts if "place" in c.title]
    alone = {bar.label for bar in chart.bars}
    assert {line.site for line in report.questions} - {""} == {"Bath"} == alone & set(sites)
    assert sum(line.site == "" for line in report.questions) == 6


def test_what_is_found_is_told_as_everywhere_else(pair: Pair):
    ruth = pair.ruth
    person = ruth.people.add_person(
        "Zanthippe Khan", roles=(Role.MEMBER,), credit=Credit.FULL_NAME
    ).value.id
    first = ruth.annotations.annotate(
        pair.version, kind=AnnotationKind.WORKS, body="Tea is good.", on_behalf_of=person
    ).value.annotation
    reply = ruth.annotations.reply(first.id, body="Green tea.", on_behalf_of=person).value
    assert reply.annotation.credit is None
    state = ruth.annotations.state(first.id)
    assert state is not None
    # Who is not named for a note is not named for their replies to it.
    ruth.annotations.put_as(first.id, was=state, wanted=replace(state, credit=Credit.NOT_NAMED))
    assert ruth.annotations.names([reply.annotation]) == {reply.annotation.id: "A board member"}
    assert not [hit for hit in ruth.search.find("tea") if "Zanthippe" in hit.about]
    # What a coordinator puts to the board is the team's question.
    ruth.register.team.ask("Which clinic is near?", asked_by="the CBT team")
    (asked,) = ruth.search.find("clinic")
    assert asked.about.startswith("the CBT team")


def test_words_behind_a_content_note_are_kept_back_in_later_versions_and_files_too(pair: Pair):
    ruth = pair.ruth
    span = pair.span(WARNED)
    ruth.content_notes.add(pair.version, span=span, body="force")
    asked = pair.amber.annotations.annotate(
        pair.version, kind=AnnotationKind.CONCERN, body="Is that so?", span=span
    ).value.question
    assert asked is not None
    pair.exchange()
    draft = ruth.reviewing.shelf()[0].draft.id
    newer = ("New words before.", *TEXT)
    second = ruth.reviewing.add_version(draft, "\n".join(newer).encode(), file_name="b.txt").value
    (found,) = ruth.search.find("seclusion last resort")
    assert (found.version, found.is_kept_back) == (second.id, True)
    assert found.excerpt == "This part touches on: force"
    (voucher,) = ruth.search.find("voucher")
    assert not voucher.is_kept_back

    said = "This part touches on: force."
    (row,) = ruth.answering.sheets.leaving().sheet.rows
    assert row.passage.startswith(f"{said} “{WARNED}”")
    ruth.questions.hand_to(asked.id, holder="the team")
    (reminder,) = ruth.answering.chasers.draft(ruth.answering.debt.everyone().debts)
    assert 0 < reminder.text.index(said) < reminder.text.index(WARNED)


def test_words_taken_back_are_gone_from_what_the_asker_was_told(pair: Pair):
    note = pair.amber.annotations.annotate(
        pair.version, kind=AnnotationKind.QUESTION, body="My ward was locked, why?"
    ).value
    alone = pair.amber.questions.raise_question("Secret enough?").value
    assert note.question is not None
    pair.exchange()
    for one in (note.question, alone):
        pair.ruth.questions.respond(one.id, decision=Decision.WILL_CHANGE, body="It opens.")
        body = f"You asked: “{one.body}” It opens."
        pair.ruth.answering.telling.tell([Telling(one.id, body)])
    pair.exchange()
    pair.amber.annotations.take_back(note.annotation.id)
    pair.amber.questions.take_step(alone.id, StepKind.WITHDRAW)
    pair.exchange()
    for services in (pair.amber, pair.ruth):
        for one in (note.question, alone):
            story = services.questions.story(one.id)
            assert story.feedback[0].body == "You asked: “words taken back” It opens."
            assert one.body not in str(story)
    assert pair.agree()


def test_words_taken_back_are_gone_from_steps_views_and_the_log(pair: Pair):
    amber, ruth = pair.amber, pair.ruth
    meeting = held(pair)
    jotted = ruth.meeting_parts.jottings.jot(meeting.id, "Misheard: the zebra ward?").value
    ruth.meeting_parts.jottings.reword(jotted.id, "My ward was locked, why?")
    assert "zebra" not in _shipped(ruth)
    asked = ruth.meeting_parts.jottings.give_name(jotted.id, pair.amber_id).value
    ruth.questions.respond(asked.id, decision=Decision.WILL_CHANGE, body="It opens.")
    ruth.questions.feed_back(asked.id, body="It opens now.")
    seen = ruth.impacts.record(
        asked.id,
        kind="design",
        stage="design",
        direction=Direction.POSITIVE,
        what_changed="A door",
        team_view="The team is glad.",
    ).value
    pair.exchange()
    amber.questions.take_step(asked.id, StepKind.NOT_QUITE, said="My giraffe is inside")
    amber.impacts.add_view(seen.id, asker_view="The ocelot is free.")
    pair.exchange()
    assert "giraffe" in str(ruth.questions.story(asked.id))
    assert "giraffe" in _shipped(amber)
    assert "ocelot" in _shipped(amber)
    assert ruth.search.find("locked")

    amber.questions.take_step(asked.id, StepKind.WITHDRAW)
    secrets = ("locked", "giraffe", "ocelot")
    assert [word for word in secrets if word in _shipped(amber)] == []
    pair.exchange()
    for services in (amber, ruth):
        story = services.questions.story(asked.id)
        assert [word for word in secrets if word in str(story)] == []
        assert story.impacts[0].team_view == "The team is glad."
        assert [word for word in secrets if services.search.find(word)] == []
        assert services.desk.store.verify() == []
    report = str(ruth.reporting.impact_report())
    assert [word for word in secrets if word in report] == []
    assert "It opens." in str(ruth.questions.story(asked.id)), "the team's words are the team's"
    assert pair.agree()


def test_what_quoted_them_elsewhere_meanwhile_is_put_right_there(pair: Pair):
    amber, ruth = pair.amber, pair.ruth
    asked = amber.questions.raise_question("My ward was locked, why?").value
    pair.exchange()
    ruth.questions.respond(asked.id, decision=Decision.WILL_CHANGE, body="It opens.")
    pair.exchange()
    amber.questions.take_step(asked.id, StepKind.WITHDRAW)
    quoted = "You asked “My ward was locked, why?”. It opens."
    no = Decision.WILL_NOT_CHANGE
    ruth.questions.respond(asked.id, decision=no, body=quoted, reason=quoted)
    ruth.questions.link_change(asked.id, outside=quoted)
    ruth.questions.feed_back(asked.id, body=quoted)
    on_behalf = {"said": "A giraffe is inside", "on_behalf_of": pair.amber_id}
    ruth.questions.take_step(asked.id, StepKind.NOT_QUITE, **on_behalf)
    assert "giraffe" in _shipped(ruth)
    pair.to_ruth()
    assert not [word for word in ("locked", "giraffe") if word in _shipped(ruth)]
    pair.exchange()
    for services in (amber, ruth):
        assert "locked" not in _shipped(services)
        story = services.questions.story(asked.id)
        (told,), (change,), answer = story.feedback, story.changes, story.responses[-1]
        said = {told.body, change.outside, answer.body, answer.reason}
        assert said == {"You asked “words taken back”. It opens."}
        assert services.desk.store.verify() == []
    assert pair.agree()
    assert pair.to_ruth() == 0, "it is put right once"


def _shipped(services: Services) -> str:
    """Return everything that leaves a laptop, as words."""
    shipped = services.desk.store.ship(spaces=(ADMIN, BOARD))
    return " ".join(f"{body!r} {beside}" for body, _, beside in shipped)


def test_one_person_would_ask_it_too_once_whatever_their_laptops_said(pair: Pair):
    asked = pair.ruth.questions.raise_question("Who pays?").value
    pair.exchange()
    pair.amber.register.support.say(asked.id)
    with pair.amber.desk.store.unit_of_work() as work:  # as their other laptop would have
        again = SupportId(pair.amber.desk.new_id())
        keep(work, Support(id=again, question=asked.id, person=pair.amber_id))
        work.commit()
    pair.exchange()
    for services in (pair.amber, pair.ruth):
        (row,) = services.register.lines.read().rows
        assert (row.supports, len(services.register.support.of(asked.id))) == (1, 1)
    pair.amber.register.support.take_back(asked.id)
    assert pair.amber.register.support.of(asked.id) == []
    (row,) = pair.amber.register.lines.read().rows
    assert row.supports == 0


def test_the_name_of_a_view_is_a_few_words(pair: Pair):
    with pytest.raises(InputError, match="it holds 80"):
        pair.ruth.register.views.keep("long " * 20_000, RegisterFilter())
    assert pair.ruth.register.views.all() == []
