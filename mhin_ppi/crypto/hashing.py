"""Hashes that name things, and random numbers for identities and salts.

Nothing here takes a password: a fast hash of a password can be guessed. Passwords go through
:func:`mhin_ppi.crypto.wrapping.derive`.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from uuid import UUID

SALT_BYTES = 16
DIGEST_BYTES = 32


def sha256(body: bytes) -> bytes:
    """Return the 32-byte SHA-256 of ``body``.

    >>> sha256(b"").hex()[:16]
    'e3b0c44298fc1c14'
    """
    return hashlib.sha256(body).digest()


def sha256_hex(body: bytes) -> str:
    """Return the SHA-256 of ``body`` as 64 lower-case hexadecimal characters."""
    return hashlib.sha256(body).hexdigest()


def random_bytes(size_bytes: int) -> bytes:
    """Return bytes from the system's secure source.

    Args:
        size_bytes: How many; at least 1.

    Raises:
        ValueError: Fewer than one byte was asked for.
    """
    if size_bytes < 1:
        raise ValueError("at least one random byte is needed")
    return secrets.token_bytes(size_bytes)


def random_id() -> UUID:
    """Return a random (version 4) identity that no other laptop will give out."""
    return UUID(bytes=secrets.token_bytes(16), version=4)


def new_salt() -> bytes:
    """Return a fresh 16-byte salt. A salt is used for one value only."""
    return secrets.token_bytes(SALT_BYTES)


def salted_reference(salt: bytes, value: bytes) -> str:
    """Return what a signed entry holds in place of an erasable value.

    The value and its salt travel beside the entry. Once both are erased, the reference tells
    nothing about the value, however short it was; the entry and its signature stay valid.

    Args:
        salt: 16 fresh bytes from :func:`new_salt`. The fixed length keeps salt and value apart.
        value: The words, as UTF-8 in NFC.

    Returns:
        SHA-256 of the salt followed by the value, as 64 hexadecimal characters.

    Raises:
        ValueError: The salt is not 16 bytes long.

    Not protected: while the salt is at hand, a short value can be guessed by trying.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt is 16 bytes")
    return hashlib.sha256(salt + value).hexdigest()


def is_reference_to(reference: str, salt: bytes, value: bytes) -> bool:
    """Tell whether ``reference`` was made from this salt and value.

    Args:
        reference: What :func:`salted_reference` returned; anything else gives ``False``.
        salt: The salt that came beside the entry, from outside and so of any length.
        value: The value that came beside the entry.
    """
    if len(salt) != SALT_BYTES:
        return False
    made = salted_reference(salt, value)
    return hmac.compare_digest(made.encode(), reference.encode())
