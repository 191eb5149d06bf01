"""Nothing that people write lies readable on the disk, not even for a moment.

The main job is done in the real window. Every file this process writes is searched: those that stay
when it is over, those that are deleted on the way (just before they go), and the whole data folder
while the board is still open. The same job on an unencrypted twin shows that the search would find
what it looks for.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.robots.laptop import PASSWORD
from tests.robots.main_job_robot import ANSWER, MEMBER, QUESTION, MainJob
from tests.robots.window_robot import WindowRobot
from tests.stories.manuals import DRAFT_WORDS
from tests.stories.test_main_job import do_main_job

SECRETS = (QUESTION, ANSWER, MEMBER, DRAFT_WORDS, PASSWORD)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


class Watch:
    """Reads every file that this process is about to delete, and knows every file it wrote."""

    def __init__(self) -> None:
        self.on = False
        self.written: set[Path] = set()
        self.found: set[tuple[str, str]] = set()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open" and isinstance(arguments[0], str) and _writes(*arguments[1:3]):
            self.written.add(Path(arguments[0]))
        elif event == "os.remove" and isinstance(arguments[0], str | os.PathLike):
            self.search(Path(arguments[0]))

    def search(self, file: Path) -> None:
        """Note which secrets a file holds."""
        if file.is_file():
            self.found |= {(file.name, secret) for secret in secrets_in(file.read_bytes())}


def _writes(mode: Any, flags: Any) -> bool:
    if isinstance(mode, str):
        return any(letter in mode for letter in "wax+")
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def secrets_in(content: bytes) -> set[str]:
    return {s for s in SECRETS for e in ENCODINGS if s.encode(e) in content}


@pytest.fixture(scope="session")
def watch() -> Watch:
    # A hook cannot be taken away again, so there is one for all tests, switched on where wanted.
    return Watch()


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, watch: Watch) -> Iterator[list[Path]]:
    """Every folder this laptop would write to: boards, home, temporary files."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    watch.found.clear()
    watch.written.clear()
    watch.on = True
    yield [tmp_path / "boards", temporary, Path(os.environ["HOME"])]
    watch.on = False


def _do_it(
    places: list[Path], watch: Watch, qtbot: Any, pdf: Path, docx: Path, *, connect: Any = None
) -> None:
    boards, _, _ = places
    job = MainJob(WindowRobot(qtbot, boards, connect=connect))
    out = boards.parent / "handed-out"
    out.mkdir()
    do_main_job(job, pdf, docx, out / "report.pdf")
    _search_all(places, watch)  # while it is open: the write-ahead log is there
    job.robot.press("Lock")
    _search_all(places, watch)
    job.robot.close()
    for file in watch.written:
        if out not in file.parents:  # the report is what the person asked to have in the open
            watch.search(file)


def _search_all(places: list[Path], watch: Watch) -> None:
    for place in places:
        for file in place.rglob("*"):
            watch.search(file)


def test_nothing_readable_is_left_or_passes_over_the_disk(
    places: list[Path], watch: Watch, qtbot: Any, look: None, manual_pdf: Path, manual_docx: Path
) -> None:
    _do_it(places, watch, qtbot, manual_pdf, manual_docx)
    assert watch.found == set()
    assert any(file.is_file() for file in places[0].rglob("store.db"))


def test_the_same_search_finds_everything_on_an_unencrypted_twin(
    places: list[Path], watch: Watch, qtbot: Any, look: None, manual_pdf: Path, manual_docx: Path
) -> None:
    _do_it(places, watch, qtbot, manual_pdf, manual_docx, connect=sqlite3)
    assert {secret for _, secret in watch.found} == set(SECRETS) - {PASSWORD}
    # A password is kept nowhere, so the search is shown one in a file made for it.
    note = places[1] / "note"
    note.write_text(f"my password is {PASSWORD}")
    note.unlink()
    assert ("note", PASSWORD) in watch.found
