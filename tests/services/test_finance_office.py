"""To finance and back: columns, totals, formulas that are none, and lists with every fault."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from mhin_ppi.domain.claim_lines import ClaimLine, LineKind
from mhin_ppi.domain.claim_reference import reference_of
from mhin_ppi.domain.claims import ClaimState as C
from mhin_ppi.domain.claims import LedgerKind
from mhin_ppi.domain.finance_rows import FIELDS, FinanceSheet
from mhin_ppi.domain.paid_days import DayOrder, day_from
from mhin_ppi.domain.paid_list import Finding
from mhin_ppi.domain.paid_table import Table, with_headings
from mhin_ppi.domain.pay_wish import PayBy, PayWhen, PayWish
from mhin_ppi.errors import InputError, NotAllowedError, UnreadableError, UnsupportedError
from mhin_ppi.exchange.finance_csv import read_csv, write_csv
from mhin_ppi.exchange.finance_xlsx import LINES, PEOPLE, PROJECTS, README, write_xlsx
from tests.robots.spreadsheets import SPREADSHEETS, shown_by_libreoffice

EVIL = "=HYPERLINK(1)"


def spent(name: str, pence: int, **more) -> ClaimLine:
    on = date(2026, 3, 1)
    return ClaimLine(kind=LineKind.EXPENSE, on=on, what=name, pence=pence, id=name, **more)


@pytest.fixture
def with_finance(pair):
    """Three claims at finance: £22.00, £4.80 and £10.00; one of them approved for less."""
    claims = []
    for lines, wish in (
        ([spent(EVIL, 1500, project=str(pair.project)), spent("Taxi", 700)], None),
        ([spent("Bus", 480)], PayWish(PayWhen.DATE, date(2026, 4, 1), PayBy.VOUCHER)),
        ([spent("Hotel", 2000), spent("Tea", 1000)], PayWish(PayWhen.MONTHLY)),
    ):
        claims.append(pair.amber.claims.submit(lines, wish=wish).value.id)
    pair.exchange()
    deciding = pair.ruth.payments.deciding
    deciding.approve_many(claims)
    deciding.approve_less(claims[2], 1000, reason="As agreed.")
    deciding.send_to_finance(claims)
    return claims


def test_rows_add_up_to_what_is_to_be_paid_in_every_form(pair, with_finance):
    office = pair.ruth.payments.office
    sheet = office.sheet(with_finance)
    assert sheet.total_pence == 2200 + 480 + 1000
    assert sheet.by_person == (("Amber Fictional", 3680),)
    assert dict(sheet.by_project) == {"A study": 1500, "The whole board": 2180}

    rows = list(csv.reader(io.StringIO(office.csv(sheet).decode("utf-8-sig"))))
    amount, what = rows[0].index("Amount (£)"), rows[0].index("What for")
    assert sum(round(float(row[amount]) * 100) for row in rows[1:]) == 3680
    assert f"'{EVIL}" in [row[what] for row in rows]
    assert {row[rows[0].index("Pay by")] for row in rows[1:]} == {"Bank transfer", "Voucher"}
    assert "2026-04-01" in {row[rows[0].index("Not before")] for row in rows[1:]}

    for values in (True, False):
        book = openpyxl.load_workbook(io.BytesIO(office.xlsx(sheet)), data_only=values)
        assert book.sheetnames == [LINES, PEOPLE, PROJECTS, README]
        if not values:
            assert book[PEOPLE]["A2"].data_type == "s"
            assert all(
                cell.data_type != "f" for row in book[LINES].iter_rows(max_row=6) for cell in row
            )
            continue
        head = [cell.value for cell in book[LINES][1]]
        column = [row[head.index("Amount (£)")].value for row in book[LINES].iter_rows(min_row=2)]
        assert [round(one * 100) for one in column][-1] == 3680
        assert sum(round(one * 100) for one in column[:-1]) == 3680
        assert round(book[PROJECTS].cell(4, 2).value * 100) == 3680
        what = head.index("What for")
        assert EVIL in [row[what].value for row in book[LINES].iter_rows(min_row=2)]


def test_two_people_of_one_name_are_two_and_only_what_was_promised_goes(pair):
    """Names are no keys; what is only asked for, or was cancelled, is in no file for finance."""
    ruth = pair.ruth
    twin = ruth.people.add_person("Amber Fictional").value.id
    pair.amber.claims.submit([spent("Bus", 480)])
    pair.exchange()
    _taxi, boat, kite = (
        ruth.claims.submit([spent(what, pence)], on_behalf_of=twin).value.id
        for what, pence in (("Taxi", 700), ("Boat", 9900), ("Kite", 1100))
    )
    ruth.payments.deciding.approve_many([one.id for one in ruth.claims.all() if one.id != boat])
    ruth.claims.decide(kite, LedgerKind.REVERSED, reason="A mistake.")
    sheet = ruth.payments.office.sheet([one.id for one in ruth.claims.all()])
    assert sheet.by_person == (("Amber Fictional", 480), ("Amber Fictional", 700))
    assert sheet.total_pence == 1180
    assert len(sheet.rows) == 2
    assert ruth.payments.office.sheet([boat, kite]).rows == ()


def test_a_column_for_tax_year_category_and_who_approved_and_each_is_explained(pair, with_finance):
    office = pair.ruth.payments.office
    march = [spent("Crisps", 250, category="food")]
    april = replace(spent("=Cake", 350, category="public_transport"), on=date(2026, 4, 6))
    pair.clock.set(date(2026, 4, 7))
    more = pair.amber.claims.submit([*march, april]).value.id
    pair.exchange()
    pair.ruth.payments.deciding.approve_many([more])
    fields = ["reference", "amount", "day", "category", "tax_year", "approved_by", "approved_on"]
    headings = ["Ref", "=Value", *(FIELDS[one] for one in fields[2:])]
    layout = office.keep_layout("Trust", fields, headings).value
    sheet = office.sheet([more], layout=layout)
    assert [row[3:] for row in sheet.rows] == [
        ("Food and drink", "2025/26", "Ruth Sampleworth", date(2026, 4, 7)),
        ("Travel by bus, train, tram or taxi", "2026/27", "Ruth Sampleworth", date(2026, 4, 7)),
    ]
    head = next(csv.reader(io.StringIO(office.csv(sheet).decode("utf-8-sig"))))
    assert head[:2] == ["Ref", "'=Value"]
    book = openpyxl.load_workbook(io.BytesIO(office.xlsx(sheet)))
    told = [row[0] for row in book[README].iter_rows(values_only=True) if row[0]]
    for heading in headings:
        assert len([one for one in told if str(one).startswith(f"{heading}: ")]) == 1
    listed = {row[0]: row[1] for row in book[README].iter_rows(values_only=True)}
    assert listed[f"{reference_of(more)} · Amber Fictional"] == 6.0
    assert all(cell.data_type != "f" for row in book[README].iter_rows() for cell in row)
    everything = office.sheet(with_finance)
    assert [pence for *_, pence in everything.claims] == [
        sum(int(row[7]) for row in everything.rows if row[0] == reference)
        for reference, *_ in everything.claims
    ]


def test_columns_are_the_coordinators(pair, with_finance):
    office = pair.ruth.payments.office
    layout = office.keep_layout("Trust", ["amount", "reference"], ["Value", "Your ref"]).value
    again = office.keep_layout("Trust", ["reference", "amount"], ["Your ref", "Value"]).value
    assert again.id == layout.id
    assert office.layouts() == [again]
    rows = list(
        csv.reader(
            io.StringIO(office.csv(office.sheet(with_finance, layout=again)).decode("utf-8-sig"))
        )
    )
    assert rows[0] == ["Your ref", "Value"]
    for fields, headings in (
        ([], []),
        (["reference"], ["Ref"]),
        (["reference", "amount", "amount"], ["A", "B", "C"]),
        (["reference", "amount"], ["A", " "]),
        (["reference", "amount", "bank"], ["A", "B", "C"]),
    ):
        with pytest.raises(InputError):
            office.keep_layout("Other", fields, headings)
    with pytest.raises(NotAllowedError):
        pair.amber.payments.office.sheet(with_finance)


def paid_list(rows: Sequence[Sequence[str]], head: Sequence[str] = ()) -> Table:
    head = head or ("Reference", "Amount paid", "Date paid", "Payment reference")
    return Table(tuple(head), tuple((n, tuple(row)) for n, row in enumerate(rows, start=2)))


def test_every_row_is_what_it_is_and_only_the_equal_ones_are_noted(pair, with_finance):
    office = pair.ruth.payments.office
    first, second, third = (reference_of(one) for one in with_finance)
    own = pair.ruth.claims.submit([spent("Own", 100)]).value
    table = paid_list(
        [
            (first.lower().replace("-", " "), "£22.00", "02/03/2026", "BACS 1"),
            (second, "4.79", "2026-03-02", ""),
            ("PPI-1234-5678-9", "1.00", "", ""),
            ("Wages", "1.00", "", ""),
            (reference_of(own.id), "1.00", "", ""),
            ("", "", "", ""),
        ]
    )
    check = office.check_list(table)
    assert [(one.finding, one.where) for one in check.rows] == [
        (Finding.EQUAL, 2),
        (Finding.AMOUNT_DIFFERS, 3),
        (Finding.UNREADABLE, 4),
        (Finding.UNREADABLE, 5),
        (Finding.NOT_WITH_FINANCE, 6),
        (Finding.MISSING, 0),
    ]
    assert check.rows[-1].reference == third
    office.note_paid(check)
    states = {one.id: one for one in pair.ruth.claims.all()}
    assert states[with_finance[0]].state is C.PAID
    assert states[with_finance[0]].entries[-1].data["reference"] == "BACS 1"
    assert states[with_finance[1]].state is C.BATCHED

    again = office.check_list(table)
    assert again.rows[0].finding is Finding.ALREADY_PAID
    before = pair.ruth.desk.store.digest()
    with pytest.raises(InputError):
        office.note_paid(again)
    with pytest.raises(NotAllowedError):
        office.note_paid(check)
    assert pair.ruth.desk.store.digest() == before


def test_a_reference_twice_in_the_list_is_nobodys_guess(pair, with_finance):
    first = reference_of(with_finance[0])
    table = paid_list([(first, "22", "", ""), (first, "22", "", "")])
    check = pair.ruth.payments.office.check_list(table)
    assert [one.finding for one in check.rows[:2]] == [Finding.TWICE, Finding.TWICE]
    assert check.equal == ()


def test_which_number_is_the_day_is_told_by_the_whole_column_or_said(pair, with_finance):
    office = pair.ruth.payments.office
    first, second, _ = (reference_of(one) for one in with_finance)
    pair.clock.set(date(2026, 7, 1))

    def days(*written: str, **more):
        rows = [(one, pounds, on, "") for (one, pounds), on in zip(owed, written, strict=True)]
        found = office.check_list(paid_list(rows), **more)
        return [one.on for one in found.rows[:2]], found

    owed = ((first, "22.00"), (second, "4.80"))
    read, check = days("03/06/2026", "25/06/2026")
    assert read == [date(2026, 6, 3), date(2026, 6, 25)]
    assert (check.order, check.order_settled) == (DayOrder.DAY_FIRST, True)
    read, check = days("03/06/2026", "03/25/2026")
    assert read == [date(2026, 3, 6), date(2026, 3, 25)]
    assert (check.order, check.order_settled) == (DayOrder.MONTH_FIRST, True)
    read, check = days("03/06/2026", "2026-06-25")
    assert read == [date(2026, 6, 3), date(2026, 6, 25)]
    assert (check.order_settled, check.unsure_day) == (False, "03/06/2026")
    read, check = days("03/06/2026", "2026-06-25", order=DayOrder.MONTH_FIRST)
    assert read == [date(2026, 3, 6), date(2026, 6, 25)]
    read, check = days("05/05/2026", "")
    assert (read, check.unsure_day) == ([date(2026, 5, 5), None], "")
    owed = (*owed, (first, "22.00"))
    read, check = days("25/06/2026", "03/25/2026", "03/06/2026")
    assert read == [date(2026, 6, 25), date(2026, 3, 25)]
    assert "can be two days" in check.rows[2].words


def test_of_two_columns_of_one_heading_none_is_taken(pair, with_finance):
    office = pair.ruth.payments.office
    first = reference_of(with_finance[0])
    for head, row in (
        (("Reference", "Amount", "amount "), (first, "5.00", "22.00")),
        (("Reference", "Amount", "Date", "Date"), (first, "22.00", "", "2026-03-01")),
    ):
        with pytest.raises(InputError) as refused:
            office.check_list(paid_list([row], head=head))
        assert f"More than one column is called “{head[-2]}”." in str(refused.value)
    chosen = {"reference": 0, "amount": 1, "day": 3}
    (row, *_) = office.check_list(paid_list([row], head=head), chosen).rows
    assert (row.finding, row.on) == (Finding.EQUAL, date(2026, 3, 1))


def test_our_own_file_sent_back_is_each_claim_once(pair, with_finance, tmp_path):
    office = pair.ruth.payments.office
    sheet = office.sheet(with_finance)
    assert len(sheet.rows) == 5
    without_lines = office.keep_layout("Two", ["reference", "amount"], ["Our ref", "Paid"]).value
    short = office.sheet(with_finance, layout=without_lines)
    assert len(short.rows) == 5
    columns = {"reference": 0, "amount": 1}
    for name, content, chosen in (
        ("out.csv", office.csv(sheet), None),
        ("out.xlsx", office.xlsx(sheet), None),
        ("short.csv", office.csv(short), columns),
    ):
        (tmp_path / name).write_bytes(content)
        check = office.check_list(office.open_list(tmp_path / name), chosen)
        assert [one.finding for one in check.rows] == [Finding.EQUAL] * 3
        assert sum(one.pence for one in check.rows) == sheet.total_pence
        assert {one.on for one in check.rows} == {None}, (
            "the day of the activity is not that of pay"
        )
    head, first = sheet.headings, sheet.rows[0]
    at, amount = head.index("Line"), head.index("Amount (£)")
    lines = [[str(cell) for cell in row] for row in sheet.rows if row[0] == first[0]]
    for row, other in zip(lines, sheet.rows, strict=False):
        row[amount] = str(int(other[amount]) / 100)
    cut = [*lines[0][:amount], "0.01", *lines[0][amount + 1 :]]
    differs = office.check_list(paid_list([cut, *lines[1:]], head=head))
    assert differs.rows[0].finding is Finding.AMOUNT_DIFFERS
    twice = office.check_list(paid_list([*lines, lines[0]], head=head))
    assert {one.finding for one in twice.rows[: len(lines) + 1]} == {Finding.TWICE}
    assert lines[0][at] == "1"


def test_titles_above_the_headings_are_passed_over(pair, with_finance, tmp_path):
    office = pair.ruth.payments.office
    first = reference_of(with_finance[0])
    head = ["Our reference", "Amount paid", "Date paid"]
    above = [["Payments made in March, April"], [], ["Trust", "made by finance"], head]
    book = openpyxl.Workbook()
    for row in (*above, [first, 22, date(2026, 3, 2)]):
        book.active.append(row)
    book.save(tmp_path / "titled.xlsx")
    text = "\r\n".join(";".join(row) for row in (*above, [first, "22.00", "2/3/2026"]))
    (tmp_path / "titled.csv").write_text(text, encoding="utf-8")
    for name in ("titled.xlsx", "titled.csv"):
        table = office.open_list(tmp_path / name)
        assert table.headings[:3] == tuple(head)
        (row, *_) = office.check_list(table).rows
        assert (row.finding, row.where, row.on) == (Finding.EQUAL, 5, date(2026, 3, 2))
    unnamed = Table(("A title", ""), ((2, ("X", "Y")), (3, (first, "22.00"))))
    assert with_headings(unnamed) == Table(("X", "Y"), ((3, (first, "22.00")),))
    plain = Table(("X", "Y"), ((2, (first, "22.00")),))
    assert with_headings(plain) == plain


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        (("22.00", "03/14/2026"), Finding.UNREADABLE),
        (("22.00", "2027-01-01"), Finding.UNREADABLE),
        (("22.00", "soon"), Finding.UNREADABLE),
        (("-22.00", ""), Finding.UNREADABLE),
        (("twenty", ""), Finding.UNREADABLE),
        (("22.000", ""), Finding.UNREADABLE),
        (("", ""), Finding.UNREADABLE),
        (("£ 22.00", "1st March 2026"), Finding.EQUAL),
        (("0,022.00", ""), Finding.EQUAL),
    ],
)
def test_amounts_and_days_that_cannot_be_read_are_not_noted(pair, with_finance, cells, finding):
    first = reference_of(with_finance[0])
    check = pair.ruth.payments.office.check_list(paid_list([(first, *cells, "")]))
    assert check.rows[0].finding is finding


def test_columns_are_chosen_where_headings_do_not_say(pair, with_finance):
    first = reference_of(with_finance[0])
    office = pair.ruth.payments.office
    table = paid_list([("22.00", first)], head=("A", "B"))
    with pytest.raises(InputError):
        office.check_list(table)
    check = office.check_list(table, {"reference": 1, "amount": 0})
    assert check.rows[0].finding is Finding.EQUAL
    for wrong in ({"reference": 1}, {"reference": 1, "amount": 1}, {"reference": 1, "amount": 9}):
        with pytest.raises(InputError):
            office.check_list(table, wrong)


def test_the_file_that_went_out_comes_back_from_excel_and_from_csv(pair, with_finance, tmp_path):
    """Finance adds nothing: one row a claim, as its own list would be."""
    office = pair.ruth.payments.office
    rows = [("Reference", "Amount", "Date")]
    claims = {one.id: one for one in pair.ruth.claims.all()}
    for claim in with_finance:
        rows.append((reference_of(claim), claims[claim].owed_pence / 100, date(2026, 3, 2)))
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    xlsx = tmp_path / "paid.xlsx"
    book.save(xlsx)
    check = office.check_list(office.open_list(xlsx))
    assert [one.finding for one in check.rows] == [Finding.EQUAL] * 3
    assert {one.on for one in check.rows} == {date(2026, 3, 2)}
    text = "\r\n".join(";".join(str(one) for one in row) for row in rows)
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        file = tmp_path / f"paid-{encoding}.csv"
        file.write_bytes(text.encode(encoding))
        assert len(office.check_list(office.open_list(file)).equal) == 3


def test_files_that_are_no_list_are_refused_and_say_so(pair, tmp_path):
    office = pair.ruth.payments.office
    for name, content, refusal in (
        ("empty.csv", b"", UnreadableError),
        ("one.csv", b"Reference,Amount\r\n", UnreadableError),
        ("binary.csv", bytes(range(256)) * 9, UnreadableError),
        ("quote.csv", b'a,b\r\n"x"y,"2\r\n', UnreadableError),
        ("fake.xlsx", b"PK\x03\x04" + b"x" * 99, UnreadableError),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(refusal) as said:
            office.open_list(tmp_path / name)
        assert name in str(said.value)
    with (tmp_path / "huge.csv").open("wb") as huge:
        huge.truncate(500 * 1024 * 1024)
    began = time.process_time()
    with pytest.raises(UnsupportedError):
        office.open_list(tmp_path / "huge.csv")
    assert time.process_time() - began < 1
    with pytest.raises(InputError):
        office.open_list(Path(tmp_path / "nowhere.csv"))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("06/03/2026", date(2026, 3, 6)),
        ("6.3.26", date(2026, 3, 6)),
        ("6 March 2026", date(2026, 3, 6)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_days_are_read_as_in_britain(written, day):
    assert day_from(written) == day


@pytest.mark.parametrize("written", ["29/02/2027", "13/13/2026", "0/1/2026", "6 Mai 2026", ""])
def test_days_there_are_not_are_refused(written):
    with pytest.raises(InputError):
        day_from(written)


def test_two_thousand_lines_are_written_in_less_than_two_seconds():
    row = (
        *("PPI-0000-0007-1", 1, "Amber Fictional", "A study", "Reading and commenting"),
        *(date(2026, 3, 1), "Income", 2750, "Bank transfer", "", date(2026, 3, 2), 3),
    )
    fields = (
        *("reference", "line", "person", "project", "what", "day", "counts_as", "amount"),
        *("pay_by", "not_before", "approved_on", "batch"),
    )
    sheet = FinanceSheet(
        title="Payments",
        headings=tuple(FIELDS[one] for one in fields),
        fields=fields,
        rows=(row,) * 2000,
        by_person=(("Amber Fictional", 5_500_000),),
        by_project=(("A study", 5_500_000),),
        total_pence=5_500_000,
        notes=("A note.",),
    )
    began = time.process_time()
    whole, text = write_xlsx(sheet), write_csv(sheet)
    assert time.process_time() - began < 2
    book = openpyxl.load_workbook(io.BytesIO(whole), data_only=True, read_only=True)
    last = list(book[LINES].iter_rows(values_only=True))[-1]
    assert last[fields.index("amount")] == 55_000
    assert len(read_csv(text, file_name="a.csv").rows) == 2000


@pytest.mark.slow
@pytest.mark.skipif(not SPREADSHEETS, reason="LibreOffice is not here, or without Calc")
def test_libreoffice_shows_the_totals_that_the_screen_shows(pair, with_finance, tmp_path):
    office = pair.ruth.payments.office
    sheet = office.sheet(with_finance)
    shown = shown_by_libreoffice(office.xlsx(sheet), tmp_path)
    assert list(shown) == sorted([LINES, PEOPLE, PROJECTS, README])
    head, *rows, total = shown[LINES]
    amount, what = head.index("Amount (£)"), head.index("What for")
    assert sum(round(float(row[amount]) * 100) for row in rows) == sheet.total_pence
    assert round(float(total[amount]) * 100) == sheet.total_pence
    assert EVIL in [row[what] for row in rows], "words, and no formula"
    for name, by in ((PEOPLE, sheet.by_person), (PROJECTS, sheet.by_project)):
        told = {row[0]: round(float(row[1]) * 100) for row in shown[name][1:]}
        assert {key: told[key] for key, _ in by} == dict(by)
        assert told["Total"] == sheet.total_pence
