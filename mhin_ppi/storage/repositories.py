"""Reading nouns, steps, ledger entries and files back from the tables. Nothing here writes the log.

Decoders are put together once for each noun: reading thousands of rows is one loop over tuples.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from ..domain import facts
from ..domain.claims import ClaimId, LedgerEntry, LedgerKind
from ..domain.people import PersonId
from ..domain.questions import QuestionId, Step, StepKind
from ..errors import NotFoundError
from . import statements, tables
from .engine import damaged

Noun = TypeVar("Noun")
Decode = Callable[[Any], Any]

_FIRST_COLUMN = 4
"""Columns of a projection before the noun's own: id, made, shown, conflicts."""


class _Remembered(dict[Any, Any]):
    """Decodes a value once, however often it stands in a column."""

    def __init__(self, decode: Decode) -> None:
        super().__init__()
        self._decode = decode

    def __missing__(self, plain: Any) -> Any:  # noqa: ANN401 - a column's value
        value = self[plain] = self._decode(plain)
        return value


@cache
def _select(name: str) -> str:
    table = tables.NOUN_TABLES[name]
    fields = facts.fields_of(facts.NOUNS[name])
    columns = [table.c.id, *(table.c[field.name] for field in fields)]
    return statements.written(select(*columns).where(table.c.shown == statements.constant(1)))


@cache
def _order(name: str) -> str:
    return f" ORDER BY noun_{name}.made, noun_{name}.id"


def _decoders(noun: type[Any]) -> list[Decode]:
    """Return what decodes each column. Values that repeat are remembered for this one reading."""
    decoders: list[Decode] = [facts.id_decoder(noun)]
    for field in facts.fields_of(noun):
        if field.column == "json":
            decoders.append(_from_json(field.decode))
        elif field.personal:
            decoders.append(_from_words(field.decode))
        elif field.column == "integer":
            decoders.append(field.decode)
        else:
            decoders.append(_Remembered(field.decode).__getitem__)
    return decoders


def _from_json(decode: Decode) -> Decode:
    return lambda text: decode(None if text is None else json.loads(text))


def _from_words(decode: Decode) -> Decode:
    """Decode words, which never hold a zero: SQLCipher hands out zeros for a damaged page once."""

    def sound(text: str | None) -> Any:  # noqa: ANN401 - a field's value
        if text is not None and "\0" in text:
            raise damaged()
        return decode(text)

    return sound


def _nouns(noun: type[Noun], rows: list[tuple[Any, ...]]) -> list[Noun]:
    make = cast(Callable[..., Noun], noun)
    decoders = _decoders(noun)
    return [
        make(*[decode(plain) for decode, plain in zip(decoders, row, strict=True)]) for row in rows
    ]


def get(connection: Connection, noun: type[Noun], identity: object) -> Noun:
    """Return a noun by id.

    Raises:
        NotFoundError: It is not on this board, or has been taken away.
    """
    name = facts.name_of(noun)
    table = tables.NOUN_TABLES[name].name
    rows = statements.rows(connection, f"{_select(name)} AND {table}.id = ?", str(identity))
    if not rows:
        raise NotFoundError(
            f"This {name} is not on the board, or has been taken away.",
            next_step="Go back and choose another.",
        )
    return _nouns(noun, rows)[0]


def find(connection: Connection, noun: type[Noun], where: Mapping[str, object]) -> list[Noun]:
    """Return every noun whose fields equal what is given, oldest first."""
    name = facts.name_of(noun)
    clause, values = _where(noun, where)
    return _nouns(noun, statements.rows(connection, _select(name) + clause + _order(name), *values))


def count(connection: Connection, noun: type[Any], where: Mapping[str, object]) -> int:
    """Return how many :func:`find` would return."""
    clause, values = _where(noun, where)
    table = tables.NOUN_TABLES[facts.name_of(noun)].name
    sql = f"SELECT count(*) FROM {table} WHERE {table}.shown = 1{clause}"  # noqa: S608 - our names
    return int(statements.one(connection, sql, *values))


def _where(noun: type[Any], where: Mapping[str, object]) -> tuple[str, list[Any]]:
    """Return SQL that narrows a reading, and its parameters. Names come from declared fields."""
    table = tables.NOUN_TABLES[facts.name_of(noun)].name
    declared = {field.name: field for field in facts.fields_of(noun)}
    sql, values = "", []
    for name, wanted in where.items():
        if name != "id" and name not in declared:
            raise TypeError(f"{noun.__name__} has no field {name!r}")
        field, column = declared.get(name), f'{table}."{name}"'

        def encode(value: object, field: facts.Field | None = field) -> Any:  # noqa: ANN401
            return str(value) if field is None else _plain(field, value)

        if isinstance(wanted, list | set | frozenset) or (
            isinstance(wanted, tuple) and (field is None or field.column != "json")
        ):
            sql += f" AND {column} IN (SELECT value FROM json_each(?))"  # noqa: S608 - our names
            values.append(json.dumps([encode(one) for one in wanted]))
        elif wanted is None:
            sql += f" AND {column} IS NULL"
        else:
            sql += f" AND {column} = ?"
            values.append(encode(wanted))
    return sql, values


def _plain(field: facts.Field, value: object) -> Any:  # noqa: ANN401 - a column's value
    plain = field.encode(value)
    if field.column == "json" and plain is not None:
        return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    return plain


_step, _ledger = tables.step, tables.ledger
_STEP_COLUMNS = select(
    _step.c.id, _step.c.question, _step.c.kind, _step.c.person, _step.c.at, _step.c.sort,
    _step.c.detail,
)  # fmt: skip
_LEDGER_COLUMNS = select(
    _ledger.c.id, _ledger.c.claim, _ledger.c.kind, _ledger.c.pence, _ledger.c.person,
    _ledger.c.at, _ledger.c.sort, _ledger.c.data,
)  # fmt: skip
_STEPS = statements.written(_STEP_COLUMNS.order_by(_step.c.sort))
_STEPS_OF = statements.written(
    _STEP_COLUMNS.where(_step.c.question == bindparam("question")).order_by(_step.c.sort)
)
_LEDGER = statements.written(_LEDGER_COLUMNS.order_by(_ledger.c.sort))
_LEDGER_OF = statements.written(
    _LEDGER_COLUMNS.where(_ledger.c.claim == bindparam("claim")).order_by(_ledger.c.sort)
)


def steps(connection: Connection, question: QuestionId | None) -> list[Step]:
    """Return the steps of one question, or of all, in their order."""
    rows = (
        statements.rows(connection, _STEPS)
        if question is None
        else statements.rows(connection, _STEPS_OF, str(question))
    )
    return [
        Step(
            id=identity,
            question=QuestionId(UUID(about)),
            kind=StepKind(kind),
            by=PersonId(UUID(person)),
            at=datetime.fromisoformat(at),
            order=sort,
            detail=json.loads(detail),
        )
        for identity, about, kind, person, at, sort, detail in rows
    ]


def ledger(connection: Connection, claim: ClaimId | None) -> list[LedgerEntry]:
    """Return the ledger entries of one claim, or of all, in their order."""
    rows = (
        statements.rows(connection, _LEDGER)
        if claim is None
        else statements.rows(connection, _LEDGER_OF, str(claim))
    )
    return [
        LedgerEntry(
            id=identity,
            claim=ClaimId(UUID(about)),
            kind=LedgerKind(kind),
            pence=pence,
            by=PersonId(UUID(person)),
            at=datetime.fromisoformat(at),
            order=sort,
            data=json.loads(plain),
        )
        for identity, about, kind, pence, person, at, sort, plain in rows
    ]
