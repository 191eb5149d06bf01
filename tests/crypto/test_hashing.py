import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.crypto import hashing

salts = st.binary(min_size=16, max_size=16)


def test_sha256_agrees_with_fips_180_4() -> None:
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hashing.sha256_hex(b"abc") == known
    assert hashing.sha256(b"abc").hex() == known


@given(salt=salts, value=st.binary(max_size=100))
def test_a_reference_is_the_hash_of_salt_then_value(salt: bytes, value: bytes) -> None:
    reference = hashing.salted_reference(salt, value)
    assert reference == hashlib.sha256(salt + value).hexdigest()
    assert hashing.is_reference_to(reference, salt, value)


@given(salt=salts, other=salts, value=st.binary(max_size=20), more=st.binary(max_size=20))
def test_another_salt_or_value_is_not_it(
    salt: bytes, other: bytes, value: bytes, more: bytes
) -> None:
    reference = hashing.salted_reference(salt, value)
    assert hashing.is_reference_to(reference, other, more) == ((salt, value) == (other, more))


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_salt_of_another_length_would_blur_salt_and_value(length: int) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        hashing.salted_reference(bytes(length), b"value")
    assert not hashing.is_reference_to("00" * 32, bytes(length), b"value")


def test_a_reference_from_outside_may_be_any_text() -> None:
    assert not hashing.is_reference_to("not a hash \u2014 é", bytes(16), b"value")


def test_random_identities_and_salts_do_not_repeat() -> None:
    ids = {hashing.random_id() for _ in range(300)}
    assert len(ids) == 300
    assert {one.version for one in ids} == {4}
    assert len({hashing.new_salt() for _ in range(300)}) == 300
    assert len(hashing.random_bytes(5)) == 5
    with pytest.raises(ValueError, match="at least one"):
        hashing.random_bytes(0)
