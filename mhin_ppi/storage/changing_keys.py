"""A new passphrase, or a way back in with the spare key. The data is never encrypted again.

The new slot is added, written, and used once from the disk, before the old one is dropped: there
is no moment at which nothing opens the board.

Source: ``SECURITY_DESIGN.md`` 4.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from ..crypto import recovery, wrapping
from . import key_file
from .key_file import KeyFile

NewKdf = Callable[[], wrapping.KdfParams]


def change_passphrase(folder: Path, *, old: str, new: str, kdf: NewKdf) -> None:
    """Let a new passphrase open the board, and the old one no longer.

    Raises:
        CannotOpenBoardError: The old one is wrong; it still counts.
        StoreFullError: At least one of the two still counts.
    """
    header, key = key_file.unlock(key_file.headers(folder), key_file.PASSPHRASE, secret=old)
    _exchange(folder, header, key, {key_file.PASSPHRASE: new}, kdf=kdf)


def recover(folder: Path, *, code: str, new_passphrase: str, kdf: NewKdf) -> tuple[bytes, str]:
    """Let a new passphrase and a new spare key open the board, and the old ones no longer.

    Returns:
        The store key, and the new spare key.

    Raises:
        CannotOpenBoardError: The spare key does not fit, or is none.
        StoreFullError: What opened the board before still does.
    """
    try:
        typed = recovery.parse_recovery_code(code)
    except recovery.NotARecoveryCodeError as cause:
        raise key_file.cannot_open(key_file.RECOVERY) from cause
    header, key = key_file.unlock(key_file.headers(folder), key_file.RECOVERY, secret=typed)
    fresh = recovery.new_recovery_code()
    secrets = {
        key_file.PASSPHRASE: new_passphrase,
        key_file.RECOVERY: recovery.parse_recovery_code(fresh),
    }
    _exchange(folder, header, key, secrets, kdf=kdf)
    return key, fresh


def _exchange(
    folder: Path, header: KeyFile, key: bytes, secrets: dict[str, str], *, kdf: NewKdf
) -> None:
    added = tuple(
        key_file.new_slot(header, kind, secret=secret, store_key=key, kdf=kdf())
        for kind, secret in secrets.items()
    )
    dropped = [slot for kind in secrets for slot in header.of_kind(kind)]
    both = replace(header, slots=(*header.slots, *added))
    key_file.write(folder, both)
    for kind, secret in secrets.items():
        only_new = (replace(one, slots=added) for one in key_file.headers(folder) if one == both)
        key_file.unlock(only_new, kind, secret=secret)
    key_file.write(folder, both.without(*dropped))
