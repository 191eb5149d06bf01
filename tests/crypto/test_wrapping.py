import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mhin_ppi.crypto import wrapping
from mhin_ppi.crypto.wrapping import KdfParams, KdfRefusedError, UnwrapError

MIB = 1024
KEY = bytes(range(32))
secrets = st.binary(min_size=1, max_size=64)
aads = st.binary(max_size=64)


def fixed_kdf(salt: bytes = b"sixteen bytes ok") -> KdfParams:
    return KdfParams(salt=salt, m_kib=19 * MIB, t=1, p=1)


def test_the_usual_parameters_are_those_of_the_design() -> None:
    kdf = wrapping.new_kdf()
    assert (kdf.name, kdf.m_kib, kdf.t, kdf.p, len(kdf.salt)) == ("argon2id", 64 * MIB, 3, 4, 16)


def test_every_slot_gets_its_own_salt() -> None:
    assert len({wrapping.new_kdf().salt for _ in range(50)}) == 50


def test_a_board_made_today_opens_tomorrow() -> None:
    # Frozen outputs: if one of these changes, every board already written is lost.
    quick = wrapping.derive("correct horse battery staple", fixed_kdf())
    usual = wrapping.derive("Zoë's board", KdfParams(salt=bytes(16)))
    assert quick.hex() == "02294c2c6e55c7f5b4bfba14fdf82e59f48e3ec8545d1da6dcc539a226474a16"
    assert usual.hex() == "9c4ccfdac9e4f5e9c2e77a851b670436ddcd4950375035ead3cabac8aa2f59f0"


def test_the_same_password_typed_on_two_keyboards_gives_one_key() -> None:
    composed, decomposed = (
        "Zo\u00eb na\u00efve",
        unicodedata.normalize("NFD", "Zo\u00eb na\u00efve"),
    )
    assert composed != decomposed
    assert wrapping.derive(composed, fixed_kdf()) == wrapping.derive(decomposed, fixed_kdf())


@pytest.mark.parametrize("other", ["Password one", "password one ", "passwordone", "", "\ud800"])
def test_another_password_gives_another_key(other: str) -> None:
    assert wrapping.derive("password one", fixed_kdf()) != wrapping.derive(other, fixed_kdf())


def test_salt_memory_passes_and_lanes_each_change_the_key() -> None:
    variants = [
        fixed_kdf(),
        fixed_kdf(b"another salt 016"),
        KdfParams(salt=b"sixteen bytes ok", m_kib=20 * MIB, t=1, p=1),
        KdfParams(salt=b"sixteen bytes ok", m_kib=19 * MIB, t=2, p=1),
        KdfParams(salt=b"sixteen bytes ok", m_kib=19 * MIB, t=1, p=2),
    ]
    keys = {wrapping.derive("a password", kdf) for kdf in variants}
    assert len(keys) == len(variants)
    assert all(len(key) == 32 for key in keys)


@pytest.mark.parametrize(
    ("m_kib", "t", "p", "salt_bytes"),
    [
        (19 * MIB - 1, 3, 4, 16),
        (1024 * MIB + 1, 3, 4, 16),
        (-1, 3, 4, 16),
        (64 * MIB, 0, 4, 16),
        (64 * MIB, 11, 4, 16),
        (64 * MIB, 3, 0, 16),
        (64 * MIB, 3, 17, 16),
        (64 * MIB, True, 4, 16),
        (64 * MIB, 3.0, 4, 16),
        ("65536", 3, 4, 16),
        (64 * MIB, 3, 4, 15),
        (64 * MIB, 3, 4, 0),
    ],
)
def test_parameters_out_of_bounds_are_refused(m_kib: int, t: int, p: int, salt_bytes: int) -> None:
    with pytest.raises(KdfRefusedError):
        KdfParams(salt=bytes(salt_bytes), m_kib=m_kib, t=t, p=p)


@pytest.mark.parametrize(("m_kib", "t", "p"), [(19 * MIB, 1, 1), (1024 * MIB, 10, 16)])
def test_the_bounds_themselves_are_accepted(m_kib: int, t: int, p: int) -> None:
    assert KdfParams(salt=bytes(16), m_kib=m_kib, t=t, p=p).m_kib == m_kib


def test_the_quick_parameters_can_be_read_back() -> None:
    quick = wrapping.quick_kdf()
    assert KdfParams(salt=quick.salt, m_kib=quick.m_kib, t=quick.t, p=quick.p) == quick


def test_hkdf_agrees_with_rfc_5869_case_2() -> None:
    key = wrapping.derive_from_secret(
        bytes(range(0x00, 0x50)), salt=bytes(range(0x60, 0xB0)), purpose=bytes(range(0xB0, 0x100))
    )
    assert key.hex() == "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"


def test_two_purposes_give_two_keys() -> None:
    keys = {wrapping.derive_from_secret(KEY, purpose=purpose) for purpose in (b"a", b"b", b"ab")}
    assert len(keys) == 3


def test_hkdf_refuses_short_secrets_and_no_purpose() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        wrapping.derive_from_secret(bytes(31), purpose=b"keyring")
    with pytest.raises(ValueError, match="purpose"):
        wrapping.derive_from_secret(bytes(32), purpose=b"")


@given(secret=secrets, key=st.binary(min_size=32, max_size=32), aad=aads)
def test_what_is_wrapped_comes_back(secret: bytes, key: bytes, aad: bytes) -> None:
    nonce, wrapped = wrapping.wrap(secret, key, aad)
    assert wrapping.unwrap(nonce, wrapped, key, aad) == secret
    assert len(nonce) == 12
    assert len(wrapped) == len(secret) + 16
    assert len(secret) < 4 or secret not in wrapped


@given(secret=secrets, aad=aads, where=st.integers(min_value=0), bit=st.integers(0, 7))
@settings(max_examples=200)
def test_one_changed_bit_anywhere_is_found(secret: bytes, aad: bytes, where: int, bit: int) -> None:
    nonce, wrapped = wrapping.wrap(secret, KEY, aad)
    parts = [bytearray(part) for part in (nonce, wrapped, KEY, aad)]
    at = where % sum(len(part) for part in parts)
    for part in parts:
        if at < len(part):
            part[at] ^= 1 << bit
            break
        at -= len(part)
    with pytest.raises(UnwrapError):
        wrapping.unwrap(*(bytes(part) for part in parts))


@given(nonce=st.binary(max_size=20), wrapped=st.binary(max_size=80), aad=aads)
def test_bytes_from_outside_are_refused_and_never_crash(
    nonce: bytes, wrapped: bytes, aad: bytes
) -> None:
    with pytest.raises(UnwrapError):
        wrapping.unwrap(nonce, wrapped, KEY, aad)


def test_every_truncation_is_refused() -> None:
    nonce, wrapped = wrapping.wrap(bytes(32), KEY, b"slot")
    for length in range(len(wrapped)):
        with pytest.raises(UnwrapError):
            wrapping.unwrap(nonce, wrapped[:length], KEY, b"slot")


def test_nonces_do_not_repeat() -> None:
    assert len({wrapping.wrap(b"x", KEY, b"")[0] for _ in range(500)}) == 500


def test_callers_mistakes_are_told_apart_from_wrong_keys() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        wrapping.wrap(b"secret", bytes(16), b"")
    with pytest.raises(ValueError, match="32 bytes"):
        wrapping.unwrap(bytes(12), bytes(40), bytes(16), b"")
    for secret in (b"", bytes(1025)):
        with pytest.raises(ValueError, match="1,024"):
            wrapping.wrap(secret, KEY, b"")


def test_a_wrapped_key_opens_with_the_password_and_with_nothing_else() -> None:
    kdf, store_key = wrapping.quick_kdf(), wrapping.new_key()
    nonce, wrapped = wrapping.wrap(store_key, wrapping.derive("swim in the sea", kdf), b"slot 1")
    again = wrapping.derive("swim in the sea", kdf)
    assert wrapping.unwrap(nonce, wrapped, again, b"slot 1") == store_key
    with pytest.raises(UnwrapError):
        wrapping.unwrap(nonce, wrapped, wrapping.derive("swim in the see", kdf), b"slot 1")
