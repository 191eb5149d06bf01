"""Rows that are repeated take everything that names them along."""

from __future__ import annotations

import pytest

from mhin_ppi.documents.form_rows import Copy, Moves


def moves() -> Moves:
    """Row 4 stands there three times, row 9 not at all any more."""
    made = Moves()
    made.repeated(4, 3)
    made.repeated(9, 1)
    return made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(C4:C4)", "SUM(C4:C6)"),
        ("SUM($C$2:$C$4)+C5", "SUM($C$2:$C$6)+C7"),
        ("A3*2", "A3*2"),
        ("Other!C5+C5", "Other!C5+C7"),
        ("'An other'!C5+C5", "'An other'!C5+C7"),
        ('IF(C5>0,"see C5",LOG10(2))', 'IF(C7>0,"see C5",LOG10(2))'),
        ("name_4+RATE_2025", "name_4+RATE_2025"),
    ],
)
def test_formulas_follow_their_cells(before, after):
    assert moves().formula(before, own=True) == after


def test_cells_and_blocks_follow_their_rows():
    assert moves().cell("A7:C7") == "A9:C9"
    assert moves().cell("B4") == "B4"
    assert [moves().row(n) for n in (3, 4, 5, 10)] == [3, 4, 7, 12]
    assert not Moves()


@pytest.mark.parametrize(
    ("number", "before", "after"),
    [
        (0, "C4*2", "C4*2"),
        (2, "C4*2", "C6*2"),
        (2, "SUM(A4:C4)", "SUM(A6:C6)"),
        (1, "C4/SUM(C$4:C$4)", "C5/SUM(C$4:C$6)"),
        (2, "SUM(C$4:C4)", "SUM(C$4:C6)"),
        (2, "C4*$D$2+E9", "C6*$D$2+E11"),
    ],
)
def test_a_copy_reckons_with_its_own_cells(number, before, after):
    assert moves().formula(before, own=True, copy=Copy(4, number)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Claim!C5+C5", "Claim!C7+C5"),
        ("SUM('Claim'!$C$4:$C$4)", "SUM('Claim'!$C$4:$C$6)"),
        ("'Old Claim'!C5", "'Old Claim'!C5"),
        ("[1]Claim!C5+'[1]Claim'!C5", "[1]Claim!C5+'[1]Claim'!C5"),
        ('"Claim!C5"', '"Claim!C5"'),
        ("Claim!$A$1:$C$9", "Claim!$A$1:$C$11"),
    ],
)
def test_other_pages_follow_the_cells_of_the_form(before, after):
    assert moves().formula(before, own=False, title="Claim") == after
