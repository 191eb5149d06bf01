"""Damage, full disks and folders that cannot be written: a clear sentence, and nothing lost."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from mhin_ppi.domain.spaces import BOARD
from mhin_ppi.errors import CannotOpenBoardError, PPIError, StoreError
from tests.storage import boards
from tests.storage.boards import PASSPHRASE, note, record

ROOT = Path(__file__).parents[2]


@pytest.fixture
def kept(store) -> Path:
    """A closed board with forty notes."""
    for number in range(40):
        record(store, BOARD, note(store, number))
    store.close()
    return store.folder


def _is_told(vault, folder: Path) -> bool:
    """Return whether opening or checking a board says in plain words that something is wrong."""
    try:
        store = vault.open(folder, passphrase=PASSPHRASE)
    except PPIError as told:
        return bool(told.next_step)
    try:
        return bool(store.verify())
    except PPIError as told:
        return bool(told.next_step)
    finally:
        store.close()


@pytest.mark.parametrize("seed", range(30))
def test_a_flipped_bit_is_found(vault, kept, seed):
    database = kept / "store.db"
    held = bytearray(database.read_bytes())
    held[random.Random(seed).randrange(len(held))] ^= 1 << seed % 8
    database.write_bytes(held)
    assert _is_told(vault, kept)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1300))
def test_many_flipped_bits_are_found(vault, kept, seed):
    test_a_flipped_bit_is_found(vault, kept, seed)


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 4097, 50_000, -4096, -1])
def test_a_cut_store_is_found(vault, kept, size):
    database = kept / "store.db"
    held = database.read_bytes()
    database.write_bytes(held[:size])
    assert _is_told(vault, kept)


@pytest.mark.parametrize("page", [1, 2, 5, 20])
def test_a_page_of_zeros_is_found(vault, kept, page):
    database = kept / "store.db"
    held = bytearray(database.read_bytes())
    held[page * 4096 : (page + 1) * 4096] = bytes(4096)
    database.write_bytes(held)
    assert _is_told(vault, kept)


def test_a_damaged_page_is_never_read_as_words(vault, store):
    """SQLCipher hands out zeros for a page that fails its check, once: long words span pages."""
    bodies = [f"{number} " + "long words " * 600 for number in range(12)]
    for number, body in enumerate(bodies):
        record(store, BOARD, note(store, number, body=body))
    store.close()
    database = store.folder / "store.db"
    held = database.read_bytes()
    told = 0
    for page in range(1, len(held) // 4096):
        changed = bytearray(held)
        changed[page * 4096 + 100] ^= 1
        database.write_bytes(changed)
        try:
            again = vault.open(store.folder, passphrase=PASSPHRASE)
        except PPIError:
            told += 1
            continue
        try:
            with again.unit_of_work() as work:
                assert [one.body for one in work.find(boards.Annotation)] == bodies
        except PPIError:
            told += 1
        finally:
            again.close()
    database.write_bytes(held)
    assert told > 12


def test_a_missing_database_is_told(vault, kept):
    (kept / "store.db").unlink()
    with pytest.raises(CannotOpenBoardError, match="missing"):
        vault.open(kept, passphrase=PASSPHRASE)
    assert not (kept / "store.db").exists()


def test_a_folder_that_is_no_board_is_told(vault, tmp_path):
    (tmp_path / "holiday").mkdir()
    with pytest.raises(CannotOpenBoardError):
        vault.open(tmp_path / "holiday", passphrase=PASSPHRASE)
    with pytest.raises(CannotOpenBoardError):
        vault.open(tmp_path / "nowhere", passphrase=PASSPHRASE)
    assert list((tmp_path / "holiday").iterdir()) == []


def test_another_boards_database_is_told(vault, kept, tmp_path):
    other, _ = boards.start_board(vault, tmp_path / "other")
    other.close()
    (kept / "store.db").write_bytes((tmp_path / "other" / "store.db").read_bytes())
    with pytest.raises(CannotOpenBoardError):
        vault.open(kept, passphrase=PASSPHRASE)


def _child(script: str, *args: object, **options: object) -> str:
    """Run a script in a child process and return what it printed."""
    told = subprocess.run(
        [sys.executable, "-c", script, *map(str, args)],
        capture_output=True, text=True, timeout=120, cwd=ROOT, check=False, **options,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout


_WITHOUT_RIGHTS = """
import os, sys
from pathlib import Path
from mhin_ppi.errors import PPIError
from mhin_ppi.storage import making, verifying, migrating, board_log
from tests.storage import boards
vault = boards.make_vault()
if os.getuid() == 0:
    os.setuid(65534)
try:
    vault.open(Path(sys.argv[1]), passphrase=boards.PASSPHRASE)
except PPIError as told:
    print(type(told).__name__, told.in_full())
try:
    boards.start_board(vault, Path(sys.argv[1]) / "new")
except PPIError as told:
    print(type(told).__name__, told.in_full())
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_a_read_only_folder_is_told_and_left_alone(kept):
    before = boards.bytes_of(kept)
    for one in kept.rglob("*"):
        one.chmod(0o555 if one.is_dir() else 0o444)
    above = [*kept.parents][:-1] if os.getuid() == 0 else []
    modes = [(one, one.stat().st_mode) for one in above]
    for one, mode in modes:
        one.chmod(mode | 0o055)
    kept.chmod(0o555)
    try:
        told = _child(_WITHOUT_RIGHTS, kept)
    finally:
        kept.chmod(0o755)
        for one, mode in modes:
            one.chmod(mode)
    opening, creating = told.splitlines()
    assert opening.startswith("StoreFullError")
    assert creating.startswith("StoreFullError")
    assert "folder" in opening
    assert boards.bytes_of(kept) == before


_FULL = """
import resource, signal, sys
from pathlib import Path
from mhin_ppi.domain.annotations import Annotation
from mhin_ppi.domain.spaces import BOARD
from mhin_ppi.errors import StoreFullError
from tests.storage import boards
vault = boards.make_vault()
store = vault.open(Path(sys.argv[1]), passphrase=boards.PASSPHRASE)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = (Path(sys.argv[1]) / "store.db").stat().st_size + int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
kept = 0
try:
    for number in range(100, 4000):
        boards.record(store, BOARD, boards.note(store, number, body="x" * 3000))
        kept += 1
except StoreFullError as told:
    print("told", told.what_happened)
with store.unit_of_work() as work:
    assert work.count(Annotation) == 40 + kept, work.count(Annotation)
try:
    with store.unit_of_work() as work:
        work.keep_blob(b"x" * 3_000_000)
        work.commit()
except StoreFullError as told:
    print("told", told.what_happened)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
try:
    store.backup(Path(sys.argv[1]).parent / "full.ppibackup")
except StoreFullError as told:
    print("told", told.what_happened)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
boards.record(store, BOARD, boards.note(store, 9999))
assert store.verify() == []
store.close()
print("kept", kept)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="POSIX limits")
@pytest.mark.parametrize("room", [-200_000, 100_000, 333_333])
def test_a_full_disk_is_told_and_the_board_goes_on_when_there_is_room(vault, kept, room):
    told = _child(_FULL, kept, room).splitlines()
    assert len([line for line in told if line.startswith("told")]) == 3
    assert "disk is full" in told[0]
    count = int(told[-1].removeprefix("kept "))
    store = vault.open(kept, passphrase=PASSPHRASE)
    with store.unit_of_work() as work:
        assert work.count(boards.Annotation) == 40 + count + 1
    assert store.verify() == []
    store.close()
    assert not (kept.parent / "full.ppibackup").exists()
    assert not list(kept.parent.rglob("*.part*"))


def test_making_a_board_where_there_is_no_room_leaves_nothing(tmp_path):
    script = """
import resource, signal, sys
from pathlib import Path
from mhin_ppi.errors import StoreFullError
from tests.storage import boards
vault = boards.make_vault()
boards.start_board(vault, Path(sys.argv[1]) / "one")[0].close()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
try:
    boards.start_board(vault, Path(sys.argv[1]) / "two")
except StoreFullError as told:
    print("told")
"""
    assert _child(script, tmp_path) == "told\n"
    assert [one.name for one in tmp_path.iterdir()] == ["one"]


def test_errors_are_in_plain_words(vault, kept):
    (kept / "store.db").write_bytes(b"SQLite format 3\0" + bytes(8000))
    with pytest.raises(StoreError) as told:
        vault.open(kept, passphrase=PASSPHRASE)
    for word in ("sqlite", "error", "invalid", "please", "user", "x'"):
        assert word not in told.value.in_full().lower()
