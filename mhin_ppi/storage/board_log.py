"""The log: making entries, taking in those of other laptops, and letting each count in its turn.

Everything here runs inside the caller's transaction, so that an action, or a whole pack, is kept
entirely or not at all.

Source: ``SECURITY_DESIGN.md`` 6.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ..crypto import signing
from ..crypto.hashing import random_id
from ..domain.log import EntryId, LogEntry, Op, canonical, parse_entry
from ..domain.people import Device, DeviceId
from ..domain.spaces import ADMIN, Space
from ..domain.taking_back import taking_back
from ..errors import EntryRefusedError
from . import hybrid_clock, personal, statements, tables
from . import log_sql as sql
from .applying import Applier
from .device_keys import Identity, get_meta, put_meta
from .erasing import erase, show_again
from .forgetting import Forgetting
from .judging import AdminHistory, founder, why_not
from .late_words import late_words
from .shapes import is_well_formed
from .standing import laid_over

Shipped = tuple[bytes, bytes, Mapping[str, Any]]
MOST_ENTRIES = 10**9
"""More than a laptop can ever make in one space; keeps untrusted numbers within SQLite's."""

COUNTED_KEY = "counted"
"""Where the clock and this device's counts are kept: one row, read and written once an action."""


def load_history(connection: Connection, own: Iterable[Device]) -> AdminHistory:
    """Return the admin space as applied so far."""
    history = AdminHistory(own)
    for body, signature, state in statements.rows(connection, sql.ADMIN_ENTRIES):
        if state == tables.APPLIED:
            history.add(parse_entry(body, signature))
    return history


def refused(why: str) -> EntryRefusedError:
    """Return what to say about an entry that was not taken in."""
    return EntryRefusedError(
        f"An update {why}, so it was not taken in.",
        what_is_safe="Your board is as it was.",
        next_step="Ask the person who sent it to send it again, or tell your coordinator.",
    )


class BoardLog:
    """The log within one transaction.

    Args:
        connection: Inside a transaction that may write.
        identity: Who this laptop is.
        history: The admin space; drop it if the transaction is given up.
    """

    def __init__(self, connection: Connection, identity: Identity, history: AdminHistory) -> None:
        self._connection = connection
        self._identity = identity
        self._history = history
        self._words: dict[str, Any] = {}
        self._applier = Applier(connection, self._words)
        self._forgetting = Forgetting(connection, history, self._person_of)
        device = identity.keys.device.id
        counted = get_meta(connection, COUNTED_KEY) or {}
        self._clock = counted.get("hlc", hybrid_clock.NEVER)
        self._seq: dict[str, int] = counted["seq"] if counted.get("device") == device else {}
        self._position: int = statements.one(connection, sql.LAST_POSITION) or 0
        self._tips: dict[Space, tuple[EntryId, ...]] = {}

    def tips(self, space: Space) -> tuple[EntryId, ...]:
        """Return the entries of a space that no applied entry follows."""
        if space not in self._tips:
            found = statements.rows(self._connection, sql.TIPS, space)
            self._tips[space] = tuple(row[0] for row in found)
        return self._tips[space]

    def make(
        self,
        space: Space,
        ops: Sequence[Op],
        *,
        action: UUID,
        now: Any,  # noqa: ANN401 - a datetime
        words: list[personal.Row],
    ) -> LogEntry:
        """Make, sign, keep and apply one entry.

        Args:
            space: Whose eyes it is for.
            ops: What happened; personal words already set apart.
            action: Shared by the entries of one action.
            now: The present instant.
            words: The words that the operations refer to.

        Raises:
            EntryRefusedError: It cannot be written, or may not count.
        """
        device = self._identity.keys.device
        self._seq[space] = self._seq.get(space, 0) + 1
        self._clock = hybrid_clock.after(self._clock, now=now)
        try:
            body = canonical(
                {
                    "v": 1,
                    "board": self._identity.board,
                    "space": space,
                    "action": str(action),
                    "dev": device.id,
                    "seq": self._seq[space],
                    "hlc": self._clock,
                    "deps": list(self.tips(space)),
                    "admin": list(self.tips(ADMIN)),
                    "ops": [op.to_json() for op in ops],
                }
            )
        except (TypeError, UnicodeEncodeError) as cause:
            raise refused("holds something that cannot be written down") from cause
        entry = parse_entry(body, self._identity.keys.sign(body))
        personal.keep(self._connection, words)
        self._words.update((ref, json.loads(written)) for ref, _, written, _ in words)
        self._put(entry, state=tables.APPLIED, position=self._position + 1)
        self._count(entry, person=str(self._identity.person))
        self._words.clear()
        return entry

    def finish(self) -> None:
        """End a transaction: forget what was taken back, remember the clock and the counts."""
        self._forgetting.settle()
        device = self._identity.keys.device.id
        counted = {"hlc": self._clock, "device": device, "seq": self._seq}
        put_meta(self._connection, COUNTED_KEY, counted)

    def why_not(self, space: Space, ops: Sequence[Op]) -> str:
        """Return why this laptop's person may not write something now; ``""`` when they may."""
        if self._history.is_revoked(self._identity.keys.device.id):
            return "This laptop may no longer write on this board."
        draft = LogEntry(
            EntryId(""), b"", b"", self._identity.board, space, UUID(int=0),
            self._identity.keys.device.id, 1, "", self.tips(ADMIN), self.tips(ADMIN), tuple(ops),
        )  # fmt: skip
        return why_not(draft, self._history, person=str(self._identity.person))

    # -- taking in -------------------------------------------------------------------------------

    def take_in(self, shipped: Iterable[Shipped], *, now: Any) -> int:  # noqa: ANN401
        """Keep entries from another laptop, and apply those whose causes are here.

        Returns:
            How many were new.

        Raises:
            EntryRefusedError: One of them was not made by a device of this board, or was altered.
        """
        waiting = [self._parsed(*one) for one in shipped]
        new = 0
        while waiting:
            unknown = []
            for entry, beside in waiting:
                if not self._is_signed_by_a_known_device(entry):
                    unknown.append((entry, beside))
                    continue
                new += self._admit(entry, beside, now=now)
            if len(unknown) == len(waiting):
                raise refused("is from a laptop that this board does not know")
            waiting = unknown
        for lost in self._forgetting.settle():
            self._put_right(lost, now=now)
        self.finish()
        return new

    def _put_right(self, lost: tuple[str, str, str], *, now: Any) -> None:  # noqa: ANN401
        """Write otherwise what was written here before it was heard that words are taken back."""
        me = str(self._identity.person)
        for late in list(late_words(self._connection, lost, me=me, person_of=self._person_of)):
            over = laid_over(self._connection, late.space, list(late.ops))
            apart = [personal.set_apart(op) for op in over]
            ops = [*(op for op, _ in apart), *taking_back(late.references)]
            if not self.why_not(late.space, ops):
                words = [row for _, rows in apart for row in rows]
                self.make(late.space, ops, action=random_id(), now=now, words=words)
                erase(self._connection, late.references)

    def _parsed(
        self, body: bytes, signature: bytes, beside: Mapping[str, Any]
    ) -> tuple[LogEntry, Mapping[str, Any]]:
        entry = parse_entry(bytes(body), bytes(signature))
        if entry.board != self._identity.board:
            raise refused("is for another board")
        if not hybrid_clock.is_clock_value(entry.hlc) or entry.seq > MOST_ENTRIES:
            raise refused("carries a date or number that cannot be")
        if not isinstance(beside, Mapping):
            raise refused("cannot be read")
        return entry, beside

    def _is_signed_by_a_known_device(self, entry: LogEntry) -> bool:
        """Return whether the device is known.

        Raises:
            EntryRefusedError: It is known, and this is not its signature.
        """
        device = self._history.device(entry.device) or founder(entry)
        if device is None:
            return False
        key = bytes.fromhex(device.sign_pk)
        if not signing.verify(key, entry.signature, signing.ENTRY_DOMAIN, entry.body):
            raise refused("does not carry the signature of the laptop it names")
        return True

    def _admit(self, entry: LogEntry, beside: Mapping[str, Any], *, now: Any) -> int:  # noqa: ANN401
        words = personal.checked(entry, beside)
        new = personal.keep(self._connection, words)
        if new < len(words):
            self._forgetting.offered(
                row for row in words if personal.is_forgotten(self._connection, row[0])
            )
        state = statements.one(self._connection, sql.STATE, entry.id)
        if state is not None:
            if new and state == tables.APPLIED:
                show_again(self._connection, entry)
            return 0
        self._put(entry, state=tables.WAITING, position=None)
        self._clock = hybrid_clock.adopted(self._clock, entry.hlc, now=now)
        missing = [
            dep
            for dep in {*entry.deps, *entry.admin}
            if statements.one(self._connection, sql.STATE, dep) in (None, tables.WAITING)
        ]
        if missing:
            statements.run_many(
                self._connection, sql.PUT_NEED, ((dep, entry.id) for dep in missing)
            )
        else:
            self._settle(entry)
        return 1

    def _settle(self, first: LogEntry) -> None:
        """Judge an entry whose causes are here, then every entry that waited for it."""
        ready = [first]
        while ready:
            entry = ready.pop()
            device = self._history.device(entry.device) or founder(entry)
            why = self._why_set_aside(entry, device)
            place = self._position + 1
            state = tables.SET_ASIDE if why else tables.APPLIED
            statements.run(self._connection, sql.SETTLE, state, place, entry.id)
            if why or device is None:
                self._position = place
                statements.run(self._connection, sql.PUT_QUARANTINE, entry.id, why)
            else:
                self._count(entry, person=str(device.person))
                self._forgetting.note(entry)
            waiters = [row[0] for row in statements.rows(self._connection, sql.WAITERS, entry.id)]
            statements.run(self._connection, sql.DROP_NEED, entry.id)
            for waiter in waiters:
                if not statements.one(self._connection, sql.STILL_NEEDS, waiter):
                    ready.append(
                        parse_entry(*statements.rows(self._connection, sql.ENTRY, waiter)[0])
                    )

    def _why_set_aside(self, entry: LogEntry, device: Device | None) -> str:
        if device is None:
            return "It is from a laptop that this board does not know."
        if self._history.is_revoked(device.id):
            return "It is from a laptop that may no longer write."
        for dep in entry.deps:
            if statements.one(self._connection, sql.STATE, dep) == tables.SET_ASIDE:
                return "It follows something that was set aside."
        if not all(is_well_formed(op) for op in entry.ops):
            return "It holds something that no version of this program writes."
        return why_not(entry, self._history, person=str(device.person))

    def _person_of(self, identity: DeviceId) -> str:
        device = self._history.device(identity)
        return "" if device is None else str(device.person)

    def replay(self, entry: LogEntry, *, state: int, position: int | None) -> None:
        """Let an entry of a log count once more, in a database that is made to be compared."""
        self._put(entry, state=state, position=position)
        if position is None:
            return
        self._position = position - 1
        device = self._history.device(entry.device) or founder(entry)
        why = self._why_set_aside(entry, device)
        if why or device is None:
            self._position = position
            statements.run(self._connection, sql.PUT_QUARANTINE, entry.id, why)
        else:
            self._count(entry, person=str(device.person))

    # -- both ------------------------------------------------------------------------------------

    def _put(self, entry: LogEntry, *, state: int, position: int | None) -> None:
        statements.run(
            self._connection,
            sql.PUT_ENTRY,
            None,
            entry.id,
            entry.space,
            str(entry.action),
            entry.device,
            entry.seq,
            entry.hlc,
            entry.body,
            entry.signature,
            state,
            position,
        )

    def _count(self, entry: LogEntry, *, person: str) -> None:
        """Let an entry count: the tables, the tips, and what the admin space says."""
        self._position += 1
        self._applier.apply(entry, position=self._position, person=person)
        tips = self.tips(entry.space)
        for dep in set(tips) & set(entry.deps):
            statements.run(self._connection, sql.DROP_TIP, entry.space, dep)
        statements.run(self._connection, sql.PUT_TIP, entry.space, entry.id)
        kept = {tip for tip in tips if tip not in entry.deps}
        self._tips[entry.space] = tuple(sorted({*kept, entry.id}))
        if entry.space == ADMIN:
            self._history.add(entry)


def entries(connection: Connection, *, after: Iterable[str] = ()) -> list[LogEntry]:
    """Return every applied entry, in the order applied, but those whose ids are given."""
    known = frozenset(after)
    rows = statements.rows(connection, sql.JUDGED)
    return [parse_entry(body, sign) for identity, body, sign in rows if identity not in known]


def held_back(connection: Connection) -> list[tuple[LogEntry, str]]:
    """Return the entries that are kept but do not count, or not yet, and why."""
    aside = statements.rows(connection, sql.SET_ASIDE)
    waiting = statements.rows(connection, sql.WAITING)
    return [
        *((parse_entry(body, signature), why) for body, signature, why in aside),
        *((parse_entry(*row), "It follows an update that has not come yet.") for row in waiting),
    ]
