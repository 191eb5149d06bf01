"""The answer sheet: open questions for a team without the app, to be filled in and read back in.

Each question carries a code, so that rows may be moved, deleted or sent back in parts. What was
filled in comes back as plain text; nothing in it is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .british import MONTHS
from .questions import QuestionId
from .responses import DECISION_WORDS, Decision

CODE, NUMBER, ASKED, PASSAGE, FROM = (
    *("Code", "Number", "What was asked", "The words it is about", "Asked by"),
)
DECISION, ANSWER, REASON, DECIDED_BY, DECIDED_ON = (
    *("Decision", "Answer", "Reason", "Who decided", "Date"),
)
GIVEN = (NUMBER, ASKED, PASSAGE, FROM)
"""What a row tells the team, in order."""
TO_FILL = (DECISION, ANSWER, REASON, DECIDED_BY, DECIDED_ON)
"""What the team fills in, in order."""
CHOOSE = "Choose one"
"""What stands in a list where nothing has been chosen."""
DECISIONS = tuple(DECISION_WORDS.values())

HOW_TO: tuple[str, ...] = (
    "Each question was asked by somebody on the advisory board. Answer in plain words: the person "
    "who asked will read them.",
    "Decision: choose one of “Will change”, “Already covered”, “Will not change” or “Needs "
    "discussion”. “Will not change” needs a reason.",
    "Who decided and Date may be left empty: then it is your team, on the day this is read in.",
    "Rows may be moved or deleted, and those that you cannot answer yet may be left empty. Leave "
    "the code as it is: it says which question an answer belongs to.",
    "Send the file back to the coordinator when you have filled in what you can.",
)
"""How a sheet is filled in, one sentence or two to a paragraph."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One open question.

    Args:
        code: See :func:`code_of`.
        number: Its place in the sheet, from 1.
        asked: The words of the person who asked.
        passage: The words it is about, and where they stand; or "".
        asked_by: Their name as they chose it.
    """

    code: str
    number: int
    asked: str
    passage: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class AnswerSheet:
    """What goes to a team.

    Args:
        title: What it is about ("Protocol", a project's title).
        board: Which board asks.
        made_on: The day.
        rows: The open questions.
    """

    title: str
    board: str
    made_on: date
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row as it came back, all of it text from a foreign file.

    Args:
        where: Where it stands in the file ("row 5").
        code: The question's code, as written.
        asked: The question's words, as they stand in the file.
        decision: As written.
        answer: As written.
        reason: As written.
        decided_by: As written.
        decided_on: As written; a date cell comes as ``YYYY-MM-DD``.
    """

    where: str
    code: str = ""
    asked: str = ""
    decision: str = ""
    answer: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_on: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return not any((self.decision, self.answer, self.reason, self.decided_by, self.decided_on))


FIELDS: Mapping[str, str] = {
    CODE: "code",
    ASKED: "asked",
    DECISION: "decision",
    ANSWER: "answer",
    REASON: "reason",
    DECIDED_BY: "decided_by",
    DECIDED_ON: "decided_on",
}
"""Which field of a filled row each heading stands for."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CODE_DIGITS = 12
_NOT_HEX = re.compile(r"[^0-9A-F]")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_FIGURES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_IN_WORDS = re.compile(
    r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})", re.ASCII
)


def code_of(question: QuestionId) -> str:
    """Return a question's code: the first 48 bits of its id, in three groups.

    >>> from uuid import UUID
    >>> code_of(QuestionId(UUID("7f3a2c1d-90be-4000-8000-000000000000")))
    '7F3A-2C1D-90BE'
    """
    digits = question.hex[:_CODE_DIGITS].upper()
    return "-".join(digits[at : at + 4] for at in range(0, _CODE_DIGITS, 4))


def code_from(written: str) -> str:
    """Return a code as :func:`code_of` gives it, or "" when it is none.

    >>> code_from(" 7f3a 2c1d-90be "), code_from("7F3A")
    ('7F3A-2C1D-90BE', '')
    """
    digits = _NOT_HEX.sub("", written.upper())
    plain = re.sub(r"[\s‐-―-]", "", written.upper())
    if digits != plain or len(digits) != _CODE_DIGITS:
        return ""
    return "-".join(digits[at : at + 4] for at in range(0, _CODE_DIGITS, 4))


def decision_from(written: str) -> Decision | None:
    """Return the decision whose words these are, or ``None``; case and spaces do not matter.

    >>> decision_from(" will not  change."), decision_from("perhaps")
    (<Decision.WILL_NOT_CHANGE: 'will_not_change'>, None)
    """
    said = " ".join(written.casefold().split()).rstrip(".")
    return next((d for d, words in DECISION_WORDS.items() if words.casefold() == said), None)


def day_from(written: str) -> date | None:
    """Return the day somebody wrote, day before month as in Britain, or ``None`` when unsure.

    >>> day_from("3/4/2026"), day_from("Tue 3rd March 2026"), day_from("3/4/26")
    (datetime.date(2026, 4, 3), datetime.date(2026, 3, 3), None)
    """
    words = " ".join(written.split())
    if found := _ISO.fullmatch(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _FIGURES.fullmatch(words):
        day, month, year = (int(part) for part in found.groups())
    elif found := _IN_WORDS.fullmatch(words):
        names = [name for name in MONTHS if name.casefold().startswith(found[2].casefold())]
        if len(names) != 1:
            return None
        day, month, year = int(found[1]), MONTHS.index(names[0]) + 1, int(found[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def harmless(words: str) -> str:
    """Return words that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("Why?")
    ("'=1+1", 'Why?')
    """
    return f"'{words}" if words.startswith(_FORMULA_STARTS) else words
