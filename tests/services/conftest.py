"""A real encrypted board for every test: a coordinator's laptop and a member's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.services.laptops import Pair, make_boards, make_pair


@pytest.fixture
def pair(tmp_path) -> Iterator[Pair]:
    made = make_pair(make_boards(tmp_path), tmp_path)
    yield made
    made.close()
