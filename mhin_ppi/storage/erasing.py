"""Taking personal words back, without touching the signed entries that refer to them."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from ..domain import facts
from ..domain.log import LedOp, LogEntry, SetOp, StepOp, entity_name, parse_entry, write_id
from ..domain.questions import Step
from ..domain.spaces import Space
from . import heads, personal, statements, tables
from .applying import Applier
from .shapes import GONE

LEDGER_SHOWN = "ledger_shown_again"
"""Under this name this laptop counts how often words of old ledger entries came or went."""

_log = tables.log_entry
_MARK = statements.written(
    select(tables.local.c.value).where(tables.local.c.key == bindparam("key"))
)
_ENTRIES = statements.written(
    select(_log.c.body, _log.c.signature).where(_log.c.state == statements.constant(tables.APPLIED))
)
_ENTRY = statements.written(
    select(_log.c.body, _log.c.signature).where(
        _log.c.id == bindparam("which"), _log.c.state == statements.constant(tables.APPLIED)
    )
)
_SET_DETAIL = statements.written(
    update(tables.step)
    .where(tables.step.c.id == bindparam("which"))
    .values(detail=bindparam("shown"))
)
_SET_DATA = statements.written(
    update(tables.ledger)
    .where(tables.ledger.c.id == bindparam("which"))
    .values(data=bindparam("shown"))
)


def erase(connection: Connection, references: Collection[str]) -> None:
    """Forget the words behind references, and show blanks where they stood."""
    if not references:
        return
    personal.forget(connection, references)
    wanted = [one.encode() for one in references]
    for row in statements.rows(connection, _ENTRIES):
        if any(one in row[0] for one in wanted):
            show_again(connection, parse_entry(*row))


def show_again(connection: Connection, entry: LogEntry) -> None:
    """Make every row of an applied entry again, after words behind it came or went."""
    applier = Applier(connection)
    for place, op in enumerate(entry.ops):
        named = write_id(entry.id, place)
        match op:
            case SetOp(entity=entity):
                applier.project(entity)
            case StepOp(detail=detail):
                statements.run(connection, _SET_DETAIL, _shown(applier, detail), named)
            case LedOp(data=plain):
                statements.run(connection, _SET_DATA, _shown(applier, plain), named)
                _mark_ledger(connection)


def _mark_ledger(connection: Connection) -> None:
    """Note that the ledger reads otherwise now, for whoever keeps what was added up from it."""
    before = statements.one(connection, _MARK, LEDGER_SHOWN)
    times = json.dumps({"times": json.loads(before)["times"] + 1 if before else 1})
    statements.put(connection, tables.local, [(LEDGER_SHOWN, times)], new=before is None)


def _shown(applier: Applier, plain: Any) -> str:  # noqa: ANN401 - plain JSON
    return applier.shown(plain)[1]


class Written(NamedTuple):
    """Personal words that a noun held once, or a step.

    Args:
        space: Where they were written.
        field: Which field, or key of the step's detail.
        reference: What stands for them in the log.
    """

    space: Space
    field: str
    reference: str


def written(connection: Connection, noun: type[Any], identity: str) -> list[Written]:
    """Return all the personal words that any write of a noun ever held.

    A step is written once: its words are those that were said with it.
    """
    if noun is Step:
        return _said_with(connection, identity)
    entity = entity_name(facts.name_of(noun), identity)
    named = json.dumps(entity).encode()
    return [
        Written(entry.space, op.field, op.value["ref"])
        for entry in (
            parse_entry(*row) for row in statements.rows(connection, _ENTRIES) if named in row[0]
        )
        for op in entry.ops
        if isinstance(op, SetOp) and op.entity == entity and personal.is_reference(op.value)
    ]


def references_of(connection: Connection, noun: type[Any], identity: str) -> dict[str, list[str]]:
    """Return the references that any write of a noun ever held, by field."""
    found: dict[str, list[str]] = {}
    for one in written(connection, noun, identity):
        found.setdefault(one.field, []).append(one.reference)
    return found


def _said_with(connection: Connection, step: str) -> list[Written]:
    identity, _, place = step.rpartition(".")
    for row in statements.rows(connection, _ENTRY, identity):
        entry = parse_entry(*row)
        op = entry.ops[int(place)]
        said = op.detail if isinstance(op, StepOp) else {}
        return [
            Written(entry.space, key, one["ref"])
            for key, one in said.items()
            if personal.is_reference(one)
        ]
    return []


def standing(connection: Connection, noun: type[Any], identity: str) -> set[str]:
    """Return the references whose words count now: those of spaces from which it is not gone."""
    written, _ = heads.of_entity(connection, entity_name(facts.name_of(noun), identity))
    gone = {head.space for head in written if head.field == GONE and head.value}
    return {
        head.value["ref"]
        for head in written
        if head.space not in gone and personal.is_reference(head.value)
    }
