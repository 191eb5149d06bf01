"""The register as a coordinator uses it, and what members see of everybody's questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QCheckBox

from mhin_ppi.domain.questions import Considered, QuestionState
from mhin_ppi.services.boards import Services
from mhin_ppi.services.register_filters import RegisterFilter
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.questions_page import QuestionsPage
from mhin_ppi.ui.pages.register_many_form import ManyForm
from mhin_ppi.ui.pages.register_pane import RegisterPane
from mhin_ppi.ui.pages.register_table import COLUMNS, DAYS
from mhin_ppi.ui.pages.story_page import StoryPage
from mhin_ppi.ui.preferences import Look, Preferences
from mhin_ppi.ui.theme import apply_theme
from mhin_ppi.ui.widgets.focus_order import focusable
from tests.robots.laptop import PASSWORD, Laptop, make_boards, nameless
from tests.robots.questions_robot import QuestionsRobot


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    project = opened.people.add_project("CBT", team="the CBT team", sites=["Norwich"]).value
    for words in ("Is the clinic near?", "Who pays for the bus?", "Why so many forms?"):
        opened.questions.raise_question(words, project=project.id)
    yield opened
    opened.close()


@pytest.fixture
def desk(coordinator: Services, look: None, qtbot: Any) -> Iterator[QuestionsRobot]:
    laptop = Laptop(coordinator)
    for kind in (QuestionsPage, StoryPage):
        laptop.put(kind)
    laptop.show()
    robot = QuestionsRobot(laptop, qtbot, Place.QUESTIONS)
    robot.open()
    yield robot
    laptop.tasks.close()
    assert laptop.bugs == []


def register_of(desk: QuestionsRobot) -> RegisterPane:
    page = desk.page
    assert isinstance(page, QuestionsPage)
    assert page.register is not None
    return page.register


def words_shown(desk: QuestionsRobot) -> list[str]:
    desk.laptop.settle(desk.qtbot)
    return [row.words for row in register_of(desk).table.lines.things()]


def choose(desk: QuestionsRobot, words: str) -> None:
    table = register_of(desk).table
    assert table.choose(next(row for row in table.lines.things() if row.words == words))
    desk.laptop.settle(desk.qtbot)


def test_one_question_is_sorted_beside_the_list(
    desk: QuestionsRobot, coordinator: Services
) -> None:
    choose(desk, "Who pays for the bus?")
    assert desk.sees("Not sorted yet.")
    desk.press("Sort this question")
    assert nameless(desk.page) == []
    desk.pick("Who looks after it", "Ruth Okafor").write("Tags", "Travel, cost, travel")
    desk.pick("Place", "Norwich").pick("Which part of the research", "Doing the study")
    desk.pick("Had the team considered this before?", "Partly")
    tick(desk, "Lay frames over it (CFIR, NPT, PSAT, UK Standards)")
    tick(desk, "CFIR 2.0: Inner setting")
    assert nameless(desk.page) == []
    desk.press("Save")

    for words in ("Looked after by: Ruth Okafor", "Tags: Travel, cost", "CFIR 2.0: Inner setting"):
        assert desk.sees(words)
    row = next(
        row for row in coordinator.register.lines.read().rows if row.words.startswith("Who pays")
    )
    assert (row.tags, row.stage, row.frames, row.considered) == (
        ("Travel", "cost"),
        "undertake",
        ("cfir:inner_setting",),
        Considered.PARTLY,
    )
    assert row.state is QuestionState.RAISED


def tick(desk: QuestionsRobot, name: str) -> None:
    (box,) = [
        each
        for each in desk.page.findChildren(QCheckBox)
        if name in (each.accessibleName(), each.text()) and each.isVisibleTo(desk.page)
    ]
    box.click()


def test_several_are_assigned_and_tagged_at_once_and_it_says_what_was_done(
    desk: QuestionsRobot, coordinator: Services
) -> None:
    first = coordinator.register.lines.read().rows[0]
    coordinator.register.sorting.tag([first.question], ["Travel"])
    desk.open()
    register_of(desk).table.selectAll()
    desk.laptop.settle(desk.qtbot)
    assert desk.sees("3 questions marked")
    desk.press("Sort them together").press("Save for 3 questions")
    assert desk.sees("Choose a person, or write a tag.")
    desk.pick("Who looks after them", "Ruth Okafor").write("Tags to add", "travel, Cost")
    desk.press("Save for 3 questions")
    assert desk.sees("3 questions now with Ruth Okafor. 3 questions tagged.")
    rows = coordinator.register.lines.read().rows
    assert {row.assigned.name for row in rows if row.assigned} == {"Ruth Okafor"}
    assert {row.tags for row in rows} == {("Travel", "Cost"), ("travel", "Cost")}

    register_of(desk).table.selectAll()
    desk.press("Sort them together").write("Tags to add", "cost").press("Save for 3 questions")
    assert desk.sees("0 of 3 questions (the others were already) tagged.")


def test_several_get_a_place_a_part_of_the_research_and_frames_at_once(
    desk: QuestionsRobot, coordinator: Services
) -> None:
    project = coordinator.people.add_project("Lamp", team="the team", sites=["Hull", "York"]).value
    here = [
        coordinator.questions.raise_question(f"Where {n}?", project=project.id).value.id
        for n in range(2)
    ]
    desk.open()
    pane = register_of(desk)
    pane.table.selectAll()
    desk.laptop.settle(desk.qtbot)
    desk.press("Sort them together")
    (form,) = pane.findChildren(ManyForm)
    assert not form.site.isVisibleTo(pane)  # questions of no one project have no place in common
    desk.press("Cancel")

    table = pane.table
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for row in (row for row in pane.shown if row.question in here):
        index = table.model().index(table.lines.row_of(row), 0)
        table.selectionModel().select(index, flags.Select | flags.Rows)
    desk.laptop.settle(desk.qtbot)
    desk.press("Sort them together")
    desk.pick("Place", "York").pick("Which part of the research", "Putting it into practice")
    tick(desk, "Lay frames over it (CFIR, NPT, PSAT, UK Standards)")
    tick(desk, "CFIR 2.0: Inner setting")
    desk.press("Save for 2 questions")
    assert desk.sees(
        "2 questions now at York. 2 questions now under “Putting it into practice”. "
        "2 questions put in the frames."
    )
    rows = [row for row in coordinator.register.lines.read().rows if row.question in here]
    assert {(row.site.name, row.frames) for row in rows if row.site} == {
        ("York", ("cfir:inner_setting",))
    }
    assert {row.stage_words for row in rows} == {"Putting it into practice"}


def test_a_filter_is_kept_as_a_view_used_again_and_forgotten(
    desk: QuestionsRobot, coordinator: Services
) -> None:
    desk.press("More filters")
    assert nameless(desk.page) == []
    named = [each.accessibleName() for each in focusable(register_of(desk))]
    assert named[named.index("Fewer filters") + 1] == "Kind"
    assert named.index("Show all questions") < named.index("Questions"), "Tab comes to the table"
    desk.write("Find words in the questions", "the")
    desk.qtbot.waitUntil(lambda: len(words_shown(desk)) == 2, timeout=60_000)
    desk.press("Keep this view").press("Keep it")
    assert desk.sees("Write a name for it.")
    desk.write("What you call it", "With the").press("Keep it")
    desk.press("Show all questions")
    assert len(words_shown(desk)) == 3
    desk.pick("My views", "With the")
    assert len(words_shown(desk)) == 2
    ((_, kept),) = coordinator.register.views.all()
    assert kept == RegisterFilter(words="the", state="open")
    desk.press("Forget this view")
    assert coordinator.register.views.all() == []
    assert len(words_shown(desk)) == 2  # what is shown does not jump


def test_the_board_has_a_column_for_each_state_that_is_there(
    desk: QuestionsRobot, coordinator: Services
) -> None:
    choose(desk, "Why so many forms?")
    desk.press("Acknowledge").press("Show as a board")
    board = register_of(desk).board
    seen = {
        state: [row.words for row in column.cards.rows.things()]
        for state, column in board.columns.items()
        if column.isVisible()
    }
    assert {state: len(words) for state, words in seen.items()} == {
        QuestionState.RAISED: 2,
        QuestionState.ACKNOWLEDGED: 1,
    }
    assert desk.sees("We have it · 1")
    cards = board.columns[QuestionState.RAISED].cards
    cards.setFocus()
    desk.qtbot.keyClick(cards, Qt.Key.Key_Down)
    desk.laptop.settle(desk.qtbot)
    chosen = register_of(desk).chosen()
    assert chosen is not None
    assert chosen.words in seen[QuestionState.RAISED]
    assert desk.sees(chosen.words)
    desk.press("Acknowledge")
    assert desk.sees("We have it · 2")
    # What the filter leaves out is not acted on.
    desk.qtbot.keyClick(cards, Qt.Key.Key_Down)
    desk.laptop.settle(desk.qtbot)
    pane = register_of(desk)
    desk.write("Find words in the questions", "zebra")
    desk.qtbot.waitUntil(lambda: not pane.shown)
    assert (pane.chosen(), pane.to_acknowledge()) == (None, [])
    pane.bar.words.clear()
    desk.qtbot.waitUntil(lambda: len(pane.shown) == 3)
    desk.press("Show as a table")
    assert len(words_shown(desk)) == 3


def test_the_table_sorts_by_any_heading_but_never_by_support(
    desk: QuestionsRobot, qapp: Any
) -> None:
    table = register_of(desk).table
    across = table.horizontalHeader()
    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    in_order = ["Is the clinic near?", "Who pays for the bus?", "Why so many forms?"]
    assert words_shown(desk) == in_order
    choose(desk, "Who pays for the bus?")
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert words_shown(desk) == in_order[::-1]
    assert table.chosen() == table.lines.things()[1]
    support = next(at for at, (one, _) in enumerate(COLUMNS) if one.title == "Would ask too")
    across.setSortIndicator(support, Qt.SortOrder.AscendingOrder)
    assert words_shown(desk) == in_order[::-1]
    assert across.sortIndicatorSection() == 1
    apply_theme(qapp, Preferences(look=Look.DARK, text_size=200))
    assert table.chosen() == table.lines.things()[1]
    desk.open()
    assert words_shown(desk) == in_order[::-1]
    assert DAYS != support


def test_a_very_long_question_and_pasted_html_are_one_plain_line(
    desk: QuestionsRobot, coordinator: Services
) -> None:
    coordinator.questions.raise_question("<b>Why</b>\n" + "so long " * 12_500)
    desk.open()
    assert "<b>Why</b>" in words_shown(desk)
    desk.write("Find words in the questions", "so long")
    desk.qtbot.waitUntil(lambda: words_shown(desk) == ["<b>Why</b>"], timeout=60_000)
