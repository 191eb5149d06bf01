"""Forgetting on this laptop what was taken back on another, in whatever order things arrive.

Which words are gone follows from the log alone. Words are gone when an entry that counts says so
of the reference behind them, and whoever signed it may say it of every operation that holds that
reference. A reference is not bound to whoever made it: somebody could copy it into an entry of
their own and take that back. So one operation they may not speak for keeps the words, and words
that arrive again are taken up again when it turns out so. A copy made with the original in sight
counts for nothing.

Source: ``SECURITY_DESIGN.md`` 6 (erasure).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, LargeBinary, bindparam, func, select

from ..domain.log import EntryId, LogEntry, Op, SetOp, StepOp, entity_name, parse_entry
from ..domain.people import DeviceId, Role
from ..domain.questions import StepKind
from ..domain.taking_back import asker_for, may_take_back, taken_back
from . import erasing, personal, statements, tables
from .judging import AdminHistory

_log = tables.log_entry
_HELD = statements.written(
    select(_log.c.body, _log.c.signature, _log.c.state).where(
        _log.c.state != statements.constant(tables.SET_ASIDE)
    )
)
_DEPS = statements.written(
    select(_log.c.id, _log.c.body).where(
        _log.c.space == bindparam("space"), _log.c.state == statements.constant(tables.APPLIED)
    )
)
_SPEAKING_OF = statements.written(
    select(_log.c.body, _log.c.signature).where(
        _log.c.space == bindparam("space"),
        _log.c.state == statements.constant(tables.APPLIED),
        func.instr(_log.c.body, bindparam("words", type_=LargeBinary)) > statements.constant(0),
    )
)
_REFERENCE = re.compile(rb'"([0-9a-f]{64})"')

PersonOf = Callable[[DeviceId], str]


class Forgetting:
    """What one transaction has to forget; :meth:`settle` at its end does so.

    Args:
        connection: Inside a transaction.
        history: The admin space.
        person_of: Finds whose laptop a device is, as text; "" for an unknown one.
    """

    def __init__(self, connection: Connection, history: AdminHistory, person_of: PersonOf) -> None:
        self._connection = connection
        self._history = history
        self._person_of = person_of
        self._named: set[str] = set()
        self._offered: dict[str, personal.Row] = {}

    def note(self, entry: LogEntry) -> None:
        """Take note of an entry that has come to count."""
        for op in entry.ops:
            self._named.update(taken_back(op))

    def offered(self, rows: Iterable[personal.Row]) -> None:
        """Take note of words that arrived again after they had been forgotten."""
        self._offered.update((row[0], row) for row in rows)

    def settle(self) -> list[tuple[str, str, str]]:
        """Forget what is taken back, and take up again what somebody wrongly said so of.

        Returns:
            The questions whose words are gone now: question, asker, and the words there were.
        """
        wanted = self._named | self._offered.keys()
        if not wanted:
            return []
        holding = _Holding(self._connection, wanted)
        graph = _Graph(self._connection)
        gone: list[str] = []
        back: list[personal.Row] = []
        for reference in sorted(wanted):
            said = holding.said(reference)
            if said and self._is_gone(said, holding.written(reference), graph):
                gone.append(reference)
            elif said and reference in self._offered:
                back.append(self._offered[reference])
        lost = [one for reference in gone for one in self._lost(reference, holding, graph)]
        personal.forget(self._connection, gone)
        personal.restore(self._connection, back)
        changed = {*gone, *(row[0] for row in back)}
        for entry in holding.entries(changed):
            erasing.show_again(self._connection, entry)
        self._named.clear()
        self._offered.clear()
        return lost

    def _lost(
        self, reference: str, holding: _Holding, graph: _Graph
    ) -> Iterator[tuple[str, str, str]]:
        words = personal.value_of(self._connection, reference)
        if not (isinstance(words, str) and words):
            return
        for _, op in holding.written(reference):
            if not (isinstance(op, SetOp) and op.field == "body"):
                continue
            noun, _, question = op.entity.partition(":")
            for said in holding.said(reference) if noun == "question" else ():
                by, coordinates, past = self._by(said, graph)
                # One that only went to fewer people has its words still, and was not withdrawn.
                if asker := asker_for(frozenset({question}), by, coordinates, past):
                    yield question, asker, words

    def _is_gone(
        self, said: list[LogEntry], written: list[tuple[LogEntry, Op]], graph: _Graph
    ) -> bool:
        if len(written) > 1:
            written = graph.originals(written)
        return all(any(self._speaks_for(one, *held, graph) for one in said) for held in written)

    def _speaks_for(self, said: LogEntry, entry: LogEntry, op: Op, graph: _Graph) -> bool:
        """Return whether a taking back counts for an operation."""
        if said.space != entry.space:
            return False
        signer = self._person_of(entry.device)
        by, coordinates, past = self._by(said, graph)
        allowed = may_take_back(op, signer=signer, by=by, is_coordinator=coordinates, past=past)
        return allowed and (signer == by or past.has(entry))

    def _by(self, said: LogEntry, graph: _Graph) -> tuple[str, bool, _Before]:
        """Return who takes words back, whether they coordinated then, and what was said before."""
        by = self._person_of(said.device)
        roles = self._history.at(said.admin).roles.get(by, frozenset())
        return by, Role.COORDINATOR.value in roles, _Before(said, graph, self._person_of)


class _Holding:
    """Every entry in which some references stand, found in one pass over the log."""

    def __init__(self, connection: Connection, references: Iterable[str]) -> None:
        wanted = {one.encode() for one in references}
        self._found: dict[str, list[tuple[LogEntry, int]]] = {}
        for body, signature, state in statements.rows(connection, _HELD):
            if found := wanted.intersection(_REFERENCE.findall(body)):
                entry = parse_entry(body, signature)
                for one in found:
                    self._found.setdefault(one.decode(), []).append((entry, state))

    def said(self, reference: str) -> list[LogEntry]:
        """Return the entries that count and say that the words are taken back."""
        return [
            entry
            for entry, state in self._found.get(reference, ())
            if state == tables.APPLIED and any(reference in taken_back(op) for op in entry.ops)
        ]

    def written(self, reference: str) -> list[tuple[LogEntry, Op]]:
        """Return the operations that hold the words."""
        return [
            (entry, op)
            for entry, _ in self._found.get(reference, ())
            for op in entry.ops
            if reference in personal.references_in(op)
        ]

    def entries(self, references: Iterable[str]) -> list[LogEntry]:
        """Return the entries that count and hold any of these words, each once."""
        found = {
            entry.id: entry
            for one in references
            for entry, state in self._found.get(one, ())
            if state == tables.APPLIED and one in personal.references(entry)
        }
        return list(found.values())


class _Graph:
    """Which entry follows which; read only when somebody speaks for words another has signed."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._deps: dict[str, dict[EntryId, list[EntryId]]] = {}
        self._past: dict[EntryId, set[EntryId]] = {}

    def before(self, entry: LogEntry) -> set[EntryId]:
        """Return the ids of the entries that an entry follows."""
        if entry.id not in self._past:
            deps, waiting = self._space(entry.space), list(entry.deps)
            found: set[EntryId] = set()
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found.add(one)
                    waiting += deps.get(one, ())
            self._past[entry.id] = found
        return self._past[entry.id]

    def originals(self, written: list[tuple[LogEntry, Op]]) -> list[tuple[LogEntry, Op]]:
        """Return the operations in no entry that follows another of these."""
        ids = {entry.id for entry, _ in written}
        return [held for held in written if ids.isdisjoint(self.before(held[0]))]

    def _space(self, space: str) -> dict[EntryId, list[EntryId]]:
        if space not in self._deps:
            rows = statements.rows(self.connection, _DEPS, space)
            self._deps[space] = {EntryId(one): json.loads(body)["deps"] for one, body in rows}
        return self._deps[space]


class _Before:
    """What the log said in a space before an entry."""

    def __init__(self, entry: LogEntry, graph: _Graph, person_of: PersonOf) -> None:
        self._entry = entry
        self._graph = graph
        self._person_of = person_of

    def has(self, entry: LogEntry) -> bool:
        """Return whether an entry came before."""
        return entry.id in self._graph.before(self._entry)

    def values(self, entity: str, field: str) -> frozenset[str]:
        """Return every value that anybody ever gave a field, as text."""
        return frozenset(
            str(op.value)
            for _, op in self._speaking_of(entity)
            if isinstance(op, SetOp) and (op.entity, op.field) == (entity, field)
        )

    def naming(self, noun: str, field: str, value: str) -> frozenset[str]:
        """Return the ids of the nouns of a kind of which a field was ever given this value."""
        prefix = entity_name(noun, "")
        return frozenset(
            op.entity.removeprefix(prefix)
            for _, op in self._speaking_of(value)
            if isinstance(op, SetOp)
            and op.entity.startswith(prefix)
            and (op.field, op.value) == (field, value)
        )

    def withdrawals(self, question: str) -> frozenset[tuple[str, str]]:
        """Return who withdrew a question, and on whose behalf ("" for their own)."""
        return frozenset(
            (self._person_of(entry.device), str(op.detail.get("for", "")))
            for entry, op in self._speaking_of(question)
            if isinstance(op, StepOp) and (op.question, op.kind) == (question, StepKind.WITHDRAW)
        )

    def _speaking_of(self, words: str) -> list[tuple[LogEntry, Any]]:
        rows = statements.rows(
            self._graph.connection, _SPEAKING_OF, self._entry.space, json.dumps(words).encode()
        )
        entries = (parse_entry(*row) for row in rows)
        return [(entry, op) for entry in entries if self.has(entry) for op in entry.ops]
