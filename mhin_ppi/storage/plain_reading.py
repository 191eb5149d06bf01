"""Column values as they stand, for lists of very many: no noun is made of them.

Putting together 20,000 questions takes well over a second, and a list shows thirty of them. What
reads these tuples decodes what it shows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from ..domain import facts
from ..domain.spaces import Space
from . import statements, tables
from .engine import damaged, plain_words
from .erasing import LEDGER_SHOWN

MOST_ENTRIES = 400
"""More new entries than this are not looked through one by one: reading all steps is as quick."""

_step, _log, _ledger = tables.step, tables.log_entry, tables.ledger
_LINES = statements.written(
    select(_step.c.question, _step.c.kind, _step.c.person, _step.c.at, _step.c.sort, _step.c.detail)
)
_POSITION = statements.written(select(func.max(_log.c.position)))
_BODIES = statements.written(select(_log.c.body).where(_log.c.position > bindparam("position")))
_CLAIMS_IN = statements.written(
    select(_ledger.c.claim).where(_ledger.c.space == bindparam("space")).distinct()
)
_SHOWN = statements.written(
    select(tables.local.c.value).where(tables.local.c.key == statements.constant(LEDGER_SHOWN))
)


class PlainReading:
    """Reads plain values in one transaction.

    Args:
        connection: With everything recorded so far applied.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def columns(self, noun: type[Any], *fields: str) -> list[tuple[Any, ...]]:
        """Return the id and some fields of every noun of a kind, as stored, in no order.

        Args:
            noun: Which kind.
            fields: Names of its fields; lists are JSON text, instants ISO text in UTC.

        Raises:
            StoreError: A page of the store is damaged.
        """
        name = facts.name_of(noun)
        table = tables.NOUN_TABLES[name]
        declared = {field.name: field for field in facts.fields_of(noun)}
        columns = [table.c.id, *(table.c[field] for field in fields)]
        query = select(*columns).where(table.c.shown == statements.constant(1))
        with plain_words():
            rows = statements.rows(self._connection, statements.written(query))
        for place in (at for at, f in enumerate(fields, 1) if declared[f].personal):
            # Words never hold a zero: SQLCipher hands out zeros for a damaged page once.
            if "\0" in "".join(filter(None, map(itemgetter(place), rows))):
                raise damaged()
        return rows

    def step_lines(
        self, questions: Iterable[str] | None = None
    ) -> list[tuple[str, str, str, str, str, str]]:
        """Return (question, kind, person, at, order, for whom or "") of steps, in no order.

        Args:
            questions: Only those of these questions (ids as text); ``None`` for all.
        """
        narrowed, values = "", []
        if questions is not None:
            narrowed = " WHERE step.question IN (SELECT value FROM json_each(?))"
            values = [json.dumps(sorted(questions))]
        with plain_words():
            rows = statements.rows(self._connection, _LINES + narrowed, *values)
        return [(*row[:5], _for_whom(row[5])) for row in rows]

    def position(self) -> int:
        """Return how many entries have been applied: it grows with everything that happens."""
        with plain_words():
            return int(statements.one(self._connection, _POSITION) or 0)

    def stepped_since(self, position: int) -> frozenset[str] | None:
        """Return the questions that took steps after a position (ids as text).

        Returns:
            ``None`` where it is not told apart: too much has happened, or roles have changed, which
            may change what counts in every question.
        """
        return self._named_since(position, "step")

    def claims_moved_since(self, position: int) -> frozenset[str] | None:
        """Return the claims to whose ledger something came after a position (ids as text).

        Returns:
            ``None`` where it is not told apart: too much has happened, or roles have changed, which
            may change what counts in every claim.
        """
        return self._named_since(position, "led")

    def ledger_shown(self) -> str:
        """Return what changes whenever words of old ledger entries come or go."""
        with plain_words():
            return str(statements.one(self._connection, _SHOWN) or "")

    def claims_in(self, space: Space) -> frozenset[str]:
        """Return the claims that have ledger entries in a space (ids as text)."""
        with plain_words():
            found = statements.rows(self._connection, _CLAIMS_IN, str(space))
        return frozenset(row[0] for row in found)

    def _named_since(self, position: int, kind: str) -> frozenset[str] | None:
        with plain_words():
            bodies = statements.rows(
                self._connection, f"{_BODIES} LIMIT {MOST_ENTRIES + 1}", position
            )
        if len(bodies) > MOST_ENTRIES:
            return None
        found = set()
        for (body,) in bodies:
            for op in json.loads(body)["ops"]:
                if op[0] == kind:
                    found.add(str(op[1]))
                elif _is_of_roles(op):
                    return None
        return frozenset(found)


def _is_of_roles(op: Sequence[Any]) -> bool:
    return op[0] == "set" and str(op[1]).startswith("person:") and op[2] == "roles"


def _for_whom(detail: str) -> str:
    # Most steps are not taken for anybody; reading the JSON of each would double the time.
    return str(json.loads(detail).get("for", "")) if '"for"' in detail else ""
