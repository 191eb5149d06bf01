"""One part of a meeting's page: what it shows, and room in it for its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ...services.boards import Services
from ..tasks import Tasks
from ..widgets.cards import Card
from .form import Form
from .framed_page import Column
from .meeting_facts import MeetingFacts


class MeetingPlace(Protocol):
    """What of a meeting's page its parts need."""

    services: Services
    tasks: Tasks

    def say(self, words: str) -> None:
        """Say something short in the status line and to screen readers."""

    def form_open(self, form: Form | None) -> None:
        """A form has been opened in a part, or closed."""

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll to a widget."""


class MeetingSection(Card):
    """Base of the parts.

    Args:
        page: The page it stands on.
        words: Its heading.
    """

    def __init__(self, page: MeetingPlace, words: str) -> None:
        super().__init__(words)
        self.page = page
        self.facts: MeetingFacts | None = None
        self.body, self.slot = Column(), Column()
        self.add(self.body)
        self.add(self.slot)

    def take(self, facts: MeetingFacts) -> None:
        """Show these facts; a form that is open stays."""
        self.facts = facts
        self.show_facts(facts)

    def show_facts(self, facts: MeetingFacts) -> None:
        """Show what this part is about."""
        raise NotImplementedError

    def open_form(self, form: Form, *, said: str = "Saved.") -> None:
        """Open a form in this part, in place of one that was open."""
        opener = QApplication.focusWidget()

        def close() -> None:
            self.slot.clear()
            self.page.form_open(None)
            if opener is not None and opener.isVisibleTo(self):
                opener.setFocus()

        def saved(_: object) -> None:
            close()
            self.page.say(said)

        form.saved.connect(saved)
        form.cancelled.connect(close)
        self.slot.show_only(form)
        self.page.form_open(form)
        form.focus_first()
        # After the layout has made room for it.
        QTimer.singleShot(0, form, lambda: self.page.bring_into_view(form))

    def act(self, work: Callable[[], object], *, said: str) -> None:
        """Do something at once, and say quietly that it is done."""
        self.page.tasks.run(work, owner=self, on_done=lambda _: self.page.say(said))
