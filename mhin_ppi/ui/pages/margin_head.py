"""The line over the notes: how many there are, and what can be done with all of them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ..messages import announce
from ..theme import set_role, theme, theme_changes
from ..widgets.buttons import button, icon_button
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel
from .words_for import count_words


class MarginHead(QWidget):
    """How many notes are shown of how many, with the buttons *Filter*, *All notes*, undo and redo.

    Its buttons are for the page to join to something.
    """

    def __init__(self) -> None:
        super().__init__()
        self._count = WrapLabel(role="muted")
        self._said = ""
        self.filter_button = button("Filter", icon="search", kind="quiet")
        self.filter_button.setCheckable(True)
        self.filter_button.setToolTip("Ctrl+Shift+F")
        self.list_button = button("All notes", icon="list", kind="quiet")
        self.list_button.setToolTip("Ctrl+Shift+N")
        self.undo_button = icon_button("Undo", icon="undo-2")
        self.undo_button.setToolTip("Undo (Ctrl+Z)")
        self.redo_button = icon_button("Do it again", icon="redo-2")
        self.redo_button.setToolTip("Do it again (Ctrl+Shift+Z)")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        buttons = (self.filter_button, self.list_button, self.undo_button, self.redo_button)
        self._column.addWidget(FlowRow(*buttons))
        self._column.addWidget(self._count)
        self._space()
        theme_changes().changed.connect(self._space)

    def say_count(self, shown: int, *, of: int, resolved: int) -> None:
        """Say how many notes are shown of how many, and how many of all are resolved."""
        notes = count_words(of, "note")
        words = f"{notes} on this draft" if shown == of else f"{shown:,} of {notes} shown"
        if resolved:
            words += f" · {resolved:,} resolved"
        self._count.setText(words)
        set_role(self._count, "muted" if shown == of else "strong")
        self._said = words

    def announce_count(self) -> None:
        """Have screen readers say how many notes are shown."""
        announce(self, self._said)

    def say_steps(self, *, can_undo: bool, can_redo: bool) -> None:
        """Offer undo and redo where there is something to undo or to do again."""
        self.undo_button.setEnabled(can_undo)
        self.redo_button.setEnabled(can_redo)

    def _space(self) -> None:
        self._column.setSpacing(theme().space(1))
