"""A digest of what a store shows, the same on every laptop that holds the same entries (I7).

Personal words enter by their references, so that taking words back on one laptop does not look
like a difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from ..domain.spaces import Space
from . import heads, statements, tables

_log, _step, _ledger = tables.log_entry, tables.step, tables.ledger

_POSITIONS = statements.written(
    select(_log.c.position, _log.c.id).where(_log.c.position.is_not(None))
)
_SOURCES = (
    statements.written(
        select(_step.c.space, _step.c.id, _step.c.question, _step.c.kind, _step.c.person,
               _step.c.sort, _step.c.plain).order_by(_step.c.space, _step.c.id)
    ),
    statements.written(
        select(_ledger.c.space, _ledger.c.id, _ledger.c.claim, _ledger.c.kind, _ledger.c.pence,
               _ledger.c.person, _ledger.c.sort, _ledger.c.plain)
        .order_by(_ledger.c.space, _ledger.c.id)
    ),
)  # fmt: skip


def digest(connection: Connection, spaces: Sequence[Space]) -> str:
    """Return the SHA-256 (hex) of what the tables hold for some spaces, or for all."""
    wanted = frozenset(spaces)
    made = hashlib.sha256()
    for number, rows in enumerate(_sources(connection)):
        for row in rows:
            if not wanted or row[0] in wanted:
                made.update(json.dumps([number, *row], ensure_ascii=False).encode() + b"\n")
    return made.hexdigest()


def _sources(connection: Connection) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows that begin with their space, each lot in an order that every laptop shares."""
    entries = dict(statements.rows(connection, _POSITIONS))
    yield sorted(
        (head.space, entity, head.field, entries[head.position], head.place, json.dumps(head.value))
        for entity, head in heads.everything(connection)
    )
    for sql in _SOURCES:
        yield statements.rows(connection, sql)
