"""Bringing a board back from a backup, as a new device.

The backup holds the keys of the device that made it. That device may still be in use, or may have
written after the backup was made; two laptops writing as one device would fork its history. So a
restored board always writes as a new device.

A coordinator's old device signs the entry that introduces the new one, then never writes again. A
member may not write in the admin space: their new certificate waits for a coordinator, as after
joining, and ``LocalStore.device`` hands it over.

Source: ``SECURITY_DESIGN.md`` 6 and 9.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from ..crypto import recovery
from ..errors import CannotOpenBoardError, StoreDamagedError
from . import backups, key_file, making, migrating, profile
from .device_keys import new_device_keys, read_identity
from .engine import StoreKey, make_engine, plain_words
from .files import disk_errors, part_beside
from .store import Clock, Ids
from .verifying import verify

RESTORED_LABEL = "restored laptop"


def restore(
    file: Path,
    folder: Path,
    *,
    passphrase: str,
    clock: Clock,
    ids: Ids,
    connect: Any = None,  # noqa: ANN401 - a DBAPI module
) -> bytes:
    """Make a profile from a backup beside its folder, check it, and put it in place.

    Args:
        file: The backup.
        folder: Where the board shall be; empty or not there.
        passphrase: The board's passphrase when the backup was made, or its spare key.
        clock: Tells the time.
        ids: Makes identities.
        connect: Another DBAPI module, for tests.

    Returns:
        The store key.

    Raises:
        CannotOpenBoardError: Wrong passphrase or damaged backup; the folder is as it was.
        StoreFullError: The folder is as it was.
    """
    part = part_beside(folder)
    try:
        with disk_errors("The board from the backup"):
            part.mkdir(parents=True, mode=0o700)
        header = backups.unpack(file, database=part / profile.DATABASE_NAME)
        key = _key(header, passphrase)
        _check(part, key, connect)
        key_file.write(part, header.without(*header.of_kind(key_file.KEYRING)))
        profile.write_label(part, f"Restored {clock.now().date().isoformat()}")
        # Before the folder is in its place: a program killed here leaves no board that could
        # still write as the old device.
        store = making.open_profile(part, key, clock=clock, ids=ids, connect=connect)
        try:
            store.become(new_device_keys(store.person, label=RESTORED_LABEL, now=clock.now()))
        finally:
            store.close()
        making.put_in_place(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return key


def _key(header: key_file.KeyFile, typed: str) -> bytes:
    try:
        return key_file.unlock(iter([header]), key_file.PASSPHRASE, secret=typed)[1]
    except CannotOpenBoardError:
        try:
            code = recovery.parse_recovery_code(typed)
        except recovery.NotARecoveryCodeError:
            code = ""
        if not code:
            raise
        return key_file.unlock(iter([header]), key_file.RECOVERY, secret=code)[1]


def _check(part: Path, key: bytes, connect: Any) -> None:  # noqa: ANN401 - a DBAPI module
    """Open what was in the backup and check everything in it.

    Raises:
        CannotOpenBoardError: It does not open, or a check fails.
    """
    migrating.bring_up_to_date(part, StoreKey(key), connect=connect)
    engine = make_engine(part / profile.DATABASE_NAME, StoreKey(key), connect)
    try:
        with plain_words(opening=True):
            with engine.connect() as connection:
                identity = read_identity(connection)
            if verify(engine, identity):
                raise key_file.cannot_open()
    except StoreDamagedError as damage:
        raise key_file.cannot_open() from damage
    finally:
        engine.dispose()
