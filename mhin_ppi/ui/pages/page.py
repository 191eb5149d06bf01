"""What every page is: a place in the window that joins part of the board to services."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ..tasks import Tasks

if TYPE_CHECKING:
    from ...services.boards import Services
    from ...services.outcome import Outcome


class Place(StrEnum):
    """Every page a person can be at."""

    HOME = "home"
    TO_READ = "to_read"
    READING = "reading"
    MY_QUESTIONS = "my_questions"
    STORY = "story"
    THEME = "theme"
    QUESTIONS = "questions"
    CODES = "codes"
    IMPACT = "impact"
    PICTURES = "pictures"
    TIME = "time"
    MEETINGS = "meetings"
    MEETING = "meeting"
    SHARED_SCREEN = "shared_screen"
    REFLECTIONS = "reflections"
    PEOPLE = "people"
    REPORTS = "reports"
    HELP = "help"
    BREAK = "break"
    LOOK = "look"
    SETTINGS = "settings"
    COMPARE = "compare"
    SEARCH = "search"
    OWED = "owed"
    PRIVATE = "private"
    BUDGETS = "budgets"
    PAYMENTS = "payments"
    RATES = "rates"


class Page(QWidget):
    """One page of the window.

    A page holds services and joins widgets to them. It is made once, the first time it is wanted,
    and told each time it is shown. It never calls another page: it asks the window to go there.

    Signals:
        go: (Place, argument) the person wants to be somewhere else; the argument is an id or None.
        said: (str) a short sentence for the status line and for screen readers ("Saved").
        back: the person wants to be where they were before.
    """

    place: ClassVar[Place]
    shows: ClassVar[frozenset[str]] = frozenset()
    """Nouns whose change makes this page reload (names of ``domain.facts.NOUNS``, or "claim")."""
    alone: ClassVar[bool] = False
    """Whether nothing else of the window is shown beside it: no menu, no status line."""

    go = Signal(object, object)
    said = Signal(str)
    back = Signal()

    def __init__(self, services: Services, tasks: Tasks) -> None:
        super().__init__()
        self.services = services
        self.tasks = tasks

    def open_at(self, argument: object | None) -> None:
        """Show the page, for a certain record where there is one; reads what it shows."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again what is shown, keeping the person's place."""
        raise NotImplementedError

    def board_changed(self, outcome: Outcome[object]) -> None:
        """Reload if something that this page shows has changed."""
        if any(outcome.touches(noun) for noun in self.shows):
            self.reload()

    def leave(self) -> None:
        """The window goes elsewhere or locks: keep unfinished words and the place."""
