"""The place over the notes where something is written: a note, a form, a question to the person."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ..widgets.focus_order import chain_after, focusable
from .framed_page import Column


class MarginSlot(Column):
    """Holds one thing at a time, and says so before it lets go of what it held.

    Signals:
        filling: Something else comes here now: what is being written is to be kept first.
    """

    filling = Signal()

    @override
    def show_only(self, *widgets: QWidget, stretch: bool = False) -> None:
        """Show these, before the notes in the order of Tab, and let go of what was there."""
        if widgets:
            self.filling.emit()
        super().show_only(*widgets, stretch=stretch)
        for widget in widgets:
            chain_after(self, focusable(widget))
