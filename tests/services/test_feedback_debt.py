"""Who is owed what, against an independent recount; reminders; telling many at once."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from mhin_ppi.domain.annotations import Visibility
from mhin_ppi.domain.feedback_debt import Owed
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.log import StepOp, entity_name
from mhin_ppi.domain.meeting_parts import Jotting
from mhin_ppi.domain.meetings import JottingId
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.questions import QuestionState, StepKind, steps_open_to
from mhin_ppi.domain.responses import Decision, FeedbackKind
from mhin_ppi.errors import InputError, NotAllowedError
from mhin_ppi.services.desk import alter, keep
from mhin_ppi.services.telling import Telling
from tests.services.laptops import Pair

# The recount's own table, from the log's words alone: what a step leaves owed. None: nothing.
LEAVES = {
    "acknowledge": "answer",
    "answer": "telling",
    "change": "telling",
    "not_change": "telling",
    "feed_back": None,
    "confirm": None,
    "no_reply_needed": None,
    "withdraw": None,
    "not_quite": "answer",
    "reopen": "answer",
}
NOT_WORKED = (date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4))
"""Good Friday, Easter Monday, and the bank holiday in May."""


def recount(pair: Pair) -> dict[str, tuple[str, date]]:
    """Return what each question is owed and since when, by reading the log and nothing else."""
    owed: dict[str, str | None] = {}
    since: dict[str, date] = {}
    told: set[str] = set()
    for entry in pair.ruth.desk.store.entries():
        for op in entry.ops:
            if isinstance(op, StepOp) and op.kind in LEAVES:
                owed[op.question] = LEAVES[op.kind]
                news = op.question in told and LEAVES[op.kind] == "telling"
                if op.kind in ("not_quite", "reopen") or news:
                    told.discard(op.question)
                    # A hybrid clock's first thirteen digits are milliseconds since 1970.
                    at = datetime.fromtimestamp(int(entry.hlc[:13]) / 1000, UTC)
                    since[op.question] = at.date()
                if op.kind == "feed_back":
                    told.add(op.question)
            elif not isinstance(op, StepOp) and getattr(op, "field", "") == "raised_at":
                question = op.entity.removeprefix(entity_name("question", ""))
                owed.setdefault(question, "acknowledgement")
                since.setdefault(question, datetime.fromisoformat(op.value).date())
    return {q: (what, since[q]) for q, what in owed.items() if what is not None}


def working_days(start: date, end: date) -> int:
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(d.weekday() < 5 and d not in NOT_WORKED for d in days)


def live(pair: Pair, chance: random.Random, question) -> None:
    """Take a few steps that are allowed, whichever they are."""
    for _ in range(chance.randrange(4)):
        story = pair.ruth.questions.story(question)
        asker = story.question.asker
        mine = steps_open_to(story.question, story.fate, by=asker, is_coordinator=True)
        rare = {StepKind.WITHDRAW} if chance.random() < 0.8 else set()
        steps = [one for one in mine if one.value in LEAVES and one not in rare]
        if not steps:
            return
        kind = chance.choice(steps)
        if kind is StepKind.ANSWER:
            pair.ruth.questions.respond(question, decision=Decision.WILL_CHANGE, body="Yes.")
        elif kind is StepKind.FEED_BACK:
            pair.ruth.questions.feed_back(question, body="You were right.")
        else:
            pair.ruth.questions.take_step(question, kind, said="More.", on_behalf_of=asker)


@pytest.fixture
def busy(pair: Pair) -> Pair:
    chance, questions = random.Random(5), []
    for number in range(20):
        pair.clock.set(date(2026, 3, 2) + timedelta(days=number + number // 2))
        asked = pair.ruth.questions.raise_question(
            f"Question {number}?", project=pair.project, on_behalf_of=pair.amber_id
        ).value
        if number % 3:
            pair.ruth.questions.hand_to(asked.id, holder=chance.choice(["the team", "finance"]))
        if number % 5 == 0:
            continue  # nobody has looked at it
        questions.append(asked.id)
        for question in dict.fromkeys([asked.id, *chance.choices(questions, k=2)]):
            live(pair, chance, question)
    again = pair.ruth.questions.raise_question("And then?", on_behalf_of=pair.amber_id).value.id
    pair.ruth.questions.respond(again, decision=Decision.WILL_CHANGE, body="Yes.")
    pair.ruth.questions.feed_back(again, body="Yes.")
    pair.clock.set(date(2026, 4, 7))
    pair.ruth.questions.take_step(
        again, StepKind.NOT_QUITE, said="More.", on_behalf_of=pair.amber_id
    )
    pair.clock.set(date(2026, 4, 30))
    return pair


def test_the_list_equals_a_recount_from_the_log_by_other_code(busy: Pair):
    found = busy.ruth.answering.debt.everyone()
    counted = recount(busy)
    assert {str(d.question): (d.owed.value, d.since) for d in found.debts} == counted
    assert {owed for owed, _ in counted.values()} == {one.value for one in Owed}
    began = {s.question.id: s.question.raised_at.date() for s in busy.ruth.questions.register()}
    assert any(d.since != began[d.question] for d in found.debts), "somebody said “not quite”"
    for debt in found.debts:
        assert debt.waited_days == working_days(debt.since, date(2026, 4, 30))
        promised = 10 if debt.owed is Owed.ACKNOWLEDGEMENT else 30
        assert debt.days_over == max(0, debt.waited_days - promised)
        assert working_days(debt.since, debt.due_on) == promised
    waits = [debt.since for debt in found.debts]
    assert waits == sorted(waits)
    assert list(found.overdue) == [d for d in found.debts if d.days_over]
    assert 0 < len(found.overdue) < len(found.debts)
    assert sum(many for _, many in found.by_holder) == len(found.debts)
    assert {d.held_by for d in found.debts if d.owed is Owed.TELLING} == {"the coordinator"}
    register = busy.ruth.register.lines.read()
    assert {row.question for row in register.rows if row.is_overdue} == {
        d.question for d in found.overdue
    }, "the list of all questions says the same"
    assert register.counts.overdue == len(found.overdue)
    busy.to_amber()
    assert {d.question for d in busy.amber.answering.debt.mine()} == {
        d.question for d in found.debts
    }, "the person who waits sees the same"
    with pytest.raises(NotAllowedError):
        busy.amber.answering.debt.everyone()


def test_nobody_is_left_and_who_says_not_quite_is_back(pair: Pair):
    asked = [pair.amber.questions.raise_question(f"Why {n}?").value.id for n in range(4)]
    pair.to_ruth()
    debt = pair.ruth.answering.debt
    for question in asked:
        pair.ruth.questions.respond(question, decision=Decision.WILL_CHANGE, body="So.")
    assert [d.owed for d in debt.everyone().debts] == [Owed.TELLING] * 4
    told = [Telling(q, "Because of you.", FeedbackKind.THANKS) for q in asked]
    assert pair.ruth.answering.telling.tell(told).value == 4
    assert debt.everyone().debts == (), "being told and silent is no debt"
    pair.ruth.questions.take_step(asked[0], StepKind.NO_REPLY_NEEDED)
    pair.to_amber()
    pair.amber.questions.take_step(asked[1], StepKind.CONFIRM)
    pair.amber.questions.take_step(asked[2], StepKind.WITHDRAW)
    pair.clock.set(date(2026, 3, 9))
    pair.amber.questions.take_step(asked[3], StepKind.NOT_QUITE, said="And at night?")
    pair.exchange()
    (back,) = debt.everyone().debts
    assert (back.question, back.owed, back.since) == (asked[3], Owed.ANSWER, date(2026, 3, 9))


def test_what_is_new_to_somebody_who_was_told_is_not_late_from_the_day_they_asked(pair: Pair):
    question = pair.ruth.questions.raise_question("Why?", on_behalf_of=pair.kim).value.id
    pair.ruth.questions.respond(question, decision=Decision.WILL_CHANGE, body="We will.")
    pair.ruth.questions.feed_back(question, body="It will be in the next version.")
    pair.clock.set(date(2026, 9, 1))
    pair.ruth.questions.link_change(question, outside="It is in it now.")
    pair.clock.set(date(2026, 9, 8))
    pair.ruth.questions.respond(question, decision=Decision.WILL_CHANGE, body="We did.")
    (debt,) = pair.ruth.answering.debt.everyone().debts
    assert (debt.owed, debt.since, debt.days_over) == (Owed.TELLING, date(2026, 9, 1), 0)
    pair.ruth.questions.feed_back(question, body="Look at page 3.")
    assert pair.ruth.answering.debt.everyone().debts == ()


def test_needs_discussion_is_no_answer_yet_and_a_question_to_the_board_is_held_by_it(pair: Pair):
    question = pair.ruth.questions.raise_question("Why?", on_behalf_of=pair.kim).value.id
    pair.ruth.questions.hand_to(question, holder="the team")
    pair.ruth.questions.respond(question, decision=Decision.NEEDS_DISCUSSION, body="Hm.")
    (waits,) = pair.ruth.answering.debt.everyone().debts
    assert (waits.owed, waits.held_by) == (Owed.ANSWER, "the team")
    pair.ruth.questions.respond(question, decision=Decision.ALREADY_COVERED, body="On page 2.")
    (waits,) = pair.ruth.answering.debt.everyone().debts
    assert (waits.owed, waits.held_by) == (Owed.TELLING, "the coordinator")


def test_a_reminder_quotes_what_may_be_quoted_under_the_name_chosen(pair: Pair):
    ask = pair.ruth.questions.raise_question
    open_one = ask(
        "Is it safe?", project=pair.project, credit=Credit.FIRST_NAME, on_behalf_of=pair.kim
    ).value.id
    unnamed = ask("Who pays?", credit=Credit.NOT_NAMED, on_behalf_of=pair.amber_id).value.id
    secret = ask(
        "Is my doctor in it?", visibility=Visibility.COORDINATOR, on_behalf_of=pair.kim
    ).value.id
    ask("Not passed on.", on_behalf_of=pair.kim)
    for question in (open_one, unnamed, secret):
        pair.ruth.questions.hand_to(question, holder="the team")
    pair.clock.set(date(2026, 5, 6))
    (reminder,) = pair.ruth.answering.chasers.draft(pair.ruth.answering.debt.everyone().debts)
    assert (reminder.to, reminder.kept_back) == ("the team", 1)
    assert set(reminder.questions) == {open_one, unnamed, secret}
    assert "Kim asked on 2 March 2026 (44 working days ago):\n   “Is it safe?”" in reminder.text
    assert "A board member asked on" in reminder.text
    assert "Amber" not in reminder.text
    assert "Unreal" not in reminder.text
    assert "my doctor" not in reminder.text
    assert "1 more question waits that was asked in confidence." in reminder.text
    assert "Not passed on." not in reminder.text
    assert reminder.text.endswith("Ruth Sampleworth\nTest board")

    chasers = pair.ruth.answering.chasers
    with pytest.raises(InputError):
        chasers.record(reminder.questions, to="the team", on=date(2026, 5, 7))
    assert chasers.record(reminder.questions, to="the team").value == 3
    again = {d.question: d.reminders for d in pair.ruth.answering.debt.everyone().debts}
    assert [one.on for one in again[open_one]] == [date(2026, 5, 6)]
    pair.to_amber()
    (mine,) = pair.amber.answering.debt.mine()
    assert [one.to for one in mine.reminders] == ["the team"], "the one who waits sees it too"
    assert all(one.question != secret for one in _chasers(pair.amber)), "but not what is Kim's"


def test_telling_many_is_all_or_nothing(pair: Pair):
    ask = pair.ruth.questions.raise_question
    ready, unready = (ask(w, on_behalf_of=pair.kim).value.id for w in ("One?", "Two?"))
    pair.ruth.questions.respond(ready, decision=Decision.WILL_CHANGE, body="Yes.")
    telling = pair.ruth.answering.telling
    assert [debt.question for debt in telling.waiting()] == [ready]
    with pytest.raises(NotAllowedError):
        telling.tell([Telling(ready, "Done."), Telling(unready, "Done.")])
    assert pair.ruth.questions.story(ready).fate.state is QuestionState.ANSWERED
    with pytest.raises(InputError):
        telling.tell([Telling(ready, "  ")])
    assert pair.ruth.questions.story(ready).feedback == ()
    with pytest.raises(NotAllowedError):
        pair.amber.answering.telling.tell([])


def test_a_difference_is_due_for_a_second_look_on_its_day(pair: Pair):
    question = pair.ruth.questions.raise_question("Why?", on_behalf_of=pair.kim).value.id
    pair.ruth.impacts.record(
        question,
        kind="design",
        stage="design",
        direction=Direction.POSITIVE,
        what_changed="Home visits.",
        look_again_on=date(2026, 9, 1),
    )
    debt = pair.ruth.answering.debt
    assert debt.everyone().looks == ()
    pair.clock.set(date(2026, 9, 1))
    assert [one.what_changed for one in debt.everyone().looks] == ["Home visits."]


def test_what_was_written_down_in_a_meeting_without_a_name_is_not_lost(pair: Pair):
    meeting = pair.ruth.meetings.arrange("Spring meeting", starts_at=pair.clock.now()).value
    with pair.ruth.desk.store.unit_of_work() as work:
        jotted = Jotting(JottingId(uuid4()), meeting.id, "Who was left out?")
        keep(work, jotted)
        work.commit()
    debt = pair.ruth.answering.debt
    assert debt.everyone().jottings == ((jotted, "Spring meeting"),)
    asked = pair.ruth.questions.raise_question(jotted.body, on_behalf_of=pair.kim).value
    with pair.ruth.desk.store.unit_of_work() as work:
        alter(work, jotted, question=asked.id)
        work.commit()
    found = debt.everyone()
    assert (found.jottings, [d.question for d in found.debts]) == ((), [asked.id])


def _chasers(services):
    from mhin_ppi.domain.register import Chaser

    with services.desk.store.unit_of_work() as work:
        return work.find(Chaser)
