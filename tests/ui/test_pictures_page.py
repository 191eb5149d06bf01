"""The pictures of a board on the screen: what they count, and that every number can be opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from mhin_ppi.domain.charts import GridData
from mhin_ppi.domain.impact import Direction
from mhin_ppi.domain.responses import Decision
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.chart_card import ChartCard
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.pictures_page import PicturesPage
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.reports_page import ReportsPage
from mhin_ppi.ui.pages.these_questions import TheseQuestions
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme
from mhin_ppi.ui.widgets.chart_view import TO_COME
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, sees
from tests.robots.page_robot import PageRobot

EMPTY = "Planning the study: Outer setting"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """Five questions in two projects: three answered, two changed, one told, one made it worse."""
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    amina = opened.people.add_person("Amina Khan").value.id
    first = opened.people.add_project("Parent-led CBT", sites=["Norwich"]).value
    second = opened.people.add_project("Outreach").value
    (norwich,) = opened.people.sites()
    raised = [
        opened.questions.raise_question(
            f"Question {number}?",
            project=(second if number == 4 else first).id,
            site=norwich.id if number < 2 else None,
            on_behalf_of=amina,
        ).value.id
        for number in range(5)
    ]
    for question in raised[:3]:
        opened.questions.respond(question, decision=Decision.WILL_CHANGE, body="Yes.")
    for question in raised[:2]:
        opened.questions.link_change(question, outside="Training.")
    opened.impacts.record(
        raised[0],
        kind="materials",
        stage="ethics",
        direction=Direction.NEGATIVE,
        what_changed="It is longer.",
    )
    opened.questions.feed_back(raised[0], body="Thank you.")
    yield opened
    opened.close()


@pytest.fixture
def laptop(services: Services, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    for kind in (PicturesPage, QuestionsPage):
        made.put(kind)
    made.show()
    yield made
    made.tasks.close()
    assert made.bugs == []


@pytest.fixture
def pictures(laptop: Laptop, qtbot: Any) -> PageRobot:
    robot = PageRobot(laptop, qtbot, Place.PICTURES).open()
    drawn(robot)
    return robot


def cards(robot: PageRobot) -> dict[str, ChartCard]:
    found = robot.page.findChildren(ChartCard)
    return {card.picture.title: card for card in found if card.isVisibleTo(robot.page)}


def drawn(robot: PageRobot) -> None:
    """Wait until every chart has been drawn at its size."""
    robot.qtbot.waitUntil(
        lambda: all(card.chart.svg for card in cards(robot).values()), timeout=60_000
    )
    robot.laptop.settle(robot.qtbot)


def spot(card: ChartCard, label: str) -> Any:
    return next(one for one in card.chart.spots if one.bar.label == label)


class Paints(QObject):
    """Watches how every chart's card is painted, from the very first time.

    Attributes:
        gaps: Cards painted at another height than they need once their chart was drawn.
        silent: Charts painted with neither a drawing nor a word about it.
        waited: Charts that said that their drawing is still to come.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[tuple[str, int, int]] = []
        self.silent: list[str] = []
        self.waited: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, ChartCard):
            title, chart = watched.picture.title, watched.chart
            needed, has = watched.minimumSizeHint().height(), watched.height()
            if chart.svg and needed != has:
                self.gaps.append((title, needed, has))
            if not chart.svg and not sees(chart, TO_COME):
                self.silent.append(title)
            if not chart.svg and sees(chart, TO_COME):
                self.waited.add(title)
        return False


def test_a_chart_has_its_room_from_the_first_time_it_is_painted(
    laptop: Laptop, qtbot: Any, qapp: QApplication
) -> None:
    laptop.resize(1280, 6000)  # so that every chart is in sight
    paints = Paints()
    qapp.installEventFilter(paints)
    robot = PageRobot(laptop, qtbot, Place.PICTURES).open()
    drawn(robot)
    qapp.removeEventFilter(paints)
    assert paints.waited, "the cards are there before their charts are drawn"
    assert paints.gaps == []
    assert paints.silent == []
    assert not robot.sees(TO_COME)


def test_with_large_letters_one_part_is_shown_at_a_time_and_none_is_squashed(
    laptop: Laptop, qtbot: Any, qapp: QApplication
) -> None:
    laptop.put(ReportsPage)
    apply_theme(qapp, Preferences(look=Look.LIGHT, text_size=200))
    for place in (Place.PICTURES, Place.REPORTS):
        robot = PageRobot(laptop, qtbot, place).open()
        page = robot.page
        assert isinstance(page, PicturesPage | ReportsPage)
        assert page.frame.is_narrow
        assert not page.choice_column.isVisible(), "it has a tab of its own"
        page.frame.show_part(margin=True)
        laptop.settle(qtbot)
        boxes = [one for one in page.findChildren(QCheckBox) if one.isVisible()]
        assert boxes
        assert all(one.height() >= one.sizeHint().height() for one in boxes), place


def test_picture_table_and_words_on_the_screen_say_the_same(pictures: PageRobot) -> None:
    shown = cards(pictures)
    assert len(shown) == 8
    for card in shown.values():
        card.more.click()
        pictures.laptop.settle(pictures.qtbot)
        assert card.more.accessibleName().startswith("Hide the table")
        root = etree.fromstring(card.chart.svg.encode())
        texts = [each.text or "" for each in root.iter() if each.tag.endswith("}text")]
        drawn_numbers = [text for text in texts if text.isdigit()]
        assert card.table is not None
        lines = card.table.as_text().splitlines()[1:]
        listed = [cell for line in lines for cell in line.split("\t")[1:]]
        assert card.chart.accessibleDescription() == card.picture.in_words()
        buttons = [re.search(r": (\d+) ", one.accessibleName()) for one in card.chart.spots]
        assert drawn_numbers == listed == [found.group(1) for found in buttons if found]
        assert pictures.sees(card.picture.in_words())
    far = {bar.label: bar.count for bar in shown["How far the questions came"].picture.bars}  # type: ignore[union-attr]
    assert far == {
        "Asked": 5,
        "Answered": 3,
        "Something changed": 2,
        "Told what happened": 1,
        "Finished": 0,
    }
    ways = {bar.label: bar.count for bar in shown["Which way the differences went"].picture.bars}  # type: ignore[union-attr]
    assert (ways["For the worse"], ways["Made no difference"]) == (1, 0)
    assert pictures.sees("Nobody has looked yet at 2 of 3 answered questions.")


def test_a_bar_opens_its_questions_by_mouse_and_by_keyboard(
    pictures: PageRobot, qtbot: Any
) -> None:
    chart = cards(pictures)["How far the questions came"].chart
    tabbed = [one for one in chart.spots if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert tabbed == [chart.spots[0]]
    tabbed[0].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert QApplication.focusWidget().accessibleName() == "Something changed: 2 questions"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    laptop = pictures.laptop
    laptop.settle(qtbot)
    place, wanted = laptop.went[-1]
    assert place is Place.QUESTIONS
    assert isinstance(wanted, TheseQuestions)
    questions = laptop.page(Place.QUESTIONS)
    listed = field(questions, "Questions").as_text()
    assert all(f"Question {number}?" in listed for number in (0, 1))
    assert not any(f"Question {number}?" in listed for number in (2, 3, 4))
    register = PageRobot(laptop, qtbot, Place.QUESTIONS)
    assert register.sees("Something changed (How far the questions came)")
    register.press("Not only these")
    assert "Question 4?" in field(questions, "Questions").as_text()

    pictures.open()
    drawn(pictures)
    worse = cards(pictures)["What the questions made a difference to, and which way it went"]
    spot(worse, "Words people will read or hear: For the worse").click()
    laptop.settle(qtbot)
    listed = field(questions, "Questions").as_text()
    assert "Question 0?" in listed
    assert "Question 1?" not in listed


def test_arrows_walk_a_grid_and_stop_at_its_edges(pictures: PageRobot, qtbot: Any) -> None:
    card = next(c for c in cards(pictures).values() if isinstance(c.picture, GridData))
    spots, across = card.chart.spots, len(card.picture.columns)  # type: ignore[union-attr]
    spots[0].setFocus(Qt.FocusReason.TabFocusReason)
    for key, at in (
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, across + 1),
        (Qt.Key.Key_End, len(spots) - 1),
        (Qt.Key.Key_Down, len(spots) - 1),
        (Qt.Key.Key_Right, len(spots) - 1),
        (Qt.Key.Key_Home, 0),
    ):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() is spots[at]


def test_an_empty_place_offers_to_ask_and_the_question_fills_it(
    pictures: PageRobot, services: Services
) -> None:
    spot(cards(pictures)["Asked about, or not yet: CFIR 2.0"], EMPTY).click()
    assert pictures.sees("Nobody has asked yet about “Outer setting” at the stage")
    pictures.press("Ask about it").press("Save")
    assert pictures.sees("Write the question.")
    pictures.write("The question", "Who pays for the bus?").press("Save")
    pictures.qtbot.waitUntil(
        lambda: spot(cards(pictures)["Asked about, or not yet: CFIR 2.0"], EMPTY).bar.count == 1,
        timeout=60_000,
    )
    (story,) = [s for s in services.questions.register() if "bus" in s.question.body]
    assert (story.question.stage, story.question.frames) == ("design", ("cfir:outer_setting",))
    drawn(pictures)


def test_another_project_other_days_and_another_frame(pictures: PageRobot) -> None:
    field(pictures.page, "Parent-led CBT").setChecked(False)
    pictures.laptop.settle(pictures.qtbot)
    assert cards(pictures)["How far the questions came"].picture.total == 1
    assert pictures.sees("Nobody has looked yet for a difference, good or bad.")
    pictures.pick("Which frame", "PSAT: keeping it going")
    assert "Asked about, or not yet: PSAT: keeping it going" in cards(pictures)
    pictures.press("Not after a certain day")
    day = pictures.page.choices._until.day  # type: ignore[attr-defined]
    day.setDate(day.date().addYears(-9))
    pictures.laptop.settle(pictures.qtbot)
    assert pictures.sees("The first day comes after the last day.")
    drawn(pictures)


def test_the_colours_and_sizes_of_a_look_are_those_of_the_chart(
    pictures: PageRobot, qapp: QApplication
) -> None:
    chart = cards(pictures)["How far the questions came"].chart
    height = chart.height()
    with pictures.qtbot.waitSignal(chart.drawn, timeout=60_000):
        apply_theme(qapp, Preferences(look=Look.CONTRAST, text_size=200))
    pictures.laptop.settle(pictures.qtbot)
    assert "fill: rgb(100%,100%,0%)" in chart.svg
    assert chart.height() > 1.6 * height
    shown = [one.geometry() for one in chart.spots]
    assert all(chart.rect().contains(area) for area in shown)
    assert all(area.height() >= 24 for area in shown)
