"""One action on the board: everything in it is kept together, or nothing is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from sqlalchemy import Connection, Engine, bindparam, delete, select

from ..domain.claims import ClaimId, LedgerEntry
from ..domain.drafts import BlobId
from ..domain.log import LogEntry, Op, SetOp
from ..domain.questions import QuestionId, Step
from ..domain.spaces import Space
from ..domain.taking_back import taking_back
from ..errors import EntryRefusedError, NotAllowedError
from . import blobs, erasing, personal, repositories, statements, tables
from .board_log import BoardLog
from .engine import plain_words
from .plain_reading import PlainReading
from .searching import WordIndex
from .shapes import GONE, is_well_formed
from .standing import laid_over

Noun = TypeVar("Noun")

ENTRY_BYTES_WANTED = 32 * 1024
"""An action with more than this in one space becomes several entries; the limit is 64 KiB."""

_local = tables.local
_DROP_LOCAL = statements.written(delete(_local).where(_local.c.key == bindparam("which")))
_LOCAL = statements.written(select(_local.c.value).where(_local.c.key == bindparam("which")))
_LOCAL_KEYS = statements.written(select(_local.c.key).order_by(_local.c.key))


class _Pending:
    """Operations recorded for one space and not yet made into an entry."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.words: list[personal.Row] = []
        self.fields: set[tuple[str, str]] = set()
        self.size_bytes = 0


class SqlUnitOfWork:
    """A transaction over the store.

    Args:
        engine: Of the open store.
        log_in: Makes the log of a transaction.
        give_up: Told when a transaction that had written is given up.
        now: Tells the time.
        new_id: Makes the action's id.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        log_in: Callable[[Connection], BoardLog],
        give_up: Callable[[], None],
        now: Callable[[], datetime],
        new_id: Callable[[], UUID],
    ) -> None:
        self._engine = engine
        self._log_in = log_in
        self._give_up = give_up
        self._now = now
        self._new_id = new_id
        self._connection: Connection | None = None
        self._log: BoardLog | None = None
        self._action: UUID | None = None
        self._pending: dict[Space, _Pending] = {}
        self._made: list[LogEntry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._finish()

    def _finish(self) -> None:
        """Give up whatever has not been committed. SQLite may have done so itself already."""
        connection, self._connection = self._connection, None
        wrote, self._log, self._action = self._log is not None, None, None
        self._pending.clear()
        self._made.clear()
        if connection is not None:
            if wrote:
                self._give_up()
            with plain_words():
                connection.close()

    def _begun(self, *, writes: bool = False) -> Connection:
        if self._connection is None:
            connection = self._engine.connect().execution_options(writes=writes)
            try:
                connection.begin()
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def _reading(self) -> Connection:
        """Return the transaction, with everything recorded so far applied."""
        connection = self._begun()
        self._flush()
        return connection

    # -- reading ---------------------------------------------------------------------------------

    def get(self, noun: type[Noun], identity: object) -> Noun:
        """Return a noun by id.

        Raises:
            NotFoundError: It is not on this board, or has been taken away.
        """
        with plain_words():
            return repositories.get(self._reading(), noun, identity)

    def find(self, noun: type[Noun], **where: object) -> list[Noun]:
        """Return every noun whose fields equal what is given, oldest first."""
        with plain_words():
            return repositories.find(self._reading(), noun, where)

    def count(self, noun: type[Any], **where: object) -> int:
        """Return how many :meth:`find` would return."""
        with plain_words():
            return repositories.count(self._reading(), noun, where)

    def steps(self, question: QuestionId | None = None) -> list[Step]:
        """Return the steps of one question, or of all, in their order."""
        with plain_words():
            return repositories.steps(self._reading(), question)

    def ledger(self, claim: ClaimId | None = None) -> list[LedgerEntry]:
        """Return the ledger entries of one claim, or of all, in their order."""
        with plain_words():
            return repositories.ledger(self._reading(), claim)

    def plain(self) -> PlainReading:
        """Return what reads plain values, for lists of very many."""
        with plain_words():
            return PlainReading(self._reading())

    @property
    def words(self) -> WordIndex:
        """What finds words, in this transaction."""
        return WordIndex(self._begun)

    # -- recording -------------------------------------------------------------------------------

    def record(self, space: Space, ops: Iterable[Op]) -> None:
        """Add operations to this action; they count at once and are kept on commit.

        Raises:
            EntryRefusedError: An operation has no such shape.
            NotAllowedError: This person may not write it.
        """
        found = list(ops)
        if not found:
            return
        with plain_words():
            connection = self._begun(writes=True)
            log = self._writing(connection)
            if not all(is_well_formed(op) for op in found):
                raise _of_the_wrong_kind()
            if why := log.why_not(space, found):
                raise NotAllowedError(f"This cannot be kept. {why}")
            self._add(connection, space, found)

    def forget(self, noun: type[Any], identity: object, *, but_standing: bool = False) -> None:
        """Take back every personal word that a noun ever held, standing or past.

        This laptop forgets them with this action, and the log says so to every other one.

        Args:
            noun: Which kind; ``Step`` for what was said with a step.
            identity: Which one; it may have been taken away already.
            but_standing: Whether the words that count now are kept.
        """
        with plain_words():
            connection = self._begun(writes=True)
            log = self._writing(connection)
            self._flush()
            kept = erasing.standing(connection, noun, str(identity)) if but_standing else set()
            held = erasing.written(connection, noun, str(identity))
            held = [one for one in held if one.reference not in kept]
            erasing.erase(connection, {one.reference for one in held})
            for space in sorted({one.space for one in held}):
                ops = taking_back(one.reference for one in held if one.space == space)
                if not log.why_not(space, ops):
                    self._add(connection, space, list(ops))

    def _writing(self, connection: Connection) -> BoardLog:
        if self._log is None:
            self._log = self._log_in(connection)
            self._action = self._new_id()
        return self._log

    def _add(self, connection: Connection, space: Space, ops: list[Op]) -> None:
        named = {(op.entity, op.field) for op in ops if isinstance(op, SetOp)}
        pending = self._pending.setdefault(space, _Pending())
        taken = {entity for entity, field in named if field == GONE}
        if named & pending.fields or any(entity in taken for entity, _ in pending.fields):
            # What is laid over a write must name it, and it has no id yet.
            self._flush()
            pending = self._pending.setdefault(space, _Pending())
        sets = iter(laid_over(connection, space, [op for op in ops if isinstance(op, SetOp)]))
        pending.fields |= named
        for op in ops:
            apart, words = personal.set_apart(next(sets) if isinstance(op, SetOp) else op)
            size = _size_bytes(apart)
            if pending.ops and pending.size_bytes + size > ENTRY_BYTES_WANTED:
                self._flush()
                pending = self._pending.setdefault(space, _Pending())
                pending.fields |= named
            pending.ops.append(apart)
            pending.words += words
            pending.size_bytes += size

    def _flush(self) -> None:
        """Make what is pending into entries, one for each space, and apply them."""
        waiting, self._pending = self._pending, {}
        for space, pending in waiting.items():
            if pending.ops and self._log is not None and self._action is not None:
                entry = self._log.make(
                    space, pending.ops, action=self._action, now=self._now(), words=pending.words
                )
                self._made.append(entry)

    def commit(self) -> tuple[LogEntry, ...]:
        """Keep everything, and return the entries made.

        Raises:
            StoreFullError: The disk refuses; nothing of this action has been kept.
        """
        connection = self._connection
        if connection is None:
            return ()
        try:
            with plain_words():
                self._flush()
                if self._log is not None:
                    self._log.finish()
                connection.commit()
        except BaseException:
            self._finish()
            raise
        made = tuple(self._made)
        self._log = None
        self._finish()
        return made

    # -- files and what stays on this laptop -----------------------------------------------------

    def keep_blob(self, content: bytes) -> BlobId:
        """Keep a file inside the encrypted store and return its id (SHA-256, hex)."""
        with plain_words():
            return blobs.keep(self._begun(writes=True), content)

    def blob(self, identity: BlobId) -> bytes:
        """Return a kept file.

        Raises:
            NotFoundError: It is not here (yet).
        """
        with plain_words():
            return blobs.read(self._begun(), identity)

    def keep_local(self, key: str, value: Mapping[str, Any] | None) -> None:
        """Keep plain values on this laptop only (never in the log); ``None`` forgets them."""
        with plain_words():
            connection = self._begun(writes=True)
            if value is None:
                statements.run(connection, _DROP_LOCAL, key)
            else:
                row = (key, json.dumps(dict(value)))
                statements.put(connection, _local, [row], new=False)

    def local(self, key: str) -> Mapping[str, Any] | None:
        """Return plain values kept on this laptop, or ``None``."""
        with plain_words():
            written = statements.one(self._begun(), _LOCAL, key)
        found: Mapping[str, Any] | None = None if written is None else json.loads(written)
        return found

    def local_keys(self, prefix: str) -> list[str]:
        """Return the keys that begin so."""
        with plain_words():
            rows = statements.rows(self._begun(), _LOCAL_KEYS)
        return [row[0] for row in rows if row[0].startswith(prefix)]


def _size_bytes(op: Op) -> int:
    try:
        return len(json.dumps(op.to_json(), ensure_ascii=False).encode(errors="replace"))
    except (TypeError, ValueError, RecursionError) as cause:
        raise _of_the_wrong_kind() from cause


def _of_the_wrong_kind() -> EntryRefusedError:
    return EntryRefusedError(
        "This cannot be kept: one of its parts is not of the right kind.",
        what_is_safe="Your board is as it was.",
    )
