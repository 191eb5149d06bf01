"""A question as its asker sees it: their words, where it stands, what has happened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from mhin_ppi.ui.messages import Tone
from mhin_ppi.ui.theme import theme
from mhin_ppi.ui.widgets.buttons import Kind, button
from mhin_ppi.ui.widgets.cards import Card, Pill
from mhin_ppi.ui.widgets.flow import FlowRow
from mhin_ppi.ui.widgets.labels import WrapLabel
from mhin_ppi.ui.widgets.long_words import beginning, words_of
from mhin_ppi.ui.widgets.words_after import words_after


class QuestionCard(Card):
    """Shows one question; what can be done with it is added with ``add_action``.

    Args:
        words: The question, in its asker's words.
        status: Where it stands, in a word or two.
        tone: How the status is marked.
        icon: The status's icon, or "".
        context: One quiet line: where it was asked, and when.
        quote: The marked words it is about, or "".
        warning: What the marked words touch on, said before they can be read, or "".
        happened: What has happened since, newest first, one sentence each.
        parent: Qt's owner.

    Signals:
        action_wanted: The key of an action added with ``add_action``.
    """

    action_wanted = Signal(str)

    def __init__(
        self,
        words: str,
        *,
        status: str,
        tone: Tone = "accent",
        icon: str = "",
        context: str = "",
        quote: str = "",
        warning: str = "",
        happened: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.words = words
        self.setAccessibleName(beginning(words))
        self.setAccessibleDescription(". ".join(part for part in (status, context) if part))
        self.add(words_of(words))
        if quote:
            self.add(words_after(warning, f"“{quote}”", role="muted"))
        line = QHBoxLayout()
        line.setSpacing(theme().space(2))
        self._context = WrapLabel(context, role="muted")
        line.addWidget(self._context, 1)
        self.pill = Pill(status, tone=tone, icon=icon)
        line.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(line)
        for sentence in happened:
            self.add(WrapLabel(sentence))
        self._actions = FlowRow()
        self._actions.hide()
        self.add(self._actions)

    def add_action(
        self, key: str, words: str, *, icon: str = "", kind: Kind = "secondary"
    ) -> QPushButton:
        """Offer something to do with the question; its accessible name holds the question too."""
        made = button(words, icon=icon, kind=kind, on_press=lambda: self.action_wanted.emit(key))
        made.setAccessibleDescription(beginning(self.words))
        self._actions.add(made)
        self._actions.show()
        return made
