"""Reading a file that should be small: never more of it than could be used."""

from __future__ import annotations

from pathlib import Path

from ...errors import UnreadableError


def bytes_at_most(path: Path, most: int) -> bytes:
    """Return a file's bytes; of a larger one, one more than fits, which its reader then refuses.

    Args:
        path: The file.
        most: How many bytes could be used.

    Raises:
        UnreadableError: The computer cannot open it.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as cause:
        raise UnreadableError(
            f"“{path.name}” could not be opened.",
            next_step="Check that it is still there and that no other program holds it.",
        ) from cause
