"""The page of budgets, used as a coordinator does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.budgets_page import BudgetsPage
from mhin_ppi.ui.pages.page import Place
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards
from tests.robots.page_robot import PageRobot


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    opened.people.add_project("A study")
    yield opened
    opened.close()


@pytest.fixture
def page(services: Services, qtbot: Any, look: None) -> Iterator[PageRobot]:
    laptop = Laptop(services)
    laptop.put(BudgetsPage)
    laptop.show()
    yield PageRobot(laptop, qtbot, Place.BUDGETS).open()
    laptop.tasks.close()
    assert laptop.bugs == []


def cells(page: PageRobot) -> list[list[str]]:
    model = field(page.page, "The budget by heading").model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_budget_a_cost_and_its_correction(page: PageRobot) -> None:
    assert page.sees("Nothing is set aside, spent or planned here yet.")
    page.press("Set a budget").pick("Heading", "Involvement activity")
    page.press("Save")
    assert page.sees("is not an amount in pounds and pence")
    field(page.page, "How much for the year, in pounds").setText("1,200")
    page.press("Save")
    assert page.sees("£0.00 of £1,200.00 is paid or promised.")

    page.press("Note a cost")
    field(page.page, "What it was for").setText("A room")
    field(page.page, "How much, in pounds").setText("1300.50")
    page.press("Save")
    assert page.sees("That is £100.50 too much.")
    (row,) = cells(page)
    assert row == [
        *("Involvement activity", "£1,200.00", "£1,300.50", "£0.00"),
        *("−£100.50", "£0.00", "−£100.50"),
    ]
    (correct,) = [words for words in page.offers() if words.startswith("Correct this")]
    page.press(correct)
    assert page.sees("(a correction)")
    assert cells(page)[0][2] == "£0.00"
    assert not [words for words in page.offers() if words.startswith("Correct this")]


def test_a_period_is_closed_with_its_figures_in_view(page: PageRobot, services: Services) -> None:
    page.press("Close a period")
    assert page.sees("£0.00 approved and £0.00 paid.")
    page.press("Close it")
    assert page.sees("£0.00 approved, £0.00 paid.")
    page.press("Close a period").press("Close it")
    assert page.sees("is closed already")
    assert len(services.payments.periods.closed()) == 1
