"""The standing writes of an entity: those that no other write names.

One for a field is its value; several are a conflict.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from . import statements, tables

_head = tables.head.c
_OF_ENTITY = statements.written(
    select(_head.space, _head.writes).where(_head.entity == bindparam("entity"))
)
_ALL = statements.written(
    select(_head.entity, _head.space, _head.writes).order_by(_head.entity, _head.space)
)


class Head(NamedTuple):
    """A standing write of one field.

    Args:
        space: Where it was written.
        field: Which field.
        position: Of its entry, in the order applied here.
        place: Of the operation in the entry.
        value: Plain JSON; a reference for personal words.
        seen: For ``gone`` only: the writes of the entity that the person saw.
    """

    space: str
    field: str
    position: int
    place: int
    value: Any
    seen: list[str] | None


def of_entity(connection: Connection, entity: str) -> tuple[list[Head], bool]:
    """Return every standing write of an entity, and whether nothing ever wrote it."""
    rows = statements.rows(connection, _OF_ENTITY, entity)
    found = [Head(space, *write) for space, writes in rows for write in json.loads(writes)]
    return found, not rows


def everything(connection: Connection) -> Iterator[tuple[str, Head]]:
    """Yield every standing write with its entity."""
    for entity, space, writes in statements.rows(connection, _ALL):
        for write in json.loads(writes):
            yield entity, Head(space, *write)


def row_for(entity: str, space: str, heads: Iterable[Head]) -> tuple[str, str, str]:
    """Return the row that holds the standing writes of an entity in one space."""
    writes = sorted((head[1:] for head in heads if head.space == space), key=_order)
    written = json.dumps(writes, ensure_ascii=False, separators=(",", ":"))
    return entity, space, written


def _order(write: tuple[Any, ...]) -> tuple[Any, ...]:
    return write[:3]


def put(connection: Connection, rows: Iterable[tuple[str, str, str]], *, new: bool) -> None:
    """Keep what :func:`row_for` made, for entities that are new or not."""
    statements.put(connection, tables.head, rows, new=new)
