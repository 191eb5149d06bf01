"""Papers about money: their sums are the ledger's, their words are read back from the PDF."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.domain.claims import Claim
from mhin_ppi.domain.claims import LedgerKind as L
from mhin_ppi.domain.money_papers import (
    MoneyPaper,
    MoneyTable,
    moved_between,
    payments_paper,
    tax_year,
)
from mhin_ppi.domain.periods import movements
from mhin_ppi.errors import InputError, NotAllowedError
from mhin_ppi.services.claim_deciding import PaidNote
from tests.domain.test_budgets_and_periods import RUTH, TO_PAID, claim, line

APRIL = (date(2026, 4, 1), date(2027, 3, 31))


def spent(name: str, pence: int, kind: LineKind = LineKind.EXPENSE, **more) -> ClaimLine:
    return ClaimLine(kind, date(2026, 3, 1), name, pence, id=name, **more)


def paid(pair, *lines: ClaimLine, on: date):
    """Claim, and have it paid on a day."""
    made = pair.amber.claims.submit(lines).value
    pair.exchange()
    deciding = pair.ruth.payments.deciding
    deciding.approve_many([made.id])
    deciding.send_to_finance([made.id])
    pair.clock.set(on)
    deciding.note_paid([PaidNote(made.id, on, "BACS 7")])
    pair.exchange()
    return made


def words(services, paper) -> str:
    whole = services.payments.statements.draw(paper)
    reader = PdfReader(BytesIO(whole))
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_a_statement_of_a_tax_year_holds_what_was_paid_in_it_and_nothing_else(pair):
    talk = spent("A talk", 5500, LineKind.INVOLVEMENT, project=str(pair.project))
    before = paid(pair, spent("Taxi", 999), on=date(2026, 4, 5))
    claimed = paid(pair, talk, spent("Bus", 480), on=date(2026, 4, 6))
    late = paid(pair, spent("Train", 1234), on=date(2027, 4, 6))
    for services in (pair.amber, pair.ruth):
        person = pair.amber_id
        paper = services.payments.statements.statement(*tax_year(2026), person=person)
        assert paper.tables[0].rows[-1][-2:] == ("£55.00", "£4.80")
    text = words(pair.amber, pair.amber.payments.statements.statement(*tax_year(2026)))
    assert "Paid in all: £59.80, of which expenses paid back: £4.80." in text
    assert reference_of(claimed.id) in text
    assert "BACS 7" in text
    assert "gives no advice about tax" in text
    for other in (before, late):
        assert reference_of(other.id) not in text


def test_what_came_back_is_taken_off(pair):
    made = paid(pair, spent("Bus", 480), on=date(2026, 4, 6))
    pair.ruth.claims.decide(made.id, L.FAILED, reason="The bank returned it.")
    paper = pair.ruth.payments.statements.statement(*APRIL, person=pair.amber_id)
    assert [row[-1] for row in paper.tables[0].rows] == ["£4.80", "−£4.80", "£0.00"]


def test_payments_by_project_name_nobody_unless_wanted(pair):
    talk = spent("A talk", 5500, LineKind.INVOLVEMENT, project=str(pair.project))
    paid(pair, talk, spent("Bus", 480), on=date(2026, 4, 6))
    statements = pair.ruth.payments.statements
    text = words(pair.ruth, statements.payments(*APRIL))
    assert "A study £55.00 £0.00 £55.00" in text
    assert "Total £55.00 £4.80 £59.80" in text
    assert "Fewer than five were paid." in text
    assert "Amber" not in text
    assert "Amber Fictional £59.80" in words(
        pair.ruth, statements.payments(*APRIL, with_names=True)
    )


def test_a_claim_form_is_there_to_sign_and_asks_for_no_bank_details(pair):
    made = pair.amber.claims.submit([spent("Bus", 480), spent("Tea", 120)]).value
    text = words(pair.amber, pair.amber.payments.statements.claim(made.id))
    for said in ("Amber Fictional", reference_of(made.id), "Total", "£6.00", "Approved by:"):
        assert said in text
    assert text.count("Date: _") == 2
    assert "No bank details are asked for here" in text
    assert "Sort code" not in text


def test_nobody_makes_papers_about_somebody_elses_money(pair):
    own = pair.ruth.claims.submit([spent("Train", 100)]).value
    pair.exchange()
    statements = pair.amber.payments.statements
    ruth = pair.ruth.desk.store.person
    for wanted in (
        lambda: statements.statement(*APRIL, person=ruth),
        lambda: statements.payments(*APRIL),
    ):
        with pytest.raises(NotAllowedError):
            wanted()
    assert own.id not in {one.id for one in pair.amber.claims.all()}
    with pytest.raises(InputError):
        statements.statement(date(2026, 2, 1), date(2026, 1, 1))


def test_a_wide_reference_and_large_amounts_are_not_broken(pair):
    cells = ("PPI-WMWM-WMWM-W", "£12,294.90", "£12,110.00")
    columns = ("Paid on", "What for", "Reference", "Finance's number", "Income", "Expenses")
    row = ("30 September 2026", "Reading", cells[0], "BACS 7", *cells[1:])
    rows = (row, ("", "Total", "", "", *cells[1:]))
    table = MoneyTable("", columns, frozenset({4, 5}), rows)
    text = words(pair.ruth, MoneyPaper("A", "B", date(2026, 9, 30), (), (table,)))
    assert [text.count(cell) for cell in cells] == [1, 2, 2]


def test_a_day_in_a_table_stays_on_one_line(pair):
    """The widest days there are, in a statement and in a claim form."""
    for on in (date(2025, 11, 30), date(2025, 12, 28), date(2025, 9, 28)):
        made = pair.amber.claims.submit([replace(spent(f"Bus {on}", 480), on=on)]).value
        pair.exchange()
        deciding = pair.ruth.payments.deciding
        deciding.approve_many([made.id])
        deciding.send_to_finance([made.id])
        deciding.note_paid([PaidNote(made.id, on, "BACS 7")])
        pair.exchange()
    statements = pair.amber.payments.statements
    told = statements.statement(date(2025, 4, 6), date(2026, 4, 5))
    for paper, days in (
        (told, ("30 Nov 2025", "28 Dec 2025", "28 Sep 2025")),
        (statements.claim(made.id), ("28 Sep 2025",)),
    ):
        page = PdfReader(BytesIO(statements.draw(paper))).pages[0]
        lines = [one.replace("\u00a0", " ") for one in page.extract_text().splitlines()]
        for on in days:
            assert any(on in line for line in lines), (on, lines)


def payments_of(*claims: Claim, first: date = date(2026, 1, 1)):
    dated = [(one, one.on) for one in movements(claims, officers={RUTH})]
    found = moved_between(claims, dated, first, date(2026, 12, 31))
    return payments_paper(
        found, period="2026", board_name="A", projects={}, names=None, made_on=date(2026, 12, 31)
    )


def test_every_heading_that_money_moved_under_has_its_column():
    access = line(1000, kind=LineKind.EXPENSE, category="access")
    made = claim(*TO_PAID, lines=[line(2000), line(230, kind=LineKind.EXPENSE), access])
    (table,) = payments_of(made).tables
    assert table.columns[1:] == ("Payments and rewards", "Expenses", "Other", "In all")
    assert table.rows[-1] == ("Total", "£20.00", "£2.30", "£10.00", "£32.30")


def test_a_payment_of_an_earlier_period_that_came_back_makes_nobody_paid():
    made = claim(*TO_PAID, (L.FAILED, 3230), lines=[line(3230)])
    moved = movements([made], officers={RUTH})
    paper = payments_of(made, first=moved[-1].on)
    assert paper.lines[-1] == "Nobody was paid."
    assert paper.tables[0].rows[-1][-1] == "−£32.30"


STEPS = st.sampled_from([TO_PAID, (*TO_PAID, (L.FAILED, 0)), (*TO_PAID, (L.REVERSED, 0)), ()])


@given(
    st.lists(
        st.tuples(STEPS, st.lists(st.tuples(st.integers(1, 9999), st.booleans()), min_size=1)),
        max_size=5,
    )
)
def test_income_and_expenses_together_are_what_moved(told):
    made = []
    for number, (steps, lines) in enumerate(told, start=1):
        asked = [
            line(pence, kind=LineKind.EXPENSE if spending else LineKind.INVOLVEMENT)
            for pence, spending in lines
        ]
        whole = sum(pence for pence, _ in lines)
        made.append(claim(*((kind, whole) for kind, _ in steps), lines=asked, number=number))
    moved = movements(made, officers={RUTH})
    found = moved_between(
        made, [(one, one.on) for one in moved], date(2026, 1, 1), date(2026, 12, 31)
    )
    assert sum(one.income_pence + one.expenses_pence for one in found) == sum(
        one.paid_pence for one in moved
    )
    assert all(
        sum(share for *_, share in one.shares) == one.income_pence + one.expenses_pence
        for one in found
    )
