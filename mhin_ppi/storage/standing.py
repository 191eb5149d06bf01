"""What the person sees when they choose a value: the writes that stand now."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from ..domain.log import EntryId, SetOp, WriteId, write_id
from ..domain.spaces import Space
from . import heads, statements, tables
from .shapes import GONE

_ENTRY_AT = statements.written(
    select(tables.log_entry.c.id).where(tables.log_entry.c.position == bindparam("position"))
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
            known[op.entity] = sorted(
                (head.field, write_id(_entry_at(connection, head.position), head.place))
                for head in heads.of_entity(connection, op.entity)[0]
                if head.space == space
            )
        over = tuple(one for f, one in known[op.entity] if op.field in (f, GONE))
        found.append(SetOp(op.entity, op.field, op.value, over))
    return found


def _entry_at(connection: Connection, position: int) -> EntryId:
    return EntryId(str(statements.one(connection, _ENTRY_AT, position)))
