"""One open board on this laptop."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import Connection, Engine

from ..domain import facts
from ..domain.drafts import BlobId
from ..domain.log import LogEntry
from ..domain.people import BoardId, Device, PersonId
from ..domain.spaces import ADMIN, Space
from ..errors import StoreError
from . import blobs, board_log, digests, erasing, personal, profile
from .board_log import BoardLog
from .device_keys import DeviceKeys, Identity, keep_identity, read_identity
from .engine import StoreKey, plain_words
from .judging import AdminHistory
from .unit_of_work import SqlUnitOfWork

Progress = Callable[[int, int], None]


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""


class Ids(Protocol):
    """Makes identities."""

    def new(self) -> UUID:
        """Return an id no other laptop will make."""


class LocalStore:
    """The Store port over an encrypted database.

    Made by :class:`~.vault.LocalVault` only. Closing it twice does no harm; using it after
    closing raises :class:`~mhin_ppi.errors.StoreError`.
    """

    def __init__(  # noqa: PLR0913 - what an open board stands on
        self,
        folder: Path,
        engine: Engine,
        key: StoreKey,
        lock: profile.Lock,
        *,
        clock: Clock,
        ids: Ids,
        connect: Any = None,  # noqa: ANN401 - a DBAPI module
    ) -> None:
        self._folder = folder
        self._engine: Engine | None = engine
        self._key = key
        self._lock = lock
        self._clock = clock
        self._ids = ids
        self._connect = connect
        self._history: AdminHistory | None = None
        with self._transaction() as connection:
            self._identity = read_identity(connection)

    @property
    def person(self) -> PersonId:
        """Whose laptop this is: the author of everything recorded here."""
        return self._identity.person

    @property
    def board(self) -> BoardId:
        """Which board this is."""
        return self._identity.board

    @property
    def device(self) -> Device:
        """This laptop's certificate, for a coordinator to record."""
        return self._identity.keys.device

    @property
    def folder(self) -> Path:
        """Where the board is kept."""
        return self._folder

    @property
    def is_closed(self) -> bool:
        """Return whether the board has been closed."""
        return self._engine is None

    def unit_of_work(self) -> SqlUnitOfWork:
        """Open a unit of work; without ``commit()`` nothing is kept."""
        return SqlUnitOfWork(
            self._open_engine(),
            log_in=self._log_in,
            give_up=self._forget_history,
            now=self._clock.now,
            new_id=self._ids.new,
        )

    def _open_engine(self) -> Engine:
        if self._engine is None:
            raise StoreError(
                "This board is closed.",
                what_is_safe="Everything kept before is as it was.",
                next_step="Open it again with your password.",
            )
        return self._engine

    @contextlib.contextmanager
    def _transaction(self, *, writes: bool = False) -> Iterator[Connection]:
        """Run something in one transaction, kept only if nothing is raised."""
        engine = self._open_engine()
        try:
            with plain_words(), engine.connect().execution_options(writes=writes) as connection:
                connection.begin()
                yield connection
                connection.commit()
        except BaseException:
            if writes:
                self._forget_history()
            raise

    def _log_in(self, connection: Connection) -> BoardLog:
        if self._history is None:
            self._history = board_log.load_history(connection, self._identity.own_devices())
        return BoardLog(connection, self._identity, self._history)

    def _forget_history(self) -> None:
        """Read the admin space again next time: what was noted has not been kept."""
        self._history = None

    def entries(self, *, after: Iterable[str] = ()) -> list[LogEntry]:
        """Return log entries in the order applied, but those whose ids are given."""
        with self._transaction() as connection:
            return board_log.entries(connection, after=after)

    def held_back(self) -> list[tuple[LogEntry, str]]:
        """Return the entries that are kept but do not count, or not yet, and why."""
        with self._transaction() as connection:
            return board_log.held_back(connection)

    def take_in(self, shipped: Iterable[tuple[bytes, bytes, Mapping[str, Any]]]) -> int:
        """Apply entries from another laptop: (body, signature, what personal words it refers to).

        Returns:
            How many were new.

        Raises:
            EntryRefusedError: Bytes that were not made by a device of this board; nothing changed.
        """
        with self._transaction(writes=True) as connection:
            return self._log_in(connection).take_in(shipped, now=self._clock.now())

    def ship(
        self, *, spaces: Iterable[Space], after: Iterable[str] = ()
    ) -> list[tuple[bytes, bytes, Mapping[str, Any]]]:
        """Return entries in the form :meth:`take_in` takes, causes first.

        Args:
            spaces: Only these audiences.
            after: Ids of entries that the other laptop has already.
        """
        wanted = frozenset(spaces)
        with self._transaction() as connection:
            return [
                (entry.body, entry.signature, personal.beside(connection, entry))
                for entry in board_log.entries(connection, after=after)
                if entry.space in wanted
            ]

    def missing_blobs(self) -> list[BlobId]:
        """Return attached files that entries name but that are not here yet."""
        with self._transaction() as connection:
            return blobs.missing(connection)

    def digest(self, *spaces: Space) -> str:
        """Return a digest of what the tables hold: equal entries give equal digests.

        Args:
            spaces: Only these; none for every space this laptop holds.
        """
        with self._transaction() as connection:
            return digests.digest(connection, spaces)

    def erase(self, reference: str) -> None:
        """Take personal words back: forget them and their salt here, and blank what shows them.

        The entry that refers to them, its id and its signature stay as they are.

        Args:
            reference: As in the entry: the SHA-256 of salt and words.
        """
        with self._transaction(writes=True) as connection:
            erasing.erase(connection, [reference])

    def forget(self, noun: type[Any], identity: object, *, but_standing: bool = False) -> None:
        """Take back every personal word that a noun ever held, in an action of its own.

        See :meth:`~.unit_of_work.SqlUnitOfWork.forget`.
        """
        with self.unit_of_work() as work:
            work.forget(noun, identity, but_standing=but_standing)
            work.commit()

    def references(self, noun: type[Any], identity: object) -> dict[str, list[str]]:
        """Return the references behind a noun's personal fields, standing and past, by field."""
        with self._transaction() as connection:
            return erasing.references_of(connection, noun, str(identity))

    def verify(self, *, progress: Progress | None = None) -> list[str]:
        """Check everything the store can check of itself; return what is wrong, in plain words."""
        from . import verifying

        return verifying.verify(self._open_engine(), self._identity, progress=progress)

    def backup(self, to: Path) -> None:
        """Write an encrypted, checked copy of the whole board to one file.

        Raises:
            StoreFullError: It could not be written; nothing half-made is left.
        """
        from . import backups

        backups.write(self._open_engine(), self._folder, self._key, to=to, connect=self._connect)

    def backup_daily(self) -> None:
        """Take today's automatic backup if there is none yet, and let old ones go."""
        from . import backups

        backups.take_automatic(
            self._open_engine(),
            self._folder,
            self._key,
            now=self._clock.now(),
            connect=self._connect,
        )

    def become(self, keys: DeviceKeys) -> None:
        """Write as another device from now on.

        The entry that introduces it is signed by the device there was, where its person may write
        in the admin space; otherwise the new certificate waits for a coordinator.

        Raises:
            StoreFullError: Nothing has changed.
        """
        old = self._identity
        fresh = Identity(old.board, old.person, keys, earlier=old.own_devices())
        ops = facts.changes(None, keys.device)
        with self._transaction(writes=True) as connection:
            log = self._log_in(connection)
            if not log.why_not(ADMIN, ops):
                now = self._clock.now()
                log.make(ADMIN, ops, action=self._ids.new(), now=now, words=[])
                log.finish()
            keep_identity(connection, fresh)
        self._identity = fresh
        self._forget_history()

    def close(self) -> None:
        """Close the board and forget its key."""
        if self._engine is not None:
            self.backup_daily()
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()
            self._key.drop()
            self._history = None
            self._lock.release()
