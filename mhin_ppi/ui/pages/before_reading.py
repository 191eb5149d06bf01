"""What is said before a draft opens: what it touches on, and that nobody has to read it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from ...domain.people import Role
from ..widgets.buttons import button
from ..widgets.cards import Card
from ..widgets.flow import FlowRow
from ..widgets.labels import WrapLabel, heading, muted
from .reading_facts import Reading

_FREE = "You can stop, leave parts out, or come back another day. You need not say why."
_PAID = "What was agreed is paid either way."
_UNPLACED = (
    "The part that touches on this was not found for certain in this version: {0}. "
    "Mark that part and write a content note with the same words; then only that part is folded."
)


def before_reading(
    reading: Reading, *, read_on: Callable[[], object], not_today: Callable[[], object]
) -> tuple[Card, QPushButton]:
    """Return the card, and the button on it that opens the draft.

    Args:
        reading: The draft that is about to open.
        read_on: Opens it.
        not_today: Goes back.
    """
    card = Card()
    card.add(heading("Before you read"))
    card.add(muted("What this draft touches on:"))
    card.add(WrapLabel(reading.touches_on))
    paid = bool(reading.request and reading.request.agreed_pence)
    card.add(muted(f"{_FREE} {_PAID}" if paid else _FREE))
    if reading.unplaced and reading.me.has(Role.COORDINATOR):
        bodies = dict.fromkeys(note.body for note in reading.unplaced)
        card.add(WrapLabel(_UNPLACED.format("; ".join(bodies))))
    on = button("Read on", icon="book-open", kind="primary", on_press=read_on)
    card.add(FlowRow(on, button("Not today", on_press=not_today)))
    return card, on
