"""A person's words, however many: the beginning at once, all of them on wish.

A label has every line laid out before it is shown. A hundred thousand characters in labels would
hold the window up, so that longer words open in a field that lays out only what is in view.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from mhin_ppi.domain.harmless import harmless
from mhin_ppi.ui.theme import theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button, reword
from mhin_ppi.ui.widgets.flow import FlowRow
from mhin_ppi.ui.widgets.labels import WrapLabel

SHOWN_FIRST = 1_500
"""Characters: about a page at the usual size."""
_MORE = 500
"""Fewer than this beyond the first are shown at once: a button for two lines helps nobody."""
_LINES = 18


def words_of(text: str, *, role: str = "") -> QWidget:
    """Return a widget with a person's words, which can be copied."""
    if len(text) <= SHOWN_FIRST + _MORE:
        return WrapLabel(text, role=role, copyable=True)
    return LongWords(text, role=role)


def beginning(text: str) -> str:
    """Return the first of long words, cut between two of them, with "…"; short ones whole."""
    if len(text) <= SHOWN_FIRST + _MORE:
        return text
    cut = text[:SHOWN_FIRST]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[-_MORE:] else cut}…"


class LongWords(QWidget):
    """The beginning of long words, and a button that opens all of them in place.

    Args:
        text: The words.
        role: The label's role, as in the style sheet.
    """

    def __init__(self, text: str, *, role: str = "") -> None:
        super().__init__()
        self._text = text
        self.first = WrapLabel(beginning(text), role=role, copyable=True)
        self.all: QPlainTextEdit | None = None
        self._more_words = f"Show all {len(text):,} characters"
        self.toggle = button(self._more_words, icon="chevron-down", kind="quiet")
        self.toggle.clicked.connect(self._turn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.first)
        self._column.addWidget(FlowRow(self.toggle))
        theme_changes().changed.connect(self._space)

    def _turn(self) -> None:
        open_now = self.all is None or self.all.isHidden()
        if self.all is None:
            self.all = self._field()
            self._column.insertWidget(1, self.all)
            self._space()
        self.all.setVisible(open_now)
        self.first.setVisible(not open_now)
        reword(self.toggle, "Show less" if open_now else self._more_words)

    def _field(self) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setAccessibleName("All of the words")
        field.setFrameShape(QFrame.Shape.NoFrame)
        field.viewport().setBackgroundRole(QPalette.ColorRole.NoRole)
        field.setPlainText(harmless(self._text))
        return field

    def _space(self) -> None:
        if self.all is not None:
            self.all.setFixedHeight(self.all.fontMetrics().lineSpacing() * _LINES + theme().px(1))
