"""What belongs to a meeting, on two laptops: nothing doubled, nothing shown to the wrong person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject

from mhin_ppi.domain.annotations import AnnotationKind
from mhin_ppi.domain.involvement import Activity
from mhin_ppi.domain.meetings import Came, Meeting
from mhin_ppi.domain.questions import StepKind
from mhin_ppi.errors import InputError, NotAllowedError
from tests.services.laptops import Pair

STARTS = datetime(2026, 3, 9, 10, tzinfo=UTC)
PDF = b"%PDF-1.7\nA report"


def held(pair: Pair, **fields: object) -> Meeting:
    made = pair.ruth.meetings.arrange(
        "Reading day",
        starts_at=STARTS,
        minutes=120,
        project=pair.project,
        prepare_minutes=30,
        **fields,  # type: ignore[arg-type]
    ).value
    pair.to_amber()
    return made


def test_a_meeting_is_changed_cancelled_and_brought_back(pair: Pair) -> None:
    meeting = held(pair)
    change = pair.ruth.meetings.change
    assert change(meeting.id, title=" Reading day ").entries == ()
    assert change(meeting.id, place="Hull", pays="£25 an hour").value.sequence == 1
    for wrong in ({"minutes": 0}, {"minutes": -30}, {"prepare_minutes": -1}, {"pay_pence": -1}):
        with pytest.raises(InputError):
            change(meeting.id, **wrong)
    with pytest.raises(InputError):
        change(meeting.id, title=" ")
    assert pair.ruth.meetings.cancel(meeting.id).value.sequence == 2
    assert pair.ruth.meetings.cancel(meeting.id).entries == ()
    assert pair.ruth.meetings.next() is None
    parts = pair.ruth.meeting_parts
    for refused in (
        lambda: change(meeting.id, place="York"),
        lambda: parts.agendas.add(meeting.id, "Welcome", minutes=5),
        lambda: parts.invitations.invite(meeting.id, [pair.kim]),
        lambda: parts.attending.note_all(meeting.id, {pair.kim: Came.ONLINE}),
        lambda: pair.amber.meetings.change(meeting.id, place="York"),
        lambda: pair.amber.meetings.cancel(meeting.id),
    ):
        with pytest.raises(NotAllowedError):
            refused()
    back = pair.ruth.meetings.bring_back(meeting.id).value
    assert (back.cancelled, back.sequence, back.place) == (False, 3, "Hull")
    assert pair.ruth.meetings.next() == back


def test_an_agenda_is_written_moved_and_made_from_lines(pair: Pair) -> None:
    meeting = held(pair, agenda="Welcome\nQuestions\n\nNext steps")
    agendas = pair.ruth.meeting_parts.agendas
    assert agendas.from_lines(meeting.id).value == 3
    first, second, third = agendas.of(meeting.id)
    assert [item.minutes for item in (first, second, third)] == [40, 40, 40]
    rest = agendas.add(meeting.id, "Tea", minutes=15, is_break=True).value
    agendas.move(rest.id, by=-1)
    agendas.move(rest.id, by=-1)
    agendas.move(first.id, by=-1)
    assert [item.title for item in agendas.of(meeting.id)] == [
        *("Welcome", "Tea", "Questions", "Next steps"),
    ]
    agendas.change(second.id, title=" Your questions ", minutes=25)
    agendas.take_away(third.id)
    pair.to_amber()
    seen = pair.amber.meeting_parts.agendas.of(meeting.id)
    assert [(item.title, item.minutes) for item in seen] == [
        *(("Welcome", 40), ("Tea", 15), ("Your questions", 25)),
    ]
    with pytest.raises(InputError):
        agendas.add(meeting.id, "Tea", minutes=0)
    with pytest.raises(InputError):
        agendas.change(second.id, minutes=-5)
    with pytest.raises(NotAllowedError):
        pair.amber.meeting_parts.agendas.add(meeting.id, "Mine", minutes=5)


def test_papers_are_drafts_or_files_that_people_read(pair: Pair) -> None:
    meeting = held(pair)
    papers = pair.ruth.meeting_parts.papers
    papers.add_version(meeting.id, pair.version)
    papers.add_version(meeting.id, pair.version)
    kept = papers.add_file(meeting.id, PDF, file_name="C:\\Reports\\spring.pdf").value
    assert [one.title for one in papers.of(meeting.id)] == [
        *("Draft protocol, version 1", "spring.pdf"),
    ]
    assert papers.file_of(kept.id) == ("spring.pdf", PDF)
    for name, wrong in (
        ("run.exe", b"MZ\x90"),
        ("run.pdf", b"MZ\x90"),
        ("notes.txt", b"MZ\x90\x00"),
        ("empty.pdf", b""),
        ("page.html", b"<p>"),
        ("large.pdf", b"%PDF-" + bytes(51 * 1024 * 1024)),
    ):
        with pytest.raises(InputError, match=name):
            papers.add_file(meeting.id, wrong, file_name=name)
    papers.take_away(kept.id)
    assert len(papers.of(meeting.id)) == 1


def test_what_somebody_needs_is_for_them_and_the_coordinators(pair: Pair) -> None:
    meeting = held(pair)
    ruth, amber = pair.ruth.meeting_parts.invitations, pair.amber.meeting_parts.invitations
    # Said before the invitation has come: neither writes over the other.
    amber.say_needs(meeting.id, " A seat near the door ")
    assert ruth.invite(meeting.id, [pair.amber_id, pair.kim]).value == 2
    ruth.say_needs(meeting.id, "Large print", on_behalf_of=pair.kim)
    pair.exchange()
    told = {person.name: (one.needs, one.sent_on) for person, one in ruth.of(meeting.id)}
    assert told == {
        "Amber Fictional": ("A seat near the door", date(2026, 3, 2)),
        "Kim Unreal": ("Large print", date(2026, 3, 2)),
    }
    assert [person.name for person, _ in amber.of(meeting.id)] == ["Amber Fictional"]
    assert ruth.invite(meeting.id, [pair.amber_id]).value == 0

    amber.say_needs(meeting.id, "")
    pair.exchange()
    mine = amber.mine(meeting.id)
    assert mine is not None
    assert (mine.needs, mine.sent_on) == ("", date(2026, 3, 2))
    assert pair.agree()
    ruth.take_back(meeting.id, pair.kim)
    assert ruth.invite(meeting.id, [pair.kim]).value == 1
    with pytest.raises(NotAllowedError):
        amber.say_needs(meeting.id, "Quiet", on_behalf_of=pair.kim)


def test_apologies_are_ones_own_and_are_never_doubled(pair: Pair) -> None:
    meeting = held(pair)
    ruth, amber = pair.ruth.meeting_parts.attending, pair.amber.meeting_parts.attending
    amber.send_apologies(meeting.id)
    ruth.note_all(meeting.id, {pair.amber_id: Came.APOLOGIES, pair.kim: Came.ONLINE})
    pair.exchange()
    came = {person.name: how for person, how in ruth.who_came(meeting.id)}
    assert came == {"Amber Fictional": Came.APOLOGIES, "Kim Unreal": Came.ONLINE}
    assert len(amber.who_came(meeting.id)) == 2

    amber.take_back_apologies(meeting.id)
    pair.exchange()
    assert [person.name for person, _ in ruth.who_came(meeting.id)] == ["Kim Unreal"]
    assert ruth.note_all(meeting.id, {pair.amber_id: Came.IN_THE_ROOM, pair.kim: None}).value == 2
    pair.exchange()
    ((person, how),) = amber.who_came(meeting.id)
    assert (person.id, how) == (pair.amber_id, Came.IN_THE_ROOM)
    with pytest.raises(NotAllowedError):
        amber.send_apologies(meeting.id)
    with pytest.raises(NotAllowedError):
        amber.note_all(meeting.id, {pair.kim: Came.ONLINE})


def test_a_list_from_zoom_notes_whom_it_names_and_leaves_what_people_noted(pair: Pair) -> None:
    meeting = held(pair)
    parts = pair.ruth.meeting_parts
    attended = parts.files.attendance(
        b"Name (Original Name),User Email,Total Duration (Minutes),Guest\n"
        b"AMBER  fictional,,60,No\nKim,,55,No\nSomebody Else,,5,Yes\n+44 7700 900123,,40,Yes\n",
        file_name="z.csv",
    )
    found = parts.attending.find_in(attended)
    assert [(one.person.name if one.person else "", one.is_sure) for one in found] == [
        *(("Amber Fictional", True), ("Kim Unreal", False), ("", False), ("", False)),
    ]
    parts.attending.note_came(meeting.id, pair.amber_id, Came.IN_THE_ROOM)
    parts.attending.note_came(meeting.id, pair.kim, Came.APOLOGIES)
    online = {pair.amber_id: Came.ONLINE, pair.kim: Came.ONLINE}
    assert parts.attending.note_found(meeting.id, online).value == 1
    came = {person.id: how for person, how in parts.attending.who_came(meeting.id)}
    assert came == {pair.amber_id: Came.IN_THE_ROOM, pair.kim: Came.ONLINE}


def test_a_jotting_becomes_a_question_once_and_its_words_can_be_taken_back(pair: Pair) -> None:
    meeting = held(pair)
    ruth = pair.ruth.meeting_parts.jottings
    who = ruth.jot(meeting.id, "Who pays for the bus?").value
    group = ruth.jot(meeting.id, "The room is cold", kind=AnnotationKind.CONCERN).value
    third = ruth.jot(meeting.id, "Not a question").value
    ruth.take_away(third.id)
    asked = ruth.give_name(who.id, pair.amber_id).value
    assert (asked.asker, asked.meeting, asked.project) == (pair.amber_id, meeting.id, pair.project)
    assert asked.typed_by == pair.ruth.desk.store.person
    of_all = ruth.give_name(group.id, None).value
    assert (of_all.asker, of_all.kind) == (pair.ruth.desk.store.person, AnnotationKind.CONCERN)
    for refused in (
        lambda: ruth.give_name(who.id, pair.kim),
        lambda: ruth.take_away(who.id),
        lambda: ruth.reword(who.id, "Other words"),
        lambda: pair.amber.meeting_parts.jottings.jot(meeting.id, "Mine"),
    ):
        with pytest.raises(NotAllowedError):
            refused()
    with pytest.raises(InputError):
        ruth.jot(meeting.id, "  ")
    pair.exchange()
    assert [one.question for one in ruth.of(meeting.id)] == [asked.id, of_all.id]
    assert ruth.of(meeting.id)[0].body == "Who pays for the bus?"

    pair.amber.questions.take_step(asked.id, StepKind.WITHDRAW)
    pair.exchange()
    assert pair.ruth.questions.story(asked.id).question.body == ""
    assert [one.body for one in ruth.of(meeting.id)] == ["", "The room is cold"]


def test_a_question_that_was_raised_before_the_link_was_kept_is_not_raised_again(
    pair: Pair,
) -> None:
    meeting = held(pair)
    jottings = pair.ruth.meeting_parts.jottings
    made = jottings.jot(meeting.id, "Who pays?").value
    there = pair.ruth.questions.raise_question(
        "Who pays?", project=pair.project, meeting=meeting.id, on_behalf_of=pair.kim
    ).value
    assert jottings.give_name(made.id, pair.kim).value == there
    again = jottings.jot(meeting.id, "Who pays?").value
    assert jottings.give_name(again.id, pair.kim).value != there


def test_actions_are_carried_until_they_are_done(pair: Pair) -> None:
    meeting = held(pair)
    later = pair.ruth.meetings.arrange(
        "Next time", starts_at=STARTS + timedelta(days=28), project=pair.project
    ).value
    other = pair.ruth.people.add_project("Another study").value.id
    apart = pair.ruth.meetings.arrange(
        "Another", starts_at=STARTS + timedelta(days=9), project=other
    ).value
    actions = pair.ruth.meeting_parts.actions
    hers = actions.add(meeting.id, "Send the map", person=pair.amber_id, due_on=date(2026, 3, 20))
    actions.add(meeting.id, "Ask the trust", who="The research nurse")
    with pytest.raises(InputError):
        actions.add(meeting.id, " ")
    with pytest.raises(InputError):
        actions.add(meeting.id, "Too late", due_on=date(2026, 3, 1))
    assert [one.body for one, _ in actions.carried_to(later.id)] == [
        *("Send the map", "Ask the trust"),
    ]
    assert actions.carried_to(apart.id) == []
    assert actions.carried_to(meeting.id) == []
    pair.exchange()
    amber = pair.amber.meeting_parts.actions
    amber.set_done(hers.value.id, outcome="It is in the post")
    nurse = next(one for one in amber.of(meeting.id) if one.who)
    with pytest.raises(NotAllowedError):
        amber.set_done(nurse.id)
    pair.exchange()
    ((left, then),) = actions.carried_to(later.id)
    assert (left.body, then.id) == ("Ask the trust", meeting.id)
    done = next(one for one in actions.of(meeting.id) if one.person)
    assert (done.outcome, done.done_on) == ("It is in the post", pair.ruth.desk.today())
    actions.set_open(done.id)
    assert len(actions.carried_to(later.id)) == 2


def test_minutes_are_offered_to_those_who_came_and_kept_once_on_two_laptops(pair: Pair) -> None:
    meeting = held(pair)
    pair.ruth.meeting_parts.attending.note_all(
        meeting.id, {pair.amber_id: Came.BY_PHONE, pair.kim: Came.APOLOGIES}
    )
    pair.to_amber()
    ruth, amber = pair.ruth.meeting_parts.time, pair.amber.meeting_parts.time
    assert amber.mine() == []  # it is not over yet
    with pytest.raises(NotAllowedError):
        amber.confirm(meeting.id, minutes=120)
    pair.clock.set(date(2026, 3, 10))
    (offered,) = amber.mine()
    assert (offered.minutes, offered.prepare_minutes) == (120, 30)
    assert [one.person.name for one in ruth.of(meeting.id)] == ["Amber Fictional"]
    with pytest.raises(InputError):
        amber.confirm(meeting.id, minutes=0)
    with pytest.raises(NotAllowedError):
        ruth.confirm(meeting.id, minutes=120, on_behalf_of=pair.kim)

    amber.confirm(meeting.id, minutes=110, prepare_minutes=45)
    assert ruth.confirm_for(ruth.of(meeting.id)).value == 1  # neither knows of the other
    pair.exchange()
    kept = pair.ruth.time.everyones()
    assert {(one.activity, one.on) for one in kept} == {
        (Activity.MEETING, date(2026, 3, 9)),
        (Activity.PREPARATION, date(2026, 3, 9)),
    }
    assert len(kept) == 2
    assert pair.agree()
    assert amber.confirm(meeting.id, minutes=60).entries == ()
    assert (amber.mine(), ruth.of(meeting.id)) == ([], [])


def test_a_meeting_moved_over_a_clock_change_is_one_meeting_in_a_calendar(pair: Pair) -> None:
    london = ZoneInfo("Europe/London")
    winter = datetime(2026, 3, 26, 10, tzinfo=london)
    held_then = pair.ruth.meetings.arrange("Reading day", starts_at=winter, minutes=90).value
    calendar, seen = pair.ruth.meeting_parts.calendar, []
    # Into summer time and, in October, out of it again; each time at ten by the clock.
    for days in (0, 7, 217):
        starts = datetime(2026, 3, 26, 10, tzinfo=london) + timedelta(days=days)
        pair.ruth.meetings.change(held_then.id, starts_at=starts)
        content = calendar.one(held_then.id)
        read = icalendar.Calendar.from_ical(content)
        assert [str(zone["TZID"]) for zone in read.timezones] == ["Europe/London"]
        assert f"DTSTART;TZID=Europe/London:{starts:%Y%m%dT}100000".encode() in content
        assert f"DTEND;TZID=Europe/London:{starts:%Y%m%dT}113000".encode() in content
        event, other = read.events[0], vobject.readOne(content.decode()).vevent
        assert event.decoded("DTSTART") == other.dtstart.value == starts
        assert event.decoded("DTEND").astimezone(UTC) == starts.astimezone(UTC) + timedelta(
            minutes=90
        )
        seen.append((str(event["UID"]), int(event["SEQUENCE"]), str(read["METHOD"])))
    pair.ruth.meetings.cancel(held_then.id)
    gone = icalendar.Calendar.from_ical(calendar.one(held_then.id))
    (event,) = gone.events
    seen.append((str(event["UID"]), int(event["SEQUENCE"]), str(gone["METHOD"])))
    uid = str(held_then.id)
    assert seen == [*((uid, at, "PUBLISH") for at in range(3)), (uid, 3, "CANCEL")]
    assert str(event["STATUS"]) == "CANCELLED"


def test_the_calendar_file_names_nobody_and_moves_with_the_meeting(pair: Pair) -> None:
    meeting = held(pair, place="The old library, and online")
    parts = pair.ruth.meeting_parts
    parts.agendas.add(meeting.id, "Welcome", minutes=15, lead="Ruth Sampleworth")
    parts.agendas.add(meeting.id, "Your questions", minutes=45)
    parts.papers.add_file(meeting.id, PDF, file_name="For Kim Unreal.pdf")
    parts.invitations.invite(meeting.id, [pair.amber_id, pair.kim])
    parts.invitations.say_needs(meeting.id, "Large print", on_behalf_of=pair.kim)
    parts.attending.note_came(meeting.id, pair.kim, Came.APOLOGIES)
    content = parts.calendar.one(meeting.id)
    event = icalendar.Calendar.from_ical(content).events[0]
    about = str(event["DESCRIPTION"])
    assert about.splitlines()[:3] == [
        "What we will talk about:",
        "10:00 Welcome",
        "10:15 Your questions",
    ]
    assert "1 paper" in about
    unfolded = content.replace(b"\r\n ", b"").decode()
    for never in ("Sampleworth", "Kim", "Amber", "Large print", "ATTENDEE", "ORGANIZER", "mailto"):
        assert never not in unfolded

    pair.ruth.meetings.change(meeting.id, starts_at=STARTS + timedelta(days=7))
    moved = icalendar.Calendar.from_ical(parts.calendar.coming()).events[0]
    assert (moved["UID"], int(moved["SEQUENCE"])) == (event["UID"], 1)
    assert moved.decoded("DTSTART") == STARTS + timedelta(days=7)
    pair.ruth.meetings.cancel(meeting.id)
    gone = icalendar.Calendar.from_ical(parts.calendar.one(meeting.id))
    assert (gone["METHOD"], gone.events[0]["STATUS"]) == ("CANCEL", "CANCELLED")
    pair.clock.set(date(2026, 4, 1))
    with pytest.raises(InputError):
        parts.calendar.coming()
