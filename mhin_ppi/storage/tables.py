"""The tables of a store. Private to this room: row shapes never leave it.

Some hold the log and what it stands on; the others are projections, one for each noun of
``domain/facts.py``, which can be made again from the log at any time.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from ..domain import facts

HEAD_REVISION = "0004"
"""The migration that makes what stands here; a store with any other is older or newer."""

WAITING, APPLIED, SET_ASIDE = 0, 1, 2
"""States of an entry: its causes are missing; it counts; it is kept but does not count."""

metadata = MetaData()

log_entry = Table(
    "log_entry",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("space", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hlc", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("state", Integer, nullable=False),
    Column("position", Integer),
)
Index("log_entry_position", log_entry.c.position, unique=True)
Index("log_entry_waiting", log_entry.c.number, sqlite_where=log_entry.c.state == WAITING)
Index("log_entry_admin", log_entry.c.position, sqlite_where=log_entry.c.space == "admin")

need = Table(
    "need",
    metadata,
    Column("dep", Text, nullable=False),
    Column("waiter", Text, nullable=False),
    PrimaryKeyConstraint("dep", "waiter"),
    sqlite_with_rowid=False,
)
Index("need_waiter", need.c.waiter)

quarantine = Table(
    "quarantine",
    metadata,
    Column("entry", Text, primary_key=True),
    Column("why", Text, nullable=False),
    sqlite_with_rowid=False,
)

tip = Table(
    "tip",
    metadata,
    Column("space", Text, nullable=False),
    Column("entry", Text, nullable=False),
    PrimaryKeyConstraint("space", "entry"),
    sqlite_with_rowid=False,
)

head = Table(
    "head",
    metadata,
    Column("entity", Text, nullable=False),
    Column("space", Text, nullable=False),
    Column("writes", Text, nullable=False),
    PrimaryKeyConstraint("entity", "space"),
    sqlite_with_rowid=False,
)
"""Writes that no other names: one is a field's value, several are a conflict.

One row holds those of an entity, as JSON (``heads.py``): with a row for each write, committing many
nouns took a sixth longer (measured), because SQLCipher pays for every row it puts together.
"""

superseded = Table(
    "superseded",
    metadata,
    Column("entry", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("space", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("field", Text, nullable=False),
    PrimaryKeyConstraint("entry", "place", "space", "entity", "field"),
    sqlite_with_rowid=False,
)
"""Writes that were named before they came. Honest laptops never need it; order must not matter."""

personal = Table(
    "personal",
    metadata,
    Column("ref", Text, primary_key=True),
    Column("salt", LargeBinary),
    Column("value", Text),
    Column("erased", Integer, nullable=False),
    sqlite_with_rowid=False,
)

step = Table(
    "step",
    metadata,
    Column("id", Text, primary_key=True),
    Column("space", Text, nullable=False),
    Column("question", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("sort", Text, nullable=False),
    Column("plain", Text, nullable=False),
    Column("detail", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("step_question", step.c.question, step.c.sort)

ledger = Table(
    "ledger",
    metadata,
    Column("id", Text, primary_key=True),
    Column("space", Text, nullable=False),
    Column("claim", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("pence", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("sort", Text, nullable=False),
    Column("plain", Text, nullable=False),
    Column("data", Text, nullable=False),
    sqlite_with_rowid=False,
)
Index("ledger_claim", ledger.c.claim, ledger.c.sort)

blob = Table(
    "blob",
    metadata,
    Column("id", Text, primary_key=True),
    Column("size_bytes", Integer, nullable=False),
    Column("complete", Integer, nullable=False),
    sqlite_with_rowid=False,
)

blob_chunk = Table(
    "blob_chunk",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("blob", Text, ForeignKey("blob.id", ondelete="CASCADE"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
Index("blob_chunk_place", blob_chunk.c.blob, blob_chunk.c.n, unique=True)

local = Table(
    "local",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What never leaves this laptop: unfinished words, preferences, the private view of earnings."""

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What the store is: its board, person, clock, and the keys of this device."""

_TYPES: dict[str, Any] = {"text": Text, "integer": Integer, "json": Text}


def _noun_table(name: str, noun: type[Any]) -> Table:
    """Make the projection of a noun; ``made`` puts the oldest first on every laptop alike."""
    columns = [Column(field.name, _TYPES[field.column]) for field in facts.fields_of(noun)]
    table = Table(
        f"noun_{name}",
        metadata,
        Column("id", Text, primary_key=True),
        Column("made", Text, nullable=False),
        Column("shown", Integer, nullable=False),
        Column("conflicts", Text, nullable=False),
        *columns,
    )
    for field in facts.fields_of(noun):
        if field.link:
            column = table.c[field.name]
            Index(f"noun_{name}_{field.name}", column, sqlite_where=column.is_not(None))
    return table


NOUN_TABLES = {name: _noun_table(name, noun) for name, noun in facts.NOUNS.items()}


@cache
def projections() -> tuple[Table, ...]:
    """Return every table that is made from the log alone, and can be made again."""
    return (head, superseded, tip, quarantine, step, ledger, *NOUN_TABLES.values())
