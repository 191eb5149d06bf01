"""Labels that wrap and take the room they need.

All text is shown as it stands: nothing a person writes is ever read as mark-up, and nothing in it
can turn round or hide what stands beside it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from mhin_ppi.domain.harmless import harmless
from mhin_ppi.ui.theme import theme

WIDEST_EM = 44
NARROWEST_EM = 6
_TALL = 100_000
_HEIGHTS_KEPT = 64


class WrapLabel(QLabel):
    """A label whose words wrap and are never cut off, in any layout.

    Args:
        text: Plain text.
        role: One of the style sheet's label roles ("title", "heading", "muted" …), or "".
        copyable: Whether the words can be marked and copied, by mouse or keyboard.
        parent: Qt's owner.
    """

    def __init__(
        self,
        text: str = "",
        *,
        role: str = "",
        copyable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._sized = False
        self._heights: dict[tuple[int, int], int] = {}
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)
        if copyable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        super().setText(harmless(text))
        self._heights.clear()
        self._take_room()

    @override
    def sizeHint(self) -> QSize:
        width = self._width_of_text()
        return QSize(width, self._height_at(width))

    @override
    def heightForWidth(self, arg__1: int) -> int:
        return self._height_at(arg__1)

    @override
    def minimumSizeHint(self) -> QSize:
        least = min(theme().px(NARROWEST_EM), self._width_of_text())
        return QSize(least, self.fontMetrics().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sized = True
        self._take_room()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._heights.clear()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._take_room()

    def _width_of_text(self) -> int:
        lines = self.text().split("\n")
        widest = max(self.fontMetrics().horizontalAdvance(line) for line in lines)
        margins = self.contentsMargins()
        return min(
            theme().px(WIDEST_EM), widest + margins.left() + margins.right() + theme().px(0.3)
        )

    def _height_at(self, width: int) -> int:
        margins = self.contentsMargins()
        room = max(1, width - margins.left() - margins.right())
        # Layouts ask for the same few widths dozens of times, and wrapping words takes long.
        asked = (room, self.logicalDpiY())
        if asked not in self._heights:
            if len(self._heights) >= _HEIGHTS_KEPT:
                self._heights.clear()
            self._heights[asked] = self._height_of_text(room)
        return self._heights[asked] + margins.top() + margins.bottom()

    def _height_of_text(self, room: int) -> int:
        # Not QLabel's own reckoning: that never falls below a least height set before.
        wrap = Qt.TextFlag.TextWordWrap.value | int(self.alignment())
        metrics = self.fontMetrics()
        needed = metrics.boundingRect(QRect(0, 0, room, _TALL), wrap, self.text()).height()
        return max(needed, metrics.height())

    def _take_room(self) -> None:
        # Layouts that do not ask for the height at a width (stacks, scroll areas) would cut words
        # off; a least height holds in all of them.
        needed = self._height_at(self.width()) if self._sized else 0
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
        self.updateGeometry()


def title(text: str) -> WrapLabel:
    """Return a page's title."""
    return WrapLabel(text, role="title")


def heading(text: str) -> WrapLabel:
    """Return a heading within a page."""
    return WrapLabel(text, role="heading")


def muted(text: str) -> WrapLabel:
    """Return a quieter line of text."""
    return WrapLabel(text, role="muted")


def rule() -> QFrame:
    """Return a thin line across."""
    line = QFrame()
    line.setProperty("role", "rule")
    line.setFixedHeight(theme().border)
    return line
