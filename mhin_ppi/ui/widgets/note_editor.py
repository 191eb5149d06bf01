"""Where a note is written: the words marked, one's own words, and who will see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextDocumentFragment
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QWidget
from typing_extensions import override

from mhin_ppi.ui.theme import theme, theme_changes
from mhin_ppi.ui.widgets.buttons import button
from mhin_ppi.ui.widgets.cards import Card
from mhin_ppi.ui.widgets.flow import FlowRow
from mhin_ppi.ui.widgets.form_rows import FormRow
from mhin_ppi.ui.widgets.labels import WrapLabel

LONGEST_QUOTE = 240


@dataclass(frozen=True, slots=True)
class Audience:
    """Who may see a note: a key, the words to choose it by, and a sentence on who that is."""

    key: str
    words: str
    sentence: str


class WritingField(QPlainTextEdit):
    """A field for a few sentences; Tab leaves it, Ctrl+Enter finishes.

    Signals:
        finished: Ctrl+Enter was pressed.
    """

    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._room()
        theme_changes().changed.connect(self._room)

    @override
    def keyPressEvent(self, e: QKeyEvent) -> None:
        enter = e.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and e.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit()
            return
        super().keyPressEvent(e)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        # Some programs offer what was copied as formatted text only: its words are wanted all the
        # same, and nothing but its words.
        if not source.hasText() and source.hasHtml():
            words = QTextDocumentFragment.fromHtml(source.html()).toPlainText()
            self.insertPlainText(words)
            return
        super().insertFromMimeData(source)

    @override
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasHtml() or super().canInsertFromMimeData(source)

    def _room(self) -> None:
        self.setMinimumHeight(theme().px(5))


class NoteEditor(Card):
    """Writes one note, in place.

    Args:
        audiences: Who may see it, the usual one first.
        parent: Qt's owner.

    Signals:
        saved: The text and the key of the audience.
        cancelled: The person has given it up.
        text_changed: The text so far, for keeping it safe while it is written.
    """

    saved = Signal(str, str)
    cancelled = Signal()
    text_changed = Signal(str)

    def __init__(self, audiences: Sequence[Audience], *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._audiences = tuple(audiences)
        self._title = WrapLabel(role="heading")
        self._quote = WrapLabel(role="muted")
        self._field = WritingField()
        self._row = FormRow(self.tr("Your words"), self._field, wide=True)
        self._who = QComboBox()
        for audience in self._audiences:
            self._who.addItem(audience.words, audience.key)
        self._who.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._who.setMinimumContentsLength(12)
        self._sentence = WrapLabel(role="muted")
        self._state = WrapLabel(role="muted")
        self._save = button(self.tr("Save"), icon="check", kind="primary", on_press=self._finish)
        cancel = button(self.tr("Cancel"), on_press=self.cancelled.emit)
        for widget in (
            self._title,
            self._quote,
            self._row,
            FormRow(self.tr("Who can see this"), self._who),
            self._sentence,
            FlowRow(self._save, cancel),
            self._state,
        ):
            self.add(widget)
        self._state.hide()
        self._field.textChanged.connect(self._on_text_changed)
        self._field.finished.connect(self._finish)
        self._who.currentIndexChanged.connect(self._say_who)
        self._say_who()
        self.setFocusProxy(self._field)

    def begin(
        self, title: str, *, quote: str = "", text: str = "", audience: str = "", words: str = ""
    ) -> None:
        """Start on a note, and take the focus.

        Args:
            title: What is being written ("Ask a question").
            quote: The marked words, shown shortened, or "".
            text: What was written before, if it goes on.
            audience: Key of who may see it; the usual one when not given.
            words: What is asked for above the field; "Your words" when not given.
        """
        self._title.setText(title)
        self.setAccessibleName(title)
        short = quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + "…"
        self._quote.setText(f"“{short}”")
        self._quote.setVisible(bool(quote))
        self._field.setPlainText(text)
        self._field.setAccessibleName(words or self.tr("Your words"))
        self._who.setCurrentIndex(max(0, self._who.findData(audience)))
        self._row.set_problem("")
        self.set_state("")
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_low(self) -> None:
        """Keep the field low, so that *Save* is in sight; longer words scroll inside it."""
        self._limit()
        theme_changes().changed.connect(self._limit)

    def _limit(self) -> None:
        self._field.setMaximumHeight(theme().px(5.2))

    def text(self) -> str:
        """Return what has been written."""
        return self._field.toPlainText().strip()

    def audience(self) -> str:
        """Return the key of who may see it."""
        return str(self._who.currentData())

    def set_state(self, words: str) -> None:
        """Say quietly how things stand, such as "Kept on this laptop"."""
        self._state.setText(words)
        self._state.setVisible(bool(words))

    def _on_text_changed(self) -> None:
        if self._row.problem() and self.text():
            self._row.set_problem("")
        self.text_changed.emit(self._field.toPlainText())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _say_who(self) -> None:
        index = self._who.currentIndex()
        sentence = self._audiences[index].sentence if index >= 0 else ""
        self._sentence.setText(sentence)
        self._who.setAccessibleDescription(sentence)

    def _finish(self) -> None:
        if not self.text():
            self._row.set_problem(self.tr("There is nothing here yet. Write a few words first."))
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.saved.emit(self.text(), self.audience())
