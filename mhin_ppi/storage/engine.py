"""The encrypted database: how it is opened, and how its errors become plain words.

Source: ``SECURITY_DESIGN.md`` 3. ``synchronous=FULL`` is what makes a confirmed payment survive a
power cut, and is not negotiable. ``secure_delete=ON`` overwrites what goes, so that words taken
back are in no byte of the file; SQLCipher turns it on by itself, but nothing promises that.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from ..errors import PPIError, StoreBusyError, StoreDamagedError, StoreFullError
from .key_file import cannot_open

BUSY_SECONDS = 30
STATEMENTS_KEPT = 8
"""Prepared statements kept by a connection, far fewer than the usual 128: each holds on to SQLite's
small memory pool, and once that is used up ``cipher_memory_security`` locks and wipes every little
piece (measured: a row inserted in 47 µs instead of 9 µs; preparing again costs less)."""
CACHE_KIB = 16 * 1024

_PRAGMAS = (
    "cipher_log_level = NONE",
    "cipher_memory_security = ON",
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    f"cache_size = -{CACHE_KIB}",
)


class StoreKey:
    """The raw key of an open store. Overwritten when the board is closed, as far as Python can."""

    def __init__(self, key: bytes) -> None:
        self._key = bytearray(key)

    def bytes(self) -> bytes:
        """Return the key.

        Raises:
            RuntimeError: It has been dropped.
        """
        if not self._key:
            raise RuntimeError("the board is closed")
        return bytes(self._key)

    def drop(self) -> None:
        """Overwrite and forget it."""
        self._key[:] = bytes(len(self._key))
        self._key.clear()

    def __repr__(self) -> str:
        return "StoreKey(…)"


def raw_connection(path: str, key: StoreKey, connect: Any = None) -> Any:  # noqa: ANN401 - a DBAPI
    """Open one connection with every setting that the design asks for.

    Args:
        path: The file, or ``":memory:"``.
        key: The store's key.
        connect: Another DBAPI module than ``sqlcipher3``; tests and benchmarks open their
            unencrypted twin with it.

    Raises:
        Exception: Whatever the module raises, for :func:`plain_words` to translate.
    """
    module = connect or _sqlcipher()
    connection = module.connect(
        path,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
        cached_statements=STATEMENTS_KEPT,
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.bytes().hex()}'\"")
        if connect is None and not connection.execute("PRAGMA cipher_version").fetchone():
            raise RuntimeError("this build of SQLite cannot encrypt")
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _sqlcipher() -> Any:  # noqa: ANN401 - a DBAPI module without types
    import sqlcipher3.dbapi2

    return sqlcipher3.dbapi2


def make_engine(path: Path | None, key: StoreKey, connect: Any = None) -> Engine:  # noqa: ANN401
    """Return an engine over the store; ``None`` for a database in memory.

    The key travels in a closure: it is in no URL, no log and no exception.
    """
    options: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 4, "max_overflow": 8}
    if path is None:
        options = {"poolclass": StaticPool}
    engine = create_engine(
        "sqlite+pysqlite://",
        module=connect or _sqlcipher(),
        creator=lambda: raw_connection(":memory:" if path is None else str(path), key, connect),
        **options,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Say when a transaction begins, because the DBAPI has been told not to guess."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_inside(connection: Connection) -> bool:
    """Return whether SQLite itself still has a transaction open."""
    return bool(connection.connection.driver_connection.in_transaction)  # type: ignore[union-attr]


@contextlib.contextmanager
def plain_words(*, opening: bool = False) -> Iterator[None]:
    """Turn errors of the database into ours.

    Args:
        opening: Whether the board is just being opened, when a wrong key and a damaged file look
            the same.

    Raises:
        CannotOpenBoardError: Opening, and the file cannot be read with this key.
        StoreDamagedError: The file cannot be read although it was opened.
        StoreFullError: The disk is full, read-only, or refuses.
        StoreBusyError: Something else holds the store.
    """
    try:
        yield
    except json.JSONDecodeError as cause:
        # SQLCipher hands out zeros for a damaged page once, and refuses from then on. What this
        # room keeps as JSON is always well formed, so this is damage and nothing else.
        raise damaged(opening=opening) from cause
    except DBAPIError as cause:
        raise _translated(str(cause.orig), opening=opening) from cause.orig
    except Exception as cause:
        if type(cause).__module__.split(".")[0] not in ("sqlcipher3", "sqlite3"):
            raise
        raise _translated(str(cause), opening=opening) from cause


def _translated(said: str, *, opening: bool) -> PPIError:
    said = said.lower()
    if "locked" in said or "busy" in said:
        return StoreBusyError(
            "The board is busy with something else.",
            what_is_safe="Everything kept before is as it was.",
            next_step="Wait a moment, then try again.",
        )
    if any(one in said for one in ("full", "readonly", "read-only", "disk i/o", "unable to open")):
        return StoreFullError(
            "The board could not be written: the disk is full, or its folder does not allow it.",
            what_is_safe="Everything kept before is as it was. This last step was not kept.",
            next_step="Make room on the disk, or make the folder writable, then try again.",
        )
    return damaged(opening=opening)


def damaged(*, opening: bool = False) -> PPIError:
    """Return what to say about a file that cannot be read."""
    if opening:
        return cannot_open()
    return StoreDamagedError(
        "Part of the board's file cannot be read.",
        what_is_safe="Your backups are untouched.",
        next_step="Close the board and bring back the latest backup.",
    )
