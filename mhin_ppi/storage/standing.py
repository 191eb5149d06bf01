"""What the person sees when they choose a value: the writes that stand now."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from ..domain.log import EntryId, SetOp, WriteId, write_id
from ..domain.spaces import Space
from . import statements, tables
from .shapes import GONE

_head, _log = tables.head, tables.log_entry
_STANDING = statements.written(
    select(_head.c.field, _log.c.id, _head.c.place)
    .join(_log, _log.c.position == _head.c.position)
    .where(_head.c.entity == bindparam("entity"), _head.c.space == bindparam("space"))
    .order_by(_head.c.field, _log.c.id, _head.c.place)
)


def laid_over(connection: Connection, space: Space, ops: list[SetOp]) -> list[SetOp]:
    """Return the operations with ``over`` filled in where it was left empty.

    A ``gone`` is laid over every standing write of the entity, so that an edit which its author
    had not seen can be told apart and survives.
    """
    known: dict[str, list[tuple[str, WriteId]]] = {}
    found = []
    for op in ops:
        if op.over:
            found.append(op)
            continue
        if op.entity not in known:
            rows = statements.rows(connection, _STANDING, op.entity, space)
            known[op.entity] = [(f, write_id(EntryId(entry), n)) for f, entry, n in rows]
        over = tuple(one for f, one in known[op.entity] if op.field in (f, GONE))
        found.append(SetOp(op.entity, op.field, op.value, over))
    return found
