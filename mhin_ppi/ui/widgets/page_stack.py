"""Pages one behind the other, none of which keeps the window from being made smaller."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override


class PageStack(QStackedWidget):
    """Shows one page at a time.

    A page lays itself out anew when there is little room, but only once there is: its wide layout
    must not be what stops the window on the way. Nor should a page out of view.
    """

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
