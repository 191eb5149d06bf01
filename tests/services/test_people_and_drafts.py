"""People, how they are named, drafts, requests to read, meetings and words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mhin_ppi.domain.log import SetOp
from mhin_ppi.domain.meetings import Came
from mhin_ppi.domain.people import Credit, Role
from mhin_ppi.domain.spaces import ADMIN
from mhin_ppi.errors import InputError, NotAllowedError, NotFoundError
from mhin_ppi.services.outcome import nouns_in
from tests.services.laptops import TEXT


@pytest.mark.parametrize(
    ("credit", "shown"),
    [
        (Credit.FULL_NAME, "Amber Fictional"),
        (Credit.FIRST_NAME, "Amber"),
        (Credit.PSEUDONYM, "Kestrel"),
        (Credit.NOT_NAMED, "An expert by experience"),
    ],
)
def test_each_appears_as_they_chose(pair, credit, shown):
    pair.ruth.people.rename_board("Board", member_word="expert by experience")
    pair.to_amber()
    pair.amber.people.choose_credit(pair.amber_id, credit=credit, pseudonym="Kestrel")
    pair.to_ruth()
    assert pair.ruth.people.name_shown(pair.amber_id) == shown
    pair.amber.questions.raise_question("Why?")
    pair.to_ruth()
    report = pair.ruth.reporting.impact_report()
    assert [line.credited_as for line in report.questions] == [shown]
    if credit is not Credit.FULL_NAME:
        assert "Fictional" not in str(report)


def test_one_contribution_may_be_named_otherwise(pair):
    pair.ruth.questions.raise_question("Why?", on_behalf_of=pair.kim, credit=Credit.FIRST_NAME)
    assert pair.ruth.questions.register()[0].asked_by == "Kim"
    assert pair.ruth.people.name_shown(pair.kim) == "A board member"


def test_who_is_not_to_be_quoted_is_not(pair):
    question = pair.ruth.questions.raise_question("My very words", on_behalf_of=pair.kim).value
    pair.ruth.people.choose_credit(pair.kim, credit=Credit.NOT_NAMED, not_quoted=True)
    report = pair.ruth.reporting.impact_report()
    assert "My very words" not in str(report)
    assert report.questions[0].record_ids == (str(question.id),)
    pair.ruth.people.choose_credit(pair.kim, credit=Credit.NOT_NAMED, not_quoted=False)
    assert "My very words" in str(pair.ruth.reporting.impact_report())


def test_a_pseudonym_needs_a_name(pair):
    with pytest.raises(InputError):
        pair.amber.people.choose_credit(pair.amber_id, credit=Credit.PSEUDONYM)
    with pytest.raises(NotAllowedError):
        pair.amber.people.choose_credit(pair.kim, credit=Credit.FULL_NAME)


@pytest.mark.parametrize(
    "act",
    [
        lambda p: p.amber.people.add_person("Mo Notreal"),
        lambda p: p.amber.people.add_project("Another"),
        lambda p: p.amber.people.rename_board("Mine", member_word="boss"),
        lambda p: p.amber.people.note_left(p.kim),
        lambda p: p.ruth.people.note_left(p.ruth.desk.store.person),
        lambda p: p.amber.reviewing.add_draft(b"x", file_name="x", project=p.project, title="X"),
        lambda p: p.amber.reviewing.ask_to_read(p.version, invited=[p.kim]),
        lambda p: p.amber.meetings.arrange("Coup", starts_at=datetime.now(UTC)),
        lambda p: p.amber.reporting.impact_report(),
    ],
)
def test_what_a_role_does_not_allow_changes_nothing(pair, act):
    before = pair.amber.desk.store.digest(*pair.shared)
    with pytest.raises(NotAllowedError) as refused:
        act(pair)
    assert refused.value.next_step
    assert pair.amber.desk.store.digest(*pair.shared) == before


def test_how_one_appears_is_ones_own_choice_and_nothing_more(pair):
    """On the log itself, whatever a service would refuse: no role, no other person's choice."""
    own, theirs = f"person:{pair.amber_id}", f"person:{pair.kim}"
    for entity, field, value in (
        (own, "roles", ["coordinator"]),
        (own, "gone", True),
        (theirs, "credit", "full_name"),
    ):
        with pair.amber.desk.store.unit_of_work() as work, pytest.raises(NotAllowedError):
            work.record(ADMIN, [SetOp(own, "credit", "first_name"), SetOp(entity, field, value)])


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_a_person_a_project_and_a_board_have_names(pair, name):
    people = pair.ruth.people
    for act in (people.add_person, people.add_project):
        with pytest.raises(InputError):
            act(name)
    with pytest.raises(InputError):
        people.rename_board(name, member_word="member")


def test_who_left_is_still_credited(pair):
    with pytest.raises(InputError):
        pair.ruth.people.note_left(pair.kim, on=date(2999, 1, 1))
    pair.ruth.people.note_left(pair.kim, on=date(2026, 3, 1))
    kim = next(one for one in pair.ruth.people.everyone() if one.id == pair.kim)
    assert (kim.left_on, kim.name) == (date(2026, 3, 1), "Kim Unreal")


def test_a_person_may_hold_several_roles(pair):
    both = pair.ruth.people.add_person(
        "Iris Inventley", roles=[Role.MEMBER, Role.PEER_RESEARCHER]
    ).value
    assert pair.ruth.people.everyone()[1] == both


def test_a_version_is_read_once_and_numbered(pair):
    _, draft = pair.ruth.reviewing.version(pair.version)
    with pytest.raises(InputError):
        pair.ruth.reviewing.add_version(draft.id, "\n".join(TEXT).encode(), file_name="same.txt")
    second = pair.ruth.reviewing.add_version(draft.id, b"Other words", file_name="b.txt").value
    assert (second.number, second.characters) == (2, len("Other words"))
    pair.to_amber()
    assert pair.amber.reviewing.text_of(second.id).text == "Other words"
    assert pair.amber.reviewing.shelf()[0].latest == second


def test_a_request_waits_until_it_is_given_back(pair):
    request = pair.ruth.reviewing.ask_to_read(
        pair.version,
        invited=[pair.amber_id],
        due_on=date(2026, 3, 20),
        guiding_questions=[" Is it clear? ", ""],
        content_note="Seclusion",
    ).value
    assert request.guiding_questions == ("Is it clear?",)
    pair.to_amber()
    shown = pair.amber.reviewing.shelf()[0]
    assert (shown.waits, shown.request) == (True, request)
    first = pair.amber.reviewing.give_back(request.id)
    assert pair.amber.reviewing.give_back(request.id).value == first.value
    assert not pair.amber.reviewing.shelf()[0].waits
    assert nouns_in(first.entries[0]) == {"return"}
    assert first.touches("return")


def test_a_request_needs_somebody_and_a_day_to_come(pair):
    with pytest.raises(InputError):
        pair.ruth.reviewing.ask_to_read(pair.version, invited=[])
    with pytest.raises(InputError):
        pair.ruth.reviewing.ask_to_read(pair.version, invited=[pair.kim], due_on=date(2020, 1, 1))


def test_the_place_in_a_draft_is_kept_on_the_laptop(pair):
    assert pair.amber.reviewing.place(pair.version) == (0, 0)
    before = len(pair.amber.desk.store.entries())
    pair.amber.reviewing.keep_place(pair.version, block=3, offset=17)
    assert pair.amber.reviewing.place(pair.version) == (3, 17)
    assert len(pair.amber.desk.store.entries()) == before


def test_a_file_that_has_not_come_is_said_to_be_missing(pair):
    entry = pair.ruth.reviewing.add_draft(
        b"Words", file_name="w.txt", project=pair.project, title="Late"
    )
    store = pair.ruth.desk.store
    known = [one.id for one in pair.amber.desk.store.entries()]
    pair.amber.desk.store.take_in(store.ship(spaces=pair.shared, after=known))
    with pytest.raises(NotFoundError):
        pair.amber.reviewing.text_of(entry.value.id)


def test_a_meeting_and_who_came(pair):
    starts = datetime(2026, 4, 1, 10, tzinfo=UTC)
    with pytest.raises(InputError):
        pair.ruth.meetings.arrange(" ", starts_at=starts)
    with pytest.raises(InputError):
        pair.ruth.meetings.arrange("Board", starts_at=starts, minutes=0)
    meeting = pair.ruth.meetings.arrange("Board", starts_at=starts, minutes=90).value
    pair.ruth.meetings.note_came(meeting.id, pair.kim, Came.BY_PHONE)
    pair.ruth.meetings.note_came(meeting.id, pair.kim, Came.ONLINE)
    pair.ruth.meetings.write_notes(meeting.id, "Said much.")
    pair.to_amber()
    ((person, came),) = pair.amber.meetings.who_came(meeting.id)
    assert (person.id, came) == (pair.kim, Came.ONLINE)
    kept = pair.amber.meetings.all()[0]
    assert (kept.starts_at, kept.notes) == (starts, "Said much.")


def test_the_word_list_is_everybodys(pair):
    pair.amber.words.propose("cognitions", meaning="Thoughts", instead="thoughts")
    for term, meaning in (("Cognitions", "x"), ("", "x"), ("word", " ")):
        with pytest.raises(InputError):
            pair.amber.words.propose(term, meaning=meaning)
    pair.to_ruth()
    assert [one.instead for one in pair.ruth.words.all()] == ["thoughts"]


def test_a_report_counts_what_is_there(pair):
    first = pair.ruth.questions.raise_question("One", project=pair.project).value
    pair.ruth.questions.raise_question("Two")
    with pytest.raises(InputError):
        pair.ruth.reporting.impact_report(since=date(2026, 5, 1), until=date(2026, 4, 1))
    report = pair.ruth.reporting.impact_report()
    by_label = {one.label: one for one in report.summary_numbers}
    assert by_label["questions, suggestions and concerns"].value == "2"
    assert by_label["wait for an answer, or to be told of it"].value == "2"
    assert [bar.count for bar in report.considered_before] == [0, 0, 0, 2]
    narrowed = pair.ruth.reporting.impact_report(projects=[pair.project])
    assert [line.record_ids for line in narrowed.questions] == [(str(first.id),)]
    assert not report.unwelcome.looked_for
    early = pair.ruth.reporting.impact_report(since=date(2020, 1, 1), until=date(2020, 2, 1))
    assert early.questions == ()


def test_few_people_are_not_counted_aloud(pair):
    pair.amber.time.log(60)
    pair.to_ruth()
    totals = pair.ruth.reporting.impact_report().involvement
    assert (totals.people_words, totals.total_minutes) == ("fewer than 5 people", 60)
