"""Applying an entry: the only code that changes what the board shows.

It runs inside the caller's transaction, for an entry made here and for one from another laptop
alike, and again when a check rebuilds every table from the log.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from ..domain.log import PERSONAL_DETAIL, LedOp, LogEntry, SetOp, StepOp, write_id
from . import heads, personal, statements, tables
from .heads import Head
from .projecting import Origin, row_of
from .shapes import GONE, resolved

_log = tables.log_entry.c

_ORIGIN = statements.written(
    select(_log.hlc, _log.device, _log.id).where(_log.position == bindparam("position"))
)
_POSITION = statements.written(
    select(_log.position).where(
        _log.id == bindparam("entry"), _log.state == statements.constant(tables.APPLIED)
    )
)
_NAMED_EARLY = statements.written(
    select(tables.superseded).where(tables.superseded.c.entry == bindparam("entry"))
)
_PLACE_DIGITS = 5
"""An entry of 64 KiB holds fewer operations than that."""

_PUT_EARLY = statements.insert_into(tables.superseded, instead="OR IGNORE")
_PUT_STEP = statements.insert_into(tables.step)
_PUT_LEDGER = statements.insert_into(tables.ledger)
_MADE = {
    name: statements.written(select(table.c.made).where(table.c.id == bindparam("identity")))
    for name, table in tables.NOUN_TABLES.items()
}


def instant_of(hlc: str) -> str:
    """Return the moment that a clock value tells, as text in UTC."""
    return datetime.fromtimestamp(int(hlc[:13]) / 1000, tz=UTC).isoformat(timespec="milliseconds")


class Applier:
    """Applies entries within one transaction.

    Args:
        connection: Inside a transaction.
        words: Words set apart in this very transaction, to save looking them up again.
    """

    def __init__(self, connection: Connection, words: dict[str, Any] | None = None) -> None:
        self._connection = connection
        self._words = words if words is not None else {}
        self._origins: dict[int, Origin] = {}

    def apply(self, entry: LogEntry, *, position: int, person: str) -> None:
        """Let an entry count.

        Args:
            entry: Judged, with its causes applied.
            position: Its place in the order applied here.
            person: Id of the person whose laptop signed it.
        """
        self._origins[position] = Origin(entry.hlc, entry.device, entry.id)
        sets: dict[str, list[tuple[int, SetOp]]] = {}
        steps: list[tuple[Any, ...]] = []
        led: list[tuple[Any, ...]] = []
        at = instant_of(entry.hlc)
        for place, op in enumerate(entry.ops):
            match op:
                case SetOp():
                    sets.setdefault(op.entity, []).append((place, op))
                case StepOp():
                    shown = self.shown(op.detail)
                    row = (op.question, op.kind, person, at, _sort(entry, place))
                    steps.append((write_id(entry.id, place), entry.space, *row, *shown))
                case LedOp():
                    shown = self.shown(op.data)
                    what = (op.claim, op.kind, op.pence, person, at, _sort(entry, place))
                    led.append((write_id(entry.id, place), entry.space, *what, *shown))
        statements.run_many(self._connection, _PUT_STEP, steps)
        statements.run_many(self._connection, _PUT_LEDGER, led)
        if sets:
            self._write(entry, position, sets)

    def shown(self, plain: Any) -> tuple[str, str]:  # noqa: ANN401 - plain JSON
        """Return a step's detail as signed, and with its words in place."""
        words = {
            key: resolved(key, self.words(one["ref"]) if personal.is_reference(one) else one)
            if key in PERSONAL_DETAIL
            else one
            for key, one in plain.items()
        }
        return _json(plain), _json(words)

    def _write(
        self, entry: LogEntry, position: int, sets: dict[str, list[tuple[int, SetOp]]]
    ) -> None:
        early = {
            (place, space, entity, field)
            for _, place, space, entity, field in statements.rows(
                self._connection, _NAMED_EARLY, entry.id
            )
        }
        put: dict[bool, list[tuple[str, str, str]]] = {True: [], False: []}
        rows: dict[tuple[str, bool], list[tuple[Any, ...]]] = {}
        for entity, ops in sets.items():
            standing, is_new = heads.of_entity(self._connection, entity)
            for place, op in ops:
                self._drop_named(entry, op, standing)
                if (place, entry.space, entity, op.field) not in early:
                    seen = [str(one) for one in op.over] if op.field == GONE else None
                    standing.append(Head(entry.space, op.field, position, place, op.value, seen))
            put[is_new].append(heads.row_for(entity, entry.space, standing))
            made = self._made(entity, f"{entry.hlc}.{ops[0][0]:05d}", is_new=is_new)
            if row := self._row(entity, standing, made):
                rows.setdefault((entity.split(":", 1)[0], is_new), []).append(row)
        for is_new, found in put.items():
            heads.put(self._connection, found, new=is_new)
        for (noun, is_new), shown in rows.items():
            statements.put(self._connection, tables.NOUN_TABLES[noun], shown, new=is_new)

    def _row(self, entity: str, standing: list[Head], made: str) -> tuple[Any, ...] | None:
        return row_of(entity, standing, made=made, origin_of=self.origin, words_of=self.words)

    def _drop_named(self, entry: LogEntry, op: SetOp, standing: list[Head]) -> None:
        """Take away the writes that an operation was laid over, come or not come yet."""
        for named in op.over:
            identity, _, place = named.rpartition(".")
            if not (place.isdecimal() and len(place) <= _PLACE_DIGITS):
                continue
            position = statements.one(self._connection, _POSITION, identity)
            if position is None:
                values = (identity, int(place), entry.space, op.entity, op.field)
                statements.run(self._connection, _PUT_EARLY, *values)
            key = (entry.space, op.field, position, int(place))
            standing[:] = [head for head in standing if head[:4] != key]

    def _made(self, entity: str, now: str, *, is_new: bool) -> str:
        noun, _, identity = entity.partition(":")
        if is_new or noun not in _MADE:
            return now
        earlier = statements.one(self._connection, _MADE[noun], identity)
        return min(earlier, now) if earlier else now

    def project(self, entity: str) -> None:
        """Make an entity's row again, after words behind it came or were erased."""
        noun, _, identity = entity.partition(":")
        if noun not in _MADE:
            return
        made = statements.one(self._connection, _MADE[noun], identity)
        if made is None:
            return
        standing, _ = heads.of_entity(self._connection, entity)
        if row := self._row(entity, standing, made):
            statements.put(self._connection, tables.NOUN_TABLES[noun], [row], new=False)

    def origin(self, position: int) -> Origin:
        """Return what puts the entry at a position into the common order."""
        if position not in self._origins:
            row = statements.rows(self._connection, _ORIGIN, position)[0]
            self._origins[position] = Origin(*row)
        return self._origins[position]

    def words(self, reference: str) -> Any:  # noqa: ANN401 - plain JSON
        """Return the words behind a reference; ``None`` when erased or not here."""
        if reference in self._words:
            return self._words[reference]
        return personal.value_of(self._connection, reference)


def _sort(entry: LogEntry, place: int) -> str:
    return f"{entry.hlc}.{entry.device}.{entry.id}.{place:05d}"


def _json(value: Any) -> str:  # noqa: ANN401 - plain JSON
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
