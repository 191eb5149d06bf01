"""Payments and rates, used as a coordinator does: decide, send, write the file, take the list."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import docx
import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QCheckBox, QLineEdit

from mhin_ppi.domain.accounts import Batch, BatchId
from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.domain.claims import ClaimId, ClaimState, LedgerKind
from mhin_ppi.domain.rates import RateUnit
from mhin_ppi.services.boards import Services
from mhin_ppi.services.claim_deciding import PaidNote
from mhin_ppi.services.claim_steps import write_step
from mhin_ppi.services.desk import keep
from mhin_ppi.ui.pages.own_form import FillFormForm, KeepFormForm
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.paid_list_form import PaidListForm
from mhin_ppi.ui.pages.payment_forms import FinanceFileForm
from mhin_ppi.ui.pages.payments_page import PaymentsPage
from mhin_ppi.ui.pages.rates_page import RatesPage
from mhin_ppi.ui.pages.statement_form import StatementForm
from tests.robots.laptop import PASSWORD, Laptop, field, make_boards, nameless
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
    made.put(PaymentsPage)
    made.put(RatesPage)
    made.show()
    yield made
    made.tasks.close()
    assert made.bugs == []


@pytest.fixture
def page(laptop: Laptop, qtbot: Any) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.PAYMENTS)


@pytest.fixture
def rates(laptop: Laptop, qtbot: Any) -> PageRobot:
    return PageRobot(laptop, qtbot, Place.RATES)


def sent(services: Services, *lines: tuple[str, int]) -> Any:
    """Type a claim in for a member: the coordinator may decide on it."""
    amina = next((one for one in services.people.everyone() if one.name == "Amina Khan"), None) or (
        services.people.add_person("Amina Khan").value
    )
    today = services.desk.today()
    made = [
        ClaimLine(LineKind.EXPENSE, today, what, pence, id=f"{what}-{pence}")
        for what, pence in lines
    ]
    return services.claims.submit(made, on_behalf_of=amina.id).value


def tick(page: PageRobot, reference: str) -> None:
    (found,) = [
        box
        for box in page.page.findChildren(QCheckBox)
        if box.accessibleName().endswith(reference) and box.isVisibleTo(page.page)
    ]
    found.setChecked(True)


def test_from_a_claim_to_finance_and_back(
    page: PageRobot, services: Services, tmp_path: Path
) -> None:
    page.open()
    assert page.sees("No claim waits for you.")
    bus, taxi = sent(services, ("Bus", 480)), sent(services, ("Train", 1200), ("Taxi", 2200))
    page.open()
    assert page.sees("Train: £12.00")
    page.press(f"Ask about it: {reference_of(taxi.id)}").press("Ask, and approve the rest")
    assert page.sees("Tick at least one line.")
    field(page.page, "What you would like to ask about: Taxi: £22.00").setChecked(True)
    field(page.page, "Your question").setPlainText("Was there no bus?")
    page.press("Ask, and approve the rest")
    assert page.sees("You asked: “Was there no bus?”")
    assert services.claims.claim(taxi.id).approved_pence == 1200

    page.press("Approve the ticked")
    assert services.claims.claim(bus.id).state is ClaimState.SUBMITTED
    tick(page, reference_of(bus.id))
    page.press("Approve the ticked")
    assert services.claims.claim(bus.id).state is ClaimState.APPROVED
    page.press("Send the ticked to finance")
    assert page.sees("No claim is chosen.")
    for one in (bus, taxi):
        tick(page, reference_of(one.id))
    page.press("Send the ticked to finance")
    assert page.sees("Batch 1 is made.")
    assert page.sees("2 claims, £16.80. Payment usually takes 4–6 weeks.")
    assert nameless(page.page) == []

    page.press("Write the file for finance: batch 1")
    (form,) = page.page.findChildren(FinanceFileForm)
    out = tmp_path / "batch.csv"
    form._choose_place = lambda *_: out
    page.choose("CSV, for a finance program").press("Write the file")
    assert page.sees(f"Written to {out}: 2 lines, £16.80.")
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))

    back = tmp_path / "paid.csv"
    paid = [[row[0], row[7]] for row in rows]
    back.write_text("\n".join(",".join(row) for row in [*paid, ["PPI-X", "1.00"]]))
    page.page.choose_list = lambda _: back  # type: ignore[attr-defined]
    page.press("Open finance's list")
    assert page.sees("Will be noted as paid: 2. Could not be read: 1.")
    page.press("Note 2 claims as paid")
    assert {services.claims.claim(one.id).state for one in (bus, taxi)} == {ClaimState.PAID}
    assert page.sees("All paid.")
    assert page.sees("£22.00 is asked for, £0.00 is approved and not paid yet, £16.80 is paid.")


def test_what_a_list_leaves_open_is_asked_before_anything_is_noted(
    page: PageRobot, services: Services, tmp_path: Path
) -> None:
    bus = sent(services, ("Bus", 480))
    services.payments.deciding.approve_many([bus.id])
    services.payments.deciding.send_to_finance([bus.id])
    back = tmp_path / "paid.csv"
    back.write_text(
        "Payments of the Trust\nReference,Amount,Amount,Date paid\n"
        f"{reference_of(bus.id)},1.00,4.80,02/03/2026\n"
    )
    page.open()
    page.page.choose_list = lambda _: back  # type: ignore[attr-defined]
    page.press("Open finance's list")
    assert page.sees("More than one column is called “Amount”.")
    (form,) = page.page.findChildren(PaidListForm)
    assert not form.save_button.isEnabled()
    page.pick("What was paid", "Amount (column C)")
    page.laptop.settle(page.qtbot)
    assert page.sees("Will be noted as paid: 1.")
    order = field(page.page, "How days in numbers are read")
    assert order.currentText().replace("\u00a0", " ") == (
        "02/03/2026 is 2 March 2026, the day first, as in Britain"
    )
    order.setCurrentIndex(1)
    page.laptop.settle(page.qtbot)
    page.press("Note 1 claim as paid")
    last = services.claims.claim(bus.id).entries[-1]
    assert (last.kind, last.data["on"]) == (LedgerKind.PAID, "2026-02-03")


def test_columns_are_put_in_order_by_keyboard_and_kept(page: PageRobot, services: Services) -> None:
    page.open().press("Columns for finance").press("Keep these columns")
    assert page.sees("Write a name.")
    field(page.page, "A name to find them by").setText("The Trust")
    page.press("Put Amount (£) earlier").press("Put Amount (£) earlier")
    name: QLineEdit = field(page.page, "What finance calls “Reference”")
    name.setText("Your ref")
    field(page.page, "Column Line").setChecked(False)
    page.press("Keep these columns")
    (kept,) = services.payments.office.layouts()
    assert (kept.name, kept.headings[0]) == ("The Trust", "Your ref")
    assert "line" not in kept.fields
    assert kept.fields.index("amount") == kept.fields.index("day") - 1


def test_one_payment_is_noted_with_its_day(page: PageRobot, services: Services) -> None:
    bus = sent(services, ("Bus", 480))
    services.payments.deciding.approve_many([bus.id])
    services.payments.deciding.send_to_finance([bus.id])
    page.open().press(f"Paid: {reference_of(bus.id)}")
    field(page.page, "What finance calls the payment").setText("BACS 9")
    page.press("Note as paid")
    paid = services.claims.claim(bus.id)
    assert paid.state is ClaimState.PAID
    assert paid.entries[-1].data["reference"] == "BACS 9"


def test_what_another_laptop_sent_to_finance_as_well_is_told_asked_about_and_cancelled(
    page: PageRobot, services: Services
) -> None:
    bus = sent(services, ("Bus", 480))
    services.payments.deciding.approve_many([bus.id])
    services.payments.deciding.send_to_finance([bus.id])
    services.payments.deciding.note_paid([PaidNote(bus.id, services.desk.today())])
    other = ClaimId(uuid4())
    with services.desk.store.unit_of_work() as work:  # as it comes from a laptop not exchanged with
        batch = Batch(BatchId(uuid4()), 2, services.desk.now(), services.desk.store.person)
        keep(work, batch)
        for kind, data in (
            (LedgerKind.SUBMITTED, {"lines": [line.to_json() for line in bus.lines]}),
            (LedgerKind.APPROVED, {}),
            (LedgerKind.BATCHED, {"batch": str(batch.id)}),
        ):
            told = {"person": str(bus.person), **data}
            write_step(work, other, kind, 480, person=bus.person, data=told)
        work.commit()
    page.open()
    assert page.sees("Amina has the same thing approved in")
    page.press(f"Paid: {reference_of(other)}")
    assert page.sees(f"was paid already, in {reference_of(bus.id)}. Ask finance")
    page.press("Note as paid")
    assert page.sees("“Bus” was paid already, in claim")
    assert services.claims.claim(other).state is ClaimState.BATCHED
    page.press("Finance says they paid it a second time")
    page.press("Note as paid")
    assert services.claims.claim(other).paid_pence == 480
    assert page.sees("Amina was paid for the same thing in")
    page.press(f"Cancel {reference_of(other)} by a correction")
    page.write("Why", "Finance has it back.")
    page.press("Cancel by a correction")
    assert services.claims.claim(other).state is ClaimState.REVERSED
    assert not page.sees("for the same thing in")


def test_published_rates_pay_nobody_until_they_are_confirmed(
    rates: PageRobot, services: Services
) -> None:
    rates.open()
    assert rates.sees("There are no rates yet.")
    services.time.log(50)
    rates.press("Take over published rates").press("Take them over")
    assert rates.sees("They pay nobody until you have looked at them and confirmed them.")
    assert services.claims.claimable() == []
    (all_of_them,) = [words for words in rates.offers() if words.startswith("Confirm all")]
    rates.press(all_of_them)
    (line,) = services.claims.claimable()
    assert line.pence == 2750
    assert not rates.sees("They pay nobody until")
    rates.press("Take over published rates").press("Take them over")
    assert len(services.payments.rates.all()) == len(
        {r.band for r in services.payments.rates.all()}
    )
    before = len(services.payments.rates.all())
    rates.press("Take over published rates").write("The scheme is called", "  nihr ")
    rates.press("Take them over")
    assert len(services.payments.rates.all()) == before
    assert {one.scheme for one in services.payments.rates.all()} == {"NIHR"}


def test_published_mile_rates_are_taken_over_once_and_pay_when_they_are_confirmed(
    rates: PageRobot, services: Services
) -> None:
    book, today = services.payments.rates, services.desk.today()
    book.add("Hour", pence=2500, minutes=60, valid_from=date(2020, 1, 1), scheme="Trust")
    book.use("Trust", valid_from=date(2020, 1, 1))
    rates.open()
    for _ in range(2):
        rates.press("Take over published rates")
        rates.pick("Which rates", "Miles by car or van, motorcycle and bicycle")
        assert field(rates.page, "The scheme is called").text() == "Trust"
        assert rates.sees("Beyond 10,000 miles in a year it is 25p")
        rates.press("Take them over")
    miles = [one for one in book.all() if one.unit is RateUnit.MILE]
    assert {(one.band, one.pence, one.scheme, one.valid_from) for one in miles} == {
        ("car", 45, "Trust", today),
        ("motorcycle", 24, "Trust", today),
        ("bicycle", 20, "Trust", today),
    }
    assert len(miles) == 3
    pay = services.payments.expenses.miles_pay
    assert pay(100, vehicle="car", on=today) is None, "nobody has confirmed it"
    assert rates.sees("£0.45 · A mile by car or van, a mile")
    rates.press("Confirm all 3")
    assert pay(100, vehicle="car", on=today).pence == 450


def test_a_rate_with_a_back_date_says_what_it_owes(rates: PageRobot, services: Services) -> None:
    services.payments.rates.add("Hour", pence=2500, minutes=60, valid_from=date(2020, 1, 1))
    services.time.log(50)
    services.claims.submit(services.claims.claimable())
    rates.open().press("Add a rate").press("Save")
    assert rates.sees("Write what it is called.")
    rates.write("What it is called", "An hour").write("How much, in pounds", "27.50")
    rates.press("Save")
    assert rates.sees("£27.50 · An hour")
    assert rates.sees("Ruth Okafor: £2.50")


def test_what_a_rise_will_owe_is_shown_to_whom_before_it_is_saved(
    rates: PageRobot, services: Services, qtbot: Any
) -> None:
    book, first = services.payments.rates, date(2020, 1, 1)
    book.add("Hour", pence=2500, minutes=60, valid_from=first)
    amina = services.people.add_person("Amina Khan").value
    for whose in (None, amina.id):
        services.time.log(50, on_behalf_of=whose)
        services.claims.submit(services.claims.claimable(whose), on_behalf_of=whose)
    rates.open().press("Add a rate")
    rates.write("What it is called", "An hour").write("How much, in pounds", "27.50")
    owed = "With it, £5.00 more is owed for what was claimed already: Amina Khan £2.50, "
    qtbot.waitUntil(lambda: rates.sees(owed + "Ruth Okafor £2.50."), timeout=20_000)
    assert len(book.all()) == 1
    assert book.owed_by_rises() == []
    rates.write("How much, in pounds", "24.00")
    qtbot.waitUntil(lambda: not rates.sees("more is owed"), timeout=20_000)
    rates.press("Cancel")

    dear = services.catalogues.rates.rate_sets[0]
    dear = replace(
        dear, bands=tuple(replace(one, verified=False) for one in dear.bands), effective_from=first
    )
    book.take_over(dear, valid_from=first, scheme="NIHR", checked_on=first)
    rates.open()
    assert rates.sees("If you confirm all of them, £5.00 more is owed for what was claimed already")
    book.confirm([one.id for one in book.all()])
    book.use("Board", valid_from=first)
    rates.open().press("Choose a scheme").pick("Which scheme", "NIHR")
    qtbot.waitUntil(lambda: rates.sees("With it, £5.00 more is owed"), timeout=20_000)


def test_a_scheme_is_chosen_for_a_project(rates: PageRobot, services: Services) -> None:
    rates.open().press("Choose a scheme")
    assert rates.sees("There is no scheme to choose yet.")
    services.people.add_project("A study")
    services.payments.rates.add("Hour", pence=2500, minutes=60, valid_from=date(2020, 1, 1))
    rates.open().press("Choose a scheme").pick("For what", "A study").press("Choose it")
    assert rates.sees("“Board” for A study, from")


def test_the_organisations_own_form_is_kept_and_filled_in(
    page: PageRobot, services: Services, tmp_path: Path
) -> None:
    bus = sent(services, ("Bus", 480))
    form, out = tmp_path / "form.docx", tmp_path / "filled.docx"
    document = docx.Document()
    document.add_paragraph("{{person}} asks for {{total}}; {{cost centre}}")
    document.save(str(form))
    page.open().press("Our own form")
    (keeping,) = page.page.findChildren(KeepFormForm)
    keeping._choose = lambda _: form
    page.press("Choose the form")
    assert page.sees("Will be filled in: person, total.")
    assert page.sees("Not known here, and left as it is: cost centre.")
    page.press("Keep this form").press("Our own form")
    (filling,) = page.page.findChildren(FillFormForm)
    filling._choose_place = lambda *_: out
    page.press("Write the filled form")
    assert page.sees(f"Written to {out}.")
    words = docx.Document(str(out)).paragraphs[0].text
    assert words == "Amina Khan asks for £4.80; {{cost centre}}"
    assert services.claims.claim(bus.id).state is ClaimState.SUBMITTED


def test_a_statement_is_written(page: PageRobot, services: Services, tmp_path: Path) -> None:
    out = tmp_path / "all.pdf"
    page.open().press("Statements")
    (form,) = page.page.findChildren(StatementForm)
    form._choose_place = lambda *_: out
    page.press("Write the file")
    assert page.sees(f"Written to {out}.")
    assert "Nobody was paid." in PdfReader(out).pages[0].extract_text().replace("\u00a0", " ")
