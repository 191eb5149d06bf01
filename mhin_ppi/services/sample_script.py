"""The script of the sample board: readable text files, checked as they are read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..errors import InputError

Table = dict[str, Any]
_HOLIDAYS = ((12, 25), (12, 26), (1, 1))
_LISTS = (
    *("person", "project", "draft", "word", "round", "meeting", "time", "claim", "question"),
    *("theme", "team_question", "content_note", "companion", "consent", "code", "coding"),
    "reflection",
)


@dataclass(frozen=True)
class Script:
    """What is told, in the order of the files.

    Args:
        folder: Where the files are; drafts lie in ``drafts`` below it.
        today: The day the sample is built: every day in the script counts from here.
        board: What the board is called.
        told: The tables of each kind.
        member: The key of the one member who has a laptop of her own.
    """

    folder: Path
    today: date
    board: Table
    told: dict[str, list[Table]] = field(default_factory=dict)
    member: str = "amber"

    @property
    def people(self) -> list[Table]:
        """Everybody; the first one is the coordinator."""
        return self.told["person"]

    def day(self, offset: int) -> date:
        """Return a working day: others move to the one before when past, after when to come."""
        day = self.today + timedelta(days=offset)
        while day.weekday() > 4 or (day.month, day.day) in _HOLIDAYS:
            day += timedelta(days=1 if offset > 0 else -1)
        return day

    def draft_file(self, name: str) -> bytes:
        """Return the bytes of a draft."""
        return (self.folder / "drafts" / name).read_bytes()


def read_script(folder: Path, *, today: date) -> Script:
    """Return the script in a folder: ``board.toml`` first, then every other file by name.

    Raises:
        InputError: A file cannot be read, or a table in it is of no known kind.
    """
    told: dict[str, list[Table]] = {kind: [] for kind in _LISTS}
    board: Table = {}
    first = folder / "board.toml"
    for path in [first, *sorted(p for p in folder.glob("*.toml") if p != first)]:
        for kind, tables in _read(path).items():
            if kind == "board":
                board = tables
            elif kind in told:
                told[kind].extend(tables)
            else:
                raise InputError(f"{path.name} of the sample board tells of “{kind}”.")
    return Script(folder=folder, today=today, board=board, told=told)


def _read(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise InputError(f"{path.name} of the sample board cannot be read.") from cause


def place_of(text: str, words: str) -> tuple[int, int]:
    """Return where a passage stands in a draft's text, in code points.

    Raises:
        InputError: The words are not in the text, or are there more than once.
    """
    start = text.find(words)
    if start < 0 or text.find(words, start + 1) >= 0:
        raise InputError(f"“{words}” is not in the draft exactly once.")
    return start, start + len(words)
