"""A text with marks that pointer and Enter find: what the reader is before it knows a draft."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTextBrowser, QWidget
from typing_extensions import override

from mhin_ppi.ui.widgets.highlights import Highlight
from mhin_ppi.ui.widgets.reader_marks import NOTES, ReaderMarks


class MarkedBrowser(QTextBrowser):
    """A read-only text whose marks can be chosen.

    Signals:
        highlight_activated: The id of a note's highlight that was clicked, or on which Enter was
            pressed.
        mark_activated: The same for a mark of another layer: (layer, id).
        mark_under_pointer: What the pointer rests on, as [(layer, mark)] (empty: nothing any more).
    """

    highlight_activated = Signal(str)
    mark_activated = Signal(str, str)
    mark_under_pointer = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport().setMouseTracking(True)
        self.marks = ReaderMarks()
        self._under: list[tuple[str, Highlight]] = []
        self._pressed = False

    def _offset_of(self, position: int) -> int:
        """Return what a position of Qt's means in the draft's own offsets."""
        raise NotImplementedError

    def caret(self) -> int:
        """Return where the caret is, as an offset."""
        raise NotImplementedError

    def _on_selection_changed(self) -> None:
        """Tell which words are marked, unless the pointer is still marking them."""
        raise NotImplementedError

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.button() == Qt.MouseButton.LeftButton
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed = False
        self._on_selection_changed()
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self._activate(self._marks_under(event.position().toPoint()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if not self._pressed:
            self._notice_under(self._marks_under(event.position().toPoint()))

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._notice_under([])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.marks.at(self.caret()))
            return
        super().keyPressEvent(event)

    def _marks_under(self, point: QPoint) -> list[tuple[str, Highlight]]:
        cursor = self.cursorForPosition(point)
        reach = self.cursorRect(cursor).adjusted(-24, 0, 24, 0)
        return self.marks.at(self._offset_of(cursor.position())) if reach.contains(point) else []

    def _notice_under(self, over: list[tuple[str, Highlight]]) -> None:
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        if over != self._under:
            self._under = over
            self.mark_under_pointer.emit(over)

    def _activate(self, over: list[tuple[str, Highlight]]) -> None:
        if not over:
            return
        layer, chosen = over[0]
        if layer == NOTES:
            self.highlight_activated.emit(chosen.id)
        else:
            self.mark_activated.emit(layer, chosen.id)
