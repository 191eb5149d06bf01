from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from mhin_ppi.crypto import wrapping
from mhin_ppi.errors import CannotOpenBoardError, StoreFullError, StoreTooNewError
from mhin_ppi.storage import key_file
from mhin_ppi.storage.key_file import KeyFile, KeyFileError

KEY = bytes(range(32))


def _header(*secrets: str) -> KeyFile:
    header = KeyFile("ab" * 16)
    slots = tuple(
        key_file.new_slot(
            header, key_file.PASSPHRASE, secret=one, store_key=KEY, kdf=wrapping.quick_kdf()
        )
        for one in secrets or ("right words here",)
    )
    return replace(header, slots=slots)


def _unlock(folder: Path, secret: str) -> bytes:
    return key_file.unlock(key_file.headers(folder), key_file.PASSPHRASE, secret=secret)[1]


def test_a_header_is_read_back_as_written():
    header = _header("one word", "another word")
    assert key_file.parse(header.to_bytes()) == header


def test_the_passphrase_gives_the_key_and_another_does_not(tmp_path: Path):
    key_file.write(tmp_path, _header())
    assert _unlock(tmp_path, "right words here") == KEY
    with pytest.raises(CannotOpenBoardError) as refused:
        _unlock(tmp_path, "wrong words here")
    assert "damaged" in refused.value.what_happened


def test_every_slot_of_a_kind_is_tried(tmp_path: Path):
    key_file.write(tmp_path, _header("first of them", "second of them"))
    assert _unlock(tmp_path, "second of them") == KEY


@pytest.mark.parametrize("lost", [key_file.NAME, key_file.SPARE_NAME])
@pytest.mark.parametrize("damage", ["gone", "empty", "noise"])
def test_either_file_alone_opens_the_board(tmp_path: Path, lost: str, damage: str):
    key_file.write(tmp_path, _header())
    if damage == "gone":
        (tmp_path / lost).unlink()
    else:
        (tmp_path / lost).write_bytes(b"" if damage == "empty" else b"\x00\xff{" * 40)
    assert _unlock(tmp_path, "right words here") == KEY


def test_no_flipped_bit_ever_gives_another_key(tmp_path: Path):
    whole = _header().to_bytes()
    header = key_file.parse(whole)
    (tmp_path / key_file.NAME).write_bytes(whole)
    opened = refused = 0
    for place in range(0, len(whole), 5):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        try:
            candidate = key_file.parse(bytes(changed))
        except (KeyFileError, StoreTooNewError):
            refused += 1
            continue
        if any(slot.kdf != header.slots[0].kdf for slot in candidate.slots):
            # A changed cost or salt derives another key; trying each would only take long.
            refused += 1
            continue
        for slot in candidate.slots:
            try:
                assert key_file.open_slot(candidate, slot, secret="right words here") == KEY
                opened += 1
            except wrapping.UnwrapError:
                refused += 1
    assert refused > 40
    assert opened == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [("m", 18 * 1024), ("m", 2**40), ("t", 11), ("t", 0), ("p", 17), ("m", "65536"), ("t", True),
     ("name", "scrypt"), ("salt", "00"), ("salt", "xy"), ("salt", None)],
)  # fmt: skip
def test_costs_outside_the_bounds_are_refused_before_they_cost_anything(name: str, value: object):
    plain = json.loads(_header().to_bytes())
    plain["slots"][0]["kdf"][name] = value
    with pytest.raises(KeyFileError):
        key_file.parse(json.dumps(plain).encode())


@pytest.mark.parametrize(
    "untrusted",
    [b"", b"{}", b"[]", b"null", b"7", b'{"v":1}', b"[" * 9000, b" " * (16 * 1024 + 1),
     b'{"v":1,"store":"x","slots":{}}]', b'{"v":0,"store":"x","slots":[]}',
     b'{"v":1,"store":"x","slots":[{"id":"a","kind":"magic","kdf":{}}]}'],
)  # fmt: skip
def test_what_is_no_key_file_is_refused(untrusted: bytes):
    with pytest.raises(KeyFileError):
        key_file.parse(untrusted)


def test_more_than_eight_slots_are_refused():
    header = _header()
    many = replace(header, slots=header.slots * 9)
    with pytest.raises(KeyFileError):
        key_file.parse(many.to_bytes())


def test_a_newer_key_file_says_so():
    plain = json.loads(_header().to_bytes()) | {"v": 2}
    with pytest.raises(StoreTooNewError):
        key_file.parse(json.dumps(plain).encode())


def test_a_slot_moved_to_another_board_does_not_open():
    header = _header()
    moved = replace(header, store="cd" * 16)
    with pytest.raises(wrapping.UnwrapError):
        key_file.open_slot(moved, moved.slots[0], secret="right words here")


def test_writing_where_nothing_can_be_written_says_so(tmp_path: Path):
    with pytest.raises(StoreFullError):
        key_file.write(tmp_path / "nowhere", _header())


def test_the_file_is_small_and_holds_no_secret(tmp_path: Path):
    written = _header("right words here").to_bytes()
    assert len(written) < 1000
    assert b"right words" not in written
    assert KEY.hex().encode() not in written
    assert "wrapped" not in repr(_header().slots[0])
