"""Keys from passwords, and one key kept safe under another.

A board is encrypted with a random store key. That key is kept on disk only wrapped: AES-256-GCM
under a key that Argon2id made from the password, or from the spare key, or that HKDF made from a
random secret in the computer's own keyring. The layout of the key file is not known here.

Source: RFC 9106 (Argon2), RFC 5869 (HKDF), NIST SP 800-38D (GCM).
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
TAG_BYTES = 16

ARGON2ID = "argon2id"
HKDF_SHA256 = "hkdf-sha256"

KIB_PER_MIB = 1024
USUAL_MEMORY_KIB = 64 * KIB_PER_MIB
LEAST_MEMORY_KIB = 19 * KIB_PER_MIB
MOST_MEMORY_KIB = 1024 * KIB_PER_MIB
MOST_PASSES = 10
MOST_LANES = 16
MOST_SECRET_BYTES = 1024


class UnwrapError(Exception):
    """The wrapped bytes could not be opened.

    A wrong key, a changed associated value and a damaged file look the same, on purpose. For
    callers in ``storage`` only: they turn it into an error that a person can read.
    """


class KdfRefusedError(ValueError):
    """Untrusted parameters lie outside what this program will spend time and memory on."""


@dataclass(frozen=True, slots=True)
class KdfParams:
    """How a key is made from a password; stored in the clear beside what it protects.

    Building one checks the bounds, so that a changed key file can neither weaken the derivation
    below the accepted floor nor use up the laptop's memory.

    Args:
        salt: 16 random bytes, one set for each slot.
        m_kib: Memory in KiB; 19 MiB to 1 GiB.
        t: Passes over the memory; 1 to 10.
        p: Lanes; 1 to 16.

    Raises:
        KdfRefusedError: One of the values is outside its bounds, or is not a whole number.
    """

    salt: bytes
    m_kib: int = USUAL_MEMORY_KIB
    t: int = 3
    p: int = 4
    name: str = field(default=ARGON2ID, init=False)

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_BYTES:
            raise KdfRefusedError("the salt is not 16 bytes")
        _check_bounds("memory", self.m_kib, least=LEAST_MEMORY_KIB, most=MOST_MEMORY_KIB)
        _check_bounds("passes", self.t, least=1, most=MOST_PASSES)
        _check_bounds("lanes", self.p, least=1, most=MOST_LANES)


def _check_bounds(what: str, untrusted_count: object, *, least: int, most: int) -> None:
    """Raise unless the value is a whole number in bounds (``True`` is not a number here)."""
    is_whole = isinstance(untrusted_count, int) and not isinstance(untrusted_count, bool)
    if not is_whole or not least <= untrusted_count <= most:  # type: ignore[operator]
        raise KdfRefusedError(f"{what} must be a whole number from {least} to {most}")


def new_kdf(*, m_kib: int = USUAL_MEMORY_KIB, t: int = 3, p: int = 4) -> KdfParams:
    """Return parameters with a fresh salt, of the strength the design asks for.

    Args:
        m_kib: Memory in KiB. Only tests pass anything but the usual 64 MiB.
        t: Passes.
        p: Lanes.

    Raises:
        KdfRefusedError: A value is out of bounds.
    """
    return KdfParams(salt=secrets.token_bytes(SALT_BYTES), m_kib=m_kib, t=t, p=p)


def quick_kdf() -> KdfParams:
    """Return the cheapest parameters that are still accepted on reading (about 15 ms).

    For tests and for the sample board, whose password is printed on the screen anyway. Never for
    a board with real people in it.
    """
    return new_kdf(m_kib=LEAST_MEMORY_KIB, t=1, p=1)


def derive(passphrase: str, kdf: KdfParams) -> bytes:
    """Return the 32-byte key that a password gives under these parameters.

    The password is normalised to NFC first: the same word typed on two keyboards may come as
    different code points, and must still open the board. Nothing else is changed: spaces and
    capitals count. Takes 0.2 to 0.4 s with the usual parameters; call it off the screen thread.

    Args:
        passphrase: What the person typed. May be a spare key in its canonical form.
        kdf: The parameters stored with the slot.

    Raises:
        MemoryError: The laptop cannot give the memory that the parameters ask for.

    Not protected: a password that can be guessed.
    """
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    argon = Argon2id(
        salt=kdf.salt, length=KEY_BYTES, iterations=kdf.t, lanes=kdf.p, memory_cost=kdf.m_kib
    )
    return argon.derive(typed)


def derive_from_secret(secret: bytes, *, purpose: bytes, salt: bytes = b"") -> bytes:
    """Return a 32-byte key made from a secret that is random already (HKDF-SHA256).

    Args:
        secret: At least 32 random bytes, such as the value kept in the computer's keyring.
            Never a password: HKDF is fast, so a guessable secret stays guessable.
        purpose: What the key is for; two purposes give two unrelated keys.
        salt: Random bytes stored beside what the key protects, or nothing.

    Raises:
        ValueError: The secret is shorter than 32 bytes, or the purpose is empty.
    """
    if len(secret) < KEY_BYTES:
        raise ValueError("a secret for HKDF has at least 32 bytes")
    if not purpose:
        raise ValueError("a key needs a purpose")
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt or None, info=purpose)
    return hkdf.derive(secret)


def new_key() -> bytes:
    """Return 32 random bytes: a store key, or a secret for the computer's keyring."""
    return secrets.token_bytes(KEY_BYTES)


def wrap(secret: bytes, key: bytes, aad: bytes) -> tuple[bytes, bytes]:
    """Encrypt a short secret under a key (AES-256-GCM) with a fresh nonce.

    Args:
        secret: What to keep; 1 to 1,024 bytes. Its length is not hidden.
        key: 32 bytes. Use it for few secrets: after 2**32 the random nonces might meet.
        aad: What the secret belongs to (store, slot, kind, parameters). It is not encrypted, but
            :func:`unwrap` fails if it differs by one bit.

    Returns:
        The 12-byte nonce, and the encrypted secret with its 16-byte tag.

    Raises:
        ValueError: The key is not 32 bytes, or the secret is empty or too long.
    """
    if not 1 <= len(secret) <= MOST_SECRET_BYTES:
        raise ValueError("a secret to wrap has 1 to 1,024 bytes")
    _check_key(key)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce, AESGCM(key).encrypt(nonce, secret, aad)


def unwrap(nonce: bytes, wrapped: bytes, key: bytes, aad: bytes) -> bytes:
    """Return the secret that :func:`wrap` encrypted.

    Args:
        nonce: As stored; any bytes, untrusted.
        wrapped: As stored; any bytes, untrusted.
        key: 32 bytes, derived again.
        aad: Built again from what stands beside it in the file.

    Raises:
        UnwrapError: Wrong key, changed bytes, changed ``aad``, or impossible lengths. Which of
            them it was cannot be told.
        ValueError: ``key`` is not 32 bytes, which is a mistake of the caller.
    """
    _check_key(key)
    if len(nonce) != NONCE_BYTES or not TAG_BYTES < len(wrapped) <= MOST_SECRET_BYTES + TAG_BYTES:
        raise UnwrapError("lengths that wrap never writes")
    try:
        return AESGCM(key).decrypt(nonce, wrapped, aad)
    except InvalidTag as cause:
        raise UnwrapError("wrong key, or changed bytes") from cause


def _check_key(key: bytes) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError("a wrapping key has 32 bytes")
