"""The table in finance's list: where its headings are, and which column holds what."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..errors import InputError
from .claim_reference import parse_reference

REFERENCE, AMOUNT, DAY, NUMBER, LINE = "reference", "amount", "day", "number", "line"
COLUMN_WORDS: Mapping[str, str] = {
    REFERENCE: "Our reference",
    AMOUNT: "What was paid",
    DAY: "The day it was paid",
    NUMBER: "Finance's own number",
    LINE: "The line of the claim",
}
_OWN_DAY = "date"
"""What our own file calls the day of the activity: there it is not the day of the payment."""
_GUESSES: Mapping[str, tuple[str, ...]] = {
    REFERENCE: ("reference", "our reference", "claim reference", "claim", "ref", "your ref"),
    AMOUNT: ("amount paid", "paid", "amount", "amount (£)", "net", "total", "value"),
    DAY: ("date paid", "paid on", "payment date", _OWN_DAY, "value date"),
    NUMBER: ("payment reference", "payment number", "bacs reference", "remittance", "document"),
    LINE: ("line", "claim line"),
}
_LOOKED_THROUGH = 30
"""Rows among which the headings are looked for."""
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Table:
    """A table from a file, as text.

    Args:
        headings: Of its columns.
        rows: Row number in the file, and a text for each column.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def with_headings(table: Table) -> Table:
    """Return a table that begins with its headings: titles and notes above them are left out.

    The headings are the first row that names our reference and an amount; else the first that
    names one of the two; else the last row of several words before the first reference.
    """
    above = [table.headings, *(cells for _, cells in table.rows[:_LOOKED_THROUGH])]
    named = [len({REFERENCE, AMOUNT} & _named(cells).keys()) for cells in above]
    best = max(named)
    at = named.index(best) if best else _before_references(above)
    if at == 0:
        return table
    return Table(tuple(one.strip() for one in above[at]), table.rows[at:])


def guess_columns(headings: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, as far as the headings say so plainly.

    Of two columns with one heading neither is taken (see :func:`unsure_columns`).
    """
    named = _named(headings)
    return {name: at[0] for name, at in named.items() if len(at) == 1}


def unsure_columns(headings: Sequence[str]) -> dict[str, str]:
    """Return what two or more columns might hold, and the heading that they share."""
    named = _named(headings)
    return {name: headings[at[0]].strip() for name, at in named.items() if len(at) > 1}


def column_names(headings: Sequence[str]) -> list[str]:
    """Return what to call the columns: by their headings, and by their place where two share one.

    >>> column_names(["Date", "Date", "", "Amount"])
    ['Date (column A)', 'Date (column B)', 'Column C', 'Amount']
    """
    plain = [one.strip().casefold() for one in headings]
    found = []
    for at, heading in enumerate(headings):
        letter = (chr(ord("A") + at // _LETTERS - 1) if at >= _LETTERS else "") + chr(
            ord("A") + at % _LETTERS
        )
        if not plain[at]:
            found.append(f"Column {letter}")
        elif plain.count(plain[at]) > 1:
            found.append(f"{heading.strip()} (column {letter})")
        else:
            found.append(heading)
    return found


def check_columns(columns: Mapping[str, int], headings: Sequence[str]) -> None:
    """Refuse a choice of columns by which nothing can be matched.

    Raises:
        InputError: No column for the reference or the amount, one that is not there, or one twice.
    """
    for name in (REFERENCE, AMOUNT):
        if name not in columns:
            raise InputError(
                f"It is not said which column holds “{COLUMN_WORDS[name].lower()}”.",
                what_is_safe="Nothing was noted.",
                next_step="Choose the column, then check the list again.",
            )
    if any(not 0 <= at < len(headings) for at in columns.values()):
        raise InputError("A column is not in this list.", next_step="Choose the columns again.")
    if len(set(columns.values())) != len(columns):
        raise InputError(
            "One column is chosen for two things.", next_step="Choose another for one of them."
        )


def check_sure(headings: Sequence[str], *, chosen: Collection[str] = ()) -> None:
    """Refuse to guess between columns of one heading.

    Args:
        headings: Of the columns.
        chosen: What somebody has chosen a column for.

    Raises:
        InputError: Two columns might hold the same thing.
    """
    for name, heading in unsure_columns(headings).items():
        if name not in chosen:
            raise InputError(
                f"More than one column is called “{heading}”.",
                what_is_safe="Nothing was noted.",
                next_step=f"Choose the one that holds “{COLUMN_WORDS[name].lower()}”.",
            )


def _named(headings: Sequence[str]) -> dict[str, list[int]]:
    """Return for each thing the columns whose heading names it, most plainly named first."""
    plain = [one.strip().casefold() for one in headings]
    own = any(one in plain for one in _GUESSES[LINE])
    found: dict[str, list[int]] = {}
    taken: set[int] = set()
    for name, guesses in _GUESSES.items():
        wanted = [one for one in guesses if not (own and name == DAY and one == _OWN_DAY)]
        guess = next((one for one in wanted if one in plain), None)
        at = [place for place, one in enumerate(plain) if one == guess]
        if at and taken.isdisjoint(at):
            found[name] = at
            taken.update(at)
    return found


def _before_references(above: Sequence[Sequence[str]]) -> int:
    """Return the place of the last row of several words before the first reference; else 0."""
    at = 0
    for place, cells in enumerate(above):
        if any(map(_is_reference, cells)):
            return at
        if sum(bool(one.strip()) for one in cells) > 1:
            at = place
    return 0


def _is_reference(cell: str) -> bool:
    try:
        parse_reference(cell)
    except InputError:
        return False
    return True
