"""Personal words: kept beside the log under a salted reference, so that they can be taken back.

A signed entry holds only SHA-256(salt + words). Salt and words travel beside it, and can be erased
everywhere while the graph and its signatures stay valid.

Source: ``SECURITY_DESIGN.md`` 6 (erasure).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select

from ..crypto import hashing
from ..domain import facts
from ..domain.log import PERSONAL_DETAIL, LedOp, LogEntry, Op, SetOp, StepOp
from ..errors import EntryRefusedError
from . import statements, tables

VALUE_BYTES_LIMIT = 1024 * 1024

_KEEP = statements.insert_into(tables.personal, instead="OR IGNORE")
_VALUE = statements.written(
    select(tables.personal.c.value).where(tables.personal.c.ref == bindparam("ref"))
)
_BESIDE = statements.written(
    select(tables.personal.c.salt, tables.personal.c.value).where(
        tables.personal.c.ref == bindparam("ref"),
        tables.personal.c.erased == statements.constant(0),
    )
)
_PUT = statements.insert_into(tables.personal, instead="OR REPLACE")
_ERASED = statements.written(
    select(tables.personal.c.erased).where(tables.personal.c.ref == bindparam("ref"))
)

Row = tuple[str, bytes, str, int]


def canonical_value(value: Any) -> bytes:  # noqa: ANN401 - plain JSON
    """Return the one way of writing a personal value: sorted keys, no spaces, NFC.

    Raises:
        EntryRefusedError: It holds something that cannot be written so, or is too long.
    """
    try:
        written = json.dumps(
            value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
        )
        encoded = unicodedata.normalize("NFC", written).encode()
    except (TypeError, ValueError, RecursionError) as cause:
        raise _unusable() from cause
    if len(encoded) > VALUE_BYTES_LIMIT or ("\\u0000" in written and _holds_zero(value)):
        raise _unusable()
    return encoded


def _holds_zero(value: Any) -> bool:  # noqa: ANN401 - plain JSON
    """Return whether a text in a value holds a zero character: read back, it would mean damage."""
    if isinstance(value, Mapping):
        return any(_holds_zero(one) for one in (*value, *value.values()))
    if isinstance(value, list | tuple):
        return any(_holds_zero(one) for one in value)
    return isinstance(value, str) and "\0" in value


def _unusable() -> EntryRefusedError:
    return EntryRefusedError(
        "Some words cannot be kept: they are very long, or hold characters that are no text.",
        what_is_safe="Your board is as it was.",
        next_step="Shorten the text, or paste it again without special characters.",
    )


def set_apart(op: Op) -> tuple[Op, list[Row]]:
    """Return an operation with its personal words replaced by references, and the words."""
    kept: list[Row] = []

    def refer(value: Any) -> Any:  # noqa: ANN401 - plain JSON
        if value is None or is_reference(value):
            return value
        written, salt = canonical_value(value), hashing.new_salt()
        reference = hashing.salted_reference(salt, written)
        kept.append((reference, salt, written.decode(), 0))
        return {"ref": reference}

    match op:
        case SetOp() if is_personal(op):
            return SetOp(op.entity, op.field, refer(op.value), op.over), kept
        case StepOp():
            return StepOp(op.question, op.kind, _referred(op.detail, refer)), kept
        case LedOp():
            return LedOp(op.claim, op.kind, op.pence, _referred(op.data, refer)), kept
    return op, kept


def _referred(plain: Mapping[str, Any], refer: Any) -> dict[str, Any]:  # noqa: ANN401
    return {key: refer(one) if key in PERSONAL_DETAIL else one for key, one in plain.items()}


def is_personal(op: SetOp) -> bool:
    """Return whether the field that an operation sets is declared to hold personal words."""
    field = fields(op.entity.split(":", 1)[0]).get(op.field)
    return field is not None and field.personal


def fields(noun: str) -> Mapping[str, facts.Field]:
    """Return the fields of a noun by name; none for a noun of a newer version."""
    kind = facts.NOUNS.get(noun)
    if kind is None:
        return {}
    if noun not in _FIELDS:
        _FIELDS[noun] = {field.name: field for field in facts.fields_of(kind)}
    return _FIELDS[noun]


_FIELDS: dict[str, Mapping[str, facts.Field]] = {}


def is_reference(value: Any) -> bool:  # noqa: ANN401 - plain JSON
    """Return whether a plain value stands for personal words kept beside the entry."""
    return isinstance(value, Mapping) and set(value) == {"ref"} and isinstance(value["ref"], str)


def references(entry: LogEntry) -> Iterator[str]:
    """Yield the references that an entry holds."""
    for op in entry.ops:
        yield from references_in(op)


def references_in(op: Op) -> list[str]:
    """Return the references that an operation holds."""
    match op:
        case SetOp(value=value):
            found: list[Any] = [value]
        case StepOp(detail=plain) | LedOp(data=plain):
            found = [plain[key] for key in PERSONAL_DETAIL if key in plain]
    return [one["ref"] for one in found if is_reference(one)]


def keep(connection: Connection, rows: list[Row]) -> int:
    """Keep personal words beside the entries that refer to them.

    Returns:
        How many were not here; words that have been taken back stay so.
    """
    return statements.run_many(connection, _KEEP, rows)


def value_of(connection: Connection, reference: str) -> Any:  # noqa: ANN401 - plain JSON
    """Return the words behind a reference; ``None`` when erased or not here."""
    written = statements.one(connection, _VALUE, reference)
    return None if written is None else json.loads(written)


def beside(connection: Connection, entry: LogEntry) -> dict[str, dict[str, Any]]:
    """Return what travels with an entry: ``{ref: {"salt": hex, "value": …}}``."""
    found = {}
    for reference in references(entry):
        for salt, written in statements.rows(connection, _BESIDE, reference):
            found[reference] = {"salt": salt.hex(), "value": json.loads(written)}
    return found


def checked(entry: LogEntry, untrusted: Mapping[str, Any]) -> list[Row]:
    """Return the words that came with an entry, once each fits its reference.

    Args:
        entry: The entry; words it does not refer to are dropped.
        untrusted: As :func:`beside` made it, from another laptop.

    Raises:
        EntryRefusedError: Words that are not those that were signed.
    """
    kept: list[Row] = []
    for reference in references(entry):
        if reference not in untrusted:
            continue
        try:
            salt = bytes.fromhex(untrusted[reference]["salt"])
            written = canonical_value(untrusted[reference]["value"])
        except (TypeError, KeyError, ValueError) as cause:
            raise _altered() from cause
        if not hashing.is_reference_to(reference, salt, written):
            raise _altered()
        kept.append((reference, salt, written.decode(), 0))
    return kept


def _altered() -> EntryRefusedError:
    return EntryRefusedError(
        "Some words in an update are not the ones their author wrote, so it was not taken in.",
        what_is_safe="Your board is as it was.",
        next_step="Ask the person who sent it to send it again.",
    )


def is_forgotten(connection: Connection, reference: str) -> bool:
    """Return whether the words behind a reference have been taken back."""
    return bool(statements.one(connection, _ERASED, reference))


def forget(connection: Connection, references: Iterable[str]) -> None:
    """Forget the salt and the words behind references, those that may still come included."""
    statements.run_many(connection, _PUT, ((one, None, None, 1) for one in references))


def restore(connection: Connection, rows: Iterable[Row]) -> None:
    """Take words up again that were forgotten wrongly."""
    statements.run_many(connection, _PUT, rows)
