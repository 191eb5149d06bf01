"""SQL written once, from the tables, and run many times without being built again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    insert,
    literal_column,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import ClauseElement

_DIALECT = sqlite.dialect(paramstyle="qmark")  # type: ignore[no-untyped-call,unused-ignore]


def written(clause: ClauseElement) -> str:
    """Return a Core statement as SQL with ``?`` for its parameters, in their order."""
    return str(clause.compile(dialect=_DIALECT))


def constant(value: int | str) -> ColumnElement[Any]:
    """Return a number or plain word of ours that stands in the SQL itself, not a parameter."""
    return literal_column(repr(value))


@cache
def insert_into(table: Table, *, instead: str = "") -> str:
    """Return the SQL that inserts a whole row, its columns in the order of the table.

    Args:
        table: Which.
        instead: ``"OR REPLACE"`` or ``"OR IGNORE"`` for a row that is there already.
    """
    made = insert(table)
    return written(made.prefix_with(instead) if instead else made)


@cache
def _update(table: Table) -> str:
    """Return the SQL that changes the row with a key; the key comes after the other columns."""
    key = table.primary_key.columns.keys()
    rest: dict[str, Any] = {
        c.name: bindparam(f"new_{c.name}") for c in table.c if c.name not in key
    }
    return written(
        update(table).where(and_(*(table.c[n] == bindparam(f"old_{n}") for n in key))).values(rest)
    )


def put(connection: Connection, table: Table, rows: Iterable[Sequence[Any]], *, new: bool) -> None:
    """Keep whole rows whose key columns come first, in the order of the table.

    Plain statements rather than an upsert: whoever calls knows which rows are new.

    Args:
        connection: Inside a transaction.
        table: Which.
        rows: The rows.
        new: Whether none of them is there yet; otherwise each is changed, or inserted if missing.
    """
    if new:
        run_many(connection, insert_into(table), rows)
        return
    size = len(table.primary_key.columns)
    for row in rows:
        changed = connection.exec_driver_sql(_update(table), (*row[size:], *row[:size]))
        if not changed.rowcount:
            connection.exec_driver_sql(insert_into(table), tuple(row))


def run(connection: Connection, sql: str, *values: Any) -> None:  # noqa: ANN401 - SQL values
    """Run one statement."""
    connection.exec_driver_sql(sql, values)


def run_many(connection: Connection, sql: str, rows: Iterable[Sequence[Any]]) -> int:
    """Run one statement for each row, none is fine; return how many rows it changed."""
    found = [tuple(row) for row in rows]
    return connection.exec_driver_sql(sql, found).rowcount if found else 0


def rows(connection: Connection, sql: str, *values: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Return what a query finds, as plain tuples."""
    result = connection.exec_driver_sql(sql, values)
    found: list[Any] = list(result.cursor.fetchall()) if result.cursor else []
    result.close()
    return found


def one(connection: Connection, sql: str, *values: Any) -> Any:  # noqa: ANN401 - SQL values
    """Return the first column of the first row, or ``None``."""
    found = connection.exec_driver_sql(sql, values).first()
    return None if found is None else found[0]
