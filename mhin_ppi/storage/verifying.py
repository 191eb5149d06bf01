"""Everything a store can check of itself.

Pages first (SQLCipher's own checks, in the order that gives no false alarm after a crash), then
the log, then every table against one made again from the log, then every attached file.

Source: ``SECURITY_DESIGN.md`` 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, select

from ..crypto import hashing, signing
from ..domain.log import LogEntry, parse_entry
from ..errors import EntryRefusedError, NotFoundError, StoreDamagedError
from . import blobs, statements, tables
from .board_log import BoardLog, refused
from .device_keys import Identity
from .engine import StoreKey, make_engine, plain_words
from .judging import AdminHistory, founder

Progress = Callable[[int, int], None]

MOST_SENTENCES = 50
_log = tables.log_entry
_ALL = statements.written(
    select(_log).order_by(_log.c.position.is_(None), _log.c.position, _log.c.number)
)
_COUNT = statements.written(select(func.count()).select_from(_log))
_PERSONAL = statements.written(select(tables.personal).order_by(tables.personal.c.ref))


def verify(engine: Engine, identity: Identity, *, progress: Progress | None = None) -> list[str]:
    """Return what is wrong with a store, in plain words; nothing when all is well.

    Args:
        engine: Of the open store.
        identity: Who this laptop is.
        progress: Told how many entries have been checked, of how many.
    """
    found = _check_pages(engine)
    if found:
        return found
    try:
        with plain_words(), engine.connect() as connection:
            check = _Check(connection, identity, progress)
            found += check.log()
            found += check.tables()
            found += check.files()
    except StoreDamagedError as damage:
        found.append(damage.what_happened)
    return found[:MOST_SENTENCES]


def _check_pages(engine: Engine) -> list[str]:
    """Let SQLite and SQLCipher check the file. The order matters: see ``SECURITY_DESIGN.md`` 3."""
    raw = engine.raw_connection()
    try:
        with plain_words():
            cursor = raw.cursor()
            said = cursor.execute("PRAGMA quick_check").fetchall()
            if [tuple(row) for row in said] != [("ok",)]:
                return ["The board's file is damaged: its pages do not fit together."]
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            if cursor.execute("PRAGMA cipher_integrity_check").fetchall():
                return ["The board's file is damaged: part of it is not what was written."]
    except StoreDamagedError:
        return ["The board's file is damaged: part of it cannot be read."]
    finally:
        raw.close()
    return []


class _Check:
    """One check of a store's contents."""

    def __init__(
        self, connection: Connection, identity: Identity, progress: Progress | None
    ) -> None:
        self._connection = connection
        self._identity = identity
        self._progress = progress or (lambda done, total: None)
        self._sound: list[tuple[LogEntry, int, int | None]] = []
        self._total = int(statements.one(connection, _COUNT))

    def log(self) -> list[str]:
        """Check every entry by itself, and that none is missing or out of order."""
        found: list[str] = []
        history = AdminHistory(self._identity.own_devices())
        seen: set[str] = set()
        counts: dict[tuple[str, str], set[int]] = {}
        position = 0
        for done, row in enumerate(statements.rows(self._connection, _ALL)):
            self._progress(done, 2 * self._total)
            named = f"Entry {done + 1} of the log"
            try:
                entry = self._sound_entry(row, history)
            except EntryRefusedError:
                found.append(f"{named} has been altered.")
                continue
            state, place = row[9], row[10]
            self._sound.append((entry, state, place))
            counts.setdefault((entry.device, entry.space), set()).add(entry.seq)
            if state == tables.WAITING:
                continue
            position += 1
            if place != position:
                found.append(f"{named} does not stand where it was put: one before it is missing.")
                position = place
            if not seen.issuperset((*entry.deps, *entry.admin)):
                found.append(f"{named} follows an entry that is not there.")
            seen.add(entry.id)
            if entry.space == "admin" and state == tables.APPLIED:
                history.add(entry)
        if all(state != tables.WAITING for _, state, _ in self._sound):
            # While something waits, what it waits for is missing as a matter of course.
            found += _gaps(counts)
        return found

    def _sound_entry(self, row: tuple[Any, ...], history: AdminHistory) -> LogEntry:
        """Return an entry that is what it says.

        Raises:
            EntryRefusedError: It is not.
        """
        _, identity, space, action, device, seq, hlc, body, signature, _, _ = row
        entry = parse_entry(body, signature)
        columns = (identity, space, action, device, seq, hlc)
        told = (entry.id, entry.space, str(entry.action), entry.device, entry.seq, entry.hlc)
        known = history.device(entry.device) or founder(entry)
        if columns != told or known is None:
            raise refused("is not what it says")
        key = bytes.fromhex(known.sign_pk)
        if not signing.verify(key, signature, signing.ENTRY_DOMAIN, body):
            raise refused("is not signed")
        return entry

    def tables(self) -> list[str]:
        """Make every table again from the log, in memory and encrypted, and compare the rows."""
        found = []
        for reference, salt, written, erased in statements.rows(self._connection, _PERSONAL):
            if erased:
                continue
            if not hashing.is_reference_to(reference, salt, written.encode()):
                found.append("Some words are not the ones their author wrote.")
        engine = make_engine(None, StoreKey(hashing.random_bytes(32)), self._module())
        try:
            with engine.connect() as twin:
                twin.begin()
                tables.metadata.create_all(twin)
                self._replay(twin)
                for table in tables.projections():
                    found += _differences(self._connection, twin, table)
        finally:
            engine.dispose()
        return found

    def _module(self) -> Any:  # noqa: ANN401 - a DBAPI module
        return self._connection.dialect.dbapi

    def _replay(self, twin: Connection) -> None:
        words = statements.rows(self._connection, _PERSONAL)
        keep = statements.insert_into(tables.personal)
        statements.run_many(twin, keep, words)
        log = BoardLog(twin, self._identity, AdminHistory(self._identity.own_devices()))
        for done, (entry, state, place) in enumerate(self._sound):
            self._progress(self._total + done, 2 * self._total)
            log.replay(entry, state=state, position=place)
        self._progress(2 * self._total, 2 * self._total)

    def files(self) -> list[str]:
        """Check every attached file against its name, which is its SHA-256."""
        found = []
        for identity in blobs.kept(self._connection):
            try:
                blobs.read(self._connection, identity)
            except (StoreDamagedError, NotFoundError):
                found.append("An attached file has been damaged.")
        return found


def _gaps(counts: Mapping[tuple[str, str], set[int]]) -> Iterator[str]:
    """Yield a sentence for each laptop of which entries are missing.

    The same number twice, which a restored copy may bring about, is no gap.
    """
    for seen in counts.values():
        if missing := max(seen) - len(seen):
            yield f"{missing} entries of one laptop are missing from the log."


def _differences(kept: Connection, made: Connection, table: Table) -> list[str]:
    ordered = statements.written(select(table).order_by(*table.primary_key))
    if statements.rows(kept, ordered) == statements.rows(made, ordered):
        return []
    shown = table.name.removeprefix("noun_").replace("_", " ")
    return [f"What the board shows under “{shown}” is not what its log says."]
