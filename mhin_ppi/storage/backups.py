"""Backups: one file with everything, encrypted as the board is, and checked before it counts.

Layout: ``PPIBACKUP1`` and a line feed, four bytes with the length of the header (big endian), the
header (the key file, so that passphrase and spare key open the backup as they open the board),
then the encrypted database up to the end. Nothing in it is readable without a key.

Source: ``SECURITY_DESIGN.md`` 9.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import struct
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from ..errors import CannotOpenBoardError, StoreDamagedError, StoreError
from . import key_file, profile
from .engine import StoreKey, plain_words, raw_connection
from .files import disk_errors, part_beside, sync_folder

MAGIC = b"PPIBACKUP1\n"
SUFFIX = ".ppibackup"
DAYS, WEEKS, MONTHS = 7, 4, 12

_LENGTH = struct.Struct(">I")
_PAGES_AT_ONCE = 2000


def write(engine: Engine, folder: Path, key: StoreKey, *, to: Path, connect: Any = None) -> None:  # noqa: ANN401
    """Write a backup of an open board.

    Args:
        engine: Of the open store.
        folder: Its profile, for the key file.
        key: Of the store; the copy is encrypted with the same.
        to: The file to make; replaced if it exists.
        connect: Another DBAPI module, for tests.

    Raises:
        StoreFullError: It could not be written; nothing half-made is left.
        StoreDamagedError: The copy did not pass its check; nothing is left.
    """
    with disk_errors("The backup"):
        to.parent.mkdir(parents=True, exist_ok=True)
    copy, part = part_beside(to), part_beside(to)
    try:
        copy_database(engine, copy, key, connect)
        with disk_errors("The backup"):
            with part.open("xb") as file:
                header = next(key_file.headers(folder)).to_bytes()
                file.write(MAGIC + _LENGTH.pack(len(header)) + header)
                with copy.open("rb") as database:
                    shutil.copyfileobj(database, file, 1024 * 1024)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, to)  # noqa: PTH105 - the call whose promise we rely on
            sync_folder(to.parent)
    finally:
        for one in (part, copy, *companions(copy)):
            with contextlib.suppress(OSError):
                one.unlink(missing_ok=True)


def companions(database: Path) -> Iterator[Path]:
    """Return the files that SQLite may keep beside a database."""
    return (database.with_name(database.name + end) for end in ("-wal", "-shm", "-journal"))


def copy_database(engine: Engine, copy: Path, key: StoreKey, connect: Any) -> None:  # noqa: ANN401
    """Copy page by page with the online backup, which works while the board is in use.

    Raises:
        StoreFullError: It could not be written.
        StoreDamagedError: The copy did not pass its check.
    """
    with disk_errors("The backup"):
        copy.touch(exist_ok=False, mode=0o600)
    with plain_words():
        target = raw_connection(str(copy), key, connect)
        source = engine.raw_connection()
        try:
            driver: Any = source.driver_connection
            driver.backup(target, pages=_PAGES_AT_ONCE)
            settle(target)
        finally:
            source.close()
            target.close()


def settle(connection: Any) -> None:  # noqa: ANN401 - a DBAPI connection
    """Bring everything into the one file, and check it."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("PRAGMA journal_mode = DELETE").fetchall()
    check_pages(connection)


def check_pages(connection: Any) -> None:  # noqa: ANN401 - a DBAPI connection
    """Let SQLite and SQLCipher check a file that nothing else has open.

    Raises:
        StoreDamagedError: It is not sound.
    """
    said = [tuple(row) for row in connection.execute("PRAGMA quick_check").fetchall()]
    if said != [("ok",)] or connection.execute("PRAGMA cipher_integrity_check").fetchall():
        raise StoreDamagedError(
            "The copy of the board did not pass its check, so it was thrown away.",
            what_is_safe="The board and earlier backups are as they were.",
            next_step="Try again, and run the check of the board under Help.",
        )


def unpack(file: Path, *, database: Path) -> key_file.KeyFile:
    """Take a backup apart: write its database, and return its key file.

    Raises:
        CannotOpenBoardError: Not a backup, or a damaged one.
        StoreTooNewError: Made by a newer version.
        StoreFullError: The database could not be written.
    """
    try:
        source = file.open("rb")
    except OSError as cause:
        raise _not_a_backup(file) from cause
    with source:
        start = source.read(len(MAGIC) + _LENGTH.size)
        if len(start) != len(MAGIC) + _LENGTH.size or not start.startswith(MAGIC):
            raise _not_a_backup(file)
        (length,) = _LENGTH.unpack(start[len(MAGIC) :])
        if length > key_file.FILE_BYTES_LIMIT:
            raise _not_a_backup(file)
        try:
            header = key_file.parse(source.read(length))
        except key_file.KeyFileError as cause:
            raise _not_a_backup(file) from cause
        with disk_errors("The board from the backup"), database.open("xb") as target:
            shutil.copyfileobj(source, target, 1024 * 1024)
            target.flush()
            os.fsync(target.fileno())
    return header


def _not_a_backup(file: Path) -> CannotOpenBoardError:
    return CannotOpenBoardError(
        f"“{file.name}” is not a backup of a board, or it is damaged.",
        what_is_safe="Nothing has been changed.",
        next_step="Choose another backup file.",
    )


def take_automatic(
    engine: Engine,
    folder: Path,
    key: StoreKey,
    *,
    now: datetime,
    connect: Any = None,  # noqa: ANN401 - a DBAPI module
) -> Path | None:
    """Take today's backup if there is none yet, and let old ones go.

    A board must open and close on a full disk too, so a backup that cannot be made is no reason
    to stop; the ones that exist stay.

    Returns:
        The new backup, or ``None``.
    """
    place = folder / profile.BACKUPS_NAME
    today = place / f"{now.date().isoformat()}{SUFFIX}"
    if today.exists():
        return None
    try:
        write(engine, folder, key, to=today, connect=connect)
        remove_leftovers(folder)
        keep_some(place, today=now.date())
    except StoreError:
        return None
    return today


def keep_some(place: Path, *, today: date) -> None:
    """Delete automatic backups but the last of 7 days, 4 weeks and 12 months."""
    found = dict(sorted(_dated(place), reverse=True))
    kept: set[date] = set(list(found)[:DAYS])
    for most, period in ((WEEKS, _week), (MONTHS, _month)):
        newest: dict[tuple[int, int], date] = {}
        for day in found:
            newest.setdefault(period(day), day)
        kept.update(list(newest.values())[:most])
    for day, file in found.items():
        if day not in kept and day < today:
            with disk_errors("An old backup"):
                file.unlink(missing_ok=True)


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _dated(place: Path) -> Iterator[tuple[date, Path]]:
    for file in place.glob(f"*{SUFFIX}"):
        with contextlib.suppress(ValueError):
            yield date.fromisoformat(file.stem), file


def remove_leftovers(folder: Path, *, older_than_s: float = 3600) -> None:
    """Delete unfinished files that a killed program left in a profile; they are encrypted too."""
    for place in (folder, folder / profile.BACKUPS_NAME):
        for file in place.glob(".*.part*"):
            with contextlib.suppress(OSError):
                if file.is_file() and time.time() - file.stat().st_mtime > older_than_s:
                    file.unlink()
