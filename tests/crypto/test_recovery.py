import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mhin_ppi.crypto import recovery
from mhin_ppi.crypto.recovery import NotARecoveryCodeError

codes = st.text(alphabet=recovery.ALPHABET, min_size=24, max_size=24)


def test_the_alphabet_is_crockfords() -> None:
    assert len(set(recovery.ALPHABET)) == 32
    assert not set("ILOU") & set(recovery.ALPHABET)


def test_new_codes_carry_120_bits_and_do_not_repeat() -> None:
    made = [recovery.new_recovery_code() for _ in range(400)]
    assert len(set(made)) == 400
    assert all(recovery.parse_recovery_code(code) == code for code in made)
    # Every one of the 24 places takes many of the 32 characters, so no place is fixed.
    for place in range(24):
        assert len({code[place] for code in made}) > 24


@given(code=codes)
def test_shown_in_groups_and_read_back(code: str) -> None:
    shown = recovery.format_recovery_code(code)
    assert re.fullmatch(r"([0-9A-Z]{4}-){5}[0-9A-Z]{4}", shown)
    assert recovery.parse_recovery_code(shown) == code


@given(code=codes, draw=st.data())
def test_read_however_it_was_copied(code: str, draw: st.DataObject) -> None:
    written = {"0": "0Oo", "1": "1IiLl"}
    between = st.sampled_from(["", "", "", " ", "-", "\u2013", "\u2011", "\n", ".", "\u00a0"])
    copied = "".join(
        draw.draw(between) + draw.draw(st.sampled_from(written.get(c, c + c.lower()))) for c in code
    )
    assert recovery.parse_recovery_code(copied) == code


@pytest.mark.parametrize("length", [0, 1, 23, 25, 48])
def test_a_wrong_length_says_how_many_there_are(length: int) -> None:
    with pytest.raises(NotARecoveryCodeError, match=f"This one has {length}"):
        recovery.parse_recovery_code("7" * length)


def test_a_character_that_no_code_has_is_named_alone() -> None:
    with pytest.raises(NotARecoveryCodeError) as caught:
        recovery.parse_recovery_code("0123-4567-89AB-CDEF-GHJK-MNPU")
    assert caught.value.reason == "A spare key never contains U."
    with pytest.raises(NotARecoveryCodeError, match="hidden character"):
        recovery.parse_recovery_code("\u202e" + "7" * 24)


@given(typed=st.text(max_size=60))
def test_anything_typed_is_read_or_refused(typed: str) -> None:
    reason, plain = "", ""
    try:
        plain = recovery.parse_recovery_code(typed)
    except NotARecoveryCodeError as refused:
        reason = refused.reason
    assert (len(plain) == 24 and set(plain) <= set(recovery.ALPHABET)) or reason.endswith(".")


def test_a_pasted_book_is_refused_at_once() -> None:
    with pytest.raises(NotARecoveryCodeError, match="much longer"):
        recovery.parse_recovery_code("A" * 10_000_000)
