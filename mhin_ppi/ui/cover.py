"""What stands in the window while its content is hidden: nothing that tells anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .theme import set_role, theme
from .widgets.buttons import button
from .widgets.labels import WrapLabel


class Cover(QWidget):
    """An empty sheet with one button.

    Signals:
        lifted: The person wants to go on.
    """

    lifted = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._words = WrapLabel("Paused", role="muted")
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._button = button("Go back", on_press=self.lifted.emit)
        column = QVBoxLayout(self)
        column.setSpacing(theme().space(3))
        column.addStretch(1)
        column.addWidget(self._words)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.setAccessibleName("Hidden")

    def take_focus(self) -> None:
        """Put the focus on the button."""
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
