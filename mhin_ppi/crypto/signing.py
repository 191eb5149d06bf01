"""The keys of one device, and its signatures.

A device has three secrets of 32 random bytes each, which never leave its encrypted board: a
signing seed (Ed25519), an age identity (X25519), and a post-quantum seed. What others see of them
are the three public keys in the device's certificate.

Source: RFC 8032 (Ed25519), RFC 7748 (X25519), FIPS 203 (ML-KEM-768), and
draft-connolly-cfrg-xwing-kem for how one seed gives the hybrid key of age's ``mlkem768x25519``.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

SEED_BYTES = 32
PUBLIC_KEY_BYTES = 32
SIGNATURE_BYTES = 64
ML_KEM_SEED_BYTES = 64
PQ_PUBLIC_KEY_BYTES = 1184 + 32

ENTRY_DOMAIN = b"ppi-entry-1\0"
PACK_DOMAIN = b"ppi-pack-1\0"


@dataclass(frozen=True, slots=True)
class DeviceSecrets:
    """The three secrets of one device. Kept out of ``repr``, so that no log can show them.

    Args:
        signing_seed: 32 bytes, Ed25519.
        age_identity: 32 bytes, X25519.
        pq_seed: 32 bytes, from which the hybrid post-quantum key is grown.
    """

    signing_seed: bytes = field(repr=False)
    age_identity: bytes = field(repr=False)
    pq_seed: bytes = field(repr=False)


def new_seed() -> bytes:
    """Return 32 random bytes, fit to be any one of a device's three secrets."""
    return secrets.token_bytes(SEED_BYTES)


def new_device_secrets() -> DeviceSecrets:
    """Return fresh secrets for a new device. Three independent draws: none tells another."""
    return DeviceSecrets(signing_seed=new_seed(), age_identity=new_seed(), pq_seed=new_seed())


def signing_public_key(seed: bytes) -> bytes:
    """Return the 32-byte Ed25519 public key of a signing seed.

    Raises:
        ValueError: The seed is not 32 bytes.
    """
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def age_public_key(identity: bytes) -> bytes:
    """Return the 32-byte X25519 public key of an age identity (raw, not ``age1…`` text).

    Raises:
        ValueError: The identity is not 32 bytes.
    """
    return X25519PrivateKey.from_private_bytes(identity).public_key().public_bytes_raw()


def pq_public_key(seed: bytes) -> bytes:
    """Return the 1,216-byte hybrid public key (ML-KEM-768 then X25519) of a seed.

    Published in certificates from the first day, so that boards can move to post-quantum packs
    later without asking every device for a new certificate.

    Args:
        seed: 32 bytes; SHAKE-256 stretches it to 64 for ML-KEM and 32 for X25519.

    Raises:
        ValueError: The seed is not 32 bytes.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError("a post-quantum seed has 32 bytes")
    grown = hashlib.shake_256(seed).digest(ML_KEM_SEED_BYTES + SEED_BYTES)
    lattice = MLKEM768PrivateKey.from_seed_bytes(grown[:ML_KEM_SEED_BYTES])
    return lattice.public_key().public_bytes_raw() + age_public_key(grown[ML_KEM_SEED_BYTES:])


def sign(seed: bytes, domain: bytes, body: bytes) -> bytes:
    r"""Return the 64-byte Ed25519 signature over ``domain`` followed by ``body``.

    Args:
        seed: The device's 32-byte signing seed.
        domain: What sort of thing is signed, such as :data:`ENTRY_DOMAIN`. It ends with the only
            ``"\0"`` in it, so that no domain is the beginning of another, and a signature over
            one sort of thing never counts for another.
        body: The bytes exactly as they will be stored and sent; never written out a second time.

    Raises:
        ValueError: The seed is not 32 bytes, or the domain is not of that form.

    Not protected: when it was signed, or in which order. The body has to say so.
    """
    _check_domain(domain)
    return Ed25519PrivateKey.from_private_bytes(seed).sign(domain + body)


def verify(public_key: bytes, signature: bytes, domain: bytes, body: bytes) -> bool:
    """Tell whether the device with this public key signed this body.

    Args:
        public_key: From a certificate that is already trusted; any bytes.
        signature: From outside; any bytes.
        domain: The sort of thing the caller expects, never taken from the message.
        body: From outside, exactly as it came.

    Returns:
        ``False`` for a wrong key, a changed byte, another domain, or impossible lengths.

    Raises:
        ValueError: The domain has a wrong form, which is a mistake of the caller.
    """
    _check_domain(domain)
    if len(public_key) != PUBLIC_KEY_BYTES or len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, domain + body)
    except (InvalidSignature, ValueError):
        return False
    return True


def _check_domain(domain: bytes) -> None:
    if len(domain) < 2 or domain.find(b"\0") != len(domain) - 1:
        raise ValueError("a domain ends with its only zero byte")
