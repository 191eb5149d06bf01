"""The log: what happened, kept once, sent in packs, and applied to the tables.

Every action of a person is one or more entries. An entry's body is canonical JSON; its id is the
SHA-256 of those bytes; they are stored and forwarded exactly as signed. ``domain/facts.py`` maps
nouns to the operations here and back.

Source: ``SECURITY_DESIGN.md`` 6.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NewType
from uuid import UUID

from ..errors import EntryRefusedError
from .people import DeviceId
from .spaces import Space

EntryId = NewType("EntryId", str)
WriteId = NewType("WriteId", str)

BODY_BYTES_LIMIT = 64 * 1024
DEPTH_LIMIT = 16
VERSION = 1
_LEAVES = frozenset({str, int, bool, type(None)})
SIGNED_AS = b"ppi-entry-1\x00"
"""Put before a body when it is signed, so that no other signature can be passed off as one."""

PERSONAL_DETAIL = frozenset({"words", "reason", "lines"})
"""Keys of a step's detail and of ledger data that travel as salted references."""

_KEYS = frozenset({"v", "board", "space", "action", "dev", "seq", "hlc", "deps", "admin", "ops"})


@dataclass(frozen=True, slots=True)
class SetOp:
    """A field of an entity gets a value.

    Args:
        entity: ``"<noun>:<id>"``.
        field: Name of the field; ``"gone"`` takes the whole entity away.
        value: A plain JSON value, ``{"ref": …}`` for a salted reference to personal words, or
            ``{"blob": …}`` for an attached file.
        over: The writes the person saw when choosing this value.
    """

    entity: str
    field: str
    value: Any
    over: tuple[WriteId, ...] = ()

    def to_json(self) -> list[Any]:
        """Return the operation as it stands in an entry."""
        return ["set", self.entity, self.field, self.value, list(self.over)]


@dataclass(frozen=True, slots=True)
class StepOp:
    """A step in the life of a question.

    Args:
        question: Id of the question.
        kind: A :class:`~.questions.StepKind` value.
        detail: Plain strings; ``"words"`` may be ``{"ref": …}``.
    """

    question: str
    kind: str
    detail: Mapping[str, Any]

    def to_json(self) -> list[Any]:
        """Return the operation as it stands in an entry."""
        return ["step", self.question, self.kind, dict(self.detail)]


@dataclass(frozen=True, slots=True)
class LedOp:
    """An entry in the ledger of a claim.

    Args:
        claim: Id of the claim.
        kind: A :class:`~.claims.LedgerKind` value.
        pence: How much it concerns.
        data: Plain values that go with it.
    """

    claim: str
    kind: str
    pence: int
    data: Mapping[str, Any]

    def to_json(self) -> list[Any]:
        """Return the operation as it stands in an entry."""
        return ["led", self.claim, self.kind, self.pence, dict(self.data)]


Op = SetOp | StepOp | LedOp


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One signed entry.

    Args:
        id: SHA-256 of ``body``, hex.
        body: The bytes that were signed.
        signature: Ed25519 over ``SIGNED_AS + body``.
        board: Which board.
        space: Whose eyes it is for.
        action: Entries made by one action share it.
        device: Which laptop made it.
        seq: Counts the device's entries in this space, from 1.
        hlc: Hybrid logical clock: ``"<milliseconds, 13 digits>-<counter, 4 digits>"``.
        deps: The tips of this space that the laptop had seen.
        admin: The tips of the admin space that it had seen.
        ops: What happened.
    """

    id: EntryId
    body: bytes
    signature: bytes
    board: str
    space: Space
    action: UUID
    device: DeviceId
    seq: int
    hlc: str
    deps: tuple[EntryId, ...]
    admin: tuple[EntryId, ...]
    ops: tuple[Op, ...]


def write_id(entry: EntryId, index: int) -> WriteId:
    """Return the id of the operation at ``index`` in an entry."""
    return WriteId(f"{entry}.{index}")


def entity_name(noun: str, identity: object) -> str:
    """Return the name under which the log knows an entity."""
    return f"{noun}:{identity}"


def canonical(body: Mapping[str, Any]) -> bytes:
    """Return the one way of writing a body: sorted keys, no spaces, NFC, no floats.

    Raises:
        EntryRefusedError: The body holds a float, is too deep, or is longer than 64 KiB.
    """
    _check_plain(body, depth=0)
    written = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    encoded = unicodedata.normalize("NFC", written).encode()
    if len(encoded) > BODY_BYTES_LIMIT:
        raise _refused("is larger than 64 KiB")
    return encoded


def entry_id(body: bytes) -> EntryId:
    """Return the id of an entry's body."""
    return EntryId(hashlib.sha256(body).hexdigest())


def parse_entry(untrusted_body: bytes, signature: bytes) -> LogEntry:
    """Return the entry that a body describes. The signature is not checked here.

    Args:
        untrusted_body: Bytes from anywhere.
        signature: Carried along.

    Raises:
        EntryRefusedError: Not canonical, not of this shape, too large, or too deep.
    """
    if len(untrusted_body) > BODY_BYTES_LIMIT:
        raise _refused("is larger than 64 KiB")
    try:
        body = json.loads(untrusted_body)
        if not isinstance(body, dict) or set(body) != _KEYS or body["v"] != VERSION:
            raise _refused("is not of a kind this version knows")
        if canonical(body) != untrusted_body:
            raise _refused("is not written the one agreed way")
        return _entry(body, untrusted_body, signature)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as cause:
        raise _refused("cannot be read") from cause


def _entry(body: Mapping[str, Any], raw: bytes, signature: bytes) -> LogEntry:
    if not (isinstance(body["seq"], int) and body["seq"] >= 1 and isinstance(body["ops"], list)):
        raise _refused("has parts of the wrong kind")
    for name in ("board", "space", "dev", "hlc"):
        if not isinstance(body[name], str):
            raise _refused("has parts of the wrong kind")
    return LogEntry(
        id=entry_id(raw),
        body=raw,
        signature=signature,
        board=body["board"],
        space=Space(body["space"]),
        action=UUID(body["action"]),
        device=DeviceId(body["dev"]),
        seq=body["seq"],
        hlc=body["hlc"],
        deps=_entry_ids(body["deps"]),
        admin=_entry_ids(body["admin"]),
        ops=tuple(_op(plain) for plain in body["ops"]),
    )


def _entry_ids(plain: Any) -> tuple[EntryId, ...]:  # noqa: ANN401 - untrusted
    if not isinstance(plain, list) or not all(isinstance(one, str) for one in plain):
        raise _refused("has parts of the wrong kind")
    return tuple(EntryId(one) for one in plain)


def _op(plain: Sequence[Any]) -> Op:
    match plain:
        case ["set", str(entity), str(field), value, list(over)]:
            return SetOp(entity, field, value, tuple(WriteId(str(one)) for one in over))
        case ["step", str(question), str(kind), dict(detail)]:
            return StepOp(question, kind, detail)
        case ["led", str(claim), str(kind), int(pence), dict(data)]:
            return LedOp(claim, kind, pence, data)
    raise _refused("holds a step this version does not know")


def _check_plain(value: Any, depth: int) -> None:  # noqa: ANN401 - untrusted
    if depth > DEPTH_LIMIT:
        raise _refused("is too deep")
    if type(value) in _LEAVES:
        return  # nearly all there is, and every entry read from anywhere comes by here
    if isinstance(value, float):
        raise _refused("holds a number that is not whole")
    if isinstance(value, (dict, Mapping)):  # a dict is told at once, a Mapping by asking around
        for one in value.values():
            _check_plain(one, depth + 1)
    elif isinstance(value, list | tuple):
        for one in value:
            _check_plain(one, depth + 1)


def _refused(why: str) -> EntryRefusedError:
    return EntryRefusedError(
        f"A record {why}, so it was not taken in.",
        what_is_safe="Your board is as it was.",
        next_step="Ask the person who sent it to send it again.",
    )
