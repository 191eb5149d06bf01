"""What a draft on paper says, as plain values: no screen, no page, no file.

``services/paper.py`` gathers these from the board; ``reports/paper_draft.py`` sets them on pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .blocks import DraftText
from .catalogue_entries import SupportContacts

SLIPS = 5
"""Reply slips printed: more can be copied."""


@dataclass(frozen=True, slots=True)
class PassageNote:
    """What one part of the draft touches on, said before that part.

    Args:
        words: What it touches on.
        first: Index of the block in which the part begins.
        last: Index of the block in which it ends.
    """

    words: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """One draft version, to be read and answered on paper.

    Args:
        title: What the draft is called.
        version: Its number.
        project: The title of its project.
        board_name: Whose board.
        coordinator: Who coordinates ("Ruth Ash, the coordinator").
        draft: The text, with its pictures.
        contacts: Who to turn to.
        made_on: The day it was made.
        due_on: By when replies are wanted; ``None`` when there is no hurry, or nobody was asked.
        minutes: About how long it takes; 0 when nobody has said.
        content_note: What the draft touches on, or "".
        passage_notes: What parts of it touch on.
        guiding_questions: What the team would most like to hear about.
        large_print: Letters of 18 points instead of 12.
        slips: How many reply slips.
    """

    title: str
    version: int
    project: str
    board_name: str
    coordinator: str
    draft: DraftText
    contacts: SupportContacts
    made_on: date
    due_on: date | None = None
    minutes: int = 0
    content_note: str = ""
    passage_notes: tuple[PassageNote, ...] = ()
    guiding_questions: tuple[str, ...] = ()
    large_print: bool = False
    slips: int = SLIPS
