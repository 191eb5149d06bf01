"""The sample board: whole, honest, the same on both laptops, and never stale."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.crypto.wrapping import quick_kdf
from mhin_ppi.domain.claims import ClaimState
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.people import Credit
from mhin_ppi.domain.questions import QuestionState, StepKind
from mhin_ppi.domain.responses import Decision
from mhin_ppi.domain.spaces import ADMIN, BOARD, person_space
from mhin_ppi.errors import CannotOpenBoardError, InputError
from mhin_ppi.resource_files import resource
from mhin_ppi.services.boards import Boards, Services
from mhin_ppi.services.sample import (
    HALF_BUILT,
    SAMPLE_PASSPHRASE,
    SampleBoard,
    ScriptClock,
    build_sample,
)
from mhin_ppi.services.sample_script import Script, place_of, read_script
from mhin_ppi.storage.system_ports import RandomIds, SystemClock
from mhin_ppi.storage.vault import LocalVault
from tests.services.laptops import make_boards

NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)


class Stopped:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


def quick_boards(home: Path, clock: ScriptClock) -> Boards:
    vault = LocalVault(clock=clock, ids=RandomIds(), kdf=quick_kdf)
    return dataclasses.replace(make_boards(home, real_reader=True), vault=vault, clock=clock)


def build(folder: Path, script: Path | None = None) -> SampleBoard:
    clock = ScriptClock(Stopped())
    every = quick_boards(folder, clock)
    return build_sample(every, folder, script or resource("sample_board"), clock=clock)


@dataclass
class Sample:
    where: SampleBoard
    ruth: Services
    amber: Services


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SampleBoard:
    """Built where an earlier try was cut short: to build takes long, so it is done once."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / HALF_BUILT / "coordinator").mkdir(parents=True)
    (folder / HALF_BUILT / "coordinator" / "store.db").write_bytes(b"half")
    return build(folder)


@pytest.fixture(scope="module")
def unopened(built, tmp_path_factory) -> Path:
    """A copy that nobody has opened."""
    copy = tmp_path_factory.mktemp("copy") / "sample"
    shutil.copytree(built.member.parent, copy)
    return copy


@pytest.fixture(scope="module")
def sample(built, unopened) -> Iterator[Sample]:
    where = built
    every = quick_boards(where.member.parent, ScriptClock(Stopped()))
    opened = [
        every.open(one, passphrase=SAMPLE_PASSPHRASE) for one in (where.coordinator, where.member)
    ]
    yield Sample(where, *opened)
    for services in opened:
        services.close()


def test_both_boards_agree_and_check_out(sample):
    ruth, amber = sample.ruth.desk.store, sample.amber.desk.store
    shared = (ADMIN, BOARD, person_space(amber.person))
    assert ruth.digest(*shared) == amber.digest(*shared)
    assert (ruth.verify(), amber.verify()) == ([], [])
    assert (ruth.missing_blobs(), amber.missing_blobs()) == ([], [])


def test_both_hands_signed_what_they_wrote(sample):
    by_device: dict[str, int] = {}
    for entry in sample.ruth.desk.store.entries():
        by_device[entry.device] = by_device.get(entry.device, 0) + 1
    assert len(by_device) == 2
    assert min(by_device.values()) > 20


def test_every_stage_of_life_is_there(sample):
    stories = sample.ruth.questions.register()
    assert len(stories) >= 40
    assert {story.fate.state for story in stories} == set(QuestionState)
    assert [s for story in stories for s in story.fate.flagged] == []
    assert {one.decision for story in stories for one in story.responses} == set(Decision)
    assert {one.direction for one in sample.ruth.impacts.all()} == set(Direction)
    assert any(story.fate.last(StepKind.NOT_QUITE) for story in stories)
    assert {person.credit for person in sample.ruth.people.everyone()} == set(Credit)
    states = {claim.state for claim in sample.ruth.claims.all()}
    assert states >= {
        ClaimState.SUBMITTED,
        ClaimState.QUERIED,
        ClaimState.APPROVED,
        ClaimState.PAID,
        ClaimState.GIVEN,
    }


def test_something_always_waits_for_the_member(sample):
    waiting = [one for one in sample.amber.reviewing.shelf() if one.waits]
    assert waiting
    assert all(one.request.due_on >= NOW.date() for one in waiting)
    mine = sample.amber.questions.mine()
    assert StepKind.CONFIRM in {
        step for story in mine for step in sample.amber.questions.open_steps(story.question.id)
    }
    assert sample.amber.claims.claimable()
    assert any(one.starts_at > NOW for one in sample.amber.meetings.all())


def test_both_sets_of_rates_are_there_and_doubtful_ones_say_so(sample):
    rates = sample.ruth.payments.rates.all()
    assert len({rate.valid_from for rate in rates}) == 2
    assert {rate.verified for rate in rates} == {True, False}
    assert all(rate.source for rate in rates)


def test_a_note_to_oneself_is_on_one_laptop_only(sample):
    words = "Look this up before the meeting."
    own = [n for v in versions(sample.amber) for n in sample.amber.annotations.on(v)]
    seen = [n for v in versions(sample.ruth) for n in sample.ruth.annotations.on(v)]
    assert words in {noted.annotation.body for noted in own}
    assert words not in {noted.annotation.body for noted in seen}


def versions(services: Services):
    return [version.id for one in services.reviewing.shelf() for version in one.versions]


def test_a_few_wait_and_two_of_them_too_long(sample):
    owed = sample.ruth.answering.debt.everyone()
    assert len(owed.overdue) == 2
    assert all(debt.reminders for debt in owed.overdue)
    assert 5 < len(owed.debts) < 15
    assert len(owed.by_holder) == 4
    assert len(owed.looks) == 1
    assert not owed.jottings, "what was written down in the meeting has its askers"
    looked_at = sample.ruth.impacts.looks(one.id for one in sample.ruth.impacts.all())
    assert sum(len(looks) for looks in looked_at.values()) == 1
    assert not [debt for debt in sample.amber.answering.debt.mine() if debt.days_over]


def test_similar_questions_are_together_and_some_were_answered_as_one(sample):
    shown = [sample.ruth.themes.open(theme.id) for theme, _ in sample.ruth.themes.all()]
    answered = [{str(s.response.theme) for s in one.stories if s.response} for one in shown]
    assert [len(one.stories) for one in shown] == [2, 2]
    assert [set(), {str(shown[1].theme.id)}] == answered
    assert len({story.question.body for one in shown for story in one.stories}) == 4


def test_the_team_asks_too_and_members_ask_with_each_other(sample):
    waits, finished = sample.amber.register.team.all()
    assert waits.is_open
    assert not waits.replies
    assert not finished.is_open
    assert len(finished.replies) == 2
    seen = [s.question.id for s in sample.ruth.questions.register() if not s.question.to_board]
    assert len(seen) == 49
    assert sum(len(sample.ruth.register.support.of(one)) for one in seen) == 4


def test_the_map_of_what_nobody_asked_has_something_to_show(sample):
    for laid in sample.ruth.pictures.book().maps:
        placed = 49 - len(laid.unplaced)
        assert placed > 4, laid.frame.label
        assert laid.holes, laid.frame.label


def test_meetings_are_told_whole(sample):
    parts = sample.ruth.meeting_parts
    coming = sample.ruth.meetings.next()
    agenda = parts.agendas.of(coming.id)
    assert sum(point.minutes for point in agenda) == coming.minutes
    assert [point.is_break for point in agenda].count(True) == 1
    assert coming.ways_of_working
    assert coming.pays
    assert len(parts.papers.of(coming.id)) == 2
    assert [bool(asked.needs) for _, asked in parts.invitations.of(coming.id)].count(True) == 1
    assert sample.amber.meeting_parts.invitations.mine(coming.id) is not None
    past = next(one for one in sample.ruth.meetings.all() if parts.actions.of(one.id))
    assert [one.done_on is None for one in parts.actions.of(past.id)] == [False, True]
    assert all(one.question for one in parts.jottings.of(past.id))
    assert len(parts.jottings.of(past.id)) == 2
    (look,) = sample.amber.reflections.all()
    assert (len(look.members), len(look.team)) == (1, 1)


def test_drafts_have_what_stands_beside_them(sample):
    beside = [v for v in versions(sample.amber) if sample.amber.companions.on(v)]
    assert len(beside) == 1
    warned = [v for v in versions(sample.amber) if sample.amber.content_notes.on(v)]
    assert len(warned) == 1
    coded = sample.ruth.coding.codings.all().passages
    assert {one.sort for one in coded} == {"draft", "barrier"}
    agreed = [yes for _, yes in sample.amber.coding.consents.of()]
    assert agreed.count(True) == 1


def test_the_report_names_people_as_they_chose(sample):
    report = sample.ruth.reporting.impact_report()
    shown = str(report)
    for hidden in ("Notareal", "Imaginary", "Storybrook", "Placeholder", "Exampleton", "Fictional"):
        assert hidden not in shown
    for named in ("Kestrel", "Amber", "Iris Inventley", "Old Harbour"):
        assert named in {line.credited_as for line in report.questions}
    assert "Shift workers miss two sessions" not in shown
    assert "I did not want to say it in front of everyone" not in shown
    assert report.unwelcome.found
    assert report.unwelcome.nil


def test_the_log_looks_like_a_year(sample):
    days = {story.question.raised_at.date() for story in sample.ruth.questions.register()}
    assert max(days) < NOW.date()
    assert max(days) - min(days) > timedelta(days=250)
    assert all(day.weekday() < 5 for day in days)
    assert sample.ruth.people.board().founded_on < NOW.date() - timedelta(days=365)


def test_a_sample_that_is_there_is_used_again(sample):
    before = sample.where.coordinator.stat().st_ino
    assert build(sample.where.coordinator.parent) == sample.where
    assert sample.where.coordinator.stat().st_ino == before


def test_what_was_left_half_built_is_made_again(unopened):
    assert {path.name for path in unopened.iterdir()} == {"coordinator", "member"}
    made = SampleBoard(coordinator=unopened / "coordinator", member=unopened / "member")
    # Switched off between the two renames: the rest is moved, nothing is built again.
    (unopened / HALF_BUILT).mkdir()
    (unopened / HALF_BUILT / "whole").touch()
    made.coordinator.rename(unopened / HALF_BUILT / "coordinator")
    assert build(unopened) == made
    assert {path.name for path in unopened.iterdir()} == {"coordinator", "member"}
    every = quick_boards(unopened, ScriptClock(Stopped()))
    with pytest.raises(CannotOpenBoardError):
        every.open(made.member, passphrase="not the password")
    every.open(made.coordinator, passphrase=SAMPLE_PASSPHRASE).close()


def test_a_script_that_quotes_what_is_not_there_is_refused(tmp_path):
    script = tmp_path / "script"
    shutil.copytree(resource("sample_board"), script)
    file = script / "questions-aaot.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('passage = "history of', 'passage = "mystery of'), "utf-8")
    with pytest.raises(InputError, match="mystery of"):
        build(tmp_path / "out", script)
    assert not (tmp_path / "out" / "coordinator").exists()


@pytest.mark.parametrize(
    ("name", "text"), [("extra.toml", "[[nonsense]]\na = 1\n"), ("extra.toml", "not toml at all")]
)
def test_a_script_that_cannot_be_read_is_refused(tmp_path, name, text):
    (tmp_path / "board.toml").write_text('[board]\nname = "B"\n', "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(InputError, match=name):
        read_script(tmp_path, today=date(2026, 1, 1))


@pytest.mark.parametrize("words", ["absent", "twice"])
def test_a_passage_stands_there_exactly_once(words):
    with pytest.raises(InputError):
        place_of("twice or twice", words)
    assert place_of("twice or once", "once") == (9, 13)


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.integers(-400, 400), st.integers(0, 60))
def test_days_are_working_days_and_keep_their_order(today, offset, more):
    script = Script(folder=Path(), today=today, board={})
    first, second = script.day(offset), script.day(offset + more)
    assert first.weekday() < 5
    assert (first.month, first.day) not in {(12, 25), (12, 26), (1, 1)}
    assert first <= second
    assert first <= today if offset <= 0 else first >= today
    assert abs((first - today).days - offset) <= 5


def test_the_clock_tells_real_time_when_it_is_let_go():
    clock = ScriptClock(SystemClock())
    clock.set(NOW)
    assert clock.now() == NOW
    clock.set(None)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)
