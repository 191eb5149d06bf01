"""The register's rows say what whole stories say, and filters, views and notes hold."""

from __future__ import annotations

import random
from datetime import date

import pytest

from mhin_ppi.domain.annotations import AnnotationKind, Visibility
from mhin_ppi.domain.people import Credit, Person, Role
from mhin_ppi.domain.questions import Considered, Question, QuestionState, StepKind
from mhin_ppi.domain.register import SavedView, Support
from mhin_ppi.domain.responses import Decision
from mhin_ppi.errors import InputError, NotAllowedError
from mhin_ppi.services import register_fates
from mhin_ppi.services.desk import alter
from mhin_ppi.services.register import RegisterView
from mhin_ppi.services.register_filters import (
    NOBODY_ASSIGNED,
    OPEN,
    RegisterFilter,
    filter_from,
    fitting,
    matches,
)
from mhin_ppi.services.register_rows import RegisterRow, owed_rows, raised_rows
from mhin_ppi.services.register_sorting import ForMany
from mhin_ppi.services.search import WordsFound


def rows_of(services) -> dict[str, RegisterRow]:
    return {row.key: row for row in services.register.lines.read().rows}


def agrees(services) -> int:
    """Compare every row with the whole story, told by the slow and older code; return how many."""
    view = services.register.lines.read()
    rows = {row.key: row for row in view.rows}
    stories = services.questions.register()
    assert len(rows) == len(stories)
    counted_at_once(view)
    for story in stories:
        row = rows[str(story.question.id)]
        assert (row.state, row.since) == (story.fate.state, story.fate.since)
        assert row.body == story.question.body
        assert row.is_owed == story.fate.is_owed
        assert (row.tags, row.frames) == (story.question.tags, story.question.frames)
        assert row.considered is story.question.considered
        if not row.to_board:
            assert (row.asked_by, row.holder) == (story.asked_by, story.holder)
    return len(rows)


def counted_at_once(view: RegisterView) -> None:
    """Check what is counted of all rows at once against what each row says of itself."""
    owed = [row for row in view.rows if row.is_owed]
    asked = [row for row in owed if not row.to_board]
    counts = view.counts
    assert owed_rows(view.rows) == owed == fitting(view.rows, RegisterFilter(state=OPEN))
    assert raised_rows(view.rows) == [row for row in view.rows if row.is_raised]
    assert counts.overdue == sum(row.is_overdue for row in view.rows)
    assert counts.owed == len(asked)
    assert counts.askers_owed == len({row.asker_key for row in asked})
    assert set(view.offered.holders) == {row.holder for row in view.rows}
    assert set(view.offered.tags) == {tag for row in view.rows for tag in row.tags}
    assert set(view.offered.themes) == {row.theme for row in view.rows if row.theme}


def one_step(pair, question: Question, chance: random.Random) -> None:
    services = chance.choice((pair.ruth, pair.amber))
    kind = chance.choice(list(services.questions.open_steps(question.id)) or [None])
    if kind is StepKind.ANSWER:
        services.questions.respond(
            question.id, decision=chance.choice(list(Decision)), body="So.", reason="Because."
        )
    elif kind is StepKind.FEED_BACK:
        services.questions.feed_back(question.id, body="Told.")
    elif kind not in (None, StepKind.MERGE, StepKind.UNMERGE):
        services.questions.take_step(question.id, kind, said="Some words")


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_say_what_stories_say_after_any_steps_on_two_laptops(pair, seed):
    chance = random.Random(seed)
    asked = [
        pair.amber.questions.raise_question(f"Question {number}?", credit=Credit.FIRST_NAME).value
        for number in range(6)
    ]
    asked.append(pair.ruth.questions.raise_question("Mine", on_behalf_of=pair.kim).value)
    pair.exchange()
    for turn in range(40):
        one_step(pair, chance.choice(asked), chance)
        if turn % 5 == 0:
            assert agrees(pair.ruth) == 7  # what was kept before is added to
        if turn % 7 == 0:
            pair.exchange()  # steps of both laptops meet, some of them in each other's way
    pair.exchange()
    assert agrees(pair.ruth) == agrees(pair.amber) == 7
    with pair.ruth.desk.store.unit_of_work() as work:
        work.keep_local(register_fates.KEPT, None)
        work.keep_local("register_standings_0", {"by": "rules of long ago"})
        work.commit()
    assert agrees(pair.ruth) == 7  # worked out from nothing, it is the same
    with pair.ruth.desk.store.unit_of_work() as work:
        assert work.local_keys("register_standings_") == [register_fates.KEPT]


def test_somebody_who_becomes_coordinator_changes_what_counted_before(pair):
    asked = pair.amber.questions.raise_question("Why?").value
    pair.exchange()
    assert rows_of(pair.ruth)[str(asked.id)].state is QuestionState.RAISED
    pair.ruth.questions.acknowledge([asked.id])
    assert rows_of(pair.ruth)[str(asked.id)].state is QuestionState.ACKNOWLEDGED
    with pair.ruth.desk.store.unit_of_work() as work:
        alter(work, work.get(Person, pair.kim), roles=(Role.MEMBER, Role.COORDINATOR))
        work.commit()
    assert agrees(pair.ruth) == 1


def test_what_was_read_is_used_again_until_something_happens(pair):
    pair.ruth.questions.raise_question("Why?")
    before = pair.ruth.register.lines.read()
    assert pair.ruth.register.lines.read(before=before) is before
    pair.ruth.questions.raise_question("And why?")
    after = pair.ruth.register.lines.read(before=before)
    assert [row.words for row in after.rows] == ["And why?", "Why?"]
    pair.clock.set(date(2026, 3, 5))
    assert pair.ruth.register.lines.read(before=after).rows[0].days == 3


def test_numbers_stay_when_words_are_taken_back(pair):
    first, second, third = (
        pair.amber.questions.raise_question(words).value for words in ("One?", "Two?", "Three?")
    )
    pair.amber.questions.take_step(second.id, StepKind.WITHDRAW)
    rows = rows_of(pair.amber)
    assert [rows[str(q.id)].number for q in (first, second, third)] == [1, 2, 3]
    assert rows[str(second.id)].body == ""


def test_overdue_counts_working_days_and_begins_again_with_not_quite(pair):
    pair.clock.set(date(2026, 4, 2))  # the day before Good Friday
    asked = pair.amber.questions.raise_question("Why?").value
    pair.exchange()

    def overdue(day: date) -> bool:
        pair.clock.set(day)
        return rows_of(pair.ruth)[str(asked.id)].is_overdue

    assert not overdue(date(2026, 4, 20))
    assert overdue(date(2026, 4, 21))
    pair.ruth.questions.acknowledge([asked.id])
    assert not overdue(date(2026, 4, 22))
    assert overdue(date(2026, 5, 20))
    pair.ruth.questions.respond(asked.id, decision=Decision.WILL_CHANGE, body="So.")
    assert overdue(date(2026, 5, 21)), "an answer that nobody has told them is none to them"
    pair.ruth.questions.feed_back(asked.id, body="Told.")
    assert not overdue(date(2026, 5, 21))
    pair.exchange()
    pair.amber.questions.take_step(asked.id, StepKind.NOT_QUITE, said="More, please.")
    pair.exchange()
    assert not overdue(date(2026, 6, 1))
    assert overdue(date(2026, 7, 20))


def test_filters_let_through_what_they_say(pair):
    ruth = pair.ruth
    project, other = pair.project, ruth.people.add_project("Another", sites=["Leeds"]).value
    hull = next(site for site in ruth.people.sites() if site.name == "Hull")
    one = ruth.questions.raise_question("Is the Café near?", project=project, site=hull.id).value
    two = ruth.questions.raise_question(
        "Say it shorter", kind=AnnotationKind.SUGGESTION, project=other.id
    ).value
    ruth.register.sorting.tag([one.id], ["Travel"])
    ruth.register.sorting.assign([two.id], to=ruth.desk.store.person)
    ruth.questions.hand_to(two.id, holder="the office")
    ruth.questions.acknowledge([two.id])
    rows = ruth.register.lines.read().rows

    def found(**wanted) -> list[str]:
        fit = RegisterFilter(**wanted)
        kept = [row.words for row in fitting(rows, fit, ruth.search.each_word(fit.words))]
        assert kept == [row.words for row in fitting(rows, fit)]  # by the words in memory, the same
        return kept

    assert found() == ["Say it shorter", "Is the Café near?"]
    assert found(words="CAFÉ near") == found(tag="Travel") == ["Is the Café near?"]
    assert found(words="hull") == found(site=str(hull.id)) == ["Is the Café near?"]
    assert found(state="acknowledged") == found(holder="the office") == ["Say it shorter"]
    assert found(assigned=str(ruth.desk.store.person)) == ["Say it shorter"]
    assert found(assigned=NOBODY_ASSIGNED) == ["Is the Café near?"]
    assert found(kind="suggestion", state=OPEN) == ["Say it shorter"]
    assert found(project=str(other.id), words="nothing like it") == []
    assert found(overdue=True) == []
    assert [row.words for row in rows if matches("")(row)] == found()


def test_words_are_found_in_answers_in_what_is_not_indexed_yet_and_as_signs(pair):
    ruth = pair.ruth
    asked = ruth.questions.raise_question("Is the clinic near?").value
    ruth.questions.respond(asked.id, decision=Decision.WILL_CHANGE, body="By bicycle.")
    answered = ruth.search.each_word("bicycle")
    ruth.questions.raise_question("May I come by bicycle?")
    rows = ruth.register.lines.read().rows

    def found(words: str, told) -> list[str]:
        return [row.words for row in rows if matches(words, told)(row)]

    assert found("bicycle", answered) == ["Is the clinic near?"]
    with ruth.desk.store.unit_of_work() as work:
        unread = frozenset(work.words.unread_questions())
    assert len(unread) == 1
    behind = WordsFound(answered.said, unread)
    assert found("bicycle", behind) == ["May I come by bicycle?", "Is the clinic near?"]
    assert found("bicycle", ruth.search.each_word("bicycle")) == found("bicycle", behind)
    assert found("? May", ruth.search.each_word("? May")) == ["May I come by bicycle?"]
    assert ruth.search.each_word("?").said == {}


def test_views_are_kept_by_name_for_oneself_alone(pair):
    wanted = RegisterFilter(state=OPEN, tag="Travel", overdue=True, words="“a”")
    pair.ruth.register.views.keep("Late ones", RegisterFilter())
    pair.ruth.register.views.keep("late  ones", wanted)
    ((view, kept),) = pair.ruth.register.views.all()
    assert (view.title, kept) == ("late ones", wanted)
    pair.exchange()
    with pair.amber.desk.store.unit_of_work() as work:
        assert work.find(SavedView) == []
    pair.ruth.register.views.remove(view.id)
    assert pair.ruth.register.views.all() == []
    with pytest.raises(InputError):
        pair.ruth.register.views.keep("  ", wanted)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"state": 3, "from_the_future": "x"}'])
def test_a_filter_that_cannot_be_read_lets_everything_through(text):
    assert filter_from(text) == RegisterFilter()


def test_many_are_tagged_and_assigned_at_once_and_only_what_differs_counts(pair):
    sorting = pair.ruth.register.sorting
    asked = [pair.ruth.questions.raise_question(f"Q{n}").value.id for n in range(4)]
    assert sorting.tag(asked[:2], ["Travel", " travel ", "Cost"]).value == 2
    assert sorting.tag(asked, ["cost", "TRAVEL"]).value == 2
    assert {row.tags for row in rows_of(pair.ruth).values()} == {
        ("Travel", "Cost"),
        ("cost", "TRAVEL"),
    }
    me = pair.ruth.desk.store.person
    assert sorting.assign(asked, to=me).value == 4
    assert sorting.assign(asked, to=me).value == 0
    assert sorting.assign(asked[:1], to=None).value == 1
    with pytest.raises(InputError):
        sorting.assign(asked, to=pair.kim)
    with pytest.raises(InputError):
        sorting.tag(asked, [" "])
    with pytest.raises(InputError):
        sorting.tag(asked, ["x" * 41])


def test_what_is_noted_on_many_is_noted_on_all_or_none(pair):
    sorting, people = pair.ruth.register.sorting, pair.ruth.people
    ask = pair.ruth.questions.raise_question
    asked = [ask("Near?", project=pair.project).value.id, ask("Far?").value.id]
    site = people.sites()[0]
    elsewhere = people.add_project("Other", team="T", sites=["Leeds"]).value
    leeds = next(one for one in people.sites() if one.project == elsewhere.id)
    wanted = ForMany(put={"site": site.id, "stage": "design"}, frames=("npt:coherence",))
    assert sorting.many(asked, wanted).value == {"site": 2, "stage": 2, "frames": 2}
    assert sorting.many(asked, wanted).value == {"site": 0, "stage": 0, "frames": 0}
    added = ForMany(tags=("Cost",), frames=("npt:coherence", "psat:communications"))
    assert sorting.many(asked[:1], added).value == {"tags": 1, "frames": 1}
    before = {key: (row.site, row.stage, row.frames) for key, row in rows_of(pair.ruth).items()}
    for bad in (
        ForMany(),
        ForMany(put={"site": leeds.id, "stage": "ethics"}),
        ForMany(put={"stage": "no such stage"}, tags=("So",)),
        ForMany(put={"assigned": pair.kim, "stage": "ethics"}),
    ):
        with pytest.raises(InputError):
            sorting.many(asked, bad)
    now = {key: (row.site, row.stage, row.frames) for key, row in rows_of(pair.ruth).items()}
    assert now == before
    with pytest.raises(NotAllowedError):
        pair.amber.register.sorting.many(asked, ForMany(tags=("Mine",)))


def test_what_a_coordinator_notes_leaves_words_and_state_alone(pair):
    asked = pair.amber.questions.raise_question("Why?", project=pair.project).value
    pair.exchange()
    site = pair.ruth.people.sites()[0]
    given = {
        "assigned": pair.ruth.desk.store.person,
        "tags": ["Travel"],
        "site": site.id,
        "stage": "ethics",
        "frames": ["cfir:inner_setting", "cfir:inner_setting", "psat:partnerships"],
        "considered": Considered.PARTLY,
    }
    pair.ruth.register.sorting.note(asked.id, **given)
    row = rows_of(pair.ruth)[str(asked.id)]
    assert row.frames == ("cfir:inner_setting", "psat:partnerships")
    assert (row.stage_words, row.site, row.considered) == (
        "Ethics and approvals",
        site,
        Considered.PARTLY,
    )
    assert (row.body, row.state) == ("Why?", QuestionState.RAISED)
    with pytest.raises(NotAllowedError):
        pair.amber.register.sorting.note(asked.id, **given)
    with pytest.raises(InputError):
        pair.ruth.register.sorting.note(asked.id, **given | {"stage": "no such stage"})
    elsewhere = pair.ruth.people.add_project("Another", sites=["Leeds"]).value
    leeds = next(each for each in pair.ruth.people.sites() if each.project == elsewhere.id)
    with pytest.raises(InputError):
        pair.ruth.register.sorting.note(asked.id, **given | {"site": leeds.id})


def test_i_would_ask_this_too_is_never_said_of_ones_own_and_can_be_taken_back(pair):
    asked = pair.ruth.questions.raise_question("Is it safe?", on_behalf_of=pair.kim).value
    own = pair.amber.questions.raise_question("Mine?").value
    hidden = pair.ruth.questions.raise_question(
        "Between us", visibility=Visibility.COORDINATOR, on_behalf_of=pair.kim
    ).value
    pair.exchange()
    support = pair.amber.register.support
    support.say(asked.id, body="On the night bus above all.")
    support.say(asked.id, body="On the night bus.", credit=Credit.FIRST_NAME)
    pair.exchange()
    (seen,) = pair.ruth.register.support.of(asked.id)
    assert (seen.name, seen.support.body, seen.is_mine) == ("Amber", "On the night bus.", False)
    assert rows_of(pair.ruth)[str(asked.id)].supports == 1
    with pytest.raises(NotAllowedError):
        support.say(own.id)
    with pytest.raises(NotAllowedError):
        pair.ruth.register.support.say(hidden.id)
    assert support.take_back(asked.id).value
    assert not support.take_back(asked.id).value
    pair.exchange()
    assert rows_of(pair.ruth)[str(asked.id)].supports == 0
    with pair.ruth.desk.store.unit_of_work() as work:
        assert work.find(Support) == []
    assert pair.agree()


def test_the_team_asks_and_the_board_answers(pair):
    team = pair.ruth.register.team
    with pytest.raises(NotAllowedError):
        pair.amber.register.team.ask("May we?")
    asked = team.ask("Which evenings suit you?", project=pair.project).value
    pair.exchange()
    (seen,) = pair.amber.register.team.all()
    assert (seen.question.asked_by, seen.is_open) == ("the team", True)
    with pytest.raises(NotAllowedError):
        pair.amber.register.support.say(asked.id)
    pair.amber.register.team.reply(asked.id, "Not Mondays.")
    pair.amber.register.team.reply(asked.id, "Not Mondays, please.", credit=Credit.FIRST_NAME)
    team.reply(asked.id, "Any.", on_behalf_of=pair.kim)
    pair.exchange()
    replies = team.one(asked.id).replies
    assert {(one.name, one.reply.body) for one in replies} == {
        ("Amber", "Not Mondays, please."),
        ("A board member", "Any."),
    }
    for services in (pair.ruth, pair.amber):
        assert services.questions.owed() == []
        assert services.questions.mine() == []
    with pytest.raises(InputError):
        team.sum_up(asked.id, "  ")
    with pytest.raises(NotAllowedError):
        team.finish(asked.id, "Told before there was an answer.")
    assert team.sum_up(asked.id, "Any evening but Monday.").value.summed_up
    done = team.finish(asked.id, "The team has it in writing.").value
    assert done.fate.state is QuestionState.CLOSED
    assert done.fate.flagged == ()
    pair.exchange()
    with pytest.raises(NotAllowedError):
        pair.amber.register.team.reply(asked.id, "Too late?")
    assert pair.amber.register.team.take_back(asked.id).value
    pair.exchange()
    assert [one.reply.body for one in team.one(asked.id).replies] == ["Any."]
    assert rows_of(pair.ruth)[str(asked.id)].asked_by == "the team"
    # Ruth only wrote it down: on no laptop is it hers, nor any member's.
    for services in (pair.ruth, pair.amber):
        story = services.questions.story(asked.id)
        assert (story.asked_by, story.is_mine) == ("the team", False)
    bare = team.ask("And which mornings?").value
    assert pair.ruth.questions.story(bare.id).asked_by == "the research team"
