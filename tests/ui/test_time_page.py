"""Time and payments: from minutes noted to money paid, and everything that can go wrong."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QCheckBox, QToolButton

from mhin_ppi.domain.british import MONTHS, day
from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.domain.claims import ClaimState, LedgerKind
from mhin_ppi.domain.expenses import Spent
from mhin_ppi.domain.people import Credit, Person
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.receipt_field import ReceiptRow
from mhin_ppi.ui.pages.statement_form import StatementForm
from mhin_ppi.ui.pages.time_calendar import TimeCalendar
from mhin_ppi.ui.pages.time_page import TimePage
from mhin_ppi.ui.widgets.labels import WrapLabel
from tests.documents.receipt_makers import photo
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless
from tests.robots.page_robot import PageRobot

TOGETHER = "Whose claim"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    opened.payments.rates.add(
        "About an hour", pence=2750, minutes=60, valid_from=date(2025, 12, 16)
    )
    yield opened
    opened.close()


@pytest.fixture
def member(services: Services) -> Person:
    return services.people.add_person("Amina Khan", credit=Credit.FIRST_NAME).value


@pytest.fixture
def laptop(services: Services, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(TimePage)
    made.show()
    yield made
    made.tasks.close()
    assert made.bugs == []


@pytest.fixture
def page(laptop: Laptop, qtbot: Any, member: Person) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.TIME).open()


def length(page: PageRobot, name: str, *, hours: int = 0, minutes: int = 0) -> None:
    field(page.page, f"{name}: hours").setValue(hours)
    field(page.page, f"{name}: minutes").setValue(minutes)


def note_time(page: PageRobot, *, minutes: int, whose: str = "Me") -> None:
    page.press("Note time").pick("Whose time", whose)
    length(page, "How long", minutes=minutes)
    page.press("Save")


def choose_claim(page: PageRobot) -> None:
    field(page.page, "Everyone's claims").selectRow(0)


def test_time_is_noted_and_put_right_by_a_new_record(page: PageRobot, services: Services) -> None:
    page.press("Note time").press("Save")
    assert page.sees("Put in how long it was.")
    length(page, "How long", minutes=50)
    page.press("Save")
    assert page.sees("50 minutes in all.")

    (change,) = [words for words in page.offers() if words.startswith("Put right")]
    page.press(change)
    length(page, "How long", minutes=35)
    page.press("Save")
    assert page.sees("35 minutes in all.")
    assert [one.minutes for one in services.time.mine()] == [35]


def test_a_months_lump_takes_the_hours_that_the_month_has(
    page: PageRobot, services: Services
) -> None:
    lump = "Small tasks of several days, up to this day"
    page.press("Note time")
    field(page.page, "Which day").setDate(QDate(2026, 2, 1))
    length(page, "How long", hours=30, minutes=20)
    page.press("Save")
    assert page.sees("One day has 24 hours.")
    [tick] = [one for one in page.page.findChildren(QCheckBox) if one.text() == lump]
    tick.click()
    field(page.page, lump).setDate(QDate(2026, 2, 28))
    length(page, "How long", hours=672, minutes=5)
    page.press("Save")
    assert page.sees(
        f"From {day(date(2026, 2, 1))} to {day(date(2026, 2, 28))} there are 672 hours."
    )
    length(page, "How long", hours=30, minutes=20)
    page.press("Save")
    (made,) = services.time.mine()
    assert (made.minutes, made.until) == (30 * 60 + 20, date(2026, 2, 28))

    (change,) = [words for words in page.offers() if words.startswith("Put right")]
    page.press(change)
    assert field(page.page, "How long: hours").value() == 30
    length(page, "How long", hours=673)
    page.press("Save")
    assert page.sees("there are 672 hours.")
    length(page, "How long", hours=31)
    page.press("Save")
    assert [one.minutes for one in services.time.mine()] == [31 * 60]


def test_a_members_time_becomes_a_claim_and_is_paid(page: PageRobot, services: Services) -> None:
    note_time(page, minutes=40, whose="Amina Khan")
    page.press("Make a claim").pick(TOGETHER, "Amina Khan")
    page.laptop.settle(page.qtbot)
    assert page.sees("In all: £27.50")
    assert page.sees("Nobody sees this until you send it.")
    assert nameless(page.page) == []
    page.press("Send claim")
    choose_claim(page)
    for step in ("Approve", "Sent to finance", "Paid"):
        page.press(step)
    assert page.sees("Finance paid £27.50; You noted it, today.")
    (claim,) = services.claims.all()
    assert (claim.state, claim.paid_pence) == (ClaimState.PAID, 2750)


def test_nobody_decides_on_a_claim_of_their_own(page: PageRobot, services: Services) -> None:
    note_time(page, minutes=40)
    page.press("Make a claim").press("Send claim")
    choose_claim(page)
    page.press("Approve")
    assert page.sees("Nobody can decide on a claim of their own.")
    assert services.claims.all()[0].state is ClaimState.SUBMITTED


@pytest.mark.parametrize("amount", ["-3", "ten", "1.234", "0", "1e9", "£", "999999999999"])
def test_an_amount_that_cannot_be_is_said_beside_its_field(page: PageRobot, amount: str) -> None:
    page.press("Make a claim").press("Add an expense").write("What it was for", "Bus fare")
    page.write("How much, in pounds", amount).press("Send claim")
    assert page.sees("not an amount") or page.sees("nothing") or page.sees("between 1p and")
    assert field(page.page, "What it was for").text() == "Bus fare"


def test_an_expense_is_claimed_to_the_penny(page: PageRobot, services: Services) -> None:
    page.press("Make a claim").press("Add an expense")
    page.write("What it was for", "Bus fare").write("How much, in pounds", "£4.05")
    assert page.sees("In all: £4.05")
    page.press("Send claim")
    (claim,) = services.claims.mine()
    assert [(line.what, line.pence) for line in claim.lines] == [("Bus fare", 405)]


def test_an_empty_claim_is_refused_in_place(page: PageRobot, services: Services) -> None:
    page.press("Make a claim").press("Send claim")
    assert page.sees("The claim has no lines.")
    assert services.claims.all() == []


def test_a_claim_begun_is_kept_on_this_laptop_only(page: PageRobot, services: Services) -> None:
    before = services.desk.store.entries()
    page.press("Make a claim").press("Add an expense")
    page.write("What it was for", "Bus fare").write("How much, in pounds", "4.05")
    page.laptop.go(Place.HOME)
    page.laptop.settle(page.qtbot)
    assert [line.pence for line in services.claims.draft()] == [405]
    assert services.desk.store.entries() == before
    again = page.open()
    again.press("Cancel")
    again.open().press("Go on with the claim")
    assert field(again.page, "What it was for").text() == "Bus fare"


def test_a_question_about_a_claim_is_answered_and_it_is_sent_again(
    page: PageRobot, services: Services, member: Person
) -> None:
    note_time(page, minutes=40)
    page.press("Make a claim").press("Send claim")
    (claim,) = services.claims.mine()
    # The question comes from another coordinator's laptop: here, by the service's own ledger.
    choose_claim(page)
    page.press("Ask about it").press("Ask about it")
    assert page.sees("Write a sentence: the person will read it.")
    page.write("What you would like to know", "Which meeting?").press("Ask about it")
    assert page.sees("Nobody can decide on a claim of their own.")
    assert services.claims.claim(claim.id).state is ClaimState.SUBMITTED


def test_a_gift_is_never_suggested_but_possible(page: PageRobot, services: Services) -> None:
    note_time(page, minutes=40)
    page.press("Make a claim").press("Send claim")
    assert not any("gift" in words for words in page.offers())
    (claim,) = services.claims.mine()
    given = services.claims.decide(claim.id, LedgerKind.GIVEN).value
    assert given.state is ClaimState.GIVEN
    page.open()
    assert page.sees("Given as a gift")
    assert page.sees("You gave it as a gift, today.")


def test_time_without_a_rate_waits_and_says_so(page: PageRobot, services: Services) -> None:
    services.time.log(30, on=date(2025, 12, 15))
    page.open()
    assert page.sees("For 1 record of your time the board has no rate yet, so it waits.")
    assert page.sees("December 2025: 30 min")


def test_receipts_that_were_sent_are_seen_again_and_a_copy_is_saved(
    page: PageRobot, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    receipts = services.payments.receipts
    kept = receipts.keep(receipts.cleaned(photo(), file_name="bus.jpg"))
    today = services.desk.today()
    spent = Spent("e1", "public_transport", today, "Bus", 405, receipts=(str(kept.id),))
    services.claims.submit([spent.line()])
    page.open()
    (look,) = [words for words in page.offers() if words.startswith("Look at the receipt: ")]
    assert not page.sees("bus.jpg (0.1 MB)")
    page.press(look)
    assert page.sees("bus.jpg (0.1 MB)")
    assert "Take away: bus.jpg" not in page.offers()
    assert "Save a copy: bus.jpg" in page.offers()
    (row,) = page.page.findChildren(ReceiptRow)
    row.save_to(tmp_path / "copy.jpg")
    page.laptop.settle(qtbot)
    assert (tmp_path / "copy.jpg").read_bytes() == receipts.open(str(kept.id))[1]
    assert nameless(page.page) == []


def test_a_statement_and_a_form_to_sign_are_saved_from_the_page(
    page: PageRobot, services: Services, tmp_path: Path, qtbot: Any
) -> None:
    note_time(page, minutes=40)
    page.press("Make a claim").press("Send claim")
    (claim,) = services.claims.mine()
    page.press("Save a statement")
    (form,) = page.page.findChildren(StatementForm)
    paper = tmp_path / "statement.pdf"
    form._choose_place = lambda *_: paper
    page.press("Write the file")
    assert page.sees(f"Written to {paper}.")
    assert "Ruth Okafor" in PdfReader(paper).pages[0].extract_text()

    names: list[str] = []
    signed = tmp_path / "form.pdf"

    def choose(_parent: Any, name: str) -> Path:
        names.append(name)
        return signed

    page.page.choose_place = choose  # type: ignore[attr-defined]
    (menu,) = [
        one.menu()
        for one in page.page.findChildren(QToolButton)
        if one.accessibleName().startswith("More: Claim") and one.isVisibleTo(page.page)
    ]
    (save,) = [one for one in menu.actions() if one.text() == "Save a form to sign"]
    save.trigger()
    page.laptop.settle(qtbot)
    assert page.sees(f"Written to {signed}.")
    assert names == [f"Claim {reference_of(claim.id)}.pdf"]
    text = PdfReader(signed).pages[0].extract_text()
    assert reference_of(claim.id) in text.replace("\u2011", "-")
    assert "£27.50" in text

    page.page.choose_place = lambda *_: None  # type: ignore[attr-defined]
    signed.unlink()
    save.trigger()
    page.laptop.settle(qtbot)
    assert not signed.exists()


def test_a_calendar_shows_the_minutes_of_each_day_and_the_records_of_one(
    page: PageRobot, services: Services, qtbot: Any
) -> None:
    today = services.desk.today()
    first = today.replace(day=1)
    services.time.log(90, on=first)
    services.time.log(20, on=first)
    services.time.log(45, on=first - timedelta(days=1), note="Before")
    page.open().press("Show the calendar")
    (calendar,) = page.page.findChildren(TimeCalendar)
    assert page.sees(f"{MONTHS[first.month - 1]} {first.year}: 1 h 50")
    days = calendar.grid.days
    assert days[first].accessibleName().endswith(": 1 h 50")
    assert days[first].text() == "1\n1 h 50"
    assert len(days) == monthrange(first.year, first.month)[1]
    days[first].click()
    rows = [one.text() for one in calendar.records.findChildren(WrapLabel) if one.isVisible()]
    assert len([one for one in rows if "Reading and commenting" in one]) == 2
    assert nameless(page.page) == []

    # By keyboard: arrows go from day to day and over the end of the month.
    days[first].setFocus()
    qtbot.keyClick(days[first], Qt.Key.Key_Right)
    assert days[first + timedelta(days=1)].hasFocus()
    qtbot.keyClick(days[first + timedelta(days=1)], Qt.Key.Key_Left)
    qtbot.keyClick(days[first], Qt.Key.Key_Left)
    last = first - timedelta(days=1)
    assert page.sees(f"{MONTHS[last.month - 1]} {last.year}: 45 min")
    assert calendar.grid.days[last].hasFocus()
    qtbot.keyClick(calendar.grid.days[last], Qt.Key.Key_Space)
    rows = [one.text() for one in calendar.records.findChildren(WrapLabel) if one.isVisible()]
    assert len([one for one in rows if "45 min" in one]) == 1
    page.press("Later month").press("Hide the calendar")
    assert page.page.findChildren(TimeCalendar) == [] or not calendar.isVisible()
