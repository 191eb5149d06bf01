"""From the schema a store was written with to the one of this version; never the other way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from . import profile, statements, tables
from .engine import StoreKey, plain_words, raw_connection
from .key_file import too_new

_VERSION_TABLE = "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
_PUT_VERSION = "INSERT INTO alembic_version (version_num) VALUES (?)"
_VERSION = "SELECT version_num FROM alembic_version"


def make_tables(connection: Connection) -> None:
    """Make today's tables in an empty database, as all migrations together would."""
    tables.metadata.create_all(connection)
    statements.run(connection, _VERSION_TABLE)
    statements.run(connection, _PUT_VERSION, tables.HEAD_REVISION)


def bring_up_to_date(folder: Path, key: StoreKey, *, connect: Any = None) -> None:  # noqa: ANN401
    """Migrate an older store; refuse a newer one.

    Raises:
        CannotOpenBoardError: The database cannot be read with this key.
        StoreTooNewError: Not a byte has been touched.
    """
    with plain_words(opening=True):
        found = raw_connection(str(folder / profile.DATABASE_NAME), key, connect)
        try:
            revision = found.execute(_VERSION).fetchone()[0]
        finally:
            found.close()
    if revision != tables.HEAD_REVISION:
        raise too_new()
