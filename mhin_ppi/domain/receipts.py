"""Receipts: a photograph or a PDF that shows what was spent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from .drafts import BlobId
from .fields import link, words
from .people import PersonId

ReceiptId = NewType("ReceiptId", UUID)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt. It is kept from the moment its claim is sent; until then it is on one laptop.

    Args:
        id: Made on the laptop that added it; lines of claims name it.
        person: Whose expense it shows.
        file: The attached file, without the place and camera that a photograph remembers.
        file_name: What the file was called.
        media: What it is: "image/jpeg", "image/png" or "application/pdf".
        size_bytes: How large.
        added_at: When it was added.
        typed_by: Who added it for them.
    """

    id: ReceiptId
    person: PersonId = link()
    file: BlobId | None = None
    file_name: str = words("")
    media: str = ""
    size_bytes: int = 0
    added_at: datetime | None = None
    typed_by: PersonId | None = None
