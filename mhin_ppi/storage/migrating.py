"""From the schema a store was written with to the one of this version; never the other way.

An upgrade works on a copy: back up, copy, migrate the copy, check it, and only then let it take
the place of the store. A store of a newer version is left alone.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from ..errors import StoreDamagedError
from . import backups, profile, search_tables, statements, tables
from .engine import StoreKey, make_engine, plain_words, raw_connection
from .files import disk_errors, part_beside, sync_file, sync_folder
from .key_file import cannot_open, too_new

SCRIPTS = Path(__file__).parent / "migrations"

_VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
_PUT_VERSION = "INSERT INTO alembic_version (version_num) VALUES (?)"
_VERSION = "SELECT version_num FROM alembic_version"


def make_tables(connection: Connection) -> None:
    """Make today's tables in an empty database, as all migrations together would."""
    tables.metadata.create_all(connection)
    search_tables.make(connection)
    statements.run(connection, _VERSION_TABLE)
    statements.run(connection, _PUT_VERSION, tables.HEAD_REVISION)


def bring_up_to_date(
    folder: Path,
    key: StoreKey,
    *,
    connect: Any = None,  # noqa: ANN401 - a DBAPI module
    scripts: Path = SCRIPTS,
    head: str = tables.HEAD_REVISION,
) -> None:
    """Migrate an older store; refuse a newer one.

    Args:
        folder: The profile; its lock is held.
        key: Of the store.
        connect: Another DBAPI module, for tests.
        scripts: Where the migrations are; tests bring one of their own.
        head: The revision wanted.

    Raises:
        CannotOpenBoardError: The database cannot be read with this key.
        StoreTooNewError: Not a byte has been touched.
        StoreDamagedError: The migrated copy did not pass its check; the store is as it was.
        StoreFullError: The store is as it was.
    """
    database = folder / profile.DATABASE_NAME
    revision = _revision(database, key, connect)
    if revision == head:
        return
    if revision not in _known(scripts):
        raise too_new()
    _upgrade(folder, key, connect=connect, scripts=scripts, old=revision)


def _revision(database: Path, key: StoreKey, connect: Any) -> str:  # noqa: ANN401
    with plain_words(opening=True):
        connection = raw_connection(str(database), key, connect)
        try:
            row = connection.execute(_VERSION).fetchone()
        finally:
            connection.close()
    if row is None:
        raise cannot_open()
    return str(row[0])


def _alembic(scripts: Path) -> Any:  # noqa: ANN401 - imported late
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts))
    config.set_main_option("path_separator", "os")
    return config


def _known(scripts: Path) -> frozenset[str]:
    from alembic.script import ScriptDirectory

    found = ScriptDirectory.from_config(_alembic(scripts)).walk_revisions()
    return frozenset(script.revision for script in found)


def run_migrations(connection: Connection, scripts: Path = SCRIPTS) -> None:
    """Run every migration that a database has not had, in the transaction of the connection."""
    from alembic import command

    config = _alembic(scripts)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _upgrade(
    folder: Path,
    key: StoreKey,
    *,
    connect: Any,  # noqa: ANN401 - a DBAPI module
    scripts: Path,
    old: str,
) -> None:
    database = folder / profile.DATABASE_NAME
    kept = folder / profile.BACKUPS_NAME / f"before-upgrade-from-{old}{backups.SUFFIX}"
    engine = make_engine(database, key, connect)
    copy = part_beside(database)
    try:
        backups.write(engine, folder, key, to=kept, connect=connect)
        backups.copy_database(engine, copy, key, connect)
        _migrate(copy, key, connect=connect, scripts=scripts)
        with plain_words():
            raw = engine.raw_connection()
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            raw.close()
        engine.dispose()
        with disk_errors("The upgraded board"):
            sync_file(copy)
            os.replace(copy, database)  # noqa: PTH105 - the call whose promise we rely on
            sync_folder(folder)
    finally:
        engine.dispose()
        for one in (copy, *backups.companions(copy)):
            with contextlib.suppress(OSError):
                one.unlink(missing_ok=True)


def _migrate(
    copy: Path,
    key: StoreKey,
    *,
    connect: Any,  # noqa: ANN401 - a DBAPI module
    scripts: Path,
) -> None:
    engine = make_engine(copy, key, connect)
    try:
        with (
            disk_errors("The upgraded board"),
            plain_words(),
            engine.connect().execution_options(writes=True) as connection,
        ):
            connection.begin()
            run_migrations(connection, scripts)
            connection.commit()
    finally:
        engine.dispose()
    with plain_words():
        raw = raw_connection(str(copy), key, connect)
        try:
            backups.settle(raw)
        except StoreDamagedError as damage:
            raise StoreDamagedError(
                "The board could not be brought up to this version.",
                what_is_safe="The board is as it was.",
                next_step="Open it with the version you used before, and tell whoever helps you.",
            ) from damage
        finally:
            raw.close()
