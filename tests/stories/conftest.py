"""A real encrypted board for every test: a coordinator's laptop and a member's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.services.laptops import Pair, make_boards, make_pair
from tests.stories import manuals
from tests.ui.conftest import _quiet_and_tidy, look  # noqa: F401 - the window, as in tests/ui


@pytest.fixture
def pair(tmp_path) -> Iterator[Pair]:
    made = make_pair(make_boards(tmp_path), tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="session")
def manual_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF of 50 pages that was not written for the test."""
    file = manuals.unpack_pdf(tmp_path_factory.mktemp("manual"))
    if file is None:
        pytest.skip("the Debian package debian-policy, which holds the manual, is not installed")
    assert len(PdfReader(file).pages) >= 40
    return file


@pytest.fixture(scope="session")
def manual_docx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same manual as a Word file."""
    file = manuals.make_docx(tmp_path_factory.mktemp("manual"))
    if file is None:
        pytest.skip("LibreOffice or the Debian package debian-policy is not installed")
    return file
