"""Writing small files so that a power cut leaves the old one or the new one, never half of one."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from ..errors import StoreFullError


@contextlib.contextmanager
def disk_errors(what: str) -> Iterator[None]:
    """Turn what the operating system says about a disk into plain words.

    Args:
        what: What could not be written, as the sentence names it ("The board").

    Raises:
        StoreFullError: The disk is full, read-only, or refuses.
    """
    try:
        yield
    except OSError as cause:
        raise StoreFullError(
            f"{what} could not be written: the disk is full, or this folder does not allow it.",
            what_is_safe="Everything kept before is as it was.",
            next_step="Make room on the disk, or choose another folder, then try again.",
        ) from cause


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a power cut, where the system can do so."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    """Push a file's bytes to the disk itself."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def part_beside(path: Path) -> Path:
    """Return a fresh name beside ``path`` for a file that is not finished."""
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def write_durably(path: Path, content: bytes) -> None:
    """Write a whole file: a temporary one, pushed to the disk, then put in the other's place.

    Raises:
        OSError: Nothing was changed.
    """
    part = part_beside(path)
    try:
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)  # noqa: PTH105 - the call whose promise we rely on
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
