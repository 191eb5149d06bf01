"""``store.keys``: the store key, wrapped in one slot for each way of opening the board.

The file is small JSON, in the clear, and untrusted: every number in it is checked before it costs
time or memory. ``.bak`` is written first and holds the same; opening tries both.

Source: ``SECURITY_DESIGN.md`` 4.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..crypto import hashing, wrapping
from ..errors import CannotOpenBoardError, StoreTooNewError
from .files import disk_errors, write_durably
from .profile import KEYS_NAME as NAME
from .profile import SPARE_KEYS_NAME as SPARE_NAME

VERSION = 1
FILE_BYTES_LIMIT = 16 * 1024
SLOTS_LIMIT = 8

PASSPHRASE = "passphrase"  # noqa: S105 - the name of a slot
RECOVERY = "recovery"
KEYRING = "keyring"

_KEYRING_PURPOSE = b"mhin-ppi keyring slot 1"


class KeyFileError(ValueError):
    """The bytes are not a key file that this program would have written."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way of opening the board.

    Args:
        id: Random.
        kind: ``passphrase``, ``recovery`` or ``keyring``.
        kdf: How the wrapping key is made, as it stands in the file.
        nonce: Of the wrapping.
        wrapped: The store key, encrypted.
    """

    id: str
    kind: str
    kdf: Mapping[str, Any]
    nonce: bytes
    wrapped: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The header of a store.

    Args:
        store: Random id of the store it belongs to.
        slots: The ways of opening it.
    """

    store: str
    slots: tuple[Slot, ...] = ()

    def to_bytes(self) -> bytes:
        """Return the file."""
        slots = [
            {
                "id": slot.id,
                "kind": slot.kind,
                "kdf": dict(slot.kdf),
                "nonce": slot.nonce.hex(),
                "wrapped": slot.wrapped.hex(),
            }
            for slot in self.slots
        ]
        return _canonical({"v": VERSION, "store": self.store, "slots": slots})

    def without(self, *slots: Slot) -> KeyFile:
        """Return the header with some slots dropped."""
        dropped = {slot.id for slot in slots}
        return replace(self, slots=tuple(s for s in self.slots if s.id not in dropped))

    def of_kind(self, kind: str) -> tuple[Slot, ...]:
        """Return the slots of a kind."""
        return tuple(slot for slot in self.slots if slot.kind == kind)


def parse(untrusted: bytes) -> KeyFile:
    """Return the header that a file holds.

    Raises:
        KeyFileError: Not a header, or with numbers outside what this program accepts.
        StoreTooNewError: Written by a newer version.
    """
    if len(untrusted) > FILE_BYTES_LIMIT:
        raise KeyFileError("longer than any key file")
    try:
        plain = json.loads(untrusted)
        if isinstance(plain["v"], int) and plain["v"] > VERSION:
            raise too_new()
        if plain["v"] != VERSION or len(plain["slots"]) > SLOTS_LIMIT:
            raise KeyFileError("not of this form")
        return KeyFile(str(plain["store"]), tuple(_slot(one) for one in plain["slots"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as cause:
        raise KeyFileError("not a key file") from cause


def too_new() -> StoreTooNewError:
    """Return what to say about a board of a newer version."""
    return StoreTooNewError(
        "This board was last opened with a newer version of this program.",
        what_is_safe="The board has not been touched.",
        next_step="Install the newer version on this computer, then open it again.",
    )


def _slot(plain: Mapping[str, Any]) -> Slot:
    kind, kdf = plain["kind"], plain["kdf"]
    if kind not in (PASSPHRASE, RECOVERY, KEYRING):
        raise KeyFileError("an unknown way of opening")
    if kind == KEYRING:
        if kdf["name"] != wrapping.HKDF_SHA256 or len(bytes.fromhex(kdf["salt"])) != 16:
            raise KeyFileError("an unknown derivation")
    else:
        _params(kdf)
    return Slot(
        id=str(plain["id"]),
        kind=kind,
        kdf=kdf,
        nonce=_lower_hex(plain["nonce"]),
        wrapped=_lower_hex(plain["wrapped"]),
    )


def _lower_hex(written: str) -> bytes:
    """Return bytes written as we write them: one spelling, so that a changed file is refused."""
    if written != written.lower():
        raise KeyFileError("bytes that are not written as we write them")
    return bytes.fromhex(written)


def _params(kdf: Mapping[str, Any]) -> wrapping.KdfParams:
    if kdf["name"] != wrapping.ARGON2ID:
        raise KeyFileError("an unknown derivation")
    return wrapping.KdfParams(
        salt=bytes.fromhex(kdf["salt"]), m_kib=kdf["m"], t=kdf["t"], p=kdf["p"]
    )


def new_slot(  # noqa: PLR0913 - a slot is all of these
    header: KeyFile,
    kind: str,
    *,
    secret: str,
    store_key: bytes,
    kdf: wrapping.KdfParams,
) -> Slot:
    """Return a slot that a password or a spare key opens."""
    plain = {
        "name": kdf.name,
        "salt": kdf.salt.hex(),
        "m": kdf.m_kib,
        "t": kdf.t,
        "p": kdf.p,
    }
    identity = hashing.random_bytes(8).hex()
    aad = _belongs_to(header.store, identity, kind, plain)
    nonce, wrapped = wrapping.wrap(store_key, wrapping.derive(secret, kdf), aad)
    return Slot(identity, kind, plain, nonce, wrapped)


def new_keyring_slot(header: KeyFile, *, secret: bytes, store_key: bytes) -> Slot:
    """Return a slot that a random secret kept in the computer's keyring opens."""
    salt = hashing.new_salt()
    plain = {"name": wrapping.HKDF_SHA256, "salt": salt.hex()}
    identity = hashing.random_bytes(8).hex()
    key = wrapping.derive_from_secret(secret, purpose=_KEYRING_PURPOSE, salt=salt)
    aad = _belongs_to(header.store, identity, KEYRING, plain)
    nonce, wrapped = wrapping.wrap(store_key, key, aad)
    return Slot(identity, KEYRING, plain, nonce, wrapped)


def open_slot(header: KeyFile, slot: Slot, *, secret: str | bytes) -> bytes:
    """Return the store key.

    Raises:
        UnwrapError: The secret does not open this slot.
    """
    if isinstance(secret, bytes):
        salt = bytes.fromhex(slot.kdf["salt"])
        key = wrapping.derive_from_secret(secret, purpose=_KEYRING_PURPOSE, salt=salt)
    else:
        key = wrapping.derive(secret, _params(slot.kdf))
    aad = _belongs_to(header.store, slot.id, slot.kind, slot.kdf)
    return wrapping.unwrap(slot.nonce, slot.wrapped, key, aad)


def _belongs_to(store: str, identity: str, kind: str, kdf: Mapping[str, Any]) -> bytes:
    return _canonical(
        {"v": VERSION, "store": store, "id": identity, "kind": kind, "kdf": dict(kdf)}
    )


def _canonical(plain: Mapping[str, Any]) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()


def write(folder: Path, header: KeyFile) -> None:
    """Write the header, the spare copy first.

    Raises:
        StoreFullError: At least one of the two files is as it was.
    """
    with disk_errors("The key file"):
        for name in (SPARE_NAME, NAME):
            write_durably(folder / name, header.to_bytes())


def headers(folder: Path) -> Iterator[KeyFile]:
    """Yield every readable header of a board: the file itself, then the spare copy.

    Raises:
        StoreTooNewError: Written by a newer version.
    """
    seen = set()
    for name in (NAME, SPARE_NAME):
        try:
            with (folder / name).open("rb") as file:
                untrusted = file.read(FILE_BYTES_LIMIT + 1)
            if untrusted in seen:
                continue
            seen.add(untrusted)
            yield parse(untrusted)
        except (OSError, KeyFileError):
            continue


def unlock(
    candidates: Callable[[], Iterator[KeyFile]] | Iterator[KeyFile],
    kind: str,
    *,
    secret: str | bytes,
) -> tuple[KeyFile, bytes]:
    """Return the header that the secret opens, and the store key.

    Raises:
        CannotOpenBoardError: Nothing opens; wrong or damaged cannot be told apart.
        StoreTooNewError: Written by a newer version.
    """
    for header in candidates() if callable(candidates) else candidates:
        for slot in header.of_kind(kind):
            try:
                return header, open_slot(header, slot, secret=secret)
            except wrapping.UnwrapError:
                continue
    raise cannot_open(kind)


def cannot_open(kind: str = PASSPHRASE) -> CannotOpenBoardError:
    """Return what to say when a board stays shut."""
    if kind == RECOVERY:
        return CannotOpenBoardError(
            "This spare key does not open this board, or the board's files are damaged.",
            what_is_safe="The board has not been changed.",
            next_step="Check each group of letters, or bring back a backup.",
        )
    return CannotOpenBoardError(
        "The board did not open. The password does not fit, or the board's files are damaged.",
        what_is_safe="The board has not been changed, and you can try as often as you like.",
        next_step="Try again, use your spare key, or bring back a backup.",
    )
