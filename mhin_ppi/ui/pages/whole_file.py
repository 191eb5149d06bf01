"""Writing a file that the person chose: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path

from ...errors import StoreFullError


def write_whole(file: Path, content: bytes, *, what: str) -> Path:
    """Write a file beside its place first, so that an older one is kept until the new one is whole.

    Args:
        file: Where.
        content: Its bytes.
        what: What it is, in words that begin a sentence ("The report").

    Raises:
        StoreFullError: It could not be written; an older file is as it was.
    """
    half = file.with_name(f".{file.name}.half")
    try:
        half.write_bytes(content)
        return half.replace(file)
    except OSError as cause:
        half.unlink(missing_ok=True)
        raise StoreFullError(
            f"{what} could not be written to {file}.",
            what_is_safe="The board has not been changed.",
            next_step="Choose another folder, or make room on the disk.",
        ) from cause
