from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from mhin_ppi.domain import facts
from mhin_ppi.domain.people import Device
from mhin_ppi.domain.spaces import ADMIN, BOARD
from mhin_ppi.errors import CannotOpenBoardError, InputError, StoreFullError
from mhin_ppi.storage import backups
from tests.storage import boards
from tests.storage.boards import PASSPHRASE, carry, note, record


@pytest.fixture
def copy(store, tmp_path) -> Path:
    record(store, BOARD, note(store))
    with store.unit_of_work() as work:
        work.keep_blob(b"a receipt" * 1000)
        work.keep_local("window", {"width": 900})
        work.commit()
    to = tmp_path / "away" / "board.ppibackup"
    store.backup(to)
    return to


def test_a_backup_is_one_file_and_the_board_is_untouched(store, copy):
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]
    assert copy.read_bytes().startswith(backups.MAGIC)
    assert store.verify() == []
    record(store, BOARD, note(store, 2))
    store.backup(copy)
    assert [one.name for one in copy.parent.iterdir()] == [copy.name]


def test_a_restored_board_is_equal_and_writes_as_a_new_device(vault, store, copy, tmp_path):
    again = vault.restore(copy, tmp_path / "again", passphrase=PASSPHRASE)
    assert again.digest(BOARD) == store.digest(BOARD)
    assert again.person == store.person
    assert again.device.id != store.device.id
    assert again.verify() == []
    with again.unit_of_work() as work:
        assert work.find(boards.Annotation) == [note(store)]
        assert work.local("window") == {"width": 900}
        assert {one.id for one in work.find(Device)} == {again.device.id, store.device.id}
    record(again, BOARD, note(again, 2))
    assert again.entries()[-1].device == again.device.id
    again.close()
    vault.open(tmp_path / "again", passphrase=PASSPHRASE).close()


def test_the_board_and_its_restored_copy_can_both_go_on(vault, store, copy, tmp_path):
    again = vault.restore(copy, tmp_path / "again", passphrase=PASSPHRASE)
    record(store, BOARD, note(store, 2))
    record(again, BOARD, note(again, 3))
    carry(store, again)
    carry(again, store)
    assert store.digest() == again.digest()
    assert store.verify() == again.verify() == []
    again.close()


def test_a_members_restored_board_waits_for_its_certificate(vault, store, member, tmp_path):
    record(member, BOARD, note(member))
    member.backup(tmp_path / "m.ppibackup")
    again = vault.restore(tmp_path / "m.ppibackup", tmp_path / "again", passphrase=PASSPHRASE)
    assert again.device.id != member.device.id
    record(again, BOARD, note(again, 2))
    assert again.verify() == []
    with store.unit_of_work() as work:
        work.record(ADMIN, facts.changes(None, again.device))
        work.commit()
    carry(store, again)
    carry(again, store)
    with store.unit_of_work() as work:
        assert len(work.find(boards.Annotation)) == 2
    again.close()


def test_the_spare_key_opens_a_backup_too(vault, tmp_path):
    made, code = boards.start_board(vault, tmp_path / "b")
    made.backup(tmp_path / "x.ppibackup")
    made.close()
    vault.restore(tmp_path / "x.ppibackup", tmp_path / "again", passphrase=code).close()


@pytest.mark.parametrize("damage", ["wrong words", "cut", "flip", "header", "empty", "gone"])
def test_a_bad_backup_leaves_the_folder_as_it_was(vault, copy, tmp_path, damage):
    held = bytearray(copy.read_bytes())
    if damage == "cut":
        del held[-5000:]
    elif damage == "flip":
        held[len(held) // 2] ^= 1
    elif damage == "header":
        held[len(backups.MAGIC)] = 255
    elif damage == "empty":
        held.clear()
    copy.write_bytes(held)
    if damage == "gone":
        copy.unlink()
    folder = tmp_path / "again"
    folder.mkdir()
    before = sorted(one.name for one in tmp_path.iterdir())
    passphrase = "some other words" if damage == "wrong words" else PASSPHRASE
    with pytest.raises(CannotOpenBoardError):
        vault.restore(copy, folder, passphrase=passphrase)
    assert list(folder.iterdir()) == []
    assert sorted(one.name for one in tmp_path.iterdir()) == before


def test_a_backup_is_not_restored_over_a_board(vault, store, copy):
    with pytest.raises(InputError):
        vault.restore(copy, store.folder, passphrase=PASSPHRASE)


def test_a_backup_that_cannot_be_written_leaves_nothing(store, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreFullError):
        store.backup(tmp_path / "file" / "x.ppibackup")
    (tmp_path / "x.ppibackup").mkdir()
    (tmp_path / "x.ppibackup" / "something").write_bytes(b"")
    with pytest.raises(StoreFullError):
        store.backup(tmp_path / "x.ppibackup")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["coordinator", "file", "x.ppibackup"]


def test_a_backup_is_taken_once_a_day(vault, store, clock):
    place = store.folder / "backups"
    store.close()
    (first,) = place.iterdir()
    held = first.read_bytes()
    vault.open(store.folder, passphrase=PASSPHRASE).close()
    assert [one.read_bytes() for one in place.iterdir()] == [held]
    clock.on(days=1)
    vault.open(store.folder, passphrase=PASSPHRASE).close()
    assert len(list(place.iterdir())) == 2


def test_seven_days_four_weeks_and_twelve_months_are_kept(tmp_path):
    today = date(2026, 6, 30)
    for back in range(900):
        day = today - timedelta(days=back)
        (tmp_path / f"{day.isoformat()}{backups.SUFFIX}").write_bytes(b"")
    (tmp_path / "before-upgrade-from-0001.ppibackup").write_bytes(b"")
    backups.keep_some(tmp_path, today=today)
    kept = sorted(one.name.removesuffix(backups.SUFFIX) for one in tmp_path.iterdir())
    days = [(today - timedelta(days=back)).isoformat() for back in range(7)]
    assert set(days) < set(kept)
    assert {"2026-06-14", "2026-06-21", "2026-06-28"} < set(kept)
    assert {"2026-05-31", "2026-01-31", "2025-07-31"} < set(kept)
    assert "2025-06-30" not in kept
    assert "before-upgrade-from-0001" in kept
    assert len(kept) <= 7 + 4 + 12 + 1
    backups.keep_some(tmp_path, today=today)
    assert len(list(tmp_path.iterdir())) == len(kept)


def test_what_a_killed_backup_left_is_cleared_away(store):
    old = store.folder / "backups" / ".2026-01-01.ppibackup.abcd.part"
    old.parent.mkdir()
    old.write_bytes(b"half")
    backups.remove_leftovers(store.folder)
    assert old.exists()
    backups.remove_leftovers(store.folder, older_than_s=-1)
    assert not old.exists()
