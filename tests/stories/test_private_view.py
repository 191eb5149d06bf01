"""The private view of earnings is on the member's laptop only.

A limit, an amount and words that occur nowhere else are looked for in everything that leaves the
laptop: what is shipped to the coordinator, every table of the coordinator's store, and the report.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from mhin_ppi.domain.earnings import Limit, PeriodKind
from mhin_ppi.domain.people import PersonId
from mhin_ppi.domain.spaces import ADMIN, BOARD, MONEY, own_space, person_space
from mhin_ppi.services.boards import Services
from mhin_ppi.storage import tables
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.private_page import PrivatePage
from tests.robots.laptop import PASSWORD, Laptop, exchange, field, make_boards, member_of
from tests.robots.page_robot import PageRobot

LIMIT_PENCE, AMOUNT_PENCE, WORDS = 7_318_351, 4_207_193, "Zephyrine market stall"
TRACES = (str(LIMIT_PENCE), str(AMOUNT_PENCE), "73183.51", "42071.93", "73,183.51", "42,071.93")
TRACES = (*TRACES, WORDS, "private-earnings")


def traces_in(text: str) -> list[str]:
    """The traces that a text holds; digits inside a longer identifier or signature are none."""
    around = "(?<![0-9A-Fa-f]){}(?![0-9A-Fa-f])"
    return [trace for trace in TRACES if re.search(around.format(re.escape(trace)), text)]


def everything_in(services: Services) -> str:
    """Every row of every table of a store, as text."""
    store: Any = services.desk.store
    said = []
    with store._engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(table.select()):
                said.append(" ".join(_text(value) for value in row))
    return "\n".join(said)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def shipped_by(services: Services, person: PersonId) -> str:
    """Everything a laptop would send, to anybody at all."""
    spaces = [ADMIN, BOARD, MONEY, person_space(person), own_space(person)]
    parts = services.desk.store.ship(spaces=spaces)
    return "\n".join(
        f"{body.decode()} {signature.hex()} {json.dumps(personal, default=str, ensure_ascii=False)}"
        for body, signature, personal in parts
    )


@pytest.fixture
def pair(tmp_path: Path) -> Any:
    boards = make_boards(tmp_path)
    ruth, _ = boards.start(
        tmp_path / "ruth", board_name="Ours", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    amber = member_of(boards, ruth, tmp_path / "amber", name="Amber Fictional")
    yield ruth, amber
    ruth.close()
    amber.close()


def test_nothing_of_the_private_view_leaves_the_laptop(
    pair: tuple[Services, Services], qtbot: Any, look: None, tmp_path: Path
) -> None:
    ruth, amber = pair
    me = amber.desk.store.person
    laptop = Laptop(amber)
    laptop.put(PrivatePage)
    laptop.show()
    page = PageRobot(laptop, qtbot, Place.PRIVATE).open()
    page.press("Set a limit of my own")
    field(page.page, "How much, in pounds").setText("73183.51")
    page.press("Keep it on this laptop").press("Add an amount")
    field(page.page, "How much, in pounds").setText("42071.93")
    field(page.page, "What it is, if you like").setText(WORDS)
    page.press("Keep it on this laptop")
    assert page.sees("£42,071.93 paid. Your own limit is £73,183.51.")
    amber.time.log(45)
    laptop.tasks.close()

    on_mine = everything_in(amber)
    assert {str(LIMIT_PENCE), WORDS, "private-earnings"} <= set(traces_in(on_mine))

    sent = shipped_by(amber, me)
    assert "involvement:" in sent
    assert not traces_in(sent)

    exchange(ruth, amber)
    theirs = everything_in(ruth)
    assert "involvement:" in theirs
    assert not traces_in(theirs)
    content = ruth.reporting.impact_report()
    pages = PdfReader(BytesIO(ruth.reporting.draw(content))).pages
    report = "\n".join([str(content), *(one.extract_text() for one in pages)])
    assert "45 min" in report
    assert not traces_in(report)
    assert ruth.payments.private.limit() is None
    assert laptop.bugs == []


def test_a_kept_limit_is_there_when_the_board_is_opened_again(tmp_path: Path) -> None:
    boards = make_boards(tmp_path)
    folder = tmp_path / "ruth"
    ruth, _ = boards.start(
        folder, board_name="Ours", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    ruth.payments.private.keep_limit(Limit(PeriodKind.ASSESSMENT, LIMIT_PENCE, 14))
    before = len(ruth.desk.store.entries())
    ruth.close()
    again = boards.open(folder, passphrase=PASSWORD)
    assert again.payments.private.limit() == Limit(PeriodKind.ASSESSMENT, LIMIT_PENCE, 14)
    assert len(again.desk.store.entries()) == before
    again.close()
