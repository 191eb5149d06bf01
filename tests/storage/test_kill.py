"""``kill -9`` on the k-th write, fsync and rename: every promise made before it is kept.

strace kills the child on entering the chosen system call. Where there is no strace, the child
kills itself around its n-th commit instead, which covers fewer moments.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from mhin_ppi.domain.annotations import Annotation
from mhin_ppi.errors import CannotOpenBoardError
from tests.storage import boards
from tests.storage.kill_driver import NEW_PASSPHRASE, NOTES

ROOT = Path(__file__).parents[2]
CALLS = ("pwrite64", "write", "fsync", "fdatasync", "rename", "ftruncate", "unlink", "openat")
FEW, MANY = 30, 300
STRACE = shutil.which("strace")


def _driver(folder: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "tests.storage.kill_driver", str(folder), *more]


def _strace(*options: str) -> list[str]:
    return [str(STRACE), "-f", "-qq", *options]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed board, copied for every kill."""
    folder = tmp_path_factory.mktemp("killed") / "board"
    boards.start_board(boards.make_vault(), folder)[0].close()
    shutil.rmtree(folder / "backups")
    return folder


@pytest.fixture(scope="module")
def points(before: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """Every system call of an undisturbed run that can change a file: (name, its number)."""
    if STRACE is None:
        return [("commit", number) for number in range(2 * NOTES)]
    home = tmp_path_factory.mktemp("counted")
    shutil.copytree(before, home / "board")
    trace = home / "trace"
    calls = _strace("-y", "-o", str(trace), "-e", f"trace={','.join(CALLS)}")
    told = subprocess.run(
        [*calls, *_driver(home / "board")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.endswith("closed\n")
    counted: Counter[str] = Counter()
    found = []
    for line in trace.read_text(errors="replace").splitlines():
        name = line.split(maxsplit=1)[1].split("(")[0]
        counted[name] += 1
        if str(home) in line:
            found.append((name, counted[name]))
    return found


def _spread(points: list[tuple[str, int]], most: int) -> list[tuple[str, int]]:
    """Return so many points, evenly spread over each kind of call, the rare kinds first."""
    kinds: dict[str, list[tuple[str, int]]] = {}
    for point in points:
        kinds.setdefault(point[0], []).append(point)
    chosen: list[tuple[str, int]] = []
    left = most
    for nth, each in enumerate(sorted(kinds.values(), key=len)):
        share = min(len(each), max(1, left // (len(kinds) - nth)))
        chosen += [each[n * len(each) // share] for n in range(share)]
        left -= share
    return chosen


@pytest.mark.parametrize("which", range(FEW))
def test_what_was_promised_is_kept(before, points, tmp_path, which):
    chosen = _spread(points, FEW)
    if which >= len(chosen):
        pytest.skip("fewer moments than points")
    _kill_and_look(before, chosen[which], tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_what_was_promised_is_kept_at_many_more_moments(before, points, tmp_path):
    for number, point in enumerate(_spread(points, MANY)):
        _kill_and_look(before, point, tmp_path / str(number))


def _kill_and_look(before: Path, point: tuple[str, int], home: Path) -> None:
    folder = home / "board"
    shutil.copytree(before, folder)
    name, number = point
    if STRACE is None:
        command = _driver(folder, str(number))
    else:
        inject = f"inject={name}:signal=KILL:when={number}"
        options = _strace("-o", "/dev/null", "-e", f"trace={name}", "-e", inject)
        command = [*options, *_driver(folder)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    promised = told.stdout.splitlines()
    assert told.returncode != 0, "it was not killed"
    assert "Traceback" not in told.stderr
    _look(folder, promised)


def _look(folder: Path, promised: list[str]) -> None:
    vault = boards.make_vault()
    store = None
    for passphrase in (NEW_PASSPHRASE, boards.PASSPHRASE):
        with contextlib.suppress(CannotOpenBoardError):
            store = vault.open(folder, passphrase=passphrase)
            break
    assert store is not None
    if "passphrase" in promised:
        assert passphrase == NEW_PASSPHRASE
    notes = [line for line in promised if line.startswith("note")]
    with store.unit_of_work() as work:
        found = work.find(Annotation)
        assert found == [boards.note(store, number) for number in range(len(found))]
        assert len(notes) <= len(found) <= len(notes) + 1
        for number in range(NOTES):
            there = work.local(f"note:{number}") is not None
            assert there == (number < len(found))
    assert store.verify() == []
    boards.record(store, boards.BOARD, boards.note(store, 99))
    store.close()
    copy = folder.parent / "copy.ppibackup"
    if copy.exists():
        again = vault.restore(copy, folder.parent / "again", passphrase=boards.PASSPHRASE)
        with again.unit_of_work() as work:
            assert work.count(Annotation) == NOTES // 2 + 1
        again.close()
    assert copy.exists() or "backup" not in promised
