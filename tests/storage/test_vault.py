from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mhin_ppi.domain.people import Board, Device, Person, Role
from mhin_ppi.errors import (
    CannotOpenBoardError,
    InputError,
    NotAllowedError,
    StoreBusyError,
    StoreError,
)
from mhin_ppi.storage import key_file, profile
from mhin_ppi.storage.vault import LocalVault
from tests.storage import boards
from tests.storage.boards import PASSPHRASE


def test_a_new_board_has_its_coordinator_and_their_laptop(store):
    with store.unit_of_work() as work:
        (board,) = work.find(Board)
        (person,) = work.find(Person)
        (device,) = work.find(Device)
    assert (board.id, board.name) == (store.board, "Voices for Research")
    assert (person.id, person.roles) == (store.person, (Role.COORDINATOR,))
    assert device == store.device
    assert device.person == person.id
    assert len(bytes.fromhex(device.pq_pk)) == 1216


def test_a_board_opens_again_with_its_passphrase(vault, store):
    boards.record(store, boards.BOARD, boards.note(store))
    store.close()
    again = vault.open(store.folder, passphrase=PASSPHRASE)
    with again.unit_of_work() as work:
        assert work.find(boards.Annotation) == [boards.note(again)]
    again.close()


def test_another_passphrase_changes_nothing(vault, store):
    store.close()
    before = boards.bytes_of(store.folder)
    with pytest.raises(CannotOpenBoardError):
        vault.open(store.folder, passphrase="some other words")
    assert boards.bytes_of(store.folder) == before


def test_the_same_words_typed_with_other_code_points_open_it(vault, tmp_path):
    made, _ = vault.create(
        tmp_path / "b", label="", passphrase="café au lait déjà", board_name="B", person_name="P"
    )
    made.close()
    vault.open(tmp_path / "b", passphrase="cafe\u0301 au lait de\u0301ja\u0300").close()


@pytest.mark.parametrize("short", ["", "eleven char", "   spaces    "])
def test_a_short_passphrase_is_refused_and_nothing_is_made(vault, tmp_path, short):
    with pytest.raises(InputError, match="at least 12"):
        vault.create(tmp_path / "b", label="B", passphrase=short, board_name="B", person_name="P")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "place",
    ["OneDrive - University", "Dropbox", "Nextcloud", "iCloud Drive", "Google Drive",
     "Library/Mobile Documents/com~apple~CloudDocs"],
)  # fmt: skip
def test_a_synchronised_folder_is_refused(vault, tmp_path, place):
    with pytest.raises(InputError, match="sync program"):
        vault.create(
            tmp_path / place / "b", label="B", passphrase=PASSPHRASE, board_name="B",
            person_name="P",
        )  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_a_network_place_is_refused():
    with pytest.raises(InputError, match="another computer"):
        profile.check_place(Path("//server/share/board"))


def test_a_folder_with_anything_in_it_is_left_alone(vault, tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match="not empty"):
        boards.start_board(vault, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["letter.txt"]


def test_an_empty_folder_is_used(vault, tmp_path):
    (tmp_path / "b").mkdir()
    boards.start_board(vault, tmp_path / "b")[0].close()
    assert profile.is_board(tmp_path / "b")


def test_a_second_window_is_told_and_the_first_goes_on(vault, store):
    with pytest.raises(StoreBusyError):
        vault.open(store.folder, passphrase=PASSPHRASE)
    boards.record(store, boards.BOARD, boards.note(store))
    store.close()
    vault.open(store.folder, passphrase=PASSPHRASE).close()


def test_a_killed_program_locks_nobody_out(vault, store):
    store.close()
    script = (
        "import sys, time; from tests.storage import boards; from pathlib import Path\n"
        "s = boards.make_vault().open(Path(sys.argv[1]), passphrase=boards.PASSPHRASE)\n"
        "print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(store.folder)], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout.readline() == "open\n"
        with pytest.raises(StoreBusyError):
            vault.open(store.folder, passphrase=PASSPHRASE)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    vault.open(store.folder, passphrase=PASSPHRASE).close()


def test_boards_are_listed_by_label_without_their_names(vault, tmp_path):
    for name, label in (("x1", "Work"), ("x2", "another")):
        vault.create(
            tmp_path / name, label=label, passphrase=PASSPHRASE, board_name="Secret name",
            person_name="P",
        )[0].close()  # fmt: skip
    (tmp_path / "holiday").mkdir()
    assert vault.boards(tmp_path) == [(tmp_path / "x2", "another"), (tmp_path / "x1", "Work")]
    assert vault.boards(tmp_path / "nowhere") == []


def test_a_new_passphrase_counts_and_the_old_one_does_not(vault, store):
    store.close()
    vault.change_passphrase(store.folder, old=PASSPHRASE, new="a whole new phrase")
    with pytest.raises(CannotOpenBoardError):
        vault.open(store.folder, passphrase=PASSPHRASE)
    vault.open(store.folder, passphrase="a whole new phrase").close()


def test_a_wrong_old_passphrase_changes_nothing(vault, store):
    before = boards.bytes_of(store.folder)
    with pytest.raises(CannotOpenBoardError):
        vault.change_passphrase(store.folder, old="not the right one", new="a whole new phrase")
    with pytest.raises(InputError):
        vault.change_passphrase(store.folder, old=PASSPHRASE, new="short")
    assert boards.bytes_of(store.folder) == before


def test_the_spare_key_opens_once_and_is_replaced(vault, tmp_path):
    made, code = boards.start_board(vault, tmp_path / "b")
    made.close()
    typed = " ".join(code[at : at + 4].lower() for at in range(0, 24, 4))
    again, fresh = vault.recover(tmp_path / "b", code=typed, new_passphrase="a whole new phrase")
    again.close()
    assert fresh != code
    vault.open(tmp_path / "b", passphrase="a whole new phrase").close()
    for stale in (code, "0" * 24, "hello"):
        with pytest.raises(CannotOpenBoardError, match="spare key"):
            vault.recover(tmp_path / "b", code=stale, new_passphrase="yet another phrase")
    with pytest.raises(CannotOpenBoardError):
        vault.open(tmp_path / "b", passphrase=PASSPHRASE)


def test_a_closed_board_stays_closed(vault, store):
    work = store.unit_of_work()
    store.close()
    store.close()
    for use in (store.unit_of_work, store.entries, store.digest, store.verify):
        with pytest.raises(StoreError, match="closed"):
            use()
    with pytest.raises(RuntimeError, match="closed"), work:
        work.find(Person)


def test_nothing_readable_lies_on_the_disk(vault, tmp_path):
    made, _ = boards.start_board(vault, tmp_path / "b")
    boards.record(made, boards.BOARD, boards.note(made, body="A marked sentence nobody reads"))
    made.backup(tmp_path / "copy.ppibackup")
    open_now = boards.bytes_of(tmp_path)
    made.close()
    secrets = (b"marked sentence", b"Cora", b"Voices", PASSPHRASE.encode(), b"SQLite format 3")
    for files in (open_now, boards.bytes_of(tmp_path)):
        assert [n for n, held in files.items() for one in secrets if one in held] == []


def test_the_plain_twin_shows_that_the_search_finds_things(tmp_path):
    import sqlite3

    twin = boards.make_vault(connect=sqlite3)
    made, _ = boards.start_board(twin, tmp_path / "b")
    boards.record(made, boards.BOARD, boards.note(made, body="A marked sentence nobody reads"))
    made.close()
    held = b"".join(boards.bytes_of(tmp_path).values())
    assert b"marked sentence" in held


def test_without_a_keyring_staying_unlocked_is_not_offered(vault, store):
    assert not vault.can_stay_unlocked()
    store.close()
    with pytest.raises(NotAllowedError):
        vault.stay_unlocked(store.folder, passphrase=PASSPHRASE, wanted=True)
    assert vault.open_unlocked(store.folder) is None


def test_with_a_keyring_a_board_stays_unlocked_until_it_is_turned_off(vault, store, a_keyring):
    store.close()
    assert vault.can_stay_unlocked()
    assert vault.open_unlocked(store.folder) is None
    vault.stay_unlocked(store.folder, passphrase=PASSPHRASE, wanted=True)
    (kept,) = a_keyring.values()
    assert len(kept) == 44
    vault.open_unlocked(store.folder).close()
    vault.change_passphrase(store.folder, old=PASSPHRASE, new="a whole new phrase")
    vault.open_unlocked(store.folder).close()
    vault.stay_unlocked(store.folder, passphrase="a whole new phrase", wanted=False)
    assert vault.open_unlocked(store.folder) is None
    assert a_keyring == {}


def test_a_changed_keyring_asks_for_the_passphrase(vault, store, a_keyring):
    store.close()
    vault.stay_unlocked(store.folder, passphrase=PASSPHRASE, wanted=True)
    for name in a_keyring:
        a_keyring[name] = "not base64 at all"
    assert vault.open_unlocked(store.folder) is None
    vault.open(store.folder, passphrase=PASSPHRASE).close()


@pytest.fixture
def a_keyring():
    """The computer's keyring, kept in a dict: the library's own way of adding a backend."""
    import keyring
    from keyring.backend import KeyringBackend

    kept: dict[tuple[str, str], str] = {}

    class InMemory(KeyringBackend):
        priority = 1

        def get_password(self, service, username):
            return kept.get((service, username))

        def set_password(self, service, username, password):
            kept[service, username] = password

        def delete_password(self, service, username):
            kept.pop((service, username))

    before = keyring.get_keyring()
    keyring.set_keyring(InMemory())
    yield kept
    keyring.set_keyring(before)


def test_importing_the_vault_is_light():
    script = "import sys, mhin_ppi.storage.vault; print('sqlalchemy' in sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert said.stdout == "False\n"


def test_the_vault_works_with_the_usual_cost(tmp_path):
    made, _ = boards.start_board(
        LocalVault(clock=boards.TestClock(), ids=boards.CountedIds()), tmp_path / "b"
    )
    made.close()
    (header,) = key_file.headers(tmp_path / "b")
    assert {slot.kdf["m"] for slot in header.slots} == {64 * 1024}
