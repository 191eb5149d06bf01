"""Choosing a long password: plain guidance, typed twice."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..theme import theme
from ..widgets.form_rows import FormRow, PasswordField

GUIDANCE = (
    "Four or more words that do not belong together make a good one: long, and easy to remember. "
    "Spaces are fine."
)
LEAST_CHARACTERS = 12


class NewPassword(QWidget):
    """Two fields for one new password."""

    def __init__(self) -> None:
        super().__init__()
        self._first, self._second = PasswordField(), PasswordField()
        self.first_row = FormRow("A long password", self._first, help_text=GUIDANCE)
        self.second_row = FormRow("The same again", self._second)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(3))
        column.addWidget(self.first_row)
        column.addWidget(self.second_row)
        self.setFocusProxy(self._first)
        self.return_pressed = self._second.return_pressed

    def text(self) -> str:
        """Return the password."""
        return self._first.text()

    def type(self, password: str, again: str) -> None:
        """Fill both fields."""
        self._first.set_text(password)
        self._second.set_text(again)

    def clear(self) -> None:
        """Empty both fields."""
        self._first.clear()
        self._second.clear()

    def is_good(self) -> bool:
        """Return whether both are the same and long enough; say beside the field if not."""
        short = len(self._first.text()) < LEAST_CHARACTERS
        self.first_row.set_problem(
            f"This is short. Use at least {LEAST_CHARACTERS} characters." if short else ""
        )
        differs = not short and self._first.text() != self._second.text()
        self.second_row.set_problem(
            "The two are not the same. Type the password again." if differs else ""
        )
        if short:
            self._first.setFocus()
        elif differs:
            self._second.setFocus()
        return not short and not differs
