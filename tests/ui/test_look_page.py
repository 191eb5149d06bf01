"""Text and colours: what is chosen shows in a draft at once, and is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.ui.pages.look_page import LookPage
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.theme import theme
from mhin_ppi.ui.widgets.draft_document import column_width
from tests.robots.laptop import PASSWORD, Laptop, make_boards
from tests.robots.page_robot import PageRobot


@pytest.fixture
def page(tmp_path: Path, qtbot: Any, look: None) -> Iterator[PageRobot]:
    services, _ = make_boards(tmp_path).start(
        tmp_path / "b", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    laptop = Laptop(services)
    laptop.put(LookPage)
    laptop.show()
    yield PageRobot(laptop, qtbot, Place.LOOK).open()
    laptop.close_board()


def test_the_width_of_a_drafts_lines_can_be_chosen(page: PageRobot) -> None:
    usual = column_width(theme())
    page.choose("Narrow")
    assert theme().preferences.column_characters == 50
    assert column_width(theme()) == pytest.approx(usual * 50 / 66, rel=0.01)
