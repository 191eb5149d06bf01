from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mhin_ppi.storage.store import LocalStore
from mhin_ppi.storage.vault import LocalVault
from tests.storage import boards


@pytest.fixture
def clock() -> boards.TestClock:
    return boards.TestClock()


@pytest.fixture
def vault(clock: boards.TestClock) -> LocalVault:
    return boards.make_vault(clock)


@pytest.fixture
def store(vault: LocalVault, tmp_path: Path) -> Iterator[LocalStore]:
    """The coordinator's board."""
    made, _ = boards.start_board(vault, tmp_path / "coordinator")
    yield made
    made.close()


@pytest.fixture
def member(vault: LocalVault, store: LocalStore, tmp_path: Path) -> Iterator[LocalStore]:
    made = boards.join_board(vault, store, tmp_path / "member", name="Mo Member", number=1)
    yield made
    made.close()


@pytest.fixture
def other(vault: LocalVault, store: LocalStore, tmp_path: Path) -> Iterator[LocalStore]:
    made = boards.join_board(vault, store, tmp_path / "other", name="Ola Other", number=2)
    yield made
    made.close()
