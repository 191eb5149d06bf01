"""A profile: the folder of one board on one laptop, and that only one window uses it at a time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from ..errors import InputError, StoreBusyError
from .files import disk_errors, write_durably

DATABASE_NAME = "store.db"
KEYS_NAME = "store.keys"
SPARE_KEYS_NAME = "store.keys.bak"
LABEL_NAME = "label"
LOCK_NAME = "lock"
BACKUPS_NAME = "backups"
LONGEST_LABEL = 80

_SYNCHRONISED = (
    "onedrive",
    "dropbox",
    "nextcloud",
    "owncloud",
    "icloud",
    "mobile documents",
    "com~apple~clouddocs",
    "google drive",
    "googledrive",
    "my drive",
)
"""Parts of folder names that sync programs use. Two laptops writing one database ruin it."""


def check_place(folder: Path) -> None:
    """Refuse a folder that a sync program or a network carries elsewhere.

    Raises:
        InputError: The name of the folder, or of one above it, is that of a sync program.
    """
    shown = str(folder.absolute())
    parts = [part.lower() for part in folder.absolute().parts]
    if any(name in part for part in parts for name in _SYNCHRONISED):
        raise InputError(
            f"“{shown}” is copied to other places by a sync program, which would damage a board.",
            what_is_safe="Nothing has been made there.",
            next_step="Choose a folder on this computer that is not synchronised.",
        )
    if shown.startswith(("\\\\", "//")):
        raise InputError(
            f"“{shown}” is on another computer, which would damage a board.",
            what_is_safe="Nothing has been made there.",
            next_step="Choose a folder on this computer.",
        )


def check_empty(folder: Path) -> None:
    """Refuse a folder with anything in it.

    Raises:
        InputError: It is not empty, or is not a folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            f"“{folder}” is not empty.",
            what_is_safe="Nothing in it has been changed.",
            next_step="Choose a new, empty folder.",
        )


def is_board(folder: Path) -> bool:
    """Return whether a board is kept in this folder."""
    return (folder / DATABASE_NAME).exists() and any(
        (folder / name).exists() for name in (KEYS_NAME, SPARE_KEYS_NAME)
    )


def write_label(folder: Path, label: str) -> None:
    """Keep the words shown for the board before it is unlocked.

    Raises:
        StoreFullError: The label is as it was.
    """
    shown = " ".join(label.split())[:LONGEST_LABEL] or "Board 1"
    with disk_errors("The board's label"):
        write_durably(folder / LABEL_NAME, shown.encode())


def label_of(folder: Path) -> str:
    """Return the words shown for a board before it is unlocked."""
    try:
        untrusted = (folder / LABEL_NAME).read_bytes()[: LONGEST_LABEL * 4]
    except OSError:
        return folder.name
    shown = "".join(c for c in untrusted.decode(errors="replace") if c.isprintable())
    return shown.strip() or folder.name


def boards(home: Path) -> list[tuple[Path, str]]:
    """Return the boards kept directly under a folder, with their labels, by label."""
    if not home.is_dir():
        return []
    found = [(one, label_of(one)) for one in home.iterdir() if one.is_dir() and is_board(one)]
    return sorted(found, key=lambda board: (board[1].lower(), str(board[0])))


class Lock:
    """Held while a board is open. The operating system lets go of it when the program ends.

    Because the system holds it and not the file's presence, a program that was killed locks
    nobody out.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            StoreBusyError: Another window has the board open.
            StoreFullError: The folder does not allow writing.
        """
        with disk_errors("The board's lock"):
            self._file: IO[bytes] | None = (folder / LOCK_NAME).open("ab")
        try:
            _take(self._file)
        except OSError as cause:
            self.release()
            raise StoreBusyError(
                "This board is open in another window.",
                what_is_safe="The board is as it was.",
                next_step="Use that window, or close it and try again.",
            ) from cause

    def release(self) -> None:
        """Let go. Doing so twice does no harm."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _take(file: IO[bytes]) -> None:
    if os.name == "nt":  # pragma: no cover - run on Windows
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
