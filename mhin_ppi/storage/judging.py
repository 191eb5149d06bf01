"""Who may write what: every entry is judged in its own causal past.

Roles and certificates are facts of the admin space. An entry names the tips of that space that its
laptop had seen; what it was allowed to do is decided from the ancestry of those tips alone, so
that every laptop reaches the same verdict in whatever order things arrive.

Source: ``SECURITY_DESIGN.md`` 5 and 6.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ..crypto import hashing, signing
from ..domain import facts
from ..domain.log import EntryId, LedOp, LogEntry, Op, SetOp, StepOp, write_id
from ..domain.people import Device, DeviceId, Role
from ..domain.spaces import ADMIN, MONEY

ROOT_DOMAIN = b"ppi-root-1\0"
"""Put before the founding device's id when the board's root key signs it."""

_ADMIN_NOUNS = frozenset({"board", "person", "device"})
_MONEY_NOUNS = frozenset(
    {"budget", "batch", "cost", "period_close", "finance_layout", "form_template"}
)
_MONEY_ROLES = frozenset({Role.COORDINATOR.value, Role.PAYMENTS_OFFICER.value})
_LEDGER_ROLES = _MONEY_ROLES | {Role.APPROVER.value}
_OWN_CHOICES = frozenset({"credit", "pseudonym", "not_quoted"})
"""How a person appears to others is theirs to say, whatever their role."""


def certificate_id(device: Device) -> DeviceId:
    """Return the id that a certificate must carry: the SHA-256 of its fixed fields."""
    made = ""
    if device.created is not None:
        made = device.created.astimezone(UTC).isoformat(timespec="milliseconds")
    fixed = [
        str(device.person), device.label, device.sign_pk, device.age_pk, device.pq_pk, made,
    ]  # fmt: skip
    written = json.dumps(fixed, ensure_ascii=False, separators=(",", ":"))
    return DeviceId(hashing.sha256_hex(written.encode()))


def certificates(ops: Iterable[Op]) -> dict[DeviceId, Device]:
    """Return the certificates that an entry's operations record whole and true."""
    plain: dict[str, dict[str, Any]] = {}
    for op in ops:
        if isinstance(op, SetOp) and op.entity.startswith("device:"):
            plain.setdefault(op.entity.removeprefix("device:"), {})[op.field] = op.value
    found = {}
    for identity, values in plain.items():
        try:
            device = facts.noun_from(Device, identity, values)
            bytes.fromhex(device.sign_pk)
        except (ValueError, TypeError, AttributeError):
            continue
        if isinstance(device.created, datetime) and certificate_id(device) == identity:
            found[device.id] = device
    return found


@dataclass(slots=True)
class _AdminEntry:
    """What judging needs of one applied entry of the admin space."""

    deps: tuple[EntryId, ...]
    certificates: Mapping[DeviceId, Device]
    roles: tuple[tuple[str, SetOp, int], ...]
    """(person, the operation, its place in the entry)."""
    hlc: str
    device: DeviceId


@dataclass(slots=True)
class View:
    """What the admin space said at some point.

    Args:
        roles: Role values by person id, as text.
        certificates: Known devices.
    """

    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    certificates: Mapping[DeviceId, Device] = field(default_factory=dict)


class AdminHistory:
    """The applied entries of the admin space, and what they said at any of their tips."""

    def __init__(self, own: Iterable[Device] = ()) -> None:
        """Begin with nothing but this laptop's own certificates, which it trusts anyway."""
        self._own = {device.id: device for device in own}
        self._entries: dict[EntryId, _AdminEntry] = {}
        self._views: dict[frozenset[EntryId], View] = {}
        self._known: dict[DeviceId, Device] = {}
        self._revoked: set[str] = set()

    def add(self, entry: LogEntry) -> None:
        """Take note of an entry of the admin space that has been applied."""
        roles = []
        for place, op in enumerate(entry.ops):
            if not isinstance(op, SetOp):
                continue
            noun, _, identity = op.entity.partition(":")
            if noun == "person" and op.field == "roles":
                roles.append((identity, op, place))
            if noun == "device" and op.field == "revoked" and op.value:
                self._revoked.add(identity)
        found = certificates(entry.ops)
        self._known.update(found)
        self._entries[entry.id] = _AdminEntry(
            deps=entry.deps,
            certificates=found,
            roles=tuple(roles),
            hlc=entry.hlc,
            device=entry.device,
        )

    def knows(self, entry: EntryId) -> bool:
        """Return whether an entry of the admin space has been noted."""
        return entry in self._entries

    def device(self, identity: DeviceId) -> Device | None:
        """Return the certificate of a device of this board, or of this laptop."""
        return self._known.get(identity) or self._own.get(identity)

    def is_revoked(self, identity: DeviceId) -> bool:
        """Return whether a device may no longer write, as far as this laptop knows."""
        return identity in self._revoked

    def at(self, tips: Iterable[EntryId]) -> View:
        """Return what the admin space said to a laptop that had seen these tips."""
        key = frozenset(tips)
        if key not in self._views:
            self._views[key] = self._view(key)
        return self._views[key]

    def _view(self, tips: frozenset[EntryId]) -> View:
        past = self._ancestry(tips)
        named: set[str] = set()
        for entry in past:
            for _, op, _ in self._entries[entry].roles:
                named.update(op.over)
        best: dict[str, tuple[tuple[Any, ...], Any]] = {}
        known: dict[DeviceId, Device] = {}
        for entry in past:
            noted = self._entries[entry]
            known.update(noted.certificates)
            for person, op, place in noted.roles:
                order = (noted.hlc, noted.device, entry, place)
                standing = write_id(entry, place) not in named
                if standing and (person not in best or best[person][0] < order):
                    best[person] = (order, op.value)
        roles = {
            person: frozenset(one for one in value if isinstance(one, str))
            for person, (_, value) in best.items()
            if isinstance(value, list)
        }
        return View(roles=roles, certificates=known)

    def _ancestry(self, tips: Iterable[EntryId]) -> set[EntryId]:
        found: set[EntryId] = set()
        waiting = [tip for tip in tips if tip in self._entries]
        while waiting:
            entry = waiting.pop()
            if entry not in found:
                found.add(entry)
                waiting.extend(d for d in self._entries[entry].deps if d in self._entries)
        return found


def founder(entry: LogEntry) -> Device | None:
    """Return the device that founded the board with this entry, if it did.

    The board's id is the hash of its root key, and the root key signed the device's id: such an
    entry needs nobody's permission, and no other can be made without the root key.
    """
    if entry.space != ADMIN or entry.deps:
        return None
    told = {
        op.field: op.value
        for op in entry.ops
        if isinstance(op, SetOp) and op.entity == f"board:{entry.board}"
    }
    device = certificates(entry.ops).get(entry.device)
    try:
        root = bytes.fromhex(told["root_pk"])
        signature = bytes.fromhex(told["root_signature"])
    except (KeyError, TypeError, ValueError):
        return None
    if device is None or hashing.sha256_hex(root) != entry.board:
        return None
    is_true = signing.verify(root, signature, ROOT_DOMAIN, device.id.encode())
    return device if is_true else None


def why_not(entry: LogEntry, history: AdminHistory, *, person: str) -> str:
    """Return why an entry may not count, in a plain sentence; ``""`` when it may.

    Args:
        entry: Its causes have been applied.
        history: The admin space.
        person: Id of the person whose laptop signed it.
    """
    if founder(entry) is not None:
        return ""
    seen = entry.deps if entry.space == ADMIN else entry.admin
    roles = history.at(seen).roles.get(person, frozenset())
    return _about_space(entry, person=person, roles=roles) or _about_nouns(entry)


def _about_space(entry: LogEntry, *, person: str, roles: frozenset[str]) -> str:
    kind, _, whose = entry.space.partition(":")
    coordinates = Role.COORDINATOR.value in roles
    if kind == "own":
        return "" if whose == person else "It was written into somebody else's own notes."
    if kind == "person":
        pays = bool(roles & _LEDGER_ROLES) and all(isinstance(op, LedOp) for op in entry.ops)
        allowed = whose == person or coordinates or pays
        return "" if allowed else "It was written into what somebody else shares with coordinators."
    if kind == ADMIN:
        allowed = coordinates or all(_is_own_choice(op, person) for op in entry.ops)
        return "" if allowed else "Only a coordinator may change people, roles and laptops."
    if kind == MONEY:
        allowed = bool(roles & _MONEY_ROLES)
        return "" if allowed else "Only a coordinator or payments officer may write about money."
    return "" if kind in ("board", "programme") else "It is for a group this version does not know."


def _is_own_choice(op: Op, person: str) -> bool:
    if not isinstance(op, SetOp):
        return False
    return op.entity == f"person:{person}" and op.field in _OWN_CHOICES


def _about_nouns(entry: LogEntry) -> str:
    return "" if all(_belongs(op, entry.space) for op in entry.ops) else _MISPLACED


_MISPLACED = "It puts something where it does not belong."


def _belongs(op: Op, space: str) -> bool:
    kind = space.split(":", 1)[0]
    match op:
        case SetOp(entity=entity):
            noun = entity.split(":", 1)[0]
            if (noun in _ADMIN_NOUNS) != (kind == ADMIN):
                return False
            return noun not in _MONEY_NOUNS or kind == MONEY
        case StepOp():
            return kind in ("board", "person", "own")
        case LedOp():
            return kind in ("person", MONEY)
