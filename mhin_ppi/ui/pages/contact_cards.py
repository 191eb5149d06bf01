"""Who to turn to, as cards: never chosen by what someone wrote, always all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ...domain import british
from ..widgets.cards import Card
from ..widgets.labels import WrapLabel, muted

if TYPE_CHECKING:
    from ...domain.catalogue_entries import SupportContact, SupportContacts


def contact_cards(contacts: SupportContacts) -> list[QWidget]:
    """Return one card for each contact, then a line on where they come from and when."""
    found: list[QWidget] = [_card(contact) for contact in contacts.contacts]
    checked = british.day(contacts.last_checked)
    found.append(muted(f"For {contacts.area}. Last checked on {checked}. {contacts.note}".strip()))
    return found


def _card(contact: SupportContact) -> Card:
    card = Card(contact.name)
    card.add(WrapLabel(contact.reach, role="large", copyable=True))
    more = [contact.about]
    if contact.hours:
        more.append(f"Open {contact.hours}." if contact.hours[:1].isdigit() else contact.hours)
    if not contact.verified:
        more.append("We could not check this number.")
    card.add(muted(" ".join(part for part in more if part)))
    return card
