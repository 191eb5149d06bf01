"""Naming similar questions."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from ...domain.register import Theme
from ...services.boards import Services
from ...services.themes import LONGEST_TITLE
from ..tasks import Tasks
from .form import Form


class ThemeNameForm(Form):
    """Another name for similar questions.

    Args:
        services: The open board.
        tasks: Runs the saving.
        theme: Which.
    """

    def __init__(self, services: Services, tasks: Tasks, theme: Theme) -> None:
        super().__init__("What they have in common", tasks=tasks)
        self._services, self._theme = services, theme
        self.title = QLineEdit(theme.title)
        self.title.setMaxLength(LONGEST_TITLE)
        self.row = self.ask(
            "What they have in common",
            self.title,
            help_text="A few words. Everyone on the board can read them.",
        )

    def save(self) -> None:
        """Record the name."""
        title, theme = self.title.text().strip(), self._theme.id
        self.row.set_problem("" if title else "Write a few words.")
        if title:
            self.run(lambda: self._services.themes.rename(theme, title=title))
