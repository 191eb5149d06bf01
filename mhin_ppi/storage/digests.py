"""A digest of what a store shows, the same on every laptop that holds the same entries (I7).

Personal words enter by their references, so that taking words back on one laptop does not look
like a difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import Connection, select

from ..domain.spaces import Space
from . import statements, tables

_head, _log, _step, _ledger = tables.head, tables.log_entry, tables.step, tables.ledger

_SOURCES = (
    statements.written(
        select(_head.c.space, _head.c.entity, _head.c.field, _log.c.id, _head.c.place,
               _head.c.value)
        .join(_log, _log.c.position == _head.c.position)
        .order_by(_head.c.space, _head.c.entity, _head.c.field, _log.c.id, _head.c.place)
    ),
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
    for number, sql in enumerate(_SOURCES):
        for row in statements.rows(connection, sql):
            if not wanted or row[0] in wanted:
                made.update(json.dumps([number, *row], ensure_ascii=False).encode() + b"\n")
    return made.hexdigest()
