"""The words that reports use for what the board counts, and what every report says of itself."""

from __future__ import annotations

from collections.abc import Collection

from ..domain.claims import LedgerKind
from ..domain.people import PersonId

FEWEST_PEOPLE = 5
"""Counts of people below this are not shown (``PRODUCT.md``, Small numbers)."""

LEDGER_WORDS = {
    LedgerKind.PAID: "Paid",
    LedgerKind.FAILED: "Came back from the bank",
    LedgerKind.REVERSED: "Taken back by a correction",
}


NOT_QUOTED = "(This person asked not to be quoted.)"
HIDDEN = "(Shared with the coordinator only.)"
LIMITS = (
    "These numbers count what was written in the log. They do not measure what a person is worth, "
    "and nobody is ranked by them.",
    "A change that follows a question is not always caused by it; each line says how sure we are.",
    "Learning by researchers counts, even where no text changed.",
)
SOURCES = (
    "GRIPP2 reporting checklists, Staniszewska and others 2017, doi:10.1186/s40900-017-0062-2.",
    "Reasons for decisions: Slade and others 2010, doi:10.1186/1472-6963-10-323.",
    "Kinds of feedback: Mathie and others 2018, doi:10.1111/hex.12684.",
)


def people_words(people: Collection[PersonId]) -> str:
    """Return how many people there were, unless so few that they could be told apart."""
    if not people:
        return "Nobody has recorded time yet"
    if len(people) < FEWEST_PEOPLE:
        return f"fewer than {FEWEST_PEOPLE} people"
    return f"{len(people)} people"
