"""Only for me: a limit of one's own, what falls when, and that nobody else can ever see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.earnings import Limit, PeriodKind
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.private_page import PrivatePage
from mhin_ppi.ui.pages.time_page import TimePage
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards
from tests.robots.page_robot import PageRobot


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def page(services: Services, qtbot: Any, look: None) -> Iterator[PageRobot]:
    laptop = Laptop(services)
    laptop.put(PrivatePage)
    laptop.show()
    yield PageRobot(laptop, qtbot, Place.PRIVATE).open()
    laptop.tasks.close()
    assert laptop.bugs == []


def claim(services: Services, pence: int) -> None:
    today = services.desk.today()
    time = ClaimLine(kind=LineKind.INVOLVEMENT, on=today, what="A talk", pence=pence, id="x")
    bus = ClaimLine(kind=LineKind.EXPENSE, on=today, what="Bus", pence=480, id="y")
    services.claims.submit([time, bus])


def test_it_is_off_until_a_limit_is_set_and_then_says_what_falls_when(
    page: PageRobot, services: Services
) -> None:
    assert page.sees("Some people must not earn more")
    assert page.sees("your coordinator is not told that you use it")
    page.press("Set a limit of my own")
    field(page.page, "How much, in pounds").setText("nothing")
    page.press("Keep it on this laptop")
    assert page.sees("is not an amount in pounds and pence")
    field(page.page, "How much, in pounds").setText("183.50")
    page.press("Keep it on this laptop")
    assert page.sees("£0.00 paid. Your own limit is £183.50.")
    claim(services, 15_000)
    page.page.reload()
    page.laptop.settle(page.qtbot)
    assert page.sees("£0.00 paid and £150.00 on its way. Your own limit is £183.50.")
    assert page.sees("near your limit: £33.50 are left")
    assert page.sees("£150.00: A talk")


def test_money_from_elsewhere_is_counted_left_out_and_brought_back(
    page: PageRobot, services: Services
) -> None:
    services.payments.private.keep_limit(Limit(PeriodKind.MONTH, 10_000))
    page.open()
    page.press("Add an amount")
    field(page.page, "How much, in pounds").setText("120")
    field(page.page, "What it is, if you like").setText("A stall")
    page.press("Keep it on this laptop")
    assert page.sees("That is £20.00 above your limit.")
    (leave,) = [words for words in page.offers() if words.startswith("Leave out")]
    page.press(leave)
    assert page.sees("£0.00 paid. Your own limit is £100.00.")
    page.press("Undo")
    assert page.sees("£20.00 above your limit")


def test_switching_off_forgets_everything_after_asking(page: PageRobot, services: Services) -> None:
    services.payments.private.keep_limit(Limit(PeriodKind.WEEK, 10_000))
    services.payments.private.add_amount(500, on=services.desk.today(), what="A stall")
    page.open()
    page.press("Switch this off and forget it")
    assert services.payments.private.limit() is not None
    page.press("Forget them")
    assert services.payments.private.limit() is None
    with services.desk.store.unit_of_work() as work:
        assert work.local("private-earnings") is None
    assert page.sees("Some people must not earn more")


def test_a_claim_that_comes_near_the_limit_says_so_to_nobody_else(
    services: Services, qtbot: Any, look: None
) -> None:
    services.payments.rates.add("Day", pence=15_000, minutes=420, valid_from=date(2020, 1, 1))
    services.time.log(400)
    laptop = Laptop(services)
    laptop.put(TimePage)
    laptop.show()
    claims = PageRobot(laptop, qtbot, Place.TIME).open().press("Make a claim")
    assert not claims.sees("Only you see this.")
    services.payments.private.keep_limit(Limit(PeriodKind.WEEK, 18_350))
    claims.press("Cancel").press("Go on with the claim" if claims.sees("began") else "Make a claim")
    assert claims.sees("Only you see this.")
    assert claims.sees("£150.00 with this claim. That is near your limit: £33.50 are left.")
    laptop.tasks.close()
    assert laptop.bugs == []


def test_more_money_is_seen_in_the_period_of_its_day(services: Services) -> None:
    private = services.payments.private
    assert private.with_more(5000) is None
    private.keep_limit(Limit(PeriodKind.MONTH, 10_000))
    today = services.desk.today()
    now, later = private.with_more(5000), private.with_more(5000, on=today + timedelta(days=40))
    assert now is not None
    assert later is not None
    assert now.first <= today <= now.last < later.first
    past = private.with_more(5000, on=date(2020, 1, 1))
    assert past == now  # nothing can be paid in the past
