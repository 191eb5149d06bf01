"""What the sample board is to those who only open it: two folders and a password."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SAMPLE_PASSPHRASE = "sample board password"  # noqa: S105 - it protects invented people only


@dataclass(frozen=True, slots=True)
class SampleBoard:
    """Where the two laptops of the sample board are.

    Args:
        coordinator: The coordinator's board.
        member: A member's board.
    """

    coordinator: Path
    member: Path
