"""A reviewed draft and a meeting become a claim with two receipts in fewer than 12 interactions.

An interaction is a press of a button, a field written in, or a choice of files (several marked in
one dialog are one choice); going to the page counts, opening the board with the password does not.
"""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox

from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.domain.claims import ClaimId, ClaimState, LedgerKind
from mhin_ppi.domain.meetings import Came
from mhin_ppi.domain.people import PersonId
from mhin_ppi.services.boards import Services
from mhin_ppi.ui.pages.page import Place
from mhin_ppi.ui.pages.payment_forms import FinanceFileForm
from mhin_ppi.ui.pages.payments_page import PaymentsPage
from tests.documents.receipt_makers import pdf, photo
from tests.robots.claim_robot import ClaimRobot
from tests.robots.laptop import PASSWORD, Laptop, exchange, field, make_boards, member_of
from tests.robots.page_robot import PageRobot
from tests.robots.window_robot import WindowRobot

SPENT = (("Bus to the meeting and back", "4.05"), ("One night in Hull", "62.50"))
LINES = (
    "Review of Draft protocol, version 1: £27.50",
    "Meeting: Board meeting in Hull: £55.00",
    "Bus to the meeting and back: £4.05 · 1 receipt",
    "One night in Hull: £62.50 · 1 receipt",
)


def work_done(ruth: Services, amber: Services) -> None:
    """A draft that Amber gave back with an agreed amount, and a meeting she came to."""
    me: PersonId = amber.desk.store.person
    project = ruth.people.add_project("A study").value
    version = ruth.reviewing.add_draft(
        b"Draft protocol\n\nOne paragraph.",
        file_name="p.md",
        project=project.id,
        title="Draft protocol",
    ).value
    ruth.reviewing.ask_to_read(
        version.id, invited=[me], minutes=40, agreed_pence=2750, band="one_hour"
    )
    begun = ruth.desk.now() - timedelta(hours=3)
    meeting = ruth.meetings.arrange(
        "Board meeting in Hull", starts_at=begun, minutes=120, pay_pence=5500
    ).value
    ruth.meetings.note_came(meeting.id, me, Came.IN_THE_ROOM)
    exchange(ruth, amber)
    request, _ = amber.reviewing.request(version.id)
    assert request is not None
    amber.reviewing.give_back(request.id)


class Office:
    """The coordinator's page of payments, on a laptop of its own."""

    def __init__(self, ruth: Services, qtbot: Any) -> None:
        self.laptop = Laptop(ruth)
        self.laptop.put(PaymentsPage)
        self.laptop.show()
        self.page = PageRobot(self.laptop, qtbot, Place.PAYMENTS)

    def ask_about(self, claim: ClaimId, line: str, question: str) -> None:
        self.page.open()
        assert self.page.sees("bus.jpg (0.1 MB)")
        assert "Save a copy: night.pdf" in self.page.offers()
        self.page.press(f"Ask about it: {reference_of(claim)}")
        field(self.page.page, f"What you would like to ask about: {line}").setChecked(True)
        field(self.page.page, "Your question").setPlainText(question)
        self.page.press("Ask, and approve the rest")

    def send_all_to_finance(self, out: Path) -> None:
        self.page.open()
        for box in self.page.page.findChildren(QCheckBox):
            box.setChecked(box.isVisibleTo(self.page.page))
        self.page.press("Send the ticked to finance").press("Write the file for finance: batch 1")
        (form,) = self.page.page.findChildren(FinanceFileForm)
        form._choose_place = lambda *_: out
        self.page.choose("CSV, for a finance program").press("Write the file")

    def take_list(self, back: Path) -> None:
        self.page.page.choose_list = lambda _: back  # type: ignore[attr-defined]
        self.page.press("Open finance's list")
        assert self.page.sees("Will be noted as paid: 1. Could not be read: 1.")
        self.page.press("Note 1 claim as paid")

    def have_paid(self, claim: ClaimId, folder: Path) -> None:
        """Send everything approved to finance, £86.55, and take the list that comes back."""
        out, back = folder / "batch.csv", folder / "paid.csv"
        self.send_all_to_finance(out)
        rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
        reference, amount = rows[0].index("Reference"), rows[0].index("Amount (£)")
        assert sum(round(float(row[amount]) * 100) for row in rows[1:]) == 8655
        paid = [["Reference", "Amount paid"], [rows[1][reference], "86.55"], ["PPI-X", "5.00"]]
        back.write_text("\n".join(",".join(row) for row in paid), encoding="utf-8")
        self.take_list(back)
        assert self.laptop.services.claims.claim(claim).state is ClaimState.PAID

    def close(self) -> None:
        self.laptop.tasks.close()
        assert self.laptop.bugs == []


def test_a_claim_with_two_receipts_in_under_twelve_interactions(
    tmp_path: Path, qtbot: Any, look: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    boards = make_boards(tmp_path / "boards")
    ruth, _ = boards.start(
        tmp_path / "ruth", board_name="Ours", person_name="Ruth Okafor", passphrase=PASSWORD
    )
    amber = member_of(boards, ruth, boards.new_folder(), name="Amber Fictional")
    work_done(ruth, amber)
    amber.close()
    bus, night = tmp_path / "bus.jpg", tmp_path / "night.pdf"
    bus.write_bytes(photo())
    night.write_bytes(pdf())

    robot = WindowRobot(qtbot, tmp_path / "boards").begin().unlock()
    robot.go(Place.HOME)
    assert robot.sees("£82.50 can be claimed")
    member = ClaimRobot(robot, monkeypatch)
    member.claim_with_receipts(SPENT, [bus, night])
    assert member.interactions < 12
    assert robot.sees("£149.05")
    assert all(robot.sees(line) for line in LINES)
    assert robot.sees("You sent it: £149.05, today.")
    assert robot.sees("0 days since the activity.")

    # The coordinator's question names the line, and is answered from the same page.
    mine: Services = robot.window.view.board.services  # type: ignore[union-attr]
    exchange(ruth, mine)
    (claim,) = ruth.claims.all()
    assert {
        one.media for line in claim.lines for one in ruth.payments.receipts.of(line.receipts)
    } == {
        "image/jpeg",
        "application/pdf",
    }
    office = Office(ruth, qtbot)
    office.ask_about(claim.id, "One night in Hull: £62.50", "Which night?")
    exchange(ruth, mine)
    robot.go(Place.HOME).go(Place.TIME)
    assert robot.sees("Ruth asks about “One night in Hull”: “Which night?”")
    member.press("Change it and send again")
    member.write("What it was for", "One night in Hull, 3 March").press("Send claim")
    again = [one for one in mine.claims.mine() if one.state is ClaimState.SUBMITTED]
    assert [line.what for one in again for line in one.lines] == ["One night in Hull, 3 March"]

    # Another day can be asked for until it is with finance.
    (when, *_) = [words for words in robot.buttons() if words.startswith("When to be paid")]
    member.press(when).press("Save")
    assert LedgerKind.TIMED in {e.kind for one in mine.claims.mine() for e in one.entries}
    # The rest goes to finance in a file; finance's list comes back, and the member's page says so.
    exchange(ruth, mine)
    office.have_paid(claim.id, tmp_path)
    exchange(ruth, mine)
    robot.go(Place.HOME).go(Place.TIME)
    for told in ("Ruth approved £86.55", "sent it to finance", "Finance paid £86.55"):
        assert robot.sees(told)
    office.close()
    robot.close()
    ruth.close()
