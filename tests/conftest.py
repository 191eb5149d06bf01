"""What every test stands on: no screen, no real home, no real keyring, nothing left running."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before any test imports Qt or looks for a folder.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# A slow computer is no failure of ours, hence no deadline; examples stay random on purpose.
settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("house")

_STARTED = pytest.StashKey[float]()
_HOMES = {
    "HOME": "",
    "USERPROFILE": "",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "LOCALAPPDATA": "local",
    "APPDATA": "roaming",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--minutes",
        type=float,
        default=0,
        help="start no further test after this many minutes; the rest are skipped (0: no limit)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_STARTED] = time.monotonic()
    _lock_no_memory()


def _lock_no_memory() -> None:
    """Have SQLCipher not lock and wipe each little piece of memory that it uses.

    No test sees whether it does, and it took half of the time of all that stand on a board
    (measured). Every other setting is the program's own, and programs that tests start have this
    one too; ``tests/storage/test_engine_settings.py`` asks such a one.
    """
    from mhin_ppi.storage import engine

    kept = tuple(one for one in engine._PRAGMAS if not one.startswith("cipher_memory_security"))
    assert len(kept) == len(engine._PRAGMAS) - 1
    engine._PRAGMAS = kept


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what is left when the time given with ``--minutes`` is used up."""
    minutes = item.config.getoption("--minutes")
    if minutes and time.monotonic() - item.config.stash[_STARTED] > minutes * 60:
        pytest.skip(f"the {minutes:g} minutes given with --minutes are used up")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Places that are not there yet; counted here, as pytest would look through all there are."""
    within = tmp_path_factory.mktemp("homes")
    return (within / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _home_of_its_own(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch):
    """Give each test an empty home, so that none reads or writes a real person's files."""
    home = next(_homes)
    home.mkdir()
    for name, folder in _HOMES.items():
        place = home / folder
        place.mkdir(exist_ok=True)
        monkeypatch.setenv(name, str(place))


@pytest.fixture(autouse=True)
def _no_thread_left_behind():
    """Fail a test that leaves a Python thread running.

    Threads that stop within two seconds are forgiven, and the test runner's own. Threads that
    Qt starts for itself are not Python's, and are not seen.
    """
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 2
    while left := [t for t in threading.enumerate() if t not in before and _is_ours(t)]:
        if time.monotonic() > until:
            pytest.fail(f"threads left running: {', '.join(t.name for t in left)}")
        left[0].join(0.05)


def _is_ours(thread: threading.Thread) -> bool:
    """Tell our threads from the runner's and from those Python makes up for foreign threads."""
    return thread.is_alive() and not thread.name.startswith(("Dummy-", "pytest_timeout", "execnet"))
