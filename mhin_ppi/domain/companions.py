"""Other forms of the same draft that stand beside it: Easy Read, translated, spoken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from .drafts import BlobId, VersionId
from .fields import link, words

CompanionId = NewType("CompanionId", UUID)


class CompanionKind(StrEnum):
    """Which form it is."""

    EASY_READ = "easy_read"
    TRANSLATION = "translation"
    AUDIO = "audio"


@dataclass(frozen=True, slots=True)
class Companion:
    """One other form of a draft version.

    Args:
        id: Made on the laptop that added it.
        version: The version it stands beside.
        kind: Which form.
        language: In which language, as its own speakers write it ("Polski"); "" for the draft's.
        file: The attached file.
        file_name: What the file was called.
        text: The attached block model, where the file holds words that the reader can show.
        added_at: When it was added.
    """

    id: CompanionId
    version: VersionId = link()
    kind: CompanionKind = CompanionKind.EASY_READ
    language: str = words("")
    file: BlobId = BlobId("")
    file_name: str = words("")
    text: BlobId | None = None
    added_at: datetime | None = None
