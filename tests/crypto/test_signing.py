import pytest
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.crypto import hashing, signing

SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
ENTRY, PACK = signing.ENTRY_DOMAIN, signing.PACK_DOMAIN
seeds = st.binary(min_size=32, max_size=32)
bodies = st.binary(max_size=200)


def test_the_signing_key_agrees_with_rfc_8032_test_1() -> None:
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert signing.signing_public_key(SEED).hex() == public


def test_the_age_key_agrees_with_rfc_7748() -> None:
    alice = bytes.fromhex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a")
    public = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a"
    assert signing.age_public_key(alice).hex() == public


@pytest.mark.parametrize(
    ("seed", "start", "end"),
    [
        (
            "7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26",
            "e2236b35a8c24b39b10aa1323a96a919a2ced88400633a7b07131713fc14b2b5b19cfc3d",
            "eff389b27dce59844570216223593d4ba32d9abac8cd049040ef6534",
        ),
        (
            "badfd6dfaac359a5efbb7bcc4b59d538df9a04302e10c8bc1cbf1a0b3a5120ea",
            "0333285fa253661508c9fb444852caa4061636cb060e69943b431400134ae1fbc0228724",
            "cbb48fd4c562a576549f85b528c953926d96ea8a160b8843f1c89c62",
        ),
    ],
)
def test_the_hybrid_key_agrees_with_the_x_wing_draft(seed: str, start: str, end: str) -> None:
    # draft-connolly-cfrg-xwing-kem-08, appendix C; first and last bytes of the 1,216.
    public = signing.pq_public_key(bytes.fromhex(seed)).hex()
    assert len(public) == 2 * 1216
    assert public.startswith(start)
    assert public.endswith(end)


def test_the_hybrid_public_key_is_one_that_messages_can_be_sealed_to() -> None:
    public = signing.pq_public_key(signing.new_seed())
    key = hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:1184]),
        X25519PublicKey.from_public_bytes(public[1184:]),
    )
    suite = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
    assert len(suite.encrypt(b"file key", key)) > 1088 + 32


@given(seed=seeds, body=bodies)
def test_a_signature_is_ed25519_over_domain_and_body(seed: bytes, body: bytes) -> None:
    public = signing.signing_public_key(seed)
    signature = signing.sign(seed, ENTRY, body)
    assert signing.verify(public, signature, ENTRY, body)
    Ed25519PublicKey.from_public_bytes(public).verify(signature, b"ppi-entry-1\0" + body)


@given(body=bodies, extra=st.binary(min_size=1, max_size=5))
def test_another_domain_key_or_body_is_not_signed(body: bytes, extra: bytes) -> None:
    public, signature = signing.signing_public_key(SEED), signing.sign(SEED, ENTRY, body)
    assert not signing.verify(public, signature, PACK, body)
    assert not signing.verify(public, signature, ENTRY, body + extra)
    assert not signing.verify(signing.signing_public_key(bytes(32)), signature, ENTRY, body)


@given(body=st.binary(min_size=1, max_size=60), where=st.integers(0), bit=st.integers(0, 7))
def test_one_changed_bit_is_found(body: bytes, where: int, bit: int) -> None:
    public, signature = signing.signing_public_key(SEED), signing.sign(SEED, ENTRY, body)
    changed = bytearray(signature + body)
    changed[where % len(changed)] ^= 1 << bit
    assert not signing.verify(public, bytes(changed[:64]), ENTRY, bytes(changed[64:]))


@given(public=st.binary(max_size=40), signature=st.binary(max_size=70), body=bodies)
def test_bytes_from_outside_give_false_and_never_raise(
    public: bytes, signature: bytes, body: bytes
) -> None:
    assert signing.verify(public, signature, ENTRY, body) is False


@given(public=seeds, signature=st.binary(min_size=64, max_size=64))
def test_the_right_lengths_alone_do_not_pass(public: bytes, signature: bytes) -> None:
    # 32 zero bytes and a few others are weak keys that accept trivial signatures of some bodies;
    # whether a key is trusted is decided by its certificate, so here only "no crash" matters.
    assert signing.verify(public, signature, ENTRY, b"body") in {True, False}
    assert signing.verify(signing.signing_public_key(SEED), signature, ENTRY, b"body") is False


@pytest.mark.parametrize("domain", [b"", b"\0", b"ppi-entry-1", b"a\0b\0", b"\0ppi\0", b"a\0b"])
def test_a_domain_that_could_be_confused_is_refused(domain: bytes) -> None:
    with pytest.raises(ValueError, match="zero byte"):
        signing.sign(SEED, domain, b"body")
    with pytest.raises(ValueError, match="zero byte"):
        signing.verify(bytes(32), bytes(64), domain, b"body")


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_secrets_of_another_length_are_refused(length: int) -> None:
    for use in (signing.signing_public_key, signing.age_public_key, signing.pq_public_key):
        with pytest.raises(ValueError, match="32"):
            use(bytes(length))


def test_device_secrets_are_fresh_and_never_printed() -> None:
    one, two = signing.new_device_secrets(), signing.new_device_secrets()
    drawn = {
        *(one.signing_seed, one.age_identity, one.pq_seed),
        *(two.signing_seed, two.age_identity, two.pq_seed),
    }
    assert len(drawn) == 6
    assert repr(one) == "DeviceSecrets()"


def test_sizes_fit_a_certificate() -> None:
    made = signing.new_device_secrets()
    assert len(signing.signing_public_key(made.signing_seed)) == 32
    assert len(signing.age_public_key(made.age_identity)) == 32
    assert len(hashing.sha256(signing.pq_public_key(made.pq_seed))) == 32
