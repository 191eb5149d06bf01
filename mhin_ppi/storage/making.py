"""Making a profile's files, and opening them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..crypto import hashing, recovery, wrapping
from ..errors import CannotOpenBoardError
from . import key_file, migrating, profile
from .device_keys import Identity, keep_identity, put_meta
from .engine import StoreKey, make_engine, plain_words
from .files import disk_errors, part_beside, sync_file, sync_folder
from .store import Clock, Ids, LocalStore


def make_profile(  # noqa: PLR0913 - a new board is all of these
    folder: Path,
    identity: Identity,
    *,
    label: str,
    passphrase: str,
    kdf: Callable[[], wrapping.KdfParams],
    root_seed: bytes | None,
    connect: Any = None,  # noqa: ANN401 - a DBAPI module
) -> tuple[bytes, str]:
    """Make every file of a new board beside its folder, then put them in place at once.

    Returns:
        The store key, and the recovery code.

    Raises:
        StoreFullError: Nothing is left behind.
    """
    key, code = wrapping.new_key(), recovery.new_recovery_code()
    header = key_file.KeyFile(hashing.random_bytes(16).hex())
    slots = tuple(
        key_file.new_slot(header, kind, secret=secret, store_key=key, kdf=kdf())
        for kind, secret in (
            (key_file.PASSPHRASE, passphrase),
            (key_file.RECOVERY, recovery.parse_recovery_code(code)),
        )
    )
    part = part_beside(folder)
    try:
        with disk_errors("The new board"):
            part.mkdir(parents=True, mode=0o700)
        engine = make_engine(part / profile.DATABASE_NAME, StoreKey(key), connect)
        try:
            with plain_words(), engine.connect().execution_options(writes=True) as connection:
                connection.begin()
                migrating.make_tables(connection)
                keep_identity(connection, identity)
                put_meta(connection, "store", header.store)
                if root_seed is not None:
                    put_meta(connection, "root_seed", root_seed.hex())
                connection.commit()
        finally:
            engine.dispose()
        key_file.write(part, key_file.KeyFile(header.store, slots))
        profile.write_label(part, label)
        put_in_place(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return key, code


def put_in_place(part: Path, folder: Path) -> None:
    """Let a finished folder take the place of an empty one.

    Raises:
        StoreFullError: The folder is as it was.
    """
    with disk_errors("The new board"):
        sync_file(part / profile.DATABASE_NAME)
        sync_folder(part)
        if folder.exists():
            folder.rmdir()
        part.rename(folder)
        sync_folder(folder.parent)


def open_profile(
    folder: Path,
    key: bytes,
    *,
    clock: Clock,
    ids: Ids,
    connect: Any = None,  # noqa: ANN401 - a DBAPI module
) -> LocalStore:
    """Open a board whose key is known.

    Raises:
        CannotOpenBoardError: The database is damaged, or not the one this key is for.
        StoreTooNewError: Made by a newer version; not a byte has been touched.
        StoreBusyError: Open in another window.
        StoreFullError: The folder does not allow writing.
    """
    database = folder / profile.DATABASE_NAME
    lock = profile.Lock(folder)
    store_key = StoreKey(key)
    try:
        if not database.exists():
            raise _nothing_here()
        migrating.bring_up_to_date(folder, store_key, connect=connect)
        engine = make_engine(database, store_key, connect)
        try:
            with plain_words(opening=True):
                return LocalStore(
                    folder, engine, store_key, lock, clock=clock, ids=ids, connect=connect
                )
        except BaseException:
            engine.dispose()
            raise
    except BaseException:
        store_key.drop()
        lock.release()
        raise


def _nothing_here() -> CannotOpenBoardError:
    return CannotOpenBoardError(
        "The board's database is missing from its folder.",
        what_is_safe="Nothing has been changed.",
        next_step="Bring back a backup.",
    )
