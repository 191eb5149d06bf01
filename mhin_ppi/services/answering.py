"""Everything that sees to it that nobody is left without an answer, built for one open board."""

from __future__ import annotations

from dataclasses import dataclass

from .answer_sheets import AnswerSheets
from .chasers import Chasers
from .desk import Desk
from .feedback_debt import FeedbackDebt
from .feeding_back import FeedingBack
from .file_ports import SheetFiles


@dataclass(frozen=True)
class Answering:
    """Who is owed what, reminders, the team's answer sheets, and telling many at once."""

    debt: FeedbackDebt
    chasers: Chasers
    sheets: AnswerSheets
    telling: FeedingBack


def answering(desk: Desk, sheets: SheetFiles) -> Answering:
    """Return these services for an open board.

    Args:
        desk: The open board.
        sheets: Writes and reads answer sheets.
    """
    return Answering(
        debt=FeedbackDebt(desk),
        chasers=Chasers(desk),
        sheets=AnswerSheets(desk, sheets),
        telling=FeedingBack(desk),
    )
