"""Making a claim: less than offered, money spent, receipts, miles, and nothing that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QCheckBox

from mhin_ppi.domain.pay_wish import PayBy, PayWhen
from mhin_ppi.domain.rates import Rate, RateId, RateUnit
from mhin_ppi.services.boards import Services
from mhin_ppi.services.desk import keep
from mhin_ppi.ui.pages.expense_row import ExpenseRow
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.receipt_field import ReceiptField, ReceiptRow, receipts_in
from mhin_ppi.ui.pages.time_page import TimePage
from tests.documents.receipt_makers import pdf, photo
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless, press
from tests.robots.page_robot import PageRobot


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened, _ = make_boards(tmp_path).start(
        tmp_path / "ruth", board_name="Our board", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    yield opened
    opened.close()


@pytest.fixture
def laptop(services: Services, look: None) -> Iterator[Laptop]:
    made = Laptop(services)
    made.put(TimePage)
    made.show()
    yield made
    made.tasks.close()
    assert made.bugs == []


@pytest.fixture
def page(laptop: Laptop, qtbot: Any) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.TIME).open()


def row_of(page: PageRobot) -> ExpenseRow:
    (row,) = page.page.findChildren(ExpenseRow)
    return row


def receipts_of(page: PageRobot) -> ReceiptField:
    (found,) = page.page.findChildren(ReceiptField)
    return found


def spend(page: PageRobot, what: str = "Bus fare", amount: str = "4.05") -> PageRobot:
    page.press("Make a claim").press("Add an expense")
    return page.write("What it was for", what).write("How much, in pounds", amount)


def test_less_is_asked_for_and_the_offer_is_remembered(page: PageRobot, services: Services) -> None:
    today = services.desk.today()
    services.payments.rates.add(
        "About an hour", pence=2750, minutes=60, valid_from=today - timedelta(days=9)
    )
    services.time.log(40, on=today)
    page.open().press("Make a claim")
    (words,) = [w for w in page.offers() if w.startswith("Ask for less")]
    page.press(words)
    less = words.replace("Ask for less", "How much you ask for, in pounds")
    page.write(less, "30").press("Send claim")
    assert page.sees("It pays £27.50: put in that or less.")
    page.write(less, "12.50")
    assert page.sees("In all: £12.50")
    page.press("Send claim")
    (claim,) = services.claims.mine()
    assert [(line.pence, line.full_pence) for line in claim.lines] == [(1250, 2750)]


def test_what_the_board_has_paid_is_not_asked_for_again(
    page: PageRobot, services: Services
) -> None:
    spend(page, "Train to Hull", "32.10").pick("What sort", "Staying overnight")
    field(page.page, "The board has paid this already").click()
    assert page.sees("In all: £0.00")
    page.press("Send claim")
    (line,) = services.claims.mine()[0].lines
    assert (line.pence, line.prepaid_pence, line.category) == (0, 3210, "overnight")


def test_miles_are_priced_as_they_are_typed(page: PageRobot, services: Services) -> None:
    page.press("Make a claim").press("Add an expense")
    page.pick("What sort", "Travel by car, by the mile").write("What it was for", "Hull and back")
    assert page.sees("The board has no rate a mile for this yet")
    with services.desk.store.unit_of_work() as work:
        rate = Rate(
            RateId(services.desk.new_id()),
            name="A mile by car",
            pence=45,
            valid_from=date(2025, 4, 6),
            unit=RateUnit.MILE,
            band="car",
        )
        keep(work, rate)
        work.commit()
    page.press("Cancel").open().press("Go on with the claim")
    for written, said in (("12.55", "not a number of miles"), ("2001", "between 0.1 and 2,000")):
        page.write("How many miles, there and back", written).press("Send claim")
        assert page.sees(said)
    page.write("How many miles, there and back", "12.5")
    assert page.sees("£5.63, at £0.45 a mile.")
    page.press("Send claim")
    (line,) = services.claims.mine()[0].lines
    assert (line.pence, line.miles_tenths, line.rate) == (563, 125, str(rate.id))


def test_receipts_are_dropped_pasted_seen_kept_and_taken_away(
    page: PageRobot, services: Services, tmp_path: Path
) -> None:
    spend(page)
    bus, hotel = tmp_path / "bus.jpg", tmp_path / "hotel.pdf"
    bus.write_bytes(photo())
    hotel.write_bytes(pdf())
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(bus)), QUrl("https://elsewhere.example/x.jpg")])
    assert receipts_in(dropped) == [bus]
    receipts_of(page).add([bus, hotel])
    page.laptop.settle(page.qtbot)
    QGuiApplication.clipboard().setImage(QImage(30, 20, QImage.Format.Format_RGB32))
    page.press("Paste a receipt: expense 1")
    names = ["bus.jpg", "hotel.pdf", "Pasted picture.jpg"]
    assert all(page.sees(name) for name in names)
    rows = page.page.findChildren(ReceiptRow)
    assert sum(row.picture.pixmap().height() > 0 for row in rows) == 3
    assert nameless(page.page) == []
    rows[0].save_to(tmp_path / "copy.jpg")
    page.laptop.settle(page.qtbot)
    assert b"Exif" not in (tmp_path / "copy.jpg").read_bytes()

    page.press("Take away: hotel.pdf")
    # Locked, or ended, and opened again: the draft is as it was.
    assert len(services.claims.draft()[0].receipts) == 2
    page.press("Cancel").open().press("Go on with the claim")
    assert page.sees("bus.jpg")
    assert not page.sees("hotel.pdf")
    page.press("Send claim")
    (line,) = services.claims.mine()[0].lines
    assert [one.file_name for one in services.payments.receipts.of(line.receipts)] == [
        "bus.jpg",
        "Pasted picture.jpg",
    ]


def test_what_cannot_be_a_receipt_is_said_beside_it_and_costs_nothing(
    page: PageRobot, services: Services, tmp_path: Path
) -> None:
    spend(page)
    huge, program = tmp_path / "huge.jpg", tmp_path / "receipt.jpg"
    with huge.open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    program.write_bytes(b"MZ" + bytes(600))
    for file, said in ((huge, "“huge.jpg” is larger than 15 MB"), (program, "is a program")):
        receipts_of(page).add([file])
        page.laptop.settle(page.qtbot)
        assert page.sees(said)
    assert receipts_of(page).ids() == ()
    page.press("Send claim")
    assert services.claims.mine()[0].asked_pence == 405


@pytest.mark.parametrize(
    ("days", "said"), [(1, "that has not come yet"), (-1, "before this board began")]
)
def test_a_day_that_cannot_be_is_refused_and_named(
    page: PageRobot, services: Services, days: int, said: str
) -> None:
    spend(page)
    on = services.people.board().founded_on + timedelta(days=days)
    row_of(page).on.setDate(on)
    page.press("Send claim")
    assert page.sees(f"“Bus fare” is on a day {said}")
    assert services.claims.mine() == []


def test_pasted_words_are_one_line_without_what_cannot_be_seen(
    page: PageRobot, services: Services
) -> None:
    spend(page)
    row_of(page).what.setText("Bus\x00 to\u202e\nHull")
    page.press("Send claim")
    assert services.claims.mine()[0].lines[0].what == "Bus to Hull"


def test_when_and_how_to_be_paid_and_the_last_way_is_remembered(
    page: PageRobot, services: Services
) -> None:
    spend(page).choose("On or after a day that I choose")
    assert page.sees("We never ask for bank details here.")
    page.pick("How you would like to be paid", "As a voucher").press("Send claim")
    wish = services.claims.mine()[0].wish
    assert (wish.when, wish.by, wish.on) == (PayWhen.DATE, PayBy.VOUCHER, services.desk.today())
    assert services.claims.usual_way() is PayBy.VOUCHER
    assert page.open().press("Make a claim").sees("No reason is needed.")
    assert field(page.page, "How you would like to be paid").currentText() == "As a voucher"
    gift = [w for w in page.page.findChildren(QCheckBox) if "gift" in w.text()]
    assert gift == []


def test_asking_for_more_than_it_came_to_is_said_beside_the_field(page: PageRobot) -> None:
    spend(page).press("Ask for less: expense 1")
    page.write("How much of it you ask for, in pounds", "9").press("Send claim")
    assert page.sees("That is more than the £4.05 it came to.")
    press(page.page, "Leave out expense 1")
    assert page.sees("In all: £0.00")
