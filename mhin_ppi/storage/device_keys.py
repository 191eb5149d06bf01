"""The keys of this laptop and of the board, kept in the encrypted database and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from ..crypto import signing
from ..domain import facts
from ..domain.people import BoardId, Device, DeviceId, PersonId
from . import statements, tables
from .judging import certificate_id

_GET = statements.written(select(tables.meta.c.value).where(tables.meta.c.key == bindparam("key")))


def put_meta(connection: Connection, key: str, value: Any) -> None:  # noqa: ANN401 - plain JSON
    """Keep something about the store itself."""
    statements.put(connection, tables.meta, [(key, json.dumps(value))], new=False)


def get_meta(connection: Connection, key: str) -> Any:  # noqa: ANN401 - plain JSON
    """Return something about the store itself; ``None`` when it was never kept."""
    written = statements.one(connection, _GET, key)
    return None if written is None else json.loads(written)


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """The secrets of one device, and what the board knows of it.

    Args:
        device: Its certificate.
        secrets: Its three secrets; they never leave the encrypted database.
    """

    device: Device
    secrets: signing.DeviceSecrets = field(repr=False)

    def sign(self, body: bytes) -> bytes:
        """Return the signature over the body of a log entry."""
        return signing.sign(self.secrets.signing_seed, signing.ENTRY_DOMAIN, body)

    def to_json(self) -> dict[str, Any]:
        """Return plain values for the encrypted database."""
        return {
            "device": certificate_to_json(self.device),
            "signing_seed": self.secrets.signing_seed.hex(),
            "age_identity": self.secrets.age_identity.hex(),
            "pq_seed": self.secrets.pq_seed.hex(),
        }


def certificate_to_json(device: Device) -> dict[str, Any]:
    """Return a certificate as plain values."""
    plain = {one.name: one.encode(getattr(device, one.name)) for one in facts.fields_of(Device)}
    return {"id": device.id, **plain}


def certificate_from_json(plain: Mapping[str, Any]) -> Device:
    """Return the certificate that :func:`certificate_to_json` wrote."""
    return facts.noun_from(Device, plain["id"], plain)


def keys_from_json(plain: Mapping[str, Any]) -> DeviceKeys:
    """Return the keys that :meth:`DeviceKeys.to_json` wrote."""
    names = ("signing_seed", "age_identity", "pq_seed")
    secrets = signing.DeviceSecrets(*(bytes.fromhex(plain[name]) for name in names))
    return DeviceKeys(certificate_from_json(plain["device"]), secrets)


def new_device_keys(person: PersonId, *, label: str, now: datetime) -> DeviceKeys:
    """Make the keys of a laptop that has none yet."""
    secrets = signing.new_device_secrets()
    unnamed = Device(
        id=DeviceId(""),
        person=person,
        label=label,
        sign_pk=signing.signing_public_key(secrets.signing_seed).hex(),
        age_pk=signing.age_public_key(secrets.age_identity).hex(),
        pq_pk=signing.pq_public_key(secrets.pq_seed).hex(),
        created=now.replace(microsecond=now.microsecond // 1000 * 1000),
    )
    named = Device(
        id=certificate_id(unnamed),
        person=unnamed.person,
        label=unnamed.label,
        sign_pk=unnamed.sign_pk,
        age_pk=unnamed.age_pk,
        pq_pk=unnamed.pq_pk,
        created=unnamed.created,
    )
    return DeviceKeys(named, secrets)


@dataclass(frozen=True, slots=True)
class Identity:
    """Which board this is, whose laptop, and with what keys.

    Args:
        board: Hash of the board's root key.
        person: The author of everything recorded here.
        keys: The keys of this device.
        earlier: Certificates this laptop had before a restore; still trusted by it.
    """

    board: BoardId
    person: PersonId
    keys: DeviceKeys
    earlier: tuple[Device, ...] = ()

    def own_devices(self) -> tuple[Device, ...]:
        """Return every certificate that this laptop made itself."""
        return (self.keys.device, *self.earlier)


def keep_identity(connection: Connection, identity: Identity) -> None:
    """Keep who this laptop is."""
    put_meta(connection, "board", identity.board)
    put_meta(connection, "person", str(identity.person))
    put_meta(connection, "keys", identity.keys.to_json())
    put_meta(connection, "earlier", [certificate_to_json(one) for one in identity.earlier])


def read_identity(connection: Connection) -> Identity:
    """Return who this laptop is."""
    from uuid import UUID

    return Identity(
        board=BoardId(get_meta(connection, "board")),
        person=PersonId(UUID(get_meta(connection, "person"))),
        keys=keys_from_json(get_meta(connection, "keys")),
        earlier=tuple(certificate_from_json(one) for one in get_meta(connection, "earlier")),
    )
