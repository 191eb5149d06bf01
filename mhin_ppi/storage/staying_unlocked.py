"""Staying unlocked: a slot whose secret lies in the computer's own keyring.

Only if the person asks for it. Where the computer has no keyring there is no such slot, and never
a file in its place.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..crypto import hashing
from ..errors import CannotOpenBoardError, NotAllowedError
from . import key_file
from .key_file import KeyFile

SERVICE = "mhin-ppi"


def _keyring() -> Any:  # noqa: ANN401 - a module without types
    import keyring

    return keyring


def is_possible() -> bool:
    """Return whether this computer has a keyring that can be used."""
    keyring = _keyring()
    from keyring.backends import chainer, fail, null

    backend = keyring.get_keyring()
    if isinstance(backend, chainer.ChainerBackend):
        return bool(backend.backends)
    return not isinstance(backend, fail.Keyring | null.Keyring)


def turn(folder: Path, *, passphrase: str, wanted: bool) -> None:
    """Turn staying unlocked on or off.

    Raises:
        CannotOpenBoardError: The passphrase is wrong.
        NotAllowedError: This computer has no keyring, or it refuses.
        StoreFullError: Nothing has changed.
    """
    found = key_file.unlock(key_file.headers(folder), key_file.PASSPHRASE, secret=passphrase)
    header, key = found
    without = header.without(*header.of_kind(key_file.KEYRING))
    if not wanted:
        key_file.write(folder, without)
        _forget(header)
        return
    if not is_possible():
        raise _no_keyring()
    secret = hashing.random_bytes(32)
    keyring = _keyring()
    try:
        keyring.set_password(SERVICE, header.store, base64.b64encode(secret).decode())
    except keyring.errors.KeyringError as cause:
        raise _no_keyring() from cause
    slot = key_file.new_keyring_slot(header, secret=secret, store_key=key)
    key_file.write(folder, replace(without, slots=(*without.slots, slot)))


def _no_keyring() -> NotAllowedError:
    return NotAllowedError(
        "This computer has no safe place for the key, so the board cannot stay unlocked.",
        next_step="Open the board with your password each time.",
    )


def _forget(header: KeyFile) -> None:
    keyring = _keyring()
    try:
        keyring.delete_password(SERVICE, header.store)
    except keyring.errors.KeyringError:
        # Without its slot the secret opens nothing; that it lies there is no harm.
        return


def key_of(folder: Path) -> bytes | None:
    """Return the store key when the person asked to stay unlocked here."""
    for header in key_file.headers(folder):
        if header.of_kind(key_file.KEYRING) and (secret := _secret(header)) is not None:
            try:
                return key_file.unlock(iter([header]), key_file.KEYRING, secret=secret)[1]
            except CannotOpenBoardError:
                continue
    return None


def _secret(header: KeyFile) -> bytes | None:
    keyring = _keyring()
    try:
        written = keyring.get_password(SERVICE, header.store)
        return None if written is None else base64.b64decode(written, validate=True)
    except (keyring.errors.KeyringError, binascii.Error):
        return None
