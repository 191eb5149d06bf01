"""A hard word for the board's list, new or explained better."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from ...domain.words import Word
from ...services.boards import Services
from ..tasks import Tasks
from .form import Form, WordsBox


class WordForm(Form):
    """A word, what it means, and what the board would say instead.

    Args:
        services: The open board.
        tasks: Runs the saving.
        word: The word to explain better; ``None`` for a new one.
        term: What a new word is at first, such as the words that are marked.
        instead: What could stand in its place, where that is known.
    """

    def __init__(
        self,
        services: Services,
        tasks: Tasks,
        *,
        word: Word | None = None,
        term: str = "",
        instead: str = "",
    ) -> None:
        super().__init__(f"“{word.term}”" if word else "Add a word", tasks=tasks)
        self._services, self._word = services, word
        self.term = QLineEdit(" ".join(term.split()))
        self.meaning = WordsBox(lines=2, text=word.meaning if word else "")
        self.instead = QLineEdit(word.instead if word else instead)
        if word is None:
            self.ask("The hard word", self.term)
        self.ask("What it means", self.meaning)
        self.ask("What the board would say", self.instead, help_text="Only if there is one.")

    def save(self) -> None:
        """Put it on the list, or change it there."""
        word, term = self._word, self.term.text()
        meaning, instead = self.meaning.words(), self.instead.text()
        words = self._services.words
        if word is None:
            self.run(lambda: words.propose(term, meaning=meaning, instead=instead))
        else:
            self.run(lambda: words.change(word.id, meaning=meaning, instead=instead))

    def focus_first(self) -> None:
        """Put the focus where something is still to be written."""
        if self._word is None and self.term.text():
            self.meaning.setFocus()
        else:
            super().focus_first()
