"""Words of a draft behind what they touch on: a person opens them, or passes over them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mhin_ppi.ui.theme import theme
from mhin_ppi.ui.widgets.buttons import button
from mhin_ppi.ui.widgets.labels import WrapLabel
from mhin_ppi.ui.widgets.long_words import words_of

READ_WORDS = "Read it"


class WordsAfter(QWidget):
    """What some words touch on, and a button that shows the words in its place.

    Args:
        warning: What they touch on, a sentence.
        words: The words.
        role: The role of their label, as in the style sheet.
    """

    def __init__(self, warning: str, words: str, *, role: str = "") -> None:
        super().__init__()
        self.words, self._role = words, role
        self._shown: QWidget | None = None
        self.warning = WrapLabel(warning)
        self.read_button = button(READ_WORDS, icon="eye", kind="quiet", on_press=self.read)
        self.read_button.setAccessibleDescription(warning)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().space(1))
        self._column.addWidget(self.warning)
        self._column.addWidget(self.read_button, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def is_open(self) -> bool:
        """Whether the words are shown."""
        return self._shown is not None

    @property
    def is_read_now(self) -> bool:
        """Whether the words have the focus."""
        return self._shown is not None and self._shown.hasFocus()

    def read(self, *, focus: bool = True) -> None:
        """Show the words; what they touch on stays above them.

        Args:
            focus: Whether the keyboard and a screen reader go there.
        """
        if self._shown is None:
            self._shown = words_of(self.words, role=self._role)
            self._shown.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._column.addWidget(self._shown)
            self._shown.show()
        if focus:
            self._shown.setFocus(Qt.FocusReason.OtherFocusReason)
        self.read_button.hide()


def words_after(warning: str, words: str, *, role: str = "") -> QWidget:
    """Return a widget with words, behind what they touch on where something is said of that."""
    return WordsAfter(warning, words, role=role) if warning else words_of(words, role=role)
