"""Finds words in the reader, those in folded parts too, and goes from one place to the next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QWidget,
)
from typing_extensions import override

from mhin_ppi.ui.messages import announce
from mhin_ppi.ui.theme import set_role
from mhin_ppi.ui.widgets.buttons import button, icon_button
from mhin_ppi.ui.widgets.folds import Fold
from mhin_ppi.ui.widgets.reader import ReaderView


class FindBar(QWidget):
    """Finds words in the reader and goes from one place to the next.

    Args:
        reader: Where to look.
        parent: Qt's owner.
    """

    def __init__(self, reader: ReaderView, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._found: list[tuple[int, int]] = []
        self._places = 0
        self._at = -1
        self._field = QLineEdit()
        self._field.setAccessibleName(self.tr("Find words in this draft"))
        self._field.setPlaceholderText(self.tr("Find words"))
        self._field.textChanged.connect(self._look)
        self._field.returnPressed.connect(lambda: self.step(1))
        self._count = QLabel()
        set_role(self._count, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field, 1)
        row.addWidget(self._count)
        self._open_part = button(self.tr("Open that part"), on_press=self._open_folded)
        self._open_part.hide()
        row.addWidget(self._open_part)
        for words, icon, by in (
            (self.tr("The place before"), "chevron-up", -1),
            (self.tr("The next place"), "chevron-down", 1),
        ):
            row.addWidget(icon_button(words, icon=icon, on_press=_Stepping(self, by)))
        row.addWidget(icon_button(self.tr("Close find"), icon="x", on_press=self.shut))
        self.setFocusProxy(self._field)
        self.hide()

    def open(self) -> None:
        """Show it and take the focus."""
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._look(self._field.text())

    def shut(self) -> None:
        """Hide it, take its marks away and give the focus back to the text."""
        self._reader.find_all("")
        self.hide()
        self._reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """Go to the next (1) or the one before (-1), around the ends."""
        if self._places:
            self._at = (self._at + by) % self._places
            self._reader.show_found(self._at)
            self._say()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
            return
        super().keyPressEvent(event)

    def _look(self, words: str) -> None:
        # One letter is found nearly everywhere; that would tell nobody anything.
        self._found = self._reader.find_all(words if len(words.strip()) > 1 else "")
        self._places = len(self._found)
        self._at = -1
        self._say()

    def _say(self) -> None:
        if len(self._field.text().strip()) < 2:
            words = ""
        elif not self._places:
            words = self.tr("Not found")
        elif self._at < 0:
            words = self._found_words()
        else:
            words = self.tr("{0} of {1}").format(self._at + 1, self._places)
            if self._folded_here() is not None:
                words = self.tr("{0}, in a folded part").format(words)
        self._open_part.setVisible(self._folded_here() is not None)
        self._count.setText(words)
        if words:
            announce(self, words)

    def _found_words(self) -> str:
        folded = sum(self._reader.folding.around(start) is not None for start, _ in self._found)
        if not folded:
            return self.tr("{0} found").format(self._places)
        shown = self._places - folded
        return self.tr("{0} found, {1} more in a folded part").format(shown, folded)

    def _folded_here(self) -> Fold | None:
        if not 0 <= self._at < len(self._found):
            return None
        return self._reader.folding.around(self._found[self._at][0])

    def _open_folded(self) -> None:
        fold = self._folded_here()
        if fold is not None:
            self._reader.folding.open(fold)
            self._reader.show_found(self._at)
            self._say()


class _Stepping:
    """Steps a find bar when called."""

    def __init__(self, bar: FindBar, by: int) -> None:
        self._bar, self._by = bar, by

    def __call__(self) -> None:
        self._bar.step(self._by)
