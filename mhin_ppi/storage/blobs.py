"""Files attached to a board, in pieces inside the encrypted store; named by their SHA-256."""

from __future__ import annotations

import typing
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from ..crypto import hashing
from ..domain import facts
from ..domain.claims import LedgerKind
from ..domain.drafts import BlobId
from ..errors import NotFoundError, StoreDamagedError
from . import repositories, statements, tables

CHUNK_BYTES = 256 * 1024

_PUT_BLOB = statements.insert_into(tables.blob)
_PUT_CHUNK = statements.insert_into(tables.blob_chunk)
_COMPLETE = statements.written(
    select(tables.blob.c.size_bytes).where(
        tables.blob.c.id == bindparam("identity"),
        tables.blob.c.complete == statements.constant(1),
    )
)
_CHUNKS = statements.written(
    select(tables.blob_chunk.c.content)
    .where(tables.blob_chunk.c.blob == bindparam("identity"))
    .order_by(tables.blob_chunk.c.n)
)
_KEPT = statements.written(
    select(tables.blob.c.id).where(tables.blob.c.complete == statements.constant(1))
)


def keep(connection: Connection, content: bytes) -> BlobId:
    """Keep a file; the same file twice is kept once.

    Inside the caller's transaction: half a file is never there.
    """
    identity = BlobId(hashing.sha256_hex(content))
    if statements.one(connection, _COMPLETE, identity) is None:
        statements.run(connection, _PUT_BLOB, identity, len(content), 1)
        pieces = range(0, len(content), CHUNK_BYTES)
        statements.run_many(
            connection,
            _PUT_CHUNK,
            ((None, identity, n, content[at : at + CHUNK_BYTES]) for n, at in enumerate(pieces)),
        )
    return identity


def read(connection: Connection, identity: BlobId) -> bytes:
    """Return a kept file.

    Raises:
        NotFoundError: It is not here (yet).
        StoreDamagedError: What is here is not what was kept.
    """
    if statements.one(connection, _COMPLETE, identity) is None:
        raise NotFoundError(
            "This file is not on this laptop yet.",
            next_step="It comes with the next update that holds it.",
        )
    content = b"".join(row[0] for row in statements.rows(connection, _CHUNKS, identity))
    if hashing.sha256_hex(content) != identity:
        raise StoreDamagedError(
            "An attached file has been damaged.",
            what_is_safe="Everything else on the board is as it was.",
            next_step="Bring back a backup, or ask for the file again.",
        )
    return content


def kept(connection: Connection) -> list[BlobId]:
    """Return every file that is here, by id."""
    return sorted(BlobId(row[0]) for row in statements.rows(connection, _KEPT))


@cache
def _fields_naming_files() -> tuple[tuple[type[Any], str], ...]:
    found = []
    for noun in facts.NOUNS.values():
        for name, hint in typing.get_type_hints(noun).items():
            if hint is BlobId or BlobId in typing.get_args(hint):
                found.append((noun, name))
    return tuple(found)


def missing(connection: Connection) -> list[BlobId]:
    """Return the files that entries name but that are not here yet, by id."""
    named: set[str] = set()
    for noun, name in _fields_naming_files():
        for one in repositories.find(connection, noun, {}):
            value = getattr(one, name)
            named.update(value if isinstance(value, tuple) else [value] if value else [])
    for entry in repositories.ledger(connection, None):
        if entry.kind in (LedgerKind.SUBMITTED, LedgerKind.GIVEN):
            lines = entry.data.get("lines") or ()
            named.update(line["receipt"] for line in lines if line.get("receipt"))
    return sorted(BlobId(one) for one in named - {*kept(connection), ""})
