"""Rows that are repeated take everything that names them along."""

from __future__ import annotations

import pytest

from mhin_ppi.documents.form_rows import Moves


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
    assert moves().formula(before) == after


def test_cells_and_blocks_follow_their_rows():
    assert moves().cell("A7:C7") == "A9:C9"
    assert moves().cell("B4") == "B4"
    assert [moves().row(n) for n in (3, 4, 5, 10)] == [3, 4, 7, 12]
    assert not Moves()
