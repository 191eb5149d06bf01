"""Receipts in a claim: on this laptop until it is sent, then with the person's claim, encrypted."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from mhin_ppi.domain.claims import LedgerKind
from mhin_ppi.domain.expenses import Spent
from mhin_ppi.domain.pay_wish import PayBy, PayWish
from mhin_ppi.domain.rates import Rate, RateId, RateUnit
from mhin_ppi.domain.receipts import Receipt
from mhin_ppi.errors import DocumentError, InputError, NotFoundError, UnsupportedError
from mhin_ppi.services.desk import keep
from mhin_ppi.services.receipts import CleanReceipt
from tests.documents.receipt_makers import pdf, photo

BUS = Spent("e1", "public_transport", date(2026, 3, 2), "Bus", 405)


def kept_receipt(services, untrusted, name):
    receipts = services.payments.receipts
    return receipts.keep(receipts.cleaned(untrusted, file_name=name))


def test_a_receipt_is_on_this_laptop_only_until_its_claim_is_sent(pair, tmp_path):
    file = tmp_path / "my bus: Hull?.jpg"
    file.write_bytes(photo())
    amber, before = pair.amber, pair.amber.desk.store.entries()
    kept = amber.payments.receipts.add(file)
    assert amber.desk.store.entries() == before
    assert (kept.file_name, kept.media) == ("my bus Hull.jpg", "image/jpeg")

    line = replace(BUS, receipts=(str(kept.id),)).line()
    amber.claims.keep_draft([line])
    assert amber.claims.draft() == [line]
    assert [one.id for one in amber.payments.receipts.of(line.receipts)] == [kept.id]
    amber.claims.submit([line])
    assert amber.claims.draft() == []

    pair.ruth.desk.store.take_in(amber.desk.store.ship(spaces=pair.shared))
    assert pair.ruth.desk.store.missing_blobs() == [kept.file]
    with pytest.raises(NotFoundError):
        pair.ruth.payments.receipts.open(str(kept.id))
    with pair.ruth.desk.store.unit_of_work() as work:
        work.keep_blob(amber.payments.receipts.open(str(kept.id))[1])
        work.commit()
    sent, content = pair.ruth.payments.receipts.open(str(kept.id))
    assert (sent.person, sent.typed_by) == (pair.amber_id, None)
    assert not Image.open(io.BytesIO(content)).getexif()
    assert pair.agree()


def test_what_a_receipt_shows_is_nowhere_on_the_disk_in_plain(pair, tmp_path):
    kept = kept_receipt(pair.amber, photo(), "ticket.jpg")
    content = pair.amber.payments.receipts.open(str(kept.id))[1]
    pair.amber.claims.submit([replace(BUS, receipts=(str(kept.id),)).line()])
    cut = (content[at : at + 48] for at in range(0, len(content) - 48, 48))
    pieces = [piece for piece in cut if len(set(piece)) > 20]  # zeros lie about everywhere
    assert len(pieces) > 5
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    whole = {file.name: file.read_bytes() for file in files}
    assert len(whole["store.db"]) > len(content)
    found = [
        (name, piece[:8])
        for name in whole
        for piece in [*pieces, b"ticket.jpg"]
        if piece in whole[name]
    ]
    assert found == []
    # The same search finds it where it does lie open.
    assert all(piece in b"before" + content for piece in pieces)


def test_a_receipt_that_is_not_there_holds_up_the_claim_and_names_the_line(pair):
    lost = replace(BUS, receipts=("6f0e2a52-0000-4000-8000-000000000000",)).line()
    kept = kept_receipt(pair.amber, pdf(), "hotel.pdf")
    pair.amber.payments.receipts.leave_out(str(kept.id))
    for line in (lost, replace(BUS, receipts=(str(kept.id),)).line()):
        with pytest.raises(InputError, match="A receipt of “Bus” is not on this laptop"):
            pair.amber.claims.submit([line])
    with pytest.raises(InputError, match="more than 20 receipts"):
        pair.amber.claims.submit([replace(BUS, receipts=("x",) * 21).line()])
    assert pair.amber.claims.mine() == []


def test_a_refused_receipt_keeps_nothing(pair, tmp_path):
    program = tmp_path / "receipt.pdf"
    program.write_bytes(b"MZ" + bytes(600))
    with pytest.raises(UnsupportedError, match="is a program"):
        pair.amber.payments.receipts.add(program)
    with pair.amber.desk.store.unit_of_work() as work:
        assert work.local_keys("receipt-draft:") == []
        assert work.find(Receipt) == []


def test_a_coordinator_types_in_from_paper_and_it_says_who_typed(pair):
    kept = kept_receipt(pair.ruth, pdf(), str(Path("a") / "..exe"))
    old = replace(BUS, on=date(2024, 1, 1), receipts=(str(kept.id),)).line()
    pair.ruth.claims.submit([old], on_behalf_of=pair.kim)
    (sent,) = pair.ruth.payments.receipts.of(old.receipts)
    assert (sent.person, sent.typed_by) == (pair.kim, pair.ruth.desk.store.person)
    assert sent.file_name.endswith(".pdf")
    with pytest.raises(InputError, match="before this board began"):
        pair.amber.claims.submit([replace(old, receipts=())])


def test_sending_a_claim_again_leaves_one_that_is_not_sent_alone(pair):
    first = pair.amber.claims.submit([BUS.line()]).value
    unsent = replace(BUS, id="e2", what="Lunch").line()
    pair.amber.claims.keep_draft([unsent])
    pair.to_ruth()
    wish = PayWish(by=PayBy.VOUCHER)
    assert pair.amber.claims.usual_way() is PayBy.BANK
    pair.ruth.claims.decide(first.id, LedgerKind.QUERIED, reason="Which bus?")
    pair.to_amber()
    pair.amber.claims.submit([BUS.line()], claim=first.id, wish=wish)
    assert pair.amber.claims.draft() == [unsent]
    assert pair.amber.claims.usual_way() is PayBy.VOUCHER


def test_miles_pay_their_rate_and_no_more(pair):
    drive = replace(BUS, category="car", what="Hull and back", pence=563, miles_tenths=125)
    with pytest.raises(InputError, match="no rate a mile yet that pays “Hull and back”"):
        pair.amber.claims.submit([drive.line()])
    with pair.ruth.desk.store.unit_of_work() as work:
        rate = Rate(
            RateId(pair.ruth.desk.new_id()),
            scheme="Board",
            name="A mile by car",
            pence=45,
            valid_from=date(2025, 4, 6),
            unit=RateUnit.MILE,
            band="car",
        )
        keep(work, rate)
        work.commit()
    pair.to_amber()
    day = drive.on
    pay = pair.amber.payments.expenses.miles_pay(125, vehicle="car", on=day)
    assert pay is not None
    assert (pay.pence, pay.rate.id) == (563, rate.id)
    assert pair.amber.payments.expenses.miles_pay(125, vehicle="bicycle", on=day) is None
    with pytest.raises(InputError, match="is 12.5 miles, which pays £5.63"):
        pair.amber.claims.submit([replace(drive, pence=564).line()])
    assert pair.amber.claims.submit([drive.line()]).value.asked_pence == 563


def test_what_another_laptop_sent_uncleaned_is_drawn_anew_before_it_is_shown(pair):
    amber, ruth = pair.amber, pair.ruth
    sent = {}
    for name, untrusted in (("kind.jpg", photo()), ("hostile.jpg", b"\xff\xd8\xff" + bytes(900))):
        # A program that is not ours keeps whatever it likes.
        kept = amber.payments.receipts.keep(CleanReceipt(name, "image/jpeg", untrusted))
        sent[name] = (kept, untrusted)
    ids = tuple(str(kept.id) for kept, _ in sent.values())
    amber.claims.submit([replace(BUS, receipts=ids).line()])
    pair.exchange()
    received = {one.file_name: one for one in ruth.payments.receipts.of(ids)}

    _, content = sent["kind.jpg"]
    assert Image.open(io.BytesIO(content)).getexif()
    shown = ruth.payments.receipts.for_showing(received["kind.jpg"], content)
    assert shown != content
    assert not Image.open(io.BytesIO(shown)).getexif()
    assert amber.payments.receipts.for_showing(sent["kind.jpg"][0], content) == content
    with pytest.raises(DocumentError):
        ruth.payments.receipts.for_showing(received["hostile.jpg"], sent["hostile.jpg"][1])
