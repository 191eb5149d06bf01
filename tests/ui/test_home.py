"""Home on the sample board, from both sides, and the way between the two."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.app import sample_board
from mhin_ppi.domain.questions import QuestionState
from mhin_ppi.services.boards import Services
from mhin_ppi.services.home import Home, news_in
from mhin_ppi.services.laptop import Laptop
from mhin_ppi.services.sample_board import SAMPLE_PASSPHRASE, SampleBoard
from mhin_ppi.ui.pages.home_looks import shortened
from mhin_ppi.ui.pages.home_page import number_words, owed_words
from mhin_ppi.ui.pages.owed_page import total_words
from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import PASSWORD, make_boards
from tests.robots.window_robot import WindowRobot


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SampleBoard:
    folder = tmp_path_factory.mktemp("sample")
    return sample_board(folder)


@pytest.fixture
def robot(built: SampleBoard, tmp_path: Path, qtbot: Any, look: None) -> Iterator[WindowRobot]:
    made = WindowRobot(qtbot, tmp_path / "boards", sample=lambda folder, **_: built)
    yield made
    made.close()


def test_the_start_page_offers_both_sides_of_the_sample_board(robot: WindowRobot):
    robot.begin().press("Try the sample board")
    assert robot.sees("Whose laptop would you like to see?")
    assert robot.sees(SAMPLE_PASSPHRASE)
    robot.press("As the coordinator")
    assert "Questions" in robot.buttons()
    assert robot.sees("Sample board: everything here is invented.")


def test_it_opens_straight_on_the_members_side_and_changes_sides(robot: WindowRobot):
    robot.begin(sample=True)
    assert robot.place is Place.HOME
    assert "Questions" not in robot.buttons()
    robot.press("See it as the coordinator")
    assert "Questions" in robot.buttons()
    robot.press("See it as a board member")
    assert "Questions" not in robot.buttons()


def test_a_locked_sample_board_shows_its_password_and_keeps_its_bar(robot: WindowRobot):
    robot.begin(sample=True).press("Lock")
    assert robot.sees(SAMPLE_PASSPHRASE)
    robot.unlock(SAMPLE_PASSPHRASE)
    assert robot.sees("Sample board: everything here is invented.")


def test_a_member_sees_what_waits_in_sentences_with_one_button_each(robot: WindowRobot):
    robot.begin(sample=True)
    services = _services(robot)
    waiting = [one for one in services.reviewing.shelf() if one.waits]
    assert waiting, "the sample board has something to read"
    for draft in waiting:
        assert robot.sees(f"{draft.draft.title}, version {draft.latest.number}: about")
    robot.press("Open", near=waiting[0].draft.title)
    assert robot.place is Place.READING
    assert robot.window.view is not None
    assert robot.window.view.trail.here[1] == waiting[0].latest.id


def test_a_member_sees_what_happened_to_their_questions(robot: WindowRobot):
    robot.begin(sample=True)
    services = _services(robot)
    newest = news_in(services.questions.mine(), since=None)[0]
    assert robot.sees(shortened(newest.story.question.body))
    robot.press("See", near=shortened(newest.story.question.body))
    assert robot.place is Place.STORY


def test_a_coordinator_sees_everyone_who_is_owed_an_answer(robot: WindowRobot):
    robot.begin(sample=True).press("See it as the coordinator")
    found = Home(_services(robot).desk).for_coordinator()
    assert robot.sees(owed_words(found.owed))
    assert sum(count for _, count in found.owed.by_holder) == len(found.owed.debts)
    waits = [debt.since for debt in found.owed.debts]
    assert waits == sorted(waits)
    assert all(story.fate.state is QuestionState.RAISED for story in found.came_in)
    robot.press("See all of them")
    assert robot.place is Place.OWED
    assert robot.sees(total_words(found.owed))


def test_news_is_what_came_after_the_last_visit_on_an_earlier_day(robot: WindowRobot):
    robot.begin(sample=True)
    stories = _services(robot).questions.mine()
    everything = news_in(stories, since=None)
    third = everything[2].step.at
    assert [news.step.id for news in news_in(stories, since=third)] == [
        news.step.id for news in everything if news.step.at > third
    ]


def test_all_of_one_day_is_one_visit(tmp_path: Path):
    boards = make_boards(tmp_path)
    services, _ = boards.start(
        tmp_path / "b", board_name="Ours", person_name="Ruth", passphrase=PASSWORD
    )
    laptop = Laptop(services.desk)
    assert laptop.last_visit() is None
    assert laptop.last_visit() is None, "the same day, again"
    with services.desk.store.unit_of_work() as work:
        kept = dict(work.local("visits") or {})
        work.keep_local("visits", kept | {"day": "2020-01-01"})
        work.commit()
    before = laptop.last_visit()
    assert before is not None
    assert before.isoformat() == kept["last"]
    assert laptop.last_visit() == before, "and the news stays for the whole day"
    services.close()


def test_an_odd_number_of_minutes_is_refused_and_a_foreign_one_is_not_used(tmp_path: Path):
    services, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Ours", person_name="Ruth", passphrase=PASSWORD
    )
    laptop = Laptop(services.desk)
    with pytest.raises(ValueError, match="7"):
        laptop.set_idle_minutes(7)
    with services.desk.store.unit_of_work() as work:
        work.keep_local("settings", {"idle_minutes": 100_000})
        work.commit()
    assert laptop.idle_minutes() == 15
    services.close()


def test_numbers_are_words_as_far_as_twenty():
    assert [number_words(n) for n in (0, 1, 20, 21)] == ["no", "one", "twenty", "21"]


def _services(robot: WindowRobot) -> Services:
    assert robot.window.view is not None
    return robot.window.view.board.services
