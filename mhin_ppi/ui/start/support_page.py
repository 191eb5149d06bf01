"""Who to turn to, before any board is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal

from ..pages.contact_cards import contact_cards
from ..tasks import Tasks
from ..widgets.buttons import button
from ..widgets.flow import FlowRow
from .screen import Screen

if TYPE_CHECKING:
    from ...domain.catalogue_entries import SupportContacts


class SupportPage(Screen):
    """Help and support without a board.

    Args:
        contacts: Who to turn to.
        tasks: Runs what takes time.

    Signals:
        back: Back to where the person was.
    """

    back = Signal()

    def __init__(self, contacts: SupportContacts, *, tasks: Tasks) -> None:
        super().__init__("Help and support", context="You do not have to say why.", tasks=tasks)
        self._button = button(
            "Go back to where I was", icon="arrow-left", kind="primary", on_press=self.back.emit
        )
        self.add(FlowRow(self._button))
        for card in contact_cards(contacts):
            self.add(card)
        self.column.addStretch(1)

    def take_focus(self) -> None:
        self._button.setFocus(Qt.FocusReason.OtherFocusReason)
