"""Certain questions, wanted on the page of questions: those behind a number."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ...domain.charts import Bar
from ...domain.questions import QuestionId
from ..widgets.buttons import button
from ..widgets.labels import WrapLabel


@dataclass(frozen=True, slots=True)
class TheseQuestions:
    """What ``Place.QUESTIONS`` may be opened with to show certain questions only.

    Args:
        words: What they are, in words for the person.
        ids: Of the questions, as text; other records among them are passed over.
    """

    words: str
    ids: frozenset[str]

    def holds(self, question: QuestionId) -> bool:
        """Return whether a question is one of them."""
        return str(question) in self.ids


def behind(bar: Bar, *, title: str) -> TheseQuestions:
    """Return the questions behind a bar or a cell of a chart."""
    return TheseQuestions(f"{bar.label} ({title})", frozenset(bar.record_ids))


class OnlyThese(QWidget):
    """Says which questions are shown, while it is not all of them.

    Signals:
        dropped: The person wants to see all again.
    """

    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.these: TheseQuestions | None = None
        self._words = WrapLabel("", role="strong")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(button("Not only these", icon="x", on_press=self.dropped.emit))
        self.hide()

    def show_these(self, these: TheseQuestions | None) -> None:
        """Say what is shown; ``None`` for all."""
        self.these = these
        self._words.setText(these.words if these else "")
        self.setVisible(these is not None)
